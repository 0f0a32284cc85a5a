"""axe on a page that is open, in any colours and at any width, without loading the page again."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page

from site_fixtures import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async ([rules, part]) => (await axe.run(part, {
  runOnly: rules, resultTypes: ["violations"], preload: false })).violations
  .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target} ${node.html.slice(0, 120)}`))"""

Look = tuple[Literal["light", "dark"], int]
LOOKS: list[Look] = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]


def look_like(page: Page, look: Look) -> None:
    """Show the page in these colours, at this width."""
    scheme, width = look
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})


def violations(page: Page, part: str = "html") -> list[str]:
    """What axe finds within a part of the page, a line a place.

    The policy of the site holds for scripts of the page; axe is no part of it and comes in beside it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, [RULES, part])
    return found
