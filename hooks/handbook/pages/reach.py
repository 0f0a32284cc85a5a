"""The map of interventions: who is reached by what, by target group and level and by target group and life domain.

In: the records. Out: one page with two tables and the first of them as a picture. Every record stands in each cell
that it reaches; an empty cell says that this handbook has nothing there, not that nothing exists.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

from handbook.knowledge_base import KnowledgeBase
from handbook.model import Facet, Intervention, Option
from handbook.pages.maker import Maker, Page
from handbook.verdict import admits, all_values

AGE = "leeftijd"
GROUPS = "leeftijdsgroepen"
"""The list whose values say from which age to which age they go."""

_CELL, _HEAD, _LINE, _PAD = 210, 150, 18, 10


@dataclass(frozen=True)
class Entry:
    """An intervention in a cell; `disputed` when not every source puts it there."""

    id: str
    name: str
    disputed: bool


@dataclass(frozen=True)
class Table:
    """Cells by (row, column)."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    cells: Mapping[tuple[str, str], Sequence[Entry]]


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield the map."""
    base = maker.base
    levels = table(base, "risiconiveaus", lambda record: record.indeling.risiconiveaus)
    domains = table(base, "domeinen", lambda record: record.indeling.domeinen)
    yield maker.page(
        "interventies/dekking.md",
        "dekking.md.j2",
        levels=levels,
        domains=domains,
        picture=picture(levels, len(base.interventions)),
        empty=sum(not cell for cell in levels.cells.values()),
        disputed=any(entry.disputed for cell in levels.cells.values() for entry in cell),
    )


def table(base: KnowledgeBase, listing: str, keys_of: Callable[[Intervention], Sequence[str]]) -> Table:
    """Target groups across, the values of a list down; each record in every cell that it reaches."""
    rows = {key: option.label for key, option in base.vocabulary.lijsten[listing].items()}
    groups = base.vocabulary.lijsten[GROUPS]
    columns = {key: option.label for key, option in groups.items()}
    cells: dict[tuple[str, str], list[Entry]] = {place: [] for place in product(rows, columns)}
    for name, record in base.interventions.items():
        for group, disputed in reached(record, base.facets[AGE], groups).items():
            for key in keys_of(record):
                cells[key, group].append(Entry(name, record.naam, disputed))
    return Table(rows, columns, cells)


def reached(record: Intervention, age: Facet, groups: Mapping[str, Option]) -> dict[str, bool]:
    """The groups that a record reaches, and whether the sources disagree about that."""
    said, agreed = _ages(record, age)
    found = {}
    for key, option in groups.items():
        inside = {
            value for value in said if (option.van or 0) <= value <= (value if option.tot is None else option.tot)
        }
        if inside:
            found[key] = inside.isdisjoint(agreed)
    return found


def _ages(record: Intervention, age: Facet) -> tuple[set[int], set[int]]:
    """The ages that some source names for some target group, and those that every source names for it."""
    every = {value for value in all_values(age) if isinstance(value, int)}
    said: set[int] = set()
    agreed: set[int] = set()
    for group in record.doelgroepen:
        some, all_ = set(every), set(every)
        for criterion in group.criteria:
            readings = [
                {value for value in every if admits(reading.eisen[AGE], value)}
                for reading in criterion.lezingen
                if AGE in reading.eisen
            ]
            if readings:
                some &= set[int]().union(*readings)
                all_ &= every.intersection(*readings)
        said |= some
        agreed |= all_
    return said, agreed


def picture(levels: Table, total: int) -> str:
    """The first table as SVG, for paper."""
    lines = {place: _lines(entries) for place, entries in levels.cells.items()}
    most = {row: max(2, *(len(lines[row, column]) for column in levels.columns)) for row in levels.rows}
    heights = {row: count * _LINE + 2 * _PAD for row, count in most.items()}
    width = _HEAD + _CELL * len(levels.columns)
    height = 40 + sum(heights.values())
    svg = ET.Element(
        "svg",
        {
            "viewBox": f"-1 0 {width + 2} {height + 1}",
            "width": str(width + 2),
            "height": str(height + 1),
            "role": "img",
            "aria-labelledby": "ve-dekking-titel ve-dekking-uitleg",
            "stroke": "currentColor",
            "fill": "none",
        },
    )
    ET.SubElement(svg, "title", {"id": "ve-dekking-titel"}).text = "Interventies naar doelgroep en soort hulp"
    ET.SubElement(
        svg, "desc", {"id": "ve-dekking-uitleg"}
    ).text = f"Dezelfde {total} interventies als in de tabel hieronder. De soort hulp is onze eigen indeling."
    for index, label in enumerate(levels.columns.values()):
        _write(svg, [label], _HEAD + index * _CELL + _PAD, 26, bold=True)
    y = 40
    for row, label in levels.rows.items():
        _write(svg, [label, "(onze indeling)"], 0, y + 22, bold=False)
        for index, column in enumerate(levels.columns):
            kind = "ve-reach__full" if levels.cells[row, column] else "ve-reach__empty"
            x = _HEAD + index * _CELL
            box = {"x": str(x), "y": str(y), "width": str(_CELL), "height": str(heights[row])}
            ET.SubElement(svg, "rect", {"class": kind, "data-count": str(len(levels.cells[row, column])), **box})
            _write(svg, lines[row, column], x + _PAD, y + 22, bold=False)
        y += heights[row]
    return ET.tostring(svg, encoding="unicode", short_empty_elements=False)


def _lines(entries: Sequence[Entry]) -> list[str]:
    names = [f"{entry.name}{' *' if entry.disputed else ''}" for entry in entries]
    return [line for name in names or ["geen interventie in dit handboek"] for line in _wrapped(name)]


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, 26, break_long_words=False, break_on_hyphens=False)


def _write(svg: ET.Element, lines: Sequence[str], x: int, y: int, *, bold: bool) -> None:
    weight = {"font-weight": "700"} if bold else {}
    text = ET.SubElement(svg, "text", {"font-size": "15", "fill": "currentColor", "stroke": "none", **weight})
    for index, line in enumerate(lines):
        ET.SubElement(text, "tspan", {"x": str(x), "y": str(y + index * _LINE)}).text = f"{line} "
