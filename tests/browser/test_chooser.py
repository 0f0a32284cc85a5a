"""The chooser in detail, on the guide for a professional: fields, links, verdicts, document, clearing, failing data.

What must hold for each guide is in test_every_guide.py.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from browser.chooser_page import UNSURE, ChooserPage, fragment, given_by, no_answers_anywhere
from handbook import verdict, walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import GEEN_VAN_DEZE, Claim, Guide, Intervention, claims_in
from handbook.walk import Given
from site_fixtures import TODAY, served

Answered = dict[str, Given]


@pytest.fixture(scope="session")
def full(guide: Guide) -> Answered:
    """A whole route to an outcome that weighs interventions, with a whole number and a choice of several."""
    found = [
        answers
        for example in guide.voorbeelden.values()
        if guide.uitkomsten[example.uitkomst].weegt_interventies == "ja"
        and {"leeftijd", "schoolgroep"} <= (answers := given_by(example.antwoorden)).keys()
        and any(isinstance(given, tuple) and len(given) > 1 for given in answers.values())
        and isinstance(answers["leeftijd"], int)
    ]
    return max(found, key=len)


@pytest.fixture(scope="session")
def several(guide: Guide) -> str:
    """The first question with a choice of several."""
    return next(name for name, question in guide.vragen.items() if question.meerkeuze == "ja")


def before(answers: Answered, name: str) -> Answered:
    """The answers given before a question comes."""
    return dict(list(answers.items())[: list(answers).index(name)])


def route_of(base: KnowledgeBase, guide: Guide, answers: Answered) -> walk.Route:
    return walk.follow(guide, base.facets, answers)


# --- one question at a time -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "tien", "-1", "10,5", "1e1", "9999", "28", "0x10"])
def test_a_number_that_is_none_is_refused(chooser: ChooserPage, full: Answered, typed: str) -> None:
    chooser.open(before(full, "leeftijd"))
    chooser.root.locator("#ve-number").fill(typed)
    chooser.submit()
    expect(chooser.root.locator(".ve-errors")).to_be_focused()
    assert chooser.root.locator("#ve-number").get_attribute("aria-invalid") == "true"
    assert chooser.question == "leeftijd"


def test_not_knowing_excludes_a_number(chooser: ChooserPage, full: Answered) -> None:
    chooser.open(before(full, "leeftijd"))
    number = chooser.root.locator("#ve-number")
    number.fill("10")
    chooser.option(UNSURE).check()
    expect(number).to_have_value("")
    number.fill("11")
    expect(chooser.option(UNSURE)).not_to_be_checked()
    chooser.option(UNSURE).check()
    chooser.submit()
    assert f"leeftijd={UNSURE}" in chooser.fragment


def test_not_knowing_and_none_of_these_exclude_all_else(
    chooser: ChooserPage, guide: Guide, full: Answered, several: str
) -> None:
    chooser.open(before(full, several))
    one, two = list(guide.vragen[several].antwoorden)[:2]
    chooser.fill((two, one))
    for alone in (UNSURE, GEEN_VAN_DEZE):
        chooser.option(alone).check()
        assert chooser.root.locator("input:checked").count() == 1
        chooser.fill((two, one))
        assert chooser.root.locator("input:checked").count() == 2
        expect(chooser.option(alone)).not_to_be_checked()
    chooser.option(UNSURE).check()
    chooser.option(GEEN_VAN_DEZE).check()
    expect(chooser.option(UNSURE)).not_to_be_checked()
    chooser.fill((two, one))
    chooser.submit()
    assert f"{several}={one}+{two}" in chooser.fragment, "values stand in the order of the guide"


# --- history and links ------------------------------------------------------------------------------------


def test_a_changed_answer_keeps_the_later_ones(chooser: ChooserPage, guide: Guide, full: Answered) -> None:
    chooser.walk(full)
    chooser.change("leeftijd")
    assert chooser.question == "leeftijd"
    expect(chooser.heading).to_be_focused()
    expect(chooser.root.locator("#ve-number")).to_have_value(str(full["leeftijd"]))
    assert chooser.fragment == fragment(guide, full), "looking at an answer changes nothing"
    other = 10 if full["leeftijd"] != 10 else 9
    chooser.answer(other)
    assert chooser.question is None
    assert chooser.fragment == fragment(guide, full | {"leeftijd": other})
    chooser.page.go_back()
    assert chooser.question == "leeftijd"
    chooser.page.go_back()
    assert chooser.question is None
    assert chooser.fragment == fragment(guide, full)


def test_an_answer_off_the_route_counts_for_nothing_but_stays(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, full: Answered
) -> None:
    chooser.open(full)
    chooser.change("leeftijd")
    chooser.answer(17)  # from sixteen on nobody asks for the group at school
    changed = full | {"leeftijd": 17}
    route = route_of(base, guide, changed)
    assert "schoolgroep" not in dict(route.steps)
    assert chooser.fragment == fragment(guide, changed)
    assert "schoolgroep" not in chooser.answered
    assert "niet aan de orde" in chooser.root.inner_text()
    assert chooser.verdicts == judged(base, route) if chooser.question is None else chooser.question == route.node
    chooser.change("leeftijd")
    chooser.answer(full["leeftijd"])
    assert chooser.answered == list(full)
    assert "niet aan de orde" not in chooser.root.inner_text()


def test_after_a_change_the_next_question_without_an_answer_is_shown(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, full: Answered
) -> None:
    known = {name: given for name, given in full.items() if name != "schoolgroep"} | {"leeftijd": 17}
    chooser.open(known)
    chooser.change("leeftijd")
    chooser.answer(full["leeftijd"])
    assert chooser.question == "schoolgroep"
    chooser.answer(full["schoolgroep"])
    assert chooser.question is None
    assert chooser.answered == list(full)


DAMAGED = {
    "leeftijd=constructor": "constructor",
    "leeftijd=__proto__": "__proto__",
    "leeftijd=-1": "-1",
    "leeftijd=10.5": "10.5",
    "leeftijd=999": "999",
    "leeftijd=": "",
    "aanleiding=onzin": "onzin",
    "aanleiding=weet-niet+spijbelen": "weet-niet+spijbelen",
    "aanleiding=toString": "toString",
    "constructor=ja": "constructor",
    "__proto__=ja": "__proto__",
    "toString=weet-niet": "toString",
    "bestaat-niet=ja": "bestaat-niet",
    "zomaar": "zomaar",
    "%E0%A4%A=ja": "%E0%A4%A",
    "<img src=x onerror=alert(1)>=1": "<img src",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_link_names_what_it_could_not_use_and_keeps_the_rest(
    chooser: ChooserPage, guide: Guide, full: Answered, damage: str
) -> None:
    name = damage.split("=")[0]
    kept = {key: given for key, given in full.items() if key != name}
    chooser.open(f"{fragment(guide, kept)}&{damage}")
    assert DAMAGED[damage] in chooser.notice.inner_text().replace("%20", " ")
    assert chooser.notice.locator("li").count() == 1
    route = list(before(full, name)) if name in full else list(full)
    assert chooser.answered == route
    assert chooser.question == (name if name in full else None)
    assert chooser.notice.locator("img").count() == 0


def test_a_damaged_choice_of_several_keeps_what_it_knows(
    chooser: ChooserPage, guide: Guide, full: Answered, several: str
) -> None:
    known = next(iter(guide.vragen[several].antwoorden))
    chooser.open(f"{fragment(guide, before(full, several))}&{several}=verdwenen+{known}&{several}={known}")
    assert "verdwenen" in chooser.notice.inner_text()
    assert chooser.notice.locator("li").count() == 2, "a question that stands there twice is named too"
    assert chooser.answers[guide.vragen[several].vraag] == guide.vragen[several].antwoorden[known].tekst
    chooser.answer(full[next(name for name in full if name not in before(full, several) and name != several)])
    assert chooser.notice.inner_text() == ""
    assert "verdwenen" not in chooser.fragment


def test_an_anchor_never_touches_the_answers(chooser: ChooserPage, guide: Guide, full: Answered) -> None:
    half = before(full, list(full)[-2])
    chooser.open(half)
    for anchor in ("#voorbeelden", "#inhoud", "#bestaat-niet", f"#{guide.start}"):
        chooser.follow_link(anchor)
        expect(chooser.page).to_have_url(chooser.address + fragment(guide, half))
        assert chooser.question == list(full)[-2]
        assert chooser.answered == list(half)
        assert chooser.notice.inner_text() == ""
    chooser.answer(full[list(full)[-2]])
    assert list(half) == chooser.answered[:-1]


def test_an_anchor_into_the_guide_shows_the_whole_guide(chooser: ChooserPage, guide: Guide) -> None:
    outcome = next(iter(guide.uitkomsten))
    chooser.open(f"#{outcome}")
    expect(chooser.page.locator(f"#{outcome}")).to_be_in_viewport()
    toggle = chooser.root.get_by_role("button", name="alle vragen")
    assert toggle.get_attribute("aria-expanded") == "true"
    toggle.click()
    assert chooser.page.locator(".ve-step:visible").count() == 0
    assert chooser.question == guide.start


# --- the outcome ------------------------------------------------------------------------------------------


def judged(base: KnowledgeBase, route: walk.Route) -> dict[str, str]:
    return {name: verdict.judge(item, route.facts, base.facets).verdict for name, item in base.interventions.items()}


def test_each_verdict_gives_its_reasons_and_their_sources(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide
) -> None:
    chooser.open()
    seen: set[tuple[object, ...]] = set()
    for example in guide.voorbeelden.values():
        answers = given_by(example.antwoorden)
        if guide.uitkomsten[example.uitkomst].weegt_interventies == "nee":
            continue
        chooser.follow_link(answers)
        expect(chooser.page).to_have_url(chooser.address + fragment(guide, answers))
        route = route_of(base, guide, answers)
        for name, record in base.interventions.items():
            judgement = verdict.judge(record, route.facts, base.facets)
            result_of = (name, *((result.criterion.id, result.reason) for result in judgement.best.criteria))
            if result_of in seen:
                continue
            seen.add(result_of)
            card = chooser.root.locator(f'[data-intervention="{name}"]')
            line = card.locator(".ve-verdict").inner_text()
            assert record.kaart.bewijs.tekst in line
            assert base.label("erkenningsniveaus", record.erkenning.niveau) in line
            assert "nagekeken op" in line
            decisive = card.locator('[data-slot="why"]').first
            subjects = decisive.locator('[data-slot="subject"]').all_inner_texts()
            groups = judgement.groups if judgement.verdict == "past-niet" else (judgement.best,)
            assert subjects == [result.criterion.onderwerp for group in groups for result in group.deciding]
            addresses = decisive.locator(".ve-source a").evaluate_all("links => links.map(link => link.hash.slice(1))")
            cited = {
                citation.bron
                for group in groups
                for result in group.deciding
                for reading in result.criterion.lezingen
                for citation in claims_of(record)[reading.steunt_op].bronnen
            }
            assert set(addresses) == cited
            rest = card.locator("details").text_content() or ""
            for group in groups:
                for result in group.criteria:
                    assert result in group.deciding or result.criterion.onderwerp in rest
    assert len(seen) > 2 * len(base.interventions)


def claims_of(record: Intervention) -> dict[str, Claim]:
    return {claim.id: claim for _, claim in claims_in(record) if claim.id}


def test_the_outcome_tells_what_is_unknown_and_what_we_infer(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, full: Answered
) -> None:
    doubtful = full | {"schoolgroep": UNSURE}
    chooser.open(doubtful)
    unknown = chooser.root.locator('[data-slot="unknown-list"]').inner_text()
    assert unknown == guide.vragen["schoolgroep"].vraag
    route = route_of(base, guide, doubtful)
    text = chooser.root.inner_text()
    for name in guide.afleidingen:
        assert base.facets[name].label in text
        for value in route.facts[name]:
            assert base.facets[name].waarden[str(value)].label in text
    assert f"{len(base.interventions)} interventies gewogen" in text
    assert "geen score" in text
    databank = chooser.root.get_by_role("link", name="databank van het NJi")
    assert str(databank.get_attribute("href")).endswith("bronnen/#nji-databank")


def test_an_outcome_about_danger_shows_no_interventions(chooser: ChooserPage, guide: Guide) -> None:
    example = next(
        example
        for example in guide.voorbeelden.values()
        if guide.uitkomsten[example.uitkomst].weegt_interventies == "nee"
    )
    chooser.open(given_by(example.antwoorden))
    assert chooser.verdicts == {}
    assert "interventies gewogen" not in chooser.root.inner_text()
    assert chooser.root.get_by_role("button", name="Bewaar als document").is_visible()


def test_every_link_of_an_outcome_leads_somewhere(chooser: ChooserPage, full: Answered, site: Path) -> None:
    chooser.open(full)
    links = chooser.root.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    inside = {link for link in links if link.startswith(chooser.address.split("keuzehulp")[0])}
    assert len(inside) > 5
    for link in inside:
        parts = urlsplit(link)
        page = site / parts.path.lstrip("/") / "index.html"
        assert page.is_file(), link
        if parts.fragment and "=" not in parts.fragment:
            assert f'id="{parts.fragment}"' in page.read_text(encoding="utf-8"), link


def test_ids_stay_unique(chooser: ChooserPage, full: Answered) -> None:
    chooser.open(full)
    ids = chooser.page.locator("[id]").evaluate_all("items => items.map(item => item.id)")
    assert len(ids) == len(set(ids))


def test_printing_shows_the_outcome_alone(chooser: ChooserPage, full: Answered) -> None:
    chooser.page.add_init_script("window.print = () => { window.printed = true }")
    chooser.open(full)
    chooser.root.get_by_role("button", name="Afdrukken").click()
    assert chooser.page.evaluate("window.printed === true")
    chooser.page.emulate_media(media="print")
    for hidden in ("button", ".ve-step", "#voorbeelden", "#ve-link-warning"):
        assert chooser.page.locator(f"{hidden}:visible").count() == 0, hidden
    for shown in (".ve-acute", "[data-intervention]", ".ve-answers", ".ve-page-foot"):
        assert chooser.page.locator(f"{shown}:visible").count() > 0, shown


def test_the_document_to_keep_is_whole_and_needs_nothing(
    chooser: ChooserPage, base: KnowledgeBase, guide: Guide, full: Answered, tmp_path: Path, site: Path
) -> None:
    doubtful = full | {"schoolgroep": UNSURE}
    chooser.open({**doubtful, **{"gevolgen": full["gevolgen"]}})
    address = chooser.page.url
    with chooser.page.expect_download() as download:
        chooser.root.get_by_role("button", name="Bewaar als document").click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)
    assert kept.suffix == ".html"

    requests: list[str] = []
    document = chooser.page.context.new_page()
    document.on("request", lambda request: requests.append(request.url))
    document.goto(kept.as_uri())
    assert requests == [kept.as_uri()]
    text = document.inner_text("body")
    published = json.loads((site / "data/keuzehulp/kind.json").read_text(encoding="utf-8"))
    route = route_of(base, guide, doubtful)
    assert published["versie"] in text
    assert str(TODAY.year) in text
    assert guide.uitkomsten[route.node].titel in text
    assert "geen score" in text
    assert "persoonsgegevens" in text
    assert address in document.get_by_text("Dezelfde antwoorden in de keuzehulp:").inner_text()
    for name, given in doubtful.items():
        assert guide.vragen[name].vraag in text
        assert given == UNSURE or not isinstance(given, str) or guide.vragen[name].antwoorden[given].tekst in text
    for name, judgement in judged(base, route).items():
        card = document.locator(f'[data-intervention="{name}"]')
        assert base.interventions[name].naam in card.inner_text()
        assert base.label("oordelen", judgement) in card.inner_text()
        assert card.locator(".ve-source").count() > 0
        assert card.locator("details").count() == card.locator("details[open]").count()
    assert document.locator("button, script, link, img, input, [hidden]").count() == 0
    for link in document.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        assert link.startswith(("http://127.0.0.1", "https://", "tel:")), link
    assert document.evaluate("getComputedStyle(document.querySelector('.ve-judged')).listStyleType") == "none"
    document.close()


def test_the_link_is_copied_without_what_is_off_the_route(chooser: ChooserPage, guide: Guide, full: Answered) -> None:
    chooser.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    chooser.open(full | {"leeftijd": 17})
    chooser.root.get_by_role("button", name="Kopieer link").click()
    expect(chooser.root.get_by_role("status")).to_have_text("De link is gekopieerd.")
    copied = chooser.page.evaluate("navigator.clipboard.readText()")
    assert copied == chooser.address + fragment(guide, {**before(full, "schoolgroep"), "leeftijd": 17, **after(full)})
    assert "persoonsgegeven" in chooser.root.inner_text()


def after(full: Answered) -> Answered:
    names = list(full)
    return {name: full[name] for name in names[names.index("schoolgroep") + 1 :]}


def test_a_link_that_cannot_be_copied_is_shown(chooser: ChooserPage, full: Answered) -> None:
    chooser.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    chooser.open(full)
    chooser.root.get_by_role("button", name="Kopieer link").click()
    expect(chooser.root.get_by_label("Kopieer deze link zelf")).to_have_value(chooser.page.url)


# --- clearing ---------------------------------------------------------------------------------------------

NO_NAVIGATION_API = "Object.defineProperty(window, 'navigation', { value: undefined })"


@pytest.fixture(params=["with the Navigation API", "without"])
def any_browser(request: pytest.FixtureRequest, chooser: ChooserPage) -> ChooserPage:
    """Both ways in which the history can be cleared."""
    if request.param == "without":
        chooser.page.add_init_script(NO_NAVIGATION_API)
    return chooser


def test_clearing_halfway_after_going_back(any_browser: ChooserPage, full: Answered) -> None:
    any_browser.walk(full)
    for _ in range(3):
        any_browser.page.go_back()
    any_browser.clear()
    no_answers_anywhere(any_browser)


def test_clearing_a_shared_link_and_changes(any_browser: ChooserPage, full: Answered) -> None:
    any_browser.open(full)
    any_browser.change("leeftijd")
    any_browser.answer(10)
    any_browser.follow_link("#voorbeelden")
    any_browser.follow_link(before(full, "schoolgroep"))
    expect(any_browser.heading).to_have_text(any_browser.guide.vragen["schoolgroep"].vraag)
    any_browser.clear()
    no_answers_anywhere(any_browser)


def test_clearing_after_a_reload_and_a_visit_elsewhere(any_browser: ChooserPage, full: Answered) -> None:
    any_browser.walk(full)
    any_browser.page.reload()
    any_browser.heading.wait_for()
    any_browser.root.locator("[data-intervention] h4 a").first.click()
    any_browser.page.wait_for_url("**/interventies/**")
    any_browser.page.go_back()
    any_browser.heading.wait_for()
    any_browser.clear()
    no_answers_anywhere(any_browser)


def test_clearing_twice(any_browser: ChooserPage, full: Answered) -> None:
    any_browser.walk(full)
    any_browser.clear()
    for name in list(full)[:3]:
        any_browser.answer(full[name])
    any_browser.clear()
    no_answers_anywhere(any_browser)


def test_clearing_reaches_what_was_answered_before_leaving_the_guide(chooser: ChooserPage, full: Answered) -> None:
    chooser.walk(full)
    chooser.root.locator("[data-intervention] h4 a").first.click()
    chooser.page.wait_for_url("**/interventies/**")
    chooser.page.goto(chooser.address)
    chooser.heading.wait_for()
    for name in list(full)[:3]:
        chooser.answer(full[name])
    chooser.clear()
    no_answers_anywhere(chooser)


# --- what it leaves alone ---------------------------------------------------------------------------------


def test_nothing_is_stored_and_nobody_is_told(
    chooser: ChooserPage, guide: Guide, full: Answered, site_url: str
) -> None:
    requests: list[Request] = []
    chooser.page.on("request", lambda request: requests.append(request))
    chooser.walk(full)
    chooser.root.get_by_role("button", name="Kopieer link").click()
    chooser.page.wait_for_timeout(100)
    assert chooser.page.context.cookies() == []
    stored = "[localStorage.length, sessionStorage.length, document.cookie, window.name]"
    assert chooser.page.evaluate(stored) == [0, 0, "", ""]
    assert chooser.page.evaluate("indexedDB.databases()") == []
    assert chooser.page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert requests
    for request in requests:
        assert request.url.startswith((site_url, "about:", "data:")), request.url
        assert "?" not in request.url
        assert request.method == "GET"
        assert request.post_data is None
    late = [request.url for request in requests if urlsplit(request.url).path.endswith((".json", ".mjs"))]
    assert len(late) == len(set(late)), "each file is fetched once"


@pytest.mark.parametrize("missing", ["data/keuzehulp/kind.json", "data/oordelen.json"])
def test_without_its_data_the_page_stays_a_guide_and_says_so(
    page: Page, site_url: str, guide: Guide, missing: str
) -> None:
    page.route(f"**/{missing}", lambda route: route.abort())
    page.goto(f"{site_url}keuzehulp/kind/#direct-gevaar=nee")
    expect(page.get_by_role("alert")).to_contain_text("De vragen laden niet")
    for node in (*guide.vragen, *guide.uitkomsten):
        expect(page.locator(f"section#{node}")).to_be_visible()


def test_data_that_makes_no_sense_leaves_the_page_a_guide(page: Page, site_url: str, guide: Guide) -> None:
    page.route("**/data/keuzehulp/kind.json", lambda route: route.fulfill(json={"toont_interventies": "ja"}))
    page.goto(f"{site_url}keuzehulp/kind/")
    expect(page.get_by_role("alert")).to_contain_text("De vragen laden niet")
    expect(page.locator(f"section#{guide.start}")).to_be_visible()


def test_the_guide_works_below_a_sub_path(page: Page, site: Path, guide: Guide, full: Answered) -> None:
    with served(site, "/hand/boek/") as address:
        chooser = ChooserPage(page, f"{address}keuzehulp/kind/", guide)
        chooser.open(full)
        link = chooser.root.locator("[data-intervention] h4 a").first
        assert str(link.evaluate("link => link.href")).startswith(f"{address}interventies/")
        chooser.clear()
        assert page.url == chooser.address


@pytest.mark.parametrize("address", ["keuzehulp/kind/", "trainen/toets/", "interventies/", "trainen/casussen/"])
def test_the_scripts_of_a_page_are_small(site: Path, address: str) -> None:
    """All but the search, which has a limit of its own (tests/browser/test_search.py)."""
    of_search = {"dutch", "engine", "handbook-index", "passage", "result", "search", "search-page", "shortcut"}
    html = (site / address / "index.html").read_text(encoding="utf-8")
    found = set(re.findall(r'<script[^>]* src="[^"]*scripts/([\w-]+\.\w+)"', html))
    queue = list(found)
    for name in queue:
        code = (site / "scripts" / name).read_text(encoding="utf-8")
        queue += [other for other in re.findall(r'from "\./([\w-]+\.mjs)"', code) if other not in queue]
    own = [name for name in queue if name.partition(".")[0] not in of_search]
    assert len(own) > 2
    total = sum(len(gzip.compress((site / "scripts" / name).read_bytes())) for name in own)
    assert total <= 20_000, f"{total} bytes of our own JavaScript, gzipped one by one"


def test_no_sentence_stands_in_a_script(site: Path) -> None:
    for path in (site / "scripts").glob("*.mjs"):
        code = re.sub(
            r"^\s*(//|\*|/\*\*).*$|\s//\s.*$|/\*\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        sentences = re.findall(r"[\"'`][A-Z][a-zé]+ [a-zé]+[^\"'`]*[\"'`]", code)
        assert sentences == [], path.name
