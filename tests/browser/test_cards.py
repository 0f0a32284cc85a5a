"""Every card is one A4: it prints on one page, can be read, and leaves room for another printer's fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from handbook.knowledge_base import KnowledgeBase
from handbook.pages.signals import FEWEST, signals_on_card
from site_fixtures import ROOT, html_pages

MM = 96 / 25.4
# A4 less the margins of stylesheets/cards.css.
WIDTH, HEIGHT = (210 - 24) * MM, (297 - 24) * MM
FREE = 0.08
SMALLEST = 10 * 96 / 72

CLIPPED = """() => [...document.querySelectorAll('article *')]
  .filter((e) => e.getClientRects().length && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
    && getComputedStyle(e).overflow !== 'visible')
  .map((e) => e.tagName)"""
SMALL = """(smallest) => [...document.querySelectorAll('article *')]
  .filter((e) => e.getClientRects().length && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
    && parseFloat(getComputedStyle(e).fontSize) < smallest - 0.01)
  .map((e) => `${e.tagName}: ${e.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    """A tab as wide as the print of a card, in the style of print."""
    context = browser.new_context(viewport={"width": round(WIDTH), "height": round(HEIGHT)})
    tab = context.new_page()
    tab.emulate_media(media="print")
    yield tab
    context.close()


@pytest.fixture(scope="module")
def cards(site: Path) -> list[str]:
    return [page for page in html_pages(site) if page.startswith("kaarten/") and page != "kaarten/"]


def overfull(card: str, height: float) -> str | None:
    """What an editor reads when a card does not fit; None when it does."""
    too_much = height - HEIGHT * (1 - FREE)
    if too_much <= 0:
        return None
    return (
        f"De kaart {card} is {too_much / MM:.0f} mm te hoog: zij vult {height / HEIGHT:.0%} van de bladzijde en mag "
        f"hooguit {1 - FREE:.0%} vullen. Kort haar in, of zet een deel op de pagina waar zij naar verwijst."
    )


def test_there_is_a_card_for_every_partner_who_sees_enough(cards: list[str], real_base: KnowledgeBase) -> None:
    seen = {
        name: [signal for signal in real_base.signals.signalen.values() if name in signal.gezien_door]
        for name in real_base.partners
    }
    expected = {f"kaarten/signalenkaart-{name}/" for name, signals in seen.items() if len(signals) >= FEWEST}
    written = {f"kaarten/{path.stem}/" for path in (ROOT / "docs/kaarten").glob("*.md")}
    assert len(expected) > 12
    assert {"kaarten/gesprekskaart-ouders/", "kaarten/sape-checklist/", "kaarten/besliskaart-gemeente/"} <= written
    assert set(cards) == expected | written


def test_every_card_fits_one_page_with_room_to_spare(paper: Page, site_url: str, cards: list[str]) -> None:
    faults = []
    for card in cards:
        paper.goto(f"{site_url}{card}")
        pages = PdfReader(io.BytesIO(paper.pdf(prefer_css_page_size=True))).pages
        assert (float(pages[0].mediabox.width), float(pages[0].mediabox.height)) == pytest.approx((595, 842), abs=1)
        height = paper.evaluate("document.querySelector('article').getBoundingClientRect().bottom + scrollY")
        message = overfull(card, height)
        if message or len(pages) != 1:
            faults.append(message or f"De kaart {card} beslaat {len(pages)} bladzijden.")
    assert not faults, "\n".join(faults)


def test_type_of_a_card_is_ten_points_or_more_and_nothing_is_clipped(
    paper: Page, site_url: str, cards: list[str]
) -> None:
    for card in cards:
        paper.goto(f"{site_url}{card}")
        assert not paper.evaluate(SMALL, SMALLEST), card
        assert not paper.evaluate(CLIPPED), card
        assert paper.evaluate("document.documentElement.scrollWidth") <= round(WIDTH), card


def test_letters_of_the_circle_are_ten_points_or_more(paper: Page, site_url: str) -> None:
    paper.goto(f"{site_url}kaarten/netwerkcirkel/")
    width = paper.locator(".ve-circle").evaluate("(image) => image.getBoundingClientRect().width")
    drawing = BeautifulSoup((ROOT / "docs/images/netwerkcirkel.svg").read_text(encoding="utf-8"), "html.parser")
    sizes = [float(str(part["font-size"])) for part in drawing.select("[font-size]")]
    box = float(str(drawing.select("svg")[0]["viewbox"]).split()[2])
    assert sizes
    assert min(sizes) * width / box >= SMALLEST


def test_print_holds_the_card_and_nothing_of_the_site_around_it(paper: Page, site_url: str) -> None:
    paper.goto(f"{site_url}kaarten/signalenkaart-leerkracht/")
    for selector in (".ve-header", ".ve-footer", ".ve-page-foot", ".ve-side", ".ve-folded"):
        assert not [found for found in paper.locator(selector).all() if found.is_visible()], selector
    text = PdfReader(io.BytesIO(paper.pdf(prefer_css_page_size=True))).pages[0].extract_text()
    for wanted in ("112", "0800-2000", "Leerkracht of intern begeleider", "Kan ook betekenen", "Nagekeken op"):
        assert wanted in text


def test_overfull_card_is_named_with_how_much_it_is_too_high(paper: Page, site_url: str) -> None:
    paper.goto(f"{site_url}kaarten/sape-checklist/")
    paper.evaluate("document.querySelector('.ve-sheet').insertAdjacentHTML('beforeend', '<p>x</p>'.repeat(60))")
    height = paper.evaluate("document.querySelector('article').getBoundingClientRect().bottom + scrollY")
    message = overfull("kaarten/sape-checklist/", height)
    assert message is not None
    assert message.startswith("De kaart kaarten/sape-checklist/ is ")
    assert " mm te hoog: zij vult " in message
    assert overfull("kaarten/a/", HEIGHT * 0.92) is None
    assert "is 10 mm te hoog" in (overfull("kaarten/a/", HEIGHT * 0.92 + 10 * MM) or "")


def test_card_shows_what_cannot_wait_and_then_each_domain_in_turn(real_base: KnowledgeBase) -> None:
    seen = [signal for signal in real_base.signals.signalen.values() if "leerkracht" in signal.gezien_door]
    acute, others = signals_on_card(seen)
    assert acute == [signal for signal in seen if signal.acuut == "ja"]
    assert len(others) >= 4
    assert all(signal.kern == "ja" for signal in others)
    assert len({signal.domein for signal in others}) == len(others)
