"""What must hold for each guide, whatever it asks: keyboard, history, links, errors, paper, clearing, no JavaScript.

The details that need a certain question are tested on one guide, in test_chooser.py.
"""

from __future__ import annotations

import io
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, expect
from pypdf import PdfReader

from browser.chooser_page import ChooserPage, fragment, given_by, no_answers_anywhere
from browser.conftest import every_guide
from handbook import verdict, walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import WEET_NIET, Guide
from handbook.walk import Given

pytestmark = every_guide
Answered = dict[str, Given]
FOCUSED = "document.activeElement"


def before(answers: Answered, name: str) -> Answered:
    """The answers given before a question comes."""
    return dict(list(answers.items())[: list(answers).index(name)])


# --- one question at a time -------------------------------------------------------------------------------


def test_a_whole_walk_by_keyboard_alone_on_a_phone(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, long_route: Answered
) -> None:
    longest = walk.longest_from(guide)
    page, keyboard = chooser.page, chooser.page.keyboard
    page.set_viewport_size({"width": 360, "height": 640})
    chooser.open()
    assert chooser.question == guide.start
    assert page.locator(".ve-step:visible").count() == 0, "the other questions are still there"
    assert page.evaluate(FOCUSED + ".tagName") == "BODY", "the focus is taken before anybody asked"
    for _ in range(60):
        keyboard.press("Tab")
        if page.evaluate(FOCUSED + ".form?.closest('#keuzehulp') != null"):
            break
    titles = set()
    for count, (name, given) in enumerate(long_route.items()):
        assert chooser.question == name
        for number in ("tel:112", "tel:08002000", "tel:113"):
            if not count:
                page.evaluate("scrollTo(0, 0)")
            expect(page.locator(f'.ve-acute a[href="{number}"]')).to_be_in_viewport()
        assert guide.vragen[name].vraag in page.title()
        titles.add(page.title())
        progress = chooser.root.locator(".ve-progress").inner_text()
        assert progress.endswith(f"nog hoogstens {longest[name]}"), progress
        if count:
            assert progress.startswith(f"{count} vra")
            keyboard.press("Tab")  # from the heading, which has the focus, to the first field
        chooser.type(given)
        assert chooser.question == name, "an answer alone must not go on"
        keyboard.press("Enter")
        expect(chooser.heading).to_be_focused()
        expect(chooser.heading).to_be_in_viewport()
    outcome = guide.uitkomsten[walk.follow(guide, base.facets, long_route).node]
    assert chooser.heading.inner_text() == outcome.titel
    assert outcome.titel in page.title()
    assert len(titles) == len(long_route)
    assert chooser.fragment == fragment(guide, long_route)
    expect(page.locator('.ve-acute a[href="tel:112"]')).to_be_in_viewport()


def test_a_missing_answer_is_told_at_the_field_and_in_a_summary(
    chooser: ChooserPage, guide: Guide, long_route: Answered
) -> None:
    chooser.open()
    for name in long_route:
        earlier = before(long_route, name)
        chooser.follow_link(earlier)
        expect(chooser.heading).to_have_text(guide.vragen[name].vraag)
        chooser.submit()
        summary = chooser.root.locator(".ve-errors")
        expect(summary).to_be_focused()
        link = summary.get_by_role("link")
        error = chooser.root.locator(".ve-error")
        assert link.inner_text() == error.inner_text() != ""
        assert chooser.root.locator("fieldset").get_attribute("aria-describedby") == error.get_attribute("id")
        assert chooser.page.title().startswith("Fout: ")
        link.click()
        assert chooser.page.evaluate(FOCUSED + ".closest('fieldset') != null")
        assert chooser.fragment == fragment(guide, earlier), "the link of an error is no anchor"
        chooser.answer(long_route[name])
        assert not chooser.page.title().startswith("Fout: ")


# --- history and links ------------------------------------------------------------------------------------


def test_back_and_forward_go_step_by_step(chooser: ChooserPage, guide: Guide, long_route: Answered) -> None:
    chooser.walk(long_route)
    seen = [chooser.fragment]
    for name in reversed(long_route):
        chooser.page.go_back()
        expect(chooser.heading).to_have_text(guide.vragen[name].vraag)
        expect(chooser.heading).to_be_focused()
        assert chooser.answered == list(before(long_route, name))
        seen.append(chooser.fragment)
    assert seen[-1] == ""
    for earlier in reversed(seen[:-1]):
        chooser.page.go_forward()
        expect(chooser.page).to_have_url(chooser.address + earlier)
    assert chooser.question is None


def test_a_shared_link_shows_the_same(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, long_route: Answered
) -> None:
    chooser.open(long_route)
    outcome = guide.uitkomsten[walk.follow(guide, base.facets, long_route).node].titel
    assert chooser.heading.inner_text() == outcome
    expect(chooser.heading).to_be_focused()
    assert chooser.answered == list(long_route)
    chooser.page.reload()
    expect(chooser.heading).to_have_text(outcome)
    halfway = list(long_route)[len(long_route) // 2]
    chooser.open(before(long_route, halfway))
    assert chooser.question == halfway
    mailed = fragment(guide, long_route).replace("+", "%2B").replace("=", "%3D").replace("&", "%26")
    chooser.open(mailed)
    assert chooser.answered == list(long_route)
    assert chooser.notice.inner_text() == ""


def test_a_damaged_link_names_what_it_could_not_use_and_keeps_the_rest(
    chooser: ChooserPage, guide: Guide, long_route: Answered
) -> None:
    last = list(long_route)[-1]
    kept = before(long_route, last)
    damage = [f"{last}=constructor", "__proto__=ja", "bestaat-niet=ja", "zomaar"]
    chooser.open("#" + "&".join([fragment(guide, kept).removeprefix("#"), *damage]).removeprefix("&"))
    named = chooser.notice.locator("li").all_inner_texts()
    assert len(named) == len(damage)
    for text, part in zip(named, ("constructor", "__proto__", "bestaat-niet", "zomaar"), strict=True):
        assert part in text
    assert chooser.question == last
    assert chooser.answered == list(kept)
    chooser.answer(long_route[last])
    assert chooser.notice.inner_text() == ""
    assert chooser.fragment == fragment(guide, long_route)


def test_every_answer_can_be_changed_and_the_route_follows(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, long_route: Answered
) -> None:
    chooser.open(long_route)
    for name, given in long_route.items():
        chooser.change(name)
        expect(chooser.heading).to_have_text(guide.vragen[name].vraag)
        expect(chooser.heading).to_be_focused()
        chooser.expect_filled(given)
        assert chooser.fragment == fragment(guide, long_route), "looking at an answer changes nothing"
        unsure = {**long_route, name: WEET_NIET}
        route = walk.follow(guide, base.facets, unsure)
        chooser.answer(WEET_NIET)
        title = guide.vragen[route.node].vraag if route.node in guide.vragen else guide.uitkomsten[route.node].titel
        expect(chooser.heading).to_have_text(title)
        expect(chooser.heading).to_be_focused()
        assert chooser.answered == [passed for passed, _ in route.steps]
        assert chooser.fragment == fragment(guide, unsure), "a later answer that is off the route stays in the link"
        chooser.change(name)
        chooser.answer(given)
        assert chooser.question is None
        assert chooser.answered == list(long_route)


# --- the outcome ------------------------------------------------------------------------------------------


def test_every_example_ends_as_it_says(chooser: ChooserPage, base: KnowledgeBase, guide: Guide) -> None:
    chooser.open()
    links = chooser.page.locator('a[href*="="]', has_text="Open dit voorbeeld").evaluate_all(
        "links => links.map(link => link.hash)"
    )
    hashes = {name: fragment(guide, given_by(example.antwoorden)) for name, example in guide.voorbeelden.items()}
    assert sorted(links) == sorted(hashes.values())
    for name, example in guide.voorbeelden.items():
        chooser.follow_link(hashes[name])
        outcome = guide.uitkomsten[example.uitkomst]
        expect(chooser.heading).to_have_text(outcome.titel)
        weighs = outcome.weegt_interventies == "ja" and guide.toont_interventies == "ja"
        shown = chooser.verdicts
        route = walk.follow(guide, base.facets, given_by(example.antwoorden))
        assert shown == (
            {name: verdict.judge(item, route.facts, base.facets).verdict for name, item in base.interventions.items()}
            if weighs
            else {}
        )
        assert {**shown, **example.oordelen} == shown
        assert outcome.kort in chooser.root.inner_text()


def test_the_outcome_prints_whole_and_without_buttons(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, long_route: Answered
) -> None:
    chooser.open(long_route)
    sheets = PdfReader(io.BytesIO(chooser.page.pdf(format="A4", prefer_css_page_size=True))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    outcome = guide.uitkomsten[walk.follow(guide, base.facets, long_route).node]
    for wanted in ("112", "0800-2000", outcome.titel, outcome.kort, "Vroeg Erbij versie", "Je antwoorden"):
        assert " ".join(wanted.split()) in text, wanted
    for name in long_route:
        assert guide.vragen[name].vraag in text
    for screen in ("Bewaar als document", "Afdrukken", "Kopieer link", "Wijzig", "Zo werkt het: voorbeelden", "Menu"):
        assert screen not in text, screen


def test_the_document_to_keep_needs_nothing(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, guide_id: str, long_route: Answered, tmp_path: Path
) -> None:
    chooser.open(long_route)
    with chooser.page.expect_download() as download:
        chooser.root.get_by_role("button", name="Bewaar als document").click()
    kept = tmp_path / download.value.suggested_filename
    assert kept.name.startswith(guide_id)
    assert kept.suffix == ".html"
    download.value.save_as(kept)
    requests: list[str] = []
    document = chooser.page.context.new_page()
    document.on("request", lambda request: requests.append(request.url))
    document.goto(kept.as_uri())
    assert requests == [kept.as_uri()]
    text = document.inner_text("body")
    assert guide.uitkomsten[walk.follow(guide, base.facets, long_route).node].titel in text
    assert all(guide.vragen[name].vraag in text for name in long_route)
    assert chooser.page.url in document.get_by_text("Dezelfde antwoorden in de keuzehulp:").inner_text()
    assert document.locator("button, script, link, img, input, textarea, [hidden]").count() == 0


# --- clearing, and what it leaves alone -------------------------------------------------------------------


def test_answering_asks_and_stores_nothing_and_clearing_leaves_nothing(
    chooser: ChooserPage, long_route: Answered
) -> None:
    chooser.open()
    requests: list[Request] = []
    chooser.page.on("request", lambda request: requests.append(request))
    for given in long_route.values():
        chooser.answer(given)
    assert chooser.question is None
    chooser.page.wait_for_timeout(100)
    assert [request.url for request in requests] == []
    assert chooser.page.context.cookies() == []
    stored = "[localStorage.length, sessionStorage.length, document.cookie, window.name]"
    assert chooser.page.evaluate(stored) == [0, 0, "", ""]
    assert chooser.page.evaluate("indexedDB.databases()") == []
    assert chooser.page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    chooser.clear()
    assert "geschiedenis" in chooser.notice.inner_text()
    no_answers_anywhere(chooser)


# --- without JavaScript -----------------------------------------------------------------------------------


def test_without_javascript_the_page_is_a_whole_guide(
    browser: Browser, site_url: str, guide: Guide, guide_id: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}keuzehulp/{guide_id}/")
    inner = (*guide.vragen, *guide.splitsingen, *guide.beslistabellen)
    shown = page.locator("section.ve-step").evaluate_all(
        "steps => steps.filter(step => step.checkVisibility()).map(step => step.id)"
    )
    assert set(shown) == {*inner, *guide.uitkomsten}
    links = page.locator("section.ve-step").evaluate_all(
        """(steps, ids) => Object.fromEntries(steps.map(step => [step.id,
          [...step.querySelectorAll("a:not(.headerlink)")].filter(link => link.pathname === location.pathname)
            .map(link => link.hash.slice(1)).filter(id => ids.includes(id))]))""",
        [*inner, *guide.uitkomsten],
    )
    for name in inner:
        assert set(links[name]) == {target for _, target in walk.targets(guide, name)}, name
    step = guide.start
    for _ in range(50):  # follow the first way out of every step
        if step in guide.uitkomsten:
            break
        page.locator(f"#{step} a[href^='#']:not(.headerlink)").first.click()
        step = page.url.split("#")[1]
    assert step in guide.uitkomsten
    expect(page.locator(f"#{step} h2")).to_be_in_viewport()
    context.close()


def test_without_its_data_the_page_stays_a_guide_and_says_so(
    page: Page, site_url: str, guide: Guide, guide_id: str
) -> None:
    page.route("**/data/keuzehulp/*.json", lambda route: route.abort())
    page.goto(f"{site_url}keuzehulp/{guide_id}/")
    expect(page.get_by_role("alert")).to_contain_text("De vragen laden niet")
    for node in (*guide.vragen, *guide.uitkomsten):
        expect(page.locator(f"section#{node}")).to_be_visible()
