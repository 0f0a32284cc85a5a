"""Terms -> their links: which words of a text are terms, and which terms no text uses.

In: the terms of the glossary, and Markdown. Out: the same Markdown with each term linked where it is first used;
the terms that nobody uses. `prose`, `main` and `check` call it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

from handbook import model
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Term
from handbook.problems import Problem
from handbook.written import CITATION, FENCE, RULE, read

_PROTECTED = re.compile(r"(\[[^\]]*\]\([^)]*\)|`[^`]*`|<a\b.*?</a>|<[^>]+>|\{:[^}]*\}|https?://\S+|&#?\w+;)")
_FIRST = re.compile(r"\w+")
_ENDINGS = ("", "'s", "s", "en", "n", "e")
_NO_PROSE = ("#", "<", "|", "!!!", "???", "```", "~~~")


@dataclass(frozen=True)
class Glossary:
    """The words that stand for a term."""

    terms: Mapping[str, Term]

    def link(self, body: str, up: str) -> str:
        """Link each term where running text first uses its name or abbreviation; `up` leads to the top of the site."""
        linked: set[str] = set()

        def linked_in(text: str) -> str:
            done, pieces = 0, []
            for start, end, name in self._named.found_in(text):
                if name not in linked:
                    linked.add(name)
                    pieces += [text[done:start], f"[{text[start:end]}]({up}begrippen.md#{name})"]
                    done = end
            return "".join([*pieces, text[done:]])

        lines = []
        fenced = False
        for line in body.split("\n"):
            if FENCE.match(line):
                fenced = not fenced
            if fenced or line.lstrip().startswith(_NO_PROSE) or linked.issuperset(self._named.possible_in(line)):
                lines.append(line)
                continue
            parts = _PROTECTED.split(line)
            parts[::2] = [linked_in(part) for part in parts[::2]]
            lines.append("".join(parts))
        return "\n".join(lines)

    def used_in(self, text: str) -> set[str]:
        """The ids of the terms that a text uses, under their own name or another."""
        plain = RULE.sub("", CITATION.sub("", text))
        return {name for _, _, name in self._any.found_in(plain)}

    def first_words(self, names: Iterable[str]) -> frozenset[str]:
        """The words of which a text must have one to use one of these terms: to pass over all others quickly."""
        return _first_words(word for word, name in self._any.words.items() if name in names)

    @cached_property
    def _named(self) -> _Spellings:
        words = ((word, name) for name, term in self.terms.items() for word in (term.term, term.afkorting) if word)
        return _Spellings(dict(words))

    @cached_property
    def _any(self) -> _Spellings:
        found: dict[str, str] = {}
        for name, term in self.terms.items():
            for word in (*term.synoniemen, term.afkorting, term.term):
                if word:
                    found[word] = name
        return _Spellings(found)


@dataclass(frozen=True)
class _Spellings:
    """Words with the id of the term each stands for."""

    words: Mapping[str, str]

    def found_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, id) of each term in a text."""
        for match in self._pattern.finditer(text.lower()):
            name = self._term_of(text[match.start() : match.end()])
            if name is not None:
                yield match.start(), match.end(), name

    def possible_in(self, text: str) -> Iterator[str]:
        """Yield the id of each term whose letters stand in a text: most lines need no closer look."""
        folded = text.lower()
        by_first = self._by_first
        for first in by_first.keys() & _FIRST.findall(folded):
            yield from (name for word, name in by_first[first] if word in folded)

    @cached_property
    def _by_first(self) -> Mapping[str, Collection[tuple[str, str]]]:
        found: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for word, name in self.words.items():
            for first in _first_words([word]):
                found[first].add((word.lower(), name))
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Matches any of the words in lower case, the longest first, with the endings of a noun or adjective.

        Words are grouped by how they begin: a thousand alternatives at every word of a text take seconds.
        """
        words = sorted({word.lower() for word in self.words}, key=lambda word: (word[:3], -len(word)))
        groups = [(start, [re.escape(word[3:]) for word in group]) for start, group in groupby(words, lambda w: w[:3])]
        groups.sort(key=lambda group: -len(group[0]))
        any_word = "|".join(f"{re.escape(start)}(?:{'|'.join(rests)})" for start, rests in groups) or "(?!)"
        return re.compile(rf"(?<![\w-])(?:{any_word})(?:'s|s|en|n|e)?(?![\w-])")

    def _term_of(self, word: str) -> str | None:
        """The id behind a word; a word in capitals, such as GI or PIT, counts only in capitals."""
        for ending in _ENDINGS:
            if not word.casefold().endswith(ending):
                continue
            bare = word[: len(word) - len(ending)]
            if bare in self.words:
                return self.words[bare]
            if bare.casefold() in self._by_folded:
                return self._by_folded[bare.casefold()]
        return None

    @cached_property
    def _by_folded(self) -> Mapping[str, str]:
        return {word.casefold(): name for word, name in self.words.items() if not _is_abbreviation(word)}


def _first_words(words: Iterable[str]) -> frozenset[str]:
    """The first word of each in lower case, with the endings that it may have in a text."""
    forms = (word.lower() + ending for word in words for ending in _ENDINGS)
    return frozenset(first for form in forms for first in _FIRST.findall(form)[:1])


def _is_abbreviation(word: str) -> bool:
    return " " not in word and sum(letter.isupper() for letter in word) > 1


def problems(docs: Path, base: KnowledgeBase) -> Iterator[Problem]:
    """Yield every term that no text uses; its own entry and titles of sources do not count as use."""
    glossary = Glossary(base.terms)
    unused = set(base.terms)
    for name, term in base.terms.items():
        unused -= glossary.used_in(term.uitleg) - {name}
    sought = glossary.first_words(unused)
    for text in _texts(docs, base):
        if not unused:
            return
        if sought.isdisjoint(_FIRST.findall(text.lower())):
            continue
        used = glossary.used_in(text)
        if not unused.isdisjoint(used):
            unused -= used
            sought = glossary.first_words(unused)
    for name in sorted(unused):
        message = f"Het begrip '{base.terms[name].term}' komt nergens voor. Gebruik het in een tekst, of haal het weg."
        yield base.files["guide/begrippen.yaml"].problem(("termen", name), message, "ongebruikt-begrip")


def _texts(docs: Path, base: KnowledgeBase) -> Iterator[str]:
    """Yield what readers see, a line or a record at a time; the glossary and the titles of sources left out."""
    for path in sorted(docs.rglob("*.md")):
        if "beslissingen" not in path.parts:
            yield from read(path).splitlines()
    for facet in base.facets.values():
        yield f"{facet.label}. {facet.uitleg or ''}"
    for options in (*base.vocabulary.lijsten.values(), *(facet.waarden for facet in base.facets.values())):
        yield from (f"{option.label}. {option.uitleg or ''}" for option in options.values())
    # The interventions last: they can be many, and a term of which use was found is not looked for further.
    for file, record in sorted(base.records.items(), key=lambda item: item[0].startswith("interventions/")):
        if file not in ("guide/begrippen.yaml", "guide/bronnen.yaml"):
            yield "\n".join(text for _, text in model.texts_in(record) if not model.is_slug(text))
