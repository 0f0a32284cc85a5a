"""Ways through a guide, computed from the guide itself: to every question and outcome, and one long one."""

from __future__ import annotations

from collections.abc import Mapping

from handbook import walk
from handbook.model import WEET_NIET, Facet, Guide
from handbook.walk import Given


def to_every_node(guide: Guide, facets: Mapping[str, Facet]) -> dict[str, dict[str, Given]]:
    """For each question and outcome one list of answers that ends there."""
    found: dict[str, dict[str, Given]] = {}
    for state in walk.StateSpace(guide, facets).states:
        found.setdefault(state.node, dict(state.answers))
    assert found.keys() == guide.vragen.keys() | guide.uitkomsten.keys()
    return found


def a_long_one(guide: Guide, facets: Mapping[str, Facet]) -> dict[str, Given]:
    """The answers of a worked example that asks most, with a number and a choice of several where the guide has them.

    "Weet ik niet" is in none of them: the tests change known answers into unknown ones.
    """

    def worth(answers: Mapping[str, Given]) -> tuple[int, int]:
        kinds = {type(given) for given in answers.values()}
        several = any(isinstance(given, tuple) and len(given) > 1 for given in answers.values())
        return len(answers), len(kinds) + several

    examples = [
        {name: tuple(given) if isinstance(given, list) else given for name, given in example.antwoorden.items()}
        for example in guide.voorbeelden.values()
    ]
    chosen = max((answers for answers in examples if WEET_NIET not in answers.values()), key=worth)
    return dict(walk.follow(guide, facets, chosen).steps)
