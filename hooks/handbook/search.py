"""Pages and terms -> what the search reads: a document for each page, with its sections, and the vocabulary.

In: every page of the handbook as Markdown, and the terms of the glossary. Out: `SearchData`, written as a classic
script that sets one global, so that a page from disk can load it too. Text comes out as readers see it, without marks,
sources and addresses; how words are compared (case, accents, endings, compounds) is the business of
docs/scripts/dutch.mjs alone. `main` puts the script in the site and stops the build when a page is missing from it.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

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
# first sentences only: `SearchData.script` takes the longest openings that fit.
LIMIT = 118_000
_OPENINGS = (10_000, 800, 600, 450, 350, 280, 220, 170, 130, 100, 70, 40, 0)

# Pages that repeat what stands elsewhere are found by their title and headings; those for whoever keeps the handbook,
# or in English, by their title and description.
_HEADINGS_ONLY = ("bronnen.md", "kaarten/signalenkaart-")
_COPIES = (
    "/dia.md",
    "/kaarten.md",
    "trainen/signaalkaarten.md",
    "trainen/toets.md",
    "-schema.md",
)  # title only, by the end of the path
_TITLE_ONLY = ("over/te-herzien.md", "over/verantwoording.md", "over/bijdragen/velden.md", "over/beslissingen/")
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

_WORD = re.compile(r"\w{3,}")
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
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BLOCK_START = re.compile(r"^\s*(?:[-*+]|\d+[.)]|>|:(?= ))\s+")
_BOX = re.compile(r'^\s*(?:!!!|\?\?\?\+?)\s*[\w -]*(?:"([^"]*)")?')
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_RULE = re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*$")
# The glossary says each word where it stands and again at the term: the vocabulary has it once.
_REFERENCE = re.compile(r"^(?:.{1,80}: zie \[[^\]]*\]\(#[^)]*\)\.|(?:Ook wel|Zie ook): .*|Hierop rust: .*)$")
_COMMENT_IN_CODE = re.compile(r"^[ \t]*/\*\*.*?\*/\n|^//# sourceMappingURL.*\n?", re.MULTILINE | re.DOTALL)


class Page(Protocol):
    """What search reads of a page (`pages.Page` is one)."""

    @property
    def path(self) -> str:
        """Its place below docs/."""

    @property
    def markdown(self) -> str:
        """Its text."""


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

    The first section is what stands above the first subheading.
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

    def script(self) -> str:
        """The data as a classic script, within LIMIT when it can be; the same for the same pages."""
        for opening in _OPENINGS:
            text = self._script(opening)
            if len(gzip.compress(text.encode(), 9, mtime=0)) <= LIMIT:
                break
        return text

    def _script(self, opening: int) -> str:
        data = {
            "pages": [_as_list(document, opening) for document in self.documents],
            "terms": [
                [name, term.term, [*([term.afkorting] if term.afkorting else []), *term.synoniemen]]
                for name, term in self.terms.items()
            ],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return f"globalThis.{GLOBAL} = {text}\n"


def light(source: str, text: str) -> str:
    """A file of LIBRARY as the site serves it: code without its documentation, which is more than half of it."""
    if not source.endswith(".js"):
        return text
    return f"/*! {source.split('/')[1]}, MIT: see its licence beside this file. */\n" + _COMMENT_IN_CODE.sub("", text)


def search_data(pages: Iterable[Page], base: KnowledgeBase) -> SearchData:
    """Read every page and the glossary; pages come in the order of their addresses."""
    documents = sorted((document(page) for page in pages), key=lambda item: item.address)
    return SearchData(tuple(documents), base.terms)


def require_all(data: SearchData, paths: Iterable[str]) -> None:
    """Raise MissingPageError when the site has a page (given by its place below docs/) that search does not know."""
    known = {item.address for item in data.documents}
    missing = sorted({address_of(path) for path in paths} - known)
    if missing:
        raise MissingPageError(missing)


def document(page: Page) -> Document:
    """Take one page apart."""
    text = take_apart(page.markdown)
    sections = list(_sections(text.body, page.path))
    name = str(text.meta.get("title") or "")
    title = sections[0].heading or name or page.path
    audiences = text.meta.get("voor_wie")
    description = " ".join(str(text.meta.get("description") or "").split())
    is_title_only = page.path.startswith(_TITLE_ONLY) or page.path.endswith(_COPIES)
    if is_title_only:
        sections = sections[:1]
    if is_title_only or page.path.startswith(_HEADINGS_ONLY):
        for section in sections:
            section.text.clear()
    elif description and description in sections[0].text:
        description = ""
    return Document(
        address_of(page.path),
        kind_of(page.path),
        title,
        name if name != title else "",
        tuple(str(name) for name in audiences) if isinstance(audiences, list) else (),
        description,
        tuple(section for section in sections if section.heading or section.text),
    )


def address_of(path: str) -> str:
    """The address of a Markdown file within the site: over/index.md is `over/`, index.md the empty text."""
    bare = path.removesuffix(".md")
    return "" if bare == "index" else bare.removesuffix("/index") + "/"


def kind_of(path: str) -> str:
    """What kind of page this is: the folder it stands in. The words for readers are in the theme."""
    return _KIND_OF_PAGE.get(path) or path.partition("/")[0].removesuffix(".md")


def _as_list(item: Document, opening: int) -> list[object]:
    """A document without field names: they would weigh more than they say."""
    names = " ".join([item.title, item.name, item.description, *(section.heading for section in item.sections)])
    seen = set(_WORD.findall(names.casefold()))
    sections: list[list[str]] = []
    for section in item.sections:
        kept, rest = _open(section.text, opening)
        seen.update(_WORD.findall(kept.casefold()))
        further = [word for word in dict.fromkeys(_WORD.findall(rest.casefold())) if word not in seen]
        seen.update(further)
        sections.append([section.id, section.heading, kept, *([" ".join(further)] if further else [])])
    return [item.address, item.kind, item.title, item.name, list(item.audiences), item.description, sections]


def _open(paragraphs: list[str], opening: int) -> tuple[str, str]:
    """Split a section into its first sentences, up to about a number of characters, and the rest."""
    sentences = [found for text in paragraphs for found in _SENTENCE.findall(text + "\n")]
    length, count = 0, 0
    while count < len(sentences) and length < opening:
        length += len(sentences[count])
        count += 1
    return "".join(sentences[:count]).strip(), "".join(sentences[count:])


# --- Markdown -> sections of plain text -------------------------------------------------------------------


def _sections(body: str, path: str) -> Iterator[Section]:
    """Yield the parts of a page; level four and deeper stay text."""
    current = Section("", "")
    used: set[str] = set()
    paragraph: list[str] = []

    def close() -> None:
        for block in _BREAK.split(_UNREAD.sub(" ", " ".join(paragraph))):
            text = plain(block)
            if re.search(r"\w", text) and not _is_signpost(block, text):
                current.text.append(text)
        paragraph.clear()

    for line in (*_lines(body), ""):
        heading = _HEADING.match(line)
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
        box = _BOX.match(line) if line.lstrip().startswith(("!!!", "???")) else None
        if not line.strip() or box or heading or _BLOCK_START.match(line) or line.lstrip().startswith("|"):
            close()
        if box:
            line = box[1] or ""
        paragraph.append(_row(line) if line.lstrip().startswith("|") else line.strip())
    close()
    yield current


def _lines(body: str) -> Iterator[str]:
    """The lines that a reader sees as text: no code, no rules between rows, no cross-references of the glossary."""
    fenced = False
    for line in _COMMENT.sub("", body).split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not _RULE.match(line) and not _REFERENCE.match(line.strip()):
            yield line


def _is_signpost(block: str, text: str) -> bool:
    return sum(len(plain(label)) for label in _LINK.findall(block)) > _SIGNPOST * len(text)


def _row(line: str) -> str:
    """A row of a table: its cells as sentences."""
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return " ".join(cell if cell.endswith((".", "?", "!")) else f"{cell}." for cell in cells if cell)


def plain(markdown: str) -> str:
    """The text of a piece of inline Markdown, as a reader sees it."""
    text = _BLOCK_START.sub("", _UNREAD.sub(" ", markdown))
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub("", _TAG.sub("", text.lstrip("# ")))
    return re.sub(r" (?=[.,;:!?])", "", " ".join(html.unescape(text).split()))


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
