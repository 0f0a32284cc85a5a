"""The filters on the overview of interventions: by keyboard, by link, and the whole list without them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from handbook.knowledge_base import KnowledgeBase


@pytest.fixture
def overview(page: Page, site_url: str) -> Page:
    """The overview, with its filters in place."""
    page.goto(f"{site_url}interventies/")
    page.get_by_role("group").first.wait_for()
    return page


def shown(page: Page) -> set[str]:
    ids = page.locator(".ve-cards > li:visible").evaluate_all("items => items.map(item => item.id)")
    return set(ids)


def box(page: Page, name: str, value: str) -> Locator:
    return page.locator(f'[data-finder] input[name="{name}"][value="{value}"]')


def in_domain(base: KnowledgeBase, *domains: str) -> set[str]:
    return {name for name, record in base.interventions.items() if {*domains} & {*record.indeling.domeinen}}


def test_all_are_shown_and_counted_at_first(overview: Page, base: KnowledgeBase) -> None:
    assert shown(overview) == set(base.interventions)
    count = len(base.interventions)
    expect(overview.locator("[data-finder]").get_by_role("status")).to_contain_text(f"{count} van de {count}")
    expect(overview.get_by_role("button", name="Wis filters")).to_be_hidden()


def test_every_filter_by_link_and_by_box(overview: Page, base: KnowledgeBase, site_url: str) -> None:
    for domain in {item for record in base.interventions.values() for item in record.indeling.domeinen}:
        overview.evaluate("hash => { location.hash = hash }", f"domein={domain}")
        expect(box(overview, "domein", domain)).to_be_checked()
        assert shown(overview) == in_domain(base, domain)
        overview.get_by_role("button", name="Wis filters").click()
        assert shown(overview) == set(base.interventions)
        assert overview.url == f"{site_url}interventies/"
        expect(overview.locator("[data-finder] input").first).to_be_focused()


def test_filters_work_by_keyboard_and_make_a_link(overview: Page, base: KnowledgeBase) -> None:
    level = next(iter(base.interventions.values())).erkenning.niveau
    target = box(overview, "erkenning", level)
    for _ in range(80):
        overview.keyboard.press("Tab")
        if target.evaluate("input => input === document.activeElement"):
            break
    overview.keyboard.press("Space")
    wanted = {name for name, record in base.interventions.items() if record.erkenning.niveau == level}
    assert shown(overview) == wanted
    expect(target).to_be_focused()
    expect(overview.locator("[data-finder]").get_by_role("status")).to_contain_text(str(len(wanted)))
    assert overview.url.endswith(f"#erkenning={level}")
    overview.reload()
    expect(target).to_be_checked()
    assert shown(overview) == wanted


def test_values_of_one_filter_add_and_filters_together_narrow(overview: Page, base: KnowledgeBase) -> None:
    first, *others = sorted({item for record in base.interventions.values() for item in record.indeling.domeinen})
    box(overview, "domein", first).check()
    box(overview, "domein", others[0]).check()
    assert shown(overview) == in_domain(base, first, others[0])
    level = next(iter(base.interventions.values())).erkenning.niveau
    box(overview, "erkenning", level).check()
    assert shown(overview) == {
        name for name in in_domain(base, first, others[0]) if base.interventions[name].erkenning.niveau == level
    }


def test_only_values_that_some_card_has_are_offered(overview: Page, base: KnowledgeBase) -> None:
    offered = overview.locator('[data-finder] input[name="domein"]').evaluate_all(
        "all => all.map(input => input.value)"
    )
    assert set(offered) == {item for record in base.interventions.values() for item in record.indeling.domeinen}


@pytest.mark.parametrize("hash_", ["#domein=constructor", "#constructor=1", "#__proto__=1&zomaar"])
def test_a_link_that_asks_for_nothing_known_shows_all(
    page: Page, site_url: str, base: KnowledgeBase, hash_: str
) -> None:
    page.goto(f"{site_url}interventies/{hash_}")
    page.get_by_role("group").first.wait_for()
    assert shown(page) == set(base.interventions)


def test_an_anchor_leaves_the_filters_unless_they_hide_it(overview: Page, base: KnowledgeBase) -> None:
    name, record = next(iter(base.interventions.items()))
    own = box(overview, "erkenning", record.erkenning.niveau)
    own.check()
    overview.evaluate("hash => { location.hash = hash }", name)
    expect(own).to_be_checked()
    other = next(key for key, item in base.interventions.items() if item.erkenning.niveau != record.erkenning.niveau)
    overview.evaluate("hash => { location.hash = hash }", other)
    expect(own).not_to_be_checked()
    expect(overview.locator(f"#{other}")).to_be_in_viewport()


def test_filters_of_cases_offer_what_some_case_has(page: Page, site_url: str, base: KnowledgeBase) -> None:
    page.goto(f"{site_url}trainen/casussen/")
    page.get_by_role("group").first.wait_for()
    assert shown(page) == set(base.cases)
    expect(page.locator("[data-finder]").get_by_role("status")).to_have_text(
        f"{len(base.cases)} van de {len(base.cases)} casussen."
    )
    for field, of in (
        ("groep", lambda case: [case.groep]),
        ("niveau", lambda case: [case.niveau]),
        ("thema", lambda case: case.themas),
        ("beroep", lambda case: case.beroepen),
    ):
        offered = page.locator(f'[data-finder] input[name="{field}"]').evaluate_all("all => all.map(i => i.value)")
        assert set(offered) == {value for case in base.cases.values() for value in of(case)}
        for value in offered:
            page.evaluate("hash => { location.hash = hash }", f"{field}={value}")
            expect(box(page, field, value)).to_be_checked()
            assert shown(page) == {name for name, case in base.cases.items() if value in of(case)}


def test_without_javascript_the_list_and_the_table_are_whole(
    browser: Browser, site_url: str, base: KnowledgeBase
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}interventies/")
    assert shown(page) == set(base.interventions)
    for record in base.interventions.values():
        expect(page.locator("table").get_by_role("link", name=record.naam, exact=True)).to_be_visible()
    context.close()
