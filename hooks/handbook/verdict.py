"""Facts and criteria -> past, onzeker or past-niet, with the criteria that decided it.

In: the target groups of an intervention, what the answers leave open (`Facts`) and which claims rest on a
source. Out: `Judgement`. `checks`, `pages` and the tests call it; `docs/scripts/verdict.mjs` is its twin in
the browser. The rule is that of docs/over/beslissingen/0005-uitspraken-en-oordelen.md, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

from handbook.model import Condition, Criterion, Facet, Intervention, Reading, TargetGroup, Verdict, claims_in

Truth: TypeAlias = Literal["ja", "nee", "onbekend"]
Reason: TypeAlias = Literal["voldoet", "voldoet-niet", "bronnen-verschillen", "antwoord-onbekend"]
Values: TypeAlias = frozenset[int | str]
Facts: TypeAlias = Mapping[str, Values]
"""Per facet the values that the answers leave open; for a facet of several values, exactly those chosen.
A facet that is absent is unknown: every value is open."""

_DECIDED_BY: dict[Verdict, Truth] = {"past": "ja", "onzeker": "onbekend", "past-niet": "nee"}
_RANK: dict[Verdict, int] = {"past": 2, "onzeker": 1, "past-niet": 0}


@dataclass(frozen=True)
class CriterionResult:
    """How one criterion came out, why, and whether it may decide."""

    criterion: Criterion
    truth: Truth
    reason: Reason
    decides: bool


@dataclass(frozen=True)
class GroupResult:
    """How one target group came out."""

    group: TargetGroup
    verdict: Verdict
    criteria: tuple[CriterionResult, ...]

    @property
    def deciding(self) -> tuple[CriterionResult, ...]:
        """The criteria that made the verdict: those that fail, else those that are open, else all that decide."""
        return tuple(result for result in self.criteria if result.decides and result.truth == _DECIDED_BY[self.verdict])


@dataclass(frozen=True)
class Judgement:
    """The verdict on one intervention: that of its best target group, the first of these when equal."""

    best: GroupResult
    groups: tuple[GroupResult, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict itself."""
        return self.best.verdict


def judge(intervention: Intervention, facts: Facts, facets: Mapping[str, Facet]) -> Judgement:
    """Weigh one intervention against the facts."""
    certain = sourced_claims(intervention)
    groups = tuple(_judge_group(group, facts, facets, certain) for group in intervention.doelgroepen)
    return Judgement(max(groups, key=lambda group: _RANK[group.verdict]), groups)


def sourced_claims(intervention: Intervention) -> frozenset[str]:
    """The ids of the claims that stand in a source; only criteria that rest on one of these may decide."""
    return frozenset(claim.id for _, claim in claims_in(intervention) if claim.id and claim.zekerheid == "bron")


def decides(criterion: Criterion, certain: frozenset[str]) -> bool:
    """Tell whether at least one reading of the criterion stands in a source."""
    return any(reading.steunt_op in certain for reading in criterion.lezingen)


def test_criterion(criterion: Criterion, facts: Facts, facets: Mapping[str, Facet]) -> tuple[Truth, Reason]:
    """Try one criterion in all its readings: do they all admit, all exclude, or neither?"""
    truths = {_test_reading(reading, facts, facets) for reading in criterion.lezingen}
    if truths == {"ja"}:
        return "ja", "voldoet"
    if truths == {"nee"}:
        return "nee", "voldoet-niet"
    return "onbekend", "antwoord-onbekend" if "onbekend" in truths else "bronnen-verschillen"


def _judge_group(group: TargetGroup, facts: Facts, facets: Mapping[str, Facet], certain: frozenset[str]) -> GroupResult:
    results = tuple(
        CriterionResult(criterion, *test_criterion(criterion, facts, facets), decides(criterion, certain))
        for criterion in group.criteria
    )
    truths = {result.truth for result in results if result.decides}
    verdict: Verdict = "past-niet" if "nee" in truths else "onzeker" if "onbekend" in truths else "past"
    return GroupResult(group, verdict, results)


def _test_reading(reading: Reading, facts: Facts, facets: Mapping[str, Facet]) -> Truth:
    return _all_of(
        _test_condition(condition, facts.get(name), facets[name]) for name, condition in reading.eisen.items()
    )


def _all_of(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return "nee" if "nee" in found else "onbekend" if "onbekend" in found else "ja"


def _test_condition(condition: Condition, open_values: Values | None, facet: Facet) -> Truth:
    if facet.soort == "meerkeuze":
        if open_values is None:
            return "onbekend"
        return "ja" if open_values & frozenset(condition.waarden or ()) else "nee"
    values = all_values(facet) if open_values is None else open_values
    admitted = sum(1 for value in values if admits(condition, value))
    return "ja" if admitted == len(values) else "onbekend" if admitted else "nee"


def admits(condition: Condition, value: int | str) -> bool:
    """Tell whether a condition holds for one value."""
    if isinstance(value, int):
        return (condition.van is None or condition.van <= value) and (condition.tot is None or value <= condition.tot)
    return value in (condition.waarden or ())


def all_values(facet: Facet) -> Values:
    """Every value that a facet can have."""
    if facet.van is not None and facet.tot is not None:
        return frozenset(range(facet.van, facet.tot + 1))
    return frozenset(facet.waarden)


@dataclass(frozen=True)
class Trial:
    """One criterion tried on facts that only it looks at."""

    intervention: str
    group: str
    criterion: str
    facts: Mapping[str, Values]
    truth: Truth


def trials(interventions: Mapping[str, Intervention], facets: Mapping[str, Facet]) -> Iterator[Trial]:
    """Try each criterion on every combination of classes of values of its facets, unknown included.

    Values that no reading of the criterion tells apart are one class; a facet of several values is tried on
    no value, each value, all values and unknown.
    """
    for name, intervention in interventions.items():
        for group in intervention.doelgroepen:
            for criterion in group.criteria:
                used = sorted({facet for reading in criterion.lezingen for facet in reading.eisen})
                for choice in product(*(_samples(criterion, facet, facets[facet]) for facet in used)):
                    facts = {facet: values for facet, values in zip(used, choice, strict=True) if values is not None}
                    yield Trial(name, group.id, criterion.id, facts, test_criterion(criterion, facts, facets)[0])


def _samples(criterion: Criterion, name: str, facet: Facet) -> list[Values | None]:
    singles: list[Values] = [frozenset({value}) for value in sorted(all_values(facet), key=str)]
    if facet.soort == "meerkeuze":
        return [None, frozenset(), *singles, all_values(facet)]
    conditions = [reading.eisen[name] for reading in criterion.lezingen if name in reading.eisen]
    classes: dict[tuple[bool, ...], Values] = {}
    for single in singles:
        classes.setdefault(tuple(admits(condition, next(iter(single))) for condition in conditions), single)
    return [None, *classes.values()]
