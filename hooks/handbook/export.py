"""KnowledgeBase -> JSON for the browser and as open data; the schema -> JSON Schema for editors and users.

In: a KnowledgeBase, and the day and version of the build. Out: `Document`s: an address within the site and its
text, the same for the same content. `main` puts them in the site, `check --write-schemas` writes the schemas
for editors to docs/schemas/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter

from handbook import verdict, walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import (
    Assessment,
    Case,
    Citation,
    Claim,
    Coverage,
    Facet,
    Guide,
    Intervention,
    Local,
    MovedInGuide,
    Numbers,
    OldAddresses,
    Partners,
    Question,
    Reading,
    Record,
    Released,
    ReleasedGuide,
    Rules,
    Signals,
    Slug,
    Source,
    Sources,
    Text,
    Vocabulary,
    claims_in,
    references_in,
)

EDITOR_SCHEMAS: dict[str, type[Record]] = {
    "interventie": Intervention,
    "keuzehulp": Guide,
    "bronnen": Sources,
    "begrippen": Vocabulary,
    "signalen": Signals,
    "partners": Partners,
    "regels": Rules,
    "casus": Case,
    "toets": Assessment,
    "nummers": Numbers,
    "lokaal": Local,
    "verantwoording": Coverage,
    "oude-adressen": OldAddresses,
}


@dataclass(frozen=True)
class Build:
    """The day that counts as today, the version of the content, and the address of the site when it is known."""

    today: date
    version: str
    address: str = ""


@dataclass(frozen=True)
class Document:
    """A JSON file of the site: its address and its content, in bytes (as a text, 1000 records take four times that)."""

    path: str
    content: bytes

    @property
    def text(self) -> str:
        """The same as a text."""
        return self.content.decode()


class InterventionsData(Record):
    """data/interventies.json: every record with the sources it rests on."""

    gemaakt_op: date = Field(title="Gemaakt op")
    versie: Text = Field(title="Versie")
    interventies: dict[Slug, Intervention]
    bronnen: dict[Slug, Source]


class RuleData(Record):
    """A rule as an outcome shows it: what it is called, where it stands, and until when our reading holds."""

    titel: Text
    soort: Text
    artikel: Text | None = None
    bekeken_op: date
    herzien_voor: date


class CarriedData(Record):
    """The questions of another guide that an answer here can fill in."""

    vragen: dict[Slug, Question]


class GuideData(Guide):
    """data/keuzehulp/<id>.json: a guide, the facets and rules it uses and how many questions can still come."""

    id: Slug
    gemaakt_op: date = Field(title="Gemaakt op")
    versie: Text = Field(title="Versie")
    kenmerken: dict[str, Facet]
    nog_hoogstens: dict[str, int] = Field(title="Hoeveel vragen vanaf hier nog kunnen komen")
    oude_adressen: MovedInGuide = Field(title="Wat een bezoeker met een oude link te lezen krijgt")
    regels: dict[Slug, RuleData] = Field(title="De regels waarop uitkomsten rusten")
    grondsoorten: dict[str, str] = Field(title="Hoe elke soort grond heet")
    vult_in: dict[Slug, CarriedData] = Field(
        title="Per keuzehulp waar een uitkomst heen leidt: wat hier al beantwoord is"
    )


class ReadingData(Reading):
    """A reading with the claim it rests on."""

    tekst: Text
    zekerheid: Text
    bronnen: list[Citation]


class CriterionData(Record):
    """A criterion with its readings; `beslist` is false when no reading stands in a source."""

    id: Slug
    onderwerp: Text
    beslist: bool
    lezingen: list[ReadingData]


class GroupData(Record):
    """A target group to weigh."""

    id: Slug
    naam: Text
    criteria: list[CriterionData]


class WeighingData(Record):
    """What the chooser weighs and shows of one intervention."""

    naam: Text
    kort: Text
    bewijs: Text
    erkenning: Text
    bekeken_op: date
    onbekend: list[Text]
    doelgroepen: list[GroupData]


class VerdictsData(Record):
    """data/oordelen.json: what the chooser needs to weigh every intervention."""

    gemaakt_op: date = Field(title="Gemaakt op")
    versie: Text = Field(title="Versie")
    labels: dict[str, dict[str, str]]
    interventies: dict[Slug, WeighingData]
    bronnen: dict[Slug, Source]


def documents(base: KnowledgeBase, build: Build) -> Iterator[Document]:
    """Yield every JSON file of the site, each with its JSON Schema beside it."""
    stamp: dict[str, Any] = {"gemaakt_op": build.today, "versie": build.version}
    interventions = InterventionsData(interventies=dict(base.interventions), bronnen=dict(base.sources), **stamp)
    yield from _with_schema("data/interventies", interventions)
    yield from _with_schema("data/oordelen", _verdicts(base, stamp))
    for name, guide in base.guides.items():
        yield from _with_schema(f"data/keuzehulp/{name}", guide_data(base, name, guide, stamp))


def guide_data(base: KnowledgeBase, name: str, guide: Guide, stamp: dict[str, Any]) -> GuideData:
    """One guide as the browser gets it."""
    return GuideData(
        id=name,
        kenmerken=dict(base.facets),
        nog_hoogstens=walk.longest_from(guide),
        oude_adressen=base.old.binnen.get(name, MovedInGuide()),
        regels={rule: _rule(base, rule) for rule in sorted(rules_of(guide))},
        vult_in={other: CarriedData(vragen=questions) for other, questions in _carried(base, guide)},
        grondsoorten={key: item.label for key, item in base.vocabulary.lijsten.get("grondsoorten", {}).items()},
        **stamp,
        **{key: getattr(guide, key) for key in Guide.model_fields},
    )


def released_now(base: KnowledgeBase) -> Released:
    """What was released before and what is in the handbook now: what a link that is saved today can name."""
    guides: dict[str, ReleasedGuide] = dict(base.released.keuzehulpen)
    for name, guide in base.guides.items():
        before = guides.get(name, ReleasedGuide(vragen={}, uitkomsten=[]))
        questions = {key: set(answers) for key, answers in before.vragen.items()}
        for key, question in guide.vragen.items():
            questions[key] = questions.get(key, set()) | set(question.antwoorden)
        guides[name] = ReleasedGuide(
            vragen={key: sorted(questions[key]) for key in sorted(questions)},
            uitkomsten=sorted({*before.uitkomsten, *guide.uitkomsten}),
        )
    return Released(
        interventies=sorted({*base.released.interventies, *base.interventions}),
        keuzehulpen={name: guides[name] for name in sorted(guides)},
    )


def released_text(released: Released) -> str:
    """The list of what was released, as the YAML file that is kept."""
    lines = [
        "# Wat ooit gepubliceerd is: links hiernaar moeten blijven werken. Wat weg is, staat in oude_adressen.yaml.",
        "# Niet zelf wijzigen: `python hooks/check.py --write-released` werkt dit bij.",
        "interventies:" if released.interventies else "interventies: []",
        *(f"  - {name}" for name in released.interventies),
        "keuzehulpen:" if released.keuzehulpen else "keuzehulpen: {}",
    ]
    for name, guide in released.keuzehulpen.items():
        lines += [f"  {name}:", "    vragen:"]
        lines += [f"      {question}: [{', '.join(answers)}]" for question, answers in guide.vragen.items()]
        lines += ["    uitkomsten:", *(f"      - {outcome}" for outcome in guide.uitkomsten)]
    return "\n".join(lines) + "\n"


def rules_of(guide: Guide) -> set[str]:
    """The ids of the rules that the outcomes of a guide rest on."""
    return {name for _, kind, name in references_in(guide) if kind == "regel"}


def _carried(base: KnowledgeBase, guide: Guide) -> Iterator[tuple[str, dict[str, Question]]]:
    """Yield per guide that an outcome leads to its questions about a facet that is asked for here too."""
    asked = {question.kenmerk for question in guide.vragen.values() if question.kenmerk}
    pages = {tip.pagina for outcome in guide.uitkomsten.values() for tip in outcome.lezen}
    for name, other in base.guides.items():
        if other is not guide and f"keuzehulp/{name}/" in pages:
            yield name, {key: question for key, question in other.vragen.items() if question.kenmerk in asked}


def _rule(base: KnowledgeBase, name: str) -> RuleData:
    rule = base.rules[name]
    claim = rule.uitspraak
    assert claim.herzien_voor is not None  # Rule sees to it
    return RuleData(
        titel=rule.titel,
        soort=base.label("regelsoorten", rule.soort),
        artikel=rule.artikel,
        bekeken_op=claim.bekeken_op,
        herzien_voor=claim.herzien_voor,
    )


def editor_schemas() -> Iterator[Document]:
    """Yield the JSON Schemas that editors' programs read while they type."""
    for name, record in EDITOR_SCHEMAS.items():
        yield Document(f"schemas/{name}.schema.json", _dump(json_schema(record)))


def json_schema(record: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of record."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **record.model_json_schema()}


def _verdicts(base: KnowledgeBase, stamp: dict[str, Any]) -> VerdictsData:
    weighed = {name: _weighing(base, record) for name, record in base.interventions.items()}
    used = {
        citation.bron
        for item in weighed.values()
        for group in item.doelgroepen
        for criterion in group.criteria
        for reading in criterion.lezingen
        for citation in reading.bronnen
    }
    labels = {
        name: {key: option.label for key, option in base.vocabulary.lijsten[name].items()}
        for name in ("zekerheid", "oordelen")
    }
    return VerdictsData(
        labels=labels, interventies=weighed, bronnen={name: base.sources[name] for name in sorted(used)}, **stamp
    )


def _weighing(base: KnowledgeBase, record: Intervention) -> WeighingData:
    claims = {claim.id: claim for _, claim in claims_in(record) if claim.id}
    certain = verdict.sourced_claims(record)
    unknown = [
        item.onbekend
        for field in ("contra_indicaties", "kosten")
        for item in getattr(record, field)
        if hasattr(item, "onbekend")
    ]
    return WeighingData(
        naam=record.naam,
        kort=record.kort,
        bewijs=record.kaart.bewijs.tekst,
        erkenning=recognition_in_words(base, record),
        bekeken_op=oldest_look(record),
        onbekend=unknown,
        doelgroepen=[
            GroupData(
                id=group.id,
                naam=group.naam,
                criteria=[
                    CriterionData(
                        id=criterion.id,
                        onderwerp=criterion.onderwerp,
                        beslist=verdict.decides(criterion, certain),
                        lezingen=[_reading(reading, claims[reading.steunt_op]) for reading in criterion.lezingen],
                    )
                    for criterion in group.criteria
                ],
            )
            for group in record.doelgroepen
        ],
    )


def _reading(reading: Reading, claim: Claim) -> ReadingData:
    return ReadingData(
        steunt_op=reading.steunt_op,
        eisen=reading.eisen,
        tekst=claim.tekst,
        zekerheid=claim.zekerheid,
        bronnen=claim.bronnen,
    )


def recognition_in_words(base: KnowledgeBase, record: Intervention) -> str:
    """The level of recognition with its date, as cards and verdicts show it."""
    level = base.label("erkenningsniveaus", record.erkenning.niveau)
    return (
        f"{level} ({record.erkenning.datum.day}-{record.erkenning.datum.month}-{record.erkenning.datum.year})"
        if record.erkenning.datum
        else level
    )


def oldest_look(record: Intervention) -> date:
    """The day on which the claim that was left alone longest was last looked at."""
    return min(claim.bekeken_op for _, claim in claims_in(record))


def _with_schema(path: str, data: BaseModel) -> Iterator[Document]:
    yield Document(f"{path}.json", TypeAdapter(type(data)).dump_json(data, indent=1, exclude_none=True) + b"\n")
    yield Document(f"{path}.schema.json", _dump(json_schema(type(data))))


def _dump(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
