"""The worked examples of the real guides show each outcome, way out, border and row."""

from __future__ import annotations

from handbook.checks import find_unshown
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide


def test_every_guide_has_examples_for_everything(real_base: KnowledgeBase) -> None:
    found = {
        name: [(".".join(map(str, path)), message) for path, message in find_unshown(guide, real_base.facets)]
        for name, guide in real_base.guides.items()
    }
    assert {name: missing for name, missing in found.items() if missing} == {}


def without(guide: Guide, example: str) -> Guide:
    kept = {name: item for name, item in guide.voorbeelden.items() if name != example}
    return guide.model_copy(update={"voorbeelden": kept})


def test_a_missing_example_is_missed(real_base: KnowledgeBase) -> None:
    """Most examples are there for a reason: take away any that alone shows something and it is named."""
    for guide in real_base.guides.values():
        alone = [name for name in guide.voorbeelden if [*find_unshown(without(guide, name), real_base.facets)]]
        assert len(alone) >= len(guide.uitkomsten)
