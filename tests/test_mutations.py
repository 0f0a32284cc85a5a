"""Faults in copies of the real content are stopped: at least 90 % of each kind and 95 % in all.

Each kind of fault is made at every place where it can be made; some of each are drawn with a fixed seed. What goes
through is listed in SURVIVORS with the reason, so that nobody has to find it out anew.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

import mutants
from handbook.knowledge_base import KnowledgeBase
from mutants import MAKERS, Mutant

SEED = 20261121
DRAWN = 12

# Faults in where answers lead: one that leads every answer where it led before is none, and is not counted.
ROUTING = {
    "a target is swapped",
    "a value moves to another exit",
    "a row of a decision table is deleted",
    "a row of a decision table leads elsewhere",
    "a row of a decision table holds for more",
    "a row that shares holds for less",
}
# Why a kind of fault is not always stopped.
SURVIVORS: dict[str, str] = {}

Outcome = tuple[Mutant, str | None]


@pytest.fixture(scope="session")
def outcomes(real_base: KnowledgeBase) -> dict[str, list[Outcome]]:
    """Per kind the mutants that were drawn, each with the rule that stopped it."""
    draw = random.Random(SEED)
    files = mutants.plain_files(real_base)
    found: dict[str, list[Outcome]] = {}
    for kind, make in MAKERS.items():
        every = [mutant for mutant in make(real_base, files) if not mutants.weighs_the_same(real_base, mutant)]
        found[kind] = []
        for mutant in draw.sample(every, len(every)):
            rule = mutants.stopped_by(real_base, mutant)
            if rule or kind not in ROUTING or not mutants.comes_out_the_same(real_base, mutant):
                found[kind].append((mutant, rule))
            if len(found[kind]) == DRAWN:
                break
    return found


def test_twelve_kinds_of_ten_or_more(outcomes: dict[str, list[Outcome]]) -> None:
    assert len(outcomes) >= 12
    assert {kind: len(tried) for kind, tried in outcomes.items() if len(tried) < 10} == {}


@pytest.mark.parametrize("kind", MAKERS)
def test_nine_in_ten_of_a_kind_are_stopped(outcomes: dict[str, list[Outcome]], kind: str) -> None:
    tried = outcomes[kind]
    through = [f"{mutant.file}: {mutant.what}" for mutant, rule in tried if rule is None]
    assert len(through) <= len(tried) / 10, through
    assert not through or kind in SURVIVORS, f"say why these go through: {through}"


def test_nineteen_in_twenty_are_stopped(outcomes: dict[str, list[Outcome]], capsys: pytest.CaptureFixture[str]) -> None:
    through = [mutant for tried in outcomes.values() for mutant, rule in tried if rule is None]
    total = sum(map(len, outcomes.values()))
    with capsys.disabled():
        print(f"\n{total - len(through)} of {total} faults stopped, {len(outcomes)} kinds")
        for kind, tried in outcomes.items():
            rules = Counter(rule or "GOES THROUGH" for _, rule in tried)
            print(f"  {kind}: " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common()))
    assert len(through) <= total / 20


def test_content_itself_goes_through(real_base: KnowledgeBase) -> None:
    """A mutant that changes nothing is not stopped: what stops the others is the fault."""
    for file in real_base.records:
        if file in mutants.KINDS or file.startswith(("interventions/", "guide/keuzehulp/")):
            assert mutants.stopped_by(real_base, Mutant(file, "nothing", lambda data: None)) is None, file
