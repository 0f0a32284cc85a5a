"""Judge a search: the questions of content/zoekvragen.yaml, and how high a search puts their answers.

In: a built site. Out: for each question the addresses of pages, best first, and the figures made of them. Used by
search_bench.py and by tests; our own search runs in node on the very files that the site serves.
"""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from find_node import find_node

FOLDER = Path(__file__).resolve().parent
Ranking = list[str]

# What a visitor loads who searches.
CODE = (
    *("dutch", "engine", "handbook-index", "loose-words", "passage", "result", "search", "search-page", "shortcut"),
    *("parts", "vendor/minisearch"),
)


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


class Marked(NamedTuple):
    """A text as it is shown, and the words that are marked in it."""

    text: str
    words: list[str]


@dataclass(frozen=True)
class Result:
    """What a visitor sees of one result: `section` is where its link leads, `found` the section that was found."""

    address: str
    section: str
    found: str
    title: Marked
    where: Marked
    text: Marked
    reasons: Marked


@dataclass(frozen=True)
class Marks:
    """The share of results with a marked word in the sentence, with one anywhere, and with words that led there."""

    count: int
    sentence: float
    anywhere: float
    reasons: float

    def __str__(self) -> str:
        return (
            f"{self.count} resultaten; een gemarkeerd woord in de zin: {self.sentence:.3f}, "
            f"ergens in het resultaat: {self.anywhere:.3f}, met 'Gevonden op': {self.reasons:.3f}"
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


def shown(site: Path, asked: Sequence[str], data: object = None) -> list[list[Result]]:
    """What our search shows on a built site, or of other search data, for each question the first ten results."""
    found = in_node("search_excerpts.mjs", {"site": str(site), "asked": list(asked), "data": data})
    assert isinstance(found, list)
    texts = ("title", "where", "text", "reasons")
    return [
        [Result(row["address"], row["section"], row["found"], *(Marked(*row[name]) for name in texts)) for row in rows]
        for rows in found
    ]


def marks(results: Sequence[Sequence[Result]], first: int = 3) -> Marks:
    """How many of the first results show why they are there."""
    kept = [result for row in results for result in row[:first]]

    def share(*names: str) -> float:
        return sum(any(getattr(result, name).words for name in names) for result in kept) / (len(kept) or 1)

    return Marks(len(kept), share("text"), share("title", "where", "text", "reasons"), share("reasons"))


def code_size(site: Path) -> int:
    """How many bytes of code a server sends to who searches."""
    return sum(len(gzip.compress((site / "scripts" / f"{name}.mjs").read_bytes(), 9)) for name in CODE)
