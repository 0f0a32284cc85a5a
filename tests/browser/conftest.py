"""Fixtures of the browser tests: the content, and one guide in a tab. The site and the browser: ../site_fixtures.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from browser import routes
from browser.chooser_page import ChooserPage
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide
from handbook.walk import Given
from site_fixtures import ROOT

GUIDES = sorted(path.stem for path in (ROOT / "guide/keuzehulp").glob("*.yaml"))
every_guide = pytest.mark.parametrize("guide_id", GUIDES, indirect=True, scope="session")


def only(name: str) -> pytest.MarkDecorator:
    """One guide for all tests of a module, as its `pytestmark`."""
    return pytest.mark.parametrize("guide_id", [name], indirect=True, scope="session")


@pytest.fixture(scope="session")
def base(real_base: KnowledgeBase) -> KnowledgeBase:
    """The content of the handbook."""
    return real_base


@pytest.fixture(scope="session")
def guide_id(request: pytest.FixtureRequest) -> str:
    """The guide for a professional; with `every_guide` each guide in turn."""
    return str(getattr(request, "param", "kind"))


@pytest.fixture(scope="session")
def guide(base: KnowledgeBase, guide_id: str) -> Guide:
    """The guide that is tested."""
    return base.guides[guide_id]


@pytest.fixture(scope="session")
def long_route(base: KnowledgeBase, guide: Guide) -> dict[str, Given]:
    """A whole route to an outcome, as long as the worked examples have one."""
    return routes.a_long_one(guide, base.facets)


@pytest.fixture(scope="session")
def nodes(base: KnowledgeBase, guide: Guide) -> dict[str, dict[str, Given]]:
    """The answers that lead to each question and each outcome."""
    return routes.to_every_node(guide, base.facets)


@pytest.fixture
def chooser(page: Page, site_url: str, guide: Guide, guide_id: str) -> Iterator[ChooserPage]:
    """The guide in a tab of its own; a script that fails, fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    yield ChooserPage(page, f"{site_url}keuzehulp/{guide_id}/", guide)
    assert errors == []
