"""guide/keuzehulp/<id>.yaml: one decision guide with its questions, outcomes and worked examples."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from handbook.model.base import (
    AudienceId,
    FacetId,
    InterventionId,
    JaNee,
    NodeId,
    Record,
    Slug,
    SourceId,
    Text,
    Verdict,
)
from handbook.model.claims import Claim, Statements
from handbook.model.decision_tables import DecisionTable, SharingAdvice
from handbook.model.plans import Plan


class Exit(Record):
    """Where a route goes, with the words a reader sees when the browser does not choose for them."""

    tekst: Text = Field(title="Tekst")
    naar: NodeId = Field(title="Naar", description="Id van een vraag, splitsing of uitkomst in dit bestand.")


class Unsure(Record):
    """The answer 'weet ik niet'."""

    tekst: Text = Field("Weet ik niet", title="Tekst")
    toelichting: Text | None = Field(None, title="Toelichting")
    legt_vast: dict[FacetId, list[Slug]] = Field(default_factory=dict, title="Legt vast")
    naar: NodeId | None = Field(None, title="Naar")


class Answer(Record):
    """One answer to a choice: what it fixes and where it leads."""

    tekst: Text = Field(title="Tekst")
    toelichting: Text | None = Field(None, title="Toelichting")
    legt_vast: dict[FacetId, list[Slug]] = Field(
        default_factory=dict,
        title="Legt vast",
        description="Per kenmerk de waarden die dit antwoord openlaat, meestal één.",
    )
    naar: NodeId | None = Field(None, title="Naar", description="Mag weg als de vraag zelf een 'naar' heeft.")


class NumberRoute(Record):
    """Where a whole number in a range leads."""

    van: int = Field(title="Van")
    tot: int = Field(title="Tot en met")
    legt_vast: dict[FacetId, list[Slug]] = Field(default_factory=dict, title="Legt ook vast")
    naar: NodeId = Field(title="Naar")


class Question(Record):
    """One question: a choice, a choice of several, or a whole number."""

    vraag: Text = Field(title="Vraag")
    toelichting: Text | None = Field(None, title="Toelichting")
    kenmerk: FacetId | None = Field(None, title="Kenmerk", description="Het kenmerk dat deze vraag vastlegt.")
    veiligheid: JaNee = Field(
        "nee",
        title="Gaat over veiligheid",
        description="ja: 'weet ik niet' moet naar een uitkomst met veilig_thuis: ja.",
    )
    meerkeuze: JaNee = Field("nee", title="Meer antwoorden mogelijk")
    antwoorden: dict[Slug, Answer] = Field(default_factory=dict, title="Antwoorden")
    routes: list[NumberRoute] = Field(
        default_factory=list, title="Routes", description="Bij een geheel getal: bereiken die samen alles dekken."
    )
    geen_van_deze: Unsure | None = Field(None, title="Geen van deze", description="Alleen bij meerkeuze.")
    weet_niet: Unsure = Field(title="Weet ik niet")
    naar: NodeId | None = Field(None, title="Naar", description="Waar elk antwoord zonder eigen 'naar' heen leidt.")


class NumberExit(Exit):
    """An exit of a split on a whole number."""

    van: int = Field(title="Van")
    tot: int = Field(title="Tot en met")


class ChoiceExit(Exit):
    """An exit of a split on a choice, or (with `een_van`) on a choice of several."""

    waarden: list[Slug] = Field(min_length=1, title="Waarden")


class Split(Record):
    """A fork on something already answered; the browser takes it by itself, paper asks the reader."""

    vraag: Text = Field(title="Vraag", description="Hoe de splitsing op papier heet.")
    kenmerk: FacetId = Field(title="Kenmerk")
    getallen: list[NumberExit] = Field(default_factory=list, title="Bereiken", description="Bij een geheel getal.")
    keuzes: list[ChoiceExit] = Field(
        default_factory=list, title="Keuzes", description="Bij een keuze: samen alle waarden, elk één keer."
    )
    een_van: ChoiceExit | None = Field(
        None, title="Eén van", description="Bij meerkeuze: minstens één van deze waarden is gekozen."
    )
    anders: Exit | None = Field(None, title="Anders", description="Bij meerkeuze: geen van die waarden is gekozen.")
    onbekend: Exit = Field(
        title="Onbekend", description="Als het antwoord niet bekend is of nog op meer uitgangen past."
    )


class DerivationRow(Record):
    """If all of `als` hold, the value is `geeft`."""

    als: dict[FacetId, list[Slug]] = Field(title="Als")
    geeft: Slug = Field(title="Geeft")


class Derivation(Record):
    """A small table that turns several answers into one value: our own inference, shown to the reader."""

    uitleg: Claim = Field(title="Uitleg")
    rijen: list[DerivationRow] = Field(min_length=1, max_length=12, title="Rijen")


class ReadingTip(Record):
    """Something to read next: a page of this site or a source."""

    tekst: Text = Field(title="Tekst")
    pagina: Annotated[str, Field(pattern=r"^([a-z0-9-]+/)*(#[a-z0-9-]+)?$")] | None = Field(
        None, title="Pagina", description="Adres binnen de site, zoals interventies/ of begrippen/#casusoverleg."
    )
    bron: SourceId | None = Field(None, title="Bron")

    @model_validator(mode="after")
    def _is_one_of(self) -> ReadingTip:
        if (self.pagina is None) == (self.bron is None):
            raise ValueError("Geef een pagina of een bron, één van beide.")
        return self


class Outcome(Record):
    """A situation at the end of a route: what to do, never which intervention."""

    titel: Text = Field(title="Titel")
    kort: Text = Field(title="Kort")
    advies: Statements = Field(title="Advies")
    vervolgstappen: Statements = Field(title="Wat je nu doet")
    lezen: list[ReadingTip] = Field(default_factory=list, title="Lees verder")
    veilig_thuis: JaNee = Field(
        "nee", title="Veilig Thuis", description="ja: de uitkomst leidt naar advies van Veilig Thuis of naar 112."
    )
    weegt_interventies: JaNee = Field(
        "ja", title="Weegt interventies", description="nee: hier horen geen interventies bij, zoals bij direct gevaar."
    )
    delen: SharingAdvice | None = Field(
        None, title="Over delen", description="Verplicht in een keuzehulp met beslistabellen, anders weglaten."
    )


class Example(Record):
    """A worked example: shown to readers and run as a test."""

    titel: Text = Field(title="Titel")
    verhaal: Text = Field(title="Verhaal", description="Verzonnen, zonder naam van een mens of plaats.")
    antwoorden: dict[NodeId, int | Slug | list[Slug]] = Field(title="Antwoorden")
    uitkomst: NodeId = Field(title="Uitkomst")
    afgeleid: dict[FacetId, list[Slug]] = Field(
        default_factory=dict, title="Afgeleid", description="Wat een tabel in dit bestand hier moet opleveren."
    )
    oordelen: dict[InterventionId, Verdict] = Field(default_factory=dict, title="Oordelen")


MAX_ROWS = 100
"""The rows of all decision tables of a guide together: what a person can read in an hour."""


class Guide(Record):
    """One file in guide/keuzehulp/: one decision guide."""

    titel: Text = Field(title="Titel")
    kort: Annotated[str, Field(min_length=1, max_length=120)] = Field(
        title="Kort", description="Eén zin. Dit is alles wat er tussen de titel en de eerste vraag staat."
    )
    voor_wie: list[AudienceId] = Field(min_length=1, title="Voor wie")
    inleiding: list[Text] = Field(
        min_length=1,
        title="Over deze keuzehulp",
        description="Wat de keuzehulp wel en niet doet, dichtgeklapt onder de vragen. De nummers staan al bovenaan.",
    )
    toont_interventies: JaNee = Field(title="Toont interventies")
    bekeken_op: date = Field(title="Bekeken op")
    start: NodeId = Field(title="Start")
    vragen: dict[Slug, Question] = Field(min_length=1, title="Vragen")
    splitsingen: dict[Slug, Split] = Field(default_factory=dict, title="Splitsingen")
    afleidingen: dict[FacetId, Derivation] = Field(default_factory=dict, title="Afleidingen")
    beslistabellen: dict[Slug, DecisionTable] = Field(default_factory=dict, title="Beslistabellen")
    uitkomsten: dict[Slug, Outcome] = Field(min_length=1, title="Uitkomsten")
    plan: Plan | None = Field(None, title="Plan", description="Een opzet om te bewaren en aan te vullen.")
    voorbeelden: dict[Slug, Example] = Field(min_length=1, title="Voorbeelden")

    @field_validator("beslistabellen")
    @classmethod
    def _can_be_read(cls, tables: dict[str, DecisionTable]) -> dict[str, DecisionTable]:
        rows = sum(len(table.rijen) for table in tables.values())
        if rows > MAX_ROWS:
            raise ValueError(f"De tabellen hebben samen {rows} rijen. Maak er hooguit {MAX_ROWS} van.")
        return tables
