"""No fault that axe can find in any state of the chooser: question, error, outcome; light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.chooser_page import ChooserPage
from handbook import walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide
from site_fixtures import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async tags => (await axe.run(document, { runOnly: tags })).violations.map(
  fault => [fault.id, fault.nodes.map(node => node.html.slice(0, 120))])"""


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """The colours that the visitor's system asks for."""
    return str(request.param)


@pytest.fixture(params=[1280, 360])
def wide(request: pytest.FixtureRequest, browser: Browser, scheme: str) -> Iterator[Page]:
    """A tab of one width in one colour scheme."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[object]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[object] = page.evaluate(RUN, TAGS)
    return found


def test_no_state_of_the_chooser_has_a_fault(wide: Page, site_url: str, base: KnowledgeBase, guide: Guide) -> None:
    chooser = ChooserPage(wide, f"{site_url}keuzehulp/kind/", guide).open()
    states = {state.node: dict(state.answers) for state in walk.StateSpace(guide, base.facets).states}
    assert states.keys() == guide.vragen.keys() | guide.uitkomsten.keys()
    found: dict[str, object] = {}
    for node, answers in states.items():
        chooser.follow_link(answers)
        title = guide.vragen[node].vraag if node in guide.vragen else guide.uitkomsten[node].titel
        expect(chooser.heading).to_have_text(title)
        found[node] = faults(wide)
        assert wide.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{node} scrolls sideways"
        if node in guide.vragen:
            chooser.submit()
            expect(chooser.root.locator(".ve-errors")).to_be_focused()
            found[f"{node}: error"] = faults(wide)
    chooser.follow_link("#leeftijd=nul&zomaar=1")
    expect(chooser.notice.locator("li")).to_have_count(2)
    found["damaged link"] = faults(wide)
    chooser.follow_link(states[max(states, key=lambda node: len(states[node]))])
    chooser.clear()
    found["cleared"] = faults(wide)
    assert {place: fault for place, fault in found.items() if fault} == {}
