"""The SCORM packages in a real browser, framed by a page with an independent run-time (scorm-again) as its API."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from handbook import exchange
from handbook.exchange.items import Exercise, Item, exercises
from handbook.knowledge_base import KnowledgeBase
from handbook.model import CaseQuestion
from handbook.scoring import score
from site_fixtures import ROOT, served

SCORM_AGAIN = ROOT / "node_modules/scorm-again/dist/scorm12.min.js"
AXE = ROOT / "node_modules/axe-core/axe.min.js"

Choose = Callable[[Item], list[str]]
"""Which letters are chosen at a question."""


def right(item: Item) -> list[str]:
    letters = [option.letter for option in item.fitting]
    return letters if item.several else letters[:1]


def wrong(item: Item) -> list[str]:
    letters = [option.letter for option in item.options if not option.is_fitting]
    return letters if item.several else letters[-1:]


def mixed(item: Item) -> list[str]:
    """Partly right: one that fits, and every other time one that does not."""
    if not item.several:
        return right(item) if item.number % 2 else wrong(item)
    return sorted([*right(item)[:1], *(wrong(item)[:1] if item.number % 2 else [])])


@pytest.fixture(scope="session")
def lms_folder(tmp_path_factory: pytest.TempPathFactory, real_base: KnowledgeBase) -> Path:
    """The page of the environment, the run-time, and every package unpacked."""
    folder = tmp_path_factory.mktemp("lms")
    shutil.copy(ROOT / "tests/browser/lms.html", folder)
    shutil.copy(SCORM_AGAIN, folder / "scorm12.js")
    for file in exchange.downloads(real_base):
        if file.format == "scorm":
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                archive.extractall(folder / file.of)
    return folder


@pytest.fixture(scope="session")
def lms_url(lms_folder: Path) -> Iterator[str]:
    with served(lms_folder) as address:
        yield address


@pytest.fixture(scope="session")
def every(real_base: KnowledgeBase) -> dict[str, Exercise]:
    return {exercise.id: exercise for exercise in exercises(real_base, "")}


@pytest.fixture(scope="session")
def asked(real_base: KnowledgeBase) -> dict[tuple[str, str], CaseQuestion]:
    """Every question by (exercise, id), from the records."""
    base = real_base
    found = {(name, key): item for name, case in base.cases.items() for key, item in case.questions.items()}
    found |= {("toets", key): item for key, item in base.assessment.vragen.items()}
    for key, part in base.assessment.uit_casussen.items():
        found["toets", key] = base.cases[part.casus].questions[part.vraag]
    return found


@dataclass
class Visit:
    """One participant in one exercise."""

    page: Page
    exercise: Exercise
    errors: list[str] = field(default_factory=list)

    @property
    def sco(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def open(self, address: str) -> Visit:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{address}lms.html")
        self.page.evaluate("page => open_(page)", f"{self.exercise.id}/{self.exercise.id}.html")
        expect(self.sco.locator(".ve-report")).to_be_visible()
        return self

    def answer(self, item: Item, letters: list[str]) -> None:
        expect(self.sco.get_by_role("heading", name=f"Vraag {item.number}", exact=True)).to_be_visible()
        for option in item.options:
            if option.letter in letters:
                self.sco.locator(f"#ve-choice-{option.id}").check()
        self.sco.get_by_role("button", name="Bekijk de feedback").click()
        expect(self.sco.get_by_role("heading", name=f"Feedback bij vraag {item.number}")).to_be_focused()

    def next(self) -> None:
        self.sco.locator("[data-slot=next]").click()

    def play(self, choose: Choose, upto: int | None = None) -> None:
        for item in self.exercise.items[:upto]:
            self.answer(item, choose(item))
            self.next()

    def close(self) -> dict[str, Any]:
        """Leave; what the environment holds then."""
        self.page.evaluate("close_()")
        assert self.page.evaluate("finished") == 1
        assert self.page.evaluate("refused") == []
        assert self.page.evaluate("longest") <= 4096
        assert self.errors == []
        return self.cmi()

    def cmi(self) -> dict[str, Any]:
        found = self.page.evaluate("() => JSON.parse(JSON.stringify(API.renderCMIToJSONObject())).cmi ?? null")
        assert isinstance(found, dict)
        return found


def interactions(cmi: dict[str, Any]) -> list[dict[str, Any]]:
    found = cmi["interactions"]
    return list(found.values()) if isinstance(found, dict) else found


def patterns(interaction: dict[str, Any]) -> list[str]:
    found = interaction["correct_responses"]
    return [item["pattern"] for item in (found.values() if isinstance(found, dict) else found)]


def check_told(
    cmi: dict[str, Any], exercise: Exercise, asked: dict[tuple[str, str], CaseQuestion], choose: Choose, upto: int
) -> float:
    """One interaction a question, equal to the choices made; returns the points earned."""
    told = interactions(cmi)
    assert [item["id"] for item in told] == [f"{exercise.id}.{item.id}" for item in exercise.items[:upto]]
    points = 0.0
    for found, item in zip(told, exercise.items, strict=False):
        question = asked[exercise.id, item.id]
        keys = list(question.choices)
        chosen = choose(item)
        outcome = score(question, [keys["abcdefgh".index(letter)] for letter in chosen])
        points += float(outcome.fraction)
        assert found["type"] == "choice"
        assert found["student_response"] == ",".join(chosen)
        fits = ["abcdefgh"[n] for n, choice in enumerate(question.choices.values()) if choice.oordeel == "passend"]
        assert patterns(found) == ([",".join(fits)] if question.meerkeuze == "ja" else fits)
        assert re.fullmatch(r"\d\d:\d\d:\d\d", found["time"])
        if outcome.is_right:
            assert found["result"] == "correct"
        elif outcome.fraction == 0:
            assert found["result"] == "wrong"
        else:
            assert float(found["result"]) == pytest.approx(float(outcome.fraction), abs=0.006)
    return points


@pytest.mark.parametrize("choose", [right, mixed, wrong])
def test_status_score_and_answers_arrive(
    context: BrowserContext,
    lms_url: str,
    every: dict[str, Exercise],
    asked: dict[tuple[str, str], CaseQuestion],
    choose: Choose,
) -> None:
    first = next(iter(every))
    for name in every if choose is mixed else (first, "toets"):
        exercise = every[name]
        visit = Visit(context.new_page(), exercise).open(lms_url)
        visit.play(choose)
        expect(visit.sco.get_by_role("heading", name="Je overzicht")).to_be_focused()
        cmi = visit.close()
        number = len(exercise.items)
        points = check_told(cmi, exercise, asked, choose, number)
        core = cmi["core"]
        assert float(core["score"]["raw"]) == pytest.approx(100 * points / number, abs=0.51 / number + 0.01)
        assert (float(core["score"]["min"]), float(core["score"]["max"])) == (0, 100)
        if exercise.pass_mark is None:
            assert core["lesson_status"] == "completed"
        else:
            assert core["lesson_status"] == ("passed" if points >= exercise.pass_mark else "failed")
        assert core["exit"] == ""
        if choose is right:
            assert float(core["score"]["raw"]) == 100
        if choose is wrong:
            assert float(core["score"]["raw"]) == 0
        visit.page.close()


@pytest.mark.parametrize("forgets", [False, True], ids=["keeps-interactions", "forgets-interactions"])
def test_participant_goes_on_where_they_were(
    context: BrowserContext,
    lms_url: str,
    every: dict[str, Exercise],
    asked: dict[tuple[str, str], CaseQuestion],
    *,
    forgets: bool,
) -> None:
    exercise = next(iter(every.values()))
    visit = Visit(context.new_page(), exercise).open(lms_url)
    visit.play(mixed, 3)
    left = visit.close()
    assert left["core"]["lesson_status"] == "incomplete"
    assert left["core"]["exit"] == "suspend"
    assert left["core"]["score"]["raw"] == ""
    assert check_told(left, exercise, asked, mixed, 3) > 0
    kept = {"core": {"lesson_status": "incomplete"}, "suspend_data": left["suspend_data"]}
    if not forgets:
        kept["interactions"] = left["interactions"]
    later = Visit(context.new_page(), exercise)
    later.page.add_init_script(f"window.kept = {json.dumps(kept)}")
    later.open(lms_url)
    expect(later.sco.get_by_text("Je gaat verder waar je was gebleven.")).to_be_visible()
    for item in exercise.items[3:]:
        later.answer(item, mixed(item))
        later.next()
    cmi = later.close()
    points = check_told(cmi, exercise, asked, mixed, len(exercise.items))
    assert cmi["core"]["lesson_status"] == "completed"
    assert float(cmi["core"]["score"]["raw"]) == pytest.approx(100 * points / len(exercise.items), abs=0.1)


def test_answers_to_other_questions_are_not_taken_up(
    context: BrowserContext, lms_url: str, every: dict[str, Exercise]
) -> None:
    exercise = next(iter(every.values()))
    visit = Visit(context.new_page(), exercise)
    kept = {"core": {"lesson_status": "incomplete"}, "suspend_data": "00000000:ab.b"}
    visit.page.add_init_script(f"window.kept = {json.dumps(kept)}")
    visit.open(lms_url)
    expect(visit.sco.get_by_text("Deze oefening is veranderd")).to_be_visible()
    visit.answer(exercise.items[0], right(exercise.items[0]))
    assert visit.close()["suspend_data"].startswith(f"{exercise.stamp}:")


def test_who_begins_again_keeps_status_and_score_until_the_end(
    context: BrowserContext, lms_url: str, every: dict[str, Exercise], asked: dict[tuple[str, str], CaseQuestion]
) -> None:
    exercise = next(iter(every.values()))
    visit = Visit(context.new_page(), exercise).open(lms_url)
    visit.play(right)
    visit.sco.get_by_role("button", name="Begin opnieuw").click()
    expect(visit.sco.get_by_role("heading", name="Vraag 1", exact=True)).to_be_focused()
    visit.play(wrong, 1)
    assert visit.cmi()["core"]["lesson_status"] == "completed"
    assert float(visit.cmi()["core"]["score"]["raw"]) == 100
    for item in exercise.items[1:]:
        visit.answer(item, wrong(item))
        visit.next()
    cmi = visit.close()
    assert check_told(cmi, exercise, asked, wrong, len(exercise.items)) == 0
    assert float(cmi["core"]["score"]["raw"]) == 0


def test_feedback_says_what_was_chosen_and_missed(
    context: BrowserContext, lms_url: str, every: dict[str, Exercise]
) -> None:
    exercise = next(iter(every.values()))
    item = next(item for item in exercise.items if item.several and len(item.fitting) > 1)
    visit = Visit(context.new_page(), exercise).open(lms_url)
    visit.play(right, item.number - 1)
    chosen, missed = item.fitting[:1], item.fitting[1:]
    visit.answer(item, [chosen[0].letter])
    view = visit.sco.locator("[data-slot=chosen]")
    expect(view.locator(".ve-reply")).to_have_count(len(item.fitting))
    expect(view).to_contain_text(f"Je koos: {chosen[0].text}")
    expect(view).to_contain_text(chosen[0].feedback)
    if chosen[0].signals:
        expect(view).to_contain_text(f"Gaat over: {chosen[0].signals[0]}")
    for option in missed:
        expect(view).to_contain_text(f"Je koos niet: {option.text}")
    visit.close()


def test_overview_lists_what_was_missed_and_over_called_and_what_to_read(
    context: BrowserContext, lms_url: str, every: dict[str, Exercise], asked: dict[tuple[str, str], CaseQuestion]
) -> None:
    exercise = next(iter(every.values()))
    visit = Visit(context.new_page(), exercise).open(lms_url)
    visit.play(mixed)
    found: dict[str, set[str]] = {"missed": set(), "overcalled": set(), "other": set(), "read": set()}
    part_of = {"gemist": "missed", "overschat": "overcalled", "anders": "other"}
    for item in exercise.items:
        options = {option.id: option for option in item.options}
        chosen = [option.id for option in item.options if option.letter in mixed(item)]
        for name, flaw in score(asked[exercise.id, item.id], chosen).flaws.items():
            found[part_of[flaw]] |= set(options[name].signals or [options[name].text])
            reading = options[name].reading
            if reading is not None:
                found["read"].add(f"Lees in het handboek: {reading.text} (pagina {reading.page})")
    assert found["missed"]
    assert found["read"]
    for part, expected in found.items():
        shown = visit.sco.locator(f"[data-slot={part}-list] li").all_inner_texts()
        assert sorted(shown) == sorted(expected), part
    visit.close()


def test_question_shows_its_moment_and_what_was_seen_before(
    context: BrowserContext, lms_url: str, every: dict[str, Exercise]
) -> None:
    exercise = next(iter(every.values()))
    visit = Visit(context.new_page(), exercise).open(lms_url)
    for item in exercise.items:
        seen = visit.sco.locator("[data-slot=seen]")
        new, old = item.scenes[len(item.scenes) - item.new :], item.scenes[: len(item.scenes) - item.new]
        for scene in new:
            expect(seen).to_contain_text(scene.lines[-1])
        expect(seen.locator(".ve-scene")).to_have_count(len(new))
        expect(visit.sco.locator("[data-slot=earlier-list] .ve-scene")).to_have_count(len(old))
        visit.answer(item, right(item))
        visit.next()
    expect(visit.sco.get_by_role("heading", name="De afweging")).to_be_visible()
    visit.close()


def test_without_a_learning_environment_it_plays_and_says_so(
    page: Page, lms_url: str, every: dict[str, Exercise]
) -> None:
    exercise = next(iter(every.values()))
    errors: list[str] = []
    hosts: set[str] = set()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: hosts.add(re.sub(r"(?<=\w)/.*", "/", request.url)))
    page.goto(f"{lms_url}{exercise.id}/{exercise.id}.html")
    expect(page.get_by_text("Er is geen leeromgeving gevonden.")).to_be_visible()
    for item in exercise.items:
        for letter in right(item):
            page.locator(f"#ve-choice-{item.options['abcdefgh'.index(letter)].id}").check()
        page.get_by_role("button", name="Bekijk de feedback").click()
        page.locator("[data-slot=next]").click()
    number = len(exercise.items)
    expect(page.get_by_text(f"{number} van de {number} punten.")).to_be_visible()
    assert errors == []
    assert hosts == {lms_url}
    assert page.evaluate("document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)") == ""


def test_environment_that_refuses_is_told_of(context: BrowserContext, lms_url: str, every: dict[str, Exercise]) -> None:
    exercise = next(iter(every.values()))
    visit = Visit(context.new_page(), exercise).open(lms_url)
    visit.page.evaluate("API.LMSCommit = () => 'false'")
    item = exercise.items[0]
    visit.answer(item, right(item))
    expect(visit.sco.get_by_text("Je leeromgeving nam niet alles aan.")).to_be_visible()


def test_environment_that_does_not_begin_is_told_of_and_left_alone(
    page: Page, lms_url: str, every: dict[str, Exercise]
) -> None:
    exercise = next(iter(every.values()))
    page.goto(f"{lms_url}lms.html")
    page.evaluate("API.LMSInitialize = () => 'false'")
    page.evaluate("page => open_(page)", f"{exercise.id}/{exercise.id}.html")
    expect(page.frame_locator("iframe").get_by_text("Je leeromgeving nam niet alles aan.")).to_be_visible()
    page.evaluate("close_()")
    assert page.evaluate("[refused, finished]") == [[], 0]


def test_api_is_found_in_the_window_that_opened_this_one(
    context: BrowserContext, lms_url: str, every: dict[str, Exercise]
) -> None:
    exercise = next(iter(every.values()))
    page = context.new_page()
    page.goto(f"{lms_url}lms.html")
    with page.expect_popup() as opened:
        page.evaluate("page => { window.open(page) }", f"{exercise.id}/{exercise.id}.html")
    expect(opened.value.get_by_text("Je leeromgeving krijgt je antwoorden")).to_be_visible()
    assert page.evaluate("API.LMSGetValue('cmi.core.lesson_status')") == "incomplete"
    opened.value.close(run_before_unload=True)


def test_package_of_all_cases_opens_each_of_them(page: Page, lms_url: str, real_base: KnowledgeBase) -> None:
    for name, case in real_base.cases.items():
        page.goto(f"{lms_url}{exchange.EVERYTHING}/{name}.html")
        expect(page.get_by_role("heading", level=1, name=case.titel)).to_be_visible()
        expect(page.get_by_role("heading", name="Vraag 1", exact=True)).to_be_visible()


def test_keyboard_alone_plays_a_question(context: BrowserContext, lms_url: str, every: dict[str, Exercise]) -> None:
    exercise = next(iter(every.values()))
    visit = Visit(context.new_page(), exercise).open(lms_url)
    page = visit.page
    visit.sco.get_by_role("button", name="Bekijk de feedback").focus()
    page.keyboard.press("Enter")
    errors = visit.sco.get_by_role("alert")
    expect(errors).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    first = exercise.items[0].options[0]
    expect(visit.sco.locator(f"#ve-choice-{first.id}")).to_be_focused()
    page.keyboard.press("Space")
    for _ in range(len(exercise.items[0].options) if exercise.items[0].several else 1):
        page.keyboard.press("Tab")
    expect(visit.sco.get_by_role("button", name="Bekijk de feedback")).to_be_focused()
    page.keyboard.press("Enter")
    expect(visit.sco.get_by_role("heading", name="Feedback bij vraag 1")).to_be_focused()
    expect(visit.sco.locator("[role=status][data-slot=status]")).to_have_text(re.compile("Deze vraag: "))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, lms_url: str, every: dict[str, Exercise], scheme: Any) -> None:
    exercise = next(iter(every.values()))
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{lms_url}{exercise.id}/{exercise.id}.html")
    page.add_script_tag(path=AXE)

    def faults() -> list[str]:
        found = page.evaluate("axe.run()")["violations"]
        return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found]

    assert faults() == []
    item = exercise.items[0]
    page.locator(f"#ve-choice-{item.options[-1].id}").check()
    page.get_by_role("button", name="Bekijk de feedback").click()
    assert faults() == []
    for later in exercise.items[1:]:
        page.locator("[data-slot=next]").click()
        page.locator(f"#ve-choice-{later.options[-1].id}").check()
        page.get_by_role("button", name="Bekijk de feedback").click()
    page.locator("[data-slot=next]").click()
    assert faults() == []


def test_nothing_sticks_out_at_320_px(page: Page, lms_url: str, every: dict[str, Exercise]) -> None:
    exercise = next(iter(every.values()))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{lms_url}{exercise.id}/{exercise.id}.html")
    for item in exercise.items:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.locator(f"#ve-choice-{item.options[0].id}").check()
        page.get_by_role("button", name="Bekijk de feedback").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.locator("[data-slot=next]").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_everything_can_be_read(browser: Any, lms_url: str, every: dict[str, Exercise]) -> None:
    exercise = next(iter(every.values()))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{lms_url}{exercise.id}/{exercise.id}.html")
    for item in exercise.items:
        expect(page.get_by_role("heading", name=item.question)).to_be_visible()
    page.locator("summary").first.click()
    expect(page.get_by_text(exercise.items[0].options[0].feedback)).to_be_visible()
    context.close()
