"""The schema: every kind of record that editors write in YAML, and nothing else.

In: plain data, as `source` reads it. Out: frozen, typed records; pydantic raises `ValidationError` on
anything that does not fit. `knowledge_base` builds the records; `checks`, `walk`, `verdict`, `pages`,
`export` and `search` read them. The JSON Schemas for editors and the page with all fields are made from
these classes: `title` is the label that readers see, `description` the help that editors see. Keys and
values are Dutch because they stand in the YAML (docs/over/beslissingen/0001-naamgeving.md).
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

JaNee: TypeAlias = Literal["ja", "nee"]
Verdict: TypeAlias = Literal["past", "onzeker", "past-niet"]

WEET_NIET = "weet-niet"
GEEN_VAN_DEZE = "geen-van-deze"


@dataclass(frozen=True)
class Reference:
    """Marks a text as the id of something else; `kind` says of what, for the check and for the editor."""

    kind: str


Slug: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=1200)]
Address: TypeAlias = Annotated[str, Field(pattern=r"^https://[^\s<>\"'`]+$", max_length=300)]

SourceId: TypeAlias = Annotated[Slug, Reference("bron")]
FacetId: TypeAlias = Annotated[Key, Reference("kenmerk")]
ClaimId: TypeAlias = Annotated[Slug, Reference("uitspraak")]
NodeId: TypeAlias = Annotated[Slug, Reference("knoop")]
TermId: TypeAlias = Annotated[Slug, Reference("term")]
InterventionId: TypeAlias = Annotated[Slug, Reference("interventie")]
LevelId: TypeAlias = Annotated[Slug, Reference("lijst:erkenningsniveaus")]
RiskId: TypeAlias = Annotated[Slug, Reference("lijst:risiconiveaus")]
DomainId: TypeAlias = Annotated[Slug, Reference("lijst:domeinen")]
AudienceId: TypeAlias = Annotated[Slug, Reference("lijst:doelgroepen")]
SourceKindId: TypeAlias = Annotated[Slug, Reference("lijst:bronsoorten")]


class Record(BaseModel):
    """Base of all records: unknown keys are faults, values are never converted, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


# --- claims ---------------------------------------------------------------------------------------------


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


def _statement_kind(value: Any) -> str:
    """Tell the three kinds of statement apart by the key that only they have."""
    keys = value if isinstance(value, dict) else vars(value) if isinstance(value, BaseModel) else {}
    return "@tegenspraak" if "lezingen" in keys else "@onbekend" if "onbekend" in keys else "@uitspraak"


Statement: TypeAlias = Annotated[
    Annotated[Claim, Tag("@uitspraak")]
    | Annotated[Conflict, Tag("@tegenspraak")]
    | Annotated[Unknown, Tag("@onbekend")],
    Discriminator(_statement_kind),
]
Statements: TypeAlias = Annotated[list[Statement], Field(min_length=1)]


# --- sources, terms, facets -----------------------------------------------------------------------------


class Source(Record):
    """A document or page that statements rest on."""

    titel: Text = Field(title="Titel")
    uitgever: Text = Field(title="Uitgever")
    kort: Annotated[str, Field(min_length=1, max_length=40)] | None = Field(
        None,
        title="Korte naam",
        description="Hoe de bron in een bronregel heet. Leeg: uitgever en jaar, of de naam van de wet.",
    )
    jaar: int | Literal["onbekend"] = Field(title="Jaar", description="Jaar van uitgave, of onbekend.")
    soort: SourceKindId = Field(title="Soort")
    adres: Address | None = Field(None, title="Adres", description="Volledig webadres met https://, als het bekend is.")
    vindplaats: Text | None = Field(
        None, title="Vindplaats", description="Waar je het zoekt als er geen volledig adres bekend is."
    )
    gezien_op: date = Field(title="Gezien op", description="De dag waarop wij dit lazen.")
    gelezen: Literal["geheel", "deels", "begin", "niet"] = Field(
        title="Gelezen", description="Hoeveel wij ervan lazen. 'niet': alleen genoemd in een andere bron."
    )
    toelichting: Text | None = Field(None, title="Toelichting")

    @property
    def label(self) -> str:
        """What a source line calls this source."""
        if self.kort:
            return self.kort
        if self.soort == "wet":
            return self.titel
        return self.uitgever if self.jaar == "onbekend" else f"{self.uitgever} {self.jaar}"


class Sources(Record):
    """guide/bronnen.yaml."""

    bronnen: dict[Slug, Source] = Field(title="Bronnen")


class Option(Record):
    """One value of a controlled list."""

    label: Text = Field(title="Label")
    uitleg: Text | None = Field(None, title="Uitleg")


class Term(Record):
    """A word of the field, explained once."""

    term: Text = Field(title="Term")
    uitleg: Text = Field(title="Uitleg", description="In eigen woorden, zo kort als kan.")
    synoniemen: list[Text] = Field(
        default_factory=list, title="Synoniemen", description="Ook alledaagse woorden en afkortingen."
    )
    afkorting: Text | None = Field(None, title="Afkorting")
    bronnen: list[Citation] = Field(default_factory=list, title="Bronnen")
    zie: list[TermId] = Field(default_factory=list, title="Zie ook")


class Facet(Record):
    """A property on which answers and criteria meet."""

    label: Text = Field(title="Label")
    uitleg: Text | None = Field(None, title="Uitleg")
    soort: Literal["geheel_getal", "keuze", "meerkeuze"] = Field(title="Soort")
    van: int | None = Field(None, title="Van", description="Laagste waarde, bij een geheel getal.")
    tot: int | None = Field(None, title="Tot en met", description="Hoogste waarde, bij een geheel getal.")
    eenheid: Text | None = Field(None, title="Eenheid")
    waarden: dict[Slug, Option] = Field(default_factory=dict, title="Waarden", description="Bij keuze en meerkeuze.")

    @model_validator(mode="after")
    def _has_a_domain(self) -> Facet:
        if self.soort == "geheel_getal":
            if self.van is None or self.tot is None or self.van > self.tot or self.waarden:
                raise ValueError("Een geheel getal heeft 'van' en 'tot' nodig (van is hooguit tot) en geen 'waarden'.")
        elif self.van is not None or self.tot is not None or len(self.waarden) < 2:
            raise ValueError("Een keuze heeft minstens twee 'waarden' nodig en geen 'van' of 'tot'.")
        return self


class Vocabulary(Record):
    """guide/begrippen.yaml: facets, controlled lists and terms."""

    kenmerken: dict[Key, Facet] = Field(
        title="Kenmerken", description="Waarin antwoorden en criteria elkaar ontmoeten."
    )
    lijsten: dict[Key, dict[Key, Option]] = Field(title="Lijsten", description="Vaste waarden met hun label.")
    termen: dict[Slug, Term] = Field(title="Termen", description="De begrippenlijst.")


# --- interventions --------------------------------------------------------------------------------------


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


# --- guides ---------------------------------------------------------------------------------------------


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


class Example(Record):
    """A worked example: shown to readers and run as a test."""

    titel: Text = Field(title="Titel")
    verhaal: Text = Field(title="Verhaal", description="Verzonnen, zonder naam van een mens of plaats.")
    antwoorden: dict[NodeId, int | Slug | list[Slug]] = Field(title="Antwoorden")
    uitkomst: NodeId = Field(title="Uitkomst")
    oordelen: dict[InterventionId, Verdict] = Field(default_factory=dict, title="Oordelen")


class Guide(Record):
    """One file in guide/keuzehulp/: one decision guide."""

    titel: Text = Field(title="Titel")
    kort: Text = Field(title="Kort")
    voor_wie: list[AudienceId] = Field(min_length=1, title="Voor wie")
    inleiding: list[Text] = Field(min_length=1, title="Inleiding")
    toont_interventies: JaNee = Field(title="Toont interventies")
    bekeken_op: date = Field(title="Bekeken op")
    start: NodeId = Field(title="Start")
    vragen: dict[Slug, Question] = Field(min_length=1, title="Vragen")
    splitsingen: dict[Slug, Split] = Field(default_factory=dict, title="Splitsingen")
    afleidingen: dict[FacetId, Derivation] = Field(default_factory=dict, title="Afleidingen")
    uitkomsten: dict[Slug, Outcome] = Field(min_length=1, title="Uitkomsten")
    voorbeelden: dict[Slug, Example] = Field(min_length=1, title="Voorbeelden")


# --- walking a record -----------------------------------------------------------------------------------

Path: TypeAlias = tuple[str | int, ...]


def is_slug(text: str) -> bool:
    """Tell whether a text can be an id, and so a file name and an address."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None and len(text) <= 60


def statements_in(record: Record, path: Path = ()) -> Iterator[tuple[Path, Claim | Conflict | Unknown]]:
    """Yield every statement of a record with its place, readings of a conflict included."""
    for place, part in parts_in(record, path):
        if isinstance(part, Claim | Conflict | Unknown):
            yield place, part


def claims_in(record: Record) -> Iterator[tuple[Path, Claim]]:
    """Yield every claim of a record with its place."""
    return ((path, part) for path, part in statements_in(record) if isinstance(part, Claim))


def texts_in(record: Record, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record with its place."""
    return ((place, part) for place, part in parts_in(record, path) if isinstance(part, str))


def references_in(record: Record) -> Iterator[tuple[Path, str, str]]:
    """Yield (place, kind, id) of every reference in a record, as `Reference` marks them."""
    yield from _references(record, type(record), ())


def parts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield a record and everything in it, records, blocks, lists and plain values, with their places."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from parts_in(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from parts_in(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from parts_in(item, (*path, index))


def _references(value: Any, hint: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if typing.get_origin(hint) is Annotated:
        hint, *marks = typing.get_args(hint)
        for mark in marks:
            if isinstance(mark, Reference) and isinstance(value, str):
                yield path, mark.kind, value
        yield from _references(value, hint, path)
    elif isinstance(value, BaseModel):
        for name, field in _hints(type(value)).items():
            yield from _references(getattr(value, name), field, (*path, name))
    elif isinstance(value, dict):
        key_hint, item_hint = typing.get_args(hint)
        for key, item in value.items():
            yield from _references(key, key_hint, (*path, key))
            yield from _references(item, item_hint, (*path, key))
    elif isinstance(value, list):
        options = [arg for arg in (typing.get_args(hint) or ()) if arg is not type(None)]
        inner = options[0] if typing.get_origin(hint) is list else _list_item(options)
        for index, item in enumerate(value):
            yield from _references(item, inner, (*path, index))
    else:
        for option in typing.get_args(hint):
            if typing.get_origin(option) is Annotated:
                yield from _references(value, option, path)


def _list_item(options: list[Any]) -> Any:
    return next((typing.get_args(option)[0] for option in options if typing.get_origin(option) is list), Any)


def keys_at(record: type[Record], path: Path, data: Any) -> list[str]:
    """The keys that the block at a place may hold: for 'did you mean' in messages."""
    hint: Any = record
    for step in path:
        hint = _step(hint, step, data)
        data = data[step] if holds(data, step) else None
    found = _record_type(hint, data)
    return sorted(found.model_fields) if found else []


def _step(hint: Any, step: str | int, data: Any) -> Any:
    found = _record_type(hint, data)
    if found is not None:
        return _hints(found).get(str(step))
    for option in (hint, *typing.get_args(hint)):
        if typing.get_origin(option) is Annotated:
            return _step(typing.get_args(option)[0], step, data)
        if typing.get_origin(option) in (dict, list):
            return typing.get_args(option)[-1]
    return None


def _record_type(hint: Any, data: Any) -> type[Record] | None:
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    options = [option for arg in typing.get_args(hint) if (option := _record_type(arg, data)) is not None]
    kinds: dict[str, type[Record]] = {"@uitspraak": Claim, "@tegenspraak": Conflict, "@onbekend": Unknown}
    return kinds[_statement_kind(data)] if len(options) > 1 else options[0] if options else None


def holds(data: Any, step: str | int) -> bool:
    """Tell whether plain data has something at a step of a path."""
    return (isinstance(data, dict) and step in data) or (
        isinstance(data, list) and isinstance(step, int) and step < len(data)
    )


_HINTS: dict[type[BaseModel], dict[str, Any]] = {}


def _hints(cls: type[BaseModel]) -> dict[str, Any]:
    if cls not in _HINTS:
        hints = typing.get_type_hints(cls, include_extras=True)
        _HINTS[cls] = {name: hints[name] for name in cls.model_fields}
    return _HINTS[cls]
