"""What the decision tables of a guide amount to, in words and per pair of roles.

In: a KnowledgeBase and a guide with decision tables. Out: a row in words, the ends that a pair of roles can come to,
and the list of every row that ends in sharing, which tests/content/ keeps so that a change shows. `data_sharing` and
`guides` show them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import short_date
from handbook.model import WEET_NIET, Facet, Guide, Row, SharingRow
from handbook.walk import Edge, State, row_of, row_target

End: TypeAlias = tuple[str, str]
"""The table and the row in which a route ended; ("", outcome) where an answer led there by itself."""
Pair: TypeAlias = tuple[str, str]
"""The roles of who shares and of who receives."""

SENDER, RECEIVER, INFORMATION = "zender", "ontvanger", "informatie"
BEFORE = {"direct-gevaar": "nee", "vermoeden": "nee"}
"""The answers that come before the roles: no acute danger and no suspicion of violence."""


class Decisions:
    """The decision tables of one guide, walked once."""

    def __init__(self, base: KnowledgeBase, guide: Guide) -> None:
        """Take the states of the guide."""
        self.base = base
        self.guide = guide
        self.space = base.space_of(guide)
        self._ends: dict[tuple[State, str | None], frozenset[End]] = {}

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every pair of roles, in the order of the guide."""
        receivers = self.guide.vragen[RECEIVER].antwoorden
        return [(sender, receiver) for sender in self.guide.vragen[SENDER].antwoorden for receiver in receivers]

    def ends_of(self, pair: Pair, information: str | None = None) -> frozenset[End]:
        """Where a pair can end; with `information` only along that answer, and past what ends before it is asked."""
        answers = {**BEFORE, SENDER: pair[0], RECEIVER: pair[1]}
        state = self.space.state_of(answers)
        if state.node in self.guide.uitkomsten:
            route = self._first[pair]
            return frozenset() if information else frozenset({route})
        return self._from(state, information)

    def sharing(self, ends: frozenset[End]) -> dict[End, SharingRow]:
        """Of ends those that share, with their rows."""
        found = {}
        for table, name in sorted(ends):
            row = self.guide.beslistabellen[table].rijen.get(name) if table else None
            if isinstance(row, SharingRow):
                found[table, name] = row
        return found

    @cached_property
    def _first(self) -> dict[Pair, End]:
        """For each pair the end that its two roles alone lead to, if they do."""
        found = {}
        leaving = self._leaving
        for sender in self.guide.vragen[SENDER].antwoorden:
            state = self.space.state_of({**BEFORE, SENDER: sender})
            for edge in leaving[state]:
                if isinstance(edge.given, str) and edge.end.node in self.guide.uitkomsten:
                    found[sender, edge.given] = _end(edge)
        return found

    @cached_property
    def _leaving(self) -> dict[State, list[Edge]]:
        found: dict[State, list[Edge]] = defaultdict(list)
        for edge in self.space.edges:
            if edge.given != WEET_NIET:
                found[edge.start].append(edge)
        return found

    def _from(self, state: State, information: str | None) -> frozenset[End]:
        key = (state, information)
        if key not in self._ends:
            asked = state.node == INFORMATION
            found: set[End] = set()
            for edge in self._leaving[state]:
                if asked and information is not None and edge.given != information:
                    continue
                if edge.end.node not in self.guide.uitkomsten:
                    found |= self._from(edge.end, None if asked else information)
                elif asked or information is None:
                    found.add(_end(edge))
            self._ends[key] = frozenset(found)
        return self._ends[key]


def _end(edge: Edge) -> End:
    return edge.rows[-1] if edge.rows else ("", edge.end.node)


def outcome_of(guide: Guide, end: End) -> str:
    """The outcome of an end."""
    table, name = end
    return row_target(row_of(guide.beslistabellen[table], name)) if table else name


def conditions(row: Row, facets: Mapping[str, Facet]) -> Iterator[tuple[str, str]]:
    """Yield (label of the facet, its values in words); most of the values are told by what is left out."""
    for name, values in row.als.items():
        options = facets[name].waarden
        missing = [option for option in options if option not in values]
        if missing and len(missing) < len(values) and len(values) > 2:
            yield facets[name].label, "alles behalve " + ", en ".join(options[value].label for value in missing)
        else:
            yield facets[name].label, ", of ".join(options[value].label for value in values)


def sharing_list(base: KnowledgeBase, guide: Guide) -> str:
    """Every row that ends in sharing: its conditions, its ground with article and date, and the pairs it covers."""
    decisions = Decisions(base, guide)
    covered: dict[End, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sender, receiver in decisions.pairs:
        for end in decisions.sharing(decisions.ends_of((sender, receiver))):
            covered[end][sender].append(receiver)
    lines = [f"# {guide.titel}: elke rij die in delen eindigt", ""]
    for table_id, table in guide.beslistabellen.items():
        for name, row in table.rijen.items():
            if isinstance(row, SharingRow):
                lines += _listed(base, row, f"{table_id} / {name}", covered[table_id, name])
    return "\n".join(lines).rstrip() + "\n"


def _listed(base: KnowledgeBase, row: SharingRow, name: str, pairs: dict[str, list[str]]) -> Iterator[str]:
    rule = base.rules[row.grond.regel]
    due = rule.uitspraak.herzien_voor
    yield f"## {name}"
    yield ""
    yield f"Uitkomst: {row.geeft}"
    for name_of_facet, values in row.als.items():
        yield f"- Als {name_of_facet}: {' | '.join(values)}"
    yield f"- Grond: {row.grond.soort}, {row.grond.regel} ({rule.artikel})"
    yield f"- Na te kijken vóór: {short_date(due) if due else 'onbekend'}"
    yield f"- Regels: {', '.join(row.regels)}"
    yield from (f"- Voorwaarde: {text}" for text in row.voorwaarden)
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for sender, receivers in pairs.items():
        groups[tuple(receivers)].append(sender)
    yield from (f"- Paren: {', '.join(senders)} -> {', '.join(receivers)}" for receivers, senders in groups.items())
    yield ""
