"""Ways out of MkDocs: properdocs builds the same site, and any generator can build the Markdown on disk."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from site_fixtures import ROOT, build, copy_project, html_pages, run, tree

GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')


def test_properdocs_builds_the_same_site(site: Path, tmp_path: Path) -> None:
    other = tree(build(tmp_path / "site", program="properdocs"))
    ours = tree(site)
    assert ours.keys() == other.keys()
    assert not [name for name in ours if GENERATOR.sub(b"", ours[name]) != GENERATOR.sub(b"", other[name])]


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages from Markdown on disk, with the same theme and extensions and none of our code."""
    project = copy_project(tmp_path_factory.mktemp("plain") / "project")
    written = project / "markdown"
    result = run(["hooks/check.py", "--write-markdown", str(written)], project)
    assert result.returncode == 0, result.stderr
    files = shutil.ignore_patterns("*.md")
    shutil.copytree(project / "docs", written, ignore=files, dirs_exist_ok=True)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    plain = re.sub(r"^(hooks|watch):.*\n", "", settings, flags=re.MULTILINE).replace(
        "docs_dir: docs", "docs_dir: markdown"
    )
    assert plain.count("\n") == settings.count("\n") - 2
    (project / "mkdocs.yml").write_text(plain, encoding="utf-8")
    return build(project / "site", project)


def article(folder: Path, address: str) -> str:
    """The text of a page without its foot, which names the edition, and the numbers, which our hook hands the theme."""
    path = folder / address / "index.html" if not address.endswith(".html") else folder / address
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    found = page.select_one("#inhoud")
    assert found is not None
    foot = found.select_one(".ve-page-foot")
    assert foot is not None
    foot.extract()
    for strip in found.select(".ve-acute"):
        strip.extract()
    # Markdown on disk is no edition: it says "check" where the site says its version.
    return re.sub(r"\b(\d+\.\d+\.\d+-[0-9a-f]{8}|check)\b", "VERSIE", found.get_text(" ", strip=True))


def test_markdown_on_disk_gives_the_same_pages(site: Path, plain_site: Path) -> None:
    assert html_pages(plain_site) == html_pages(site)
    for address in html_pages(site):
        assert article(plain_site, address) == article(site, address), address
    assert len(html_pages(site)) > len(list((ROOT / "interventions").glob("*.yaml"))) + 10


def test_markdown_on_disk_is_written_alike_each_time(tmp_path: Path) -> None:
    folders = [tmp_path / "een", tmp_path / "twee"]
    for folder in folders:
        assert run(["hooks/check.py", "--write-markdown", str(folder)]).returncode == 0
    assert tree(folders[0]) == tree(folders[1])
