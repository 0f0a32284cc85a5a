"""What a visit asks of the network and leaves behind: nothing from others, nothing stored, little weight."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Response

from site_fixtures import ROOT, html_pages

FIRST_VISIT = 100_000
OUR_SCRIPTS = 20_000
INTERVENTIONS = sorted(path.stem for path in (ROOT / "interventions").glob("*.yaml"))


class Visit:
    """A tab that remembers what it asked for and what went wrong."""

    def __init__(self, page: Page, site: Path, address: str) -> None:
        self.page, self.site, self.address = page, site, address
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("response", self._note_response)
        page.on("requestfailed", self._note_failure)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console",
            lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', event => console.error('blocked', event.blockedURI))"
        )

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def _note_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the browser itself gave up an icon when the next page came
            self.faults.append(f"{request.failure}: {request.url}")

    def open(self, path: str) -> None:
        """Load a page with all that its scripts fetch; only pages with a script of their own may fetch something."""
        self.page.goto(f"{self.address}{path}")
        if self.page.locator('script[type="module"]:not([src$="/page.mjs"])').count():
            self.page.wait_for_load_state("networkidle")

    def weight(self) -> dict[str, int]:
        """The gzipped size of every file that was asked for."""
        found = {}
        for url in set(self.asked):
            path = urlsplit(url).path.lstrip("/")
            file = self.site / path / "index.html" if not path or path.endswith("/") else self.site / path
            found[path] = len(gzip.compress(file.read_bytes(), mtime=0))
        return found


@pytest.fixture
def visit(context: BrowserContext, site: Path, site_url: str) -> Iterator[Visit]:
    """A first visit; whatever is asked of another host, logged as a fault or stored, fails the test."""
    visit = Visit(context.new_page(), site, site_url)
    yield visit
    assert visit.faults == []
    assert [url for url in visit.asked if not url.startswith((site_url, "data:"))] == []
    assert context.cookies() == []
    kept = visit.page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " (await caches.keys()).length, (await navigator.serviceWorker?.getRegistrations() ?? []).length]"
    )
    assert kept == [0, 0, 0, 0, 0]


def test_no_page_has_errors_or_asks_others_or_stores_anything(visit: Visit, site: Path) -> None:
    for path in html_pages(site):
        visit.open(path)
        policies = visit.page.locator('meta[http-equiv="Content-Security-Policy"]').all()
        assert len(policies) == 1, path
        policy = policies[0].get_attribute("content") or ""
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_policy_stops_what_it_does_not_know(context: BrowserContext, site_url: str) -> None:
    page = context.new_page()
    page.goto(site_url)
    blocked = page.evaluate(
        """() => new Promise(resolve => {
            addEventListener("securitypolicyviolation", event => resolve(event.violatedDirective))
            const script = document.createElement("script")
            script.textContent = "window.ran = true"
            document.head.append(script)
        })"""
    )
    assert blocked.startswith("script-src")
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("name", INTERVENTIONS)
def test_first_visit_to_an_intervention_is_light(visit: Visit, name: str) -> None:
    visit.open(f"interventies/{name}/")
    weight = visit.weight()
    print(f"{name}: {sum(weight.values())} bytes gzip over {len(weight)} requests")
    assert sum(weight.values()) <= FIRST_VISIT, weight
