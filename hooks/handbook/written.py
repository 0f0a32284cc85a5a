"""Markdown as people write it here, taken apart: front matter, readable lines, and the marks for sources.

In: the Markdown of a page. Out: its parts. `records` checks the front matter and `marks` the marks, `prose` writes
them out; `reading`, `glossary` and `spelling` look at the text between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from handbook.source import Source, parse

CITATION = re.compile(r"\[@([^\[\]]+)\]")
NEXT = re.compile(r";\s*(?=@)")
RULE = re.compile(r"\[regel: *([^\[\]]*)\]")
MARK = re.compile(r"\[(afgeleid|te controleren)\]")
CODE_SPAN = re.compile(r"`[^`\n]+`")
FENCE = re.compile(r"^\s*(```|~~~)")
_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """A page taken apart: its front matter, its body, and the line (from 1) on which the body starts."""

    meta: Mapping[str, object]
    front: str
    body: str
    start: int


def read(path: Path) -> str:
    """The Markdown of a page that the knowledge base could read."""
    return path.read_text(encoding="utf-8-sig")


def take_apart(markdown: str) -> Text:
    """Split front matter and body."""
    found = _FRONT.match(markdown)
    if found is None:
        return Text({}, "", markdown, 1)
    return Text(_meta_in(found[1]), found[0], markdown[found.end() :], found[0].count("\n") + 1)


def front_matter(text: Text, file: str) -> Source:
    """The block above a page as plain data, with its lines in the file and what is wrong with it."""
    found = parse(text.front.removeprefix("---\n").removesuffix("---\n"), file)
    found.lines = {path: line + 1 for path, line in found.lines.items()}
    found.problems = [replace(problem, line=problem.line + 1) for problem in found.problems]
    return found


@lru_cache(maxsize=1)  # a page is taken apart several times on its way, with the same front matter
def _meta_in(front: str) -> Mapping[str, object]:
    meta = parse(front, "").data
    return meta if isinstance(meta, dict) else {}


def readable_lines(text: Text) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of a page without its code."""
    fenced = False
    for number, line in enumerate(text.body.split("\n"), text.start):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line
