"""No fault that axe can find in any state of any guide: question, error, outcome; light and dark, wide and narrow.

The parts of a page that stay the same are looked at once, in test_accessibility.py; here they are hidden, for speed.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.axe import LOOKS, look_like, violations
from browser.chooser_page import ChooserPage
from browser.conftest import every_guide
from handbook.model import Guide
from handbook.walk import Given

pytestmark = every_guide


HIDE_THE_REST = """() => {
  for (const part of document.querySelectorAll(".ve-chooser ~ *, .ve-chooser ~ * *, footer")) part.hidden = true
}"""


def faults(page: Page) -> list[str]:
    """What axe finds in the chooser, and whether it scrolls sideways."""
    found = []
    for look in LOOKS:
        look_like(page, look)
        found += [f"{look}: {fault}" for fault in violations(page, "#keuzehulp")]
    page.set_viewport_size({"width": 320, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways at 320 px")
    return found


def test_no_state_of_the_chooser_has_a_fault(
    chooser: ChooserPage, guide: Guide, nodes: dict[str, dict[str, Given]]
) -> None:
    chooser.open()
    page = chooser.page
    page.evaluate(HIDE_THE_REST)
    found: dict[str, list[str]] = {}
    for node, answers in nodes.items():
        chooser.follow_link(answers)
        title = guide.vragen[node].vraag if node in guide.vragen else guide.uitkomsten[node].titel
        expect(chooser.heading).to_have_text(title)
        chooser.unfold()
        found[node] = faults(page)
        if node in guide.vragen:
            chooser.submit()
            expect(chooser.root.locator(".ve-errors")).to_be_focused()
            found[f"{node}: error"] = faults(page)
    last = next(reversed(guide.vragen))
    chooser.follow_link(f"#zomaar=1&{last}=nul&{last}=weet-niet")
    expect(chooser.notice.locator("li")).to_have_count(2)
    assert chooser.ahead
    found["damaged link, and an answer ahead"] = faults(page)
    chooser.clear()
    found["cleared"] = faults(page)
    assert {place: lines for place, lines in found.items() if lines} == {}


def test_axe_would_find_a_fault_in_the_chooser(chooser: ChooserPage) -> None:
    chooser.open()
    chooser.root.evaluate("root => root.append(document.createElement('img'), document.createElement('input'))")
    assert {line.split(": ")[1] for line in faults(chooser.page)} >= {"image-alt", "label"}
