"""Thirty situations of danger, walked through the guides: the right number and the right next step, and no waiting.

In: tests/content/situaties.yaml, written before the guides were changed for it. Search is tried elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.knowledge_base import KnowledgeBase
from handbook.walk import follow
from outcome_texts import first_read, names, texts

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


def found(pattern: str, parts: list[str]) -> list[str]:
    return [text for text in parts if re.search(pattern, text, re.IGNORECASE)]


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
