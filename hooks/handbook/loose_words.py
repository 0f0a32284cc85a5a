"""Words that stand somewhere in a section, in no order -> two short texts for the whole site.

In: for each section of the site the words it has besides its text, each once. Out: `LooseWords`, which search.py puts
in the search data; docs/scripts/loose-words.mjs reads it back. It is written by word and not by section: sorted words
share their beginnings, and a word stands in few sections, so both texts are about two thirds of the words themselves
after compression.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise, takewhile
from typing import NamedTuple

# A number ends with one of the first 64 signs; the signs before it are from the rest. No spaces, and nothing that JSON
# would write longer.
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_!#$%&'()*+,./:;<=>?@[]^`{|}~"
_LAST = 64
_BEFORE = len(_SIGNS) - _LAST


class LooseWords(NamedTuple):
    """`words`: each word once, sorted, as the number of letters it shares with the one before, and its other letters.

    `places`: for each word the sections that have it, as steps from the one before. A space stands between words.
    """

    words: str
    places: str


def pack(sections: Iterable[Iterable[str]]) -> LooseWords:
    """Write the words of every section, numbered from 0; a word has no spaces and comes once a section."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(sections):
        for word in words:
            found[word].append(number)
    ordered = sorted(found)
    return LooseWords(
        " ".join(_after(before, word) for before, word in pairwise(["", *ordered])),
        " ".join("".join(_number(to - since) for since, to in pairwise([0, *found[word]])) for word in ordered),
    )


def _after(before: str, word: str) -> str:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False))
    shared = min(len(list(alike)), _LAST - 1)
    return _SIGNS[shared] + word[shared:]


def _number(value: int) -> str:
    value, last = divmod(value, _LAST)
    text = _SIGNS[last]
    while value:
        value, sign = divmod(value, _BEFORE)
        text = _SIGNS[_LAST + sign] + text
    return text
