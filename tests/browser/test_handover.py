"""Answers that go along: from one guide to another, and from the table of pairs into its guide."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.chooser_page import ChooserPage, fragment
from handbook import walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import WEET_NIET
from handbook.walk import Given

AGE = 10


@pytest.fixture
def signal(page: Page, site_url: str, base: KnowledgeBase) -> ChooserPage:
    """The guide for who sees something, in a tab."""
    return ChooserPage(page, f"{site_url}keuzehulp/signaal/", base.guides["signaal"])


@pytest.fixture
def child(page: Page, site_url: str, base: KnowledgeBase) -> ChooserPage:
    """The guide that it hands over to, in the same tab."""
    return ChooserPage(page, f"{site_url}keuzehulp/kind/", base.guides["kind"])


def with_a_way_on(base: KnowledgeBase) -> dict[str, Given]:
    """Answers that end where `signaal` leads to `kind`, with a known age."""
    guide = base.guides["signaal"]
    for edge in walk.StateSpace(guide, base.facets).edges:
        answers = {**dict(edge.start.answers), edge.start.node: edge.given}
        tips = guide.uitkomsten[edge.end.node].lezen if edge.end.node in guide.uitkomsten else []
        if any(tip.pagina == "keuzehulp/kind/" for tip in tips) and "leeftijd" in answers:
            answers["leeftijd"] = AGE
            if walk.follow(guide, base.facets, answers).node == edge.end.node:
                return answers
    raise AssertionError("no outcome of signaal leads to kind")


def test_an_age_goes_along_and_is_shown_first_with_a_way_to_change_it(
    signal: ChooserPage, child: ChooserPage, base: KnowledgeBase
) -> None:
    signal.open(with_a_way_on(base))
    signal.root.locator('a[href*="/kind/"]').first.click()
    child.heading.wait_for()
    assert child.page.url == f"{child.address}#leeftijd={AGE}", "the role and the signal are nobody else's business"
    asked = base.guides["kind"].vragen["leeftijd"].vraag
    assert child.question == base.guides["kind"].start, "safety is asked again"
    assert child.ahead == {asked: f"{AGE} jaar"}
    assert child.answers == {}
    box = child.root.locator(".ve-ahead").bounding_box()
    form = child.root.locator("form").bounding_box()
    assert box is not None
    assert form is not None
    assert box["y"] < form["y"]
    child.change("leeftijd")
    expect(child.heading).to_be_focused()
    child.expect_filled(AGE)
    child.answer(9)
    assert child.ahead == {asked: "9 jaar"}
    assert child.question == base.guides["kind"].start


def test_what_went_along_counts_when_its_question_comes(child: ChooserPage, base: KnowledgeBase) -> None:
    child.open({"leeftijd": AGE})
    before = list(base.guides["kind"].vragen)[: list(base.guides["kind"].vragen).index("leeftijd")]
    for _ in before:
        child.answer("nee")
    assert child.ahead == {}
    assert child.answered == [*before, "leeftijd"]
    assert child.question == "schoolgroep"


def test_what_went_along_can_be_cleared(child: ChooserPage) -> None:
    child.open({"leeftijd": AGE})
    child.clear()
    assert child.fragment == ""
    assert child.ahead == {}


def test_an_answer_that_is_not_known_does_not_go_along(signal: ChooserPage, base: KnowledgeBase) -> None:
    signal.open(with_a_way_on(base) | {"leeftijd": WEET_NIET})
    for link in signal.root.locator('a[href*="/kind/"]').evaluate_all("links => links.map(link => link.hash)"):
        assert link == ""


@pytest.mark.parametrize(("sender", "receiver"), [("leerkracht", "wijkagent"), ("sportclub", "veilig-thuis")])
def test_a_pair_leads_into_the_guide_with_both_filled_in(
    page: Page, site_url: str, base: KnowledgeBase, sender: str, receiver: str
) -> None:
    guide = base.guides["gegevens-delen"]
    page.goto(f"{site_url}gegevens-delen/wie-met-wie/")
    row = page.locator(f'section[data-role="{sender}"]')
    row.get_by_role("link", name=base.partners[receiver].naam, exact=True).click()
    chooser = ChooserPage(page, f"{site_url}keuzehulp/gegevens-delen/", guide)
    chooser.heading.wait_for()
    assert chooser.fragment == fragment(guide, {"zender": sender, "ontvanger": receiver})
    roles = [guide.vragen["zender"].antwoorden[sender].tekst, guide.vragen["ontvanger"].antwoorden[receiver].tekst]
    assert list(chooser.ahead.values()) == roles
    assert chooser.question == guide.start
    while chooser.ahead:
        chooser.answer("nee")
    assert {"zender", "ontvanger"} <= set(chooser.answered)
