"""What somebody in need types: each question of situaties.yaml finds, in its first three, a page that helps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from search_judge import ours

SITUATIONS: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "situaties.yaml").read_text(encoding="utf-8")
)["situaties"]

ASKED = [(name, query) for name, situation in SITUATIONS.items() for query in situation["zoek"]]


@pytest.fixture(scope="module")
def rankings(site: Path) -> dict[str, list[str]]:
    """For each question the addresses that our search finds on the built site, best first."""
    queries = [query for _, query in ASKED]
    return dict(zip(queries, ours(site, queries), strict=True))


@pytest.mark.parametrize(("name", "query"), ASKED, ids=[query for _, query in ASKED])
def test_need_finds_a_page_that_helps(rankings: dict[str, list[str]], name: str, query: str) -> None:
    first = list(dict.fromkeys(rankings[query]))[:3]
    assert set(first) & set(SITUATIONS[name]["vindt"]), first


@pytest.mark.parametrize("address", sorted({page for item in SITUATIONS.values() for page in item["vindt"]}))
def test_page_that_is_found_names_the_numbers_before_its_title(site: Path, address: str) -> None:
    page = BeautifulSoup((site / address / "index.html").read_text(encoding="utf-8"), "html.parser")
    title = page.find("h1")
    assert title is not None
    numbers = {link["href"] for link in title.find_all_previous("a", href=True) if link.find_parent(class_="ve-acute")}
    assert {"tel:112", "tel:08002000", "tel:113"} <= numbers
