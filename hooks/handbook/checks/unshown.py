"""What do the worked examples of a guide not show? In: one guide. Out: places, with what is missing there.

Each outcome, each way out, both sides of each border between numbers and each row of a table should come by in an
example: what no example shows can be changed by mistake without anybody noticing. Of a decision table that holds for
the rows that end in sharing: a reader sees those worked out, and the tests try the other rows. `check` gives it as
advice, so that a guide can be written step by step; the tests hold the real guides to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from handbook.checks.examples import given_answers
from handbook.model import Facet, Guide, NumberExit, NumberRoute, Path, SharingRow
from handbook.verdict import all_values
from handbook.walk import follow, targets, ways_taken

Found = tuple[Path, str]


def ways_to_show(guide: Guide, possible: frozenset[str]) -> list[str]:
    """The ways out that deserve an example: `possible` leaves out those that no answers take (`StateSpace`)."""
    ways = [place for node in (*guide.vragen, *guide.splitsingen) for place, _ in targets(guide, node)]
    ways += [
        f"beslistabellen.{name}.rijen.{row_id}"
        for name, table in guide.beslistabellen.items()
        for row_id, row in table.rijen.items()
        if isinstance(row, SharingRow)
    ]
    return [place for place in ways if place in possible]


def find_unshown(guide: Guide, facets: Mapping[str, Facet], possible: frozenset[str]) -> Iterator[Found]:
    """Yield the place and a sentence for everything that no example shows."""
    taken: dict[str, set[int | None]] = {}
    for example in guide.voorbeelden.values():
        for place, number in ways_taken(guide, facets, given_answers(example)):
            taken.setdefault(place, set()).add(number)
    shown = {example.uitkomst for example in guide.voorbeelden.values()}
    for name in guide.uitkomsten:
        if name not in shown:
            yield ("uitkomsten", name), "Geen voorbeeld komt hier uit."
    for place in ways_to_show(guide, possible):
        if place not in taken:
            yield tuple(place.split(".")), "Geen voorbeeld neemt deze weg."
    yield from _find_borders(guide, taken)
    yield from _find_rows(guide, facets)


def _find_borders(guide: Guide, taken: Mapping[str, set[int | None]]) -> Iterator[Found]:
    lists: list[tuple[Path, Sequence[NumberRoute | NumberExit]]] = [
        (("vragen", name, "routes"), question.routes) for name, question in guide.vragen.items()
    ]
    lists += [(("splitsingen", name, "getallen"), split.getallen) for name, split in guide.splitsingen.items()]
    for path, items in lists:
        ordered = sorted(enumerate(items), key=lambda item: item[1].van)
        for (low, lower), (high, upper) in pairwise(ordered):
            sides = ((low, lower.tot), (high, upper.van))
            if lower.model_dump(exclude={"van", "tot"}) == upper.model_dump(exclude={"van", "tot"}):
                continue
            for index, number in sides:
                if number not in taken.get(".".join(map(str, (*path, index))), ()):
                    yield (*path, index), f"Geen voorbeeld laat de grens bij {number} zien."


def _find_rows(guide: Guide, facets: Mapping[str, Facet]) -> Iterator[Found]:
    worked = [
        (example, follow(guide, facets, given_answers(example)).facts)
        for example in guide.voorbeelden.values()
        if example.afgeleid
    ]
    for name, table in guide.afleidingen.items():
        for index, row in enumerate(table.rijen):
            for example, facts in worked:
                known = {facet: facts.get(facet, all_values(facets[facet])) for facet in row.als}
                decided = all(known[facet] <= frozenset(values) for facet, values in row.als.items())
                if decided and example.afgeleid.get(name) == [row.geeft]:
                    break
            else:
                yield ("afleidingen", name, "rijen", index), "Geen voorbeeld met 'afgeleid' laat deze rij zien."
