"""How hard a page is to read: its sentences and how long they are.

In: the Markdown of a page, written or made. Out: sentences of running text, and advice where they are too long.
`pages` calls it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from handbook.problems import Problem
from handbook.written import CITATION, MARK, RULE, Text, readable_lines, take_apart

MAX_WORDS = 30
MEAN_WORDS = 15

_UNREAD = re.compile(r"`[^`]*`|<[^>]+>|\{[:=][^}]*\}|!?\[(?=[^\]]*\]\()|\]\([^)]*\)")
_SENTENCE_END = re.compile(r"\n|(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(*_]*[A-Z0-9ÀÉË])")
_NOT_RUNNING = re.compile(r'<span class="ve-(?:source|inference|unknown|blank)">.*?</span>')
_BREAK = re.compile(r"</?(?:br|ul|li)>")
_WORD = re.compile(r"[0-9A-Za-zÀ-ÿ]+(?:[-'’./][0-9A-Za-zÀ-ÿ]+)*")
_LISTS = (
    "bronnen.md",
    "over/beslissingen/",
    "over/bijdragen/velden.md",
    "over/te-herzien.md",
    "over/voor-een-jurist.md",
    "over/verantwoording.md",
)


def words(sentence: str) -> int:
    """How many words a sentence has; what a hyphen, an apostrophe or a point holds together is one."""
    return len(_WORD.findall(sentence))


def counts(path: str) -> bool:
    """Tell whether a page is running text in Dutch, not a list of titles or a decision in English."""
    return not path.startswith(_LISTS)


def advice(path: str, file: str, markdown: str) -> Iterator[Problem]:
    """Sentences of more than 30 words, and a page whose sentences have more than 15 words on average.

    Pages that are lists of titles, and decisions in English, are left out.
    """
    if not counts(path):
        return
    text = take_apart(markdown)
    lengths = []
    for number, sentence in sentences(text):
        length = words(sentence)
        lengths.append(length)
        if length > MAX_WORDS:
            message = f"Deze zin heeft {length} woorden; hooguit {MAX_WORDS}. Maak er twee van: '{sentence[:60]}…'"
            yield Problem(file, number, "", message, "lange-zin")
    if lengths and sum(lengths) / len(lengths) > MEAN_WORDS:
        mean = sum(lengths) / len(lengths)
        message = f"De zinnen hebben gemiddeld {mean:.1f} woorden; streef naar hooguit {MEAN_WORDS}."
        yield Problem(file, 1, "", message, "lange-zinnen")


def sentences(text: Text) -> Iterator[tuple[int, str]]:
    """Yield (line, sentence) of running text: no headings, tables, code, source lines or quotes of law."""
    paragraph: list[tuple[int, str]] = []
    for number, line in (*readable_lines(text), (0, "")):
        bare = line.strip()
        starts = re.match(r"[-*+] +(\[[ x]\] +)?|\d+[.)] +", bare)
        outside = not bare or bare.startswith(("#", "|", "<", "{", ">", "!!!", "???"))
        if outside or starts:
            yield from _split(paragraph)
            paragraph = []
        if not outside:
            paragraph.append((number, bare[starts.end() :] if starts else bare))
    yield from _split(paragraph)


def _split(paragraph: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    if not paragraph:
        return
    joined = " ".join(line for _, line in paragraph)
    joined = _BREAK.sub("\n", _NOT_RUNNING.sub("", joined))
    joined = MARK.sub("", RULE.sub("", CITATION.sub("", joined)))
    joined = _UNREAD.sub("", joined).replace("**", "").replace("[ ]", "")
    for sentence in _SENTENCE_END.split(joined):
        if _WORD.search(sentence):
            yield paragraph[0][0], sentence.strip()
