"""The stories of verhalen.yaml keep their form: enough for every guide, each demand a pattern with a source."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

FEWEST = {"signaal": 14, "kind": 14, "gegevens-delen": 18, "wijk": 10, "eigen-netwerk": 8}
KINDS = {"gewoon", "vraag-eerst", "nog-niets"}
REQUIRED = {"keuzehulp", "wie", "verhaal", "feiten", "moet", "nooit", "soort"}


class UniqueKeys(yaml.SafeLoader):
    """Reads YAML and refuses a key that stands twice, where a second story would silently replace the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build the mapping, after a look at its keys."""
        names = [key.value for key, _ in node.value]
        twice = [name for name, count in Counter(names).items() if count > 1]
        assert not twice, f"twice: {twice}"
        return super().construct_mapping(node, deep=deep)


def read(path: Path) -> dict[str, Any]:
    """Read one YAML file, each key once."""
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeys)
    return content


STORIES: dict[str, dict[str, Any]] = read(HERE / "verhalen.yaml")["verhalen"]
SOURCES = set(read(ROOT / "guide" / "bronnen.yaml")["bronnen"])


def demands(story: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what must and what must never be said, each with its pattern."""
    return [*story["moet"], *story["nooit"]]


def test_there_are_enough_stories_for_every_guide() -> None:
    found = Counter(story["keuzehulp"] for story in STORIES.values())
    assert set(found) == set(FEWEST)
    assert {guide: found[guide] for guide, fewest in FEWEST.items() if found[guide] < fewest} == {}
    assert len(STORIES) >= 66


def test_guides_of_the_stories_exist() -> None:
    assert {path.stem for path in (ROOT / "guide" / "keuzehulp").glob("*.yaml")} >= set(FEWEST)


def test_a_third_of_the_stories_ask_first_or_wait() -> None:
    cautious = [name for name, story in STORIES.items() if story["soort"] != "gewoon"]
    assert len(cautious) * 3 >= len(STORIES)


def test_every_guide_has_a_story_that_asks_first_or_waits() -> None:
    cautious = {story["keuzehulp"] for story in STORIES.values() if story["soort"] != "gewoon"}
    assert cautious == set(FEWEST)


def test_many_professions_tell_a_story() -> None:
    assert len({story["wie"] for story in STORIES.values()}) >= 25


@pytest.mark.parametrize("name", STORIES)
def test_story_is_complete(name: str) -> None:
    story = STORIES[name]
    assert story.keys() >= REQUIRED
    assert story.keys() <= {*REQUIRED, "twijfel"}
    assert story["soort"] in KINDS
    assert 3 <= len(re.findall(r"[.?!](?:\s|$)", story["verhaal"])) <= 5
    assert len(story["feiten"]) >= 3
    assert 2 <= len(story["moet"]) <= 5
    assert story["nooit"]


@pytest.mark.parametrize("name", STORIES)
def test_patterns_can_be_read_and_match_no_empty_text(name: str) -> None:
    for demand in demands(STORIES[name]):
        assert demand["waarom"].strip()
        pattern = re.compile(demand["zegt"], re.IGNORECASE)
        assert not pattern.search(""), demand["zegt"]


@pytest.mark.parametrize("name", STORIES)
def test_every_demand_rests_on_a_source_with_a_place(name: str) -> None:
    for demand in STORIES[name]["moet"]:
        assert demand.keys() == {"zegt", "waarom", "bron"}
        assert demand["bron"]
        for item in demand["bron"]:
            assert item["bron"] in SOURCES
            assert item["plaats"].strip()
