"""The bank of cases as a whole: enough of everything, both kinds of mistakes, no way to win by place or by ticking."""

from __future__ import annotations

from collections import Counter

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
    exempt = [case.uitzondering for case in cases.values() if case.uitzondering is not None]
    assert len(exempt) >= TIMES_PRACTISED
    assert set(exempt) == {"acuut-gevaar", "kind-vertelt"}


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


def test_assessment_has_twenty_questions_and_a_mark_that_guessing_does_not_reach(real_base: KnowledgeBase) -> None:
    questions = [question for _, question, _ in assessment_questions(real_base)]
    assert len(questions) == ASSESSMENT
    by_chance = sum(
        1 / len(question.keuzes) for question in questions if question.meerkeuze == "nee"
    )  # a guess at more choices earns next to nothing
    assert by_chance < real_base.assessment.norm * 0.6
    assert real_base.assessment.norm >= ASSESSMENT * 0.6
