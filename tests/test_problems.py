"""Every rule has a case in tests/problems/ with the exact text that an editor sees, and trips nothing else."""

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml

from handbook import knowledge_base, model, pages
from handbook.export import EDITOR_SCHEMAS
from handbook.problems import ContentError, Misfit, Problem, explain, report, suggestion

HERE = Path(__file__).parent
HANDBOOK = HERE.parent / "hooks" / "handbook"
CASES = sorted((HERE / "problems").glob("*.yaml"))


def _spoil(path: Path, change: Any) -> None:
    """Change one file as a case says: edits, a whole new text, a text repeated, a folder in its place, or gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if change is None:
        path.unlink()
    elif isinstance(change, str):
        path.write_text(change, encoding="utf-8")
    elif isinstance(change, list):
        text = path.read_text(encoding="utf-8")
        for edit in change:
            assert text.count(edit["find"]) == 1, edit["find"]
            text = text.replace(edit["find"], edit["replace"])
        path.write_text(text, encoding="utf-8")
    elif change.get("folder"):
        path.mkdir()
    else:
        path.write_bytes((change["text"] * change.get("times", 1)).encode(change.get("encoding", "utf-8")))


def _problems(case: dict[str, Any], root: Path) -> list[Problem]:
    """What an editor sees: of mini as the case leaves it, with another guide laid over it when the case says so."""
    if "over" in case:
        over = yaml.safe_load((HERE / "mini_more" / f"{case['over']}.yaml").read_text(encoding="utf-8"))
        for file, change in over["files"].items():
            _spoil(root / file, change)
    for file, change in case["files"].items():
        _spoil(root / file, change)
    try:
        base = knowledge_base.read(root)
    except ContentError as error:
        return error.problems
    if case.get("advice"):
        return list(knowledge_base.unshown(base, pages.possible_ways(base)))
    return knowledge_base.expired_claims(base, case["today"]) if "today" in case else []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_editor_sees_exactly_this(path: Path, mini: Path) -> None:
    case = _case(path.stem)
    found = _problems(case, mini)
    assert "\n".join(map(str, found)) == case["problems"].rstrip("\n")
    assert {problem.rule for problem in found} == {path.stem}


_LEAVES_THE_REST = (
    *("datum-bestaat-niet", "dubbele-sleutel", "extra_forbidden", "geen-utf8", "leeg-bestand", "lijst-onvolledig"),
    *("onbekend-bron", "onbekend-interventie", "onbekend-uitkomst", "string_too_long", "string_type", "yaml-fout"),
)
_NEEDS_THE_REST = {
    *("tegenspraak", "voorbeeld-afleiding", "voorbeeld-antwoord", "voorbeeld-oordeel", "voorbeeld-uitkomst"),
    *("oordeel-niet-geoefend", "uitzondering-overbodig"),
}
_TAKES_THE_REST = {"date_type", "ontbreekt", "string_pattern_mismatch"}  # no source, and no facet, is left to name


@pytest.mark.parametrize("beside", _LEAVES_THE_REST)
def test_a_fault_hides_no_other(beside: str, tmp_path: Path) -> None:
    """Every case once more with another fault beside it: both are told, but for what stands in the very same entry."""
    first, hidden, compared = _case(beside), {}, 0
    for path in CASES:
        second = _case(path.stem)
        both = _both(first, second)
        if both is None or path.stem in _NEEDS_THE_REST | _TAKES_THE_REST:
            continue
        found = {(problem.file, problem.field) for problem in _problems(both, _copy(tmp_path / path.stem))}
        compared += 1
        lost = (_apart(first, second) | _apart(second, first)) - found
        if lost:
            hidden[path.stem] = lost
    assert compared > 25
    assert hidden == {}


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(HERE / "mini", folder))


def _case(name: str) -> dict[str, Any]:
    case: dict[str, Any] = yaml.safe_load((HERE / "problems" / f"{name}.yaml").read_text(encoding="utf-8"))
    return case


def _both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any] | None:
    """Two cases in one, or nothing when they cannot be: they change the same lines, or ask for other handbooks."""
    if first is second or any({"over", "today", "advice"} & case.keys() for case in (first, second)):
        return None
    files = {**first["files"], **second["files"]}
    for file in first["files"].keys() & second["files"].keys():
        one, two = first["files"][file], second["files"][file]
        if not isinstance(one, list) or not isinstance(two, list):
            return None
        files[file] = one + two
        text = (HERE / "mini" / file).read_text(encoding="utf-8")
        for edit in files[file]:
            if text.count(edit["find"]) != 1:
                return None
            text = text.replace(edit["find"], edit["replace"])
    return {"files": files}


def _places(case: dict[str, Any]) -> set[tuple[str, str]]:
    """(file, field) of every problem that a case gives."""
    lines = case["problems"].rstrip("\n").split("\n")[::2]
    return {(line.split(":")[0], line.partition(": ")[2]) for line in lines}


def _apart(case: dict[str, Any], other: dict[str, Any]) -> set[tuple[str, str]]:
    """The places of a case in entries that the other leaves alone."""
    touched = {_entry(place) for place in _places(other)}
    return {place for place in _places(case) if _entry(place) not in touched}


def _entry(place: tuple[str, str]) -> tuple[str, ...]:
    return (place[0], *place[1].split(".")[:2])


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {path.stem for path in CASES} == set(_rules_in_code()) | set(_misfits_of_schema())


def _rules_in_code() -> Iterator[str]:
    """The rule names that stand in the code: the last argument of whatever makes a problem or hands one on."""
    readers = (HANDBOOK / f"{name}.py" for name in ("source", "records", "knowledge_base"))
    for file in (*readers, *(HANDBOOK / "checks").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            last: ast.expr | None = None
            if isinstance(node, ast.Call) and _name(node.func) in {"Problem", "Fault", "problem", "_failed", "_refuse"}:
                last = node.args[-1]
            elif isinstance(node, ast.Yield | ast.Return) and isinstance(node.value, ast.Tuple):
                last = node.value.elts[-1] if len(node.value.elts) == 3 else None
            if isinstance(last, ast.Constant):
                yield str(last.value)
            elif isinstance(last, ast.JoinedStr):
                yield from (f"onbekend-{kind.split(':')[0]}" for kind in _kinds_of_reference())


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _kinds_of_reference() -> set[str]:
    """The kinds of things that the files which are read may name."""
    kinds: set[str] = set()
    seen: set[Any] = set()
    queue: list[Any] = [*EDITOR_SCHEMAS.values(), model.FrontMatter]
    while queue:
        hint = queue.pop()
        if isinstance(hint, model.Reference):
            kinds.add(hint.kind)
        elif isinstance(hint, type) and issubclass(hint, model.Record) and hint not in seen:
            seen.add(hint)
            queue += get_type_hints(hint, include_extras=True).values()
        queue += get_args(hint)
    return kinds


_MISFITS = {
    "str": {"string_type"},
    "int": {"int_type"},
    "bool": {"bool_type"},
    "date": {"date_type"},
    "list": {"list_type"},
    "dict": {"dict_type"},
    "model": {"model_type"},
    "model-fields": {"missing", "extra_forbidden"},
    "literal": {"literal_error"},
    "function-after": {"value_error"},
}
_LIMITS = {
    ("str", "pattern"): "string_pattern_mismatch",
    ("str", "min_length"): "string_too_short",
    ("str", "max_length"): "string_too_long",
    ("list", "min_length"): "too_short",
    ("list", "max_length"): "too_long",
    ("dict", "min_length"): "too_short",
    ("dict", "max_length"): "too_long",
}
_PASSED_ON = {
    *("definitions", "definition-ref", "nullable", "union", "tagged-union", "default", "model-field"),
    "function-before",  # fills in, and never refuses
}
_NOT_SCHEMA = {"metadata", "serialization", "config", "function"}


def _schema_nodes() -> Iterator[dict[str, Any]]:
    records: list[type[model.Record]] = [*EDITOR_SCHEMAS.values(), model.FrontMatter]
    queue: list[Any] = [record.__pydantic_core_schema__ for record in records]
    while queue:
        node = queue.pop()
        if isinstance(node, dict):
            if isinstance(node.get("type"), str):
                yield node
            queue += [value for key, value in node.items() if key not in _NOT_SCHEMA]
        elif isinstance(node, list | tuple):
            queue += node


def _misfits_of_schema() -> set[str]:
    """Every type of error that pydantic can raise on our schema, read from the schema that it made."""
    found: set[str] = set()
    for node in _schema_nodes():
        assert node["type"] in {*_MISFITS, *_PASSED_ON}, f"what errors does {node['type']!r} give?"
        found |= _MISFITS.get(node["type"], set())
        found |= {error for (kind, key), error in _LIMITS.items() if node["type"] == kind and node.get(key)}
    return found


def test_every_pattern_of_the_schema_is_put_into_words() -> None:
    for node in _schema_nodes():
        if node["type"] == "str" and node.get("pattern"):
            context = {"pattern": node["pattern"]}
            message = explain([Misfit("string_pattern_mismatch", context, "?")], "id", [], False)
            assert "lijst met velden" not in message, node["pattern"]


def test_explains_an_error_that_nobody_foresaw() -> None:
    message = explain([Misfit("bytes_type", {}, "x")], "id", [], False)
    assert message == "'x' past hier niet. Kijk in de lijst met velden wat hier hoort."


def test_report_counts_and_sorts_by_place() -> None:
    late = Problem("b.yaml", 3, "naam", "Fout.", "x")
    early = Problem("a.yaml", 10, "", "Ook fout.", "y")
    error = ContentError([late, early, late], 7)
    assert str(error) == (
        "a.yaml:10\n    Ook fout.\nb.yaml:3: naam\n    Fout.\n2 problemen in 2 bestanden (7 bestanden gelezen)."
    )
    assert report([late], 1) == "b.yaml:3: naam\n    Fout.\n1 probleem in 1 bestand (1 bestand gelezen)."


def test_lines_are_sorted_as_numbers() -> None:
    places = [Problem("a.yaml", line, "", "Fout.", "x") for line in (100, 20, 3)]
    assert [problem.line for problem in ContentError(places, 1).problems] == [3, 20, 100]


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("leeftijdd", ["leeftijd", "kleur"], " Bedoel je 'leeftijd'?"),
        ("xyz", ["leeftijd", "kleur"], " Kies uit: kleur, leeftijd."),
        ("xyz", [f"aaa{number}" for number in range(13)], ""),
        ("xyz", [], ""),
    ],
)
def test_suggestion(word: str, known: list[str], expected: str) -> None:
    assert suggestion(word, known) == expected


def test_messages_are_dutch_sentences_with_a_remedy() -> None:
    """Each message is whole sentences, and no word of Python or pydantic slips through."""
    for path in CASES:
        lines = yaml.safe_load(path.read_text(encoding="utf-8"))["problems"].splitlines()
        for place, message in zip(lines[::2], lines[1::2], strict=True):
            assert re.fullmatch(r"[\w./~ -]+:\d+(: [\w. -]+)?", place), place
            assert re.fullmatch(r"    \S.*[.?]", message), message
            assert not re.search(r"\b(None|True|False|str|dict|list|Input|should|valid|Error)\b", message), message


def test_case_on_a_sound_handbook_finds_nothing(mini: Path) -> None:
    """The cases rest on this: mini itself has no problem, nor has what is laid over it."""
    assert _problems({"files": {}}, mini) == []
    for more in (HERE / "mini_more").iterdir():
        assert _problems({"over": more.stem, "files": {}}, mini) == []


def test_a_review_is_due_on_its_day_and_not_before(mini: Path) -> None:
    base = knowledge_base.read(mini)
    due = [(p.file, p.line) for p in knowledge_base.expired_claims(base, date(2020, 12, 31))]
    assert due == []
    due = [(p.file, p.line) for p in knowledge_base.expired_claims(base, date(2021, 1, 1))]
    assert due == [("interventions/vleugelles.yaml", 47)]


def test_only_legal_claims_stop_a_build(mini: Path) -> None:
    base = knowledge_base.read(mini)
    everything = knowledge_base.expired_claims(base, date(2030, 1, 1))
    legal = knowledge_base.expired_claims(base, date(2030, 1, 1), legal_only=True)
    assert [problem.file for problem in everything] == [
        "guide/keuzehulp/draak.yaml",
        "guide/nummers.yaml",
        "guide/nummers.yaml",
        "guide/regels.yaml",
        "interventions/vleugelles.yaml",
        "interventions/vonkenclub.yaml",
    ]
    assert [problem.file for problem in legal] == [
        "guide/keuzehulp/draak.yaml",
        "guide/regels.yaml",
        "interventions/vleugelles.yaml",
    ]
