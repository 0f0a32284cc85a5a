"""Written Dutch -> Markdown with its sources, marks and glossary links; and what is wrong with it.

In: the Markdown of a page, as people wrote it in docs/ or as `pages` made it, and a KnowledgeBase. Out: the same
Markdown with `[@bron: plaats]`, `[regel: id]`, `[afgeleid]` and `[te controleren]` written out and each term of
the glossary linked where it is first used; problems (a source that does not exist) and advice (a sentence that
is too long). `main` and `check` call it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from handbook.knowledge_base import KnowledgeBase
from handbook.markdown import escape, short_date
from handbook.model import Rule
from handbook.problems import Problem, suggestion
from handbook.source import parse

MAX_WORDS = 30
MEAN_WORDS = 15
WORDS_A_MINUTE = 200

_CITATION = re.compile(r"\[@([^\[\]]+)\]")
_NEXT = re.compile(r";\s*(?=@)")
_RULE = re.compile(r"\[regel: *([^\[\]]*)\]")
_MARK = re.compile(r"\[(afgeleid|te controleren)\]")
_FENCE = re.compile(r"^\s*(```|~~~)")
_PROTECTED = re.compile(r"(\[[^\]]*\]\([^)]*\)|`[^`]*`|<a\b.*?</a>|<[^>]+>|\{:[^}]*\}|https?://\S+|&#?\w+;)")
_UNREAD = re.compile(r"`[^`]*`|<[^>]+>|\{[:=][^}]*\}|!?\[([^\]]*)\]\([^)]*\)")
_SENTENCE_END = re.compile(r"; +|(?<=[.!?:])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9ÀÉË])")
_WORD = re.compile(r"[0-9A-Za-zÀ-ÿ]+(?:[-'’./][0-9A-Za-zÀ-ÿ]+)*")
_LISTS = (
    "bronnen.md",
    "over/beslissingen/",
    "over/bijdragen/velden.md",
    "over/te-herzien.md",
    "over/verantwoording.md",
)
_UNLINKED = ("begrippen.md", "bronnen.md", "over/beslissingen/", "over/bijdragen/", "over/te-herzien.md")


@dataclass(frozen=True)
class Text:
    """A page taken apart: its front matter, its body, and the line (from 1) on which the body starts."""

    meta: dict[str, object]
    front: str
    body: str
    start: int


def take_apart(markdown: str) -> Text:
    """Split front matter and body."""
    found = re.match(r"---\n(.*?)\n---\n", markdown, re.DOTALL)
    if found is None:
        return Text({}, "", markdown, 1)
    meta = parse(found[1], "").data
    return Text(meta if isinstance(meta, dict) else {}, found[0], markdown[found.end() :], found[0].count("\n") + 1)


@dataclass
class Writer:
    """Writes out the marks of a page; one for all pages, so that the terms are prepared once."""

    base: KnowledgeBase
    today: date
    _terms: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        words = rf"(?<![\w-])(?:{'|'.join(self._spellings)})(?:'s|s|en|n|e)?(?![\w-])" if self._spellings else r"(?!)"
        self._terms = re.compile(words, re.IGNORECASE)

    def finish(self, path: str, markdown: str) -> str:
        """Write out every mark of one page; `path` is its place below docs/. Unknown ids stay as they are."""
        text = take_apart(markdown)
        up = "../" * path.count("/")
        late = [rule for rule in self._rules_in(text.body) if self._is_late(rule)]
        body = _CITATION.sub(lambda match: self._citation(match[1], up), text.body)
        body = _RULE.sub(lambda match: self._rule(match[1].strip(), up), body)
        body = _MARK.sub(lambda match: self._mark(match[1]), body)
        if not path.startswith(_UNLINKED):
            body = self._link_terms(body, up)
        return text.front + self._with_facts(text.meta, body, late)

    def _rules_in(self, body: str) -> Iterator[Rule]:
        for name in dict.fromkeys(_RULE.findall(body)):
            if name in self.base.rules:
                yield self.base.rules[name]

    def _is_late(self, rule: Rule) -> bool:
        return rule.uitspraak.herzien_voor is not None and rule.uitspraak.herzien_voor <= self.today

    def _citation(self, inside: str, up: str) -> str:
        parts = []
        for item in _NEXT.split(inside):
            name, _, place = item.strip().lstrip("@").partition(":")
            if name.strip() not in self.base.sources:
                return f"[@{inside}]"
            label = self.base.sources[name.strip()].label
            parts.append(
                f"[{escape(label)}]({up}bronnen.md#{name.strip()})" + (f", {place.strip()}" if place.strip() else "")
            )
        return f'<span class="ve-source">({"; ".join(parts)})</span>'

    def _rule(self, name: str, up: str) -> str:
        rule = self.base.rules.get(name)
        if rule is None:
            return f"[regel: {name}]"
        where = f"{up}gegevens-delen/regels.md#{name}"
        looked = short_date(rule.uitspraak.bekeken_op)
        return f'<span class="ve-source">([{escape(rule.artikel or rule.titel)}]({where}), nagekeken {looked})</span>'

    def _mark(self, mark: str) -> str:
        return f'<span class="ve-inference">{self.base.label("zekerheid", mark.replace(" ", "_"))}</span>'

    # --- glossary ---

    @cached_property
    def _spellings(self) -> list[str]:
        return [re.escape(word) for word in sorted(self._words, key=len, reverse=True)]

    @cached_property
    def _words(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, term in self.base.terms.items():
            for word in (term.term, term.afkorting):
                if word:
                    found[word.casefold()] = name
        return found

    def _link_terms(self, body: str, up: str) -> str:
        linked: set[str] = set()
        lines = []
        fenced = False
        for line in body.split("\n"):
            if _FENCE.match(line):
                fenced = not fenced
            if fenced or line.lstrip().startswith(("#", "<", "|", "```", "~~~", "!!!")):
                lines.append(line)
                continue
            parts = _PROTECTED.split(line)
            for index in range(0, len(parts), 2):
                parts[index] = self._terms.sub(lambda match: self._linked(match[0], linked, up), parts[index])
            lines.append("".join(parts))
        return "\n".join(lines)

    def _linked(self, word: str, linked: set[str], up: str) -> str:
        name = self._term_of(word)
        if name is None or name in linked:
            return word
        linked.add(name)
        return f"[{word}]({up}begrippen.md#{name})"

    def _term_of(self, word: str) -> str | None:
        bare = word.casefold()
        for ending in ("", "'s", "s", "en", "n", "e"):
            if bare.endswith(ending) and bare.removesuffix(ending) in self._words:
                name = self._words[bare.removesuffix(ending)]
                term = self.base.terms[name]
                capitals = term.afkorting or ""
                if bare.removesuffix(ending) == capitals.casefold() != term.term.casefold() and capitals not in word:
                    return None
                return name
        return None

    # --- facts about the page ---

    def _with_facts(self, meta: dict[str, object], body: str, late: list[Rule]) -> str:
        facts = []
        audiences = meta.get("voor_wie")
        if isinstance(audiences, list) and audiences:
            facts.append("Voor: " + ", ".join(self.base.label("doelgroepen", str(name)) for name in audiences) + ".")
            facts.append(f"Leestijd: {reading_time(body)}.")
        due = meta.get("herzien_voor")
        if isinstance(due, date):
            facts.append(f"Wij kijken deze pagina opnieuw na vóór {due.day}-{due.month}-{due.year}.")
        lines = body.split("\n")
        place = next((index for index, line in enumerate(lines) if line.startswith("{: .ve-lead")), None)
        if place is None:
            place = next((index for index, line in enumerate(lines) if line.startswith("# ")), -1)
        if facts:
            lines[place + 1 : place + 1] = ["", f'<p class="ve-facts">{" ".join(facts)}</p>', ""]
        banner = self._banner(due, late)
        if banner:
            lines[place + 1 : place + 1] = ["", banner, ""]
        return "\n".join(lines)

    def _banner(self, due: object, late: list[Rule]) -> str:
        reasons = [
            f"de regel '{escape(rule.titel)}' moest vóór {rule.uitspraak.herzien_voor} opnieuw worden nagekeken"
            for rule in late
        ]
        if isinstance(due, date) and due <= self.today:
            reasons.append(f"deze pagina moest vóór {due.isoformat()} opnieuw worden nagekeken")
        if not reasons:
            return ""
        text = f"<strong>Let op, dit kan verouderd zijn:</strong> {'; '.join(reasons)}."
        return f'<div class="ve-banner"><p>{text}</p></div>'


def cited_sources(text: Text) -> set[str]:
    """The ids of the sources that a written page cites."""
    inside = (item for match in _CITATION.findall(text.body) for item in _NEXT.split(match))
    return {item.strip().lstrip("@").partition(":")[0].strip() for item in inside}


def reading_time(body: str) -> str:
    """How long a page takes to read, in words."""
    minutes = max(1, round(len(_WORD.findall(_UNREAD.sub(r"\1", body))) / WORDS_A_MINUTE))
    return "ongeveer 1 minuut" if minutes == 1 else f"ongeveer {minutes} minuten"


# --- what is wrong with a page ---------------------------------------------------------------------------


def problems(docs: Path, base: KnowledgeBase) -> list[Problem]:
    """Every mark in the written pages that names a source or rule that does not exist, and every bare address."""
    found = []
    for path in sorted(docs.rglob("*.md")):
        if "beslissingen" in path.parts:
            continue
        file = f"docs/{path.relative_to(docs).as_posix()}"
        text = take_apart(path.read_text(encoding="utf-8"))
        for number, line in readable_lines(text):
            found += [Problem(file, number, "", message, rule) for message, rule in _faults(line, base)]
    return found


def _faults(line: str, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    for inside in _CITATION.findall(line):
        for item in _NEXT.split(inside):
            name, _, place = (part.strip() for part in item.strip().lstrip("@").partition(":"))
            if name not in base.sources:
                yield f"De bron '{name}' bestaat niet.{suggestion(name, base.sources)}", "onbekend-bron"
            elif not place:
                yield f"Noem bij de bron '{name}' ook de plaats: [@{name}: hoofdstuk 2].", "bron-zonder-plaats"
    for name in _RULE.findall(line):
        if name.strip() not in base.rules:
            yield f"De regel '{name.strip()}' bestaat niet.{suggestion(name.strip(), base.rules)}", "onbekend-regel"
    if re.search(r"https?://(?!127\.0\.0\.1)", line):
        message = "Schrijf geen adres in de tekst. Zet de bron in guide/bronnen.yaml en noem haar met [@id: plaats]."
        yield message, "adres-in-tekst"


def advice(path: str, file: str, markdown: str) -> Iterator[Problem]:
    """Sentences of more than 30 words, and a page whose sentences have more than 15 words on average.

    Pages that are lists of titles, and decisions in English, are left out.
    """
    if path.startswith(_LISTS):
        return
    text = take_apart(markdown)
    lengths = []
    for number, sentence in sentences(text):
        words = len(_WORD.findall(sentence))
        lengths.append(words)
        if words > MAX_WORDS:
            message = f"Deze zin heeft {words} woorden; hooguit {MAX_WORDS}. Maak er twee van: '{sentence[:60]}…'"
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
        starts = re.match(r"([-*+]|\d+[.)]|!!!|\?\?\?) ?", bare)
        if not bare or starts or bare.startswith(("#", "|", "<", "{", ">")):
            yield from _split(paragraph)
            paragraph = []
        if bare and not bare.startswith(("#", "|", "<", "{", ">", "!!!", "???")):
            paragraph.append((number, bare[starts.end() :] if starts else bare))
    yield from _split(paragraph)


def _split(paragraph: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    if not paragraph:
        return
    joined = " ".join(line for _, line in paragraph)
    joined = re.sub(r'<span class="ve-source">.*?</span>', "", joined)
    joined = _MARK.sub("", _RULE.sub("", _CITATION.sub("", joined)))
    joined = _UNREAD.sub(r"\1", joined).replace("**", "").replace("[ ]", "")
    for sentence in _SENTENCE_END.split(joined):
        if _WORD.search(sentence):
            yield paragraph[0][0], sentence.strip()


def readable_lines(text: Text) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of a page without its code."""
    fenced = False
    for number, line in enumerate(text.body.split("\n"), text.start):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line
