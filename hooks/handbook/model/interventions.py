"""interventions/<id>.yaml: one intervention, with the criteria that the guides weigh."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from handbook.model.base import ClaimId, DomainId, FacetId, LevelId, Record, RiskId, Slug, Text
from handbook.model.claims import Statement, Statements


class Condition(Record):
    """What one facet must be: a range of whole numbers, or one of several values."""

    van: int | None = Field(None, title="Van")
    tot: int | None = Field(None, title="Tot en met")
    waarden: list[Slug] | None = Field(None, min_length=1, title="Waarden")

    @model_validator(mode="after")
    def _is_one_kind(self) -> Condition:
        ranged = self.van is not None or self.tot is not None
        if ranged == (self.waarden is not None):
            raise ValueError(
                "Geef een bereik (van, tot) of een lijst met waarden, niet allebei en niet geen van beide."
            )
        if self.van is not None and self.tot is not None and self.van > self.tot:
            raise ValueError("'van' is groter dan 'tot'.")
        return self


class Reading(Record):
    """How one claim reads as a requirement: all of `eisen` must hold."""

    steunt_op: ClaimId = Field(
        title="Steunt op", description="Id van de uitspraak in dit bestand waarop deze lezing rust."
    )
    eisen: dict[FacetId, Condition] = Field(min_length=1, title="Eisen", description="Per kenmerk wat er moet gelden.")


class Criterion(Record):
    """One requirement for belonging to a target group, in every reading that the sources allow."""

    id: Slug = Field(title="Id")
    onderwerp: Text = Field(title="Onderwerp", description="Wat er gevraagd wordt, in een paar woorden.")
    lezingen: list[Reading] = Field(
        min_length=1, title="Lezingen", description="Meer dan één als bronnen verschillen: dan weegt elke lezing mee."
    )


class TargetGroup(Record):
    """One group the intervention is meant for."""

    id: Slug = Field(title="Id")
    naam: Text = Field(title="Naam")
    criteria: list[Criterion] = Field(min_length=1, title="Criteria")


class CardLine(Record):
    """A line of the summary card: short, and resting on claims of the same record."""

    tekst: Annotated[str, Field(min_length=1, max_length=200)] = Field(title="Tekst")
    steunt_op: list[ClaimId] = Field(min_length=1, title="Steunt op", description="Ids van uitspraken in dit bestand.")


class Card(Record):
    """The intervention at a glance."""

    voor_wie: CardLine = Field(title="Voor wie")
    wat: CardLine = Field(title="Wat")
    hoe_lang: CardLine = Field(title="Hoe lang")
    door_wie: CardLine = Field(title="Door wie")
    bewijs: CardLine = Field(title="Bewijs")


class Recognition(Record):
    """What a recognition committee decided, if it did."""

    niveau: LevelId = Field(title="Niveau")
    door: Text | None = Field(
        None, title="Door", description="Welke commissie. Leeg als er geen erkenning is gevonden."
    )
    datum: date | None = Field(None, title="Datum", description="De dag van de erkenning.")
    uitspraken: Statements = Field(title="Wat de bronnen zeggen")


class Classification(Record):
    """Our own sorting for overviews; it decides no verdict."""

    risiconiveaus: list[RiskId] = Field(min_length=1, title="Risiconiveaus")
    domeinen: list[DomainId] = Field(min_length=1, title="Leefdomeinen")
    steunt_op: ClaimId = Field(title="Steunt op", description="Id van de uitspraak die deze indeling uitlegt.")


class Change(Record):
    """What changed for a reader, for the page 'Wat is er veranderd'."""

    datum: date = Field(title="Datum")
    tekst: Text = Field(title="Tekst")


class Intervention(Record):
    """One file in interventions/: one intervention, one page."""

    naam: Text = Field(title="Naam")
    kort: Annotated[str, Field(min_length=1, max_length=240)] = Field(
        title="In één zin", description="Wat het is, in één zin van hooguit 240 tekens."
    )
    kaart: Card = Field(title="In één oogopslag")
    soort: Statements = Field(title="Soort hulp")
    doelgroep: Statements = Field(title="Doelgroep")
    doel: Statements = Field(title="Doel")
    werkwijze: Statements = Field(title="Werkwijze en fasen")
    duur: Statements = Field(title="Duur en intensiteit")
    setting: Statements = Field(title="Waar het gebeurt")
    uitvoerders: Statements = Field(title="Wie voert het uit")
    instroom: Statements = Field(title="Wie meldt aan")
    instrumenten: Statements = Field(title="Instrumenten")
    erkenning: Recognition = Field(title="Erkenning")
    bewijs: Statements = Field(title="Wat is bekend over de werking")
    kosten: Statements = Field(title="Kosten")
    waar: Statements = Field(title="Waar het wordt gebruikt")
    contra_indicaties: Statements = Field(title="Contra-indicaties")
    ontwikkelaar: Statements = Field(title="Ontwikkelaar")
    naamgenoten: list[Statement] = Field(default_factory=list, title="Niet te verwarren met")
    praktijklessen: list[Statement] = Field(default_factory=list, title="Lessen uit de praktijk")
    indeling: Classification = Field(title="Indeling in dit handboek")
    doelgroepen: list[TargetGroup] = Field(
        min_length=1,
        title="Criteria voor de keuzehulp",
        description="De groepen waarvoor de keuzehulp weegt; de best passende telt.",
    )
    niet_in_keuzehulp: Text | None = Field(
        None,
        title="Niet in de keuzehulp",
        description="De reden waarom geen voorbeeld alle drie de oordelen laat zien.",
    )
    wijzigingen: list[Change] = Field(min_length=1, title="Wijzigingen", description="Nieuwste bovenaan.")
