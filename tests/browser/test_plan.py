"""The draft plan of the guide for a wijk: what was answered, the case, the interventions, and lines to fill in."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.chooser_page import ChooserPage
from browser.conftest import only
from browser.routes import to_every_node
from handbook import verdict, walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide
from handbook.walk import Given

CASES = {
    "plan-wijk": "aanpak/casus-wijk/",
    "plan-school": "aanpak/casus-school/",
    "plan-factoren": "aanpak/casus-factoren/",
}
BUTTON = "Bewaar een opzet voor het plan"
pytestmark = only("wijk")


@pytest.fixture(scope="session")
def answers_to(base: KnowledgeBase, guide: Guide) -> dict[str, dict[str, Given]]:
    """For each outcome the answers of a worked example, or else the shortest way to it."""
    found = to_every_node(guide, base.facets)
    for example in guide.voorbeelden.values():
        given = {key: tuple(value) if isinstance(value, list) else value for key, value in example.antwoorden.items()}
        found[example.uitkomst] = max(found[example.uitkomst], given, key=len)
    return {node: found[node] for node in guide.uitkomsten}


def saved(chooser: ChooserPage, folder: Path) -> Path:
    with chooser.page.expect_download() as download:
        chooser.root.get_by_role("button", name=BUTTON).click()
    path = folder / download.value.suggested_filename
    assert path.name.startswith("wijk-plan-")
    assert path.suffix == ".html"
    download.value.save_as(path)
    return path


def test_a_plan_is_offered_where_one_comes_next(
    chooser: ChooserPage, guide: Guide, answers_to: dict[str, dict[str, Given]]
) -> None:
    chooser.open()
    assert guide.plan is not None
    for node, answers in answers_to.items():
        chooser.follow_link(answers)
        expect(chooser.heading).to_have_text(guide.uitkomsten[node].titel)
        offered = chooser.root.get_by_role("button", name=BUTTON).count()
        assert offered == (node in guide.plan.uitkomsten), node


@pytest.mark.parametrize("node", CASES)
def test_the_plan_holds_what_is_known_and_lines_for_the_rest(
    chooser: ChooserPage,
    base: KnowledgeBase,
    guide: Guide,
    answers_to: dict[str, dict[str, Given]],
    node: str,
    tmp_path: Path,
) -> None:
    answers = answers_to[node]
    chooser.open(answers)
    document = chooser.page.context.new_page()
    requests: list[str] = []
    document.on("request", lambda request: requests.append(request.url))
    path = saved(chooser, tmp_path)
    document.goto(path.as_uri())
    assert requests == [path.as_uri()]
    text = document.inner_text("body")
    plan, route = guide.plan, walk.follow(guide, base.facets, answers)
    assert plan is not None
    assert route.node == node
    assert document.get_by_role("heading", level=1).inner_text() == plan.titel
    headings = document.get_by_role("heading", level=2).all_inner_texts()
    titles = [section.titel for section in plan.onderdelen.values()]
    assert [heading for heading in headings if heading in titles] == titles
    for wanted in ("doelen", "werking", "Rollen", "Doorverwijzing", "Terugkoppeling", "Evaluatie", "Borging"):
        assert any(wanted in title for title in titles), wanted
    for section in plan.onderdelen.values():
        part = document.locator("section").filter(has=document.get_by_role("heading", name=section.titel, exact=True))
        words = part.inner_text()
        for line in (*section.vragen, *section.invullen):
            assert line in words
        assert part.locator(".ve-fill").count() == len(section.invullen)
        for name in section.antwoorden:
            given = answers.get(name)
            for one in given if isinstance(given, tuple) else (given,):
                if isinstance(one, str) and one in guide.vragen[name].antwoorden:
                    assert guide.vragen[name].antwoorden[one].tekst in words
    judged = {
        key: verdict.judge(record, route.facts, base.facets).verdict for key, record in base.interventions.items()
    }
    for key, record in base.interventions.items():
        shown = document.locator("li").filter(has=document.get_by_role("link", name=record.naam, exact=True))
        assert base.label("oordelen", judged[key]) in shown.inner_text()
        assert "nagekeken op" in shown.inner_text()
    assert document.locator(f'a[href$="/{CASES[node]}"]').count() == 1, "the case that resembles it"
    assert guide.uitkomsten[node].titel in text
    assert "geen naam" in text.lower()
    assert chooser.page.url in text


def test_the_plan_is_plain_enough_for_a_word_processor(
    chooser: ChooserPage, answers_to: dict[str, dict[str, Given]], tmp_path: Path
) -> None:
    chooser.open(answers_to["plan-wijk"])
    html = saved(chooser, tmp_path).read_text(encoding="utf-8")
    tags: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    reader.feed(html)
    plain = {"html", "head", "meta", "title", "style", "body", "main", "section", "div", "span", "strong", "a"}
    assert set(tags) <= plain | {"h1", "h2", "h3", "p", "br", "ul", "ol", "li"}, set(tags)
    assert tags.count("h1") == 1
    assert "data-" not in html
    assert 'class="ve-fill">…<' in html


def test_without_javascript_the_plan_stands_on_the_page(chooser: ChooserPage, guide: Guide) -> None:
    assert guide.plan is not None
    chooser.open()
    expect(chooser.page.locator("#plan")).to_be_hidden()
    chooser.open("#plan")
    expect(chooser.page.locator("#plan")).to_be_in_viewport()
    shown = chooser.page.locator("#plan").inner_text()
    for section in guide.plan.onderdelen.values():
        for line in (section.titel, *section.vragen, *section.invullen):
            assert line in shown
