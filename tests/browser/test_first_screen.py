"""The first ten seconds: what stands in the first screen of a phone and of a laptop, without scrolling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import GUIDES
from handbook.knowledge_base import KnowledgeBase

SIZES = [(360, 740), (1280, 800)]
MOST_OF_A_PHONE = 110  # px that the numbers may take of it


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> Any:
    """Width and height of a screen."""
    return request.param


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def script(request: pytest.FixtureRequest) -> Any:
    """Whether JavaScript runs."""
    return request.param


@pytest.fixture
def screen(browser: Browser, size: tuple[int, int], script: bool) -> Iterator[Page]:
    """A tab of that size."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, locale="nl-NL"
    )
    yield context.new_page()
    context.close()


def bottom(part: Locator) -> float:
    """How far down a part ends."""
    box = part.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    return box["y"] + box["height"]


def numbers(page: Page) -> Locator:
    """The strip of numbers, which says the three that cannot wait."""
    strip = page.get_by_role("region", name="Wie bel je nu?")
    for address in ("tel:112", "tel:08002000", "tel:113"):
        expect(strip.locator(f'a[href="{address}"]')).to_be_in_viewport(ratio=1)
    return strip


@pytest.mark.parametrize("guide", GUIDES)
def test_question_and_first_answer_stand_in_the_first_screen(
    screen: Page, size: tuple[int, int], script: bool, site_url: str, base: KnowledgeBase, guide: str
) -> None:
    screen.goto(f"{site_url}keuzehulp/{guide}/")
    start = base.guides[guide].start
    answers = screen.locator("#keuzehulp .ve-option" if script else f"#{start} li")
    question = screen.locator("#keuzehulp form" if script else f"#{start}").get_by_role("heading", level=2)
    expect(question).to_contain_text(base.guides[guide].vragen[start].vraag)
    expect(answers.first).to_be_visible()
    strip = numbers(screen)
    assert bottom(question) < size[1]
    assert bottom(answers.first) < size[1]
    height = strip.bounding_box()
    assert height is not None
    assert height["height"] <= MOST_OF_A_PHONE


def test_the_one_button_of_the_home_page_stands_in_the_first_screen(
    screen: Page, size: tuple[int, int], site_url: str
) -> None:
    screen.goto(site_url)
    numbers(screen)
    button = screen.get_by_role("link", name="Ik zie iets. Wat nu?")
    expect(button).to_have_count(1)
    assert bottom(button) < size[1]
    button.click()
    expect(screen).to_have_url(f"{site_url}keuzehulp/signaal/")


@pytest.mark.parametrize("size", SIZES[:1], indirect=True)
def test_what_is_folded_below_the_questions_opens_on_a_phone(screen: Page, site_url: str) -> None:
    screen.goto(f"{site_url}keuzehulp/signaal/")
    folded = screen.locator("#over-deze-keuzehulp")
    expect(folded.locator("p").first).to_be_hidden()
    summary = folded.locator("summary")
    box = summary.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    summary.click()
    expect(folded.locator("p").first).to_be_visible()
