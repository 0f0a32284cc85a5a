"""The page that shows all senders and receivers: what is usual, what never goes by itself, and the way into the guide.

In: a guide with decision tables. Out: one page; every word in a cell follows from the tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handbook.model import SharingRow
from handbook.pages.decisions import INFORMATION, SENDER, Decisions, Pair, outcome_of
from handbook.pages.maker import Maker, Page

GUIDE = "gegevens-delen"
ASK = "vraag-eerst-fg-of-jurist"
INSIDE = "bespreek-binnen-je-organisatie"


@dataclass(frozen=True)
class Usual:
    """What is usual between two roles: `wet` names rules that point a way, `toestemming` and `nooit` kinds of data.

    `binnen` is what holds when both work for one organisation, on one task.
    """

    binnen: tuple[str, ...]
    wet: tuple[str, ...]
    toestemming: tuple[str, ...]
    nooit: tuple[str, ...]
    anders: str | None


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield the page of pairs, when there is a guide on sharing data."""
    guide = maker.base.guides.get(GUIDE)
    if guide is None:
        return
    decisions = Decisions(maker.base, guide)
    grouped: dict[str, dict[Usual, list[str]]] = {name: defaultdict(list) for name in guide.vragen[SENDER].antwoorden}
    for pair in decisions.pairs:
        grouped[pair[0]][usual(decisions, pair)].append(pair[1])
    due = [maker.base.rules[name].uitspraak.herzien_voor for name in maker.base.carrying_rules]
    yield maker.page(
        f"{GUIDE}/wie-met-wie.md",
        "wie-met-wie.md.j2",
        f"guide/keuzehulp/{GUIDE}.yaml",
        guide=guide,
        grouped=grouped,
        kinds=maker.base.facets[str(guide.vragen[INFORMATION].kenmerk)].waarden,
        due=min(day for day in due if day is not None),
    )


def usual(decisions: Decisions, pair: Pair) -> Usual:
    """What the tables say of one pair."""
    guide = decisions.guide
    kinds = [name for name, option in guide.vragen[INFORMATION].antwoorden.items() if option.legt_vast]
    everything = decisions.sharing(decisions.ends_of(pair))
    inside = {row.grond.regel: None for row in everything.values() if _is_inside(row)}
    by_law = {row.grond.regel: None for row in everything.values() if not _asks(row) and not _is_inside(row)}
    asked = [kind for kind in kinds if any(_asks(row) for row in _rows(decisions, pair, kind))]
    never = [kind for kind in kinds if not _rows(decisions, pair, kind)]
    if by_law or asked:
        return Usual(tuple(inside), tuple(by_law), tuple(asked), tuple(never), None)
    outcomes = {outcome_of(guide, end) for end in decisions.ends_of(pair)} - {INSIDE}
    return Usual(tuple(inside), (), (), tuple(never), outcomes.pop() if len(outcomes) == 1 else ASK)


def _rows(decisions: Decisions, pair: Pair, kind: str) -> list[SharingRow]:
    return list(decisions.sharing(decisions.ends_of(pair, kind)).values())


def _is_inside(row: SharingRow) -> bool:
    return row.geeft == INSIDE


def _asks(row: SharingRow) -> bool:
    return row.grond.soort == "toestemming"
