"""The pages to look things up: the glossary, the sources and the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handbook import model
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Rule
from handbook.pages.maker import Maker, Page
from handbook.prose import cited_sources
from handbook.register import register
from handbook.written import read, take_apart


def pages(maker: Maker, docs: Path) -> Iterator[Page]:
    """Yield the glossary, the sources with what rests on them, and the rules."""
    base = maker.base
    yield maker.page("begrippen.md", "begrippen.md.j2", "guide/begrippen.yaml", letters=register(base.terms))

    def sources_of(kind: str) -> list[tuple[str, model.Source]]:
        found = [(name, source) for name, source in base.sources.items() if source.soort == kind]
        return sorted(found, key=lambda item: item[1].titel.casefold())

    rests = _what_rests(base, docs)
    yield maker.page("bronnen.md", "bronnen.md.j2", "guide/bronnen.yaml", rests=rests, sources_of=sources_of)

    def rules_of(kind: str) -> list[tuple[str, Rule]]:
        return [(name, rule) for name, rule in base.rules.items() if rule.soort == kind]

    looked = min(rule.uitspraak.bekeken_op for rule in base.rules.values())
    yield maker.page("gegevens-delen/regels.md", "regels.md.j2", "guide/regels.yaml", rules_of=rules_of, looked=looked)


def _what_rests(base: KnowledgeBase, docs: Path) -> dict[str, list[tuple[str, str]]]:
    """Per source the (title, path) of each page that rests on it."""
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in base.sources}
    for source, uses in base.citations.items():
        for file, place in uses:
            page = page_of(base, file, place)
            if page is not None:
                found[source].add(page)
    for path in sorted(docs.rglob("*.md")):
        text = take_apart(read(path))
        address = path.relative_to(docs).as_posix()
        for source in cited_sources(text):
            if source in found:
                found[source].add((str(text.meta.get("title", address)), address))
    return {name: sorted(pages) for name, pages in found.items()}


def page_of(base: KnowledgeBase, file: str, place: model.Path) -> tuple[str, str] | None:
    """The (title, path) of the page on which a place in a content file is shown."""
    name = Path(file).stem
    if file.startswith("interventions/"):
        return base.interventions[name].naam, f"interventies/{name}.md"
    if file.startswith("guide/keuzehulp/"):
        return base.guides[name].titel, f"keuzehulp/{name}.md"
    if file.startswith("guide/casussen/"):
        return base.cases[name].titel, f"trainen/casussen/{name}.md"
    if name == "partners":
        return base.partners[str(place[1])].naam, f"beroepen/{place[1]}.md"
    if name == "signalen":
        domain = getattr(base.signals, str(place[0]))[place[1]].domein
        return f"Signalen: {base.label('domeinen', domain)}", f"signaleren/{domain}.md"
    single = {
        "begrippen": ("Begrippen", "begrippen.md"),
        "regels": ("Regels", "gegevens-delen/regels.md"),
        "toets": (base.assessment.titel, "trainen/toets.md"),
        "nummers": ("Wie bel ik hier?", "wie-bel-ik.md"),
    }
    return single.get(name)
