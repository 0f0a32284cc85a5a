"""The guide on sharing data: twenty dilemmas, a rule with a date under every end, and a list of all rows that share."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from handbook import knowledge_base
from handbook.checks.examples import given_answers
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import ANDERS, Guide, SharingRow
from handbook.pages import pages
from handbook.pages.decisions import Decisions, sharing_list
from handbook.walk import StateSpace, row_of
from situations import DILEMMAS, GOLDEN, ROWS, rows_passed, wrong_ends

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return knowledge_base.read(ROOT)


@pytest.fixture(scope="module")
def guide(base: KnowledgeBase) -> Guide:
    return base.guides["gegevens-delen"]


@pytest.fixture(scope="module")
def space(base: KnowledgeBase, guide: Guide) -> StateSpace:
    return StateSpace(guide, base.facets)


def test_there_are_twenty_dilemmas() -> None:
    assert len(DILEMMAS) == 20


@pytest.mark.parametrize("name", DILEMMAS)
def test_dilemma_rests_on_sources(base: KnowledgeBase, name: str) -> None:
    assert all(item["bron"] in base.sources and item["plaats"] for item in DILEMMAS[name]["bronnen"])


def test_dilemmas_and_rows_come_out_as_they_should(base: KnowledgeBase, guide: Guide) -> None:
    assert [*wrong_ends(base, guide)] == []


def test_situation_that_comes_out_wrong_is_named(base: KnowledgeBase, guide: Guide) -> None:
    table = guide.beslistabellen["plek"]
    without = {name: row for name, row in table.rijen.items() if name != "anderen-in-veiligheidshuis"}
    tables = {**guide.beslistabellen, "plek": table.model_copy(update={"rijen": without})}
    changed = guide.model_copy(update={"beslistabellen": tables})
    assert [*wrong_ends(base, changed)] == ["school-in-het-veiligheidshuis passes other rows"]


def test_every_row_comes_by_in_an_example_a_dilemma_or_a_situation(
    base: KnowledgeBase, guide: Guide, space: StateSpace
) -> None:
    elsewhere = [given_answers(example) for example in guide.voorbeelden.values()]
    elsewhere += [dilemma["antwoorden"] for dilemma in DILEMMAS.values()]
    shown = {row for answers in elsewhere for row in rows_passed(base, guide, answers)}
    own = [row for situation in ROWS.values() for row in situation["rijen"]]
    places = [place.split(".") for place in space.possible]
    every = {f"{parts[1]}/{parts[-1]}" for parts in places if parts[0] == "beslistabellen"}
    assert sorted(own) == sorted(every - shown)


def test_every_end_rests_on_a_rule_with_a_date_and_a_source(
    base: KnowledgeBase, guide: Guide, space: StateSpace
) -> None:
    ends = [edge for edge in space.edges if edge.end.node in guide.uitkomsten]
    assert {edge.end.node for edge in ends} == guide.uitkomsten.keys()
    for edge in ends:
        advice = guide.uitkomsten[edge.end.node].delen
        assert advice is not None
        rows = [row_of(guide.beslistabellen[table], row) for table, row in edge.rows]
        for name in (*advice.regels, *(rule for row in rows for rule in row.regels)):
            claim = base.rules[name].uitspraak
            assert claim.bronnen
            assert claim.herzien_voor is not None
            assert claim.herzien_voor > TODAY


def test_unsure_answers_never_end_in_sharing_on_the_law(guide: Guide, space: StateSpace) -> None:
    """Without knowing who shares, with whom or for what, nothing is shared."""
    for question in ("zender", "ontvanger", "doel", "informatie"):
        ends = {e.end.node for e in space.edges if e.start.node == question and e.given == "weet-niet"}
        assert "alleen-dat-je-betrokken-bent" not in ends
        sharing = [
            e
            for e in space.edges
            if e.start.node == question and e.given == "weet-niet" and e.end.node == "delen-kan-onder-voorwaarden"
        ]
        assert not sharing


def test_tables_can_be_read_in_an_hour_and_every_row_is_used(guide: Guide, space: StateSpace) -> None:
    rows = {(table, row) for table, item in guide.beslistabellen.items() for row in item.rijen}
    assert len(rows) <= 100
    rows |= {(table, ANDERS) for table, item in guide.beslistabellen.items() if item.anders}
    assert rows == {row for edge in space.edges for row in edge.rows}
    assert len(space.states) < 10_000


def test_list_of_rows_that_share_is_the_one_that_was_read(
    base: KnowledgeBase, guide: Guide, request: pytest.FixtureRequest
) -> None:
    """Run with --update-golden, read the diff, and commit it with the change of the guide."""
    found = sharing_list(base, guide)
    if request.config.getoption("--update-golden", default=False):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_every_row_that_shares_covers_a_pair_of_roles(base: KnowledgeBase, guide: Guide) -> None:
    sections = GOLDEN.read_text(encoding="utf-8").split("\n## ")[1:]
    rows = [
        row for table in guide.beslistabellen.values() for row in table.rijen.values() if isinstance(row, SharingRow)
    ]
    assert len(sections) == len(rows)
    assert all("- Paren: " in section and "- Grond: " in section and "(artikel" in section for section in sections)


def test_page_of_pairs_leads_into_the_guide_from_every_pair(base: KnowledgeBase, guide: Guide) -> None:
    page = next(
        p for p in pages(base, Build(TODAY, "proef"), ROOT / "docs") if p.path == "gegevens-delen/wie-met-wie.md"
    )
    links = re.findall(r'keuzehulp/gegevens-delen/#zender=([a-z-]+)&amp;ontvanger=([a-z-]+)"', page.markdown)
    assert sorted(links) == sorted(Decisions(base, guide).pairs)
    assert len(links) == len(base.partners) ** 2
    assert "geen juridisch advies" in page.markdown


def test_expired_rule_under_an_outcome_stops_the_strict_build(base: KnowledgeBase, guide: Guide) -> None:
    """Also when it is practice advice, which elsewhere only gets a banner."""
    carrying = [name for name in base.carrying_rules if base.rules[name].uitspraak.aard != "juridisch"]
    assert carrying
    due = base.rules[carrying[0]].uitspraak.herzien_voor
    assert due is not None
    late = knowledge_base.expired_claims(base, due, legal_only=True)
    assert any(carrying[0] in problem.field for problem in late)
    assert not knowledge_base.expired_claims(base, TODAY, legal_only=True)
