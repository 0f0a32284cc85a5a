"""Cases and the assessment in the formats of learning environments: what `trainen/exports/` holds.

In: a KnowledgeBase and the address of the site. Out: `Download`s, the same bytes for the same content. `items` makes
the one list of questions; a module beside it writes each format. `main` puts the files in the site, `pages` tells of
them. docs/over/beslissingen/0013-uitvoer-naar-leeromgevingen.md says why they are as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias
from weakref import WeakKeyDictionary

from handbook.exchange import gift, moodle, scorm, table
from handbook.exchange.items import ASSESSMENT, Exercise, exercises
from handbook.knowledge_base import KnowledgeBase
from handbook.model import NationalNumber

__all__ = ["ASSESSMENT", "EVERYTHING", "FORMATS", "Download", "Format", "downloads"]

Format: TypeAlias = Literal["scorm", "moodle", "gift", "csv"]
FORMATS: dict[Format, str] = {"scorm": ".zip", "moodle": ".xml", "gift": ".gift.txt", "csv": ".csv"}
"""Each format with the end of its file name."""
EVERYTHING = "alle-casussen"


@dataclass(frozen=True)
class Download:
    """One file: what it holds (a case, `toets`, or all cases), its format, its address in the site and its bytes."""

    of: str
    format: Format
    content: bytes

    @property
    def path(self) -> str:
        """Its address within the site."""
        return f"trainen/exports/{self.of}{FORMATS[self.format]}"

    @property
    def kilobytes(self) -> int:
        """Its size in words, rounded up to tens: an edit of a word need not show here."""
        return -(-len(self.content) // 10_000) * 10


# Pages ask for the sizes and `main` for the files: they are made once for each base, and go when it goes.
_made: WeakKeyDictionary[KnowledgeBase, dict[str, tuple[Download, ...]]] = WeakKeyDictionary()


def downloads(base: KnowledgeBase, address: str = "") -> tuple[Download, ...]:
    """Every file; `address` is where the site stands, for the links in feedback."""
    made = _made.setdefault(base, {})
    if address not in made:
        made[address] = tuple(_everything(base, address))
    return made[address]


def _everything(base: KnowledgeBase, address: str) -> Iterator[Download]:
    every = exercises(base, address)
    for exercise in every:
        yield from _formats(exercise.id, exercise.title, [exercise], base.strip)
    cases = [exercise for exercise in every if exercise.id != ASSESSMENT]
    yield from _formats(EVERYTHING, "Vroeg Erbij: alle casussen", cases, base.strip)


def _formats(of: str, title: str, chosen: Sequence[Exercise], numbers: Sequence[NationalNumber]) -> Iterator[Download]:
    yield Download(of, "scorm", scorm.write(of, title, chosen, numbers))
    yield Download(of, "moodle", moodle.write(chosen))
    yield Download(of, "gift", gift.write(chosen).encode())
    yield Download(of, "csv", table.write(chosen))
