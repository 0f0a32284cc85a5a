"""The JSON of the site: it fits its own schema, and says what the YAML says."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from handbook import export
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase

MINI = Path(__file__).parent / "mini"
Base = Callable[[], KnowledgeBase]


def plain_yaml(path: Path) -> Any:
    """A file as another program reads it: PyYAML's own loader, dates as text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=date.isoformat))


def documents(base: KnowledgeBase, build: Build) -> dict[str, Any]:
    return {document.path: json.loads(document.text) for document in export.documents(base, build)}


@pytest.fixture(params=["mini", "real"])
def base(request: pytest.FixtureRequest, mini_base: KnowledgeBase, real_base: KnowledgeBase) -> KnowledgeBase:
    return mini_base if request.param == "mini" else real_base


def test_every_file_has_its_schema_beside_it_and_fits(base: KnowledgeBase, build: Build) -> None:
    found = documents(base, build)
    data = {path for path in found if not path.endswith(".schema.json")}
    guides = {f"data/keuzehulp/{name}.json" for name in base.guides}
    assert {"data/interventies.json", "data/oordelen.json"} | guides <= data
    assert {path.replace(".json", ".schema.json") for path in data} == set(found) - data
    for path in data:
        schema = found[path.replace(".json", ".schema.json")]
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(found[path])


def test_schema_refuses_what_does_not_belong(mini_base: KnowledgeBase, build: Build) -> None:
    """Else the test above could not fail."""
    found = documents(mini_base, build)
    validator = jsonschema.Draft202012Validator(found["data/interventies.schema.json"])
    for place in (("versie",), ("interventies", "vonkenclub", "naam"), ("interventies", "vonkenclub", "doel", 0)):
        broken = json.loads(json.dumps(found["data/interventies.json"]))
        spot = broken
        for step in place[:-1]:
            spot = spot[step]
        spot[place[-1]] = 5
        assert not validator.is_valid(broken), place


def test_interventions_are_the_yaml(base: KnowledgeBase, build: Build, root: Path) -> None:
    folder = MINI if "vonkenclub" in base.interventions else root
    found = documents(base, build)["data/interventies.json"]
    assert (found["gemaakt_op"], found["versie"]) == ("2021-01-15", "proef-1")
    for name in base.interventions:
        _assert_same(found["interventies"][name], plain_yaml(folder / f"interventions/{name}.yaml"), (name,))
    _assert_same(found["bronnen"], plain_yaml(folder / "guide/bronnen.yaml")["bronnen"], ("bronnen",))


def test_guides_are_the_yaml(base: KnowledgeBase, build: Build, root: Path) -> None:
    folder = MINI if "vonkenclub" in base.interventions else root
    vocabulary = plain_yaml(folder / "guide/begrippen.yaml")
    facets = {
        key: {**facet, "waarden": vocabulary["lijsten"][facet["lijst"]]} if "lijst" in facet else facet
        for key, facet in vocabulary["kenmerken"].items()
    }
    for name in base.guides:
        found = documents(base, build)[f"data/keuzehulp/{name}.json"]
        extra = {key: found.pop(key) for key in _ADDED}
        _assert_same(found, plain_yaml(folder / f"guide/keuzehulp/{name}.yaml"), (name,))
        assert extra["id"] == name
        _assert_same(extra["kenmerken"], facets, (name, "kenmerken"))
        assert extra["nog_hoogstens"][found["start"]] == max(extra["nog_hoogstens"].values())
        rules = plain_yaml(folder / "guide/regels.yaml")["regels"]
        assert {rule: told.get("artikel") for rule, told in extra["regels"].items()} == {
            rule: rules[rule].get("artikel") for rule in extra["regels"]
        }
        assert bool(extra["regels"]) == bool(found["beslistabellen"])


_ADDED = (
    *("id", "gemaakt_op", "versie", "kenmerken", "nog_hoogstens", "oude_adressen", "regels", "grondsoorten", "vult_in"),
)
_DEFAULTS: tuple[Any, ...] = ([], {}, "feit", "nee", "ja", "Weet ik niet", "vraag-eerst-fg-of-jurist")


def _assert_same(exported: Any, written: Any, place: tuple[Any, ...]) -> None:
    """Everything that was written is exported as it was written; what is added is a default of the schema."""
    if isinstance(written, dict) and isinstance(exported, dict):
        assert not set(written) - set(exported), place
        for key in exported:
            if key in written:
                _assert_same(exported[key], written[key], (*place, key))
            else:
                assert exported[key] in _DEFAULTS, (*place, key)
        return
    if isinstance(written, list):
        assert len(exported) == len(written), place
        for index, item in enumerate(written):
            _assert_same(exported[index], item, (*place, index))
        return
    assert exported == (written.strip() if isinstance(written, str) else written), place


def test_only_what_is_known_is_exported(base: KnowledgeBase, build: Build) -> None:
    """A key that nobody filled in is not there; it is not null."""
    for document in export.documents(base, build):
        if not document.path.endswith(".schema.json"):
            assert "null" not in document.text


def test_what_the_chooser_weighs(mini_base: KnowledgeBase, build: Build) -> None:
    found = documents(mini_base, build)["data/oordelen.json"]
    club = found["interventies"]["vonkenclub"]
    assert club["naam"] == "Vonkenclub"
    assert club["erkenning"] == "goed onderbouwd (1-3-2015)"
    assert found["interventies"]["vleugelles"]["erkenning"] == "geen erkenning gevonden"
    assert club["bekeken_op"] == "2020-02-01"
    assert club["onbekend"] == ["Voor wie het niet geschikt is.", "Wat het kost."]
    (group,) = club["doelgroepen"]
    assert [(part["id"], part["beslist"]) for part in group["criteria"]] == [
        ("leeftijd", True),
        ("vuur", True),
        ("stemming", False),
    ]
    assert group["criteria"][0]["lezingen"][1] == {
        "steunt_op": "tot-vijf",
        "eisen": {"leeftijd": {"tot": 5}},
        "tekst": "De lijst noemt alle draken tot en met 5 jaar.",
        "zekerheid": "bron",
        "bronnen": [{"bron": "nji-databank", "plaats": "regel 7"}],
    }
    assert list(found["bronnen"]) == ["drakenboek", "nji-databank"]  # the law is cited, but no criterion rests on it
    assert found["labels"]["oordelen"]["past"] == "past bij de beschreven doelgroep"


def test_same_content_gives_the_same_bytes(root: Path, build: Build, real_base: KnowledgeBase) -> None:
    from handbook import knowledge_base

    again = knowledge_base.read(root)
    assert list(export.documents(again, build)) == list(export.documents(real_base, build))


def test_text_is_not_escaped_away(mini_base: KnowledgeBase, build: Build) -> None:
    text = next(d.text for d in export.documents(mini_base, build) if d.path == "data/interventies.json")
    assert "Eén zomer" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize("name", export.EDITOR_SCHEMAS)
def test_schema_for_editors_accepts_what_the_schema_accepts(name: str, root: Path) -> None:
    schema = export.json_schema(export.EDITOR_SCHEMAS[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    folders = {"interventie": "interventions", "keuzehulp": "guide/keuzehulp", "casus": "guide/casussen"}
    pattern = f"{folders[name]}/*.yaml" if name in folders else f"guide/{name.replace('-', '_')}.yaml"
    files = [*root.glob(pattern), *MINI.glob(pattern)]
    assert files
    for path in files:
        validator.validate(plain_yaml(path))
        assert not validator.is_valid({**plain_yaml(path), "onbekende_sleutel": 1})


def test_every_file_opens_with_the_line_that_helps_an_editor(base: KnowledgeBase, root: Path) -> None:
    """And the schema that it names is there."""
    folder = MINI if "vonkenclub" in base.interventions else root
    for file in base.records:
        _assert_opens_with_schema(folder / file, (folder / file).parent)


def test_example_record_opens_with_the_line_for_the_folder_it_is_copied_to(root: Path) -> None:
    _assert_opens_with_schema(root / "docs/over/bijdragen/voorbeeldaanpak.yaml", root / "interventions")


def _assert_opens_with_schema(path: Path, folder: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix), path
    assert (folder / first.removeprefix(prefix)).resolve().is_file(), path
