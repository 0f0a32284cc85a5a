"""Are the decision tables of a guide whole, and do roles keep to partners.yaml? In: one guide. Out: faults.

A table may look at many facets, so its combinations are never listed: a row is a box, and what the rows leave of
the whole space is found by cutting boxes out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

from handbook.checks.content import PARTNERS_FILE, Content, Found
from handbook.model import ANDERS, DecisionTable, Facet, Guide, Partner, Path, Row
from handbook.verdict import Values, all_values

Box: TypeAlias = Mapping[str, Values]
"""Per facet the values that a part of the space has."""


def find_faults(content: Content, guide: Guide) -> Iterator[Found]:
    """Yield every fault in the decision tables of one guide and in what surrounds them."""
    if not guide.beslistabellen:
        return
    facets = content.vocabulary.kenmerken
    for name, table in guide.beslistabellen.items():
        yield from _table_faults(("beslistabellen", name, "rijen"), table, facets)
    for name, outcome in guide.uitkomsten.items():
        if outcome.delen is None:
            message = "Een uitkomst in een keuzehulp met beslistabellen heeft 'delen' nodig, met de regels erachter."
            yield ("uitkomsten", name), message, "uitkomst-zonder-regels"
    yield from _find_wrong_roles(content, guide)


def _table_faults(place: Path, table: DecisionTable, facets: Mapping[str, Facet]) -> Iterator[Found]:
    other = sorted({name for row in table.rijen.values() for name in row.als if facets[name].soort != "keuze"})
    for name in other:
        message = f"Een beslistabel werkt alleen met kenmerken van de soort keuze, en '{name}' is dat niet."
        yield place[:-1], message, "beslistabel-vorm"
    if other:
        return
    if ANDERS in table.rijen:
        yield (*place, ANDERS), f"'{ANDERS}' is geen naam voor een rij. Zet het naast 'rijen'.", "beslistabel-vorm"
        return
    boxes = {name: _box(row) for name, row in table.rijen.items()}
    for (first, one), (second, two) in combinations(boxes.items(), 2):
        if all(one[name] & two[name] for name in one.keys() & two.keys()):
            message = f"De rijen '{first}' en '{second}' kunnen tegelijk gelden. Maak ze verschillend."
            yield (*place, second), message, "beslistabel-overlap"
    gap = next(_left_over(list(boxes.values()), facets), None)
    if gap is None and table.anders is not None:
        message = "Geen enkele combinatie komt nog bij 'anders' uit. Haal het weg."
        yield (*place[:-1], ANDERS), message, "beslistabel-anders-overbodig"
    if gap is not None and table.anders is None:
        shown = ", ".join(f"{name} = {min(map(str, values))}" for name, values in sorted(gap.items()))
        yield place, f"Geen rij past bij: {shown}. Voeg een rij toe.", "beslistabel-gat"


def _box(row: Row) -> dict[str, Values]:
    return {name: frozenset(values) for name, values in row.als.items()}


def _left_over(rows: list[dict[str, Values]], facets: Mapping[str, Facet]) -> Iterator[Box]:
    """Yield what no row covers, as boxes: each row is cut out of what the rows before it left."""
    names = sorted({name for row in rows for name in row})
    rest: list[Box] = [{name: all_values(facets[name]) for name in names}]
    for row in rows:
        rest = [piece for box in rest for piece in _cut(box, row)]
    yield from rest


def _cut(box: Box, row: Mapping[str, Values]) -> Iterator[Box]:
    """Yield the pieces of a box outside a row: disjoint, one a facet that the row narrows."""
    if any(not box[name] & values for name, values in row.items()):
        yield box
        return
    inside = dict(box)
    for name, values in row.items():
        outside = box[name] - values
        if outside:
            yield {**inside, name: outside}
        inside[name] = box[name] & values


def _find_wrong_roles(content: Content, guide: Guide) -> Iterator[Found]:
    """A question whose answers fix facets of a role: those must be the properties in partners.yaml."""
    if PARTNERS_FILE in content.failed:
        return
    for name, question in guide.vragen.items():
        own = {facet for option in question.antwoorden.values() for facet in option.legt_vast}
        read = {facet: key for facet in own for key in _PROPERTIES if facet in (f"zender_{key}", f"ontvanger_{key}")}
        if not read:
            continue
        for role in content.partners.keys() - question.antwoorden.keys():
            yield ("vragen", name, "antwoorden"), f"De rol '{role}' uit partners.yaml ontbreekt.", "rol-ontbreekt"
        for role, option in question.antwoorden.items():
            partner = content.partners.get(role)
            if partner is None and role in content.broken.get("partners", ()):
                continue
            if partner is None:
                message = f"De rol '{role}' staat niet in guide/partners.yaml."
                yield ("vragen", name, "antwoorden", role), message, "rol-onbekend"
                continue
            for facet, key in sorted(read.items()):
                value = _property(partner, key)
                if option.legt_vast.get(facet) != [value]:
                    message = f"Volgens partners.yaml is '{facet}' hier [{value}]. Maak ze gelijk."
                    yield ("vragen", name, "antwoorden", role), message, "rol-eigenschap"


_PROPERTIES = ("geheimhouding", "wet", "taak", "meldcode", "werkveld")


def _property(partner: Partner, key: str) -> str:
    return partner.werkveld if key == "werkveld" else str(getattr(partner.eigenschappen, key))
