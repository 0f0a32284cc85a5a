"""What a choice is worth, and what it misses or over-calls: the one rule for page, package and question bank.

In: a question of a case or of the assessment, and choices. Out: `Value` a choice, `Score` an answer. `pages` writes
the values into the page, where docs/scripts/score.mjs only adds them up; exports take them from here too.

One choice: a fitting one is worth everything, any other nothing. More choices: the fitting ones share the whole
equally, and each other choice takes away an equal share, so that ticking everything earns nothing. Whole numbers, so
that a browser and an export add up to exactly the same.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal, TypeAlias

from handbook.model import CaseQuestion

Flaw: TypeAlias = Literal["gemist", "overschat", "anders"]
"""What is wrong: something was not seen, more was made of it than it is, or the step does not fit otherwise."""


@dataclass(frozen=True)
class Value:
    """What one choice is worth: `points` out of `whole`, and what is wrong when it is chosen or left out."""

    points: int
    whole: int
    when_chosen: Flaw | None
    when_left: Flaw | None

    @property
    def fraction(self) -> Fraction:
        """The part of the question that this choice earns, or takes away."""
        return Fraction(self.points, self.whole)


@dataclass(frozen=True)
class Score:
    """How an answer came out; the choices that were flawed, by what is wrong with them."""

    fraction: Fraction
    flaws: dict[str, Flaw]

    @property
    def is_right(self) -> bool:
        """Tell whether nothing was missed, over-called or otherwise wrong."""
        return not self.flaws


def values(question: CaseQuestion) -> dict[str, Value]:
    """What each choice of a question is worth, in the order in which they are shown."""
    fitting = [name for name, choice in question.choices.items() if choice.oordeel == "passend"]
    others = len(question.keuzes) - len(fitting)
    several = question.meerkeuze == "ja"
    whole = lcm(len(fitting), others) if several else 1
    found = {}
    for name, choice in question.choices.items():
        if choice.oordeel == "passend":
            points = whole // len(fitting) if several else 1
            found[name] = Value(points, whole, None, "gemist" if several else None)
        else:
            flaw: Flaw = "anders"
            if choice.oordeel == "gemist":
                flaw = "gemist"
            elif choice.oordeel == "overschat":
                flaw = "overschat"
            found[name] = Value(-whole // others if several else 0, whole, flaw, None)
    return found


def score(question: CaseQuestion, chosen: Collection[str]) -> Score:
    """Weigh an answer: what it earns, never below nothing, and what is wrong with it."""
    worth = values(question)
    total = sum((worth[name].fraction for name in chosen), Fraction(0))
    flaws = {
        name: flaw
        for name, value in worth.items()
        if (flaw := value.when_chosen if name in chosen else value.when_left) is not None
    }
    return Score(max(Fraction(0), total), flaws)
