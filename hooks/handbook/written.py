"""Markdown as people write it here, taken apart: front matter, readable lines, and the marks for sources.

In: the Markdown of a page. Out: its parts. `prose` writes the marks out, `reading`, `glossary` and `spelling`
look at the text between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from handbook.source import parse

CITATION = re.compile(r"\[@([^\[\]]+)\]")
NEXT = re.compile(r";\s*(?=@)")
RULE = re.compile(r"\[regel: *([^\[\]]*)\]")
MARK = re.compile(r"\[(afgeleid|te controleren)\]")
FENCE = re.compile(r"^\s*(```|~~~)")


@dataclass(frozen=True)
class Text:
    """A page taken apart: its front matter, its body, and the line (from 1) on which the body starts."""

    meta: Mapping[str, object]
    front: str
    body: str
    start: int


def take_apart(markdown: str) -> Text:
    """Split front matter and body."""
    found = re.match(r"---\n(.*?)\n---\n", markdown, re.DOTALL)
    if found is None:
        return Text({}, "", markdown, 1)
    return Text(_meta_in(found[1]), found[0], markdown[found.end() :], found[0].count("\n") + 1)


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
