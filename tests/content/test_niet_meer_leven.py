"""A child that does not want to live, or that nobody can find: a reader learns whom to call today and what to ask.

The situations of situaties.yaml judge what the pages say; nothing about these may tell to wait. That who types them
finds the pages, test_situaties_zoeken.py holds; here that the plainest words find them first.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from handbook.knowledge_base import KnowledgeBase
from search_judge import ours
from site_fixtures import html_pages

LIVING = "signaleren/niet-meer-leven/"
MISSING = "signaleren/kind-vermist/"
SITUATIONS: dict[str, dict[str, Any]] = {
    name: situation
    for name, situation in yaml.safe_load((Path(__file__).parent / "situaties.yaml").read_text("utf-8"))[
        "situaties"
    ].items()
    if {LIVING, MISSING} & set(situation["vindt"])
}
SUICIDE = re.compile(r"zelfmoord|zelfdoding|su[iï]cid", re.IGNORECASE)
# Where the words stand in titles of documents, and where a search answers with them.
LISTS = ("bronnen/", "zoeken/")


def soup(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((site / address / "index.html").read_text("utf-8"), "html.parser")


def running_text(site: Path, address: str) -> str:
    """The text of a page, a line a block."""
    article = soup(site, address).article
    assert article is not None
    return article.get_text(" ", strip=True)


def opening(site: Path, address: str) -> list[str]:
    """What stands from the title up to the second heading: the lines of a reader in a hurry."""
    lines: list[str] = []
    heading = soup(site, address).select_one("article h1")
    assert heading is not None
    headings = 0
    for element in heading.find_all_next(["h2", "li", "p"]):
        headings += element.name == "h2" and not element.find_parent("nav")
        if headings > 1:
            break
        lines.append(element.get_text(" ", strip=True))
    return lines


def test_the_situations_are_all_here() -> None:
    assert len(SITUATIONS) >= 8
    assert {LIVING, MISSING} <= {address for situation in SITUATIONS.values() for address in situation["vindt"]}


# --- a child that does not want to live ------------------------------------------------------------------


def test_the_page_opens_with_whom_to_call_and_what_to_do(site: Path) -> None:
    lines = opening(site, LIVING)
    calls = {link["href"] for link in soup(site, LIVING).select(".ve-lead a, h2#nu + ol a")}
    assert {"tel:112", "tel:113", "tel:08002000"} <= calls
    for wanted in ("niet alleen", "dood te gaan", "geen geheim", "huisarts", "huisartsenpost"):
        assert any(wanted in line for line in lines), wanted


def test_home_comes_after_safety(site: Path) -> None:
    """Nowhere are parents called first without the question whether home is safe."""
    first = next(line for line in opening(site, LIVING) if "huisarts" in line and "ouders" in line)
    assert "als thuis veilig is" in first
    parents = running_text(site, LIVING).split("Wanneer praat je met de ouders?")[-1]
    assert parents.index("Veilig Thuis") < parents.index("Tot en met 15 jaar")


def test_danger_needs_no_permission_and_the_page_says_whose_reading_that_is(site: Path) -> None:
    text = running_text(site, LIVING)
    assert re.search(r"Bij levensgevaar bel je 112 ?, ook zonder toestemming", text)
    assert "onze lezing" in text


@pytest.mark.parametrize(
    ("signal", "wanted"),
    [
        ("vaak-somber", ["dood", "niet alleen", "huisarts", "113", "als thuis veilig is"]),
        ("praat-over-dood", ["zelfmoord", "plan", "niet alleen", "geheim", "112", "113", "als thuis veilig is"]),
        ("doet-zichzelf-pijn", ["dood", "niet alleen", "huisarts", "jeugdarts", "113", "als thuis veilig is"]),
    ],
)
def test_a_signal_says_to_ask_and_whom_to_call_today(real_base: KnowledgeBase, signal: str, wanted: list[str]) -> None:
    step = real_base.signals.signalen[signal].doe
    assert [words for words in wanted if words not in step] == []
    assert re.search(r"vandaag|dezelfde dag", step)
    assert not re.search(r"houdt het aan|wacht af|over twee weken", step, re.IGNORECASE)


def test_what_a_child_says_does_not_wait_for_a_second_signal(real_base: KnowledgeBase) -> None:
    signal = real_base.signals.signalen["praat-over-dood"]
    assert signal.acuut == "ja"
    assert set(signal.leeftijden) == {"onder-12", "van-12-tot-18", "vanaf-18"}
    assert {"leerkracht", "bso", "jongerenwerker", "sportclub", "wijkagent", "vrijwilliger"} <= set(signal.gezien_door)


def test_a_card_with_this_signal_says_more_than_veilig_thuis(site: Path, real_base: KnowledgeBase) -> None:
    for partner in real_base.signals.signalen["praat-over-dood"].gezien_door:
        text = running_text(site, f"kaarten/signalenkaart-{partner}/")
        assert re.search(r"vraag ernaar, blijf erbij en bel 113", text), partner


def test_a_case_lets_one_practise_it(real_base: KnowledgeBase) -> None:
    cases = [case for case in real_base.cases.values() if "praat-over-dood" in case.beslissend]
    assert cases
    for case in cases:
        fitting = " ".join(
            choice.tekst
            for question in case.questions.values()
            for choice in question.keuzes.values()
            if choice.oordeel == "passend"
        )
        for wanted in ("zelfmoord", "geheim", "huisarts", "112"):
            assert wanted in fitting, wanted
        assert "113" in " ".join([*case.situatie, *case.volgende_stap.stappen])


def test_no_page_names_suicide_without_113(site: Path) -> None:
    silent = []
    for address in html_pages(site):
        if address in LISTS or not (site / address / "index.html").is_file():
            continue
        article = soup(site, address).article
        if article is not None and SUICIDE.search(text := article.get_text(" ")) and "113" not in text:
            silent.append(address)
    assert silent == []


# --- a child that is missing -----------------------------------------------------------------------------


def test_the_page_on_a_missing_child_opens_with_the_police(site: Path) -> None:
    lines = opening(site, MISSING)
    assert any("112" in line and "Wacht niet" in line for line in lines)
    assert "tel:112" in {link["href"] for link in soup(site, MISSING).select(".ve-lead a")}


def test_readings_that_differ_stand_side_by_side(site: Path) -> None:
    found = soup(site, MISSING).select("h2#nummer ~ ul")[0]
    assert [item.strong.get_text() for item in found.select("li") if item.strong] == ["112.", "112 of 0900-8844."]


@pytest.mark.parametrize("signal", ["niemand-weet-waar-het-kind-is", "kind-is-zoek", "ver-van-huis"])
def test_a_signal_of_a_missing_child_leads_to_the_police(real_base: KnowledgeBase, signal: str) -> None:
    step = real_base.signals.signalen[signal].doe
    assert re.search(r"politie via 112", step)
    assert not re.search(r"belmoment|24 uur", step)


# --- the situations --------------------------------------------------------------------------------------


def test_the_plainest_words_find_the_page_first(site: Path) -> None:
    asked = {"leerling wil niet meer leven": LIVING, "wil dood": LIVING, "zelfmoord": LIVING, "113": LIVING}
    asked |= {"vermist": MISSING, "weggelopen": MISSING, "kind zoek": MISSING}
    assert {words: found[0] for words, found in zip(asked, ours(site, list(asked)), strict=True)} == asked


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_page_says_what_it_must_and_nothing_that_it_must_not(site: Path, name: str) -> None:
    situation = SITUATIONS[name]
    address = next(page for page in situation["vindt"] if page in (LIVING, MISSING))
    text = running_text(site, address)
    for pattern in (*situation["nummers"], *situation["stap"]):
        assert re.search(pattern, text, re.IGNORECASE), pattern
    for pattern in situation["nooit"]:
        assert not re.search(pattern, text, re.IGNORECASE), pattern
