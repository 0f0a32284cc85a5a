"""The schema -> the field reference for editors.

In: the classes of `model`. Out: a table a block, with for every key its label, what it holds, whether it must
be there and the help text. `pages` calls it; nothing here is written down a second time.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from handbook.export import EDITOR_SCHEMAS
from handbook.model import FrontMatter, Record, Reference


@dataclass(frozen=True)
class Field:
    """One key that editors may write."""

    key: str
    label: str
    holds: str
    required: bool
    help: str


@dataclass(frozen=True)
class Table:
    """One block of keys; `name` is how other tables refer to it."""

    name: str
    help: str
    fields: list[Field]


def tables() -> list[tuple[str, list[Table]]]:
    """List per kind of file its blocks, the file itself first, each block once."""
    seen: set[type[Record]] = set()
    kinds: dict[str, type[Record]] = {**EDITOR_SCHEMAS, "geschreven pagina": FrontMatter}
    return [(kind, list(_tables(record, seen))) for kind, record in kinds.items()]


def _tables(record: type[Record], seen: set[type[Record]]) -> Iterator[Table]:
    if record in seen:
        return
    seen.add(record)
    hints = typing.get_type_hints(record, include_extras=True)
    rows = [
        Field(name, info.title or name, _holds(hints[name]), info.is_required(), info.description or "")
        for name, info in record.model_fields.items()
    ]
    yield Table(block_name(record), "", rows)
    for name in record.model_fields:
        for inner in _records(hints[name]):
            yield from _tables(inner, seen)


_BLOCKS = {
    "Intervention": "interventie", "Guide": "keuzehulp", "Sources": "bronnen", "Vocabulary": "begrippen",
    "Claim": "uitspraak", "Conflict": "tegenspraak", "Unknown": "onbekend", "Citation": "bronvermelding",
    "Source": "bron", "Option": "waarde", "Term": "begrip", "Facet": "kenmerk", "Condition": "eis",
    "Reading": "lezing", "Criterion": "criterium", "TargetGroup": "doelgroep", "CardLine": "kaartregel",
    "Card": "kaart", "Recognition": "erkenning", "Classification": "indeling", "Change": "wijziging",
    "Exit": "uitgang", "Unsure": "twijfel", "Answer": "antwoord", "NumberRoute": "route", "Question": "vraag",
    "NumberExit": "uitgang bij een getal", "ChoiceExit": "uitgang bij een keuze", "Split": "splitsing",
    "DerivationRow": "rij", "Derivation": "afleiding", "ReadingTip": "leestip", "Outcome": "uitkomst",
    "Example": "voorbeeld", "Signals": "signalen", "Signal": "signaal", "Protection": "wat beschermt",
    "Partners": "partners", "Partner": "partner", "Properties": "eigenschappen", "Rules": "regels", "Rule": "regel",
    "Local": "lokaal", "LocalPartner": "partner hier", "LocalIntervention": "interventie hier",
    "Numbers": "nummers", "NationalNumber": "landelijk nummer",
    "OldAddresses": "oude adressen", "Moved": "verhuisd", "MovedInGuide": "verhuisd in een keuzehulp",
    "DecisionTable": "beslistabel", "SharingRow": "rij met delen", "StoppingRow": "rij zonder delen",
    "OnwardRow": "rij die verder leidt", "Otherwise": "anders", "Ground": "grond", "SharingAdvice": "over delen",
    "Case": "casus", "Moment": "moment", "CaseQuestion": "oefenvraag", "Choice": "keuze", "Sharing": "delen",
    "SharingLine": "rij over delen", "NextStep": "volgende stap", "WorkedRoute": "route in een keuzehulp",
    "Assessment": "toets", "FromCase": "vraag uit een casus",
    "Coverage": "verantwoording", "CoverageRow": "deel", "Plan": "plan", "PlanSection": "onderdeel van een plan",
    "FrontMatter": "kop van een pagina",
}  # fmt: skip


def block_name(record: type[Record]) -> str:
    """The Dutch name of a block."""
    return _BLOCKS[record.__name__]


def _records(hint: Any) -> Iterator[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for inner in typing.get_args(hint):
        yield from _records(inner)


def _holds(hint: Any) -> str:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        marks = [mark.kind for mark in inner[1:] if isinstance(mark, Reference)]
        return f"id van: {marks[-1].replace('lijst:', 'lijst ')}" if marks else _holds(inner[0])
    if origin is typing.Literal:
        return "één van: " + ", ".join(map(str, inner))
    if origin is list:
        return f"lijst van: {_holds(inner[0])}"
    if origin is dict:
        return f"blok met per {_holds(inner[0])}: {_holds(inner[1])}"
    if origin in (typing.Union, types.UnionType):
        return " of ".join(dict.fromkeys(_holds(option) for option in inner if option is not type(None)))
    if isinstance(hint, type) and issubclass(hint, Record):
        return f"blok '{block_name(hint)}'"
    return {str: "tekst", int: "geheel getal", bool: "true of false", date: "datum (jjjj-mm-dd)"}[hint]
