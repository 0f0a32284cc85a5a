"""The worked examples of the real guides show each outcome, way out, border and row."""

from __future__ import annotations

import pytest

from handbook.checks import find_unshown, ways_to_show
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide, SharingRow
from handbook.walk import StateSpace

GUIDES = ("eigen-netwerk", "gegevens-delen", "kind", "signaal", "wijk")


@pytest.fixture(scope="module")
def possible(real_base: KnowledgeBase) -> dict[str, frozenset[str]]:
    """Per guide the ways out that some answers take."""
    return {name: StateSpace(guide, real_base.facets).possible for name, guide in real_base.guides.items()}


def test_every_guide_is_held_to_its_examples(real_base: KnowledgeBase) -> None:
    assert sorted(real_base.guides) == sorted(GUIDES)


@pytest.mark.parametrize("name", GUIDES)
def test_guide_has_examples_for_everything(
    real_base: KnowledgeBase, possible: dict[str, frozenset[str]], name: str
) -> None:
    found = find_unshown(real_base.guides[name], real_base.facets, possible[name])
    assert [f"{'.'.join(map(str, path))}: {message}" for path, message in found] == []


def without(guide: Guide, example: str) -> Guide:
    kept = {name: item for name, item in guide.voorbeelden.items() if name != example}
    return guide.model_copy(update={"voorbeelden": kept})


@pytest.mark.parametrize("name", GUIDES)
def test_a_missing_example_is_missed(real_base: KnowledgeBase, possible: dict[str, frozenset[str]], name: str) -> None:
    """Most examples are there for a reason: take away any that alone shows something and it is named."""
    guide = real_base.guides[name]
    alone = [
        example
        for example in guide.voorbeelden
        if [*find_unshown(without(guide, example), real_base.facets, possible[name])]
    ]
    assert len(alone) >= len(guide.uitkomsten)


def test_rows_that_share_deserve_an_example(real_base: KnowledgeBase, possible: dict[str, frozenset[str]]) -> None:
    guide = real_base.guides["gegevens-delen"]
    sharing = {
        f"beslistabellen.{name}.rijen.{row_id}"
        for name, table in guide.beslistabellen.items()
        for row_id, row in table.rijen.items()
        if isinstance(row, SharingRow)
    }
    assert sharing
    assert sharing <= set(ways_to_show(guide, possible["gegevens-delen"]))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("signaal", "splitsingen.staan-ouders-erachter.onbekend"),  # 'weet-niet' at the question leads past this split
        ("gegevens-delen", "splitsingen.na-vermoeden.onbekend"),
        ("wijk", "splitsingen.welke-casus.keuzes.3"),  # one child ends the guide at an earlier question
    ],
)
def test_ways_that_no_answers_take_need_none(possible: dict[str, frozenset[str]], name: str, place: str) -> None:
    assert place not in possible[name]
