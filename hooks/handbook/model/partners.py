"""guide/partners.yaml and guide/lokaal.yaml: who works with young people, and who that is here."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from handbook.model.base import (
    Address,
    DutyId,
    FieldOfWorkId,
    InterventionId,
    JaNee,
    PartnerId,
    Phone,
    Record,
    RuleId,
    SecrecyId,
    Slug,
    StatuteId,
    TaskId,
    Text,
)
from handbook.model.claims import Claim, Statements
from handbook.model.guides import ReadingTip


class Properties(Record):
    """The properties of a role that the rules on sharing data look at."""

    geheimhouding: SecrecyId = Field(title="Geheimhouding", description="Welk regime van geheimhouding geldt.")
    wet: StatuteId = Field(title="Werkt onder", description="De wet waaronder dit werk meestal valt.")
    taak: TaskId = Field(
        title="Taak in de wet",
        description="De taak waarvoor een wet anderen verplicht of toelaat om deze rol iets te geven.",
    )
    meldcode: DutyId = Field(title="Meldcode", description="Valt deze rol onder de verplichte meldcode?")
    verwijsindex: Literal["kan", "kan-niet", "hangt-af"] = Field(
        title="Verwijsindex", description="Kan deze rol meldingsbevoegd zijn voor de verwijsindex?"
    )
    steunt_op: list[RuleId] = Field(min_length=1, title="Steunt op", description="De regels waarop dit rust.")


class Partner(Record):
    """A role: a profession or an organisation that meets children or young people."""

    naam: Text = Field(title="Naam")
    kort: Text = Field(title="In één zin")
    werkveld: FieldOfWorkId = Field(title="Domein")
    kern: Statements = Field(
        max_length=5,
        title="Eerst dit",
        description="Wat dit beroep het meest vraagt, met het eerlijke antwoord. Hooguit vijf; eerst wat niet kan.",
    )
    eerste_stap: Claim = Field(
        title="Je eerste stap", description="Eén zin, één persoon of organisatie. Niet nog een tweede."
    )
    lezen: list[ReadingTip] = Field(
        default_factory=list, title="Lees hierbij", description="Pagina's die bij dit antwoord horen."
    )
    wat_je_ziet: Statements = Field(title="Wat je ziet")
    vandaag: Statements = Field(title="Wat je vandaag kunt doen")
    wie_je_belt: Statements = Field(title="Wie je belt")
    delen: Statements = Field(title="Wat je mag delen")
    terug: Statements = Field(title="Wat je terug kunt verwachten")
    eigenschappen: Properties = Field(title="Regels voor deze rol")
    bekeken_op: date = Field(title="Bekeken op")


class Partners(Record):
    """guide/partners.yaml."""

    partners: dict[Slug, Partner] = Field(min_length=1, title="Partners")


class LocalPartner(Record):
    """Who a partner is in this municipality."""

    naam: Text | None = Field(None, title="Naam van de organisatie")
    functie: Text | None = Field(None, title="Functie", description="Een functie, geen naam van een persoon.")
    telefoon: Phone | None = Field(None, title="Telefoon")
    pagina: Address | None = Field(None, title="Webpagina")


class LocalIntervention(Record):
    """Whether an intervention runs here and how to sign up."""

    loopt_hier: JaNee = Field(title="Loopt hier")
    aanmelden: Text | None = Field(None, title="Zo meld je aan")


class Local(Record):
    """guide/lokaal.yaml: empty as shipped, filled in by a municipality."""

    gemeente: Text | None = Field(None, title="Gemeente of regio")
    verwijsindex: Text | None = Field(None, title="Plaatselijke naam van de verwijsindex")
    partners: dict[PartnerId, LocalPartner] = Field(default_factory=dict, title="Partners")
    interventies: dict[InterventionId, LocalIntervention] = Field(default_factory=dict, title="Interventies")
