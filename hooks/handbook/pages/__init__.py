"""KnowledgeBase -> [Page(path, markdown, source)]: every page, made from data or written, as plain Markdown.

In: a KnowledgeBase and the day and version of the build. Out: pages whose Markdown any generator can build;
`main` hands them to MkDocs, `check --write-markdown` writes them to a folder. Texts from YAML come out as they
were typed. One module a part of the handbook; `maker` renders what they describe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.pages import about, data_sharing, guides, interventions, reference, signals
from handbook.pages.maker import Maker, Page
from handbook.pages.proof import proof_lines
from handbook.prose import Writer

__all__ = ["Build", "Page", "Settings", "everything", "pages", "proof_lines", "prose", "today", "written_page"]

_MARKER = re.compile(r"^\{\{ (colofon|voorbeeldrecord) \}\}$", re.MULTILINE)


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
    for part in (interventions, guides, data_sharing, signals, reference, about):
        yield from part.pages(maker, docs)


def prose(base: KnowledgeBase, docs: Path, build: Build, settings: Settings) -> Iterator[Page]:
    """Yield the pages that people wrote in docs/, with what they ask for filled in."""
    writer = Writer(base, build.today)
    for path in sorted(docs.rglob("*.md")):
        place = path.relative_to(docs).as_posix()
        yield Page(place, written_page(place, path.read_text(encoding="utf-8"), writer, docs, build, settings))


def everything(base: KnowledgeBase, build: Build, docs: Path, settings: Settings | None = None) -> Iterator[Page]:
    """Yield every page that a reader sees, made and written."""
    yield from pages(base, build, docs)
    yield from prose(base, docs, build, settings or Settings())


def written_page(path: str, markdown: str, writer: Writer, docs: Path, build: Build, settings: Settings) -> str:
    """Finish one written page: the colophon and the example record where it asks for them, sources and terms."""

    def replaced(match: re.Match[str]) -> str:
        if match[1] == "colofon":
            return Maker.plain("colofon.md.j2", build=build, settings=settings)
        example = (docs / "over/bijdragen/voorbeeldaanpak.yaml").read_text(encoding="utf-8")
        return f"```yaml\n{example.strip()}\n```"

    return writer.finish(path, _MARKER.sub(replaced, markdown))
