"""Are the tables of a guide whole: disjoint, complete, on answers alone? In: one guide. Out: faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from math import prod

from handbook.checks.content import Content, Found, number_first
from handbook.model import Derivation, Facet, Guide, Path, Question
from handbook.verdict import all_values

MAX_COMBINATIONS = 10_000


def find_faults(content: Content, guide: Guide) -> Iterator[Found]:
    """Yield every fault in the derivations of one guide."""
    facets = content.vocabulary.kenmerken
    for name, derivation in guide.afleidingen.items():
        place = ("afleidingen", name)
        faults = list(_wrong_table(guide, name, derivation, facets))
        for fault in faults:
            yield place, fault, "afleiding-vorm"
        if not faults:
            yield from _table_gaps((*place, "rijen"), derivation, facets)


def _wrong_table(guide: Guide, name: str, derivation: Derivation, facets: Mapping[str, Facet]) -> Iterator[str]:
    inputs = {facet for row in derivation.rijen for facet in row.als}
    kinds = {name: facets[name].soort} | {facet: facets[facet].soort for facet in inputs}
    for facet in sorted(facet for facet, kind in kinds.items() if kind != "keuze"):
        yield f"Een tabel werkt alleen met kenmerken van de soort keuze, en '{facet}' is dat niet."
    for facet in sorted(inputs & set(guide.afleidingen)):
        yield f"'{facet}' komt zelf uit een tabel. Kijk in een tabel alleen naar wat een vraag vastlegt."
    if prod(len(all_values(facets[facet])) for facet in inputs) > MAX_COMBINATIONS:
        yield "Deze tabel kijkt naar te veel kenmerken tegelijk. Kies er minder."
    for question_id, question in guide.vragen.items():
        if name in _fixed_by(question):
            yield f"De vraag '{question_id}' legt '{name}' ook vast. Laat het aan de tabel over, of haal de tabel weg."


def _fixed_by(question: Question) -> set[str | None]:
    fixed = [route.legt_vast for route in question.routes]
    fixed += [option.legt_vast for option in question.antwoorden.values()]
    return {question.kenmerk, *question.weet_niet.legt_vast, *(name for block in fixed for name in block)}


def _table_gaps(place: Path, derivation: Derivation, facets: Mapping[str, Facet]) -> Iterator[Found]:
    names = sorted({name for row in derivation.rijen for name in row.als})
    rows = [{name: set(values) for name, values in row.als.items()} for row in derivation.rijen]
    for (first, one), (second, two) in combinations(enumerate(rows), 2):
        if all(one[name] & two[name] for name in set(one) & set(two)):
            message = f"Rij {first + 1} en rij {second + 1} kunnen tegelijk gelden. Maak ze verschillend."
            yield (*place, second), message, "afleiding-overlap"
    for values in product(*(sorted(all_values(facets[name]), key=number_first) for name in names)):
        combination = dict(zip(names, values, strict=True))
        if not any(all(combination[name] in allowed for name, allowed in row.items()) for row in rows):
            shown = ", ".join(f"{name} = {value}" for name, value in combination.items())
            yield place, f"Geen rij past bij: {shown}. Voeg een rij toe.", "afleiding-gat"
            return
