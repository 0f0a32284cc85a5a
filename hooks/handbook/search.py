"""Pages and terms -> what the search reads: a document for each page, with its sections, and the vocabulary.

In: every page of the handbook as Markdown, and the terms of the glossary. Out: `SearchData`, written as a classic
script that sets one global, so that a page from disk can load it too. Text comes out as readers see it, without marks,
sources and addresses; how words are compared (case, accents, endings, compounds) is the business of
docs/scripts/dutch.mjs alone. `main` puts the script in the site and stops the build when a page is missing from it.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Protocol

from handbook import loose_words
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Term
from handbook.written import take_apart

ADDRESS = "data/zoeken.js"
GLOBAL = "vroegErbijZoeken"
# What the search runs on: where npm puts it, and where it stands in the site.
LIBRARY = {
    "node_modules/minisearch/dist/es/index.js": "scripts/vendor/minisearch.mjs",
    "node_modules/minisearch/LICENSE.txt": "scripts/vendor/minisearch-LICENSE.txt",
}

# What a visitor may have to load, compressed. A handbook that outgrows it keeps every word, and of each section the
# first sentences only: `SearchData.script` takes the longest openings that fit. Each is about how many characters of a
# section of the pages that people read (_READING) and of the others; 1 is the first sentence. Longest first.
LIMIT = 128_500
_OPENINGS = (
    *(
        (10_000, 10_000),
        (800, 400),
        (500, 200),
        (350, 100),
        (250, 50),
        (200, 1),
        (170, 1),
        (140, 1),
        (120, 1),
        (100, 1),
    ),
    *((85, 1), (70, 1), (55, 1), (40, 1), (40, 0), (30, 0), (25, 0), (20, 0), (10, 0), (1, 0), (0, 0)),
)
_READING = frozenset(
    {
        *("signaleren", "aanpak", "samenwerken", "gegevens-delen"),
        *("eigen-netwerk", "beroepen", "interventies", "keuzehulp", "begrippen"),
    }
)

# Pages that repeat what stands elsewhere are found by their title and headings; those for whoever keeps the handbook,
# in English, or made to practise with, by their title and description: a story must not come before what it is about.
_HEADINGS_ONLY = ("kaarten/signalenkaart-",)
# A training case is a story full of everyday words, about something else at every turn: its opening says what it
# trains. Its slides and cards say the same again.
_OPENING_ONLY = "trainen/casussen/"
_COPIES = ("/dia.md", "/kaarten.md")
_TITLE_ONLY = (
    *("over/te-herzien.md", "over/voor-een-jurist.md", "over/verantwoording.md"),
    *("over/bijdragen/velden.md", "over/beslissingen/"),
    *("trainen/signaalkaarten.md", "trainen/toets.md", "trainen/signalen-oefenen.md"),
    *("interventies/dekking.md", "vergelijken.md"),
    "bronnen.md",  # hundreds of titles of others: a twentieth of what a visitor loads
)
# A diagram has the words of its guide, which should be found before it.
_DIAGRAM = "-schema.md"
# A sentence on this many pages says nothing about any of them; a word on this share of the pages hardly does.
_BOILERPLATE = 5
_EVERYWHERE = 0.25

# What ends in a colon or semicolon is cut there only when it is longer than this.
_ANNOUNCEMENT = 100

# A page at the top of the site belongs with those of a folder.
_KIND_OF_PAGE = {
    "index.md": "over",
    "begrippen.md": "begrippen",
    "bronnen.md": "bronnen",
    "verwijsindex.md": "gegevens-delen",
    "wie-bedoelen-we.md": "signaleren",
    "wie-bel-ik.md": "signaleren",
    "zoeken.md": "over",
}

_GZIP = 31  # what zlib calls a stream with the head and tail of gzip
_WORD = re.compile(r"\w{3,}")
_LETTER = re.compile(r"\w")
_SENTENCE = re.compile(r".+?(?:[.!?:;] +|\n|$)")
_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{:([^}]*)\})?$")
_ID = re.compile(r"#([\w-]+)")
# What is folded: its summary only, and that of what is folded within it.
_COMMENT = re.compile(r"<!--.*?-->|(</summary>)(?:.*?)(?=</?details)", re.DOTALL)
# A paragraph that is mostly links leads to other pages: it says what they are about, not what this one is.
_SIGNPOST = 0.6
_UNREAD = re.compile(
    r'<span class="ve-(?:source|inference|blank)">.*?</span>|<p class="ve-facts">.*?</p>|\{[: .#][^}]*\}|\{\{[^}]*\}\}'
    r"|<https?:[^>]*>|\[\^[^\]]*\]:?|\[[ xX]\]"
)
_BREAK = re.compile(r"</?(?:br|dt|dd|li|p|div|summary|tr|td|th)\b[^>]*>")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LABEL = itemgetter(1)  # of a match; the template r"\1" is slower
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BLOCK_START = re.compile(r"^\s*(?:[-*+]|\d+[.)]|>|:(?= ))\s+")
_BOX = re.compile(r'^\s*(?:!!!|\?\?\?\+?)\s*[\w -]*(?:"([^"]*)")?')
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_RULE = re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*$")
# The glossary says each word where it stands and again at the term: the vocabulary has it once.
_REFERENCE = re.compile(r"^(?:.{1,80}: zie \[[^\]]*\]\(#[^)]*\)\.|(?:Ook wel|Zie ook): .*|Hierop rust: .*)$")
_SPACE_BEFORE_STOP = re.compile(r" (?=[.,;:!?])")
_COMMENT_IN_CODE = re.compile(r"^[ \t]*(?:/\*\*.*?\*/|//[^\n]*)(?:\n|\Z)", re.MULTILINE | re.DOTALL)


class Page(Protocol):
    """What search reads of a page (`pages.Page` is one)."""

    @property
    def path(self) -> str:
        """Its place below docs/."""

    @property
    def markdown(self) -> str:
        """Its text."""


class StrayWordsError(ValueError):
    """Search words for pages that the handbook does not have; `addresses` says which."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses
        super().__init__(
            "Deze adressen staan in guide/begrippen.yaml bij 'zoekwoorden', maar die pagina's zijn er niet:\n\n"
            + "\n".join(f"    {address}" for address in addresses)
            + "\n\nVerbeter het adres, of haal de regel weg."
        )


class MissingPageError(ValueError):
    """Pages that a reader can open and search cannot find; `addresses` says which."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses
        super().__init__(
            "Deze pagina's staan niet in de zoekgegevens, en zijn dus niet te vinden:\n\n"
            + "\n".join(f"    {address or '(de homepage)'}" for address in addresses)
            + "\n\nLaat handbook/pages ze maken of zet ze in docs/; wat MkDocs ernaast bouwt, ziet het zoeken niet."
        )


@dataclass
class Section:
    """A part of a page below one heading: the anchor, the heading and its paragraphs."""

    id: str
    heading: str
    text: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A page as search knows it: its heading, the name the menu gives it when that differs, and its sections.

    The first section is what stands above the first subheading; it is always there.
    """

    address: str
    kind: str
    title: str
    name: str
    audiences: tuple[str, ...]
    description: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class SearchData:
    """Everything that search reads."""

    documents: tuple[Document, ...]
    terms: Mapping[str, Term]
    # The address of a page -> what people type who look for it.
    everyday: Mapping[str, list[str]] = field(default_factory=dict)

    def script(self) -> str:
        """The data as a classic script, within LIMIT when it can be; the same for the same pages."""
        common = _common(self.documents)
        outlines = [_Outline.of(document, common) for document in self.documents]
        fitting = self._script(outlines, _OPENINGS[-1])
        if _compressed(fitting) > LIMIT:
            return fitting

        def fits(opening: tuple[int, int]) -> bool:
            nonlocal fitting
            text = self._script(outlines, opening)
            found = _compressed(text) <= LIMIT
            fitting = text if found else fitting
            return found

        # The size goes down with the opening, so halving what is left finds the first that fits. What was tried last
        # and fitted is that one.
        bisect_left(_OPENINGS, True, hi=len(_OPENINGS) - 1, key=fits)
        return fitting

    def _script(self, outlines: Iterable[_Outline], opening: tuple[int, int]) -> str:
        reading, other = opening
        loose: list[list[str]] = []
        rows: list[list[object]] = []
        for outline in outlines:
            item = outline.document
            row = outline.as_list(reading if item.kind in _READING else other, loose)
            rows.append([*row, self.everyday.get(item.address, [])])
        data = {
            "pages": rows,
            "loose": loose_words.pack(loose),
            "terms": [
                [name, term.term, [*([term.afkorting] if term.afkorting else []), *term.synoniemen]]
                for name, term in self.terms.items()
            ],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return f"globalThis.{GLOBAL} = {text}\n"


@dataclass(frozen=True)
class _Cut:
    """A section that can be cut after any sentence: its text, where sentences end, and the words it brings.

    `words` has each word that no earlier part of the page has, once, each after a space; after sentence n its first
    `known[n]` signs are read.
    """

    text: str
    ends: list[int]
    words: str
    known: list[int]

    def after(self, opening: int) -> tuple[str, list[str]]:
        """Its first sentences, up to about a number of characters, and the words that the rest brings."""
        count = min(bisect_left(self.ends, opening), len(self.ends) - 1)
        return self.text[: self.ends[count]].strip(), self.words[self.known[count] :].split()


@dataclass(frozen=True)
class _Outline:
    """A document with its sections taken apart once, to be cut at any length."""

    document: Document
    cuts: tuple[_Cut, ...]

    @classmethod
    def of(cls, item: Document, common: frozenset[str]) -> _Outline:
        """Take the text of a document apart; common words are not worth keeping."""
        names = " ".join([item.title, item.name, item.description, *(section.heading for section in item.sections)])
        seen = {*common, *_WORD.findall(names.casefold())}
        cuts = []
        for section in item.sections:
            sentences = [found for text in section.text for found in _sentences(text)]
            words = ""
            ends, known, length = [0], [0], 0
            for sentence in sentences:
                for word in _WORD.findall(sentence.casefold()):
                    if word not in seen:
                        seen.add(word)
                        words += f" {word}"
                length += len(sentence)
                # What ends in a colon only announces what comes.
                if length - ends[-1] > _ANNOUNCEMENT or not sentence.rstrip().endswith((":", ";")):
                    ends.append(length)
                    known.append(len(words))
            if ends[-1] < length:
                ends.append(length)
                known.append(len(words))
            cuts.append(_Cut("".join(sentences), ends, words, known))
        return cls(item, tuple(cuts))

    def as_list(self, opening: int, loose: list[list[str]]) -> list[object]:
        """The document without field names (they would weigh more than they say), cut after its first sentences.

        What is cut off stays as words, each once: each section adds its own to `loose`.
        """
        item = self.document
        sections: list[list[str]] = []
        for section, cut in zip(item.sections, self.cuts, strict=True):
            # Of every page a result has something to show.
            kept, further = cut.after(opening if sections or item.description else max(opening, 1))
            sections.append([section.id, section.heading, kept])
            loose.append(further)
        return [item.address, item.kind, item.title, item.name, list(item.audiences), item.description, sections]


def _compressed(text: str) -> int:
    """How many bytes a server sends for a text, a piece at a time: the whole need not be in memory twice."""
    packer = zlib.compressobj(9, wbits=_GZIP)
    size = sum(len(packer.compress(text[start : start + 65_536].encode())) for start in range(0, len(text), 65_536))
    return size + len(packer.flush())


def light(source: str, text: str) -> str:
    """A file of LIBRARY as the site serves it: code without its comments, which are half of it."""
    if not source.endswith(".js"):
        return text
    return f"/*! {source.split('/')[1]}, MIT: see its licence beside this file. */\n" + _COMMENT_IN_CODE.sub("", text)


def search_data(pages: Iterable[Page], base: KnowledgeBase) -> SearchData:
    """Read every page and the glossary; pages come in the order of their addresses."""
    documents = sorted((document(page) for page in pages), key=lambda item: item.address)
    _drop_boilerplate(documents)
    return SearchData(tuple(documents), base.terms, base.vocabulary.zoekwoorden)


def require_all(data: SearchData, paths: Iterable[str]) -> None:
    """Raise when the site has a page (given by its place below docs/) that search does not know, or has words for none.

    The errors are MissingPageError and StrayWordsError.
    """
    known = {item.address for item in data.documents}
    missing = sorted({address_of(path) for path in paths} - known)
    if missing:
        raise MissingPageError(missing)
    stray = sorted(set(data.everyday) - known)
    if stray:
        raise StrayWordsError(stray)


def document(page: Page) -> Document:
    """Take one page apart."""
    text = take_apart(page.markdown)
    sections = _joined(list(_sections(text.body, page.path)))
    name = str(text.meta.get("title") or "")
    title = sections[0].heading or name or page.path
    audiences = text.meta.get("voor_wie")
    description = " ".join(str(text.meta.get("description") or "").split())
    is_title_only = page.path.startswith(_TITLE_ONLY) or page.path.endswith(_COPIES)
    if is_title_only or page.path.endswith(_DIAGRAM):
        sections = sections[:1]
    if is_title_only or page.path.startswith(_HEADINGS_ONLY):
        for section in sections:
            section.text.clear()
    elif page.path.startswith(_OPENING_ONLY) and not page.path.endswith("/index.md"):
        for section in sections[2:]:
            section.text.clear()
    if description in sections[0].text:
        description = ""
    return Document(
        address_of(page.path),
        kind_of(page.path),
        title,
        name if name != title else "",
        tuple(str(name) for name in audiences) if isinstance(audiences, list) else (),
        description,
        tuple(section for section in sections if section is sections[0] or section.heading or section.text),
    )


def _joined(sections: list[Section]) -> list[Section]:
    """Join parts whose heading a page has more than once ("Advice" below each outcome) to the part before them."""
    times = Counter(section.heading for section in sections)
    found: list[Section] = []
    for section in sections:
        if found and times[section.heading] > 1:
            found[-1].text += section.text
        else:
            found.append(section)
    return found


def address_of(path: str) -> str:
    """The address of a Markdown file within the site: over/index.md is `over/`, index.md the empty text."""
    bare = path.removesuffix(".md")
    return "" if bare == "index" else bare.removesuffix("/index") + "/"


def kind_of(path: str) -> str:
    """What kind of page this is: the folder it stands in. The words for readers are in the theme."""
    return _KIND_OF_PAGE.get(path) or path.partition("/")[0].removesuffix(".md")


def _drop_boilerplate(documents: Iterable[Document]) -> None:
    """Take out the sentences that stand on many pages."""
    pages = Counter(
        sentence
        for item in documents
        for sentence in {one for section in item.sections for text in section.text for one in _sentences(text)}
    )
    for item in documents:
        for section in item.sections:
            kept = ("".join(one for one in _sentences(text) if pages[one] < _BOILERPLATE) for text in section.text)
            section.text[:] = [text.strip() for text in kept if text.strip()]


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text + "\n")


def _common(documents: Iterable[Document]) -> frozenset[str]:
    """The words that stand nearly everywhere."""
    pages = [
        set(_WORD.findall(" ".join(text for section in item.sections for text in section.text).casefold()))
        for item in documents
    ]
    count = Counter(word for words in pages for word in words)
    return frozenset(word for word, number in count.items() if number > max(_BOILERPLATE, _EVERYWHERE * len(pages)))


# --- Markdown -> sections of plain text -------------------------------------------------------------------


def _sections(body: str, path: str) -> Iterator[Section]:
    """Yield the parts of a page; level four and deeper stay text."""
    current = Section("", "")
    used: set[str] = set()
    paragraph: list[str] = []

    def close() -> None:
        if not paragraph:
            return
        read = _read(" ".join(paragraph))
        for block in _BREAK.split(read) if "<" in read else [read]:
            text = _bare(block)
            if _LETTER.search(text) and not _is_signpost(block, text):
                current.text.append(text)
        paragraph.clear()

    for line in (*_lines(body), ""):
        heading = _HEADING.match(line) if line.startswith("#") else None
        if heading and len(heading[1]) <= 3:
            close()
            title = plain(heading[2])
            anchor = _ID.search(heading[3] or "")
            name = anchor[1] if anchor else _unique(_slug(title), used)
            used.add(name)
            if len(heading[1]) == 1:
                current.heading = current.heading or title
                continue
            yield current
            current = Section(name, title)
            continue
        bare = line.strip()
        box = _BOX.match(line) if bare.startswith(("!!!", "???")) else None
        if not bare or box or heading or _BLOCK_START.match(line) or bare.startswith("|"):
            close()
        if box:
            bare = (box[1] or "").strip()
        if bare:
            paragraph.append(_row(bare) if bare.startswith("|") else bare)
    close()
    yield current


def _lines(body: str) -> Iterator[str]:
    """The lines that a reader sees as text: no code, no rules between rows, no cross-references of the glossary."""
    fenced = False
    for line in _COMMENT.sub("", body).split("\n"):
        if not line:
            yield line
        elif _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not _RULE.match(line) and not _REFERENCE.match(line.strip()):
            yield line


def _is_signpost(block: str, text: str) -> bool:
    return "[" in block and sum(len(_bare(label)) for label in _LINK.findall(block)) > _SIGNPOST * len(text)


def _row(line: str) -> str:
    """A row of a table: its cells as sentences."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return " ".join(cell if cell.endswith((".", "?", "!")) else f"{cell}." for cell in cells if cell)


def plain(markdown: str) -> str:
    """The text of a piece of inline Markdown, as a reader sees it."""
    return _bare(_read(markdown))


def _bare(markdown: str) -> str:
    """A text without its marks."""
    start = _BLOCK_START.match(markdown)
    text = markdown[start.end() :] if start else markdown
    if "[" in text:
        text = _LINK.sub(_LABEL, _LINK.sub(_LABEL, text))
    text = text.lstrip("# ")
    if "<" in text:
        text = _TAG.sub("", text)
    if "*" in text or "_" in text or "`" in text:
        text = _EMPHASIS.sub("", text)
    return _SPACE_BEFORE_STOP.sub("", " ".join(html.unescape(text).split()))


def _read(markdown: str) -> str:
    """Leave out what readers do not read as text."""
    return _UNREAD.sub(" ", markdown) if "<" in markdown or "{" in markdown or "[" in markdown else markdown


def _slug(title: str) -> str:
    """The anchor that Python-Markdown gives a heading without one of its own."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", bare).strip().lower())


def _unique(name: str, used: set[str]) -> str:
    found, number = name, 0
    while found in used or not found:
        number += 1
        found = f"{name}_{number}"
    return found
