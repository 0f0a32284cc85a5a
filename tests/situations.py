"""Situations that the guide on sharing data is held to, and what they pass.

Out: the dilemmas from practice, the situations for rows that no example shows and the pairs of roles that each row is
about, from tests/content/, and `wrong_ends`, which tries them. The tests of the guide and the mutation tests call it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from handbook.knowledge_base import KnowledgeBase
from handbook.model import ANDERS, Guide
from handbook.pages.decisions import BEFORE
from handbook.walk import Answers, follow, row_of, ways_taken

_CONTENT = Path(__file__).parent / "content"
GOLDEN = Path(__file__).parent / "content/delen-kan.md"


def _read(file: str, part: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((_CONTENT / file).read_text(encoding="utf-8"))[part]
    return found


DILEMMAS = _read("dilemmas.yaml", "dilemmas")
ROWS = _read("rijen.yaml", "rijen")
PAIRS = _read("paren.yaml", "paren")


def rows_passed(base: KnowledgeBase, guide: Guide, answers: Answers) -> set[str]:
    """The rows that answers pass, as table/row; `anders` and `onbekend` are rows too."""
    places = [place.split(".") for place, _ in ways_taken(guide, base.facets, answers)]
    return {f"{parts[1]}/{parts[-1]}" for parts in places if parts[0] == "beslistabellen"}


def rules_on_the_way(base: KnowledgeBase, guide: Guide, answers: Answers) -> set[str]:
    """The rules under the rows that answers pass, and under the outcome."""
    route = follow(guide, base.facets, answers)
    advice = guide.uitkomsten[route.node].delen
    rules = set(advice.regels) if advice else set()
    return rules.union(*(row_of(guide.beslistabellen[table], row).regels for table, row in route.rows))


def wrong_ends(base: KnowledgeBase, guide: Guide) -> Iterator[str]:
    """Name every situation that does not come out as it should, or not for the reason that it should."""
    for name, situation in (DILEMMAS | ROWS).items():
        answers = situation["antwoorden"]
        route = follow(guide, base.facets, answers)
        if route.node != situation["verwacht"] or len(route.steps) != len(answers):
            yield f"{name} comes out at {route.node} after {len(route.steps)} answers"
        elif not set(situation.get("rijen", ())) <= rows_passed(base, guide, answers):
            yield f"{name} passes other rows"
        elif not set(situation.get("regels", ())) <= rules_on_the_way(base, guide, answers):
            yield f"{name} rests on other rules"
    found = first_rows(base, guide)
    for row in sorted(found.keys() | PAIRS.keys()):
        if found.get(row) != PAIRS.get(row):
            yield f"other pairs pass the row {row} of wie-met-wie"


def first_rows(base: KnowledgeBase, guide: Guide) -> dict[str, dict[str, list[str]]]:
    """Per row of the table on pairs, except `anders`: who is the sender, and to whom."""
    found: dict[str, dict[str, list[str]]] = {}
    for sender in guide.vragen["zender"].antwoorden:
        for receiver in guide.vragen["ontvanger"].antwoorden:
            # Asked only of a pair that can work for one organisation: here they do not.
            answers = {**BEFORE, "zender": sender, "ontvanger": receiver, "organisatie": "apart"}
            row = dict(follow(guide, base.facets, answers).rows).get("wie-met-wie", ANDERS)
            if row != ANDERS:
                found.setdefault(row, {}).setdefault(sender, []).append(receiver)
    return found
