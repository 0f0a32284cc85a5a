"""What the logic of each guide amounts to, counted. `about` shows it on a page, `check` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from weakref import WeakKeyDictionary

from handbook import verdict, walk
from handbook.checks import ways_to_show
from handbook.checks.examples import given_answers
from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import thousands


@dataclass(frozen=True)
class Proof:
    """What was walked to show that a guide is whole."""

    name: str
    title: str
    states: int
    edges: int
    paths: int
    longest: int
    trials: int
    examples: int
    ways: int
    """How many ways out deserve an example."""
    shown: int
    """How many of those an example takes."""
    possible: frozenset[str]
    """The place of every way out that some answers take."""
    seconds: float


_counted: WeakKeyDictionary[KnowledgeBase, dict[str, Proof]] = WeakKeyDictionary()
"""What was counted of content that is still in use: a page and a report ask the same, and neither keeps it alive."""
_trials: WeakKeyDictionary[KnowledgeBase, int] = WeakKeyDictionary()
"""How often criteria are tried: the same for each guide that shows interventions."""


def proof(base: KnowledgeBase, name: str) -> Proof:
    """Walk every state of a guide and count, once; a guide that is not whole never gets this far."""
    known = _counted.setdefault(base, {})
    if name not in known:
        known[name] = _count(base, name)
    return known[name]


def _count(base: KnowledgeBase, name: str) -> Proof:
    guide = base.guides[name]
    space = base.space_of(guide)
    start = perf_counter()
    trials = _trials_of(base) if guide.toont_interventies == "ja" else 0
    ways = set(ways_to_show(guide, space.possible))
    shown = {
        place
        for example in guide.voorbeelden.values()
        for place, _ in walk.ways_taken(guide, base.facets, given_answers(example))
    }
    return Proof(
        name,
        guide.titel,
        len(space.states),
        len(space.edges),
        space.paths,
        space.longest,
        trials,
        len(guide.voorbeelden),
        len(ways),
        len(ways & shown),
        space.possible,
        space.seconds + perf_counter() - start,
    )


def _trials_of(base: KnowledgeBase) -> int:
    if base not in _trials:
        _trials[base] = sum(1 for _ in verdict.trials(base.interventions, base.facets))
    return _trials[base]


def proof_lines(base: KnowledgeBase) -> Iterator[str]:
    """Yield one line a guide for the report of `check`."""
    for name in base.guides:
        found = proof(base, name)
        yield (
            f"{name}: {found.states} toestanden, {found.edges} antwoorden gelopen, {thousands(found.paths)} paden "
            f"geteld, langste {found.longest} vragen, {found.trials} proeven op criteria, "
            f"{found.examples} voorbeelden over {found.shown} van de {found.ways} wegen, "
            f"{found.seconds:.1f} s; gaten 0, overlap 0, doodlopend 0, tegenspraak 0, onbereikbaar 0"
        )


def possible_ways(base: KnowledgeBase) -> dict[str, frozenset[str]]:
    """Per guide the place of every way out that some answers take, for what asks whether examples show them."""
    return {name: proof(base, name).possible for name in base.guides}
