"""The built site and a browser to read it with: one build and one browser a session.

In: the project as it stands. Out: the fixtures `site` (its folder), `site_url` (served from the top of a host),
`browser` and `page` (a fresh context a test; Chromium comes from find_browser). `build`, `served` and
`copy_project` are for tests and bench.py that need a site of their own. The day of the build is fixed, so that
no test turns red by the calendar.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from find_browser import find_browser

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)
EPOCH = str(int(datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC).timestamp()))
# What a build reads; the rest of the folder (.venv, node_modules, tests) is not content.
PROJECT = ("mkdocs.yml", "pyproject.toml", "docs", "guide", "hooks", "interventions")


def environment(**changes: str) -> dict[str, str]:
    """The environment of a build, without what this machine happens to set."""
    settings = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", **changes}
    mine = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "VERLOPEN")}
    return mine | settings


def run(
    arguments: list[str], root: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a Python program of the project; its exit code and output are for the test to judge."""
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=root, env=env or environment(), capture_output=True, text=True, encoding="utf-8", check=False
    )


def build(target: Path, root: Path = ROOT, *, program: str = "mkdocs", env: Mapping[str, str] | None = None) -> Path:
    """Build the site strictly into a folder, the way `make site` does; fail with the report when it does not."""
    result = run(["-m", program, "build", "--strict", "--site-dir", str(target)], root, env)
    assert result.returncode == 0, result.stderr
    return target


def copy_project(target: Path) -> Path:
    """Copy what a build reads, to break or to enlarge it."""
    target.mkdir(parents=True)
    for name in PROJECT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target / name)
    (target / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
    return target


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class _Handler(SimpleHTTPRequestHandler):
    """A plain file server, at a sub-path when asked, that shows 404.html for an unknown address."""

    extensions_map = {  # noqa: RUF012 (that is how the base class has it)
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".json": "application/json",
        ".yaml": "text/plain",
    }

    def __init__(self, *args: object, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "no-such-file")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder from a thread; yields the address of its top, which ends with a slash."""
    handler = functools.partial(_Handler, prefix=prefix, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def launched() -> Iterator[Browser]:
    """A Chromium of this machine; a root user has no sandbox."""
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
        try:
            yield chromium
        finally:
            chromium.close()


def html_pages(folder: Path) -> list[str]:
    """The address of every page of a built site, below its top: `interventies/pit/`, `404.html`."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return sorted(path.removesuffix("index.html") for path in found)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built once; nobody writes in it."""
    return build(tmp_path_factory.mktemp("build") / "site")


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """The address of the site at the top of a host."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    with launched() as chromium:
        yield chromium


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile for one test."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL", reduced_motion="reduce")
    try:
        yield fresh
    finally:
        fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab of 1280 px in a fresh profile."""
    return context.new_page()
