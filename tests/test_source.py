"""What a YAML file says, on which line, and that a bad one does no harm."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handbook import source
from handbook.source import Source


def read(folder: Path, content: str | bytes) -> Source:
    path = folder / "proef.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return source.read(path, "proef.yaml")


def fault(folder: Path, content: str | bytes) -> tuple[int, str]:
    """The line and rule of the one problem in a file, from which nothing may have been built."""
    found = read(folder, content)
    assert found.data is None
    assert len(found.problems) == 1, found.problems
    return found.problems[0].line, found.problems[0].rule


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ja", "ja"),
        ("nee", "nee"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("1.10", "1.10"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("012", "012"),
        ("0800-2000", "0800-2000"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-3", -3),
        ("112", 112),
        ("999999999999999", 999999999999999),
        ("1000000000000000", "1000000000000000"),
        ("'112'", "112"),
        ('"true"', "true"),
        ("'~'", "~"),
        ("2024-05-01", date(2024, 5, 1)),
        ("'2024-05-01'", "2024-05-01"),
        ("2024-5-1", "2024-5-1"),
        ("2024-05-01T10:00:00", "2024-05-01T10:00:00"),
        ("! 12", 12),
    ],
)
def test_scalar(tmp_path: Path, written: str, value: Any) -> None:
    found = read(tmp_path, f"sleutel: {written}\nmeer: x\n")
    assert found.data == {"sleutel": value, "meer": "x"}
    assert type(found.data["sleutel"]) is type(value)
    assert not found.problems


def test_block_texts_are_text(tmp_path: Path) -> None:
    assert read(tmp_path, "a: |\n  12\nb: >-\n  true\n  dus\n").data == {"a": "12\n", "b": "true dus"}


def test_keys_are_always_text(tmp_path: Path) -> None:
    assert read(tmp_path, "12: a\ntrue: b\n2024-05-01: c\n").data == {"12": "a", "true": "b", "2024-05-01": "c"}


NESTED = "naam: x\nlijst:\n  - een\n  - sleutel: 1\n    blok: {a: 1,\n      b: [2, 3]}\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_every_place_has_its_line(tmp_path: Path, start: bytes, end: str) -> None:
    """Also in a file that Windows saved, with or without a byte order mark."""
    found = read(tmp_path, start + NESTED.replace("\n", end).encode())
    assert not found.problems
    assert found.data == {"naam": "x", "lijst": ["een", {"sleutel": 1, "blok": {"a": 1, "b": [2, 3]}}]}
    lines = {
        ("naam",): 1,
        ("lijst",): 2,
        ("lijst", 0): 3,
        ("lijst", 1): 4,
        ("lijst", 1, "sleutel"): 4,
        ("lijst", 1, "blok"): 5,
        ("lijst", 1, "blok", "b", 1): 6,
    }
    assert {path: found.line(path) for path in lines} == lines


def test_place_that_is_not_there_gets_the_line_around_it(tmp_path: Path) -> None:
    found = read(tmp_path, "# uitleg\n" + NESTED)
    assert found.line(("lijst", 1, "ontbreekt")) == 5
    assert found.line(("ook", "niet")) == 2
    problem = found.problem(("lijst", 1, "ontbreekt"), "Fout.", "regel")
    assert str(problem) == "proef.yaml:5: lijst.1.ontbreekt\n    Fout."


def test_first_of_two_equal_keys_counts_and_both_lines_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert found.data == {"a": 1, "b": {"c": 1}}
    assert [(p.line, p.field) for p in found.problems] == [(4, "b.c"), (5, "a")]
    assert "regel 3" in found.problems[0].message


@pytest.mark.parametrize(
    ("content", "line", "rule"),
    [
        ("", 1, "leeg-bestand"),
        ("# niets\n", 1, "leeg-bestand"),
        ("---\n...\n", 1, "leeg-bestand"),
        ("\ufeff", 1, "leeg-bestand"),
        ("naam: Zoë\nkort: é\n".encode("latin-1"), 1, "geen-utf8"),
        (b"a: b\nc: d\ne: \xff\n", 3, "geen-utf8"),
        ("naam: x\n".encode("utf-16"), 1, "geen-utf8"),
        (b"PK\x03\x04\x00\x00", 1, "yaml-fout"),
        ("a: 1\nb: &x 1\n", 2, "yaml-alias"),
        ("a: 1\nb: [*x]\n", 2, "yaml-alias"),
        ("a: !!int 1\n", 1, "yaml-tag"),
        ("a: 1\nb: !!python/object/new:os.system [exit 1]\n", 2, "yaml-tag"),
        ("a: 1\n? !!python/name:os.system\n: 1\n", 2, "yaml-tag"),
        ("a: 1\n---\nb: 2\n", 2, "meer-documenten"),
        ("a: " + "[" * 25 + "]" * 25, 1, "te-diep"),
        ("a: " + "[" * 200_000, 1, "te-diep"),
        ("- " * 100_000, 1, "te-diep"),
        ("a: " + "{a: " * 100_000, 1, "te-diep"),
        ("\n".join("  " * depth + "a:" for depth in range(60)), 25, "te-diep"),
        ("a:\n\tb: 1\n", 2, "yaml-fout"),
        ("a: 'x\nb: 1\n", 1, "yaml-fout"),
        ("a: 1\nb 2\nc: 3\n", 2, "yaml-fout"),
        ("a: 1\nb: \x00\n", 2, "yaml-fout"),
        ("a: 1\n{b: 1}: 2\n", 2, "yaml-fout"),
        (": x\n", 1, "yaml-fout"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_refused(tmp_path: Path, content: str | bytes, line: int, rule: str) -> None:
    assert fault(tmp_path, content) == (line, rule)


def test_as_deep_as_allowed(tmp_path: Path) -> None:
    assert not read(tmp_path, "[" * 24 + "]" * 24).problems


def test_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    """Nine levels of nine references: a gigabyte, for a reader that builds it."""
    levels = ["a0: &a0 [" + "x, " * 9 + "x]"]
    levels += [f"a{n}: &a{n} [" + f"*a{n - 1}, " * 9 + f"*a{n - 1}]" for n in range(1, 10)]
    started = time.process_time()
    assert fault(tmp_path, "\n".join(levels)) == (1, "yaml-alias")
    assert time.process_time() - started < 1


def test_python_tag_is_not_run(tmp_path: Path) -> None:
    witness = tmp_path / "uitgevoerd"
    fault(tmp_path, f"a: !!python/object/apply:os.mkdir ['{witness.as_posix()}']\n")
    assert not witness.exists()


def test_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "groot.yaml"
    with path.open("wb") as file:
        file.truncate(8 << 30)  # eight gigabytes of nothing, which take no room on the disk
    started = time.process_time()
    problem = source.read(path, "groot.yaml").problems[0]
    assert (problem.rule, problem.line) == ("te-groot", 1)
    assert time.process_time() - started < 1


def test_size_limit(tmp_path: Path) -> None:
    assert not read(tmp_path, "a: " + "x" * 999_997).problems
    assert fault(tmp_path, "a: " + "x" * 999_998) == (1, "te-groot")


def test_missing_or_unreadable(tmp_path: Path) -> None:
    assert [problem.rule for problem in source.read(tmp_path / "weg.yaml", "weg.yaml").problems] == ["ontbreekt"]
    assert [problem.rule for problem in source.read(tmp_path, "map").problems] == ["onleesbaar"]


def test_date_that_does_not_exist(tmp_path: Path) -> None:
    found = read(tmp_path, "a:\n  - 2024-02-29\n  - 2023-02-29\n")
    assert found.data == {"a": [date(2024, 2, 29), "2023-02-29"]}
    assert [(problem.line, problem.field, problem.rule) for problem in found.problems] == [
        (3, "a.1", "datum-bestaat-niet")
    ]


def test_python_parser_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without its C parser, the faults have the same lines."""
    import yaml

    monkeypatch.setattr(source, "_Loader", yaml.SafeLoader)
    for content, line, rule in [
        ("a:\n\tb: 1\n", 2, "yaml-fout"),
        ("a: b: c\n", 1, "yaml-fout"),
        ("a: 'x\nb: 1\n", 1, "yaml-fout"),
        ("a: 1\nb 2\nc: 3\n", 2, "yaml-fout"),
        ("a: 1\nb: \x00\n", 2, "yaml-fout"),
        ("a: &x 1\n", 1, "yaml-alias"),
        ("a: " + "[" * 25 + "]" * 25, 1, "te-diep"),
    ]:
        assert fault(tmp_path, content) == (line, rule), content
    assert read(tmp_path, "\ufeff" + NESTED).data == read(tmp_path, NESTED).data
