"""guide/nummers.yaml: the telephone numbers that work in the whole country."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, model_validator

from handbook.model.base import JaNee, PartnerId, Phone, Record, Slug, Text
from handbook.model.claims import Claim

MOST_IN_STRIP = 3
"""How many numbers the strip above a page may hold: with more, a phone shows no answer in its first screen."""

Purpose: TypeAlias = Annotated[str, Field(min_length=1, max_length=28)]


class NationalNumber(Record):
    """One number: what it is for, when somebody answers, and where that stands."""

    naam: Text = Field(title="Naam", description="Zoals je het noemt: 112, Veilig Thuis.")
    telefoon: Phone = Field(title="Telefoon", description="Cijfers, spaties en streepjes, tussen aanhalingstekens.")
    waarvoor: Purpose = Field(
        title="Waarvoor", description="In een paar woorden, zonder punt: dit staat ook in de strook boven pagina's."
    )
    bereikbaar: Text = Field(title="Bereikbaar", description="Wanneer iemand opneemt, en wat het kost.")
    uitspraak: Claim = Field(
        title="Wanneer je belt",
        description="In eigen woorden. De bronnen dragen ook het nummer en wanneer iemand opneemt. Altijd officieel.",
    )
    strook: JaNee = Field(
        "nee", title="In de strook", description="ja: het nummer staat boven elke pagina met 'acuut: true'."
    )
    partners: list[PartnerId] = Field(
        default_factory=list,
        title="Partners",
        description="Partners die je op dit nummer bereikt zolang er hier geen eigen nummer is ingevuld.",
    )

    @property
    def called(self) -> str:
        """The name with the number; once when the number is the name."""
        return self.naam if self.naam == self.telefoon else f"{self.naam} {self.telefoon}"

    @property
    def address(self) -> str:
        """What a telephone dials: `tel:08002000`."""
        return "tel:" + self.telefoon.replace(" ", "").replace("-", "")

    @model_validator(mode="after")
    def _is_official(self) -> NationalNumber:
        if self.uitspraak.aard != "officieel":
            raise ValueError("Een telefoonnummer is officieel: zet bij de uitspraak aard op officieel.")
        return self


class Numbers(Record):
    """guide/nummers.yaml: in the order in which readers see them."""

    nummers: dict[Slug, NationalNumber] = Field(min_length=1, title="Nummers")

    @model_validator(mode="after")
    def _strip_is_short(self) -> Numbers:
        shown = sum(number.strook == "ja" for number in self.nummers.values())
        if not 1 <= shown <= MOST_IN_STRIP:
            raise ValueError(
                f"In de strook staan {shown} nummers. Zet 'strook: ja' bij minstens één en hooguit {MOST_IN_STRIP}."
            )
        return self
