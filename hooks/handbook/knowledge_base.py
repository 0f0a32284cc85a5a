"""read(root) -> KnowledgeBase, or ContentError with every problem.

In: the folder that holds `interventions/`, `guide/` and `docs/`. Out: every record in it, typed, checked and frozen,
with the line of each place; of written pages only that they are right. `main`, `check`, `pages`, `export` and
`search` build on what it returns and check nothing again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from handbook import checks, marks, model
from handbook.model import (
    Assessment,
    Case,
    Claim,
    Coverage,
    Facet,
    Guide,
    Intervention,
    Local,
    NationalNumber,
    Numbers,
    OldAddresses,
    Partner,
    Partners,
    Record,
    Released,
    Rule,
    Rules,
    Signals,
    Sources,
    Term,
    Vocabulary,
)
from handbook.problems import ContentError, Problem
from handbook.records import Reader
from handbook.source import Source
from handbook.walk import StateSpace

RULES_FILE = "guide/regels.yaml"
NUMBERS_FILE = "guide/nummers.yaml"


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """All content. That it exists means that it is right. Two are equal only when they are the same."""

    vocabulary: Vocabulary
    sources: Mapping[str, model.Source]
    interventions: Mapping[str, Intervention]
    guides: Mapping[str, Guide]
    signals: Signals
    partners: Mapping[str, Partner]
    rules: Mapping[str, Rule]
    numbers: Mapping[str, NationalNumber]
    local: Local
    coverage: Coverage
    cases: Mapping[str, Case]
    assessment: Assessment
    files: Mapping[str, Source] = field(repr=False)
    released: Released = field(default_factory=Released)
    old: OldAddresses = field(default_factory=OldAddresses)
    spaces: dict[int, StateSpace] = field(default_factory=dict, repr=False)

    @property
    def facets(self) -> Mapping[str, Facet]:
        """Every facet by its id."""
        return self.vocabulary.kenmerken

    @property
    def terms(self) -> Mapping[str, Term]:
        """Every term of the glossary by its id."""
        return self.vocabulary.termen

    def space_of(self, guide: Guide) -> StateSpace:
        """Every state of a guide, walked once: by the check that it contradicts itself nowhere, or now."""
        if id(guide) not in self.spaces:
            self.spaces[id(guide)] = StateSpace(guide, self.facets)
        return self.spaces[id(guide)]

    def label(self, listing: str, key: str) -> str:
        """The label of a value in a controlled list."""
        return self.vocabulary.lijsten[listing][key].label

    @property
    def strip(self) -> list[NationalNumber]:
        """The numbers that stand above every page about danger, in their order."""
        return [number for number in self.numbers.values() if number.strook == "ja"]

    def number_of(self, partner: str) -> NationalNumber | None:
        """The number in the whole country on which a partner is reached, if there is one."""
        return next((number for number in self.numbers.values() if partner in number.partners), None)

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Every record by the file it stands in."""
        found: dict[str, Record] = {
            "guide/begrippen.yaml": self.vocabulary,
            "guide/bronnen.yaml": Sources(bronnen=dict(self.sources)),
            "guide/signalen.yaml": self.signals,
            "guide/partners.yaml": Partners(partners=dict(self.partners)),
            RULES_FILE: Rules(regels=dict(self.rules)),
            NUMBERS_FILE: Numbers(nummers=dict(self.numbers)),
            "guide/lokaal.yaml": self.local,
            "guide/verantwoording.yaml": self.coverage,
            "guide/toets.yaml": self.assessment,
        }
        found |= {f"interventions/{name}.yaml": record for name, record in self.interventions.items()}
        found |= {f"guide/keuzehulp/{name}.yaml": guide for name, guide in self.guides.items()}
        found |= {f"guide/casussen/{name}.yaml": case for name, case in self.cases.items()}
        return found

    @cached_property
    def carrying_rules(self) -> frozenset[str]:
        """The rules that outcomes of guides rest on."""
        return frozenset(
            name for guide in self.guides.values() for _, kind, name in model.references_in(guide) if kind == "regel"
        )

    @cached_property
    def citations(self) -> Mapping[str, list[tuple[str, model.Path]]]:
        """Per source the (file, place) of everything that rests on it."""
        found: dict[str, list[tuple[str, model.Path]]] = {name: [] for name in self.sources}
        for file, record in self.records.items():
            for place, kind, name in model.references_in(record):
                if kind == "bron":
                    found[name].append((file, place))
        return found


def read(root: Path, *, keep_lines: bool = False) -> KnowledgeBase:
    """Read and check all content below `root`; raises ContentError with every problem at once.

    `keep_lines` is for whoever will ask where things stand: a build does not, and saves the memory.
    """
    reader = Reader(root, keep_lines)
    vocabulary = reader.one("guide/begrippen.yaml", Vocabulary)
    sources = reader.one("guide/bronnen.yaml", Sources)
    signals = reader.one("guide/signalen.yaml", Signals)
    partners = reader.one("guide/partners.yaml", Partners)
    rules = reader.one("guide/regels.yaml", Rules)
    numbers = reader.one(NUMBERS_FILE, Numbers)
    local = reader.one("guide/lokaal.yaml", Local)
    coverage = reader.one("guide/verantwoording.yaml", Coverage)
    released = reader.optional("guide/uitgegeven.yaml", Released)
    old = reader.optional("guide/oude_adressen.yaml", OldAddresses)
    assessment = reader.one("guide/toets.yaml", Assessment)
    interventions = reader.folder("interventions", Intervention)
    guides = reader.folder("guide/keuzehulp", Guide)
    cases = reader.folder("guide/casussen", Case)
    written = reader.pages("docs")
    loose = {
        NUMBERS_FILE: numbers,
        "guide/lokaal.yaml": local,
        "guide/verantwoording.yaml": coverage,
        **reader.fronts,
    }
    known = vocabulary or reader.parts.get("guide/begrippen.yaml")
    content = checks.Content(
        known if isinstance(known, Vocabulary) else checks.NO_VOCABULARY,
        sources.bronnen if sources is not None else {},
        interventions,
        guides,
        partners.partners if partners is not None else {},
        rules.regels if rules is not None else {},
        cases,
        signals,
        assessment,
        {file: record for file, record in loose.items() if record is not None},
        reader.failed,
        released,
        old,
        parts=reader.parts,
        broken=reader.broken,
        misshapen=reader.misshapen,
    )
    told = {(problem.file, problem.field) for problem in reader.problems}
    found = [
        reader.source_of(fault.file).problem(fault.path, fault.message, fault.rule) for fault in checks.run(content)
    ]
    reader.problems += [problem for problem in found if (problem.file, problem.field) not in told]
    reader.problems += marks.problems(written, marks.Known(content.source_ids, content.rule_ids))
    if reader.problems or not (
        (vocabulary and sources and signals and partners and rules) and (numbers and local and coverage and assessment)
    ):
        raise ContentError(reader.problems, reader.files_read)
    return KnowledgeBase(
        vocabulary,
        sources.bronnen,
        interventions,
        guides,
        signals,
        partners.partners,
        rules.regels,
        numbers.nummers,
        local,
        coverage,
        cases,
        assessment,
        reader.files,
        released,
        old,
        content.spaces,
    )


def expired_claims(base: KnowledgeBase, today: Any, *, legal_only: bool = False) -> list[Problem]:
    """Every claim that should have been looked at again before `today`, in order of place.

    A rule on which an outcome of a guide rests counts as legal, whatever kind of rule it is.
    """
    found = []
    carrying = {("regels", name, "uitspraak") for name in base.carrying_rules}
    for file, record in base.records.items():
        for path, claim in model.claims_in(record):
            strict = claim.aard == "juridisch" or (file == RULES_FILE and path in carrying)
            if checks.is_expired(claim, today) and (strict or not legal_only):
                found.append(base.files[file].problem((*path, "herzien_voor"), _expired(claim), "verlopen"))
    return sorted(found)


def unshown(base: KnowledgeBase, possible: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """Everything in the guides that no worked example shows: advice, not a fault. `possible` as `StateSpace` has it."""
    for name, guide in base.guides.items():
        file = f"guide/keuzehulp/{name}.yaml"
        for path, message in checks.find_unshown(guide, base.facets, possible[name]):
            yield base.files[file].problem(path, message, "niet-geoefend")


def _expired(claim: Claim) -> str:
    return (
        f"Deze uitspraak moest vóór {claim.herzien_voor} opnieuw worden nagekeken. Kijk haar na en werk bekeken_op, "
        "herzien_voor en bevinding bij."
    )
