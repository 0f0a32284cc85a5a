"""guide/casussen/<id>.yaml and guide/toets.yaml: fictional cases to train judgement with, and the assessment.

A case names signals, partners, rules, guides and interventions by id, so that course and handbook cannot say
different things: `checks.cases` holds it to them.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal, TypeAlias

from pydantic import Field

from handbook.model.base import (
    AgeGroupId,
    CaseId,
    CaseLevelId,
    CaseThemeId,
    GuideId,
    InterventionId,
    JaNee,
    PartnerId,
    ProtectionId,
    Record,
    RuleId,
    SignalId,
    Slug,
    Text,
    Verdict,
)
from handbook.model.claims import Statements
from handbook.model.guides import ReadingTip

ChoiceVerdict: TypeAlias = Literal["passend", "gemist", "overschat", "te-vroeg", "te-veel", "onveilig"]
QuestionKind: TypeAlias = Literal["signaal", "wegen", "gesprek", "delen", "stap"]
Exemption: TypeAlias = Literal["acuut-gevaar", "kind-vertelt"]
MayShare: TypeAlias = Literal["ja", "eerst-regelen", "nee"]


class Choice(Record):
    """One thing that a participant can choose, and what they learn from it."""

    tekst: Text = Field(title="Tekst", description="De keuze in de woorden van iemand die haar maakt.")
    oordeel: ChoiceVerdict = Field(
        title="Oordeel",
        description=(
            "gemist: ziet iets niet. overschat: maakt er meer van dan het is. te-vroeg: goede stap, verkeerd moment. "
            "te-veel: deelt of vraagt meer dan nodig of toegestaan. onveilig: brengt iemand in gevaar."
        ),
    )
    signalen: list[SignalId] = Field(
        default_factory=list,
        title="Over welke signalen",
        description=(
            "De signalen die deze keuze ziet, mist of overschat. Verplicht bij gemist; en bij overschat, behalve bij "
            "een vraag met soort signaal."
        ),
    )
    feedback: Text = Field(title="Feedback", description="Waarom: wat deze keuze goed doet, mist of te ver trekt.")
    lees: ReadingTip | None = Field(
        None, title="Lees", description="De pagina die dit uitlegt. Verplicht bij elke keuze die niet past."
    )


class CaseQuestion(Record):
    """One question at a moment, or in the assessment."""

    vraag: Text = Field(title="Vraag")
    toelichting: Text | None = Field(None, title="Toelichting", description="Wat je moet weten om te kiezen.")
    soort: QuestionKind = Field(
        title="Soort",
        description=(
            "signaal: wat zie je? wegen: wat maak je ervan? gesprek: hoe zeg je het? delen: met wie? stap: wat doe je?"
        ),
    )
    meerkeuze: JaNee = Field(
        "nee",
        title="Meer keuzes mogelijk",
        description="ja: elke passende keuze die iemand overslaat, telt als gemist.",
    )
    keuzes: dict[Slug, Choice] = Field(
        min_length=2,
        max_length=8,
        title="Keuzes",
        description="In welke volgorde je ze schrijft, maakt niet uit: de pagina husselt ze, elke keer gelijk.",
    )

    @property
    def choices(self) -> dict[str, Choice]:
        """The choices in the order in which they are shown.

        Mixed, for who writes puts the fitting one first; but the same in every build, page and export.
        """
        together = " ".join(sorted(self.keuzes))

        def place(name: str) -> str:
            return hashlib.sha256(f"{name}/{together}".encode()).hexdigest()

        return {name: self.keuzes[name] for name in sorted(self.keuzes, key=place)}


class Moment(Record):
    """One moment of a case: what can be seen, and what is asked about it."""

    titel: Text = Field(title="Titel", description="Wanneer en waar, zoals 'Maandag, op het plein'.")
    wat_je_ziet: list[Text] = Field(
        min_length=1, title="Wat je ziet", description="Alleen wat iemand ziet of hoort. Geen oordeel, geen namen."
    )
    signalen: list[SignalId] = Field(default_factory=list, title="Signalen", description="Die hier te zien zijn.")
    beschermend: list[ProtectionId] = Field(default_factory=list, title="Wat beschermt")
    vragen: dict[Slug, CaseQuestion] = Field(min_length=1, title="Vragen")


class WorkedRoute(Record):
    """The case in a guide: answers and what comes out, worked out anew at every check."""

    keuzehulp: GuideId = Field(title="Keuzehulp")
    waarover: Text | None = Field(
        None,
        title="Waarover",
        description="Waarover deze route gaat, zoals ‘Zijn naam, aan de wijkagent’. Nodig als er meer routes zijn.",
    )
    antwoorden: dict[Slug, int | Slug | list[Slug]] = Field(
        title="Antwoorden", description="Per vraag van die keuzehulp het antwoord dat bij deze casus hoort."
    )
    uitkomst: Slug = Field(title="Uitkomst")
    oordelen: dict[InterventionId, Verdict] = Field(
        default_factory=dict, title="Oordelen", description="De interventies die je noemt, met hun oordeel."
    )


class SharingLine(Record):
    """One thing that somebody might want to share, and whether they may."""

    wat: Text = Field(title="Wat")
    met: PartnerId = Field(title="Met wie")
    mag: MayShare = Field(title="Mag dit")
    waarom: Text = Field(title="Waarom")
    regels: list[RuleId] = Field(min_length=1, title="Regels", description="De regels waarop dit rust.")


class Sharing(Record):
    """What may be shared with whom."""

    rijen: list[SharingLine] = Field(min_length=1, title="Rijen")
    routes: list[WorkedRoute] = Field(default_factory=list, title="In de keuzehulp")


class NextStep(Record):
    """What to do now."""

    stappen: list[Text] = Field(min_length=1, title="Stappen")
    routes: list[WorkedRoute] = Field(min_length=1, title="In de keuzehulp")


class Case(Record):
    """One file in guide/casussen/: one fictional case."""

    titel: Text = Field(title="Titel")
    kort: Text = Field(title="Kort", description="Eén zin: waarover de casus gaat, zonder de afloop te verklappen.")
    niveau: CaseLevelId = Field(title="Niveau")
    groep: AgeGroupId = Field(title="Leeftijdsgroep")
    beroepen: list[PartnerId] = Field(min_length=1, title="Voor welke beroepen")
    themas: list[CaseThemeId] = Field(min_length=1, title="Thema’s")
    duur: int = Field(title="Duur in minuten", description="In een groep, met nabespreken.")
    leerdoelen: list[Text] = Field(min_length=1, max_length=4, title="Wat je leert")
    situatie: list[Text] = Field(min_length=1, title="De situatie", description="Wie je bent en wat je al weet.")
    momenten: dict[Slug, Moment] = Field(min_length=2, max_length=6, title="Momenten", description="In de tijd.")
    beslissend: list[SignalId] = Field(
        min_length=1, title="Wat samen beslist", description="De signalen die samen de beslissing dragen: twee of meer."
    )
    uitzondering: Exemption | None = Field(
        None, title="Uitzondering", description="Alleen hier mag één signaal beslissen."
    )
    afweging: Statements = Field(
        title="De afweging",
        description="Waarom deze signalen samen tellen, wat het ook kan zijn en wat beschermt.",
    )
    delen: Sharing = Field(title="Wat je mag delen")
    volgende_stap: NextStep = Field(title="De volgende stap")
    nabespreking: list[Text] = Field(min_length=2, title="Nabespreken", description="Open vragen voor de groep.")
    bekeken_op: date = Field(title="Bekeken op")

    @property
    def shown(self) -> set[str]:
        """Every signal that the case shows."""
        return {name for moment in self.momenten.values() for name in moment.signalen}

    @property
    def questions(self) -> dict[str, CaseQuestion]:
        """Every question by its id, in the order of the case."""
        return {name: question for moment in self.momenten.values() for name, question in moment.vragen.items()}


class FromCase(Record):
    """A question of a case that the assessment asks too, with what can be seen at that moment."""

    casus: CaseId = Field(title="Casus")
    vraag: Slug = Field(title="Vraag", description="Id van een vraag in die casus.")


class Assessment(Record):
    """guide/toets.yaml."""

    titel: Text = Field(title="Titel")
    inleiding: list[Text] = Field(min_length=1, title="Inleiding")
    norm: int = Field(title="Norm", description="Het aantal punten waarmee je slaagt. Elke vraag telt voor één punt.")
    vragen: dict[Slug, CaseQuestion] = Field(default_factory=dict, title="Vragen")
    uit_casussen: dict[Slug, FromCase] = Field(default_factory=dict, title="Vragen uit casussen")
    bekeken_op: date = Field(title="Bekeken op")

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.vragen) + len(self.uit_casussen)
