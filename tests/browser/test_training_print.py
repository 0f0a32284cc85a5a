"""What a trainer prints and shows: cards to cut, the certificate, slides by keyboard and on paper."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from handbook.knowledge_base import KnowledgeBase

MM = 96 / 25.4
WIDTH, HEIGHT = (210 - 24) * MM, (297 - 24) * MM
CARDS_A_PAGE = 4
SMALLEST = 10 * 96 / 72
CLIPPED = """() => [...document.querySelectorAll('.ve-cut, .ve-cut *, .ve-slide, .ve-slide *')]
  .filter((e) => e.getClientRects().length && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
    && getComputedStyle(e).overflow !== 'visible')
  .map((e) => e.textContent.trim().slice(0, 60))"""
SMALL = """(smallest) => [...document.querySelectorAll('.ve-cut *, .ve-slide *')]
  .filter((e) => e.getClientRects().length && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
    && parseFloat(getComputedStyle(e).fontSize) < smallest - 0.01)
  .map((e) => e.textContent.trim().slice(0, 60))"""


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": round(WIDTH), "height": round(HEIGHT)})
    tab = context.new_page()
    tab.emulate_media(media="print")
    yield tab
    context.close()


def printed(paper: Page, address: str) -> list[str]:
    """The text of each page, words parted by one space."""
    paper.goto(address)
    reader = PdfReader(io.BytesIO(paper.pdf(prefer_css_page_size=True)))
    assert all(
        (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((595, 842), abs=1)
        for page in reader.pages
    )
    return [squeezed(page.extract_text()) for page in reader.pages]


def squeezed(text: str) -> str:
    """Without spaces: a PDF breaks lines, and words at hyphens, where it likes."""
    return "".join(text.split()).replace("\\u00ad", "")


def test_signal_cards_hold_every_core_signal_four_to_a_page(
    paper: Page, site_url: str, real_base: KnowledgeBase
) -> None:
    core = [signal for signal in real_base.signals.signalen.values() if signal.kern == "ja"]
    pages = printed(paper, f"{site_url}trainen/signaalkaarten/")
    assert len(pages) == math.ceil(len(core) / CARDS_A_PAGE)
    for number, page in enumerate(pages):
        for signal in core[number * CARDS_A_PAGE : (number + 1) * CARDS_A_PAGE]:
            for text in (signal.tekst, signal.doe, *(other.removesuffix(".") for other in signal.kan_ook)):
                assert squeezed(text) in page, f"page {number + 1}: {text}"
    assert not paper.evaluate(CLIPPED)
    assert not paper.evaluate(SMALL, SMALLEST)


def test_a_fold_card_folds_in_the_middle_and_all_are_as_large(paper: Page, site_url: str) -> None:
    paper.goto(f"{site_url}trainen/signaalkaarten/")
    boxes = paper.evaluate(
        "() => [...document.querySelectorAll('.ve-fold')].map(card => [card.offsetWidth, card.offsetHeight,"
        " card.children[0].offsetWidth, card.children[1].offsetWidth])"
    )
    assert len({(width, height) for width, height, *_ in boxes}) == 1
    assert all(abs(front - back) <= 1 for *_, front, back in boxes)


def test_case_cards_hold_every_moment_and_break_no_card(paper: Page, site_url: str, real_base: KnowledgeBase) -> None:
    for name, case in real_base.cases.items():
        pages = printed(paper, f"{site_url}trainen/casussen/{name}/kaarten/")
        assert 1 <= len(pages) <= 4, name
        for moment in case.momenten.values():
            texts = [*moment.wat_je_ziet, *(question.vraag for question in moment.vragen.values())]
            assert any(all(squeezed(text) in page for text in texts) for page in pages), (name, moment.titel)
        for question in case.questions.values():
            for choice in question.keuzes.values():
                assert not any(squeezed(choice.feedback) in page for page in pages), name
        assert not paper.evaluate(CLIPPED), name
        assert not paper.evaluate(SMALL, SMALLEST), name


def test_certificate_is_one_page_with_room_to_write(paper: Page, site_url: str) -> None:
    pages = printed(paper, f"{site_url}trainen/bewijs-van-deelname/")
    assert len(pages) == 1
    for word in ("Deelnemer", "Naam", "Datum", "Handtekening"):
        assert word in pages[0]
    assert paper.locator(".ve-line").count() >= 6


def test_cut_lines_are_there_and_the_site_around_is_not(paper: Page, site_url: str) -> None:
    for address in ("trainen/signaalkaarten/", "trainen/casussen/moe-op-maandag/kaarten/"):
        paper.goto(site_url + address)
        assert paper.locator(".ve-cut").first.evaluate("card => getComputedStyle(card).borderStyle") == "dashed"
        for selector in (".ve-header", ".ve-footer", ".ve-page-foot", ".ve-side", ".ve-screen"):
            assert not [found for found in paper.locator(selector).all() if found.is_visible()], selector


# --- slides -----------------------------------------------------------------------------------------------


def in_view(page: Page) -> int:
    return int(
        page.evaluate(
            "() => [...document.querySelectorAll('.ve-slide')].findIndex(slide => {"
            " const { top, bottom } = slide.getBoundingClientRect();"
            " return top < innerHeight / 2 && bottom > innerHeight / 2 })"
        )
    )


def test_arrow_keys_go_through_the_slides_offline(page: Page, site_url: str, real_base: KnowledgeBase) -> None:
    case = real_base.cases["moe-op-maandag"]
    page.goto(f"{site_url}trainen/casussen/moe-op-maandag/dia/")
    page.context.set_offline(True)
    slides = page.locator(".ve-slide")
    assert slides.count() == 1 + 1 + len(case.momenten) + 2 * len(case.questions) + 3
    for number in range(1, slides.count()):
        page.keyboard.press("ArrowRight")
        page.wait_for_function("n => document.activeElement === document.querySelectorAll('.ve-slide')[n]", arg=number)
        assert in_view(page) == number
    page.keyboard.press("ArrowRight")
    assert in_view(page) == slides.count() - 1
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert in_view(page) == slides.count() - 2
    page.keyboard.press("Home")
    page.wait_for_timeout(100)
    expect(slides.first).to_be_focused()


def test_slides_work_from_disk(page: Page, site: Path) -> None:
    page.goto((site / "trainen/casussen/moe-op-maandag/dia/index.html").as_uri())
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement === document.querySelectorAll('.ve-slide')[1]")
    assert in_view(page) == 1
    assert page.locator(".ve-slide").first.evaluate("slide => getComputedStyle(slide).display") == "flex"


def test_every_slide_fits_a_beamer(page: Page, site_url: str, real_base: KnowledgeBase) -> None:
    """1280 by 800: nothing of a slide lies outside the screen once it is in view."""
    for name in real_base.cases:
        page.goto(f"{site_url}trainen/casussen/{name}/dia/")
        tall = page.evaluate(
            "() => [...document.querySelectorAll('.ve-slide')].filter(slide => slide.offsetHeight > innerHeight + 1)"
            ".map(slide => slide.textContent.trim().slice(0, 60))"
        )
        assert tall == [], f"{name}: te veel tekst voor één dia"


def test_hand_out_has_several_slides_on_a_page_and_all_texts(
    paper: Page, site_url: str, real_base: KnowledgeBase
) -> None:
    for name, case in real_base.cases.items():
        pages = printed(paper, f"{site_url}trainen/casussen/{name}/dia/")
        slides = paper.locator(".ve-slide").count()
        assert len(pages) <= slides / 2, name
        text = "".join(pages)
        for question in case.questions.values():
            for choice in question.keuzes.values():
                assert squeezed(choice.tekst) in text
                assert squeezed(choice.feedback) in text
        assert not paper.evaluate(SMALL, SMALLEST), name
