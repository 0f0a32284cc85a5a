"""Decision tables: what a row may say, what a table must cover, and which row the answers choose."""

from __future__ import annotations

import copy
import dataclasses
import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from find_node import find_node
from handbook import export, knowledge_base
from handbook.checks import decision_tables
from handbook.knowledge_base import KnowledgeBase
from handbook.model import ANDERS, DecisionTable, Guide, Row
from handbook.walk import StateSpace, decide, follow
from mutants import content_of

ROOT = Path(__file__).resolve().parents[1]
SHARING = "delen-kan-onder-voorwaarden"
ASK = "vraag-eerst-fg-of-jurist"
GROUND = {"soort": "toestemming", "regel": "avg-7-toestemming"}

# Answers every case with the twin in the browser's own language.
TWIN = """
import { follow } from %s
import { readFileSync } from "node:fs"
const { guide, cases } = JSON.parse(readFileSync(0, "utf8"))
console.log(JSON.stringify(cases.map(answers => {
  const { node, rows } = follow(guide, new Map(answers))
  return { node, rows }
})))
"""


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return knowledge_base.read(ROOT)


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    """The guide on sharing data as plain data, to break."""
    data: dict[str, Any] = yaml.safe_load((ROOT / "guide/keuzehulp/gegevens-delen.yaml").read_text(encoding="utf-8"))
    return data


def rules_of(base: KnowledgeBase, data: dict[str, Any]) -> list[str]:
    """The names of the rules that a broken guide trips."""
    guide = Guide.model_validate(data)
    content = dataclasses.replace(content_of(base), guides={"gegevens-delen": guide})
    return [rule for _, _, rule in decision_tables.find_faults(content, guide)]


@pytest.mark.parametrize(
    "row",
    [
        {"geeft": SHARING, "regels": ["avg-5-beginselen"], "voorwaarden": ["Vraag het."]},
        {"geeft": SHARING, "regels": ["avg-5-beginselen"], "grond": GROUND},
        {"geeft": SHARING, "regels": ["avg-5-beginselen"], "grond": GROUND, "voorwaarden": []},
        {"geeft": SHARING, "regels": [], "grond": GROUND, "voorwaarden": ["Vraag het."]},
        {"geeft": SHARING, "regels": ["avg-5-beginselen"], "omdat": "Het mag."},
        {"geeft": ASK, "regels": ["avg-5-beginselen"], "grond": GROUND},
        {"geeft": ASK, "regels": []},
        {"geeft": "iets-anders", "regels": ["avg-5-beginselen"]},
        {"verder": "doel", "geeft": SHARING, "regels": ["avg-5-beginselen"]},
    ],
)
def test_row_without_what_it_needs_cannot_exist(row: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[Any](Row).validate_python(row)


@pytest.mark.parametrize("place", ["anders", "onbekend"])
def test_what_no_row_covers_is_never_sharing(place: str) -> None:
    rest: Any = SHARING if place == "onbekend" else {"geeft": SHARING, "regels": ["avg-5-beginselen"], "omdat": "Zo."}
    rows = {"een": {"geeft": ASK, "regels": ["avg-5-beginselen"]}}
    with pytest.raises(ValidationError):
        DecisionTable.model_validate({"vraag": "Mag het?", "rijen": rows, place: rest})


def test_row_is_chosen_only_when_it_holds_for_every_open_answer() -> None:
    table = DecisionTable.model_validate(
        {
            "vraag": "Mag het?",
            "rijen": {
                "rood": {"als": {"kleur": ["rood"]}, "geeft": ASK, "regels": ["avg-5-beginselen"]},
                "blauw": {"als": {"kleur": ["blauw"]}, "geeft": ASK, "regels": ["avg-5-beginselen"]},
            },
            "anders": {"geeft": ASK, "regels": ["avg-5-beginselen"], "omdat": "Zo."},
        }
    )
    assert decide(table, {"kleur": frozenset({"rood"})}) == "rood"
    assert decide(table, {"kleur": frozenset({"groen"})}) == ANDERS
    assert decide(table, {"kleur": frozenset({"rood", "groen"})}) is None
    assert decide(table, {"kleur": frozenset({"rood", "blauw"})}) is None
    assert decide(table, {}) is None


def _rows(data: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for table, item in data["beslistabellen"].items():
        for name, row in item["rijen"].items():
            yield table, name, row


def test_guide_is_whole(base: KnowledgeBase, raw: dict[str, Any]) -> None:
    assert rules_of(base, raw) == []


def test_row_taken_out_of_a_complete_table_leaves_a_gap(base: KnowledgeBase, raw: dict[str, Any]) -> None:
    complete = [(table, name) for table, name, _ in _rows(raw) if "anders" not in raw["beslistabellen"][table]]
    assert complete
    for table, name in complete:
        broken = copy.deepcopy(raw)
        del broken["beslistabellen"][table]["rijen"][name]
        assert rules_of(base, broken) == ["beslistabel-gat"], (table, name)


def test_every_row_excludes_its_copy(base: KnowledgeBase, raw: dict[str, Any]) -> None:
    """A copy of a row under another name always overlaps it."""
    for table, name, row in _rows(raw):
        broken = copy.deepcopy(raw)
        broken["beslistabellen"][table]["rijen"]["kopie"] = copy.deepcopy(row)
        assert "beslistabel-overlap" in rules_of(base, broken), (table, name)


def test_role_must_keep_to_partners(base: KnowledgeBase, raw: dict[str, Any]) -> None:
    broken = copy.deepcopy(raw)
    broken["vragen"]["zender"]["antwoorden"]["halt"]["legt_vast"]["zender_geheimhouding"] = ["geen"]
    assert rules_of(base, broken) == ["rol-eigenschap"]
    broken = copy.deepcopy(raw)
    del broken["vragen"]["ontvanger"]["antwoorden"]["halt"]
    assert rules_of(base, broken) == ["rol-ontbreekt"]
    broken["vragen"]["ontvanger"]["antwoorden"]["hallt"] = {"tekst": "Halt"}
    assert sorted(rules_of(base, broken)) == ["rol-onbekend", "rol-ontbreekt"]


def test_outcome_needs_its_rules(base: KnowledgeBase, raw: dict[str, Any]) -> None:
    broken = copy.deepcopy(raw)
    del broken["uitkomsten"]["dit-kanaal-niet"]["delen"]
    assert rules_of(base, broken) == ["uitkomst-zonder-regels"]


def test_too_many_rows_and_a_table_on_a_number(base: KnowledgeBase, raw: dict[str, Any]) -> None:
    broken = copy.deepcopy(raw)
    row = {"als": {"gezag": ["voogd"]}, "geeft": ASK, "regels": ["avg-5-beginselen"]}
    for number in range(3):
        rows = {f"rij-{number}-{index}": row for index in range(20)}
        broken["beslistabellen"][f"te-veel-{number}"] = {"vraag": "Te veel?", "rijen": rows}
    with pytest.raises(ValidationError, match="hooguit 100"):
        Guide.model_validate(broken)
    broken = copy.deepcopy(raw)
    broken["beslistabellen"]["plek"]["rijen"]["een-op-een"]["als"] = {"aanleiding": ["spijbelen"]}
    assert rules_of(base, broken) == ["beslistabel-vorm"]


def test_fallback_that_covers_nothing_is_named(base: KnowledgeBase, raw: dict[str, Any]) -> None:
    broken = copy.deepcopy(raw)
    broken["beslistabellen"]["bij-een-vermoeden"]["anders"] = {
        "geeft": ASK,
        "regels": ["avg-5-beginselen"],
        "omdat": "Overbodig.",
    }
    assert rules_of(base, broken) == ["beslistabel-anders-overbodig"]


def test_twin_in_the_browser_takes_the_same_rows(base: KnowledgeBase) -> None:
    """Every answer in every state, in node: the same outcome by the same rows."""
    guide = base.guides["gegevens-delen"]
    edges = StateSpace(guide, base.facets).edges
    cases = [[*edge.start.answers, (edge.start.node, edge.given)] for edge in edges]
    made = export.documents(base, export.Build(date(2026, 11, 21), "proef"))
    data = json.loads(next(item.text for item in made if item.path == "data/keuzehulp/gegevens-delen.json"))
    script = TWIN % json.dumps((ROOT / "docs/scripts/walk.mjs").as_uri())
    result = subprocess.run(
        [str(find_node()), "--input-type=module", "-e", script],
        input=json.dumps({"guide": data, "cases": cases}),
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(result.stdout)
    assert len(theirs) == len(cases)
    for case, other in zip(cases, theirs, strict=True):
        ours = follow(guide, base.facets, dict(case))
        assert (other["node"], other["rows"]) == (ours.node, [list(row) for row in ours.rows]), case
