"""The pages about the handbook: changes, fields, the proof of the guides, coverage and what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from handbook import fields, model
from handbook.knowledge_base import KnowledgeBase
from handbook.pages.maker import Maker, Page
from handbook.pages.proof import proof
from handbook.pages.reference import page_of
from handbook.written import read, take_apart

Due = tuple[date, str, str, str]


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield what changed, all fields, the proof, the coverage list and what must be looked at again."""
    base = maker.base
    yield maker.page("over/wijzigingen.md", "wijzigingen.md.j2", days=_changes(base))
    yield maker.page("over/bijdragen/velden.md", "velden.md.j2", tables=fields.tables())
    proofs = [proof(base, name) for name in base.guides]
    yield maker.page("over/bewijs-van-de-keuzehulp.md", "bewijs.md.j2", proofs=proofs)
    rows = sorted(base.coverage.delen, key=lambda row: list(base.sources).index(row.bron))
    by_source = [(source, list(parts)) for source, parts in groupby(rows, key=lambda row: row.bron)]
    yield maker.page("over/verantwoording.md", "verantwoording.md.j2", "guide/verantwoording.yaml", by_source=by_source)
    everything = sorted({*_due_claims(base), *_due_pages(docs)})
    late = [item for item in everything if item[0] <= maker.build.today]
    due = [
        (day, [item[1:] for item in items])
        for day, items in groupby((item for item in everything if item not in late), key=lambda item: item[0])
    ]
    yield maker.page("over/te-herzien.md", "te-herzien.md.j2", late=late, due=due)


def _changes(base: KnowledgeBase) -> list[tuple[date, list[tuple[str, str, str]]]]:
    found: dict[date, list[tuple[str, str, str]]] = {}
    for name, record in base.interventions.items():
        for change in record.wijzigingen:
            found.setdefault(change.datum, []).append((name, record.naam, change.tekst))
    return sorted(found.items(), reverse=True)


def _due_claims(base: KnowledgeBase) -> Iterator[Due]:
    for file, record in base.records.items():
        for place, claim in model.claims_in(record):
            page = page_of(base, file, place)
            if claim.herzien_voor is not None and page is not None:
                yield claim.herzien_voor, *page, claim.tekst


def _due_pages(docs: Path) -> Iterator[Due]:
    for path in sorted(docs.rglob("*.md")):
        meta = take_apart(read(path)).meta
        due = meta.get("herzien_voor")
        if isinstance(due, date):
            yield due, str(meta["title"]), path.relative_to(docs).as_posix(), "de hele pagina"
