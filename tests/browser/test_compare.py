"""Interventions side by side, the map and the diagrams: by link, by keyboard, on paper, as CSV, without JavaScript."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from browser.axe import LOOKS, look_like, violations
from handbook.knowledge_base import KnowledgeBase

SHOWN = """() => [...document.querySelectorAll("#vergelijking tr")].map(row =>
  [...row.cells].filter(cell => cell.checkVisibility()).map(cell => cell.innerText.replace(/\\s+/g, " ").trim()))"""


@pytest.fixture
def compared(page: Page, site_url: str, real_base: KnowledgeBase) -> Page:
    """Two interventions by link."""
    return opened(page, site_url, "#interventies=basta+pit")


def opened(page: Page, site_url: str, hash_: str) -> Page:
    page.goto("about:blank")
    page.goto(f"{site_url}vergelijken/{hash_}")
    page.get_by_role("group").first.wait_for()
    return page


def columns(page: Page) -> list[str]:
    heads = page.locator("#vergelijking thead th").all()
    return [head.inner_text() for head in heads if head.is_visible()]


def box(page: Page, name: str) -> str:
    return f'[data-compare] input[value="{name}"]'


def test_a_link_shows_what_it_names_and_how_they_differ(compared: Page, real_base: KnowledgeBase) -> None:
    names = [real_base.interventions[name].naam for name in ("basta", "pit")]
    assert columns(compared) == ["Onderwerp", *names, "Verschil"]
    rows = compared.evaluate(SHOWN)[1:]
    assert {row[-1] for row in rows} <= {"gelijk", "verschilt"}
    for row in rows:
        assert (row[-1] == "gelijk") == (row[1] == row[2]), row
    text = compared.locator("#vergelijking").inner_text()
    assert "De bronnen verschillen:" in text
    assert "onbekend:" in text
    expect(compared.locator("[data-compare]").get_by_role("status")).to_contain_text("2 interventies naast elkaar")


def test_choosing_by_keyboard_makes_a_link(page: Page, site_url: str, real_base: KnowledgeBase) -> None:
    opened(page, site_url, "")
    assert len(columns(page)) == len(real_base.interventions) + 1
    for name in ("alles-kidzzz", "pit"):
        page.locator(box(page, name)).focus()
        page.keyboard.press("Space")
        expect(page.locator(box(page, name))).to_be_checked()
    expect(page).to_have_url(f"{site_url}vergelijken/#interventies=alles-kidzzz+pit")
    shown = page.evaluate(SHOWN)
    page.reload()
    page.get_by_role("group").first.wait_for()
    assert page.evaluate(SHOWN) == shown
    page.locator(box(page, "pit")).uncheck()
    assert len(columns(page)) == len(real_base.interventions) + 1


@pytest.mark.parametrize("hash_", ["#interventies=zomaar+basta+pit", "#interventies=constructor+basta+pit+basta"])
def test_a_link_with_something_unknown_keeps_the_rest(page: Page, site_url: str, hash_: str) -> None:
    opened(page, site_url, hash_)
    assert len(columns(page)) == 4
    expect(page.locator("[data-compare]").get_by_role("status")).to_contain_text("die ik niet ken")


def test_four_is_the_most(page: Page, site_url: str, real_base: KnowledgeBase) -> None:
    every = list(real_base.interventions)
    opened(page, site_url, f"#interventies={'+'.join(every)}")
    assert page.locator("[data-compare] input:checked").count() == min(4, len(every))


def test_csv_equals_the_screen(compared: Page, tmp_path: Path) -> None:
    with compared.expect_download() as found:
        compared.get_by_role("button", name="Download als CSV").click()
    assert found.value.suggested_filename == "vergelijking-basta-pit.csv"
    found.value.save_as(tmp_path / "file.csv")
    text = (tmp_path / "file.csv").read_text(encoding="utf-8-sig")
    rows = [[" ".join(cell.split()) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=";")]
    assert rows == compared.evaluate(SHOWN)


def test_csv_never_holds_a_formula(page: Page, site_url: str) -> None:
    page.goto(site_url)
    cells = ["=1+1", "+31", "-2", "@x", "\t=1", "|cmd", "gewoon", 'zeg "ja"; nee', " =2"]
    text = page.evaluate(
        "async ([base, rows]) => (await import(base + 'scripts/csv.mjs')).csv(rows)", [site_url, [cells]]
    )
    row = next(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert row == ["'=1+1", "'+31", "'-2", "'@x", "'\t=1", "'|cmd", "gewoon", 'zeg "ja"; nee', "' =2"]


def test_it_prints_on_paper_that_lies_down(compared: Page, tmp_path: Path) -> None:
    compared.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "page.pdf").pages
    assert all(round(float(page.mediabox.width)) == 842 and round(float(page.mediabox.height)) == 595 for page in pages)
    text = " ".join(page.extract_text() for page in pages)
    assert "verschilt" in text
    assert "Download als CSV" not in text


def test_chosen_on_the_overview(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}interventies/")
    for name in ("basta", "pak-je-kans"):
        page.locator(f"#ve-pick-{name}").check()
    page.get_by_role("link", name="Vergelijk deze 2").click()
    page.get_by_role("group").first.wait_for()
    assert page.url == f"{site_url}vergelijken/#interventies=basta+pak-je-kans"
    assert len(columns(page)) == 4


def test_chosen_on_an_outcome(page: Page, site_url: str, real_base: KnowledgeBase) -> None:
    page.goto(
        f"{site_url}keuzehulp/kind/#direct-gevaar=nee&wat-speelt=nee&onveilig-thuis=nee&leeftijd=10&schoolgroep=groep-7"
        "&aanleiding=externaliserend-gedrag&aanmelders=school&duur-gedrag=hardnekkig&frequentie=vaak&situaties=meer-plekken"
        "&soorten-gedrag=een-soort&gevolgen=merkbaar&ouders=akkoord&regio=rotterdam-rijnmond"
    )
    link = page.get_by_role("link", name="Zet naast elkaar:")
    found = page.locator('[data-intervention]:not([data-verdict="past-niet"])')
    link.wait_for()
    ids = found.evaluate_all("parts => parts.map(part => part.dataset.intervention)")
    assert 2 <= len(ids) <= 4
    link.click()
    page.get_by_role("group").first.wait_for()
    assert page.url == f"{site_url}vergelijken/#interventies={'+'.join(ids)}"


def test_the_map_leads_to_interventions_and_to_the_database(
    page: Page, site_url: str, real_base: KnowledgeBase
) -> None:
    page.goto(f"{site_url}interventies/dekking/")
    links = page.locator("td[data-cell] a").evaluate_all("links => links.map(link => link.href)")
    places = {link.removeprefix(site_url) for link in links}
    assert places == {"bronnen/#nji-databank", *(f"interventies/{name}/" for name in real_base.interventions)}
    assert page.locator("td[data-cell]:not(:has(a))").count() == 0
    assert "](" not in page.locator("article").inner_text()


def test_without_javascript_all_stand_side_by_side(browser: Browser, site_url: str, real_base: KnowledgeBase) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}vergelijken/")
    assert columns(page) == ["Onderwerp", *(record.naam for record in real_base.interventions.values())]
    context.close()


def test_nothing_here_has_a_fault_or_scrolls_sideways(page: Page, site_url: str, real_base: KnowledgeBase) -> None:
    addresses = ["vergelijken/", "vergelijken/#interventies=basta+pit", "interventies/dekking/"]
    addresses += [f"keuzehulp/{name}-schema/" for name in real_base.guides]
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    found: dict[str, list[str]] = {}
    for address in addresses:
        page.goto("about:blank")
        page.goto(site_url + address)
        for look in LOOKS:
            look_like(page, look)
            found[f"{address} {look}"] = violations(page)
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert {place: faults for place, faults in found.items() if faults} == {}
    assert errors == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_diagram_scrolls_within_a_part_that_the_keyboard_reaches(
    page: Page, site_url: str, real_base: KnowledgeBase, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    scrolled = 0
    for address in ("interventies/dekking/", *(f"keuzehulp/{name}-schema/" for name in real_base.guides)):
        page.goto(site_url + address)
        for drawing in page.locator("article .ve-diagram").all():
            if drawing.evaluate("part => part.scrollWidth <= part.clientWidth + 1"):
                continue
            scrolled += 1
            assert drawing.get_attribute("tabindex") == "0", address
            assert drawing.get_attribute("role") in ("group", "region")
            assert drawing.get_attribute("aria-label")
            drawing.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("part => part.scrollLeft > 0", arg=drawing.element_handle())
            break
    assert scrolled or width > 320


def test_the_diagram_and_the_map_print_whole(
    page: Page, site_url: str, tmp_path: Path, real_base: KnowledgeBase
) -> None:
    for address, words in (
        ("interventies/dekking/", "geen interventie in dit handboek"),
        *((f"keuzehulp/{name}-schema/", guide.titel) for name, guide in real_base.guides.items()),
    ):
        page.goto(site_url + address)
        page.emulate_media(media="print")
        drawings = page.locator(".ve-diagram svg").all()
        assert drawings
        for drawing in drawings:
            size = drawing.bounding_box()
            assert size is not None
            assert size["height"] > 40
            assert size["width"] <= 1123, "wider than a sheet of A4 that lies down"
        page.pdf(path=tmp_path / "page.pdf", format="A4")
        text = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages)
        assert words.split()[0] in text
