"""Marks written out, terms linked, sentences counted: each on a text of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handbook import glossary, reading
from handbook.knowledge_base import KnowledgeBase
from handbook.prose import Writer
from handbook.written import take_apart

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def writer(real_base: KnowledgeBase) -> Writer:
    return Writer(real_base, TODAY)


def body(writer: Writer, text: str, path: str = "over/proef.md") -> str:
    return writer.finish(path, text).strip()


def sentences(text: str) -> list[str]:
    return [sentence for _, sentence in reading.sentences(take_apart(text))]


def test_citation_becomes_a_link_with_its_place(writer: Writer, real_base: KnowledgeBase) -> None:
    label = real_base.sources["jeugdwet"].label
    expected = f'<span class="ve-source">([{label}](../bronnen.md#jeugdwet), artikel 1.1)</span>'
    assert body(writer, "Zo is het. [@jeugdwet: artikel 1.1]") == f"Zo is het. {expected}"


def test_two_citations_share_a_source_line(writer: Writer) -> None:
    line = body(writer, "Zo. [@jeugdwet: artikel 1.1; @avg: artikel 5]")
    assert line.count("ve-source") == 1
    assert "bronnen.md#jeugdwet" in line
    assert "; [" in line
    assert line.endswith("artikel 5)</span>")


@pytest.mark.parametrize("code", ["`[@jeugdwet: artikel 1.1]`", "```text\n[regel: avg-5-beginselen] [afgeleid]\n```"])
def test_marks_in_code_stay_as_they_are(writer: Writer, code: str) -> None:
    assert body(writer, f"Zo schrijf je dat:\n\n{code}\n\nMeer niet.") == f"Zo schrijf je dat:\n\n{code}\n\nMeer niet."


def test_rule_and_inference_are_written_out(writer: Writer, real_base: KnowledgeBase) -> None:
    line = body(writer, "Zo. [regel: avg-5-beginselen] [afgeleid] [te controleren]")
    assert "(../gegevens-delen/regels.md#avg-5-beginselen), nagekeken 21-11-2026" in line
    for mark in ("afgeleid", "te_controleren"):
        assert f'<span class="ve-inference">{real_base.label("zekerheid", mark)}</span>' in line


# --- glossary ---------------------------------------------------------------------------------------------


def test_term_is_linked_where_it_is_first_used(writer: Writer) -> None:
    text = "## Casusoverleg\n\nEen casusoverleg is nuttig. Twee casusoverleggen ook.\n\nNog een casusoverleg."
    assert body(writer, text) == text.replace("Een casusoverleg", "Een [casusoverleg](../begrippen.md#casusoverleg)")


@pytest.mark.parametrize(
    "text",
    [
        "## Casusoverleg",
        "| casusoverleg | x |",
        "`casusoverleg`",
        "[het casusoverleg](x.md)",
        "```\ncasusoverleg\n```",
        "Een wijkcasusoverlegtafel",
    ],
)
def test_term_is_not_linked_in(writer: Writer, text: str) -> None:
    assert body(writer, text) == text


def test_abbreviation_counts_only_in_capitals(writer: Writer) -> None:
    assert "#gecertificeerde-instelling" in body(writer, "De GI belt.")
    assert body(writer, "De gi belt.") == "De gi belt."


def test_longest_term_wins(writer: Writer) -> None:
    assert "[Veilig Thuis](../begrippen.md#veilig-thuis)" in body(writer, "Bel Veilig Thuis.")


def test_term_that_no_text_uses_is_a_problem(root: Path, real_base: KnowledgeBase) -> None:
    term = next(iter(real_base.terms.values()))
    terms = dict(real_base.terms) | {
        "kwibbel": term.model_copy(update={"term": "Kwibbel", "afkorting": None, "synoniemen": ["zwabbel"]})
    }
    base = replace(real_base, vocabulary=real_base.vocabulary.model_copy(update={"termen": terms}))
    found = list(glossary.problems(root / "docs", base))
    assert [(problem.field, problem.rule) for problem in found] == [("termen.kwibbel", "ongebruikt-begrip")]


@pytest.mark.parametrize("use", ["Een kwibbel.", "Kwibbels!", "Noem het een zwabbel."])
def test_synonym_and_plural_count_as_use(tmp_path: Path, real_base: KnowledgeBase, use: str) -> None:
    term = next(iter(real_base.terms.values()))
    terms = {"kwibbel": term.model_copy(update={"term": "Kwibbel", "afkorting": None, "synoniemen": ["zwabbel"]})}
    base = replace(real_base, vocabulary=real_base.vocabulary.model_copy(update={"termen": terms}))
    (tmp_path / "proef.md").write_text(use)
    assert not list(glossary.problems(tmp_path, base))


# --- reading ----------------------------------------------------------------------------------------------


def test_sentences_are_those_of_running_text() -> None:
    text = (
        "# Kop\n\nEen zin. Nog een zin! En hier?\n\n| tabel | rij |\n\n> wet: een lid. En nog een.\n\n"
        "- eerste punt\n- tweede punt\n  dat doorloopt\n- [ ] derde. Vierde.\n\n1. vijfde\n\n<p>html.</p>\n\n"
        '!!! warning "Kop"\n    In een vak.\n\n```\ncode. code.\n```\n'
    )
    assert sentences(text) == [
        *("Een zin.", "Nog een zin!", "En hier?", "eerste punt", "tweede punt dat doorloopt"),
        *("derde.", "Vierde.", "vijfde", "In een vak."),
    ]


@pytest.mark.parametrize("mark", ["[@bron: p. 1]", "[regel: x]", "[afgeleid]", "<span class='x'></span>"])
def test_marks_neither_count_nor_glue(mark: str) -> None:
    assert sentences(f"Eerste zin. {mark} Tweede zin. {mark}") == ["Eerste zin.", "Tweede zin."]


def test_marks_that_were_written_out_neither_count_nor_glue(writer: Writer) -> None:
    text = body(writer, "Eerste zin. [afgeleid] Tweede zin. [regel: avg-5-beginselen]\n[@jeugdwet: artikel 1]")
    assert sentences(text) == ["Eerste zin.", "Tweede zin."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Op 1.5 staat: “Hij kwam.” Toen ging hij.", ["Op 1.5 staat: “Hij kwam.", "Toen ging hij."]),
        ("Zie artikel 1.1 van de wet.", ["Zie artikel 1.1 van de wet."]),
        ("Kan. *Moet* niet.", ["Kan.", "*Moet* niet."]),
        ("Een; twee; drie.", ["Een; twee; drie."]),
    ],
)
def test_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_long_sentence_and_long_mean_are_advice() -> None:
    long = " ".join(["woord"] * 31) + "."
    rules = [problem.rule for problem in reading.advice("a.md", "docs/a.md", f"Kort.\n\n{long}\n")]
    assert rules == ["lange-zin", "lange-zinnen"]
    assert not list(reading.advice("a.md", "docs/a.md", " ".join(["woord"] * 15) + "."))
    assert next(reading.advice("a.md", "docs/a.md", f"Kort.\n\n{long}\n")).line == 3


def test_quoted_law_may_be_long() -> None:
    assert not list(reading.advice("a.md", "docs/a.md", "> " + " ".join(["woord"] * 60)))


def test_page_says_when_it_is_looked_at_again_and_not_for_whom(writer: Writer) -> None:
    front = "---\ntitle: Proef\nvoor_wie: [professional, gemeente]\nherzien_voor: 2027-05-21\n---\n"
    text = body(writer, f"{front}# Proef\n\nKort.\n")
    facts = next(line for line in text.split("\n") if "ve-facts" in line)
    assert "Voor: " not in text
    assert "Leestijd" not in text
    assert "vóór 21-5-2027" in facts
