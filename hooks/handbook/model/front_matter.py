"""The block between two lines `---` above a page in docs/: what people say of a page that they write."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from handbook.model.base import AudienceId, Record, Text


class FrontMatter(Record):
    """What stands above a written page."""

    title: Text = Field(title="Titel")
    description: Text | None = Field(
        None, title="Beschrijving", description="In één zin wat er staat, voor overzichten en zoekmachines."
    )
    voor_wie: list[AudienceId] = Field(default_factory=list, title="Voor wie")
    bekeken_op: date = Field(title="Bekeken op", description="De dag waarop iemand de pagina voor het laatst naliep.")
    herzien_voor: date | None = Field(
        None, title="Herzien vóór", description="De dag waarvoor iemand de pagina opnieuw moet nalopen."
    )
    acuut: bool = Field(
        False,
        title="Acuut",
        description="true: bovenaan staan 112 en Veilig Thuis. Hoort bij pagina's over signalen.",
    )
    hide: list[Literal["toc", "crumbs", "navigation"]] = Field(
        default_factory=list, title="Verberg", description="toc: geen inhoudsopgave. crumbs: geen kruimelpad."
    )
    template: Literal["kaart.html", "zoeken.html"] | None = Field(
        None, title="Sjabloon", description="kaart.html: een pagina om af te drukken. Anders weglaten."
    )
    kaart: bool = Field(False, title="Kaart", description="true: de pagina staat tussen de kaarten om af te drukken.")
    kolommen: bool = Field(False, title="Kolommen", description="true: lijsten op een kaart staan in twee kolommen.")
