"""The page on which interventions stand side by side: all of them; the script shows those that are chosen.

In: the records. Out: one table, a column a record. A cell holds what the record says first, every conflict as a
conflict and what is not known as unknown. There is no total and no order of merit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook import export, model
from handbook.markdown import short_date
from handbook.model import Claim, Conflict, Intervention, Unknown
from handbook.pages.maker import Maker, Page

SECTIONS = (
    *("doelgroep", "doel", "werkwijze", "duur", "setting", "uitvoerders", "instroom", "instrumenten"),
    *("kosten", "contra_indicaties"),
)


@dataclass(frozen=True)
class Part:
    """One thing that a cell says."""

    kind: str
    text: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One subject with a cell for every record, in the order of the records."""

    id: str
    title: str
    cells: tuple[tuple[Part, ...], ...]


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield the page."""
    yield maker.page("vergelijken.md", "vergelijken.md.j2", rows=list(rows(maker)))


def rows(maker: Maker) -> Iterator[Row]:
    """Yield the card, the recognition and the sections, each with every record."""
    records = list(maker.base.interventions.values())
    for name, field in model.Card.model_fields.items():
        cells = tuple((Part("tekst", getattr(record.kaart, name).tekst),) for record in records)
        yield Row(name.replace("_", "-"), str(field.title), cells)
    levels = tuple((Part("tekst", export.recognition_in_words(maker.base, record)),) for record in records)
    yield Row("erkenning", "Erkenning", levels)
    for name in SECTIONS:
        title = str(Intervention.model_fields[name].title)
        yield Row(f"over-{name.replace('_', '-')}", title, tuple(tuple(_cell(getattr(r, name))) for r in records))
    looked = tuple((Part("tekst", short_date(maker.oldest_look(record))),) for record in records)
    yield Row("nagekeken", "Laatst nagekeken", looked)


def _cell(statements: Sequence[Claim | Conflict | Unknown]) -> Iterator[Part]:
    first = next((item for item in statements if isinstance(item, Claim)), None)
    for item in statements:
        if isinstance(item, Conflict):
            yield Part("tegenspraak", item.onderwerp, tuple(reading.tekst for reading in item.lezingen))
        elif isinstance(item, Unknown):
            yield Part("onbekend", item.onbekend)
        elif item is first:
            yield Part("tekst", item.tekst)
