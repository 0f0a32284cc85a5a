"""Building: the same bytes every time, nothing lost when content is wrong, a preview that recovers, any address."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, expect

from site_fixtures import ROOT, build, copy_project, environment, html_pages, run, served, tree

BUILD = ["-m", "mkdocs", "build", "--strict"]
GUIDE = "guide/keuzehulp/kind.yaml"
PIT = "interventions/pit.yaml"
# After every date before which something in the content must be looked at again.
LATE = str(365 * 24 * 3600 * 80)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, to break."""
    return copy_project(tmp_path / "een map met spaties" / "project")


def expired_law() -> dict[str, int]:
    """Per content file how many legal claims will have expired one day, read from the YAML itself."""

    def legal(value: Any) -> Iterator[date]:
        if isinstance(value, dict):
            if value.get("aard") == "juridisch":
                yield value["herzien_voor"]
            value = list(value.values())
        if isinstance(value, list):
            for item in value:
                yield from legal(item)

    paths = [*(ROOT / "interventions").glob("*.yaml"), *(ROOT / "guide/keuzehulp").glob("*.yaml")]
    found = {
        path.relative_to(ROOT).as_posix(): len(list(legal(yaml.safe_load(path.read_text("utf-8"))))) for path in paths
    }
    return {name: count for name, count in found.items() if count}


def test_two_builds_of_one_day_are_the_same_in_any_folder(site: Path, project: Path, tmp_path: Path) -> None:
    elsewhere = environment(PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C.UTF-8", HOME=str(tmp_path))
    again = tree(build(project / "site", project, env=elsewhere))
    first = tree(site)
    assert first.keys() == again.keys()
    assert not [name for name in first if first[name] != again[name]]


def test_bad_content_prints_every_problem_and_leaves_the_site_that_was(project: Path, site: Path) -> None:
    shutil.copytree(site, project / "site")
    before = tree(project / "site")
    kidzzz = project / "interventions/alles-kidzzz.yaml"
    good = kidzzz.read_text("utf-8")
    bad = re.sub(r"^  niveau: .*$", "  niveau: hoogg", good, flags=re.MULTILINE)
    line = bad[: bad.index("niveau: hoogg")].count("\n") + 1
    kidzzz.write_text(bad, encoding="utf-8")
    pit = (project / PIT).read_text("utf-8")
    (project / PIT).write_text(pit.replace("naam:", "naamm:", 1), encoding="utf-8")
    (project / "interventions/basta.yaml").write_text("naam: [open\n", encoding="utf-8")
    (project / "guide/keuzehulp/kind.yaml").write_bytes(b"titel: caf\xe9\n")
    page = project / "docs/over/colofon.md"
    page.write_text(page.read_text("utf-8") + "\nZo. [@bestaat-niet: deel 1]\n", encoding="utf-8")
    result = run(BUILD, project)
    assert result.returncode == 1
    for name in (PIT, "interventions/basta.yaml", "guide/keuzehulp/kind.yaml", "docs/over/colofon.md"):
        assert re.search(rf"^{name}:\d+", result.stderr, re.MULTILINE), name
    assert f"interventions/alles-kidzzz.yaml:{line}: erkenning.niveau" in result.stderr
    assert "naamm" in result.stderr
    assert re.search(r"^\d+ problemen in 5 bestanden", result.stderr, re.MULTILINE)
    assert "Traceback" not in result.stderr + result.stdout
    assert tree(project / "site") == before


def test_unused_term_and_lost_page_are_told_in_one_report(project: Path) -> None:
    terms, guide = project / "guide/begrippen.yaml", project / "guide/keuzehulp/kind.yaml"
    unused = "termen:\n  kwibbel: {term: Kwibbel, uitleg: Niets.}\n"
    terms.write_text(re.sub(r"^termen:\n", unused, terms.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    guide.write_text(re.sub(r"pagina: [a-z/-]+/", "pagina: bestaat-niet/", guide.read_text("utf-8"), count=1))
    result = run(BUILD, project)
    assert result.returncode == 1
    assert "'Kwibbel'" in result.stderr
    assert "'bestaat-niet/'" in result.stderr
    assert not (project / "site").exists()


# What comes to light only after MkDocs has set out to write: the file, what is added to it, what the report says.
LATE_FAULTS = {
    "policy": ("docs/over/colofon.md", '\n<p style="color: red">Rood</p>\n', "over/colofon/index.html"),
    "target": ("guide/keuzehulp/kind.yaml", "pagina: bestaat-niet/", "bestaat-niet/"),
    "template": ("hooks/theme/casus.html", "{% endif %}", "casus.html"),
    "warning": ("docs/over/colofon.md", "\n[Weg](#bestaat-niet)\n", "no such anchor"),
}


@pytest.mark.parametrize("fault", LATE_FAULTS)
def test_fault_found_late_leaves_the_site_that_was(project: Path, fault: str) -> None:
    name, added, told = LATE_FAULTS[fault]
    text = (project / name).read_text("utf-8")
    bad = re.sub(r"pagina: [a-z]+/", added, text, count=1) if fault == "target" else text + added
    (project / name).write_text(bad, encoding="utf-8")
    (project / "site/over").mkdir(parents=True)
    (project / "site/over/index.html").write_text("het vorige handboek", encoding="utf-8")
    beside = set(project.iterdir())
    result = run(BUILD, project)
    assert result.returncode == 1
    assert told in result.stderr
    assert ("Traceback" in result.stderr) == (fault == "template")  # that one is for whoever writes templates
    assert tree(project / "site") == {"over/index.html": b"het vorige handboek"}
    assert set(project.iterdir()) == beside


def test_build_takes_the_place_of_the_site_whole_behind_a_link(project: Path, site: Path, tmp_path: Path) -> None:
    real = tmp_path / "webserver"
    for stale in ("weg/index.html", "index.html/was-een-map.txt", "over", "interventies/oud.html", ".git/HEAD"):
        (real / stale).parent.mkdir(parents=True, exist_ok=True)
        (real / stale).write_text("oud", encoding="utf-8")
    (project / "site").symlink_to(real, target_is_directory=True)
    folder = real.stat().st_ino
    build(project / "site", project)
    assert (project / "site").is_symlink()
    assert real.stat().st_ino == folder
    assert (real / ".git/HEAD").read_text("utf-8") == "oud"
    shutil.rmtree(real / ".git")
    assert tree(real).keys() == tree(site).keys()
    assert not [path for path in real.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["een map met spaties", "webserver"]


def test_expired_law_stops_the_build_and_is_listed_whole(project: Path, site: Path) -> None:
    shutil.copytree(site, project / "site")
    before = tree(project / "site")
    result = run(BUILD, project, environment(SOURCE_DATE_EPOCH=LATE))
    assert result.returncode == 1
    assert expired_law()
    for name, count in expired_law().items():
        assert len(re.findall(rf"^{name}:\d+: .*herzien_voor$", result.stderr, re.MULTILINE)) == count, name
    assert "VERLOPEN=toon" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(project / "site") == before


def test_expired_law_can_be_published_with_a_banner_on_its_page(tmp_path: Path) -> None:
    late = build(tmp_path / "site", env=environment(SOURCE_DATE_EPOCH=LATE, VERLOPEN="toon"))
    for name in expired_law():
        address = name.removesuffix(".yaml").replace("interventions", "interventies").removeprefix("guide/")
        page = BeautifulSoup((late / address / "index.html").read_text("utf-8"), "html.parser")
        banners = [banner.get_text(" ", strip=True) for banner in page.select(".ve-banner")]
        assert any("een deel van deze pagina is verlopen" in banner for banner in banners), address
        assert len(page.select(".ve-expired")) >= expired_law()[name], address
        assert page.select('meta[http-equiv="Content-Security-Policy"]')


def test_no_banner_before_its_day(site: Path) -> None:
    assert "ve-expired" not in (site / "interventies/pit/index.html").read_text("utf-8")


# --- make serve -------------------------------------------------------------------------------------------


def eventually(check: Callable[[], bool], what: str, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def fetch(address: str) -> str:
    try:
        with urlopen(address, timeout=5) as response:
            return str(response.read().decode("utf-8"))
    except (URLError, TimeoutError, ConnectionError):
        return ""


def test_preview_survives_a_broken_file_and_recovers(project: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "serve.log"
    arguments = [sys.executable, "-u", "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with log.open("wb") as output:
        server = subprocess.Popen(arguments, cwd=project, env=environment(), stdout=output, stderr=output)

    def reported(file: str) -> bool:
        return re.search(rf"^{file}:\d+", log.read_text("utf-8"), re.MULTILINE) is not None

    try:
        address = f"http://127.0.0.1:{port}/interventies/pit/"
        eventually(lambda: "PIT" in fetch(address), "the first page")
        good = (project / PIT).read_text("utf-8")
        (project / PIT).write_text("naam: [open\n", encoding="utf-8")
        eventually(lambda: reported(PIT), "the report of what stops the reading")
        # Known only when all pages are made: that build stops halfway.
        guide = (project / GUIDE).read_text("utf-8")
        (project / GUIDE).write_text(guide.replace("pagina: ", "pagina: geen-", 1), encoding="utf-8")
        (project / PIT).write_text(good, encoding="utf-8")
        eventually(lambda: reported(GUIDE), "the report of what stops the making of pages")
        assert server.poll() is None
        (project / GUIDE).write_text(guide, encoding="utf-8")
        mended = good.replace("kort: >-\n", "kort: >-\n  Hersteld na een fout.\n", 1)
        assert mended != good
        (project / PIT).write_text(mended, encoding="utf-8")
        eventually(lambda: "Hersteld na een fout." in fetch(address), "the page after the files were mended")
        assert "Traceback" not in log.read_text("utf-8")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


# --- any address ------------------------------------------------------------------------------------------


def test_site_works_below_a_path(site: Path, context: BrowserContext) -> None:
    page = context.new_page()
    seen: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    with served(site, "/een/handboek/") as address:
        for path in html_pages(site):
            if path != "404.html":
                page.goto(f"{address}{path}", wait_until="load")
        page.goto(f"{address}keuzehulp/kind/")
        page.wait_for_load_state("networkidle")
    assert not failed
    assert not [url for url in seen if not url.startswith(address)]
    assert f"{address}data/keuzehulp/kind.json" in seen


def test_page_for_an_unknown_address_finds_its_way_below_a_path(site: Path, context: BrowserContext) -> None:
    page = context.new_page()
    with served(site, "/een/handboek/") as address:
        page.goto(f"{address}bestaat/echt/niet/")
        link = page.get_by_role("link", name="Ga naar de keuzehulp")
        expect(link).to_have_attribute("href", "/een/handboek/keuzehulp/")
        link.click()
        assert page.url == f"{address}keuzehulp/"
        assert page.get_by_role("heading", level=1).inner_text() == "Keuzehulp"


def test_site_address_makes_every_link_of_the_unknown_page_whole(tmp_path: Path) -> None:
    top = "https://handboek.test/een/"
    whole = build(tmp_path / "site", env=environment(SITE_URL=top))
    page = BeautifulSoup((whole / "404.html").read_text("utf-8"), "html.parser")
    targets = [str(link.get("href") or link.get("src")) for link in page.select("a[href], link[href], script[src]")]
    inside = [
        urljoin(f"{top}any/depth/", target) for target in targets if not target.startswith(("#", "tel:", "data:"))
    ]
    assert inside
    assert not [target for target in inside if not target.startswith(top)]
    home = BeautifulSoup((whole / "index.html").read_text("utf-8"), "html.parser")
    assert [link["href"] for link in home.select('link[rel="canonical"]')] == [top]
