"""Statements: a claim with its source, sources that disagree, and what is not known.

Every kind of record is built of these; nothing is published without one.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from handbook.model.base import Record, Slug, SourceId, Text


class Citation(Record):
    """Where a statement was read."""

    bron: SourceId = Field(title="Bron", description="Id van een bron uit guide/bronnen.yaml.")
    plaats: Text = Field(title="Plaats", description="Waar het in die bron staat: hoofdstuk, kop, artikel of tabel.")


class Claim(Record):
    """One statement with its source, how sure it is and when somebody last looked at it."""

    id: Slug | None = Field(None, title="Id", description="Alleen nodig als een criterium of de kaart ernaar verwijst.")
    tekst: Text = Field(
        title="Tekst", description="Wat er gezegd wordt, in eigen woorden, in gewone tekst zonder opmaak."
    )
    bronnen: list[Citation] = Field(
        default_factory=list, title="Bronnen", description="Waar het staat. Leeg mag alleen bij te_controleren."
    )
    zekerheid: Literal["bron", "afgeleid", "te_controleren"] = Field(
        title="Zekerheid",
        description="bron: het staat er. afgeleid: eigen gevolgtrekking. te_controleren: nog niet teruggevonden.",
    )
    bekeken_op: date = Field(
        title="Bekeken op", description="De dag waarop iemand dit voor het laatst naliep (jjjj-mm-dd)."
    )
    aard: Literal["feit", "juridisch", "officieel"] = Field(
        "feit",
        title="Aard",
        description="juridisch (wet of regel) en officieel (erkenning, telefoonnummer) hebben een herzien_voor nodig.",
    )
    herzien_voor: date | None = Field(
        None, title="Herzien vóór", description="De dag waarvoor iemand dit opnieuw moet nalopen (jjjj-mm-dd)."
    )
    bevinding: Text | None = Field(
        None, title="Bevinding", description="Wat het nalopen opleverde. Verplicht naast herzien_voor."
    )

    @model_validator(mode="after")
    def _is_accountable(self) -> Claim:
        if not self.bronnen and self.zekerheid != "te_controleren":
            raise ValueError("Noem bij 'bronnen' minstens één bron, of zet zekerheid op te_controleren.")
        if self.aard != "feit" and self.herzien_voor is None:
            raise ValueError(f"Een uitspraak met aard '{self.aard}' heeft een herzien_voor nodig.")
        if self.herzien_voor is not None:
            if self.bevinding is None:
                raise ValueError("Naast herzien_voor hoort een bevinding: wat leverde het nalopen op?")
            if not self.bekeken_op < self.herzien_voor:
                raise ValueError("herzien_voor moet na bekeken_op liggen.")
            if (self.herzien_voor - self.bekeken_op).days > 550:
                raise ValueError("herzien_voor ligt meer dan 18 maanden na bekeken_op. Kijk het eerst opnieuw na.")
        return self


class Conflict(Record):
    """Sources that disagree, side by side; `advies` is our own reading and decides nothing."""

    id: Slug | None = Field(None, title="Id")
    onderwerp: Text = Field(title="Onderwerp", description="Waarover de bronnen verschillen, als korte vraag.")
    lezingen: list[Claim] = Field(min_length=2, title="Lezingen", description="Wat elke bron zegt. Minstens twee.")
    advies: Claim | None = Field(
        None, title="Ons advies", description="Hoe wij ermee omgaan. Altijd zekerheid afgeleid; beslist niets."
    )

    @model_validator(mode="after")
    def _advice_is_ours(self) -> Conflict:
        if self.advies is not None and self.advies.zekerheid != "afgeleid":
            raise ValueError("Het advies bij een tegenspraak is van onszelf: zet zekerheid op afgeleid.")
        return self


class Unknown(Record):
    """Something that a reader would ask and that we could not find."""

    id: Slug | None = Field(None, title="Id")
    onbekend: Text = Field(title="Onbekend", description="Wat wij niet weten.")
    geprobeerd: Text = Field(title="Geprobeerd", description="Waar en wanneer is gezocht.")
    bekeken_op: date = Field(title="Bekeken op", description="De dag waarop voor het laatst is gezocht.")


def statement_kind(value: Any) -> str:
    """Tell the three kinds of statement apart by the key that only they have."""
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, BaseModel) else {}
    return "@tegenspraak" if "lezingen" in keys else "@onbekend" if "onbekend" in keys else "@uitspraak"


Statement: TypeAlias = Annotated[
    Annotated[Claim, Tag("@uitspraak")]
    | Annotated[Conflict, Tag("@tegenspraak")]
    | Annotated[Unknown, Tag("@onbekend")],
    Discriminator(statement_kind),
]
Statements: TypeAlias = Annotated[list[Statement], Field(min_length=1)]
