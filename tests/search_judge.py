"""Judge a search: the questions of content/zoekvragen.yaml, and how high a search puts their answers.

In: a built site. Out: for each question the addresses of pages, best first, and the figures made of them. Used by
search_bench.py and by tests; our own search runs in node on the very files that the site serves.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from find_node import find_node

FOLDER = Path(__file__).resolve().parent
Ranking = list[str]


@dataclass(frozen=True)
class Question:
    """What somebody typed and the pages that answer it; none when nothing should be found."""

    zoek: str
    wie: str
    soort: str
    goed: tuple[str, ...]
    deel: str


@dataclass(frozen=True)
class Figures:
    """How well a search did on questions that have an answer, and how much nonsense it turned away."""

    count: int
    success_1: float
    success_3: float
    success_5: float
    mrr: float
    zero: int
    nonsense: int
    refused: int

    def __str__(self) -> str:
        return (
            f"{self.count:5} {self.success_1:9.3f} {self.success_3:9.3f} {self.success_5:9.3f} {self.mrr:7.3f} "
            f"{self.zero:5} {self.refused:6} van {self.nonsense}"
        )


HEAD = f"{'n':>5} {'succes@1':>9} {'succes@3':>9} {'succes@5':>9} {'MRR':>7} {'nul':>5} {'onzin geweigerd':>13}"


def questions(part: str | None = None) -> list[Question]:
    """Every question, or those of one part: afstemmen or toets."""
    rows = yaml.safe_load((FOLDER / "content" / "zoekvragen.yaml").read_text("utf-8"))["vragen"]
    found = [Question(**{**row, "goed": tuple(row["goed"])}) for row in rows]
    return [question for question in found if part in (None, question.deel)]


def figures(asked: Sequence[Question], rankings: Sequence[Ranking]) -> Figures:
    """Judge rankings, one a question."""
    places: list[int | None] = []
    zero = nonsense = refused = 0
    for question, ranking in zip(asked, rankings, strict=True):
        if question.soort == "onzin":
            nonsense += 1
            refused += not ranking
            continue
        zero += not ranking
        pages = list(dict.fromkeys(ranking))
        places.append(next((place for place, page in enumerate(pages, 1) if page in question.goed), None))
    count = len(places) or 1

    def within(most: int) -> float:
        return sum(place is not None and place <= most for place in places) / count

    mrr = sum(1 / place for place in places if place is not None) / count
    return Figures(len(places), within(1), within(3), within(5), mrr, zero, nonsense, refused)


def in_node(script: str, data: object) -> object:
    """Run one of the programs beside this file in node; JSON in, JSON out."""
    result = subprocess.run(
        [str(find_node()), str(FOLDER / script)],
        input=json.dumps(data), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def ours(site: Path, asked: Sequence[str]) -> list[Ranking]:
    """What our search finds on a built site."""
    found = in_node("search_ours.mjs", {"site": str(site), "asked": list(asked)})
    assert isinstance(found, list)
    return found
