"""axe finds nothing on any kind of page: light and dark, wide and narrow, and on paper. Searching: test_search.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from site_fixtures import ROOT

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KINDS = {
    "home": "",
    "overview": "interventies/",
    "intervention": "interventies/pit/",
    "guides": "keuzehulp/",
    "guide": "keuzehulp/kind/",
    "diagram": "keuzehulp/kind-schema/",
    "tables": "keuzehulp/gegevens-delen/",
    "comparison": "vergelijken/",
    "coverage": "interventies/dekking/",
    "signals": "signaleren/straat-en-wijk/",
    "theme of signals": "signaleren/wapens/",
    "profession": "beroepen/leerkracht/",
    "whom to call": "wie-bel-ik/",
    "cards": "kaarten/",
    "rules": "gegevens-delen/regels/",
    "pairs": "gegevens-delen/wie-met-wie/",
    "search": "zoeken/",
    "glossary": "begrippen/",
    "sources": "bronnen/",
    "prose": "over/privacy/",
    "checklist": "over/publiceren/",
    "contributing": "over/bijdragen/",
    "fields": "over/bijdragen/velden/",
    "decision": "over/beslissingen/0002-records-als-markdown/",
    "changes": "over/wijzigingen/",
    "training": "trainen/",
    "cases": "trainen/casussen/",
    "case": "trainen/casussen/moe-op-maandag/",
    "slides": "trainen/casussen/moe-op-maandag/dia/",
    "case cards": "trainen/casussen/moe-op-maandag/kaarten/",
    "signal cards": "trainen/signaalkaarten/",
    "practised": "trainen/signalen-oefenen/",
    "assessment": "trainen/toets/",
    "where parts went": "over/verantwoording/",
    "proof": "over/bewijs-van-de-keuzehulp/",
    "unknown": "bestaat-niet/",
}
THEMES: list[Literal["light", "dark"]] = ["light", "dark"]
WIDTHS = [1280, 360]


@pytest.fixture(scope="module", params=[(theme, width) for theme in THEMES for width in WIDTHS], ids=str)
def tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """One tab for all kinds of page in one theme and width."""
    theme, width = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=theme, reduced_motion="reduce", locale="nl-NL"
    )
    # The policy holds for scripts of the page; axe is no part of it and comes in beside it.
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds, a line a place."""
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"{fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in result["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_page_has_no_violations(tab: Page, site_url: str, kind: str) -> None:
    tab.goto(f"{site_url}{KINDS[kind]}")
    assert violations(tab) == []


def test_open_menu_and_folded_parts_have_no_violations(tab: Page, site_url: str) -> None:
    tab.goto(f"{site_url}interventies/pit/")
    tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    menu = tab.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    assert violations(tab) == []


@pytest.mark.parametrize("kind", ["intervention", "guide", "overview", "home", "case", "slides", "signal cards"])
def test_printed_page_has_no_violations(tab: Page, site_url: str, kind: str) -> None:
    tab.goto(f"{site_url}{KINDS[kind]}")
    tab.emulate_media(media="print")
    try:
        assert violations(tab) == []
    finally:
        tab.emulate_media(media="screen")


def test_axe_would_find_a_fault(tab: Page, site_url: str) -> None:
    tab.goto(site_url)
    tab.evaluate(
        "document.querySelector('article').append(document.createElement('img'), document.createElement('input'))"
    )
    assert {line.split(":")[0] for line in violations(tab)} >= {"image-alt", "label"}
