"""Fixtures of the browser tests: the content, and one guide in a tab. The site and the browser: ../site_fixtures.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from browser.chooser_page import ChooserPage
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide


@pytest.fixture(scope="session")
def base(real_base: KnowledgeBase) -> KnowledgeBase:
    """The content of the handbook."""
    return real_base


@pytest.fixture(scope="session")
def guide(base: KnowledgeBase) -> Guide:
    """The guide for a professional."""
    return base.guides["kind"]


@pytest.fixture
def chooser(page: Page, site_url: str, guide: Guide) -> Iterator[ChooserPage]:
    """The guide for a professional, in a tab of its own; a script that fails, fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    yield ChooserPage(page, f"{site_url}keuzehulp/kind/", guide)
    assert errors == []
