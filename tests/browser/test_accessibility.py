"""axe finds nothing on any page: each in one look, each kind of page in all four, and on paper.

A look is light or dark, wide or narrow. The chooser itself: test_chooser_axe.py. Searching: test_search.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page

from browser.axe import LOOKS, Look, look_like, violations
from site_fixtures import html_pages

KINDS = {
    "home": "",
    "overview": "interventies/",
    "intervention": "interventies/pit/",
    "guides": "keuzehulp/",
    "guide": "keuzehulp/kind/",
    "guide with tables": "keuzehulp/gegevens-delen/",
    "pairs": "gegevens-delen/wie-met-wie/",
    "rules": "gegevens-delen/regels/",
    "signals": "signaleren/kind/",
    "profession": "beroepen/leerkracht/",
    "card": "kaarten/sape-checklist/",
    "glossary": "begrippen/",
    "sources": "bronnen/",
    "prose": "over/privacy/",
    "checklist": "over/publiceren/",
    "contributing": "over/bijdragen/",
    "fields": "over/bijdragen/velden/",
    "decision": "over/beslissingen/0002-records-als-markdown/",
    "changes": "over/wijzigingen/",
    "proof": "over/bewijs-van-de-keuzehulp/",
    "unknown": "bestaat-niet/",
}
PRINTED = ("intervention", "guide", "overview", "home", "pairs")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all pages."""
    context = browser.new_context(reduced_motion="reduce", locale="nl-NL")
    yield context.new_page()
    context.close()


def in_every_look(page: Page) -> dict[Look, list[str]]:
    """What axe finds, by look; nothing where it finds nothing."""
    found = {}
    for look in LOOKS:
        look_like(page, look)
        found[look] = violations(page)
    return {look: faults for look, faults in found.items() if faults}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_page_has_no_violations_in_any_look(tab: Page, site_url: str, kind: str) -> None:
    answer = tab.goto(f"{site_url}{KINDS[kind]}")
    assert answer is not None
    assert answer.status == (404 if kind == "unknown" else 200)
    assert in_every_look(tab) == {}


def test_no_other_page_has_violations(tab: Page, site: Path, site_url: str) -> None:
    """The look of a page follows from its address, so that it stays the same from one run to the next."""
    found = {}
    for path in html_pages(site):
        if path in KINDS.values():
            continue
        look = LOOKS[crc32(path.encode()) % len(LOOKS)]
        look_like(tab, look)
        tab.goto(f"{site_url}{path}")
        faults = violations(tab)
        if faults:
            found[path, look] = faults
    assert found == {}


def test_open_menu_and_folded_parts_have_no_violations(tab: Page, site_url: str) -> None:
    for look in LOOKS:
        look_like(tab, look)
        tab.goto(f"{site_url}interventies/pit/")
        tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        menu = tab.get_by_role("button", name="Menu")
        if menu.is_visible():
            menu.click()
        assert violations(tab) == []


@pytest.mark.parametrize("kind", PRINTED)
def test_printed_page_has_no_violations(tab: Page, site_url: str, kind: str) -> None:
    """Paper is light, whatever the system asks for, and as wide as paper is."""
    look_like(tab, ("dark", 1280))
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
