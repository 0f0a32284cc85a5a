"""A case in the browser: by keyboard, with Back and Forward, without JavaScript, with a summary of the choices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.case_page import CasePage
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Case, CaseQuestion
from handbook.pages.training import assessment_questions
from handbook.scoring import score
from site_fixtures import ROOT

ID = "moe-op-maandag"
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def case(base: KnowledgeBase) -> Case:
    return base.cases[ID]


@pytest.fixture
def player(page: Page, site_url: str, case: Case) -> Iterator[CasePage]:
    """The case in a tab of its own; a script that fails, fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    yield CasePage(page, f"{site_url}trainen/casussen/{ID}/", case.questions)
    assert errors == []


def best(question: CaseQuestion) -> list[str]:
    fitting = [name for name, choice in question.choices.items() if choice.oordeel == "passend"]
    return fitting if question.meerkeuze == "ja" else fitting[:1]


def every_nth(question: CaseQuestion, n: int) -> list[str]:
    """The n-th way of answering a question, counting round."""
    names = list(question.keuzes)
    sizes = range(1, len(names) + 1) if question.meerkeuze == "ja" else [1]
    ways = [list(way) for size in sizes for way in combinations(names, size)]
    return ways[n % len(ways)]


def in_dutch(number: Fraction) -> str:
    return f"{round(float(number), 2):g}".replace(".", ",")


def signals_or_text(base: KnowledgeBase, question: CaseQuestion, name: str) -> list[str]:
    choice = question.keuzes[name]
    return [base.signals.signalen[signal].tekst.removesuffix(".") for signal in choice.signalen] or [choice.tekst]


# --- playing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", range(15))
def test_every_way_of_answering_ends_in_a_summary_that_equals_the_choices(
    player: CasePage, case: Case, base: KnowledgeBase, n: int
) -> None:
    answers = {name: every_nth(question, n) for name, question in case.questions.items()}
    player.play(answers)
    expect(player.heading).to_have_text("Je overzicht")
    results = {name: score(question, answers[name]) for name, question in case.questions.items()}
    total = sum((result.fraction for result in results.values()), Fraction(0))
    expect(player.root.locator('[data-slot="score"]')).to_have_text(f"{in_dutch(total)} van de {len(results)} punten.")
    for slot, flaw in (("missed-list", "gemist"), ("overcalled-list", "overschat"), ("other-list", "anders")):
        expected = [
            text
            for question_id, result in results.items()
            for name, found in result.flaws.items()
            if found == flaw
            for text in signals_or_text(base, case.questions[question_id], name)
        ]
        assert player.items(slot) == list(dict.fromkeys(expected)), slot
    rows = player.root.locator(".ve-answers > div")
    for index, (question_id, question) in enumerate(case.questions.items()):
        given = "; ".join(question.keuzes[name].tekst for name in question.choices if name in answers[question_id])
        expect(rows.nth(index).locator("dt")).to_have_text(question.vraag)
        expect(rows.nth(index).locator("dd").first).to_have_text(given)


def test_every_case_can_be_finished_whatever_is_chosen(page: Page, site_url: str, base: KnowledgeBase) -> None:
    for name, case in base.cases.items():
        player = CasePage(page, f"{site_url}trainen/casussen/{name}/", case.questions)
        player.play({question_id: every_nth(question, 1) for question_id, question in case.questions.items()})
        for n in range(15):
            answers = {question_id: every_nth(question, n) for question_id, question in case.questions.items()}
            parts = [f"{question_id}={'+'.join(chosen)}" for question_id, chosen in answers.items()]
            page.evaluate("hash => { location.hash = hash }", "&".join(parts))
            total = sum((score(case.questions[key], chosen).fraction for key, chosen in answers.items()), Fraction(0))
            expect(player.heading).to_have_text("Je overzicht")
            expect(player.root.locator('[data-slot="score"]')).to_have_text(
                f"{in_dutch(total)} van de {len(answers)} punten."
            )


def test_the_best_answers_miss_nothing_and_the_weighing_is_shown_only_then(player: CasePage, case: Case) -> None:
    player.open()
    expect(player.page.locator("#afweging")).to_be_hidden()
    player.play({name: best(question) for name, question in case.questions.items()})
    count = len(case.questions)
    expect(player.root.locator('[data-slot="score"]')).to_have_text(f"{count} van de {count} punten.")
    expect(player.root).to_contain_text("Je miste niets en woog niets te zwaar.")
    expect(player.root.locator('[data-slot="missed"], [data-slot="overcalled"], [data-slot="read"]')).to_have_count(0)
    expect(player.page.locator("#afweging")).to_be_visible()


@pytest.mark.parametrize("index", range(8))
def test_feedback_is_that_of_the_choice_and_of_what_was_left(player: CasePage, case: Case, index: int) -> None:
    names = list(case.questions)
    question = case.questions[names[index]]
    before = "&".join(f"{name}={'+'.join(best(case.questions[name]))}" for name in names[:index])
    worst = [name for name, choice in question.keuzes.items() if choice.oordeel != "passend"][:1]
    player.open(f"#{before}" if before else "")
    expect(player.root.locator(".ve-progress")).to_have_text(f"Vraag {index + 1} van {len(names)}")
    player.answer(worst)
    expect(player.heading).to_be_focused()
    shown = player.root.locator('[data-slot="chosen"]')
    expect(shown).to_contain_text(question.keuzes[worst[0]].feedback)
    tip = question.keuzes[worst[0]].lees
    assert tip is not None
    expect(shown.get_by_role("link", name=tip.tekst)).to_be_visible()
    left = [choice for name, choice in question.keuzes.items() if name in best(question)]
    for choice in left if question.meerkeuze == "ja" else []:
        expect(shown).to_contain_text(choice.feedback)
    others = player.root.locator('details[data-slot="more"]')
    for name, choice in question.keuzes.items():
        where = shown if name in worst or (question.meerkeuze == "ja" and choice in left) else others
        expect(where).to_contain_text(choice.feedback)
    expect(player.root.get_by_role("status")).to_contain_text("Deze vraag:")


def test_nothing_chosen_is_an_error_at_the_field(player: CasePage) -> None:
    player.open()
    player.answer([])
    expect(player.root.locator(".ve-errors")).to_be_focused()
    player.root.locator(".ve-errors a").click()
    expect(player.root.locator("input").first).to_be_focused()
    assert player.fragment == ""


def test_the_whole_case_by_keyboard(player: CasePage, case: Case) -> None:
    player.open()
    keyboard = player.page.keyboard
    player.root.locator("input").first.focus()
    for question in case.questions.values():
        if question.meerkeuze == "nee" or not player.root.locator("input:focus").count():
            press_until(player, "input")
        keyboard.press("Space")
        press_until(player, 'button[type="submit"]')
        keyboard.press("Enter")
        expect(player.heading).to_be_focused()
        press_until(player, '[data-slot="next"]')
        keyboard.press("Enter")
        expect(player.heading).to_be_focused()
    expect(player.heading).to_have_text("Je overzicht")


def press_until(player: CasePage, selector: str) -> None:
    for _ in range(30):
        if player.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        player.page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by keyboard")


# --- history and address ----------------------------------------------------------------------------------


def test_back_and_forward_go_through_questions_and_feedback(player: CasePage, case: Case) -> None:
    first, second = list(case.questions)[:2]
    player.open()
    player.answer(best(case.questions[first]))
    player.go_on()
    player.answer(best(case.questions[second]))
    seen = [player.heading.inner_text()]
    for _ in range(3):
        player.page.go_back()
        seen.append(player.heading.inner_text())
    moment = next(iter(case.momenten.values())).titel
    assert seen == ["Feedback bij vraag 2", moment, "Feedback bij vraag 1", moment]
    assert player.fragment == ""
    for _ in range(3):
        player.page.go_forward()
    expect(player.heading).to_have_text("Feedback bij vraag 2")
    expect(player.heading).to_be_focused()


def test_a_link_opens_at_the_next_question_and_names_what_it_cannot_use(player: CasePage, case: Case) -> None:
    first = next(iter(case.questions))
    good = f"#{first}={'+'.join(best(case.questions[first]))}"
    player.open(good)
    expect(player.root.locator(".ve-progress")).to_have_text(re.compile("^Vraag 2 "))
    expect(player.root.get_by_role("alert")).to_have_count(0)
    for bad in ("&weg=1", "&eerste-stap=constructor", "&eerste-stap=weet-niet", "&__proto__=1"):
        player.open(good + bad)
        expect(player.root.get_by_role("alert")).to_contain_text("Deze link klopt niet helemaal")
        expect(player.root.locator(".ve-progress")).to_have_text(re.compile("^Vraag 2 "))


def test_an_anchor_shows_its_place_and_keeps_the_choices(player: CasePage, case: Case) -> None:
    first = next(iter(case.questions))
    player.open(f"#{first}={'+'.join(best(case.questions[first]))}")
    player.page.evaluate("location.hash = 'volgende-stap'")
    expect(player.page.locator("#volgende-stap")).to_be_in_viewport()
    assert player.fragment.startswith(f"#{first}=")


def test_clearing_leaves_no_choice_in_this_tab_and_nothing_is_stored(player: CasePage, case: Case) -> None:
    asked: list[str] = []
    player.open()
    player.page.on("request", lambda request: asked.append(request.url))
    player.play({name: best(question) for name, question in case.questions.items()})
    asked = [url for url in asked if not url.startswith(player.address.rsplit("trainen/", 1)[0])]
    assert asked == []
    kept = player.page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " document.cookie]"
    )
    assert kept == [0, 0, 0, ""]
    player.root.get_by_role("button", name="Wissen").click()
    player.page.get_by_text("Je antwoorden zijn gewist.").wait_for()
    assert player.page.url == player.address
    expect(player.root.locator(".ve-progress")).to_have_text(re.compile("^Vraag 1 "))
    player.page.go_back()
    assert "=" not in player.page.url


# --- the page itself --------------------------------------------------------------------------------------


def test_without_javascript_all_is_there(browser: Browser, site_url: str, case: Case) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{site_url}trainen/casussen/{ID}/")
    for moment in case.momenten.values():
        for text in moment.wat_je_ziet:
            expect(page.get_by_text(" ".join(text.split()), exact=True)).to_be_visible()
        for name, question in moment.vragen.items():
            expect(page.locator(f"#vraag-{name}")).to_be_visible()
            for choice in question.keuzes.values():
                folded = page.locator("details.ve-choice", has=page.get_by_text(choice.tekst, exact=True)).first
                folded.locator("summary").click()
                expect(folded.get_by_text(choice.feedback)).to_be_visible()
    expect(page.locator("#afweging")).to_be_visible()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360, 320])
def test_no_state_has_a_fault_or_scrolls_sideways(
    browser: Browser, site_url: str, case: Case, width: int, theme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if theme == "dark" else "light"
    )
    player = CasePage(context.new_page(), f"{site_url}trainen/casussen/{ID}/", case.questions).open()
    found: dict[str, object] = {}

    def look(state: str) -> None:
        player.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        if not player.page.evaluate("'axe' in window"):
            player.page.evaluate(AXE)
        found[state] = player.page.evaluate(
            "async tags => (await axe.run(document, { runOnly: tags })).violations.map("
            "fault => [fault.id, fault.nodes.map(node => node.html.slice(0, 120))])",
            TAGS,
        )
        assert player.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{state} scrolls sideways"

    for name, question in case.questions.items():
        look(name)
        player.answer([])
        look(f"{name}: error")
        player.answer(every_nth(question, 1))
        look(f"{name}: feedback")
        player.go_on()
    look("summary")
    player.root.get_by_role("button", name="Toon alles op deze pagina").click()
    look("all")
    context.close()
    assert not {state: faults for state, faults in found.items() if faults}


def test_the_page_can_be_shown_and_hidden_whole(player: CasePage, case: Case) -> None:
    player.open()
    last = list(case.questions)[-1]
    expect(player.page.locator(f"#vraag-{last}")).to_be_hidden()
    button = player.root.get_by_role("button", name="Toon alles op deze pagina")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(player.page.locator(f"#vraag-{last}")).to_be_visible()
    player.root.get_by_role("button", name="Verberg de vragen en antwoorden").click()
    expect(player.page.locator(f"#vraag-{last}")).to_be_hidden()


# --- the assessment ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("right", ["all", "at the norm", "one below", "none"])
def test_assessment_says_whether_the_mark_is_reached(
    page: Page, site_url: str, base: KnowledgeBase, right: str
) -> None:
    questions = {name: question for name, question, _ in assessment_questions(base)}
    norm = base.assessment.norm
    count = {"all": len(questions), "at the norm": norm, "one below": norm - 1, "none": 0}[right]
    answers: dict[str, Sequence[str]] = {}
    for index, (name, question) in enumerate(questions.items()):
        wrong = [key for key, choice in question.keuzes.items() if choice.oordeel != "passend"]
        answers[name] = best(question) if index < count else wrong
        if question.meerkeuze == "nee" and index >= count:
            answers[name] = wrong[:1]
    player = CasePage(page, f"{site_url}trainen/toets/", questions)
    player.play(answers)
    expect(player.root.locator('[data-slot="score"]')).to_have_text(f"{count} van de {len(questions)} punten.")
    expect(player.root.locator('[data-slot="passed"]')).to_have_text(
        re.compile("^Geslaagd" if count >= norm else "^Nog niet geslaagd")
    )


def test_scores_in_the_browser_are_those_of_python(page: Page, site_url: str, base: KnowledgeBase) -> None:
    """Every way of answering every question of every case, with the values as they stand in the page."""
    for name, case in base.cases.items():
        page.goto(f"{site_url}trainen/casussen/{name}/")
        asked = {
            question_id: [list(way) for size in range(len(question.keuzes) + 1)
                          for way in combinations(question.keuzes, size)]
            for question_id, question in case.questions.items()
        }  # fmt: skip
        found = page.evaluate(
            """async ({ base, asked }) => {
              const { score } = await import(base + "scripts/score.mjs")
              return Object.fromEntries(Object.entries(asked).map(([id, ways]) => {
                const section = document.querySelector(`[data-question="${id}"]`)
                const choices = new Map([...section.querySelectorAll("[data-choice]")].map(({ dataset }) =>
                  [dataset.choice, { points: Number(dataset.points), chosen: dataset.chosen, left: dataset.left }]))
                const question = { id, whole: Number(section.dataset.whole), choices }
                return [id, ways.map(way => {
                  const { earned, flaws } = score(question, way)
                  return [earned, Object.fromEntries(flaws)]
                })]
              }))
            }""",
            {"base": site_url, "asked": asked},
        )
        for question_id, question in case.questions.items():
            for way, (earned, flaws) in zip(asked[question_id], found[question_id], strict=True):
                result = score(question, way)
                assert earned == pytest.approx(float(result.fraction)), (name, question_id, way)
                assert flaws == result.flaws
