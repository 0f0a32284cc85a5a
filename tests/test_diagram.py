"""The diagram of each guide: every node and every way out of it, in the drawing and in the list."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from handbook import diagram, walk
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide
from handbook.pages import pages
from site_fixtures import ROOT

GUIDES = sorted(path.stem for path in (ROOT / "guide" / "keuzehulp").glob("*.yaml"))


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest, real_base: KnowledgeBase) -> tuple[str, Guide]:
    return request.param, real_base.guides[request.param]


def ways(guide: Guide) -> set[tuple[str, str]]:
    """Every (place, target) in a guide, from the walk itself."""
    return {
        way for node in (*guide.vragen, *guide.splitsingen, *guide.beslistabellen) for way in walk.targets(guide, node)
    }


def ids(guide: Guide) -> set[str]:
    return {*guide.vragen, *guide.splitsingen, *guide.beslistabellen, *guide.uitkomsten}


def drawn(base: KnowledgeBase, guide: Guide) -> list[ET.Element]:
    return [ET.fromstring(part) for part in diagram.drawing(guide, diagram.outline(guide, base.facets))]


def test_outline_has_every_node_once_and_every_way_out(guide: tuple[str, Guide], real_base: KnowledgeBase) -> None:
    nodes = diagram.outline(guide[1], real_base.facets)
    assert sorted(node.id for node in nodes) == sorted(ids(guide[1]))
    assert {(way.place, way.target) for node in nodes for way in node.ways} == ways(guide[1])
    numbers = {node.id: node.number for node in nodes}
    assert all(numbers[way.target] > node.number for node in nodes for way in node.ways)


def test_drawing_has_every_node_and_every_way_out(guide: tuple[str, Guide], real_base: KnowledgeBase) -> None:
    parts = drawn(real_base, guide[1])
    nodes = [group.get("data-node") for part in parts for group in part.iter("g")]
    assert sorted(map(str, nodes)) == sorted(ids(guide[1]))
    rows = [text for part in parts for text in part.iter("text") if text.get("data-ways")]
    assert {(way, row.get("data-to")) for row in rows for way in row.attrib["data-ways"].split()} == ways(guide[1])
    lines = {(path.get("data-from"), path.get("data-to")) for part in parts for path in part.iter("path")}
    assert lines == {
        (node, target)
        for node in (*guide[1].vragen, *guide[1].splitsingen, *guide[1].beslistabellen)
        for _, target in walk.targets(guide[1], node)
    }


def test_drawing_shows_every_word_of_questions_and_answers(guide: tuple[str, Guide], real_base: KnowledgeBase) -> None:
    """Wrapped over lines, nothing is cut off and nothing sticks out of its box."""
    text = " ".join("".join(part.itertext()) for part in drawn(real_base, guide[1]))
    plain = re.sub(r"\s+", " ", text)
    for node in diagram.outline(guide[1], real_base.facets):
        assert f"{node.number}. {node.title}" in plain
        for way in node.ways:
            assert way.words in plain


def test_drawing_is_named_and_needs_no_style_or_script(guide: tuple[str, Guide], real_base: KnowledgeBase) -> None:
    parts = drawn(real_base, guide[1])
    for part in parts:
        assert part.get("role") == "img"
        named = {element.get("id") for element in (part.find("title"), part.find("desc")) if element is not None}
        assert set(part.attrib["aria-labelledby"].split()) == named
        assert len(named) == 2
        for element in part.iter():
            assert element.tag in {"svg", "title", "desc", "g", "rect", "path", "text", "tspan"}
            assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]
    assert len({element.get("id") for part in parts for element in part.iter() if element.get("id")}) == 2 * len(parts)


def test_boxes_never_overlap_and_stay_inside(guide: tuple[str, Guide], real_base: KnowledgeBase) -> None:
    for part in drawn(real_base, guide[1]):
        left, top, width, height = map(float, part.attrib["viewBox"].split())
        boxes = [tuple(float(box.attrib[key]) for key in ("x", "y", "width", "height")) for box in part.iter("rect")]
        for x, y, wide, high in boxes:
            assert left <= x and x + wide <= left + width and top <= y and y + high <= top + height
        for index, (x, y, wide, high) in enumerate(boxes):
            for x2, y2, wide2, high2 in boxes[index + 1 :]:
                assert x + wide <= x2 or x2 + wide2 <= x or y + high <= y2 or y2 + high2 <= y


def test_list_on_the_page_has_every_node_and_way(
    guide: tuple[str, Guide], real_base: KnowledgeBase, build: Build, root: Path
) -> None:
    made = {page.path: page.markdown for page in pages(real_base, build, root / "docs")}
    page = made[f"keuzehulp/{guide[0]}-schema.md"]
    numbers = {node.id: node.number for node in diagram.outline(guide[1], real_base.facets)}
    listed: dict[str, list[int]] = {}
    current = ""
    for line in page.partition("{: #lijst }")[2].splitlines():
        node = re.match(r'- <a id="stap-(\d+)">', line)
        if node:
            current = node[1]
            listed[current] = []
        elif line.startswith("    - "):
            listed[current].append(int(line.rsplit("#stap-", 1)[1].rstrip(")")))
    expected = {
        str(number): [numbers[target] for _, target in walk.targets(guide[1], node)] for node, number in numbers.items()
    }
    assert listed == expected
    assert f"({guide[0]}-schema.md)" in made[f"keuzehulp/{guide[0]}.md"]
