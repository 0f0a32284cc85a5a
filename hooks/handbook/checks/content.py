"""What the rules look at and what they find. In: parsed records. Used by every module in this folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field

from handbook.model import (
    Coverage,
    Guide,
    Intervention,
    Local,
    OldAddresses,
    Partner,
    Partners,
    Path,
    Record,
    Released,
    Rule,
    Rules,
    Signals,
    Source,
    Sources,
    Vocabulary,
)


@dataclass(frozen=True)
class Fault:
    """A fault at a place in a file, before its line is known."""

    file: str
    path: Path
    message: str
    rule: str


@dataclass(frozen=True)
class Content:
    """Everything that could be parsed; `failed` holds the files that could not, which still count as existing."""

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    interventions: Mapping[str, Intervention]
    guides: Mapping[str, Guide]
    signals: Signals
    partners: Mapping[str, Partner]
    rules: Mapping[str, Rule]
    local: Local
    coverage: Coverage
    failed: Set[str] = frozenset()
    released: Released = field(default_factory=Released)
    old: OldAddresses = field(default_factory=OldAddresses)

    def records(self) -> Iterator[tuple[str, Record]]:
        """Yield (file, record) of everything."""
        yield "guide/begrippen.yaml", self.vocabulary
        yield "guide/bronnen.yaml", Sources(bronnen=dict(self.sources))
        yield "guide/signalen.yaml", self.signals
        yield "guide/partners.yaml", Partners(partners=dict(self.partners))
        yield "guide/regels.yaml", Rules(regels=dict(self.rules))
        yield "guide/lokaal.yaml", self.local
        yield "guide/verantwoording.yaml", self.coverage
        for name, intervention in self.interventions.items():
            yield f"interventions/{name}.yaml", intervention
        for name, guide in self.guides.items():
            yield f"guide/keuzehulp/{name}.yaml", guide

    @property
    def intervention_ids(self) -> set[str]:
        """The ids of all interventions, those whose file could not be parsed included."""
        prefix = "interventions/"
        failed = {file.removeprefix(prefix).removesuffix(".yaml") for file in self.failed if file.startswith(prefix)}
        return set(self.interventions) | failed
