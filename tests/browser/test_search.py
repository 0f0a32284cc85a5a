"""Search: the field in the header by keyboard, what it says, the page zoeken/, and what it must not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from site_fixtures import ROOT

NONSENSE = "vliegtickets naar ibiza"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def start(page: Page, site_url: str) -> Iterator[Page]:
    """A page of the handbook; a script that fails, fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(f"{site_url}over/privacy/")
    yield page
    assert errors == []


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Zoek in dit handboek")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def ask(page: Page, question: str) -> None:
    field(page).fill(question)
    page.locator(".ve-search__note :first-child").first.wait_for()


def test_arrows_enter_and_what_is_announced(start: Page) -> None:
    ask(start, "buurtagent")
    expect(options(start).first).to_contain_text("Wijkagent")
    expect(field(start)).to_have_attribute("aria-expanded", "true")
    expect(start.locator("#ve-search [role=status]")).to_contain_text("resultaten")
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        start.keyboard.press(key)
        expect(options(start).nth(place)).to_have_attribute("aria-selected", "true")
        expect(field(start)).to_have_attribute("aria-activedescendant", f"ve-search-option-{place}")
        expect(field(start)).to_be_focused()
    start.keyboard.press("ArrowUp")
    assert field(start).get_attribute("aria-activedescendant") is None
    start.keyboard.press("ArrowUp")
    expect(options(start).last).to_have_attribute("aria-selected", "true")
    start.keyboard.press("ArrowDown")
    start.keyboard.press("ArrowDown")
    start.keyboard.press("Enter")
    start.wait_for_url("**/beroepen/wijkagent/**")


def test_enter_without_a_choice_goes_to_the_search_page(start: Page) -> None:
    ask(start, "mag ik iets zeggen")
    start.keyboard.press("Enter")
    start.wait_for_url("**/zoeken/#q=mag%20ik%20iets%20zeggen")
    expect(start.get_by_label("Waar zoek je naar?")).to_have_value("mag ik iets zeggen")


def test_escape_closes_empties_and_goes_back(start: Page) -> None:
    link = start.locator("#inhoud a").first
    link.focus()
    start.keyboard.press("/")
    expect(field(start)).to_be_focused()
    expect(field(start)).to_have_value("")
    ask(start, "signaal")
    start.keyboard.press("Escape")
    expect(start.locator(".ve-search__panel")).to_be_hidden()
    expect(field(start)).to_be_focused()
    expect(field(start)).to_have_attribute("aria-expanded", "false")
    start.keyboard.press("Escape")
    expect(field(start)).to_have_value("")
    start.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_key_types_in_a_field_and_can_be_switched_off(start: Page, site_url: str) -> None:
    start.goto(f"{site_url}zoeken/")
    own = start.get_by_label("Waar zoek je naar?")
    own.fill("a")
    own.press("/")
    expect(own).to_have_value("a/")
    start.get_by_label("Met de toets").uncheck()
    start.goto(f"{site_url}over/privacy/")
    start.keyboard.press("/")
    expect(field(start)).not_to_be_focused()
    start.goto(f"{site_url}zoeken/")
    start.get_by_label("Met de toets").check()
    start.goto(f"{site_url}over/privacy/")
    start.keyboard.press("/")
    expect(field(start)).to_be_focused()


def test_nothing_is_loaded_before_focus_and_nothing_leaves(start: Page, site_url: str) -> None:
    asked: list[str] = []
    start.on("request", lambda request: asked.append(request.url))
    start.reload()
    start.wait_for_load_state("networkidle")
    assert not [url for url in asked if "zoeken" in url or "minisearch" in url or "engine" in url]
    ask(start, "geheim woord")
    expect(start.locator(".ve-search__panel")).to_be_visible()
    assert [url for url in asked if "data/zoeken.js" in url]
    assert all(url.startswith(site_url) for url in asked)
    assert not [url for url in asked if "geheim" in url]
    assert start.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_nonsense_finds_nothing_and_offers_terms_and_the_register(start: Page) -> None:
    ask(start, NONSENSE)
    expect(start.locator(".ve-search__note")).to_contain_text("Niets gevonden")
    expect(start.locator("#ve-search [role=status]")).to_contain_text("Niets gevonden")
    expect(options(start)).to_have_count(0)
    assert start.locator(".ve-search__note li a").count() >= 3
    expect(start.locator(".ve-search__note").get_by_role("link", name="register")).to_be_visible()
    start.keyboard.press("Tab")
    expect(start.locator(".ve-search__note a").first).to_be_focused()
    start.keyboard.press("Escape")
    expect(field(start)).to_be_focused()


def test_the_matched_words_are_marked(start: Page) -> None:
    ask(start, "spijbelt")
    marks = options(start).locator("mark").all_text_contents()
    assert any(mark.lower().startswith("spijbel") for mark in marks)


# The text from an element up to the next heading, as a reader sees it.
TEXT_BELOW = """place => {
    const heading = place.closest('h1, h2, h3') ?? place.querySelector('h1, h2, h3') ?? place
    const all = [...document.querySelectorAll('h1, h2, h3')]
    const next = all.find(other => heading.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)
    const range = document.createRange()
    range.setStartBefore(heading)
    if (next) range.setEndBefore(next)
    else range.setEndAfter(document.querySelector('#inhoud'))
    return range.toString().replace(/\\s+/g, ' ')
}"""


@pytest.mark.parametrize("question", ["grondslach avg", "datalek", "begin met een gesprek met het kind"])
def test_a_result_leads_to_the_sentence_that_it_shows(start: Page, site_url: str, question: str) -> None:
    start.goto(f"{site_url}zoeken/#q={question.replace(' ', '+')}")
    first = start.locator(".ve-results > li").first
    first.wait_for()
    address = first.get_by_role("link").get_attribute("href")
    heading = first.locator(".ve-result__where").inner_text()
    sentence = first.locator(".ve-result__text").inner_text()
    ask(start, question)
    start.keyboard.press("ArrowDown")
    start.keyboard.press("Enter")
    assert address
    start.wait_for_url(address)
    below = start.locator(f"[id='{address.partition('#')[2]}']").evaluate(TEXT_BELOW)
    assert heading in below
    assert sentence.strip("… ") in below


def test_a_result_names_the_words_that_led_to_it_when_its_sentence_does_not(start: Page) -> None:
    ask(start, "voetbalclub")
    expect(options(start).first).to_contain_text("Gevonden op: voetbalclub")
    expect(options(start).first.locator(".ve-result__reasons mark")).to_have_text("voetbalclub")
    ask(start, "datalek")
    expect(options(start).first.locator(".ve-result__text mark")).to_have_text("datalek")
    expect(options(start).first).not_to_contain_text("Gevonden op")


def test_the_page_takes_its_question_from_the_fragment(start: Page, site_url: str) -> None:
    start.goto(f"{site_url}zoeken/#q=buurtagent")
    expect(start.get_by_label("Waar zoek je naar?")).to_have_value("buurtagent")
    expect(start.locator(".ve-results a").first).to_contain_text("Wijkagent")
    expect(start.locator("[data-search-page] [role=status]").first).to_contain_text("buurtagent")
    expect(start.get_by_role("heading", name="Beste resultaten")).to_be_visible()
    assert start.locator("[data-search-page] section").count() > 1
    start.evaluate("location.hash = 'q=sape'")
    expect(start.locator(".ve-results a").first).to_contain_text("SAPE")
    start.evaluate(f"location.hash = 'q={NONSENSE.replace(' ', '+')}'")
    expect(start.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    expect(start.locator(".ve-results")).to_have_count(0)


def test_results_are_filtered_by_audience(start: Page, site_url: str) -> None:
    start.goto(f"{site_url}zoeken/#q=overleg")
    results = start.locator(".ve-results > li")
    results.first.wait_for()
    before = results.count()
    start.get_by_label("trainer").check()
    expect(results).not_to_have_count(before)
    for facts in results.locator(".ve-result__facts").all_text_contents():
        assert "voor" not in facts or "trainer" in facts
    assert start.url.endswith("#q=overleg&voor=trainer")
    start.reload()
    expect(start.get_by_label("trainer")).to_be_checked()


def test_a_question_with_markup_stays_text(start: Page, site_url: str) -> None:
    start.goto(f"{site_url}zoeken/#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(start.get_by_role("heading", name="Niets gevonden")).to_be_visible()
    expect(start.locator("[data-search-page] img")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("question", ["signaal", NONSENSE])
def test_axe_finds_nothing_with_results_open(
    browser: Browser, site_url: str, width: int, scheme: str, question: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    for address in ("over/privacy/", f"zoeken/#q={question.replace(' ', '+')}"):
        page.goto(f"{site_url}{address}")
        ask(page, question)
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run().then(result => result.violations.map(one => [one.id, one.nodes[0].html]))")
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_without_javascript_the_header_leads_to_the_register(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in ("", "zoeken/"):
        page.goto(f"{site_url}{address}")
        expect(page.locator("header").get_by_role("link", name="register")).to_be_visible()
        expect(page.get_by_role("combobox")).to_have_count(0)
    page.locator("header").get_by_role("link", name="register").click()
    page.wait_for_url("**/begrippen/")
    context.close()


def test_a_search_that_cannot_load_says_so(start: Page) -> None:
    start.route("**/data/zoeken.js", lambda route: route.fulfill(status=200, body="", content_type="text/javascript"))
    start.evaluate("delete globalThis.vroegErbijZoeken")
    field(start).fill("signaal")
    expect(start.locator(".ve-search__note")).to_contain_text("Zoeken lukt nu niet")


def test_nothing_of_the_themes_search_is_left(site: Path) -> None:
    assert not (site / "search").exists()
    for html in (site / "index.html", site / "404.html"):
        assert "bundle." not in html.read_text("utf-8")
