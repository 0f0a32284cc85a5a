"""What the rules look at and what they find. In: parsed records. Used by every module in this folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from handbook.model import (
    Assessment,
    Case,
    Guide,
    Intervention,
    OldAddresses,
    Partner,
    Partners,
    Path,
    Pieces,
    Record,
    Released,
    Rule,
    Rules,
    Signals,
    Source,
    Sources,
    Vocabulary,
    whole,
)
from handbook.walk import StateSpace

Found: TypeAlias = tuple[Path, str, str]
"""What a rule finds within one file: the place, the message and the name of the rule."""

VOCABULARY_FILE = "guide/begrippen.yaml"
SOURCES_FILE = "guide/bronnen.yaml"
PARTNERS_FILE = "guide/partners.yaml"
RULES_FILE = "guide/regels.yaml"
SIGNALS_FILE = "guide/signalen.yaml"
ASSESSMENT_FILE = "guide/toets.yaml"

NODES = ("vragen", "splitsingen", "beslistabellen", "uitkomsten")
"""The blocks of a guide to which an answer may lead."""


NO_VOCABULARY = Vocabulary(kenmerken={}, lijsten={}, termen={})
"""Stands in for one that cannot be read."""


@dataclass(frozen=True)
class Fault:
    """A fault at a place in a file, before its line is known."""

    file: str
    path: Path
    message: str
    rule: str


@dataclass(frozen=True)
class Content:
    """Everything that could be parsed; `failed` holds the files that could not, which still count as existing.

    `loose` holds, by file, the records that nothing else refers to: local data, coverage. `spaces` keeps the states
    of each guide that was walked (by `id`), so that nobody walks it again. `parts` holds what is right in the lists of
    a failed file, and `broken` the ids of the entries that are not, by the list they stand in. `misshapen` has the
    pieces of each file that could be read but did not fit.
    """

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    interventions: Mapping[str, Intervention]
    guides: Mapping[str, Guide]
    partners: Mapping[str, Partner]
    rules: Mapping[str, Rule]
    cases: Mapping[str, Case]
    signals: Signals | None
    assessment: Assessment | None
    loose: Mapping[str, Record]
    failed: Set[str] = frozenset()
    released: Released = field(default_factory=Released)
    old: OldAddresses = field(default_factory=OldAddresses)
    spaces: dict[int, StateSpace] = field(default_factory=dict)
    parts: Mapping[str, Record] = field(default_factory=dict)
    broken: Mapping[str, Set[str]] = field(default_factory=dict)
    misshapen: Mapping[str, Pieces] = field(default_factory=dict)

    def entry_by_entry(self) -> Content:
        """The same with what is right in files that are not right as a whole: enough to look at references."""
        found = {type(record): record for record in self.parts.values()}
        sources, partners, rules = found.get(Sources), found.get(Partners), found.get(Rules)
        signals = found.get(Signals)
        return replace(
            self,
            sources=sources.bronnen if isinstance(sources, Sources) else self.sources,
            partners=partners.partners if isinstance(partners, Partners) else self.partners,
            rules=rules.regels if isinstance(rules, Rules) else self.rules,
            signals=signals if isinstance(signals, Signals) else self.signals,
            failed=self.failed - self.parts.keys(),
        )

    def ids(self, listing: str, entries: Iterable[str]) -> Set[str]:
        """The ids of a list, those of entries that could not be parsed included."""
        return {*entries, *self.broken.get(listing, ())}

    @property
    def source_ids(self) -> Set[str] | None:
        """The ids of all sources, those of entries that could not be parsed included; None without a list."""
        whole_or_part = self.entry_by_entry()
        return None if SOURCES_FILE in whole_or_part.failed else self.ids("bronnen", whole_or_part.sources)

    @property
    def rule_ids(self) -> Set[str] | None:
        """The ids of all rules, as `source_ids`."""
        whole_or_part = self.entry_by_entry()
        return None if RULES_FILE in whole_or_part.failed else self.ids("regels", whole_or_part.rules)

    def pieces(self) -> Iterator[tuple[str, Pieces]]:
        """Yield (file, pieces) of everything that could be read."""
        yield from ((file, whole(record)) for file, record in self.records() if file not in self.misshapen)
        yield from self.misshapen.items()

    def records(self) -> Iterator[tuple[str, Record]]:
        """Yield (file, record) of everything that fits."""
        if VOCABULARY_FILE not in self.failed:
            yield VOCABULARY_FILE, self.vocabulary
        if SOURCES_FILE not in self.failed:
            yield SOURCES_FILE, Sources(bronnen=dict(self.sources))
        if PARTNERS_FILE not in self.failed:
            yield PARTNERS_FILE, Partners(partners=dict(self.partners))
        if RULES_FILE not in self.failed:
            yield RULES_FILE, Rules(regels=dict(self.rules))
        if self.signals is not None:
            yield SIGNALS_FILE, self.signals
        if self.assessment is not None:
            yield ASSESSMENT_FILE, self.assessment
        yield from ((file, record) for file, record in self.loose.items())
        for name, intervention in self.interventions.items():
            yield f"interventions/{name}.yaml", intervention
        for name, guide in self.guides.items():
            yield f"guide/keuzehulp/{name}.yaml", guide
        for name, case in self.cases.items():
            yield f"guide/casussen/{name}.yaml", case

    @property
    def intervention_ids(self) -> set[str]:
        """The ids of all interventions, those whose file could not be parsed included."""
        return set(self.interventions) | self._failed_in("interventions/")

    def intervention_names(self) -> Iterator[tuple[str, str]]:
        """Yield (id, name) of every intervention whose name can be read."""
        yield from ((name, intervention.naam) for name, intervention in self.interventions.items())
        for file, pieces in self.misshapen.items():
            called = pieces.texts.get(("naam",))
            if pieces.kind is Intervention and called is not None:
                yield file.removeprefix("interventions/").removesuffix(".yaml"), called

    @property
    def guide_ids(self) -> set[str]:
        """The ids of all guides, those whose file could not be parsed included."""
        return set(self.guides) | self._failed_in("guide/keuzehulp/")

    @property
    def case_ids(self) -> set[str]:
        """The ids of all cases, those whose file could not be parsed included."""
        return set(self.cases) | self._failed_in("guide/casussen/")

    def _failed_in(self, folder: str) -> set[str]:
        return {file.removeprefix(folder).removesuffix(".yaml") for file in self.failed if file.startswith(folder)}


def number_first(value: int | str) -> tuple[int, str]:
    """Sort key for the values of a facet: whole numbers by size, ids by letter."""
    return (value, "") if isinstance(value, int) else (0, value)
