"""Each part of the five source documents has its row, and each row leads to a place that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from handbook.knowledge_base import KnowledgeBase

# What the documents consist of: per source, patterns that must each match the part of at least one row.
PARTS: dict[str, list[str]] = {
    "horjus-netwerk-12plus": [
        r"Wat is een netwerk 12\+$",
        r"Doelen van het netwerk 12\+$",
        r"Hogere rendementen van de netwerken 12\+$",
    ],
    "radar-gouden-combinatie": [
        *(r"Verbinden", r"Sociale \(wijk\)teams", r"Jongerenwerk$", r"Wijkagenten$", r"Onderwijs$"),
        *(r"Kleine acties", r"Expertbijeenkomst"),
    ],
    "dsp-preventieve-aanpak-2021": [
        "Voorwoord$",
        *(rf"Hoofdstuk {number}, " for number in range(1, 9)),
        *(rf"Casus {case}, fase {phase}: " for case in "ABC" for phase in range(1, 5)),
        *(r"Kader: de verwijsindex .*\(VIR\)", r"Kader: BASTA!", r"Kader: Pak je Kans", r"Kader: Alles Kidzzz"),
        *(r"Kader: Wijkacademie", r"Kader: wijkprogrammering"),
    ],
    "dsp-factsheet-12min-2021": [
        *(rf"Fase {phase}: " for phase in range(1, 5)),
        *(rf"Tip {tip}: " for tip in range(1, 5)),
    ],
    "ipw-eigen-netwerk": [
        *(rf"Reden {reason}: " for reason in range(1, 7)),
        *(rf"Uitgangspunt {principle}: " for principle in range(1, 5)),
        *(rf"Oplossing {solution}: " for solution in range(1, 9)),
        "Succesfactoren$",
    ],
}


@pytest.mark.parametrize("source", PARTS)
def test_every_part_of_a_document_has_a_row(real_base: KnowledgeBase, source: str) -> None:
    rows = [row.deel for row in real_base.coverage.delen if row.bron == source]
    assert not [part for part in PARTS[source] if not any(re.match(part, row) for row in rows)]


def test_no_row_stands_twice(real_base: KnowledgeBase) -> None:
    rows = [(row.bron, row.deel) for row in real_base.coverage.delen]
    assert sorted(rows) == sorted(set(rows))
    assert {row.bron for row in real_base.coverage.delen} == set(PARTS)


def test_every_row_leads_to_a_place_that_exists(site: Path, real_base: KnowledgeBase) -> None:
    missing = []
    for row in real_base.coverage.delen:
        if row.pagina is None:
            continue
        address, _, anchor = row.pagina.partition("#")
        page = site / address / "index.html"
        if not page.is_file() or not BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find(id=anchor):
            missing.append(row.pagina)
    assert not missing


def test_what_was_left_out_says_why(real_base: KnowledgeBase) -> None:
    reasons = [row.weggelaten for row in real_base.coverage.delen if row.weggelaten is not None]
    assert reasons
    assert all(len(reason.split()) >= 5 for reason in reasons)


def test_page_shows_every_row(site: Path, real_base: KnowledgeBase) -> None:
    page = BeautifulSoup((site / "over/verantwoording/index.html").read_text(encoding="utf-8"), "html.parser")
    cells = [" ".join(cell.get_text().split()) for cell in page.select("article tbody td:first-child")]
    assert sorted(cells) == sorted(row.deel for row in real_base.coverage.delen)
