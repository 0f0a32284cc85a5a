"""What a choice is worth: everything, nothing, or an equal share; ticking all earns nothing."""

from fractions import Fraction
from itertools import chain, combinations

import pytest

from handbook.knowledge_base import KnowledgeBase
from handbook.model import CaseQuestion
from handbook.scoring import score, values


def question(several: str, **verdicts: str) -> CaseQuestion:
    """A question with these choices; what does not matter here is the same for all."""
    choices = {
        name: {"tekst": name, "oordeel": verdict.replace("_", "-"), "feedback": "Zo."}
        for name, verdict in verdicts.items()
    }
    return CaseQuestion.model_validate({"vraag": "Wat?", "soort": "stap", "meerkeuze": several, "keuzes": choices})


ONE = question("nee", goed="passend", ook="passend", laat="te_vroeg", blind="gemist", fel="overschat")
MORE = question("ja", a="passend", b="passend", c="passend", x="overschat", y="gemist")


@pytest.mark.parametrize(
    ("chosen", "fraction", "flaws"),
    [
        ("goed", 1, {}),
        ("ook", 1, {}),
        ("laat", 0, {"laat": "anders"}),
        ("blind", 0, {"blind": "gemist"}),
        ("fel", 0, {"fel": "overschat"}),
    ],
)
def test_one_choice_is_right_or_says_what_is_wrong(chosen: str, fraction: int, flaws: dict[str, str]) -> None:
    found = score(ONE, [chosen])
    assert found.fraction == fraction
    assert found.flaws == flaws
    assert found.is_right == (not flaws)


@pytest.mark.parametrize(
    ("chosen", "fraction", "flaws"),
    [
        ("abc", Fraction(1), {}),
        ("ab", Fraction(2, 3), {"c": "gemist"}),
        ("abcx", Fraction(1, 2), {"x": "overschat"}),
        ("ax", Fraction(0), {"b": "gemist", "c": "gemist", "x": "overschat"}),
        ("abcxy", Fraction(0), {"x": "overschat", "y": "gemist"}),
        ("", Fraction(0), {"a": "gemist", "b": "gemist", "c": "gemist"}),
    ],
)
def test_of_more_choices_missed_and_over_called_both_count(
    chosen: str, fraction: Fraction, flaws: dict[str, str]
) -> None:
    found = score(MORE, chosen)
    assert (found.fraction, found.flaws) == (fraction, flaws)


def test_points_are_whole_numbers_of_one_whole() -> None:
    assert {name: (value.points, value.whole) for name, value in values(MORE).items()} == {
        "a": (2, 6),
        "b": (2, 6),
        "c": (2, 6),
        "x": (-3, 6),
        "y": (-3, 6),
    }
    assert values(MORE)["a"].fraction == Fraction(1, 3)
    assert values(MORE)["x"].fraction == Fraction(-1, 2)


def test_choices_are_mixed_the_same_whatever_order_they_were_written_in() -> None:
    turned = MORE.model_copy(update={"keuzes": dict(reversed(MORE.keuzes.items()))})
    assert list(turned.choices) == list(MORE.choices) == list(values(MORE))
    assert set(MORE.choices) == set(MORE.keuzes)
    assert list(MORE.choices) != list(MORE.keuzes)


def test_every_question_of_the_handbook_can_be_answered_in_every_way(real_base: KnowledgeBase) -> None:
    """Each answer has a score, only the fitting answer earns everything, and every way of answering ends a case."""
    questions = [question for case in real_base.cases.values() for question in case.questions.values()]
    assert len(questions) >= 8
    for asked in questions:
        fitting = {name for name, choice in asked.keuzes.items() if choice.oordeel == "passend"}
        several = asked.meerkeuze == "ja"
        names = list(asked.keuzes)
        ways = chain.from_iterable(combinations(names, n) for n in range(1, len(names) + 1 if several else 2))
        for way in ways:
            found = score(asked, way)
            assert 0 <= found.fraction <= 1
            is_best = set(way) == fitting if several else set(way) <= fitting
            assert (found.fraction == 1) == is_best == found.is_right, (asked.vraag, way)
