"""Terms -> the A-Z register: every term and every synonym under its first letter.

In: the terms of the glossary. Out: letters with their entries, sorted as a Dutch reader expects. `pages` calls
it for the page that also serves as search without JavaScript.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from handbook.model import Term


@dataclass(frozen=True)
class Entry:
    """A word in the register; `term` is set where the word is explained, else `see` names that place."""

    word: str
    id: str
    term: Term | None


def register(terms: Mapping[str, Term]) -> list[tuple[str, list[Entry]]]:
    """Sort every term and synonym and group them by letter; digits come first, as '0-9'."""
    entries = []
    for name, term in terms.items():
        entries.append(Entry(term.term, name, term))
        known = {_plain(term.term)}
        for word in (*term.synoniemen, *([term.afkorting] if term.afkorting else [])):
            if _plain(word) not in known:
                known.add(_plain(word))
                entries.append(Entry(word, name, None))
    entries.sort(key=lambda entry: (_letter(entry.word) != "0-9", _plain(entry.word), entry.term is None, entry.id))
    return [(letter, list(group)) for letter, group in groupby(entries, key=lambda entry: _letter(entry.word))]


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in bare if sign.isalnum())


def _letter(word: str) -> str:
    first = (_plain(word) or "0")[0]
    return first.upper() if first.isalpha() else "0-9"
