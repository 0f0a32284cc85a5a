"""The handbook as one book: readable, its terms and sources at hand, and a next step on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from handbook import glossary, pages, reading
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Local, LocalIntervention, LocalPartner
from handbook.pages import Page
from handbook.prose import cited_sources
from handbook.written import take_apart
from site_fixtures import TODAY, html_pages

_LINK = re.compile(r"\[([^\[\]]+)\]\((?:\.\./)*begrippen\.md#([a-z0-9-]+)\)")
_UNLINKED = re.compile(r"^\s*(?:[#<|]|!!!|\?\?\?).*$|```.*?```|\[[^\]]*\]\([^)]*\)|`[^`]*`|<[^>]*>", re.M | re.S)


@pytest.fixture(scope="module")
def today() -> Build:
    return Build(TODAY, "proef")


@pytest.fixture(scope="module")
def everything(real_base: KnowledgeBase, root: Path, today: Build) -> list[Page]:
    return list(pages.everything(real_base, today, root / "docs"))


def articles(site: Path) -> Iterator[tuple[str, Tag]]:
    for address in html_pages(site):
        if address.endswith("/") or not address:
            page = BeautifulSoup((site / address / "index.html").read_text(encoding="utf-8"), "html.parser")
            article = page.select_one("article")
            assert article is not None, address
            yield address, article


# --- reading level ----------------------------------------------------------------------------------------


def test_no_sentence_and_no_page_is_too_long(real_base: KnowledgeBase, root: Path, everything: list[Page]) -> None:
    assert not [str(problem) for problem in pages.advice(real_base, everything, root / "docs")]


def test_reading_level_was_measured(everything: list[Page]) -> None:
    """The advice above is worth something only if sentences are found on nearly every page."""
    tools = {"zoeken.md"}  # little to read: the page is a field
    counted = [page for page in everything if reading.counts(page.path) and page.path not in tools]
    without = [page.path for page in counted if len(list(reading.sentences(take_apart(page.markdown)))) < 5]
    assert len(counted) > 100
    assert not without


# --- terms and sources ------------------------------------------------------------------------------------


def test_no_term_is_unused(real_base: KnowledgeBase, root: Path) -> None:
    assert not list(glossary.problems(root / "docs", real_base))


def test_each_term_is_linked_once_and_where_it_is_first_used(everything: list[Page]) -> None:
    links = 0
    for page in everything:
        body = take_apart(page.markdown).body
        seen: set[str] = set()
        for match in _LINK.finditer(body):
            if page.path == "begrippen.md" or page.markdown[: match.start()].endswith(("Zie ook: ", ", ")):
                continue
            before = _UNLINKED.sub(" ", body[: match.start()])
            word = rf"(?<![\w-]){re.escape(match[1])}(?![\w-])"
            if match[2] not in seen and not re.search(word, before):
                links += 1
            seen.add(match[2])
            assert not re.search(word, before), f"{page.path}: {match[1]} was used before its link"
    assert links > 500


def test_links_to_terms_work_without_a_mouse(site: Path) -> None:
    """A plain link to the explanation, nothing that shows only on hover."""
    terms = {str(part["id"]) for part in BeautifulSoup(
        (site / "begrippen/index.html").read_text(encoding="utf-8"), "html.parser"
    ).select("article h3[id]")}  # fmt: skip
    for address, article in articles(site):
        assert not article.select("abbr, [title]:not(svg):not(.headerlink)"), address
        for link in article.select("a[href*='begrippen/#']"):
            name = str(link["href"]).partition("#")[2]
            assert name in terms or name.startswith("letter-"), f"{address}: {name}"


def test_source_lists_each_written_page_that_cites_it(site: Path, root: Path) -> None:
    page = BeautifulSoup((site / "bronnen/index.html").read_text(encoding="utf-8"), "html.parser")
    listed: dict[str, set[str]] = {}
    for heading in page.select("article h3[id]"):
        listed[str(heading["id"])] = set()
        for part in heading.find_next_siblings():
            if part.name in ("h2", "h3"):
                break
            links = part.select("a[href]")
            listed[str(heading["id"])] |= {urljoin("/bronnen/", str(link["href"])) for link in links}
    checked = 0
    for path in sorted((root / "docs").rglob("*.md")):
        text = take_apart(path.read_text(encoding="utf-8"))
        address = "/" + path.relative_to(root / "docs").as_posix().removesuffix(".md").removesuffix("/index")
        if "bijdragen" in path.parts or "beslissingen" in path.parts:
            continue
        for source in cited_sources(text):
            checked += 1
            assert f"{address.rstrip('/')}/" in listed[source], f"{source}: {address}"
    assert checked > 150


def test_every_source_says_what_rests_on_it_or_that_nothing_does(site: Path, real_base: KnowledgeBase) -> None:
    page = BeautifulSoup((site / "bronnen/index.html").read_text(encoding="utf-8"), "html.parser")
    shown = " ".join(page.get_text().split())
    assert shown.count("Hierop rust: ") + shown.count("Hierop rust nu niets") == len(real_base.sources)
    assert shown.count("Hierop rust: ") > 150


# --- the way through --------------------------------------------------------------------------------------


def test_no_page_is_a_dead_end(site: Path) -> None:
    ends = []
    for address, article in articles(site):
        if address.startswith("over/beslissingen/0"):  # for engineers; the list of decisions leads on
            continue
        for foot in article.select(".ve-page-foot"):
            foot.decompose()
        blocks = [part for part in article.find_all(["p", "ul", "ol", "table", "dl"]) if part.find("a", href=True)]
        last = blocks[-1].find_all("a", href=True)[-1] if blocks else None
        target = urljoin(f"/{address}", str(last["href"])).partition("#")[0] if last else ""
        if not target.startswith("/") or target == f"/{address}":
            ends.append(address)
    assert not ends


def test_every_written_page_says_for_whom_and_when_it_was_looked_at(root: Path) -> None:
    for path in sorted((root / "docs").rglob("*.md")):
        place = path.relative_to(root / "docs").as_posix()
        if place.startswith("over/") or place == "index.md":
            continue
        meta = take_apart(path.read_text(encoding="utf-8")).meta
        assert {"title", "description", "voor_wie", "bekeken_op", "herzien_voor"} <= meta.keys(), place


# --- who to call here -------------------------------------------------------------------------------------

LOCAL = Local(
    gemeente="Voorbeeldstad",
    verwijsindex="Kijk Samen",
    partners={
        "wijkteam": LocalPartner(
            naam="Team De Brug",
            functie="coördinator",
            telefoon="000 123 45 67",
            pagina="https://example.org/brug",
        ),
        "wijkagent": LocalPartner(telefoon="000 765 43 21"),
    },
    interventies={
        "pit": LocalIntervention(loopt_hier="ja", aanmelden="Via Team De Brug."),
        "basta": LocalIntervention(loopt_hier="nee"),
    },
)


def local_pages(base: KnowledgeBase, local: Local, root: Path, today: Build) -> dict[str, str]:
    return {page.path: page.markdown for page in pages.everything(replace(base, local=local), today, root / "docs")}


def test_filled_in_names_stand_where_a_reader_looks(real_base: KnowledgeBase, root: Path, today: Build) -> None:
    found = local_pages(real_base, LOCAL, root, today)
    listing = found["wie-bel-ik.md"]
    for wanted in (
        *("Voorbeeldstad", "Team De Brug, coördinator", "tel:0001234567", "https://example.org/brug"),
        *("Kijk Samen", "loopt hier. Aanmelden: Via Team De Brug.", "loopt hier niet"),
    ):
        assert wanted in listing, wanted
    team = "Team De Brug, coördinator, [000 123 45 67](tel:0001234567)"
    for page in (
        "beroepen/wijkteam.md",
        "kaarten/signalenkaart-leerkracht.md",
        "kaarten/gesprekskaart-ouders.md",
        "keuzehulp/kind.md",
    ):
        assert team in found[page], page
    assert "[000 765 43 21](tel:0007654321)" in found["beroepen/wijkagent.md"]
    assert "Kijk Samen" in found["verwijsindex.md"]
    assert "Via Team De Brug." in found["interventies/pit.md"]
    assert "Zo meld je aan" in found["interventies/pit.md"]
    assert "loopt hier niet" in found["interventies/basta.md"]


def test_without_names_there_is_a_line_to_write_on(real_base: KnowledgeBase, root: Path, today: Build) -> None:
    found = local_pages(real_base, Local(), root, today)
    for page in ("beroepen/wijkteam.md", "kaarten/signalenkaart-leerkracht.md", "kaarten/sape-checklist.md"):
        assert "ve-blank" in found[page], page
    listing = found["wie-bel-ik.md"]
    to_fill_in = listing[listing.index('<ul class="ve-fill-in"') :]
    assert [name for name in real_base.partners if f"](beroepen/{name}.md)" not in to_fill_in] == []
    assert "None" not in found["wie-bel-ik.md"]


def test_nothing_of_the_example_is_published(site: Path, real_base: KnowledgeBase) -> None:
    assert real_base.local == Local()
    assert "Voorbeeldstad" not in (site / "wie-bel-ik/index.html").read_text(encoding="utf-8")
