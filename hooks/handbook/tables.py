"""Facts -> the rows of a guide's tables that they leave open, asked of many facts in a row.

In: a guide, and facts. Out: what its derivations give, and the row of a decision table that holds. Which rows a set
of values leaves open is worked out once for each set: `walk` asks it at every one of tens of thousands of answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from handbook.model import ANDERS, DecisionTable, Guide
from handbook.verdict import Facts, Values


class Rows:
    """The conditions of the rows of one table."""

    def __init__(self, conditions: Iterable[Mapping[str, Iterable[str]]]) -> None:
        """Take each row as the values that it allows of each facet it looks at."""
        self.allowed = [{name: frozenset(values) for name, values in row.items()} for row in conditions]
        self._all = (1 << len(self.allowed)) - 1
        self._left_by: dict[str, dict[Values, int]] = {name: {} for row in self.allowed for name in row}

    def left_open(self, facts: Facts) -> int:
        """The rows that can still hold, each as one bit, the first row the lowest."""
        left = self._all
        for name, known in self._left_by.items():
            values = facts.get(name)
            if values is not None:
                bits = known.get(values)
                if bits is None:
                    bits = known[values] = self._bits(name, values)
                left &= bits
        return left

    def _bits(self, name: str, values: Values) -> int:
        return sum(
            1 << index for index, row in enumerate(self.allowed) if name not in row or not values.isdisjoint(row[name])
        )


class Table:
    """A decision table."""

    def __init__(self, table: DecisionTable) -> None:
        """Take its rows."""
        self._names = list(table.rijen)
        self._rows = Rows(row.als for row in table.rijen.values())

    def decide(self, facts: Facts) -> str | None:
        """The row that holds whatever the open answers turn out to be; None when they leave open more than one."""
        left = self._rows.left_open(facts)
        if not left:
            return ANDERS
        first = left.bit_length() - 1
        if left != 1 << first:
            return None
        holds = all(name in facts and facts[name] <= values for name, values in self._rows.allowed[first].items())
        return self._names[first] if holds else None


class Tables:
    """The tables of one guide."""

    def __init__(self, guide: Guide) -> None:
        """Take a guide; its tables are read when they are asked for."""
        self._guide = guide
        self._decisions: dict[str, Table] = {}

    def decide(self, name: str, facts: Facts) -> str | None:
        """The row of a decision table that holds, as `Table` has it."""
        if name not in self._decisions:
            self._decisions[name] = Table(self._guide.beslistabellen[name])
        return self._decisions[name].decide(facts)

    def with_derived(self, facts: Facts) -> dict[str, Values]:
        """Add the facets that the guide derives: every value that a row still allows."""
        complete = dict(facts)
        for facet, rows, given in self._derivations:
            complete[facet] = given(rows.left_open(facts))
        return complete

    @cached_property
    def _derivations(self) -> list[tuple[str, Rows, _Given]]:
        return [
            (facet, Rows(row.als for row in table.rijen), _Given([row.geeft for row in table.rijen]))
            for facet, table in self._guide.afleidingen.items()
        ]


class _Given:
    """The values that rows give together, one set for each combination of rows that comes by."""

    def __init__(self, values: list[str]) -> None:
        self._values = values
        self._known: dict[int, Values] = {}

    def __call__(self, rows: int) -> Values:
        if rows not in self._known:
            found: Values = frozenset(value for index, value in enumerate(self._values) if rows >> index & 1)
            self._known[rows] = found
        return self._known[rows]
