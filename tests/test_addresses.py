"""Links that people saved open, or say what changed: every recorded one, today and after ids have gone."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from find_node import find_node
from handbook import checks, export
from handbook.checks import addresses
from handbook.checks.content import Content
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide, OldAddresses, Released
from handbook.pages import pages
from mutants import content_of

FRAGMENT = Path(__file__).parent.parent / "docs" / "scripts" / "fragment.mjs"
REPLAY = """
const { parse } = await import(process.argv[1])
let text = ""
for await (const chunk of process.stdin) text += chunk
const { guide, hashes } = JSON.parse(text)
console.log(JSON.stringify(hashes.map(hash => {
  const { answers, faults } = parse(guide, hash)
  return { answers: Object.fromEntries(answers), faults }
})))
"""
STAMP = {"gemaakt_op": date(2026, 11, 21), "versie": "proef"}
TOLD = "Dit is veranderd."
NEW = {"halt": "bureau-halt"}


def replay(guide: dict[str, Any], hashes: list[str]) -> list[dict[str, Any]]:
    """What the chooser makes of links, in node."""
    done = subprocess.run(
        [str(find_node()), "--input-type=module", "-e", REPLAY, FRAGMENT.as_uri()],
        input=json.dumps({"guide": guide, "hashes": hashes}), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def exported(base: KnowledgeBase, name: str, guide: Guide) -> dict[str, Any]:
    return export.guide_data(base, name, guide, dict(STAMP)).model_dump(mode="json", exclude_none=True)


def links(released: Released, name: str, guide: Guide) -> Iterator[str]:
    """A link for every recorded answer to every recorded question, 'weet ik niet' and each number included."""
    for question, answers in released.keuzehulpen[name].vragen.items():
        numbers = (
            [str(value) for route in guide.vragen[question].routes for value in (route.van, route.tot)]
            if (question in guide.vragen)
            else []
        )
        for answer in (*answers, *numbers, "weet-niet"):
            yield f"#{question}={answer}"


def content(base: KnowledgeBase, **changes: Any) -> Content:
    return dataclasses.replace(content_of(base), **changes)


@pytest.fixture
def later(real_base: KnowledgeBase) -> KnowledgeBase:
    """The handbook after a question, an answer, an outcome and an intervention went, each with an explanation."""
    text = real_base.guides["kind"].model_dump_json()
    guide = Guide.model_validate_json(
        text.replace('"direct-gevaar-nu"', '"dringend"').replace('"ouders"', '"toestemming"')
    )
    several = guide.vragen["aanmelders"]
    answers = {NEW.get(key, key): value for key, value in several.antwoorden.items() if key != "wijkteam"}
    questions = {**guide.vragen, "aanmelders": several.model_copy(update={"antwoorden": answers})}
    changed = guide.model_copy(
        update={"vragen": questions, "voorbeelden": dict([next(iter(guide.voorbeelden.items()))])}
    )
    old = OldAddresses.model_validate(
        {
            "interventies": {"pit": {"uitleg": TOLD, "naar": "basta"}},
            "binnen": {
                "kind": {
                    "vragen": {"ouders": {"uitleg": TOLD, "naar": "toestemming"}},
                    "antwoorden": {
                        "aanmelders": {"halt": {"uitleg": TOLD, "naar": "bureau-halt"}, "wijkteam": {"uitleg": TOLD}}
                    },
                    "uitkomsten": {"direct-gevaar-nu": {"uitleg": TOLD, "naar": "dringend"}},
                }
            },
        }
    )
    others = {
        name: guide.model_copy(
            update={
                "voorbeelden": {
                    key: example.model_copy(update={"oordelen": {}}) for key, example in guide.voorbeelden.items()
                }
            }
        )
        for name, guide in real_base.guides.items()
    }
    kept = {name: record for name, record in real_base.interventions.items() if name != "pit"}
    assessment = real_base.assessment.model_copy(update={"uit_casussen": {}})
    guides = {**others, "kind": changed}
    return dataclasses.replace(real_base, guides=guides, interventions=kept, old=old, cases={}, assessment=assessment)


def test_the_list_of_what_was_released_is_kept_and_whole(real_base: KnowledgeBase, root: Path) -> None:
    text = (root / addresses.RELEASED).read_text(encoding="utf-8")
    assert Released.model_validate(yaml.safe_load(text)) == real_base.released
    assert export.released_text(real_base.released) == text
    assert set(real_base.released.interventies) >= set(real_base.interventions), "run check.py --write-released"
    assert set(real_base.released.keuzehulpen) >= set(real_base.guides), "run check.py --write-released"


def test_releasing_adds_and_never_drops(real_base: KnowledgeBase, later: KnowledgeBase) -> None:
    now = export.released_now(later)
    assert "pit" in now.interventies
    assert {"ouders", "toestemming"} <= set(now.keuzehulpen["kind"].vragen)
    assert {"halt", "wijkteam", "bureau-halt"} <= set(now.keuzehulpen["kind"].vragen["aanmelders"])
    assert {"direct-gevaar-nu", "dringend"} <= set(now.keuzehulpen["kind"].uitkomsten)
    again = dataclasses.replace(real_base, released=now)
    assert export.released_now(again) == now


def test_every_recorded_link_opens(real_base: KnowledgeBase, build: Build, root: Path) -> None:
    made = {page.path for page in pages(real_base, build, root / "docs")}
    assert {f"interventies/{name}.md" for name in real_base.released.interventies} <= made
    assert {f"keuzehulp/{name}.md" for name in real_base.released.keuzehulpen} <= made
    for name, guide in real_base.guides.items():
        hashes = list(links(real_base.released, name, guide))
        for hash_, found in zip(hashes, replay(exported(real_base, name, guide), hashes), strict=True):
            assert found["faults"] == [], hash_
            assert len(found["answers"]) == 1, hash_


def test_every_recorded_link_opens_or_explains_after_changes(
    real_base: KnowledgeBase, later: KnowledgeBase, build: Build, root: Path
) -> None:
    """100 %: of what went, the visitor reads why; what was renamed still counts."""
    guide = later.guides["kind"]
    hashes = list(links(real_base.released, "kind", real_base.guides["kind"]))
    gone = explained = 0
    for hash_, found in zip(hashes, replay(exported(later, "kind", guide), hashes), strict=True):
        assert {fault["kind"] for fault in found["faults"]} <= {"verhuisd"}, hash_
        assert all(fault["text"] == TOLD for fault in found["faults"]), hash_
        assert found["answers"] or found["faults"], hash_
        gone += hash_.startswith("#ouders=") or hash_ in ("#aanmelders=halt", "#aanmelders=wijkteam")
        explained += bool(found["faults"])
    assert gone == explained > 5
    made = {
        page.path: page.markdown for page in pages(later, build, root / "docs") if page.path.startswith(("int", "keu"))
    }
    assert TOLD in made["interventies/pit.md"]
    assert "(basta.md)" in made["interventies/pit.md"]
    for anchor in ("ouders", "vraag-ouders", "direct-gevaar-nu", "uitkomst-direct-gevaar-nu"):
        assert f'<a id="{anchor}"></a>' in made["keuzehulp/kind.md"]


def test_a_renamed_question_and_answer_still_count(later: KnowledgeBase) -> None:
    guide = exported(later, "kind", later.guides["kind"])
    found = replay(
        guide, ["#ouders=akkoord&aanmelders=halt+school+wijkteam", "#aanmelders=wijkteam", "#ouders=atlantis"]
    )
    assert found[0]["answers"] == {"toestemming": "akkoord", "aanmelders": ["school", "bureau-halt"]}
    assert [fault["kind"] for fault in found[0]["faults"]] == ["verhuisd"] * 3
    assert found[1]["answers"] == {}
    assert [fault["kind"] for fault in found[2]["faults"]] == ["verhuisd", "antwoord"]


def test_what_goes_without_a_word_stops_the_check(real_base: KnowledgeBase, later: KnowledgeBase) -> None:
    assert not list(addresses.run(content(real_base)))
    kind_alone = Released(
        interventies=later.released.interventies, keuzehulpen={"kind": later.released.keuzehulpen["kind"]}
    )
    assert not list(addresses.run(content(later, released=kind_alone)))
    silent = content(later, old=OldAddresses(), released=kind_alone)
    found = list(addresses.run(silent))
    assert {fault.rule for fault in found} == {"adres-verdwenen"}
    assert {fault.message.split("'")[1] for fault in found} == {"pit", "ouders", "halt", "wijkteam", "direct-gevaar-nu"}
    assert {fault.rule for fault in checks.run(silent)} >= {"adres-verdwenen"}


def test_a_guide_that_goes_needs_a_word(real_base: KnowledgeBase) -> None:
    gone = content(real_base, guides={name: guide for name, guide in real_base.guides.items() if name != "kind"})
    assert [fault.rule for fault in addresses.run(gone)] == ["adres-verdwenen"]
    told = OldAddresses.model_validate({"keuzehulpen": {"kind": {"uitleg": TOLD}}})
    assert not list(addresses.run(dataclasses.replace(gone, old=told)))
