"""The frame by keyboard, at 360 and 320 px, without JavaScript and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from site_fixtures import ROOT, TODAY, html_pages

MENU = [
    *(
        "Signaleren",
        "Keuzehulp",
        "Interventies",
        "Aanpak",
        "Samenwerken",
        "Gegevens delen",
        "Eigen netwerk",
        "Trainen",
        "Naslag",
        "Over",
    ),
]
MARKED = ["", "keuzehulp/", *(f"keuzehulp/{path.stem}/" for path in (ROOT / "guide/keuzehulp").glob("*.yaml"))]
FOCUS = """() => {
    const element = document.activeElement
    const box = element.getBoundingClientRect()
    const shown = element.checkVisibility() && box.width > 0 && box.right > 0 && box.left < innerWidth
    return [element.tagName, (element.innerText || element.getAttribute("aria-label") || "").trim(), shown]
}"""


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """A tab of 360 by 640 px, as on a phone or at 400 % zoom."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, reduced_motion="reduce", locale="nl-NL")
    yield context.new_page()
    context.close()


def focused(page: Page) -> tuple[str, str, bool]:
    tag, text, shown = page.evaluate(FOCUS)
    return tag, text, shown


def tab_to(page: Page, text: str, most: int = 12) -> None:
    """Press Tab until something with this text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if focused(page)[1] == text:
            return
    raise AssertionError(f"{text} cannot be reached with {most} times Tab")


# --- keyboard ---------------------------------------------------------------------------------------------


def test_menu_opens_by_keyboard_on_a_narrow_screen(narrow: Page, site_url: str) -> None:
    narrow.goto(f"{site_url}over/privacy/")
    menu = narrow.get_by_role("button", name="Menu")
    expect(narrow.get_by_role("link", name="Interventies", exact=True)).to_be_hidden()
    tab_to(narrow, "Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    narrow.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    reached = []
    for _ in MENU:
        narrow.keyboard.press("Tab")
        reached.append(focused(narrow)[1])
    assert reached == MENU
    narrow.keyboard.press("Escape")
    expect(narrow.get_by_role("link", name="Interventies", exact=True)).to_be_hidden()
    expect(menu).to_be_focused()
    narrow.keyboard.press("Enter")
    tab_to(narrow, "Interventies")
    narrow.keyboard.press("Enter")
    narrow.wait_for_url(f"{site_url}interventies/")


@pytest.mark.parametrize("path", ["", "interventies/", "interventies/pit/", "over/bijdragen/velden/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_tab_stop_can_be_seen(narrow: Page, site_url: str, path: str, width: int) -> None:
    narrow.set_viewport_size({"width": width, "height": 640})
    narrow.goto(f"{site_url}{path}")
    stops = []
    for _ in range(25):
        narrow.keyboard.press("Tab")
        stops.append(focused(narrow))
    assert stops[0][0] == "A"
    assert [stop for stop in stops if not stop[2] and stop[0] != "BODY"] == []


def test_skip_link_leads_past_the_header(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}interventies/pit/")
    page.keyboard.press("Tab")
    assert focused(page)[1] == "Ga naar inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("key", ["n", "p", "s", "f"])
def test_no_single_letter_does_anything(page: Page, site_url: str, key: str) -> None:
    page.goto(f"{site_url}interventies/pit/")
    page.locator("h1").click()
    before = page.url
    page.keyboard.press(key)
    page.wait_for_timeout(150)
    assert page.url == before
    assert page.evaluate("document.activeElement === document.body")


# --- narrow -----------------------------------------------------------------------------------------------


def test_no_page_scrolls_sideways_at_320_px(narrow: Page, site: Path, site_url: str) -> None:
    narrow.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in html_pages(site):
        narrow.goto(f"{site_url}{path}")
        narrow.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        width = narrow.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        cut = narrow.evaluate(
            """() => [...document.querySelectorAll("article *")].filter(element => {
                const box = element.getBoundingClientRect()
                const inScroller = element.closest("pre, thead, .md-typeset__scrollwrap, [tabindex]")
                return box.width > 1 && box.right > innerWidth + 1 && !inScroller && element.checkVisibility()
            }).map(element => element.outerHTML.slice(0, 100))"""
        )
        if width > 320 or cut:
            wide.append((path, width, cut[:2]))
    assert wide == []


@pytest.mark.parametrize("path", MARKED)
def test_numbers_for_danger_stand_in_the_first_screen(narrow: Page, site_url: str, path: str) -> None:
    narrow.goto(f"{site_url}{path}")
    for number in ("tel:112", "tel:08002000", "tel:113"):
        box = narrow.locator(f'.ve-acute a[href="{number}"]').bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 640
        assert box["height"] >= 24, "too small to touch"


# --- without JavaScript -----------------------------------------------------------------------------------


@pytest.fixture(params=[1280, 360])
def without_javascript(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A tab in which no script runs."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": request.param, "height": 640}, locale="nl-NL"
    )
    yield context.new_page()
    context.close()


def test_page_without_javascript_says_what_does_not_work(without_javascript: Page, site_url: str) -> None:
    page = without_javascript
    page.goto(f"{site_url}interventies/pit/")
    expect(page.get_by_role("combobox")).to_have_count(0)
    # Playwright looks for no text and no role inside <noscript>; the browser shows both.
    notice = page.locator(".ve-header__noscript")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("Zoeken werkt alleen met JavaScript.")
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link")).to_have_text(MENU)
    page.keyboard.press("Escape")
    notice.locator("a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Begrippen"))


@pytest.mark.parametrize("without_javascript", [320], indirect=True)
def test_no_page_scrolls_sideways_at_320_px_without_javascript(
    without_javascript: Page, site: Path, site_url: str
) -> None:
    page = without_javascript
    wide = {}
    for path in html_pages(site):
        page.goto(f"{site_url}{path}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[path] = width
    assert wide == {}


def test_guide_and_overview_are_whole_without_javascript(without_javascript: Page, site_url: str) -> None:
    page = without_javascript
    page.goto(f"{site_url}keuzehulp/kind/")
    steps = page.locator("section.ve-step")
    assert steps.count() > 10
    assert all(step.is_visible() for step in steps.all())
    page.locator("#leeftijd .ve-routes a").first.click()
    assert page.url.endswith("#aanleiding")
    page.goto(f"{site_url}interventies/")
    assert page.locator("table tbody tr").count() == page.locator(".ve-cards > li").count() > 0
    expect(page.locator("table").first).to_be_visible()


# --- paper ------------------------------------------------------------------------------------------------


def printed(page: Page, address: str) -> str:
    """The text of the page as it comes out of the printer."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


@pytest.fixture
def edition(site: Path) -> str:
    """What the foot of every page says."""
    found = re.search(r'"versie": "([^"]+)"', (site / "data/interventies.json").read_text("utf-8"))
    assert found
    assert TODAY.isoformat() == "2026-11-21"
    return f"Pagina gemaakt op 21 november 2026, Vroeg Erbij versie {found[1]}."


def test_printed_intervention_is_complete_and_bare(page: Page, site_url: str, edition: str) -> None:
    text = printed(page, f"{site_url}interventies/basta/")
    assert "BASTA!" in text
    assert "Contra-indicaties" in text
    assert edition in text
    for menu in ("Zoeken", "Op deze pagina", "Menu", "Kruimelpad", "Privacy Toegankelijkheid"):
        assert menu not in text


def test_printed_guide_shows_whom_to_call_and_every_example(page: Page, site_url: str, edition: str) -> None:
    text = printed(page, f"{site_url}keuzehulp/kind/")
    assert "Gevaar nu: 112" in text
    assert "Zelfmoordgedachten: 113" in text
    assert "0800-2000" in text
    assert edition in text
    assert "Zoeken" not in text


def test_printed_home_shows_whom_to_call(page: Page, site_url: str, edition: str) -> None:
    text = printed(page, site_url)
    assert "Gevaar nu: 112" in text
    assert "Zelfmoordgedachten: 113" in text
    assert "0800-2000" in text
    assert edition in text


def test_printed_links_to_other_sites_are_written_out(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}bronnen/")
    addresses = page.locator('article a[href^="https:"]').evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) > 10
    paper = printed(page, f"{site_url}bronnen/").replace(" ", "")
    assert [address for address in addresses if address.replace(" ", "") not in paper] == []


@pytest.mark.parametrize("address", ["signaleren/wapens/", "beroepen/leerkracht/"])
def test_printed_prose_shows_what_was_folded(page: Page, site_url: str, address: str) -> None:
    page.goto(f"{site_url}{address}")
    page.emulate_media(media="print")
    folded = page.locator("details:not(.ve-folded) > :not(summary)")
    assert folded.count() > 0
    heights = folded.evaluate_all("parts => parts.map(part => part.getBoundingClientRect().height)")
    assert min(heights) > 0
