"""Thirty situations of danger, walked through the guides: the right number and the right next step, and no waiting.

In: tests/content/situaties.yaml, written before the guides were changed for it. Search is tried elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Outcome, Statement, Unknown
from handbook.walk import follow

SITUATIONS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "situaties.yaml").read_text(encoding="utf-8")
)["situaties"]
WAYS = [
    pytest.param(situation, way, id=f"{name}-{number}")
    for name, situation in SITUATIONS.items()
    for number, way in enumerate(situation.get("wegen", ()), 1)
]
WAITING = {
    "alleen-anoniem-overleggen",
    "blijf-volgen",
    "eerst-signaleren",
    "eerst-toestemming-of-vertellen",
    "nog-geen-interventie",
    "verken-eerst",
}
"""Outcomes that ask for patience; a situation of danger never ends in one of these."""


def said(statement: Statement) -> Iterator[str]:
    """What a reader is told, without where it was read."""
    if isinstance(statement, Claim):
        yield statement.tekst
    elif isinstance(statement, Unknown):
        yield statement.onbekend
    else:
        yield statement.onderwerp
        yield from (claim.tekst for claim in statement.lezingen)
        yield from [statement.advies.tekst] if statement.advies else []


def texts(outcome: Outcome) -> list[str]:
    statements = [*outcome.advies, *outcome.vervolgstappen]
    spoken: list[str] = []
    if outcome.delen is not None:
        statements += [*outcome.delen.vertel, *outcome.delen.minste, *outcome.delen.leg_vast]
        spoken += outcome.delen.zeg_het_zo
    return [outcome.titel, outcome.kort, *spoken, *(text for statement in statements for text in said(statement))]


def first_read(outcome: Outcome) -> str:
    """The title, the short text and the first three steps: what somebody in a hurry reads."""
    steps = [text for statement in outcome.vervolgstappen[:3] for text in said(statement)]
    return "\n".join([outcome.titel, outcome.kort, *steps])


def found(pattern: str, parts: list[str]) -> list[str]:
    return [text for text in parts if re.search(pattern, text, re.IGNORECASE)]


def names(number: str, text: str) -> bool:
    """Tell whether a number stands there as a whole; 113 is not the tail of a longer one."""
    return re.search(rf"(?<![\d-])(?:{number})(?![\d-])", text, re.IGNORECASE) is not None


def test_there_are_thirty_situations_and_a_way_through_a_guide_for_each() -> None:
    assert len(SITUATIONS) == 30
    assert [name for name, situation in SITUATIONS.items() if not situation.get("wegen")] == []


@pytest.mark.parametrize(("situation", "way"), WAYS)
def test_situation_comes_out_at_the_right_number_and_step(
    real_base: KnowledgeBase, situation: dict[str, Any], way: dict[str, Any]
) -> None:
    guide = real_base.guides[way["keuzehulp"]]
    answers = {name: tuple(given) if isinstance(given, list) else given for name, given in way["antwoorden"].items()}
    route = follow(guide, real_base.facets, answers)
    assert [question for question, _ in route.steps] == [*way["antwoorden"]]
    assert route.node == way["uitkomst"]
    assert route.node not in WAITING
    outcome = guide.uitkomsten[route.node]
    read = first_read(outcome)
    missing = [number for number in situation["nummers"] if not names(number, read)]
    assert missing == [], read
    told = texts(outcome)
    assert [pattern for pattern in situation["stap"] if not found(pattern, told)] == []
    assert {pattern: found(pattern, told) for pattern in situation["nooit"] if found(pattern, told)} == {}
