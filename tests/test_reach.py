"""The map of interventions: every record in the cells that its data names, nowhere else; what is empty says so."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

from bs4 import BeautifulSoup

from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Intervention
from handbook.pages import pages, reach

BANDS = {"onder-12": range(12), "van-12-tot-18": range(12, 18), "vanaf-18": range(18, 28)}


def page(base: KnowledgeBase, build: Build, root: Path) -> str:
    return next(page.markdown for page in pages(base, build, root / "docs") if page.path == "interventies/dekking.md")


def ages(record: Intervention) -> set[int]:
    """Every age that some reading of each criterion on age admits, for some group; written anew for this test."""
    found: set[int] = set()
    for group in record.doelgroepen:
        left = set(range(28))
        for criterion in group.criteria:
            named = [reading.eisen["leeftijd"] for reading in criterion.lezingen if "leeftijd" in reading.eisen]
            if named:
                left &= {
                    age
                    for age in left
                    for item in named
                    if (item.van or 0) <= age <= (27 if item.tot is None else item.tot)
                }
        found |= left
    return found


def test_bands_are_those_of_the_controlled_list(real_base: KnowledgeBase) -> None:
    options = real_base.vocabulary.lijsten["leeftijdsgroepen"]
    ages = real_base.facets["leeftijd"]
    last = ages.tot or 0
    assert {key: range(option.van or 0, (option.tot or last) + 1) for key, option in options.items()} == BANDS
    assert [age for band in BANDS.values() for age in band] == list(range(last + 1))


def test_counts_equal_the_records(real_base: KnowledgeBase, build: Build, root: Path) -> None:
    soup = BeautifulSoup(page(real_base, build, root), "html.parser")
    cells = {cell["data-cell"]: re.findall(r"\(([a-z0-9-]+)\.md\)", cell.text) for cell in soup.select("td[data-cell]")}
    expected: dict[str, list[str]] = {}
    for listing, field in (("risiconiveaus", "risiconiveaus"), ("domeinen", "domeinen")):
        for key, band in product(real_base.vocabulary.lijsten[listing], BANDS):
            expected[f"{key} {band}"] = [
                name
                for name, record in real_base.interventions.items()
                if key in getattr(record.indeling, field) and ages(record) & set(BANDS[band])
            ]
    assert cells == expected
    assert {name for names in cells.values() for name in names} == set(real_base.interventions)


def test_an_empty_cell_leads_to_the_national_database(real_base: KnowledgeBase, build: Build, root: Path) -> None:
    soup = BeautifulSoup(page(real_base, build, root), "html.parser")
    empty = [cell.text for cell in soup.select("td[data-cell]") if not re.search(r"\([a-z0-9-]+\.md\)", cell.text)]
    assert empty
    assert set(empty) == {"[geen interventie in dit handboek](../bronnen.md#nji-databank)"}
    assert "nji-databank" in real_base.sources


def test_tables_have_heads_and_mark_our_own_inference(real_base: KnowledgeBase, build: Build, root: Path) -> None:
    soup = BeautifulSoup(page(real_base, build, root), "html.parser")
    tables = soup.select("table")
    assert len(tables) == 2
    for table in tables:
        assert table.caption is not None
        assert {head.get("scope") for head in table.select("thead th")} == {"col"}
        assert all(row.select("th[scope=row]") for row in table.select("tbody tr"))
        assert table.select("thead .ve-inference")


def test_picture_counts_as_the_table_does(real_base: KnowledgeBase) -> None:
    levels = reach.table(real_base, "risiconiveaus", lambda record: record.indeling.risiconiveaus)
    svg = ET.fromstring(reach.picture(levels, len(real_base.interventions)))
    assert [int(box.attrib["data-count"]) for box in svg.iter("rect")] == [len(cell) for cell in levels.cells.values()]
    text = " ".join("".join(svg.itertext()).split())
    assert text.count("geen interventie in dit handboek") == sum(not cell for cell in levels.cells.values())
    assert text.count("onze indeling") == len(levels.rows)


def test_sources_that_disagree_about_the_age_are_said_to(real_base: KnowledgeBase) -> None:
    groups = real_base.vocabulary.lijsten["leeftijdsgroepen"]
    found = {
        name: reach.reached(record, real_base.facets["leeftijd"], groups)
        for name, record in real_base.interventions.items()
    }
    assert found["pak-je-kans"] == {"onder-12": False, "van-12-tot-18": False, "vanaf-18": True}
    assert found["basta"] == {"onder-12": False}
