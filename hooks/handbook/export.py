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

from pydantic import BaseModel, Field

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
    Partners,
    Reading,
    Record,
    Rules,
    Signals,
    Slug,
    Source,
    Sources,
    Text,
    Vocabulary,
    claims_in,
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
    "lokaal": Local,
    "verantwoording": Coverage,
}


@dataclass(frozen=True)
class Build:
    """The day that counts as today, the version of the content, and the address of the site when it is known."""

    today: date
    version: str
    address: str = ""


@dataclass(frozen=True)
class Document:
    """A JSON file of the site: its address and its text."""

    path: str
    text: str


class InterventionsData(Record):
    """data/interventies.json: every record with the sources it rests on."""

    gemaakt_op: date = Field(title="Gemaakt op")
    versie: Text = Field(title="Versie")
    interventies: dict[Slug, Intervention]
    bronnen: dict[Slug, Source]


class GuideData(Guide):
    """data/keuzehulp/<id>.json: a guide, the facets it uses and how many questions can still come."""

    id: Slug
    gemaakt_op: date = Field(title="Gemaakt op")
    versie: Text = Field(title="Versie")
    kenmerken: dict[str, Facet]
    nog_hoogstens: dict[str, int] = Field(title="Hoeveel vragen vanaf hier nog kunnen komen")


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
        **stamp,
        **{key: getattr(guide, key) for key in Guide.model_fields},
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
    yield Document(f"{path}.json", data.model_dump_json(indent=1, exclude_none=True) + "\n")
    yield Document(f"{path}.schema.json", _dump(json_schema(type(data))))


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
