"""The bank of cases as a whole: enough of everything, both kinds of mistakes, no way to win by place or by ticking."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from handbook.checks.cases import FULL_BANK, MOST_CORE, TIMES_PRACTISED, practised_in
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Case
from handbook.pages.training import assessment_questions

LEAST_A_LEVEL = 3
ASSESSMENT = 20


@pytest.fixture(scope="module")
def cases(real_base: KnowledgeBase) -> dict[str, Case]:
    return dict(real_base.cases)


def test_bank_is_full(cases: dict[str, Case]) -> None:
    """From here on the build counts how often core signals and exceptions are practised."""
    assert len(cases) >= FULL_BANK


def test_every_level_age_profession_and_theme_is_there(real_base: KnowledgeBase, cases: dict[str, Case]) -> None:
    lists = real_base.vocabulary.lijsten
    levels = Counter(case.niveau for case in cases.values())
    assert {name: count for name, count in levels.items() if count >= LEAST_A_LEVEL}.keys() == lists["niveaus"].keys()
    assert {case.groep for case in cases.values()} == set(lists["leeftijdsgroepen"])
    assert {name for case in cases.values() for name in case.beroepen} == set(real_base.partners)
    assert {name for case in cases.values() for name in case.themas} == set(lists["lesthemas"])


def test_core_signals_and_exceptions_are_practised_often_enough(
    real_base: KnowledgeBase, cases: dict[str, Case]
) -> None:
    core = [name for name, signal in real_base.signals.signalen.items() if signal.kern == "ja"]
    assert 0 < len(core) <= MOST_CORE
    practised = practised_in(cases)
    assert [name for name in core if len(practised.get(name, ())) < TIMES_PRACTISED] == []
    exempt = Counter(case.uitzondering for case in cases.values() if case.uitzondering is not None)
    assert exempt.keys() == {"acuut-gevaar", "kind-vertelt"}
    assert min(exempt.values()) >= TIMES_PRACTISED


def test_sharing_is_tried_in_the_guide_about_sharing_and_each_route_says_about_what(cases: dict[str, Case]) -> None:
    """Whether the answers lead where the case says, `checks.cases` holds; here that a reader tells the routes apart."""
    for name, case in cases.items():
        for routes in (case.delen.routes, case.volgende_stap.routes):
            about = [route.waarover for route in routes]
            assert len(routes) == 1 or (None not in about and len(set(about)) == len(about)), name
        assert any(route.keuzehulp == "gegevens-delen" for route in case.delen.routes), name


def test_no_row_promises_more_than_the_guide_about_sharing(cases: dict[str, Case]) -> None:
    """A case says yes only where some route through the guide ends in a yes, for all of it or without a name."""
    allowed = {
        "delen-kan-onder-voorwaarden",
        "alleen-anoniem-overleggen",
        "alleen-dat-je-betrokken-bent",
        "meldcode-veilig-thuis",
        "direct-gevaar-nu",
    }
    for name, case in cases.items():
        outcomes = [route.uitkomst for route in case.delen.routes if route.keuzehulp == "gegevens-delen"]
        says_yes = any(row.mag == "ja" for row in case.delen.rijen)
        assert not says_yes or allowed & set(outcomes), name


def test_every_case_knows_both_mistakes_and_what_protects(cases: dict[str, Case]) -> None:
    for name, case in cases.items():
        verdicts = {choice.oordeel for question in case.questions.values() for choice in question.keuzes.values()}
        assert {"passend", "gemist", "overschat"} <= verdicts, name
        assert any(moment.beschermend for moment in case.momenten.values()), name
        assert case.delen.routes or case.delen.rijen, name


def test_every_signal_has_another_explanation_a_source_and_a_next_step(real_base: KnowledgeBase) -> None:
    for name, signal in real_base.signals.signalen.items():
        assert signal.kan_ook, name
        assert signal.bronnen, name
        assert signal.doe, name


def test_the_fitting_choice_has_no_place_of_its_own(cases: dict[str, Case]) -> None:
    questions = [q for case in cases.values() for q in case.questions.values() if q.meerkeuze == "nee"]
    places = Counter(
        next(place for place, choice in enumerate(question.choices.values()) if choice.oordeel == "passend")
        for question in questions
    )
    assert len(questions) > 40
    assert max(places.values()) < len(questions) / 2, places


@pytest.mark.parametrize("minutes", [45, 90, 180])
def test_the_minutes_of_a_lesson_follow_on_and_add_up(root: Path, minutes: int) -> None:
    text = (root / f"docs/trainen/les-{minutes}.md").read_text(encoding="utf-8")
    parts = [(int(start), int(end)) for start, end in re.findall(r"^\| (\d+)–(\d+) \|", text, re.MULTILINE)]
    assert parts[0][0] == 0
    assert parts[-1][1] == minutes
    assert all(before[1] == after[0] for before, after in pairwise(parts))
    assert all(start < end for start, end in parts)


def test_the_longest_choice_is_seldom_the_fitting_one(cases: dict[str, Case]) -> None:
    """Who ticks the longest choice earns no more than who guesses."""
    for name, case in cases.items():
        questions = [question for question in case.questions.values() if question.meerkeuze == "nee"]
        longest = [max(question.keuzes.values(), key=lambda choice: len(choice.tekst)) for question in questions]
        assert sum(choice.oordeel == "passend" for choice in longest) <= len(questions) / 2, name


def test_assessment_has_twenty_questions_and_a_mark_that_guessing_does_not_reach(real_base: KnowledgeBase) -> None:
    questions = [question for _, question, _ in assessment_questions(real_base)]
    assert len(questions) == ASSESSMENT
    by_chance = sum(
        1 / len(question.keuzes) for question in questions if question.meerkeuze == "nee"
    )  # a guess at more choices earns next to nothing
    assert by_chance < real_base.assessment.norm * 0.6
    assert real_base.assessment.norm >= ASSESSMENT * 0.6
