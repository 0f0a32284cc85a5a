"""A second evaluator of verdicts, to hold the first one against.

Written from the prose of ADR 0005 alone, on plain data (what the YAML holds), and by another road: each record is
expanded to a truth table first, one row for every value that a facet can have, with what each reading says of it.
A verdict is then read off the rows that the answers leave open. It shares no code with `handbook`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Plain = dict[str, Any]
Open = dict[str, frozenset[int | str]]

BEST_FIRST = ("past", "onzeker", "past-niet")


@dataclass(frozen=True)
class Verdict:
    """What must agree with the first evaluator: the outcome, the group, and why."""

    verdict: str
    group: str
    reasons: tuple[tuple[str, str, str], ...]
    """Of each criterion that decided: its id, its outcome and the reason."""


class TruthTable:
    """One intervention, expanded."""

    def __init__(self, record: Plain, facets: Plain) -> None:
        """Make the rows: for each reading and each facet that it looks at, which values it admits."""
        self.facets = facets
        from_a_source = {claim["id"] for claim in _claims(record) if claim["zekerheid"] == "bron" and claim.get("id")}
        self.groups: list[tuple[str, list[tuple[str, bool, list[Plain]]]]] = []
        for group in record["doelgroepen"]:
            criteria = []
            for criterion in group["criteria"]:
                may_decide = len([1 for reading in criterion["lezingen"] if reading["steunt_op"] in from_a_source]) > 0
                rows = [self._expand(reading["eisen"]) for reading in criterion["lezingen"]]
                criteria.append((criterion["id"], may_decide, rows))
            self.groups.append((group["id"], criteria))

    def _expand(self, requirements: Plain) -> Plain:
        table: Plain = {}
        for name, condition in requirements.items():
            table[name] = {value: self._is_admitted(value, condition) for value in self._domain(name)}
        return table

    def _domain(self, name: str) -> list[int | str]:
        facet = self.facets[name]
        if facet["soort"] == "geheel_getal":
            return list(range(facet["van"], facet["tot"] + 1))
        return list(facet["waarden"])

    @staticmethod
    def _is_admitted(value: int | str, condition: Plain) -> bool:
        if condition.get("waarden") is not None:
            return value in condition["waarden"]
        above = condition.get("van") is None or not int(value) < condition["van"]
        below = condition.get("tot") is None or not int(value) > condition["tot"]
        return above and below

    # --- reading a verdict off the table ---

    def verdict(self, facts: Open) -> Verdict:
        """The best group, the first of these in the file."""
        found = [self._group(name, criteria, facts) for name, criteria in self.groups]
        for wanted in BEST_FIRST:
            for verdict in found:
                if verdict.verdict == wanted:
                    return verdict
        raise AssertionError("a record has at least one group")

    def _group(self, name: str, criteria: list[tuple[str, bool, list[Plain]]], facts: Open) -> Verdict:
        outcomes = [(key, *self.criterion(rows, facts)) for key, may_decide, rows in criteria if may_decide]
        came_out = [outcome for _, outcome, _ in outcomes]
        if "nee" in came_out:
            verdict, deciding = "past-niet", "nee"
        elif "onbekend" in came_out:
            verdict, deciding = "onzeker", "onbekend"
        else:
            verdict, deciding = "past", "ja"
        return Verdict(verdict, name, tuple(item for item in outcomes if item[1] == deciding))

    def criterion(self, rows: list[Plain], facts: Open) -> tuple[str, str]:
        """The outcome of one criterion over its readings, and the reason."""
        readings = [self._reading(table, facts) for table in rows]
        if readings.count("ja") == len(readings):
            return "ja", "voldoet"
        if readings.count("nee") == len(readings):
            return "nee", "voldoet-niet"
        missing = readings.count("onbekend") > 0
        return "onbekend", "antwoord-onbekend" if missing else "bronnen-verschillen"

    def _reading(self, table: Plain, facts: Open) -> str:
        outcomes = [self._condition(name, admitted, facts) for name, admitted in table.items()]
        for wanted in ("nee", "onbekend"):
            if wanted in outcomes:
                return wanted
        return "ja"

    def _condition(self, name: str, admitted: dict[int | str, bool], facts: Open) -> str:
        if self.facets[name]["soort"] == "meerkeuze":
            if name not in facts:
                return "onbekend"
            met = [value for value in facts[name] if admitted[value]]
            return "ja" if met else "nee"
        open_values = facts[name] if name in facts else frozenset(admitted)
        said = {admitted[value] for value in open_values}
        return "onbekend" if len(said) == 2 else "ja" if said == {True} else "nee"

    def one_criterion(self, group: str, criterion: str, facts: Open) -> str:
        """The outcome of one criterion, by the ids of its group and itself."""
        for name, criteria in self.groups:
            for key, _, rows in criteria:
                if (name, key) == (group, criterion):
                    return self.criterion(rows, facts)[0]
        raise KeyError(criterion)


def _claims(part: Any) -> Iterator[Plain]:
    """Every claim, wherever it stands: what has a certainty is a claim."""
    if isinstance(part, dict):
        if "zekerheid" in part:
            yield part
        for inner in part.values():
            yield from _claims(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _claims(inner)
