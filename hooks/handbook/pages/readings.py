"""The page for a lawyer: every legal reading of ours, where it stands, what rests on it and why it is in doubt.

In: a KnowledgeBase. Out: one page, made from the same claims that readers see, so that the list cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook import model
from handbook.checks.content import RULES_FILE
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Guide
from handbook.pages.maker import Maker, Page
from handbook.pages.reference import page_of


@dataclass(frozen=True)
class Reading:
    """One sentence of ours about the law on a page, with the anchor of its part of that page, if it has one."""

    claim: Claim
    anchor: str


def pages(maker: Maker) -> Iterator[Page]:
    """Yield the list."""
    base = maker.base
    ours = {name: rule for name, rule in base.rules.items() if is_ours(rule.uitspraak, name in base.carrying_rules)}
    doubtful = {name: rule for name, rule in base.rules.items() if name not in ours and rule.onzeker is not None}
    yield maker.page(
        "over/voor-een-jurist.md",
        "voor-een-jurist.md.j2",
        carrying={name: rule for name, rule in ours.items() if name in base.carrying_rules},
        doubtful={name: rule for name, rule in doubtful.items() if name in base.carrying_rules},
        others={name: rule for name, rule in (ours | doubtful).items() if name not in base.carrying_rules},
        outcomes=outcomes_on(base),
        elsewhere=elsewhere(base),
    )


def is_ours(claim: Claim, carries: bool) -> bool:
    """Is this a conclusion of ours about the law? Under an outcome on sharing any rule counts as law."""
    return claim.zekerheid != "bron" and (carries or claim.aard == "juridisch")


def outcomes_on(base: KnowledgeBase) -> Mapping[str, list[tuple[str, str, str]]]:
    """Per rule the (guide, outcome, title) of every outcome that rests on it, by itself or by a row of a table."""
    found: dict[str, dict[tuple[str, str, str], None]] = {name: {} for name in base.rules}
    for name, guide in base.guides.items():
        for outcome, rules in _rules_of_outcomes(guide):
            for rule in rules:
                found[rule][name, outcome, guide.uitkomsten[outcome].titel] = None
    return {rule: list(ends) for rule, ends in found.items()}


def _rules_of_outcomes(guide: Guide) -> Iterator[tuple[str, list[str]]]:
    for name, outcome in guide.uitkomsten.items():
        yield name, outcome.delen.regels if outcome.delen else []
    for table in guide.beslistabellen.values():
        for row in (*table.rijen.values(), *([table.anders] if table.anders else [])):
            if not isinstance(row, model.OnwardRow):
                yield row.geeft, row.regels


def elsewhere(base: KnowledgeBase) -> Mapping[tuple[str, str], list[Reading]]:
    """Per (title, path) of a page its legal readings that are ours, each sentence once."""
    found: dict[tuple[str, str], dict[str, Reading]] = {}
    for file, record in base.records.items():
        for place, claim in model.claims_in(record):
            page = page_of(base, file, place)
            if file != RULES_FILE and page is not None and claim.aard == "juridisch" and claim.zekerheid != "bron":
                anchor = f"uitkomst-{place[1]}" if place[0] == "uitkomsten" else ""
                found.setdefault(page, {}).setdefault(claim.tekst, Reading(claim, anchor))
    return {page: list(readings.values()) for page, readings in sorted(found.items())}
