"""Pages and terms become search data: every page, plain text, the same each time."""

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from handbook import loose_words, pages, search
from handbook.export import Build
from handbook.knowledge_base import KnowledgeBase
from search_judge import Result, code_size, in_node, marks, ours, questions, shown
from site_fixtures import ROOT, TODAY, copy_project, environment, html_pages, run


@dataclass(frozen=True)
class Written:
    path: str
    markdown: str


def document(markdown: str, path: str = "aanpak/a.md") -> search.Document:
    return search.document(Written(path, markdown))


def text_of(markdown: str) -> list[str]:
    return document(f"# A\n\n{markdown}").sections[0].text


@pytest.fixture(scope="module")
def real(real_base: KnowledgeBase) -> search.SearchData:
    everything = pages.everything(real_base, Build(TODAY, "proef"), ROOT / "docs")
    return search.search_data(everything, real_base)


@pytest.fixture(scope="module")
def answered(site: Path) -> list[list[Result]]:
    """What is shown for every judged question that has an answer."""
    return shown(site, [question.zoek for question in questions() if question.soort != "onzin"])


NOTHING = "Hier staat iets heel anders, zonder een woord van de vraag."
RIDING = "Wie op een step rijdt, let goed op alle andere weggebruikers."
# Makes a section long, so that a word weighs less in it.
FILLING = " ".join(f"Zin {number} noemt de naam{number} en de plek{number}." for number in range(40))


def shown_of(
    site: Path,
    *sections: tuple[str, str, str, str],
    asked: str = "step",
    kind: str = "aanpak",
    terms: Sequence[object] = (),
) -> Result:
    """The result of a handbook of one page; of each section its anchor, heading, sentences and further words."""
    rows = [["", "Handleiding", ""], *([name, heading, text] for name, heading, text, _ in sections)]
    page = ["een/", kind, "Handleiding", "", [], "Waar deze pagina over gaat.", rows, ["autoped"]]
    further = [[], *(words.split() for *_, words in sections)]
    data = {"pages": [page], "loose": loose_words.pack(further), "terms": list(terms)}
    [[result]] = shown(site, [asked], data)
    return result


def parsed(data: search.SearchData) -> Any:
    return json.loads(data.script().partition("=")[2])


def test_a_page_is_its_title_its_facts_and_its_sections() -> None:
    found = document(
        '---\ntitle: "Kort"\ndescription: Waar het over gaat.\nvoor_wie: [gemeente, trainer]\n---\n\n# Lange titel\n\n'
        "Opening.\n\n## Eerst {: #begin }\n\nEen.\n\n### Dan: dit?\n\nTwee.\n\n#### Diep\n\nDrie.\n"
    )
    assert (found.address, found.kind, found.title, found.name) == ("aanpak/a/", "aanpak", "Lange titel", "Kort")
    assert (found.audiences, found.description) == (("gemeente", "trainer"), "Waar het over gaat.")
    assert [(part.id, part.heading) for part in found.sections] == [
        ("", "Lange titel"),
        ("begin", "Eerst"),
        ("dan-dit", "Dan: dit?"),
    ]
    assert found.sections[2].text == ["Twee.", "Diep", "Drie."]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**Dik**, *schuin* en `code`.", ["Dik, schuin en code."]),
        ("Zie niets van [een link](x.md) in een lange zin.", ["Zie niets van een link in een lange zin."]),
        ('Een zin. <span class="ve-source">([Bron](b.md), h 1)</span>', ["Een zin."]),
        ("- een\n- twee\n1. drie", ["een", "twee", "drie"]),
        ("| a | b |\n|---|---|\n| c | d? |", ["a. b.", "c. d?"]),
        ("```sh\nmake\n```\n\nNa.", ["Na."]),
        ('!!! warning "Let op"\n    Dit telt.', ["Let op Dit telt."]),
        ("<dl><div><dt>Wat</dt><dd>Iets &amp; meer</dd></div></dl>", ["Wat", "Iets & meer"]),
        ("12 &#60; 18 en 5 &#42; 3.", ["12 < 18 en 5 * 3."]),
        ("Regel.\n{: .ve-lead }", ["Regel."]),
        ("- [ ] Doen.", ["Doen."]),
        ("Noot.[^1]\n\n[^1]: Hier.", ["Noot.", "Hier."]),
        ("<details><summary>Kop</summary>\nLang verhaal.\n</details>", ["Kop"]),
        (
            "<details><summary>Groep</summary>\nUitleg.\n<details><summary>Eén</summary>\nLang.\n</details>\n</details>",
            ["Groep", "Eén"],
        ),
    ],
)
def test_text_comes_out_as_a_reader_sees_it(markdown: str, text: list[str]) -> None:
    assert text_of(markdown) == text


def test_what_only_leads_to_other_pages_is_left_out() -> None:
    assert text_of("- [Een andere pagina](a.md)\n- Lees [hier](b.md) waarom dat telt en wat je dan doet.") == [
        "Lees hier waarom dat telt en wat je dan doet."
    ]


@pytest.mark.parametrize(("path", "address"), [("index.md", ""), ("over/index.md", "over/"), ("a/b.md", "a/b/")])
def test_addresses_are_those_of_the_site(path: str, address: str) -> None:
    assert search.address_of(path) == address


def test_every_page_of_the_handbook_is_in_the_data(real: search.SearchData, site: Path) -> None:
    known = {item.address for item in real.documents}
    assert known == {address for address in html_pages(site) if address != "404.html"}


def test_every_anchor_exists_on_the_built_page(real: search.SearchData, site: Path) -> None:
    missing = []
    for item in real.documents:
        html = (site / item.address / "index.html").read_text("utf-8")
        ids = set(re.findall(r'\bid="?([^"\s>]+)', html))
        missing += [f"{item.address}#{part.id}" for part in item.sections if part.id and part.id not in ids]
    assert missing == []


def test_no_marks_are_left_in_the_text(real: search.SearchData) -> None:
    texts = [text for item in real.documents for part in item.sections for text in (part.heading, *part.text)]
    assert [text for text in texts if re.search(r"\]\(|\*\*|&#?\w+;|</?[a-z]+[ >]|\{[:.#]", text)] == []


def test_every_term_with_its_synonyms_is_in_the_vocabulary(real: search.SearchData, real_base: KnowledgeBase) -> None:
    terms = {name: (term, spellings) for name, term, spellings in parsed(real)["terms"]}
    assert set(terms) == set(real_base.terms)
    for name, term in real_base.terms.items():
        assert terms[name][0] == term.term
        assert {*term.synoniemen, *([term.afkorting] if term.afkorting else [])} == set(terms[name][1])


def test_every_kind_of_page_and_every_audience_has_words(real: search.SearchData, real_base: KnowledgeBase) -> None:
    words = (ROOT / "hooks/theme/partials/search.html").read_text("utf-8")
    for kind in {item.kind for item in real.documents}:
        assert f'data-word="kind-{kind}"' in words
    for audience in real_base.vocabulary.lijsten["doelgroepen"]:
        assert f'data-word="audience-{audience}"' in words
        assert f'value="{audience}"' in (ROOT / "hooks/theme/zoeken.html").read_text("utf-8")


def test_the_data_is_the_same_twice_and_light_enough(real: search.SearchData, real_base: KnowledgeBase) -> None:
    again = search.search_data(pages.everything(real_base, Build(TODAY, "proef"), ROOT / "docs"), real_base)
    assert again.script() == real.script()
    assert len(gzip.compress(real.script().encode(), 9)) <= 130_000


def test_a_handbook_that_outgrows_the_limit_keeps_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "".join(f"Zin nummer{number} gaat over woord{number}. " for number in range(300))
    monkeypatch.setattr(search, "LIMIT", 1200)
    data = search.SearchData((document(f"# A\n\nBegin.\n\n## B\n\n{long}"),), {})
    [[*_, sections, _everyday]] = parsed(data)["pages"]
    assert len(sections[1][2]) < len(long) / 2
    loose = in_node("search_loose.mjs", parsed(data)["loose"])
    assert isinstance(loose, list)
    words = {*sections[1][2].replace(".", "").split(), *loose[1]}
    assert {f"woord{number}" for number in range(300)} <= words


def test_loose_words_come_back_as_they_went_in() -> None:
    sections = [
        ["één", "eend", "eenden", "x" * 70, "x" * 71],
        [],
        *([f"w{n % 97}", "éénmalig"] for n in range(9000)),
        ["z"],
    ]
    back = in_node("search_loose.mjs", loose_words.pack(sections))
    assert back == [sorted(words) for words in sections]
    assert in_node("search_loose.mjs", loose_words.pack([[], []])) == []


def test_reading_pages_have_a_sentence_of_nearly_every_section(real: search.SearchData) -> None:
    kinds = ("signaleren", "aanpak", "samenwerken", "gegevens-delen", "eigen-netwerk", "beroepen", "interventies")
    kept = {page[0]: page[6] for page in parsed(real)["pages"]}
    rows = [
        bool(row[2])
        for item in real.documents
        if item.kind in (*kinds, "keuzehulp")
        for part, row in zip(item.sections, kept[item.address], strict=True)
        if part.text
    ]
    assert sum(rows) / len(rows) >= 0.95


def test_results_show_a_sentence_of_the_place_they_lead_to(
    answered: list[list[Result]], real: search.SearchData
) -> None:
    pages_by_address = {item.address: item for item in real.documents}
    strays = 0
    assert sum(len(results) for results in answered) > 5 * len(answered)
    for result in (result for results in answered for result in results):
        page = pages_by_address[result.address]
        shown = " ".join(result.text.text.strip("… ").split())
        # Of a page in English, found by its title alone, search has no text.
        assert len(shown.split()) >= 2 or page.address.startswith("over/beslissingen/"), result
        section = next(part for part in page.sections if part.id == result.section)
        assert result.where.text in ("", section.heading)
        opening = " ".join([page.description, *page.sections[0].text])
        is_of_page = shown in " ".join(opening.split())
        assert is_of_page or shown in " ".join(" ".join(section.text).split()), result
        strays += is_of_page and result.section != ""
    # A section of which no sentence is kept shows what its page is about.
    assert strays < sum(len(results) for results in answered) / 8


def test_results_show_why_they_are_there(answered: list[list[Result]]) -> None:
    found = marks(answered)
    assert found.count > 1000
    assert found.sentence >= 0.43, found
    assert found.anywhere >= 0.99, found
    # The words that led to a page are named only when its sentence does not say them.
    assert found.reasons <= 0.32, found
    assert not [result for results in answered for result in results if result.text.words and result.reasons.text]


def test_a_sentence_of_the_section_that_was_found_comes_first(site: Path) -> None:
    helmet = "Zet altijd een helm op die goed past op je hoofd."
    result = shown_of(
        site,
        ("een", "Een", f"{RIDING} {FILLING}", ""),
        ("twee", "Twee", f"{NOTHING} {helmet}", "step"),
        asked="step met helm",
    )
    assert (result.found, result.section, result.where.text) == ("twee", "twee", "Twee")
    assert result.text == (helmet, ["helm"])
    assert result.reasons.text == ""


def test_heading_and_link_go_along_with_the_sentence(site: Path) -> None:
    result = shown_of(site, ("een", "Een", NOTHING, "step"), ("twee", "Twee", f"{RIDING} {FILLING}", ""))
    assert (result.found, result.section, result.where.text) == ("een", "twee", "Twee")
    assert result.text == (RIDING, ["step"])


def test_a_section_whose_heading_says_it_keeps_its_place(site: Path) -> None:
    result = shown_of(site, ("een", "Met de step", NOTHING, ""), ("twee", "Twee", f"{RIDING} {FILLING}", ""))
    assert (result.section, result.where) == ("een", ("Met de step", ["step"]))
    assert result.text == (NOTHING, [])


def test_a_heading_without_a_sentence_gives_way_to_one_that_says_more(site: Path) -> None:
    sections = ("een", "Met de step", "", "weggebruikers"), ("twee", "Twee", f"{RIDING} {FILLING}", "")
    assert shown_of(site, *sections).section == "een"
    result = shown_of(site, *sections, asked="step weggebruikers")
    assert (result.found, result.section) == ("een", "twee")


def test_a_section_that_says_more_further_on_keeps_its_place_and_tells_the_words(site: Path) -> None:
    result = shown_of(
        site, ("een", "Een", NOTHING, "step helm"), ("twee", "Twee", f"{RIDING} {FILLING}", ""), asked="step met helm"
    )
    assert (result.section, result.text) == ("een", (NOTHING, []))
    assert sorted(result.reasons.words) == ["helm", "step"]


def test_what_the_title_says_leads_to_the_top_of_the_page(site: Path) -> None:
    elsewhere = f"Een handleiding is er voor iedereen die er iets aan heeft. {FILLING}"
    result = shown_of(
        site, ("een", "Een", NOTHING, "handleidingen"), ("twee", "Twee", elsewhere, ""), asked="handleiding"
    )
    assert (result.found, result.section, result.where.text) == ("een", "", "")
    assert (result.title, result.text.text) == (("Handleiding", ["Handleiding"]), "Waar deze pagina over gaat.")


def test_a_page_found_by_its_search_words_tells_them(site: Path) -> None:
    assert shown_of(site, ("een", "Een", NOTHING, ""), asked="autoped").reasons == ("autoped", ["autoped"])


def test_a_term_of_the_glossary_keeps_its_place(site: Path) -> None:
    result = shown_of(
        site, ("een", "Een", NOTHING, "step"), ("twee", "Twee", f"{RIDING} {FILLING}", ""), kind="begrippen"
    )
    assert (result.section, result.title.text, result.where.text) == ("een", "Een", "")


def test_another_name_of_a_term_is_marked_and_a_word_out_of_one_is_not(site: Path) -> None:
    terms = [["step", "step", ["vouwstep", "autoped", "elektrisch vervoer"]]]
    text = "Een autoped is geen elektrisch speelgoed, zegt iedereen."
    assert shown_of(site, ("een", "Een", text, ""), asked="vouwstep", terms=terms).text == (text, ["autoped"])


def test_an_item_of_a_list_is_shown_with_what_announces_it(site: Path) -> None:
    text = "Neem altijd dit mee: een helm die past; een step met twee remmen; een lamp. Meer is niet nodig."
    assert shown_of(site, ("een", "Een", text, "")).text.text == text.removesuffix(" Meer is niet nodig.")


def test_the_code_of_the_search_is_light_enough(site: Path) -> None:
    assert code_size(site) <= 30_000


def test_who_types_the_whole_title_of_a_page_gets_that_page_first(site: Path, real: search.SearchData) -> None:
    # Slides and cards bear the title of their case, and stand behind it.
    wanted = [item for item in real.documents if not item.address.endswith(("/dia/", "/kaarten/"))]
    found = ours(site, [item.title for item in wanted])
    assert [item.address for item, ranking in zip(wanted, found, strict=True) if ranking[:1] != [item.address]] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jongerwerker", "beroepen/jongerenwerker/"),
        ("gezincoach", "beroepen/jeugd-en-gezinscoach/"),
        ("halte", "beroepen/halt/"),
        ("gehijmhouding", "gegevens-delen/geheimhouding/"),
        ("kwis", "trainen/toets/"),
        ("jochie van 10 loopt ineens met dure merkkleding", "signaleren/vrienden-en-vrije-tijd/"),
    ],
)
def test_what_was_meant_is_found(site: Path, typed: str, meant: str) -> None:
    assert ours(site, [typed])[0][0] == meant


@pytest.mark.parametrize("nonsense", ["hoe lang moet een ei koken", "apk keuring", "lasagne met spinazie", "asdfgh"])
def test_nonsense_finds_nothing(site: Path, nonsense: str) -> None:
    assert ours(site, [nonsense]) == [[]]


def test_a_page_that_search_does_not_know_is_named() -> None:
    data = search.SearchData((document("# A", "a.md"),), {})
    search.require_all(data, ["a.md"])
    with pytest.raises(search.MissingPageError, match="niet in de zoekgegevens") as error:
        search.require_all(data, ["a.md", "b/index.md"])
    assert error.value.addresses == ["b/"]


def test_search_words_for_a_page_that_is_not_there_are_named() -> None:
    data = search.SearchData((document("# A", "a.md"),), {}, {"a/": ["eerste"], "weg/": ["kwijt"]})
    with pytest.raises(search.StrayWordsError, match="zoekwoorden") as error:
        search.require_all(data, ["a.md"])
    assert error.value.addresses == ["weg/"]


def test_search_words_go_along_with_their_page(real: search.SearchData, real_base: KnowledgeBase) -> None:
    everyday = {page[0]: page[-1] for page in parsed(real)["pages"] if page[-1]}
    assert everyday == real_base.vocabulary.zoekwoorden
    assert "voetbalclub" in everyday["beroepen/sportclub/"]


def test_what_stands_on_many_pages_is_left_out(mini_base: KnowledgeBase) -> None:
    texts = [Written(f"a{n}.md", f"# A\n\nBij gevaar bel je. Over onderwerp{n} staat hier iets.") for n in range(6)]
    found = search.search_data(texts, mini_base).documents
    assert [item.sections[0].text for item in found] == [[f"Over onderwerp{n} staat hier iets."] for n in range(6)]


def test_a_heading_that_a_page_has_twice_joins_what_stands_before_it() -> None:
    found = document("# A\n\n## Eén\n\n1.\n\n### Advies\n\nx.\n\n## Twee\n\n2.\n\n### Advies\n\ny.\n")
    assert [(part.heading, part.text) for part in found.sections] == [
        ("A", []),
        ("Eén", ["1.", "x."]),
        ("Twee", ["2.", "y."]),
    ]


def test_a_training_case_is_found_by_its_opening_and_not_by_its_story() -> None:
    found = document("# A\n\nWaarover.\n\n## Leerdoelen\n\nZien.\n\n## Dag één\n\nEen mes.\n", "trainen/casussen/a.md")
    assert [(part.heading, part.text) for part in found.sections] == [
        ("A", ["Waarover."]),
        ("Leerdoelen", ["Zien."]),
        ("Dag één", []),
    ]


def test_a_page_that_search_does_not_know_stops_the_build(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    main = project / "hooks" / "main.py"
    text = main.read_text("utf-8")
    forgetful = text.replace(
        "        yield page\n", '        if page.source != "interventions/pit.yaml":\n            yield page\n'
    )
    assert forgetful != text
    main.write_text(forgetful, "utf-8")
    result = run(["-m", "mkdocs", "build", "--site-dir", str(tmp_path / "site")], project, environment())
    assert result.returncode == 1
    assert "niet in de zoekgegevens" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_library_stops_the_build_before_the_old_site_is_gone(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    (project / "node_modules").unlink()
    (project / "site").mkdir()
    (project / "site" / "oud.html").write_text("oud")
    result = run(["-m", "mkdocs", "build"], project, environment())
    assert result.returncode == 1
    assert "make site" in result.stderr
    assert "Traceback" not in result.stderr
    assert (project / "site" / "oud.html").is_file()


def test_the_library_stands_in_the_site_with_its_licence(site: Path) -> None:
    code = (site / "scripts/vendor/minisearch.mjs").read_text("utf-8")
    assert "MiniSearch" in code
    assert re.findall(r"^\s*(?://|/\*\*).*", code, re.MULTILINE) == []
    assert "Permission is hereby granted" in (site / "scripts/vendor/minisearch-LICENSE.txt").read_text("utf-8")
