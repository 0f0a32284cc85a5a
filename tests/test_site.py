"""The built site, read as an outsider would: HTML, JSON and YAML, each with a reader of its own.

Nothing of `handbook` is used here: what the pages and the JSON say is held against the YAML itself.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote, urljoin, urlsplit

import jsonschema
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from site_fixtures import ROOT, TODAY, html_pages

Record: TypeAlias = dict[str, Any]

INTERVENTIONS = sorted(path.stem for path in (ROOT / "interventions").glob("*.yaml"))
GUIDES = sorted(path.stem for path in (ROOT / "guide/keuzehulp").glob("*.yaml"))
LEFT_OUT = re.findall(r"^  (/\S+)$", (ROOT / "mkdocs.yml").read_text().partition("exclude_docs: |")[2], re.MULTILINE)
WRITTEN = sorted(
    path.relative_to(ROOT / "docs")
    for path in (ROOT / "docs").rglob("*.md")
    if not f"/{path.relative_to(ROOT / 'docs').as_posix()}".startswith(tuple(LEFT_OUT))
)
MONTHS = [
    "",
    *[
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
]
ALARM = {"112": "tel:112", "Veilig Thuis 0800-2000": "tel:08002000", "113": "tel:113"}
# What the schema fills in where the YAML says nothing; anything else in the JSON must stand in the YAML.
FILLED_IN = {
    "aard": "feit",
    "veiligheid": "nee",
    "meerkeuze": "nee",
    "veilig_thuis": "nee",
    "onbekend": "vraag-eerst-fg-of-jurist",
    "weegt_interventies": "ja",
    "interventies": "nee",
    "tekst": "Weet ik niet",
}
UNSURE: tuple[str, ...] = ("weet_niet", "geen_van_deze")
CARD = {"voor_wie": "Voor wie", "wat": "Wat", "hoe_lang": "Hoe lang", "door_wie": "Door wie", "bewijs": "Bewijs"}
# The headings of the sections of a record.
HEADINGS = {
    "soort": "Soort hulp",
    "doelgroep": "Doelgroep",
    "doel": "Doel",
    "werkwijze": "Werkwijze en fasen",
    "duur": "Duur en intensiteit",
    "setting": "Waar het gebeurt",
    "uitvoerders": "Wie voert het uit",
    "instroom": "Wie meldt aan",
    "instrumenten": "Instrumenten",
    "erkenning": "Erkenning",
    "bewijs": "Wat is bekend over de werking",
    "kosten": "Kosten",
    "waar": "Waar het wordt gebruikt",
    "contra_indicaties": "Contra-indicaties",
    "ontwikkelaar": "Ontwikkelaar",
    "naamgenoten": "Niet te verwarren met",
    "praktijklessen": "Lessen uit de praktijk",
}


# --- readers ----------------------------------------------------------------------------------------------


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def page_of(site: Path, address: str) -> BeautifulSoup:
    return soup(site / address / "index.html" if address.endswith("/") or not address else site / address)


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} times {selector}"
    return found[0]


def anchors(page: BeautifulSoup) -> dict[str, Tag]:
    """The elements that an address can lead to; kept, for the pages themselves are kept."""
    if id(page) not in _ANCHORS:
        _ANCHORS[id(page)] = {str(element["id"]): element for element in page.find_all(id=True)}
    return _ANCHORS[id(page)]


_ANCHORS: dict[int, dict[str, Tag]] = {}


def at(page: BeautifulSoup, anchor: str, name: str | None = None) -> Tag:
    """The element that an address with this fragment leads to."""
    assert anchor in anchors(page), f"no #{anchor}"
    found = anchors(page)[anchor]
    assert name in (None, found.name), f"#{anchor} is a <{found.name}>"
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


def text_of(element: BeautifulSoup | Tag) -> str:
    """What a reader sees, without the signs of the links to headings, scripts and comments."""
    return flat("".join(_texts(element)))


def _texts(element: Tag) -> Iterator[str]:
    for part in element.children:
        if isinstance(part, Tag):
            if part.name not in ("script", "style", "template") and "headerlink" not in str(part.get("class")):
                yield from _texts(part)
        elif type(part) is NavigableString:
            yield part


def section(page: BeautifulSoup, anchor: str) -> list[Tag]:
    """The elements between a heading and the next one of its level or above."""
    heading = at(page, anchor)
    found = []
    for sibling in heading.next_siblings:
        if not isinstance(sibling, Tag):
            continue
        if re.fullmatch(r"h[1-6]", sibling.name) and sibling.name <= heading.name:
            break
        found.append(sibling)
    return found


def section_text(page: BeautifulSoup, anchor: str) -> str:
    return flat(" ".join(text_of(element) for element in section(page, anchor)))


@cache
def read_yaml(name: str) -> Record:
    """A content file as plain data; texts stripped, as the schema strips them."""
    found: Record = tidy(yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader=_Yaml))
    return found


class _Yaml(yaml.SafeLoader):
    """YAML with true and false only: `ja`, `nee`, `on` are words. 1.1 has no word for that."""


_Yaml.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: tidy(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    return value.strip() if isinstance(value, str) else value


def read_json(site: Path, name: str) -> Record:
    data = json.loads((site / name).read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def bare(word: str) -> str:
    """A word without its accents and signs, by which the register takes spellings together."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFD", word.casefold()))


def long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def short_date(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def label(listing: str, key: str) -> str:
    return flat(read_yaml("guide/begrippen.yaml")["lijsten"][listing][key]["label"])


def facet(name: str) -> Record:
    found: Record = read_yaml("guide/begrippen.yaml")["kenmerken"][name]
    return found


def source_label(name: str) -> str:
    source = read_yaml("guide/bronnen.yaml")["bronnen"][name]
    if "kort" in source:
        return str(source["kort"])
    if source["soort"] == "wet":
        return str(source["titel"])
    return str(source["uitgever"]) if source["jaar"] == "onbekend" else f"{source['uitgever']} {source['jaar']}"


def statements(value: Any) -> Iterator[Record]:
    """Every statement in plain data: what has a certainty, readings, or is said to be unknown."""
    if isinstance(value, dict):
        readings = value.get("lezingen", [])
        if "zekerheid" in value or "geprobeerd" in value or (readings and "zekerheid" in readings[0]):
            yield value
        for item in value.values():
            yield from statements(item)
    elif isinstance(value, list):
        for item in value:
            yield from statements(item)


def pieces(statement: Record, looked: date) -> list[str]:
    """What a page must say of one statement, in any order."""
    if "onbekend" in statement:
        found = ["Onbekend:", statement["onbekend"], statement["geprobeerd"]]
    elif "lezingen" in statement:
        return [f"De bronnen verschillen: {flat(statement['onderwerp'])}"]
    else:
        found = [
            statement["tekst"],
            *(f"{source_label(c['bron'])}, {c['plaats']}" for c in statement.get("bronnen", [])),
        ]
        if statement["zekerheid"] != "bron":
            found.append(label("zekerheid", statement["zekerheid"]))
        if statement.get("aard", "feit") != "feit":
            name = label("aard", statement["aard"])
            found.append(name[0].upper() + name[1:])
        if "herzien_voor" in statement:
            found += [short_date(statement["herzien_voor"]), statement["bevinding"]]
    if statement["bekeken_op"] != looked:
        found.append(short_date(statement["bekeken_op"]))
    return [flat(str(piece)) for piece in found]


def assert_stated(items: list[Tag], statement: Record, looked: date) -> None:
    """One element says everything about a statement, and its sources are links to the page of sources."""
    wanted = pieces(statement, looked)
    matching = [item for item in items if all(piece in text_of(item) for piece in wanted)]
    assert matching, f"no element says: {wanted}"
    smallest = min(matching, key=lambda item: len(text_of(item)))
    targets = {str(link["href"]) for link in smallest.select("a[href]")}
    for citation in statement.get("bronnen", []):
        assert any(target.endswith(f"bronnen/#{citation['bron']}") for target in targets), citation


def assert_said_and_folded(step: Tag, statement: Record, looked: date) -> None:
    """A line says the statement and what is ours in it; its sources, with dates and links, are folded below."""
    wanted = pieces(statement, looked)
    certainty = statement.get("zekerheid", "bron")
    said, folded = wanted[:1], wanted[1:]
    if "onbekend" in statement:
        said, folded = wanted[:2], wanted[2:]
    elif certainty != "bron":
        said.append("van ons" if certainty == "afgeleid" else "nog te controleren")
        folded.remove(flat(label("zekerheid", certainty)))
    lines = [item for item in step.find_all("li") if not item.find_parent("details")]
    assert any(all(piece in text_of(line) for piece in said) for line in lines), said
    sources = step.select("details.bron li")
    matching = [item for item in sources if all(piece in text_of(item) for piece in folded)]
    assert matching, f"no fold says: {folded}"
    targets = {str(link["href"]) for item in matching for link in item.select("a[href]")}
    for citation in statement.get("bronnen", []):
        assert any(target.endswith(f"bronnen/#{citation['bron']}") for target in targets), citation


def looked_at(record: Record) -> date:
    days: list[date] = [item["bekeken_op"] for item in statements(record) if "zekerheid" in item]
    return min(days)


def leaves(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every plain value in data, with its place."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if steps is None:
        yield place, value
        return
    for step, item in steps:
        yield from leaves(item, (*place, step))


def assert_same(yaml_value: Any, json_value: Any, place: str) -> None:
    """The JSON holds what the YAML says, and beyond that only what the schema fills in."""
    if isinstance(yaml_value, dict):
        assert isinstance(json_value, dict), place
        assert yaml_value.keys() <= json_value.keys(), place
        for key, item in json_value.items():
            if key in yaml_value:
                assert_same(yaml_value[key], item, f"{place}.{key}")
            else:
                assert item in ([], {}) or FILLED_IN.get(key) == item or key == "weet_niet", f"{place}.{key}: {item}"
    elif isinstance(yaml_value, list):
        assert len(yaml_value) == len(json_value), place
        for index, (one_side, other_side) in enumerate(zip(yaml_value, json_value, strict=True)):
            assert_same(one_side, other_side, f"{place}.{index}")
    else:
        expected = yaml_value.isoformat() if isinstance(yaml_value, date) else yaml_value
        assert (expected, type(expected)) == (json_value, type(json_value)), place


# --- every page -------------------------------------------------------------------------------------------


def test_every_record_and_guide_has_its_page_and_data(site: Path) -> None:
    expected = ["index.html", "404.html", "sitemap.xml", "data/interventies.json", "data/interventies.schema.json"]
    expected += [f"interventies/{name}/index.html" for name in INTERVENTIONS]
    expected += [f"keuzehulp/{name}/index.html" for name in GUIDES]
    expected += [f"data/keuzehulp/{name}{end}" for name in GUIDES for end in (".json", ".schema.json")]
    expected += [
        path.with_suffix(".html").as_posix()
        if path.stem == "index"
        else (path.with_suffix("") / "index.html").as_posix()
        for path in WRITTEN
    ]
    assert INTERVENTIONS
    assert GUIDES
    assert not [path for path in expected if not (site / path).is_file()]


def test_every_page_has_one_heading_a_title_and_a_language(site: Path) -> None:
    titles: dict[str, str] = {}
    for address in html_pages(site):
        page = page_of(site, address)
        assert len(page.select("h1")) == 1, address
        assert one(page, "html")["lang"] == "nl", address
        title = text_of(one(page, "head > title"))
        assert title.endswith("Vroeg Erbij"), address
        assert title not in titles, f"{address} and {titles[title]} have the same title"
        titles[title] = address
        ids = [str(element["id"]) for element in page.select("[id]")]
        assert len(ids) == len(set(ids)), f"{address}: {sorted({name for name in ids if ids.count(name) > 1})}"


def test_headings_skip_no_level(site: Path) -> None:
    for address in html_pages(site):
        levels = [int(heading.name[1]) for heading in page_of(site, address).select("article :is(h1, h2, h3, h4, h5)")]
        # The folded list of headings stands above the title.
        levels = levels[levels.index(1) :]
        assert all(after <= before + 1 for before, after in pairwise(levels)), address


def test_every_internal_link_and_anchor_resolves(site: Path) -> None:
    broken = []
    for address in html_pages(site):
        here = f"https://site.test/{address}"
        for element in page_of(site, address).select("[href], [src]"):
            target = str(element.get("href") or element.get("src"))
            parts = urlsplit(urljoin(here, target))
            if parts.hostname != "site.test" or parts.scheme != "https":
                continue
            path = site / unquote(parts.path).lstrip("/")
            file = path / "index.html" if parts.path.endswith("/") else path
            if not file.is_file():
                broken.append(f"{address}: {target}")
                continue
            wanted = unquote(parts.fragment)
            if wanted and "=" not in wanted and file.suffix == ".html" and wanted not in anchors(soup(file)):
                broken.append(f"{address}: {target} (no such anchor)")
    assert not broken


def test_links_of_pages_are_relative_so_that_the_site_works_below_any_path(site: Path) -> None:
    for address in html_pages(site):
        if address == "404.html":
            continue  # shown for an address of any depth: see test_build.py
        for element in page_of(site, address).select("[href], [src], [data-json], [data-verdicts]"):
            for name in ("href", "src", "data-json", "data-verdicts"):
                assert not str(element.get(name, "")).startswith("/"), f"{address}: {element}"


def test_external_links_are_addresses_of_sources(site: Path) -> None:
    known = {source["adres"] for source in read_yaml("guide/bronnen.yaml")["bronnen"].values() if "adres" in source}
    known |= {"http://127.0.0.1:8000"}  # where an editor sees the site locally
    for address in html_pages(site):
        for link in page_of(site, address).select("a[href]"):
            target = str(link["href"])
            if urlsplit(target).scheme in ("http", "https"):
                assert target in known, f"{address}: {target}"
            else:
                assert urlsplit(target).scheme in ("", "tel", "mailto"), f"{address}: {target}"


def test_no_inline_style_or_handler_and_no_marker_left(site: Path) -> None:
    for address in html_pages(site):
        page = page_of(site, address)
        for element in page.find_all(True):
            names = [name for name in element.attrs if name == "style" or name.startswith("on")]
            assert not names, f"{address}: <{element.name} {names}>"
        parts = page.select("body :is(h1, h2, h3, p, li, dd, td, summary)")
        # The page for editors shows the marks, as code.
        shown = " ".join(
            text for part in parts for text in part.find_all(string=True) if text.find_parent("code") is None
        )
        for marker in ("{{", "}}", "{%", "{:", "[@", "](", "&amp;", "&#"):
            assert marker not in shown, f"{address}: {marker}"


def test_every_page_names_its_edition(site: Path) -> None:
    version = read_json(site, "data/interventies.json")["versie"]
    assert re.fullmatch(r"\d+\.\d+\.\d+-[0-9a-f]{8}", version)
    for address in html_pages(site):
        foot = text_of(one(page_of(site, address), ".ve-page-foot"))
        assert f"Pagina gemaakt op {long_date(TODAY)}, Vroeg Erbij versie {version}." in foot, address
        assert "Fout gezien?" in foot, address


def test_pages_marked_acute_show_whom_to_call(site: Path) -> None:
    marked = ["keuzehulp/", *(f"keuzehulp/{name}/" for name in GUIDES)]
    for path in WRITTEN:
        front = (ROOT / "docs" / path).read_text(encoding="utf-8").split("---")[1]
        if yaml.safe_load(front).get("acuut"):
            marked.append("" if path.as_posix() == "index.md" else f"{path.with_suffix('').as_posix()}/")
    assert "" in marked
    for address in marked:
        links = page_of(site, address.replace("/index/", "/")).select('.ve-acute a[href^="tel:"]')
        assert {text_of(link): link["href"] for link in links} == ALARM, address


def test_whom_to_call_gives_every_national_number_with_its_source_and_day(site: Path) -> None:
    page = page_of(site, "wie-bel-ik/")
    above = at(page, "landelijk", "h2")
    assert above in at(page, "hier", "h2").find_all_previous("h2")
    for name, number in read_yaml("guide/nummers.yaml")["nummers"].items():
        item = at(page, name, "li")
        dialled = re.sub("[ -]", "", number["telefoon"])
        assert one(item, 'h3 a[href^="tel:"]')["href"] == f"tel:{dialled}"
        claim = number["uitspraak"]
        for wanted in (number["waarvoor"], number["bereikbaar"], claim["tekst"], claim["bevinding"]):
            assert flat(wanted) in text_of(item), name
        assert f"nagekeken op {short_date(claim['bekeken_op'])}" in text_of(item)
        assert {str(link["href"]) for link in item.select("details a")} == {
            f"../bronnen/#{source['bron']}" for source in claim["bronnen"]
        }


def test_whom_to_call_says_once_that_nothing_is_filled_in(site: Path) -> None:
    """And of nobody who has a number in the whole country that the number is not known."""
    page = page_of(site, "wie-bel-ik/")
    text = text_of(one(page, "article"))
    assert text.count("nog niet ingevuld") == 1
    assert not page.select(".ve-blank")
    roles = {text_of(item) for item in page.select("#hier ~ .ve-fill-in > li")}
    partners = read_yaml("guide/partners.yaml")["partners"]
    assert "Veilig Thuis: 0800-2000" in roles
    assert {flat(partner["naam"]) for name, partner in partners.items() if name != "veilig-thuis"} <= roles


def test_no_page_says_for_whom_it_is_or_how_long_it_takes(site: Path) -> None:
    for address in html_pages(site):
        text = text_of(page_of(site, address))
        for words in ("Voor: professional", "Voor: gemeente", "Voor: trainer", "Leestijd"):
            assert words not in text, address


def test_a_guide_says_one_sentence_before_its_first_question(site: Path) -> None:
    """The rest is folded below the questions, and the numbers are said once."""
    for name in GUIDES:
        page = page_of(site, f"keuzehulp/{name}/")
        guide = read_yaml(f"guide/keuzehulp/{name}.yaml")
        first = at(page, guide["start"], "section")
        before = [text_of(part) for part in page.select("article > p") if part in first.find_all_previous("p")]
        assert before == [flat(guide["kort"])], name
        assert len(re.findall(r"[.!?](?= |$)", guide["kort"])) == 1, name
        folded = one(page, "#over-deze-keuzehulp")
        assert folded.name == "details"
        assert not folded.has_attr("open")
        assert first in folded.find_all_previous("section")
        for text in guide["inleiding"]:
            assert flat(text) in text_of(folded)
            assert not re.search(r"\b(112|113|0800)", text), "the strip says it"


def test_home_says_what_it_is_and_has_one_button(site: Path) -> None:
    page = page_of(site, "")
    lead = text_of(page.select("article > .ve-lead")[0])
    assert "interventie" not in lead
    buttons = page.select("article a.ve-button")
    assert [(text_of(button), str(button["href"])) for button in buttons] == [
        ("Ik zie iets. Wat nu?", "keuzehulp/signaal/")
    ]


def test_unknown_address_gets_a_dutch_page(site: Path) -> None:
    page = page_of(site, "404.html")
    assert text_of(one(page, "h1")) == "Deze pagina is er niet"
    assert text_of(one(page, "title")) == "Pagina niet gevonden - Vroeg Erbij"
    targets = {urljoin("/any/address/", str(link["href"])) for link in page.select("article a[href]")}
    assert {"/", "/keuzehulp/", "/interventies/", "/begrippen/", *ALARM.values()} <= targets


def test_search_data_holds_every_record_guide_and_term(site: Path) -> None:
    text = (site / "data/zoeken.js").read_text(encoding="utf-8")
    for name in INTERVENTIONS:
        assert f'"interventies/{name}/"' in text, name
    for name in GUIDES:
        assert f'"keuzehulp/{name}/"' in text, name
    for name in read_yaml("guide/begrippen.yaml")["termen"]:
        assert f'"{name}"' in text, name


# --- JSON -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["interventies", "oordelen", *(f"keuzehulp/{guide}" for guide in GUIDES)])
def test_json_fits_the_schema_beside_it(site: Path, name: str) -> None:
    schema = read_json(site, f"data/{name}.schema.json")
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    data = read_json(site, f"data/{name}.json")
    assert not [error.message for error in validator(schema).iter_errors(data)]
    assert not validator(schema).is_valid(data | {"onbekende_sleutel": 1})
    assert data["gemaakt_op"] == TODAY.isoformat()


def test_json_of_interventions_says_what_the_yaml_says(site: Path) -> None:
    data = read_json(site, "data/interventies.json")
    assert sorted(data["interventies"]) == INTERVENTIONS
    for name in INTERVENTIONS:
        assert_same(read_yaml(f"interventions/{name}.yaml"), data["interventies"][name], name)
    assert_same(read_yaml("guide/bronnen.yaml")["bronnen"], data["bronnen"], "bronnen")


@pytest.mark.parametrize("name", GUIDES)
def test_json_of_a_guide_says_what_the_yaml_says(site: Path, name: str) -> None:
    data = read_json(site, f"data/keuzehulp/{name}.json")
    added = (
        "id",
        "gemaakt_op",
        "versie",
        "kenmerken",
        "nog_hoogstens",
        "oude_adressen",
        "regels",
        "grondsoorten",
        "vult_in",
    )
    own_keys = {key: data.pop(key) for key in added}
    assert own_keys["id"] == name
    vocabulary = read_yaml("guide/begrippen.yaml")
    written = vocabulary["kenmerken"]
    listed = {key: facet["lijst"] for key, facet in written.items() if "lijst" in facet}
    whole = {key: {**written[key], "waarden": vocabulary["lijsten"][of]} for key, of in listed.items()}
    assert_same({**written, **whole}, own_keys["kenmerken"], "kenmerken")
    rules = read_yaml("guide/regels.yaml")["regels"]
    assert own_keys["regels"].keys() <= rules.keys()
    for rule, told in own_keys["regels"].items():
        assert (told["titel"], told.get("artikel")) == (rules[rule]["titel"], rules[rule].get("artikel"))
    assert_same(read_yaml(f"guide/keuzehulp/{name}.yaml"), data, name)


def test_json_of_verdicts_says_what_the_yaml_says(site: Path) -> None:
    data = read_json(site, "data/oordelen.json")
    assert sorted(data["interventies"]) == INTERVENTIONS
    for name, found in data["interventies"].items():
        record = read_yaml(f"interventions/{name}.yaml")
        claims = {item["id"]: item for item in statements(record) if "zekerheid" in item and "id" in item}
        assert (found["naam"], found["kort"]) == (record["naam"], record["kort"])
        assert found["bewijs"] == record["kaart"]["bewijs"]["tekst"]
        assert found["bekeken_op"] == looked_at(record).isoformat()
        for group, expected in zip(found["doelgroepen"], record["doelgroepen"], strict=True):
            assert (group["id"], group["naam"]) == (expected["id"], expected["naam"])
            for criterion, source in zip(group["criteria"], expected["criteria"], strict=True):
                rests = [claims[reading["steunt_op"]] for reading in source["lezingen"]]
                assert criterion["beslist"] == any(claim["zekerheid"] == "bron" for claim in rests)
                for reading, claim, plain in zip(criterion["lezingen"], rests, source["lezingen"], strict=True):
                    assert reading["tekst"] == claim["tekst"]
                    assert_same(claim.get("bronnen", []), reading["bronnen"], criterion["id"])
                    assert_same(plain["eisen"], reading["eisen"], criterion["id"])


# --- pages of records -------------------------------------------------------------------------------------


@pytest.fixture(params=INTERVENTIONS)
def intervention(request: pytest.FixtureRequest, site: Path) -> tuple[BeautifulSoup, Record]:
    """The page and the YAML of one intervention."""
    return page_of(site, f"interventies/{request.param}/"), read_yaml(f"interventions/{request.param}.yaml")


def test_page_opens_with_name_and_card(intervention: tuple[BeautifulSoup, Record]) -> None:
    page, record = intervention
    assert text_of(one(page, "h1")) == flat(record["naam"])
    assert text_of(page.select("article > .ve-lead")[0]) == flat(record["kort"])
    card = {text_of(row.select("dt")[0]): row.select("dd")[0] for row in page.select(".ve-card > div")}
    for key, line in record["kaart"].items():
        assert text_of(card[CARD[key]]).startswith(f"{flat(line['tekst'])} bron: {CARD[key]}")
    assert text_of(card["Erkenning"]).startswith(label("erkenningsniveaus", record["erkenning"]["niveau"]))
    assert text_of(card["Laatst nagekeken"]) == long_date(looked_at(record))
    assert f"Laatst bekeken: {long_date(looked_at(record))}." in text_of(one(page, ".ve-page-foot"))


def test_page_says_every_statement_with_its_sources(intervention: tuple[BeautifulSoup, Record]) -> None:
    page, record = intervention
    looked, count = looked_at(record), 0
    for key, heading in HEADINGS.items():
        value = record.get(key)
        if not value:
            assert not page.select(f"h2#{key.replace('_', '-')}")
            continue
        anchor = key.replace("_", "-")
        assert text_of(at(page, anchor, "h2")) == heading
        items = [item for part in section(page, anchor) for item in [part, *part.find_all(["li", "p", "div"])]]
        for statement in statements(value):
            assert_stated(items, statement, looked)
            if "id" in statement:
                place = at(page, f"uitspraak-{statement['id']}")
                holder = place.find_parent(["li", "p"])
                assert holder is not None
                assert all(piece in text_of(holder) for piece in pieces(statement, looked)), statement["id"]
            count += 1
    assert count == sum(1 for _ in statements({key: record.get(key) for key in HEADINGS}))
    assert count == sum(1 for _ in statements(record)), "a statement stands outside the sections"


def test_page_says_the_recognition(intervention: tuple[BeautifulSoup, Record]) -> None:
    page, record = intervention
    shown, recognition = section_text(page, "erkenning"), record["erkenning"]
    assert label("erkenningsniveaus", recognition["niveau"]) in shown
    if "datum" in recognition:
        assert short_date(recognition["datum"]) in shown
        assert flat(recognition["door"]) in shown
        five_years_on = recognition["datum"].replace(year=recognition["datum"].year + 5)
        assert ("ouder dan vijf jaar" in shown) == (five_years_on <= TODAY)


def test_page_says_every_criterion_and_what_it_rests_on(intervention: tuple[BeautifulSoup, Record]) -> None:
    page, record = intervention
    claims = {item["id"]: item for item in statements(record) if "zekerheid" in item and "id" in item}
    if "niet_in_keuzehulp" in record:
        assert flat(record["niet_in_keuzehulp"]) in section_text(page, "criteria")
    for group in record["doelgroepen"]:
        heading = at(page, f"groep-{group['id']}", "h3")
        assert text_of(heading) == flat(group["naam"])
        items = [item for part in section(page, f"groep-{group['id']}") for item in part.select(":scope > li")]
        assert len(items) == len(group["criteria"])
        for item, criterion in zip(items, group["criteria"], strict=True):
            assert text_of(item).startswith(flat(criterion["onderwerp"]))
            assert at(page, f"criterium-{group['id']}-{criterion['id']}").find_parent("li") is item
            decides = any(claims[reading["steunt_op"]]["zekerheid"] == "bron" for reading in criterion["lezingen"])
            assert ("telt niet mee in het oordeel" in text_of(item)) == (not decides)
            readings = item.select(":scope > ul > li")
            assert len(readings) == len(criterion["lezingen"])
            for line, reading in zip(readings, criterion["lezingen"], strict=True):
                assert one(line, 'a[href^="#"]')["href"] == f"#uitspraak-{reading['steunt_op']}"
                for name, demand in reading["eisen"].items():
                    known = facet(name)
                    assert known["label"].lower() in text_of(line)
                    for value in demand.get("waarden", []):
                        assert flat(known["waarden"][value]["label"]) in text_of(line)
                    for bound in ("van", "tot"):
                        if bound in demand:
                            assert re.search(rf"\b{demand[bound]}\b", text_of(line))


def test_page_says_the_classification_and_the_changes(intervention: tuple[BeautifulSoup, Record]) -> None:
    page, record = intervention
    shown = section_text(page, "indeling")
    for listing in ("risiconiveaus", "domeinen"):
        for key in record["indeling"][listing]:
            assert label(listing, key) in shown
    targets = [str(link["href"]) for part in section(page, "indeling") for link in part.select("a[href]")]
    assert f"#uitspraak-{record['indeling']['steunt_op']}" in targets
    changes = section_text(page, "wijzigingen")
    for change in record["wijzigingen"]:
        assert f"{long_date(change['datum'])}: {flat(change['tekst'])}" in changes


@pytest.mark.parametrize("name", INTERVENTIONS)
def test_every_field_of_the_json_of_an_intervention_stands_on_its_page(site: Path, name: str) -> None:
    """Field by field, so that a field that is added without a place on the page is noticed."""
    page, record = (
        page_of(site, f"interventies/{name}/"),
        read_json(site, "data/interventies.json")["interventies"][name],
    )
    article = one(page, "article")
    text, ids = text_of(article), anchors(page)
    links = {str(link["href"]).partition("#")[2] for link in article.select("a[href]")}
    in_words = {"onderwerp", "tekst", "naam", "kort", "plaats", "bevinding", "onbekend", "geprobeerd", "door", "term"}
    listed = {
        **{"zekerheid": "zekerheid", "aard": "aard", "niveau": "erkenningsniveaus"},
        **{"risiconiveaus": "risiconiveaus", "domeinen": "domeinen"},
    }
    counted = 0
    for place, value in leaves(record):
        *_, key = (step for step in place if isinstance(step, str))
        if "eisen" in place:
            known = facet(str(place[place.index("eisen") + 1]))
            shown = (
                known["label"].lower() in text
                and flat(known["waarden"][value]["label"] if key == "waarden" else str(value)) in text
            )
        elif key in in_words or key == "niet_in_keuzehulp":
            shown = flat(value) in text
        elif key in ("bekeken_op", "herzien_voor", "datum"):
            day = date.fromisoformat(value)
            shown = long_date(day) in text or short_date(day) in text
        elif key in listed:
            plain = value in ("bron", "feit")  # what goes without saying is not said
            shown = plain or label(listed[key], value).lower() in text.lower()
        elif key == "bron":
            shown = value in links
        elif key == "steunt_op":
            shown = f"uitspraak-{value}" in links and f"uitspraak-{value}" in ids
        elif key == "id" and "doelgroepen" in place:
            group = record["doelgroepen"][place[1]]["id"]
            shown = (f"criterium-{group}-{value}" if "criteria" in place else f"groep-{value}") in ids
        else:
            assert key == "id", f"no page shows {place}"
            shown = f"uitspraak-{value}" in ids
        assert shown, f"{place}: {value}"
        counted += 1
    assert counted > 300


def test_card_of_a_record_leads_to_what_each_line_rests_on(intervention: tuple[BeautifulSoup, Record]) -> None:
    page, record = intervention
    rows = {text_of(row.select("dt")[0]): row for row in page.select(".ve-card > div")}
    for key, line in record["kaart"].items():
        links = rows[CARD[key]].select("dd a[href]")
        assert [link["href"] for link in links] == [f"#uitspraak-{name}" for name in line["steunt_op"]]
        for link in links:
            heading = at(page, str(link["href"]).removeprefix("#")).find_previous("h2")
            assert heading is not None
            assert re.fullmatch(rf"{re.escape(text_of(heading))}( \d+)?", text_of(link))
    named = [(text_of(link), link["href"]) for link in page.select(".ve-card dd a[href]")]
    assert len({name for name, _ in named}) == len({address for _, address in named}) == len(set(named))


def test_overview_shows_every_record_in_cards_and_table(site: Path) -> None:
    page = page_of(site, "interventies/")
    rows = {str(row.select("a[href]")[0]["href"]): text_of(row) for row in page.select("table tbody tr")}
    for name in INTERVENTIONS:
        record = read_yaml(f"interventions/{name}.yaml")
        card = text_of(at(page, name, "li"))
        for wanted in (record["naam"], record["kort"], record["kaart"]["voor_wie"]["tekst"]):
            assert flat(wanted) in card
        for wanted in (record["naam"], *(line["tekst"] for line in record["kaart"].values())):
            assert flat(wanted) in rows[f"{name}/"]
        level = label("erkenningsniveaus", record["erkenning"]["niveau"])
        assert level in card
        assert level in rows[f"{name}/"]
        assert short_date(looked_at(record)) in rows[f"{name}/"]


def test_changes_of_every_record_stand_on_their_page(site: Path) -> None:
    page = page_of(site, "over/wijzigingen/")
    for name in INTERVENTIONS:
        record = read_yaml(f"interventions/{name}.yaml")
        for change in record["wijzigingen"]:
            shown = section_text(page, f"dag-{change['datum'].isoformat()}")
            assert f"{flat(record['naam'])}: {flat(change['tekst'])}" in shown


# --- pages of guides, terms and sources -------------------------------------------------------------------


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest, site: Path) -> tuple[BeautifulSoup, Record]:
    """The page and the YAML of one guide."""
    return page_of(site, f"keuzehulp/{request.param}/"), read_yaml(f"guide/keuzehulp/{request.param}.yaml")


def routes(step: Tag) -> list[tuple[str, str]]:
    return [(text_of(link), str(link["href"])) for link in step.select(".ve-routes a[href]")]


def test_page_of_a_guide_asks_every_question_with_its_routes(guide: tuple[BeautifulSoup, Record]) -> None:
    page, record = guide
    assert text_of(one(page, "h1")) == flat(record["titel"])
    for text in (record["kort"], *record["inleiding"]):
        assert flat(text) in text_of(one(page, "article"))
    for name, question in record["vragen"].items():
        step = at(page, name, "section")
        assert text_of(one(step, "h2")) == flat(question["vraag"])
        unsure = question["weet_niet"]
        found = routes(step)
        assert (unsure.get("tekst", "Weet ik niet"), f"#{unsure.get('naar', question.get('naar'))}") in found
        shown = [question.get("toelichting", ""), unsure.get("toelichting", "")]
        for answer in question.get("antwoorden", {}).values():
            shown += [answer["tekst"], answer.get("toelichting", "")]
            if question.get("meerkeuze") != "ja":
                assert (flat(answer["tekst"]), f"#{answer.get('naar', question.get('naar'))}") in found
        for route in question.get("routes", []):
            span = str(route["van"]) if route["van"] == route["tot"] else f"{route['van']} tot en met {route['tot']}"
            assert (f"{span} {facet(question['kenmerk'])['eenheid']}", f"#{route['naar']}") in found
        for text in shown:
            assert flat(text) in text_of(step), name


def test_page_of_a_guide_shows_every_split_and_outcome(guide: tuple[BeautifulSoup, Record]) -> None:
    page, record = guide
    for name, split in record.get("splitsingen", {}).items():
        step = at(page, name, "section")
        assert text_of(one(step, "h2")) == flat(split["vraag"])
        exits = [*split.get("getallen", []), *split.get("keuzes", [])]
        exits += [split[key] for key in ("een_van", "anders", "onbekend") if key in split]
        assert routes(step) == [(flat(item["tekst"]), f"#{item['naar']}") for item in exits]
    for name, outcome in record["uitkomsten"].items():
        step = at(page, name, "section")
        assert text_of(one(step, "h2")) == flat(outcome["titel"])
        assert flat(outcome["kort"]) in text_of(step)
        for statement in statements(outcome):
            assert_said_and_folded(step, statement, record["bekeken_op"])
        for tip in outcome.get("lezen", []):
            links = [link for link in step.select("a[href]") if text_of(link) == flat(tip["tekst"])]
            target = f"/bronnen/#{tip['bron']}" if "bron" in tip else f"/{tip['pagina']}"
            assert target in [urljoin("/keuzehulp/x/", str(link["href"])) for link in links]


def test_page_of_a_guide_shows_its_tables_and_examples(guide: tuple[BeautifulSoup, Record]) -> None:
    page, record = guide
    for name, table in record.get("afleidingen", {}).items():
        anchor = f"afleiding-{name.replace('_', '-')}"
        parts = [at(page, anchor, "details")]
        assert_stated(parts, table["uitleg"], record["bekeken_op"])
        rows = [row for part in parts for row in part.select("tbody tr")]
        assert len(rows) == len(table["rijen"])
        for row, expected in zip(rows, table["rijen"], strict=True):
            cells = [text_of(cell) for cell in row.select("td")]
            assert cells[-1] == facet(name)["waarden"][expected["geeft"]]["label"]
            for facet_name, values in expected["als"].items():
                options = facet(facet_name)["waarden"]
                assert any(all(flat(options[value]["label"]) in cell for value in values) for cell in cells[:-1])
    for name, example in record["voorbeelden"].items():
        shown = at(page, f"voorbeeld-{name}", "details")
        assert shown.find_parent("details") is at(page, f"voorbeelden-{example['uitkomst']}", "details")
        text = text_of(shown)
        assert text_of(one(shown, "summary")) == flat(example["titel"])
        assert flat(example["verhaal"]) in text
        assert flat(record["uitkomsten"][example["uitkomst"]]["titel"]) in text
        for key, verdict in example.get("oordelen", {}).items():
            assert f"{flat(read_yaml(f'interventions/{key}.yaml')['naam'])}: {label('oordelen', verdict)}" in text
        link = one(shown, 'a[href*="="]')
        pairs = dict(part.split("=") for part in str(link["href"]).removeprefix("#").split("&"))
        assert {key: sorted(value.split("+")) for key, value in pairs.items()} == {
            key: sorted(map(str, value)) if isinstance(value, list) else [str(value)]
            for key, value in example["antwoorden"].items()
        }
        for key, value in example["antwoorden"].items():
            question = record["vragen"][key]
            assert flat(question["vraag"]) in text
            for item in value if isinstance(value, list) else [value]:
                option = question.get("antwoorden", {}).get(item)
                if option:
                    assert flat(option["tekst"]) in text


def led(item: Record, common: str | None) -> Record:
    """What an answer fixes and where it leads, if only by the way that all answers of its question share."""
    return {"legt_vast": item["legt_vast"], "naar": item.get("naar", common)}


def values_of(element: Tag, name: str) -> dict[str, list[str]]:
    """The values a facet in a data attribute: `leeftijd=5+6 doel=hulp`."""
    pairs = (part.split("=") for part in str(element.get(f"data-{name}", "")).split())
    return {facet_name: values.split("+") for facet_name, values in pairs}


def way(element: Tag) -> str:
    """Where a line of the page leads."""
    return str(one(element, "a[href]")["href"]).removeprefix("#")


def question_on_page(step: Tag) -> Record:
    """A question as far as it decides what comes next, read from the page; texts are compared elsewhere."""
    onward = step.select(".ve-routes > li:not([data-answer]):not([data-from]) > a")
    common = str(onward[0]["href"]).removeprefix("#") if onward else None
    lines = {str(line["data-answer"]): line for line in step.select("li[data-answer]")}
    told: dict[str, Record] = {
        key: {"legt_vast": values_of(line, "fixes"), "naar": way(line) if line.select("a[href]") else common}
        for key, line in lines.items()
    }
    unsure = {key: told.pop(key) for key in UNSURE if key in told}
    routes = [
        {"van": int(str(line["data-from"])), "tot": int(str(line["data-to"])), "naar": way(line)}
        | {"legt_vast": values_of(line, "fixes")}
        for line in step.select("li[data-from]")
    ]
    return {
        "kenmerk": step.get("data-facet"),
        "meerkeuze": str(step["data-several"]),
        "veiligheid": str(step["data-safety"]),
        "antwoorden": told,
        "routes": routes,
        **unsure,
    }


def question_in_data(question: Record) -> Record:
    """The same from the JSON, where an answer without a way of its own takes that of the question."""
    to = question.get("naar")
    unsure = {key: led(question[key], to) for key in UNSURE if key in question}
    return {
        "kenmerk": question.get("kenmerk"),
        "meerkeuze": question["meerkeuze"],
        "veiligheid": question["veiligheid"],
        "antwoorden": {key: led(item, to) for key, item in question["antwoorden"].items()},
        "routes": [{key: item[key] for key in ("van", "tot", "naar", "legt_vast")} for item in question["routes"]],
        **unsure,
    }


@pytest.mark.parametrize("name", GUIDES)
def test_page_of_a_guide_holds_every_way_and_value_of_its_json(site: Path, name: str) -> None:
    """Who has only the page can follow the whole guide; its texts are held against the YAML in the tests above."""
    page, data = page_of(site, f"keuzehulp/{name}/"), read_json(site, f"data/keuzehulp/{name}.json")
    assert one(page, "#keuzehulp")["data-start"] == data["start"]
    for key, question in data["vragen"].items():
        assert question_on_page(at(page, key, "section")) == question_in_data(question), key
    for key, split in data["splitsingen"].items():
        step = at(page, key, "section")
        assert step["data-facet"] == split["kenmerk"]
        assert [
            {"van": int(str(line["data-from"])), "tot": int(str(line["data-to"])), "naar": way(line)}
            for line in step.select("li[data-from]")
        ] == [{field: item[field] for field in ("van", "tot", "naar")} for item in split["getallen"]]
        choices = [line for line in step.select("li[data-values]") if "data-exit" not in line.attrs]
        assert [(str(line["data-values"]).split(), way(line)) for line in choices] == [
            (item["waarden"], item["naar"]) for item in split["keuzes"]
        ]
        exits = {str(line["data-exit"]): line for line in step.select("li[data-exit]")}
        assert {end: way(line) for end, line in exits.items()} == {
            end: split[end]["naar"] for end in ("een_van", "anders", "onbekend") if end in split
        }
        if "een_van" in split:
            assert str(exits["een_van"]["data-values"]).split() == split["een_van"]["waarden"]
    for table in data["beslistabellen"].values():
        for key, row in table["rijen"].items():
            assert values_of(at(page, f"rij-{key}"), "when") == row["als"], key
    for key, outcome in data["uitkomsten"].items():
        step = at(page, key, "section")
        assert (step["data-safe"], step["data-weighs"]) == (outcome["veilig_thuis"], outcome["weegt_interventies"])


def test_overview_of_guides_says_what_each_is_for(site: Path) -> None:
    shown = text_of(one(page_of(site, "keuzehulp/"), "article"))
    for name in GUIDES:
        record = read_yaml(f"guide/keuzehulp/{name}.yaml")
        for wanted in (record["titel"], record["kort"], long_date(record["bekeken_op"])):
            assert flat(wanted) in shown


def test_every_term_stands_in_the_register(site: Path) -> None:
    page = page_of(site, "begrippen/")
    terms = read_yaml("guide/begrippen.yaml")["termen"]
    see = {tuple(text_of(line).removesuffix(".").split(": zie ")) for line in page.select("article p")}
    led_from = {(bare(pair[0]), pair[1]) for pair in see if len(pair) == 2}
    for name, term in terms.items():
        assert text_of(at(page, name, "h3")) == flat(term["term"])
        shown = section_text(page, name)
        for wanted in (term["uitleg"], term.get("afkorting", ""), *term.get("synoniemen", [])):
            assert flat(wanted) in shown, name
        for other in term.get("zie", []):
            assert flat(terms[other]["term"]) in shown, name
        for citation in term.get("bronnen", []):
            assert f"{source_label(citation['bron'])}, {flat(citation['plaats'])}" in shown, name
        for word in term.get("synoniemen", []):
            assert bare(word) == bare(term["term"]) or (bare(word), flat(term["term"])) in led_from, word


def test_every_source_stands_on_its_page(site: Path) -> None:
    page = page_of(site, "bronnen/")
    for name, source in read_yaml("guide/bronnen.yaml")["bronnen"].items():
        heading = at(page, name, "h3")
        assert text_of(heading) == flat(source["titel"])
        shown = section_text(page, name)
        wanted = [source["uitgever"], long_date(source["gezien_op"]), source.get("vindplaats", "")]
        wanted += [source.get("toelichting", ""), "" if source["jaar"] == "onbekend" else str(source["jaar"])]
        for text in wanted:
            assert flat(text) in shown, name
        read = label("gelezen", source["gelezen"])
        assert read[0].upper() + read[1:] in shown
        kind = heading.find_previous("h2")
        assert kind is not None
        assert kind["id"] == f"soort-{source['soort']}"
        if "adres" in source:
            links = [str(link["href"]) for part in section(page, name) for link in part.select("a[href]")]
            assert source["adres"] in links


def test_every_source_names_the_pages_that_rest_on_it(site: Path) -> None:
    page = page_of(site, "bronnen/")
    cites: Callable[[Record], set[str]] = lambda record: {  # noqa: E731 (a name for a one-line set)
        citation["bron"] for item in statements(record) for citation in item.get("bronnen", [])
    }
    for name in INTERVENTIONS:
        for source in cites(read_yaml(f"interventions/{name}.yaml")):
            links = [str(link["href"]) for part in section(page, source) for link in part.select("a[href]")]
            assert f"../interventies/{name}/" in links, source
