"""verdict.py against a second evaluator: on every state, every trial and awkward records, and when it is wrong.

Twenty faults are seeded in the text of verdict.py; the comparison must notice each. Otherwise agreement proves little.
"""

from __future__ import annotations

import ast
import random
import sys
import types
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

import second_evaluator
from handbook import verdict, walk
from handbook.checks.examples import given_answers
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Condition, Facet, Intervention, Option, Record, TargetGroup, claims_in
from handbook.verdict import Facts
from second_evaluator import TruthTable

Case = tuple[str, Facts]

FACETS = {
    "leeftijd": Facet(label="Leeftijd", soort="geheel_getal", van=0, tot=9),
    "kleur": Facet(label="Kleur", soort="keuze", waarden={n: Option(label=n) for n in ("rood", "groen", "blauw")}),
    "kunsten": Facet(
        label="Kunsten", soort="meerkeuze", waarden={n: Option(label=n) for n in ("vuur", "vlieg", "zang")}
    ),
}
SEED = 20261121
MOST = 1000

# Each is (what goes wrong, text of verdict.py, text in its place); every text stands there exactly once.
FAULTS = [
    (
        "past and past-niet change places in the ranking",
        '"past": 2, "onzeker": 1, "past-niet": 0',
        '"past": 0, "onzeker": 1, "past-niet": 2',
    ),
    (
        "onzeker counts as good as past",
        '"past": 2, "onzeker": 1',
        '"past": 2, "onzeker": 2',
    ),
    (
        "onzeker counts as bad as past-niet",
        '"past": 2, "onzeker": 1',
        '"past": 2, "onzeker": 0',
    ),
    (
        "the worst group counts",
        "Judgement(max(groups",
        "Judgement(min(groups",
    ),
    (
        "the last of equal groups counts",
        "Judgement(max(groups,",
        "Judgement(max(groups[::-1],",
    ),
    (
        "only the first group is weighed",
        "for group in intervention.doelgroepen)",
        "for group in intervention.doelgroepen[:1])",
    ),
    (
        "our own inference may decide",
        'claim.zekerheid == "bron"',
        'claim.zekerheid != "te_controleren"',
    ),
    (
        "what must still be checked may decide",
        'claim.zekerheid == "bron"',
        'claim.zekerheid != "afgeleid"',
    ),
    (
        "all readings must stand in a source",
        "return any(reading.steunt_op in certain",
        "return all(reading.steunt_op in certain",
    ),
    (
        "one reading that admits is enough",
        'if truths == {"ja"}:',
        'if "ja" in truths:',
    ),
    (
        "one reading that excludes is enough",
        'if truths == {"nee"}:',
        'if "nee" in truths:',
    ),
    (
        "the first reading counts alone",
        "for reading in criterion.lezingen}",
        "for reading in criterion.lezingen[:1]}",
    ),
    (
        "the two reasons change places",
        '"antwoord-onbekend" if "onbekend" in truths else "bronnen-verschillen"',
        '"bronnen-verschillen" if "onbekend" in truths else "antwoord-onbekend"',
    ),
    (
        "criteria that may not decide do",
        "for result in results if result.decides}",
        "for result in results}",
    ),
    (
        "an open criterion does not make it unsure",
        '"onzeker" if "onbekend" in truths else "past"',
        '"past"',
    ),
    (
        "an open criterion outweighs one that fails",
        '"past-niet" if "nee" in truths else "onzeker" if "onbekend" in truths else "past"',
        '"onzeker" if "onbekend" in truths else "past-niet" if "nee" in truths else "past"',
    ),
    (
        "unknown outweighs a condition that fails",
        'return "nee" if "nee" in found else "onbekend" if "onbekend" in found else "ja"',
        'return "onbekend" if "onbekend" in found else "nee" if "nee" in found else "ja"',
    ),
    (
        "the lower bound is left out",
        "condition.van <= value",
        "condition.van < value",
    ),
    (
        "the upper bound is left out",
        "value <= condition.tot",
        "value < condition.tot",
    ),
    (
        "several: every value asked for must be chosen",
        'return "ja" if open_values & frozenset(condition.waarden or ()) else "nee"',
        'return "ja" if open_values >= frozenset(condition.waarden or ()) else "nee"',
    ),
    (
        "several: no answer counts as none chosen",
        'if open_values is None:\n            return "onbekend"',
        'if open_values is None:\n            return "nee"',
    ),
    (
        "one admitted value is enough",
        'return "ja" if admitted == len(values) else',
        'return "ja" if admitted else',
    ),
    (
        "one excluded value is enough",
        '"onbekend" if admitted else "nee"',
        '"nee"',
    ),
    (
        "a facet that nothing fixed excludes",
        "values = all_values(facet) if open_values is None else open_values",
        "values = frozenset() if open_values is None else open_values",
    ),
    (
        "the highest number does not exist",
        "range(facet.van, facet.tot + 1)",
        "range(facet.van, facet.tot)",
    ),
    (
        "the explanation names what does not decide",
        "result.decides and result.truth == _DECIDED_BY",
        "result.truth == _DECIDED_BY",
    ),
]


@pytest.fixture(scope="session")
def states(real_base: KnowledgeBase) -> list[Case]:
    """Every intervention in every state, on what its criteria read of the facts; with all worked examples."""
    kept: dict[object, Case] = {}
    for guide in real_base.guides.values():
        found: list[Facts] = [
            walk.with_derived(guide, edge.facts) for edge in walk.StateSpace(guide, real_base.facets).edges
        ]
        found += [
            walk.follow(guide, real_base.facets, given_answers(item)).facts for item in guide.voorbeelden.values()
        ]
        for name, record in real_base.interventions.items():
            for known in found:
                facts = {facet: known[facet] for facet in conditions_of(record) if facet in known}
                kept.setdefault((name, frozenset(facts.items())), (name, facts))
    return list(kept.values())


@pytest.fixture(scope="session")
def combinations(real_base: KnowledgeBase) -> list[Case]:
    """Every intervention on combinations of what its criteria can tell apart: all of them, or MOST drawn from them."""
    found: list[Case] = []
    for name, record in real_base.interventions.items():
        used = conditions_of(record)
        samples = [samples_of(real_base.facets[facet], conditions) for facet, conditions in used.items()]
        every = list(product(*samples))
        for choice in every if len(every) <= MOST else random.Random(SEED).sample(every, MOST):
            pairs = zip(used, choice, strict=True)
            found.append((name, {facet: values for facet, values in pairs if values is not None}))
    return found


def conditions_of(record: Intervention) -> dict[str, list[Condition]]:
    """Per facet every condition on it, over all groups, criteria and readings."""
    found: dict[str, list[Condition]] = {}
    for group in record.doelgroepen:
        for criterion in group.criteria:
            for reading in criterion.lezingen:
                for facet, condition in reading.eisen.items():
                    found.setdefault(facet, []).append(condition)
    return found


def samples_of(facet: Facet, conditions: list[Condition]) -> list[frozenset[int | str] | None]:
    """Unknown, one value of each class that the conditions tell apart, and two classes left open together."""
    classes: dict[object, int | str] = {}
    for value in sorted(verdict.all_values(facet), key=str):
        classes.setdefault(tuple(verdict.admits(condition, value) for condition in conditions), value)
    singles: list[frozenset[int | str] | None] = [frozenset({value}) for value in classes.values()]
    pairs = [frozenset(pair) for pair in pairwise(classes.values())]
    return [None, *singles, *pairs, *([frozenset()] if facet.soort == "meerkeuze" else [])]


def slim(interventions: Mapping[str, Intervention]) -> dict[str, Any]:
    """As much of each intervention as a verdict looks at, so that weighing it thousands of times is quick."""
    return {
        name: Bare(soort=[claim for _, claim in claims_in(record) if claim.id], doelgroepen=record.doelgroepen)
        for name, record in interventions.items()
    }


def plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json")


def tables(interventions: Mapping[str, Intervention], facets: Mapping[str, Facet]) -> dict[str, TruthTable]:
    plain_facets = {name: plain(facet) for name, facet in facets.items()}
    return {name: TruthTable(plain(record), plain_facets) for name, record in interventions.items()}


def first(module: Any, record: Any, facts: Facts, facets: Mapping[str, Facet]) -> second_evaluator.Verdict:
    """What verdict.py, or a copy of it with a fault, says; in the form of the second evaluator."""
    found = module.judge(record, facts, facets)
    reasons = tuple((result.criterion.id, result.truth, result.reason) for result in found.best.deciding)
    return second_evaluator.Verdict(found.verdict, found.best.group.id, reasons)


def disagreements(
    module: Any, interventions: Mapping[str, Intervention], facets: Mapping[str, Facet], cases: list[Case]
) -> Iterator[Case]:
    second = tables(interventions, facets)
    records = slim(interventions)
    for name, facts in cases:
        if first(module, records[name], facts, facets) != second[name].verdict(dict(facts)):
            yield name, facts


def test_both_agree_on_every_state(real_base: KnowledgeBase, states: list[Case]) -> None:
    assert not list(disagreements(verdict, real_base.interventions, real_base.facets, states))
    seen = {
        (name, verdict.judge(real_base.interventions[name], facts, real_base.facets).verdict) for name, facts in states
    }
    assert seen == set(product(real_base.interventions, ("past", "onzeker", "past-niet")))


def test_both_agree_on_combinations_of_answers(real_base: KnowledgeBase, combinations: list[Case]) -> None:
    assert not list(disagreements(verdict, real_base.interventions, real_base.facets, combinations))


def test_both_agree_on_every_trial(real_base: KnowledgeBase) -> None:
    second = tables(real_base.interventions, real_base.facets)
    trials = list(verdict.trials(real_base.interventions, real_base.facets))
    assert {trial.truth for trial in trials} == {"ja", "nee", "onbekend"}
    for trial in trials:
        assert second[trial.intervention].one_criterion(trial.group, trial.criterion, dict(trial.facts)) == trial.truth


def test_both_agree_on_awkward_records() -> None:
    records, cases = awkward()
    assert not list(disagreements(verdict, records, FACETS, cases))


def test_no_past_rests_on_an_unknown_answer_or_on_readings_that_differ(
    real_base: KnowledgeBase, combinations: list[Case]
) -> None:
    """And each intervention has exactly one verdict, with at least one reason, whatever the answers."""
    records = slim(real_base.interventions)
    for name, facts in combinations:
        best = verdict.judge(records[name], facts, real_base.facets).best
        assert best.deciding
        if best.verdict == "past":
            assert {result.reason for result in best.criteria if result.decides} == {"voldoet"}


def test_second_evaluator_shares_no_code() -> None:
    tree = ast.parse(Path(str(second_evaluator.__file__)).read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names == {"__future__", "collections.abc", "dataclasses", "typing"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


@pytest.mark.parametrize(("what", "text", "wrong"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_fault_in_verdict_is_noticed(what: str, text: str, wrong: str) -> None:
    records, cases = awkward()
    assert next(disagreements(faulty(text, wrong), records, FACETS, cases), None) is not None, what


def test_at_least_twenty_faults_are_tried() -> None:
    assert len({text + wrong for _, text, wrong in FAULTS}) == len(FAULTS) >= 20


def faulty(text: str, wrong: str) -> types.ModuleType:
    """A copy of verdict.py with one text replaced, in memory."""
    source = Path(str(verdict.__file__)).read_text(encoding="utf-8")
    assert source.count(text) == 1, "verdict.py has changed: write this fault anew"
    module = types.ModuleType("faulty_verdict")
    sys.modules[module.__name__] = module  # dataclasses look their module up
    exec(compile(source.replace(text, wrong), "faulty_verdict.py", "exec"), module.__dict__)
    return module


def awkward() -> tuple[dict[str, Any], list[Case]]:
    """Records and facts drawn at random, always the same: open bounds, several groups, readings that differ."""
    draw = random.Random(SEED)
    records = {f"record-{number}": _record(draw) for number in range(150)}
    return records, [(name, _facts(draw)) for name in records for _ in range(12)]


def _facts(draw: random.Random) -> Facts:
    facts: dict[str, frozenset[int | str]] = {}
    for name, facet in FACETS.items():
        domain: list[int | str] = sorted(verdict.all_values(facet), key=str)
        least = 0 if facet.soort == "meerkeuze" else 1
        if draw.random() < 0.75:
            facts[name] = frozenset(draw.sample(domain, draw.choice([least, 1, 1, 1, 2, len(domain)])))
    return facts


class Bare(Record):
    """As much of an intervention as a verdict looks at."""

    soort: list[Claim]
    doelgroepen: list[TargetGroup]


def _record(draw: random.Random) -> Bare:
    certainties = {f"claim-{index}": draw.choice(["bron", "bron", "afgeleid", "te_controleren"]) for index in range(4)}
    groups = []
    for number in range(draw.randint(1, 3)):
        criteria = [
            {"id": f"criterium-{index}", "onderwerp": "Iets", "lezingen": _readings(draw, list(certainties))}
            for index in range(draw.randint(1, 3))
        ]
        groups.append({"id": f"groep-{number}", "naam": "Groep", "criteria": criteria})
    return Bare(
        soort=[_claim(name, certainty) for name, certainty in certainties.items()],
        doelgroepen=[TargetGroup.model_validate(group) for group in groups],
    )


def _claim(name: str, certainty: str) -> Claim:
    return Claim.model_validate(
        {
            "id": name,
            "tekst": "Iets.",
            "zekerheid": certainty,
            "bekeken_op": date(2020, 1, 1),
            "bronnen": [{"bron": "boek", "plaats": "begin"}],
        }
    )


def _readings(draw: random.Random, claims: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "steunt_op": draw.choice(claims),
            "eisen": {name: _condition(draw, name) for name in draw.sample([*FACETS], k)},
        }
        for k in (draw.choice([1, 1, 2]) for _ in range(draw.randint(1, 3)))
    ]


def _condition(draw: random.Random, name: str) -> dict[str, Any]:
    facet = FACETS[name]
    if facet.soort != "geheel_getal":
        return {"waarden": draw.sample(sorted(facet.waarden), draw.randint(1, 2))}
    low, high = sorted(draw.sample(range(10), 2))
    return draw.choice([{"van": low, "tot": high}, {"van": low}, {"tot": high}])
