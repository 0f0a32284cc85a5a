"""What is wrong with a mark in a written page, and what cannot be told."""

from __future__ import annotations

import pytest

from handbook.marks import Known, problems
from handbook.written import take_apart

KNOWN = Known({"drakenwet", "drakenboek"}, {"geen-vuur"})
FAULTS = {
    "Zo. [@elfenboek: deel 1]": "onbekend-bron",
    "Zo. [@drakenwet: deel 1; @elfenboek: deel 1]": "onbekend-bron",
    "Zo. [@drakenwet]": "bron-zonder-plaats",
    "Zo. [@drakenwet: artikel 1, en @drakenboek: artikel 5]": "bron-aan-elkaar",
    "Zo. [regel: geen-water]": "onbekend-regel",
    "Zie https://voorbeeld.nl/.": "adres-in-tekst",
}


def found(body: str, known: Known = KNOWN, file: str = "docs/proef.md") -> list[tuple[str, int, str]]:
    text = take_apart(f"---\ntitle: Proef\n---\n\n# Proef\n\n{body}\n")
    return [(problem.file, problem.line, problem.rule) for problem in problems({file: text}, known)]


@pytest.mark.parametrize("line", FAULTS)
def test_wrong_mark_is_a_problem_at_its_line(line: str) -> None:
    assert found(line) == [("docs/proef.md", 7, FAULTS[line])]


def test_every_wrong_mark_is_told() -> None:
    assert [line for _, line, _ in found("\n\n".join(FAULTS))] == [7, 9, 11, 13, 15, 17]


def test_right_marks_and_code_are_left_alone() -> None:
    right = "Zo. [@drakenwet: artikel 1] [regel: geen-vuur] `[@elfenboek]`"
    assert found(f"{right}\n\n```\n[@elfenboek] https://voorbeeld.nl\n```") == []


def test_what_a_list_that_cannot_be_read_holds_is_not_unknown() -> None:
    unread = Known(None, None)
    assert found("Zo. [@elfenboek: deel 1] [regel: geen-water]", unread) == []
    assert found("Zo. [@elfenboek]", unread) == [("docs/proef.md", 7, "bron-zonder-plaats")]


def test_decisions_for_engineers_may_name_addresses() -> None:
    assert found("Zie https://voorbeeld.nl/.", file="docs/over/beslissingen/0001-proef.md") == []
