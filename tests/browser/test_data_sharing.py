"""Sharing data in the browser: the document of a decision, and the table of all pairs of roles."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from browser.chooser_page import ChooserPage, fragment
from browser.conftest import only
from browser.routes import to_every_node
from handbook import walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide
from handbook.walk import Given

DISCLAIMER = "geen juridisch advies"
PAIRS = "gegevens-delen/wie-met-wie/"
pytestmark = [only("gegevens-delen"), pytest.mark.usefixtures("guide_id")]


@pytest.fixture(scope="session")
def ends(base: KnowledgeBase) -> dict[str, dict[str, Given]]:
    """The answers that lead to each outcome."""
    guide = base.guides["gegevens-delen"]
    return {node: answers for node, answers in to_every_node(guide, base.facets).items() if node in guide.uitkomsten}


# --- the document of a decision ---------------------------------------------------------------------------


def kept(chooser: ChooserPage, folder: Path) -> Page:
    """The document that "Bewaar als document" gives, in a tab of its own."""
    with chooser.page.expect_download() as download:
        chooser.root.get_by_role("button", name="Bewaar als document").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    document = chooser.page.context.new_page()
    document.goto(path.as_uri())
    return document


def test_the_document_holds_the_whole_decision_at_every_outcome(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, ends: dict[str, dict[str, Given]], tmp_path: Path
) -> None:
    chooser.open()
    for node, answers in ends.items():
        chooser.follow_link(answers)
        expect(chooser.heading).to_have_text(guide.uitkomsten[node].titel)
        document = kept(chooser, tmp_path)
        text = document.inner_text("body")
        outcome, route = guide.uitkomsten[node], walk.follow(guide, base.facets, answers)
        assert guide.titel in text
        assert outcome.titel in text
        for name, given in route.steps:
            assert guide.vragen[name].vraag in text
            assert given == "weet-niet" or guide.vragen[name].antwoorden[str(given)].tekst in text
        assert outcome.delen is not None
        table, row = route.rows[-1] if route.rows else (None, None)
        decisive = walk.row_of(guide.beslistabellen[table], row) if table and row else None
        own = decisive.regels if decisive is not None and walk.row_target(decisive) == node else []
        for rule in {*outcome.delen.regels, *own}:
            assert base.rules[rule].titel in text, rule
        for heading in ("Het minste dat genoeg is", "Deelbesluit", "De regels, met datum"):
            assert heading in text, heading
        for line in ("Verteld aan", "Gedeeld met", "Ik bekijk dit opnieuw op", "Nagekeken op", "Opnieuw nakijken vóór"):
            assert line in " ".join(text.split()), line
        assert "Namen vul je alleen in het dossier van je organisatie in" in " ".join(text.split())
        blanks = document.locator("li:has(.ve-blank)").all_inner_texts()
        assert len(blanks) == 4
        assert not any("naam" in line.lower() for line in blanks), "roles are asked for, names never"
        assert DISCLAIMER in text
        assert document.locator("input, textarea, button, script, img, link").count() == 0
        document.close()


def test_answering_without_a_name_leaves_no_place_for_one(chooser: ChooserPage, guide: Guide) -> None:
    for question in guide.vragen.values():
        assert not question.routes, "every question of this guide is a choice: there is no field to type in"
    chooser.open()
    assert chooser.root.locator("input:not([type=radio]), textarea").count() == 0


# --- the table of pairs -----------------------------------------------------------------------------------


def test_every_pair_stands_there_once_without_javascript(
    browser: Browser, site_url: str, base: KnowledgeBase, guide: Guide
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + PAIRS)
    found = page.locator('section[data-role] a[href*="#zender="]').evaluate_all("links => links.map(link => link.hash)")
    senders, receivers = guide.vragen["zender"].antwoorden, guide.vragen["ontvanger"].antwoorden
    wanted = [
        fragment(guide, {"zender": one, "ontvanger": other}) for one in senders for other in receivers if one != other
    ]
    assert len(found) == len(set(found))
    assert set(found) >= set(wanted)
    assert page.locator("section[data-role]:visible").count() == len(senders)
    assert DISCLAIMER in page.locator("article").inner_text()
    page.locator('.ve-pairs-jump a[href="#van-bso"]').click()
    expect(page.locator("#van-bso")).to_be_in_viewport()
    context.close()


def test_choosing_your_role_by_keyboard_shows_your_part_alone(page: Page, site_url: str) -> None:
    page.goto(site_url + PAIRS)
    select = page.get_by_role("combobox", name="rol")
    every = page.locator("section[data-role]:visible").count()
    select.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = select.input_value()
    assert chosen
    expect(page.locator("section[data-role]:visible")).to_have_count(1)
    assert page.locator(f'section[data-role="{chosen}"]').is_visible()
    expect(page.get_by_role("status").filter(has_text="1")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.activeElement.closest('[data-role=\"{chosen}\"]') !== null")
    select.select_option("")
    assert page.locator("section[data-role]:visible").count() == every > 10


def test_a_link_to_a_hidden_part_shows_it(page: Page, site_url: str) -> None:
    page.goto(site_url + PAIRS)
    page.get_by_role("combobox", name="rol").select_option("leerkracht")
    page.evaluate("location.hash = 'van-wijkagent'")
    expect(page.locator("#van-wijkagent")).to_be_in_viewport()


def test_the_table_prints_with_every_pair_or_with_yours(page: Page, site_url: str, guide: Guide) -> None:
    page.goto(site_url + PAIRS)
    page.get_by_role("combobox", name="rol").select_option("leerkracht")
    mine = sheets(page)
    page.get_by_role("combobox", name="rol").select_option("")
    every = sheets(page)
    assert len(mine) < len(every)
    assert DISCLAIMER in mine[0]
    for answer in guide.vragen["ontvanger"].antwoorden.values():
        assert answer.tekst in " ".join(mine) or answer.tekst in " ".join(every)


def sheets(page: Page) -> list[str]:
    """The text of each sheet of paper."""
    printed = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    return [" ".join(sheet.extract_text().split()) for sheet in printed]
