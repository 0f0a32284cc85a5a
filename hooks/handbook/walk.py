"""Follow answers through a guide, and walk every state that answers can lead to.

In: a guide, the facets and answers by question id. Out: `Route` (where the answers lead and what they fix),
or every `State` with every answer edge that leaves it. `checks`, `pages`, `check` and the tests call it;
`docs/scripts/walk.mjs` is its twin in the browser. Nothing here knows of addresses, pages or verdict texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter
from typing import TypeAlias

from handbook.model import (
    ANDERS,
    GEEN_VAN_DEZE,
    WEET_NIET,
    DecisionTable,
    Facet,
    Guide,
    OnwardRow,
    Otherwise,
    Question,
    Row,
    Split,
)
from handbook.tables import Table, Tables
from handbook.verdict import Facts, Values, all_values

Given: TypeAlias = int | str | tuple[str, ...]
"""An answer: a whole number, the id of an answer, `weet-niet`, or the chosen ids of a choice of several."""
Answers: TypeAlias = Mapping[str, Given]


@dataclass(frozen=True)
class Route:
    """Where answers lead: the questions passed with their answers, what they fix, and the node reached.

    `rows` are the rows of decision tables that led there, as (table, row).
    """

    steps: tuple[tuple[str, Given], ...]
    facts: Facts
    node: str
    rows: tuple[tuple[str, str], ...] = ()


def follow(guide: Guide, facets: Mapping[str, Facet], answers: Answers) -> Route:
    """Replay answers from the start, up to the first question without one or to an outcome.

    Raises KeyError or ValueError when an answer does not exist or a number lies outside every range.
    """
    facts: dict[str, Values] = {}
    steps: list[tuple[str, Given]] = []
    node, rows = trace(guide, facets, guide.start, facts)
    while node in guide.vragen and node in answers:
        given = answers[node]
        steps.append((node, given))
        target, facts = answer(guide, facets, node, given, facts)
        node, passed = trace(guide, facets, target, facts)
        rows += passed
    return Route(tuple(steps), with_derived(guide, facts), node, rows)


def answer(
    guide: Guide, facets: Mapping[str, Facet], name: str, given: Given, facts: Facts
) -> tuple[str, dict[str, Values]]:
    """Give one answer: return the node it leads to and the facts as they then are."""
    target, fixed = _effect(guide.vragen[name], given)
    return target, _merged(facets, facts, fixed)


def _merged(facets: Mapping[str, Facet], facts: Facts, fixed: Mapping[str, Values]) -> dict[str, Values]:
    """The facts with what one more answer fixes."""
    merged: dict[str, Values] = dict(facts)
    for facet, values in fixed.items():
        earlier = merged.get(facet)
        several = facets[facet].soort == "meerkeuze"
        merged[facet] = values if earlier is None or several else earlier & values
    return merged


def settle(guide: Guide, facets: Mapping[str, Facet], node: str, facts: Facts) -> str:
    """Take every split and table from a node onwards; return the question or outcome that comes out."""
    return trace(guide, facets, node, facts)[0]


def trace(
    guide: Guide, facets: Mapping[str, Facet], node: str, facts: Facts, tables: Tables | None = None
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Settle, and tell which rows of which tables were taken on the way; `tables` are those of the guide."""
    tables = tables or Tables(guide)
    rows: list[tuple[str, str]] = []
    while True:
        if node in guide.splitsingen:
            split = guide.splitsingen[node]
            node = _take(split, tables.with_derived(facts) if split.kenmerk in guide.afleidingen else facts, facets)
        elif node in guide.beslistabellen:
            table = guide.beslistabellen[node]
            name = tables.decide(node, tables.with_derived(facts))
            if name is None:
                node = table.onbekend
            else:
                rows.append((node, name))
                node = row_target(row_of(table, name))
        else:
            return node, tuple(rows)


def decide(table: DecisionTable, facts: Facts) -> str | None:
    """The row that holds whatever the open answers turn out to be; None when they leave open more than one."""
    return Table(table).decide(facts)


def row_of(table: DecisionTable, name: str) -> Row | Otherwise:
    """A row by its name, `anders` included."""
    return table.anders if name == ANDERS and table.anders is not None else table.rijen[name]


def row_target(row: Row | Otherwise) -> str:
    """Where a row leads."""
    return row.verder if isinstance(row, OnwardRow) else row.geeft


def with_derived(guide: Guide, facts: Facts) -> dict[str, Values]:
    """Add the facets that the guide's tables derive: every value that a row still allows."""
    return Tables(guide).with_derived(facts)


def _effect(question: Question, given: Given) -> tuple[str, dict[str, Values]]:
    """Where an answer leads and what it fixes, without regard to earlier answers."""
    if given == WEET_NIET:
        return _target(question, question.weet_niet.naar), _fixed(question.weet_niet.legt_vast)
    if isinstance(given, int):
        for route in question.routes:
            if route.van <= given <= route.tot:
                return route.naar, {str(question.kenmerk): frozenset({given}), **_fixed(route.legt_vast)}
        raise ValueError(given)
    if isinstance(given, tuple):
        chosen: set[str] = set()
        target = question.naar
        for name in given:
            if name == GEEN_VAN_DEZE and question.geen_van_deze is not None:
                target = question.geen_van_deze.naar or target
                continue
            chosen.update(question.antwoorden[name].legt_vast.get(str(question.kenmerk), ()))
        return _target(question, target), {str(question.kenmerk): frozenset(chosen)}
    return _target(question, question.antwoorden[given].naar), _fixed(question.antwoorden[given].legt_vast)


def _target(question: Question, own: str | None) -> str:
    target = own or question.naar
    if target is None:
        raise KeyError(question.vraag)
    return target


def _fixed(fixed: Mapping[str, Iterable[str]]) -> dict[str, Values]:
    return {facet: frozenset(values) for facet, values in fixed.items()}


def _take(split: Split, facts: Facts, facets: Mapping[str, Facet]) -> str:
    return _exit(split, facts, facets)[1]


def _exit(split: Split, facts: Facts, facets: Mapping[str, Facet]) -> tuple[str, str]:
    """The place of the exit that a split takes, and where it leads."""
    open_values = facts.get(split.kenmerk)
    unknown = "onbekend", split.onbekend.naar
    if facets[split.kenmerk].soort == "meerkeuze":
        if open_values is None or split.een_van is None or split.anders is None:
            return unknown
        met = open_values & frozenset(split.een_van.waarden)
        return ("een_van", split.een_van.naar) if met else ("anders", split.anders.naar)
    values = all_values(facets[split.kenmerk]) if open_values is None else open_values
    part = "getallen" if split.getallen else "keuzes"
    for index, (target, admitted) in enumerate(exits(split)):
        if values and values <= admitted:
            return f"{part}.{index}", target
    return unknown


def ways_taken(guide: Guide, facets: Mapping[str, Facet], answers: Answers) -> Iterator[tuple[str, int | None]]:
    """Yield the place of every way out that answers take, as `targets` names it, with the number that chose it."""
    yield from _ways_from(guide, facets, guide.start, {}, answers, Tables(guide))


def _ways_from(
    guide: Guide,
    facets: Mapping[str, Facet],
    node: str,
    facts: Mapping[str, Values],
    answers: Answers,
    tables: Tables,
) -> Iterator[tuple[str, int | None]]:
    """Go on from a node, up to the first question without an answer or to an outcome."""
    while node not in guide.uitkomsten and (node not in guide.vragen or node in answers):
        if node in guide.beslistabellen:
            table = guide.beslistabellen[node]
            row = tables.decide(node, tables.with_derived(facts))
            yield f"beslistabellen.{node}.{_row_place(row)}", None
            node = table.onbekend if row is None else row_target(row_of(table, row))
            continue
        if node in guide.splitsingen:
            split = guide.splitsingen[node]
            known = tables.with_derived(facts)
            place, target = _exit(split, known, facets)
            number = next(iter(known.get(split.kenmerk, ())), None) if place.startswith("getallen") else None
            yield f"splitsingen.{node}.{place}", number if isinstance(number, int) else None
            node = target
            continue
        given = answers[node]
        for place in _chosen(guide.vragen[node], given):
            yield f"vragen.{node}.{place}", given if isinstance(given, int) else None
        node, facts = answer(guide, facets, node, given, facts)


def _row_place(row: str | None) -> str:
    if row is None:
        return "onbekend"
    return ANDERS if row == ANDERS else f"rijen.{row}"


def _chosen(question: Question, given: Given) -> list[str]:
    """The places, within a question, of what was answered."""
    if given == WEET_NIET:
        return ["weet_niet"]
    if isinstance(given, int):
        return [f"routes.{i}" for i, route in enumerate(question.routes) if route.van <= given <= route.tot]
    chosen = given if isinstance(given, tuple) else (given,)
    return ["geen_van_deze" if name == GEEN_VAN_DEZE else f"antwoorden.{name}" for name in chosen]


def exits(split: Split) -> Iterator[tuple[str, Values]]:
    """Yield (target, values) of each exit of a split on a whole number or a choice."""
    for number in split.getallen:
        yield number.naar, frozenset(range(number.van, number.tot + 1))
    for choice in split.keuzes:
        yield choice.naar, frozenset(choice.waarden)


def targets(guide: Guide, node: str) -> list[tuple[str, str]]:
    """List (place, target) of every way out of a question or split; an outcome has none."""
    if node in guide.vragen:
        question = guide.vragen[node]
        found = [(f"vragen.{node}.routes.{index}", route.naar) for index, route in enumerate(question.routes)]
        for name, option in question.antwoorden.items():
            found.append((f"vragen.{node}.antwoorden.{name}", option.naar or question.naar or ""))
        for name, unsure in (("geen_van_deze", question.geen_van_deze), ("weet_niet", question.weet_niet)):
            if unsure is not None:
                found.append((f"vragen.{node}.{name}", unsure.naar or question.naar or ""))
        return found
    if node in guide.splitsingen:
        split = guide.splitsingen[node]
        place = f"splitsingen.{node}"
        found = [(f"{place}.getallen.{index}", item.naar) for index, item in enumerate(split.getallen)]
        found += [(f"{place}.keuzes.{index}", item.naar) for index, item in enumerate(split.keuzes)]
        for name, exit_ in (("een_van", split.een_van), ("anders", split.anders), ("onbekend", split.onbekend)):
            if exit_ is not None:
                found.append((f"{place}.{name}", exit_.naar))
        return found
    if node in guide.beslistabellen:
        table = guide.beslistabellen[node]
        place = f"beslistabellen.{node}"
        found = [(f"{place}.rijen.{name}", row_target(row)) for name, row in table.rijen.items()]
        if table.anders is not None:
            found.append((f"{place}.{ANDERS}", table.anders.geeft))
        return [*found, (f"{place}.onbekend", table.onbekend)]
    return []


# --- states ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """A question or outcome with what later splits can still tell apart; `answers` is one way to get here."""

    node: str
    signature: tuple[tuple[str, tuple[int, ...] | None], ...]
    answers: tuple[tuple[str, Given], ...] = field(compare=False)
    facts: Mapping[str, Values] = field(compare=False, hash=False)


@dataclass(frozen=True, slots=True)
class Edge:
    """One answer in one state: where it leads, how many literal answers it stands for, and by which rows."""

    start: State
    given: Given
    end: State
    weight: int
    facts: Mapping[str, Values]
    rows: tuple[tuple[str, str], ...] = ()


Signs: TypeAlias = tuple[tuple[int, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class _Settled:
    """The state that facts at a node come to, and by which rows of tables; `facts` are one case of them."""

    state: State
    rows: tuple[tuple[str, str], ...]
    facts: Mapping[str, Values]


class StateSpace:
    """Every reachable state of a guide and every answer edge between them.

    The guide must be free of cycles and unknown references; `checks` sees to that first.
    """

    def __init__(self, guide: Guide, facets: Mapping[str, Facet]) -> None:
        """Walk the guide once, breadth first."""
        started = perf_counter()
        self.guide = guide
        self.facets = facets
        self.edges: list[Edge] = []
        self.states: dict[State, State] = {}
        self._settled: dict[tuple[str, Signs], _Settled] = {}
        self._tables = Tables(guide)
        self._derived = frozenset(guide.afleidingen)
        self.start = self._settle(guide.start, (), {}).state
        queue = [self.start]
        for state in queue:
            if state.node not in guide.vragen:
                continue
            for given, weight, target, fixed in self._effects(state.node):
                facts = _merged(facets, state.facts, fixed)
                known = len(self.states)
                end = self._settle(target, (*state.answers, (state.node, given)), facts)
                if len(self.states) > known:
                    queue.append(end.state)
                self.edges.append(Edge(state, given, end.state, weight, facts, end.rows))
        self.seconds = perf_counter() - started

    @cached_property
    def paths(self) -> int:
        """How many ways of answering lead from the start to an outcome, counted, not walked."""
        leaving: dict[State, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            leaving[edge.start].append(edge)
        counted: dict[State, int] = {}

        def count(state: State) -> int:
            if state not in counted:
                ways = sum(edge.weight * count(edge.end) for edge in leaving[state])
                counted[state] = ways or int(state.node in self.guide.uitkomsten)
            return counted[state]

        return count(self.start)

    @cached_property
    def longest(self) -> int:
        """The number of questions on the longest route."""
        return longest_from(self.guide)[self.guide.start]

    @cached_property
    def possible(self) -> frozenset[str]:
        """The place of every way out that some answers take; the others are there for completeness only."""
        found = {
            f"vragen.{name}.{place}"
            for name, given in {(edge.start.node, edge.given) for edge in self.edges}
            for place in _chosen(self.guide.vragen[name], given)
        }
        for (target, _), settled in self._settled.items():
            found.update(
                place for place, _ in _ways_from(self.guide, self.facets, target, settled.facts, {}, self._tables)
            )
        return frozenset(found)

    def state_of(self, answers: Answers) -> State:
        """The state in which answers end."""
        facts: dict[str, Values] = {}
        state = self.start
        for name, given in answers.items():
            target, facts = answer(self.guide, self.facets, name, given, facts)
            state = self._settle(target, (*state.answers, (name, given)), facts).state
        return state

    def _settle(self, target: str, answers: tuple[tuple[str, Given], ...], facts: Mapping[str, Values]) -> _Settled:
        """The state that comes of facts at a node, worked out once for all that nothing from there on tells apart."""
        key = target, self._remembered(target, facts)
        found = self._settled.get(key)
        if found is None:
            node, rows = trace(self.guide, self.facets, target, facts, self._tables)
            kept = self._kept_at(node)
            signature = tuple(zip(kept, self._remembered(node, facts), strict=True))
            state = State(node, signature, answers, facts)
            found = self._settled[key] = _Settled(self.states.setdefault(state, state), rows, facts)
        return found

    def _remembered(self, node: str, facts: Mapping[str, Values]) -> Signs:
        """What a node keeps of facts: of each facet the classes that are open, None when nothing is known of it."""
        kept = self._kept_at(node)
        known = facts if self._derived.isdisjoint(kept) else self._tables.with_derived(facts)
        return tuple([self._signs(name, known[name]) if name in known else None for name in kept])

    def _signs(self, facet: str, values: Values) -> tuple[int, ...]:
        """The classes of values, in order."""
        known = self._signs_of[facet]
        if values not in known:
            known[values] = tuple(sorted({self._class_of(facet, value) for value in values}))
        return known[values]

    @cached_property
    def _signs_of(self) -> dict[str, dict[Values, tuple[int, ...]]]:
        return defaultdict(dict)

    def _effects(self, name: str) -> list[tuple[Given, int, str, dict[str, Values]]]:
        """Every answer to a question with its weight, where it leads and what it fixes."""
        if name not in self._effect_of:
            question = self.guide.vragen[name]
            self._effect_of[name] = [(*item, *_effect(question, item[0])) for item in self._literal_answers(name)]
        return self._effect_of[name]

    @cached_property
    def _effect_of(self) -> dict[str, list[tuple[Given, int, str, dict[str, Values]]]]:
        return {}

    def _literal_answers(self, name: str) -> list[tuple[Given, int]]:
        question = self.guide.vragen[name]
        found: list[tuple[Given, int]] = [(WEET_NIET, 1)]
        if question.routes:
            facet = self.facets[str(question.kenmerk)]
            return found + [(value, 1) for value in sorted(all_values(facet), key=str) if isinstance(value, int)]
        if question.meerkeuze == "nee":
            return found + [(option, 1) for option in question.antwoorden]
        if question.geen_van_deze is not None:
            found.append(((GEEN_VAN_DEZE,), 1))
        return found + self._subsets(question)

    def _subsets(self, question: Question) -> list[tuple[Given, int]]:
        """Every single choice, and for each further signature one set that has it, with the rest counted in."""
        facet = str(question.kenmerk)
        classes = {
            name: frozenset(self._class_of(facet, value) for value in option.legt_vast.get(facet, ()))
            for name, option in question.antwoorden.items()
        }
        counted: dict[frozenset[int], tuple[tuple[str, ...], int]] = {frozenset(): ((), 1)}
        for name, own in classes.items():
            step = dict(counted)
            for union, (sample, count) in counted.items():
                merged = union | own
                earlier_sample, earlier = step.get(merged, ((*sample, name), 0))
                step[merged] = (earlier_sample, earlier + count)
            counted = step
        found: list[tuple[Given, int]] = []
        for union, (sample, count) in counted.items():
            singles = [name for name, own in classes.items() if own == union]
            found += [((name,), 1) for name in singles]
            rest = count - len(singles) - (1 if not union else 0)
            if rest > 0:
                found.append((self._larger(sample, singles, classes, union), rest))
        return found

    @staticmethod
    def _larger(
        sample: tuple[str, ...], singles: list[str], classes: Mapping[str, frozenset[int]], union: frozenset[int]
    ) -> tuple[str, ...]:
        if len(sample) > 1:
            return sample
        others = [name for name, own in classes.items() if own <= union and name not in sample]
        return (*sample, others[0]) if others else tuple(singles[:1])

    def _class_of(self, facet: str, value: int | str) -> int:
        """Number the values of a facet so that values no split tells apart share a number."""
        return self._classes[facet][value]

    @cached_property
    def _classes(self) -> dict[str, dict[int | str, int]]:
        tests: dict[str, list[Values]] = defaultdict(list)
        for split in self.guide.splitsingen.values():
            tests[split.kenmerk] += [values for _, values in exits(split)]
            if split.een_van is not None:
                tests[split.kenmerk].append(frozenset(split.een_van.waarden))
        for derivation in self.guide.afleidingen.values():
            for row in derivation.rijen:
                for name, allowed in row.als.items():
                    tests[name].append(frozenset(allowed))
        for table in self.guide.beslistabellen.values():
            for box in (row.als for row in table.rijen.values()):
                for name, allowed in box.items():
                    tests[name].append(frozenset(allowed))
        for question in self.guide.vragen.values():
            for name, values in _fixings(question):
                if name in self._fixed_twice:
                    tests[name].append(values)
        found: dict[str, dict[int | str, int]] = {}
        for name, facet in self.facets.items():
            groups: dict[tuple[bool, ...], int] = {}
            found[name] = {
                value: groups.setdefault(tuple(value in test for test in tests[name]), len(groups))
                for value in sorted(all_values(facet), key=str)
            }
        return found

    def _kept_at(self, node: str) -> tuple[str, ...]:
        """The facets a state at this node must remember: of a derived facet its inputs while they can still change."""
        if node not in self._kept:
            self._kept[node] = tuple(sorted(self._find_kept(node)))
        return self._kept[node]

    def _find_kept(self, node: str) -> set[str]:
        read, fixed = self._read_after(node), self._fixed_after(node)
        kept = set(read - set(self.guide.afleidingen))
        for name in read & set(self.guide.afleidingen):
            inputs = {facet for row in self.guide.afleidingen[name].rijen for facet in row.als}
            kept |= inputs if inputs & fixed else {name}
        return kept

    def _read_after(self, node: str) -> frozenset[str]:
        """The facets that a split at or after a node reads, or that an answer there fixes once more."""
        if node not in self._reads:
            found: set[str] = set()
            if node in self.guide.splitsingen:
                found.add(self.guide.splitsingen[node].kenmerk)
            if node in self.guide.beslistabellen:
                rows = self.guide.beslistabellen[node].rijen.values()
                found |= {name for row in rows for name in row.als}
            if node in self.guide.vragen:
                found |= self._fixed_twice & {name for name, _ in _fixings(self.guide.vragen[node])}
            self._reads[node] = frozenset(
                found.union(*(self._read_after(target) for _, target in targets(self.guide, node)))
            )
        return self._reads[node]

    def _fixed_after(self, node: str) -> frozenset[str]:
        """The facets that an answer at or after a node fixes."""
        if node not in self._fixes:
            own = {name for name, _ in _fixings(self.guide.vragen[node])} if node in self.guide.vragen else set()
            later = (self._fixed_after(target) for _, target in targets(self.guide, node))
            self._fixes[node] = frozenset(own.union(*later))
        return self._fixes[node]

    @cached_property
    def _fixed_twice(self) -> frozenset[str]:
        return fixed_twice(self.guide)

    @cached_property
    def _kept(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _reads(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _fixes(self) -> dict[str, frozenset[str]]:
        return {}


def fixed_twice(guide: Guide) -> frozenset[str]:
    """Facets that more than one question fixes: only there can a later answer contradict an earlier one."""
    counts = Counter(name for question in guide.vragen.values() for name in {name for name, _ in _fixings(question)})
    return frozenset(name for name, count in counts.items() if count > 1)


def _fixings(question: Question) -> Iterator[tuple[str, Values]]:
    """Yield (facet, values) of everything that the answers to a question fix."""
    if question.kenmerk is not None:
        yield question.kenmerk, frozenset()
    fixed = [route.legt_vast for route in question.routes]
    fixed += [option.legt_vast for option in question.antwoorden.values()]
    for block in (*fixed, question.weet_niet.legt_vast):
        for name, values in block.items():
            yield name, frozenset(values)


def longest_from(guide: Guide) -> dict[str, int]:
    """For each node the largest number of questions from there to an outcome, itself included."""
    found: dict[str, int] = {}

    def measure(node: str) -> int:
        if node not in found:
            found[node] = 0
            longest = max((measure(target) for _, target in targets(guide, node)), default=0)
            found[node] = longest + (1 if node in guide.vragen else 0)
        return found[node]

    for name in (*guide.vragen, *guide.splitsingen, *guide.beslistabellen, *guide.uitkomsten):
        measure(name)
    return found
