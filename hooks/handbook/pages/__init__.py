"""KnowledgeBase -> [Page(path, markdown, source)]: every page, made from data or written, as plain Markdown.

In: a KnowledgeBase and the day and version of the build. Out: pages whose Markdown any generator can build;
`main` hands them to MkDocs, `check --write-markdown` writes them to a folder. Texts from YAML come out as they
were typed. One module a part of the handbook; `maker` renders what they describe.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import texts_in
from handbook.pages import (
    about,
    compare,
    data_sharing,
    guides,
    interventions,
    reach,
    readings,
    reference,
    signals,
    training,
)
from handbook.pages.maker import Maker, Page
from handbook.pages.proof import possible_ways, proof_lines
from handbook.pages.targets import missing_targets, noted
from handbook.problems import Problem
from handbook.reading import advice as reading_advice
from handbook.written import read

__all__ = [
    "Build",
    "Page",
    "Settings",
    "advice",
    "everything",
    "lost",
    "missing_targets",
    "noted",
    "pages",
    "possible_ways",
    "proof_lines",
    "prose",
    "today",
    "written_page",
]

_MARKER = re.compile(r"^\{\{ (colofon|downloads|voorbeeldrecord|hier: ([a-z0-9-]+)) \}\}$", re.MULTILINE)


@dataclass(frozen=True)
class Settings:
    """What the owner of the site fills in; empty texts are shown as not filled in yet."""

    beheerder: str = ""
    contact: str = ""
    licentie: str = ""


def today(environment: Mapping[str, str]) -> date:
    """The day that counts as today: that of SOURCE_DATE_EPOCH, else the day of the build, in UTC."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def pages(base: KnowledgeBase, build: Build, docs: Path) -> Iterator[Page]:
    """Yield every page that is made from data; `docs` is read only for the titles of written cards."""
    maker = Maker(base, build)
    # What looks at all states of the guides comes first: they take as much memory as hundreds of pages.
    possible_ways(base)
    pairs = list(data_sharing.pages(maker, docs))
    base.spaces.clear()
    for part in (interventions, reach, compare, guides):
        yield from part.pages(maker, docs)
    yield from pairs
    for part in (signals, training, reference, about):
        yield from part.pages(maker, docs)
    yield from readings.pages(maker)


def prose(base: KnowledgeBase, docs: Path, build: Build, settings: Settings) -> Iterator[Page]:
    """Yield the pages that people wrote in docs/, with what they ask for filled in."""
    maker = Maker(base, build)
    for path in sorted(docs.rglob("*.md")):
        place = path.relative_to(docs).as_posix()
        yield Page(place, written_page(place, read(path), maker, docs, settings))


def everything(base: KnowledgeBase, build: Build, docs: Path, settings: Settings | None = None) -> Iterator[Page]:
    """Yield every page that a reader sees, made and written."""
    yield from pages(base, build, docs)
    yield from prose(base, docs, build, settings or Settings())


def lost(base: KnowledgeBase, build: Build, docs: Path) -> Iterator[Problem]:
    """Make every page and yield each place in a record that sends its reader to none of them."""
    anchors: dict[str, set[str]] = {}
    for _ in noted(everything(base, build, docs), anchors):
        pass
    yield from missing_targets(base, anchors)


def advice(base: KnowledgeBase, made: Iterable[Page], docs: Path) -> Iterator[Problem]:
    """Yield what makes a page hard to read, each with the place where an editor can change it."""
    for page in made:
        written = docs / page.path
        if written.is_file():
            yield from reading_advice(page.path, f"docs/{page.path}", read(written))
            continue
        for problem in reading_advice(page.path, page.path, page.markdown):
            yield _in_source(base, page, problem)


def _in_source(base: KnowledgeBase, page: Page, problem: Problem) -> Problem:
    """Say of a sentence on a page that was made in which line of the YAML it stands, if it does."""
    start = html.unescape(problem.message.partition("'")[2].partition("…")[0])
    files = [page.source] if page.source and page.source in base.records else [*base.records]
    for file in files:
        for place, text in texts_in(base.records[file]):
            if start and start[:40] in " ".join(text.split()):
                return base.files[file].problem(place, problem.message, problem.rule)
    return Problem(page.source or page.path, 1, "", problem.message, problem.rule)


def written_page(path: str, markdown: str, maker: Maker, docs: Path, settings: Settings) -> str:
    """Finish one written page: fill in what its markers ask for; sources and terms."""

    def replaced(match: re.Match[str]) -> str:
        if match[1] == "colofon":
            return maker.part("colofon.md.j2", settings=settings)
        if match[1] == "downloads":
            return maker.part("downloads.md.j2")
        if match[2]:
            return maker.part("hier.md.j2", id=match[2])
        example = (docs / "over/bijdragen/voorbeeldaanpak.yaml").read_text(encoding="utf-8")
        return f"```yaml\n{example.strip()}\n```"

    return maker.writer.finish(path, _MARKER.sub(replaced, markdown))
