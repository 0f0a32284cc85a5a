"""What the logic of each guide amounts to, counted. `about` shows it on a page, `check` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from weakref import WeakKeyDictionary

from handbook import verdict, walk
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
    seconds: float


_counted: WeakKeyDictionary[KnowledgeBase, dict[str, Proof]] = WeakKeyDictionary()
"""What was counted of content that is still in use: a page and a report ask the same, and neither keeps it alive."""


def proof(base: KnowledgeBase, name: str) -> Proof:
    """Walk every state of a guide and count, once; a guide that is not whole never gets this far."""
    known = _counted.setdefault(base, {})
    if name not in known:
        known[name] = _count(base, name)
    return known[name]


def _count(base: KnowledgeBase, name: str) -> Proof:
    start = perf_counter()
    guide = base.guides[name]
    space = walk.StateSpace(guide, base.facets)
    trials = sum(1 for _ in verdict.trials(base.interventions, base.facets)) if guide.toont_interventies == "ja" else 0
    counts = (len(space.states), len(space.edges), space.paths, space.longest, trials)
    return Proof(name, guide.titel, *counts, perf_counter() - start)


def proof_lines(base: KnowledgeBase) -> Iterator[str]:
    """Yield one line a guide for the report of `check`."""
    for name in base.guides:
        found = proof(base, name)
        yield (
            f"{name}: {found.states} toestanden, {found.edges} antwoorden gelopen, {thousands(found.paths)} paden "
            f"geteld, langste {found.longest} vragen, {found.trials} proeven op criteria, "
            f"{found.seconds:.1f} s; gaten 0, overlap 0, doodlopend 0, tegenspraak 0, onbereikbaar 0"
        )
