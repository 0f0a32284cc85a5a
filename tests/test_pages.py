"""Pages made from data: exactly the Markdown in tests/golden/, and every text comes out as it was typed."""

import difflib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jinja2
import markdown  # type: ignore[import-untyped]
import pytest
import yaml

from handbook import export, knowledge_base, model, pages, scoring
from handbook.export import Build
from handbook.glossary import Glossary
from handbook.knowledge_base import KnowledgeBase
from handbook.pages import guides, maker, proof, training
from handbook.problems import Problem

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"


class _InMemory(jinja2.BytecodeCache):
    """Compiled templates, kept for this run: these tests make all pages some hundred times."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Any) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="module", autouse=True)
def compile_templates_once() -> Iterator[None]:
    cache, make = _InMemory(), maker._environment

    def make_with_cache() -> jinja2.Environment:
        environment = make()
        environment.bytecode_cache = cache
        return environment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maker, "_environment", make_with_cache)
        yield


def rendered(base: KnowledgeBase, build: Build) -> dict[str, str]:
    """Every page of a handbook by its path, as Markdown."""
    return {page.path: page.markdown for page in pages.pages(base, build, TESTS / "mini" / "docs")}


# --- golden -----------------------------------------------------------------------------------------------


def outputs(base: KnowledgeBase, build: Build) -> Iterator[tuple[str, str]]:
    """Everything that is made from mini; pages and schemas that depend on the schema alone are tested elsewhere."""
    for path, text in rendered(base, build).items():
        if path != "over/bijdragen/velden.md":
            yield path, text
    for document in export.documents(base, build):
        if not document.path.endswith(".schema.json"):
            yield document.path, document.text


def test_golden(mini_base: KnowledgeBase, build: Build, request: pytest.FixtureRequest) -> None:
    """Run pytest with --update-golden to write them again, and read the diff."""
    made = dict(outputs(mini_base, build))
    if request.config.getoption("--update-golden"):
        _write_golden(made)
    kept = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert kept == set(made), "pages came or went: run pytest tests/test_pages.py --update-golden"
    for path, text in made.items():
        old = (GOLDEN / path).read_text(encoding="utf-8")
        diff = difflib.unified_diff(old.splitlines(), text.splitlines(), f"golden/{path}", "now", lineterm="", n=1)
        assert old == text, "\n".join(diff)


def _write_golden(made: dict[str, str]) -> None:
    for path in GOLDEN.rglob("*"):
        if path.is_file() and path.relative_to(GOLDEN).as_posix() not in made:
            path.unlink()
    for name, text in made.items():
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_text(text, encoding="utf-8")


def test_pages_name_the_file_to_edit(mini_base: KnowledgeBase, build: Build) -> None:
    found = {page.path: page.source for page in pages.pages(mini_base, build, TESTS / "mini" / "docs")}
    assert found["interventies/vonkenclub.md"] == "interventions/vonkenclub.yaml"
    assert found["keuzehulp/draak.md"] == "guide/keuzehulp/draak.yaml"
    assert found["begrippen.md"] == "guide/begrippen.yaml"
    assert found["interventies/index.md"] is None


# --- rendered by the Markdown of mkdocs.yml ---------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, whatever its tags mean."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


@pytest.fixture(scope="session")
def to_html(root: Path) -> Any:
    """Markdown to HTML as the site does it."""
    config = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader)
    names, settings = ["toc", "tables", "fenced_code"], {}  # MkDocs always adds these three
    for extension in config["markdown_extensions"]:
        name, options = next(iter(extension.items())) if isinstance(extension, dict) else (extension, None)
        names.append(name)
        settings[name] = options or {}
    settings["toc"].pop("title", None)

    def render(text: str) -> str:
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
        made = markdown.Markdown(extensions=list(dict.fromkeys(names)), extension_configs=settings)
        return str(made.convert(body))

    return render


class _Reader(HTMLParser):
    """The words of a page, and every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "tspan":  # a line of a picture: a longer word makes more of them
            self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("!--", {}))


def read(html: str) -> tuple[str, list[tuple[str, dict[str, str | None]]]]:
    reader = _Reader()
    reader.feed(html)
    return " ".join("".join(reader.words).split()), reader.elements


NASTY = [
    "<b>vet</b> en <i>schuin",
    "<script>alert('x')</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- weg -->",
    "</div></li></ul></section>",
    "&lt;b&gt; en &amp; en &#60;b&#62;",
    "**vet** en *schuin* en _lijn_ en `code`",
    "[klik](javascript:alert(1))",
    "[klik](https://voorbeeld.invalid)",
    "![plaatje](https://voorbeeld.invalid/x.png)",
    "[klik][1] en [^1] en [^1]: noot",
    "javascript:alert(1)",
    "<javascript:alert(1)>",
    "<https://voorbeeld.invalid>",
    "# Kop",
    "## Kop {: #id .klasse onclick=alert(1) }",
    "tekst {: .klasse }",
    "{ #id }",
    "- punt",
    "+ punt",
    "* punt",
    "1. punt",
    "12) punt",
    "> citaat",
    ": uitleg",
    "!!! note",
    "??? note",
    "=== tab",
    "    code",
    "```code```",
    "~~~",
    "---",
    "***",
    "| cel | cel |",
    "een | twee",
    "{{ base.secret }} {% raw %}",
    "[ ] taak",
    "[x] taak",
    "--8<-- bestand",
    "$$x$$ en \\(x\\)",
    "een\\*ster en een \\ schuine streep",
    "*[HTML]: uitleg",
    "\"aanhaling\" en 'aanhaling'",
    "Setext\n====",
    "twee\n\nalinea's",
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, build: Build, to_html: Any) -> dict[str, Any]:
    """The words and elements of the same pages with a harmless text."""
    mini = Path(shutil.copytree(TESTS / "mini", tmp_path_factory.mktemp("plain") / "mini"))
    return {path: read(to_html(page)) for path, page in mini_pages(mini, build, "AA ZZ", "QQ ZZ").items()}


@pytest.mark.parametrize("text", NASTY)
def test_text_comes_out_as_it_was_typed(
    mini: Path, build: Build, to_html: Any, plain: dict[str, Any], text: str
) -> None:
    """In every kind of place on every kind of page; and it adds no element and no attribute."""
    marked = f"AA {text} ZZ", f"{text} ZZ"
    spoiled = mini_pages(mini, build, *marked)
    assert spoiled.keys() == plain.keys()
    for path, page in spoiled.items():
        words, elements = read(to_html(page))
        expected_words, expected_elements = plain[path]
        if path == "begrippen.md":  # in the order of the alphabet, which the text changes
            assert _tags(elements) == _tags(expected_elements)
        else:
            assert _names(elements) == _names(expected_elements), path
        shown = " ".join(text.split())
        names, whole = " ".join(_name_of_record(f"AA {text} ZZ").split()), f"AA {shown} ZZ"
        inside = expected_words.count("AA ZZ") - expected_words.count("BB AA ZZ")
        named = expected_words.count("BB AA ZZ")
        if path.endswith("-schema.md"):  # a drawing breaks a word that is wider than its box
            words, names, whole, shown = ("".join(part.split()) for part in (words, names, whole, shown))
        assert words.count(names) == named, path
        assert words.replace(names, "").count(whole) == inside, path
        assert words.count(shown) >= expected_words.count("QQ ZZ"), path


def _names(elements: list[tuple[str, dict[str, str | None]]]) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(attributes)) for tag, attributes in elements]


def _tags(elements: list[tuple[str, dict[str, str | None]]]) -> Counter[str]:
    """How many of each element, the headings of letters with their link left out."""
    letters = sum(tag == "h2" for tag, _ in elements)
    return Counter(tag for tag, _ in elements if tag != "h2") - Counter({"a": letters})


def _name_of_record(text: str) -> str:
    """What stands in brackets is a name of the record too, and outcomes may not have it."""
    return f"BB {re.sub('[()]', ' ', text)}"


def mini_pages(mini: Path, build: Build, inside: str, first: str) -> dict[str, str]:
    """The pages of mini with a text in many places: within a sentence, and at the start of a paragraph or cell."""
    quoted, leading = json.dumps(inside), json.dumps(first)
    edits = {
        "interventions/vonkenclub.yaml": [
            ("naam: Vonkenclub", f"naam: {json.dumps(_name_of_record(inside))}"),
            ("kort: Een club waar jonge draken leren met vuur om te gaan.", f"kort: {leading}"),
            ("wat: {tekst: Oefenen in een stenen zaal,", f"wat: {{tekst: {leading},"),
            ("    tekst: Een club met oefeningen.", f"    tekst: {leading}"),
            ("plaats: hoofdstuk 4}]\n        zekerheid", f"plaats: {quoted}}}]\n        zekerheid"),
            ("    onderwerp: Vanaf welke leeftijd?", f"    onderwerp: {quoted}"),
            ("  - onbekend: Of er een vragenlijst bij hoort.", f"  - onbekend: {leading}"),
            ("    geprobeerd: In het boek gezocht.\n", f"    geprobeerd: {quoted}\n"),
            ("      bevinding: Staat er nog.", f"      bevinding: {quoted}"),
            ("    naam: Jonge draken die vuur spuwen", f"    naam: {quoted}"),
            ("        onderwerp: Vuur\n", f"        onderwerp: {quoted}\n"),
            ("tekst: De leeftijd nagekeken.}", f"tekst: {leading}}}"),
        ],
        "guide/keuzehulp/draak.yaml": [
            ("titel: Welke hulp past bij deze draak?", f"titel: {quoted}"),
            ("  - Je ziet een draak en vraagt je af wat nu.", f"  - {leading}"),
            ("    vraag: Staat er nu iets in brand?", f"    vraag: {quoted}"),
            ("    toelichting: In hele jaren.", f"    toelichting: {leading}"),
            ("rood: {tekst: Rood,", f"rood: {{tekst: {quoted},"),
            ("toelichting: Ook kleine vonken.,", f"toelichting: {leading},"),
            ("{tekst: Geen van deze}", f"{{tekst: {quoted}}}"),
            ("      - {tekst: Roerig,", f"      - {{tekst: {quoted},"),
            ("    titel: Een grote draak", f"    titel: {quoted}"),
            ("    kort: Een grote draak beslist zelf.", f"    kort: {leading}"),
            ("{tekst: Zet een emmer klaar.,", f"{{tekst: {leading},"),
            ("{tekst: Het boek,", f"{{tekst: {quoted},"),
            ("    titel: Er is brand", f"    titel: {quoted}"),
            ("    verhaal: Een schuur staat in brand.", f"    verhaal: {leading}"),
        ],
        "guide/begrippen.yaml": [
            ("    term: Draak\n", f"    term: {quoted}\n"),
            ("    uitleg: Een groot dier met schubben.", f"    uitleg: {leading}"),
            ("synoniemen: [tweekoppige]", f"synoniemen: [{leading}]"),
            ("      dof: {label: dof}", f"      dof: {{label: {quoted}}}"),
            ("    goed-onderbouwd: {label: goed onderbouwd, uitleg: De drakenraad vindt de theorie goed.}",
             f"    goed-onderbouwd: {{label: {quoted}, uitleg: {leading}}}"),
        ],
        "guide/bronnen.yaml": [
            ("    titel: Het grote drakenboek", f"    titel: {quoted}"),
            ("    toelichting: Alleen artikel 3 gelezen.", f"    toelichting: {leading}"),
        ],
        "guide/casussen/rook.yaml": [
            ("titel: De draak die rookt", f"titel: {quoted}"),
            ("kort: Een draak blaast rook en zegt niets.", f"kort: {leading}"),
            ("leerdoelen: [Je telt de draken.]", f"leerdoelen: [{leading}]"),
            ("situatie: [Je staat bij de grot.]", f"situatie: [{leading}]"),
            ("    titel: In de avond", f"    titel: {quoted}"),
            ("wat_je_ziet: [De grot staat in brand.]", f"wat_je_ziet: [{leading}]"),
            ("vraag: Wat doe je nu?", f"vraag: {quoted}"),
            ("toelichting: Kijk goed.", f"toelichting: {leading}"),
            ("tekst: Je gaat slapen.", f"tekst: {leading}"),
            ("feedback: Het brandt.", f"feedback: {quoted}"),
            ("{tekst: Over rook,", f"{{tekst: {quoted},"),
            ("wat: Dat er brand is", f"wat: {leading}"),
            ("waarom: Hij moet het weten.", f"waarom: {quoted}"),
            ("stappen: [Tel iedereen na.]", f"stappen: [{leading}]"),
            ('nabespreking: ["Wat zag jij het eerst?",', f"nabespreking: [{leading},"),
        ],
        "guide/toets.yaml": [
            ("titel: De drakentoets", f"titel: {quoted}"),
            ("inleiding: [Twee vragen.]", f"inleiding: [{leading}]"),
            ("vraag: Hoeveel draken zie je?", f"vraag: {quoted}"),
        ],
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:  # links to terms are tested in test_prose.py
        patch.setattr(Glossary, "link", lambda self, body, up: body)
        return _with_edits(mini, build, edits)


def _with_edits(mini: Path, build: Build, edits: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    for file, changes in edits.items():
        content = (TESTS / "mini" / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert content.count(old) == 1, old
            content = content.replace(old, new)
        (mini / file).write_text(content, encoding="utf-8")
    made = rendered(knowledge_base.read(mini), build)
    del made["over/bijdragen/velden.md"]  # made from the schema, not from texts
    return made


@pytest.mark.parametrize("text", ["A\nB", "A  B", ' A: "B" \\ C ', "--- A", "A # B", "[A]", "{A}"])
def test_front_matter_survives_any_title(mini: Path, build: Build, text: str) -> None:
    page = mini_pages(mini, build, text, "x")["interventies/vonkenclub.md"]
    front = yaml.safe_load(page.removeprefix("---\n").split("\n---\n")[0])
    assert front["title"] == " ".join(f"BB {text}".split())


def test_address_of_a_source_is_the_only_link_outside(mini_base: KnowledgeBase, build: Build, to_html: Any) -> None:
    found = set()
    for page in rendered(mini_base, build).values():
        _, elements = read(to_html(page))
        found |= {value for _, attributes in elements for value in attributes.values() if value and "://" in value}
    assert found == {"https://voorbeeld.invalid/drakenboek"}


# --- what a reader must be told ---------------------------------------------------------------------------


def words_of(base: KnowledgeBase, day: date, path: str, to_html: Any) -> str:
    return read(to_html(rendered(base, Build(day, "v"))[path]))[0]


CLUB = "interventies/vonkenclub.md"
RECOGNITION = "Deze erkenning is ouder dan vijf jaar."


@pytest.mark.parametrize(
    ("day", "old"), [(date(2020, 2, 29), False), (date(2020, 3, 1), True), (date(2030, 1, 1), True)], ids=str
)
def test_recognition_older_than_five_years_must_be_asked_after(
    mini_base: KnowledgeBase, to_html: Any, day: date, old: bool
) -> None:
    assert (RECOGNITION in words_of(mini_base, day, CLUB, to_html)) is old
    assert RECOGNITION not in words_of(mini_base, day, "interventies/vleugelles.md", to_html)


def test_recognition_of_a_leap_day(mini: Path, to_html: Any) -> None:
    file = mini / "interventions/vonkenclub.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2015-03-01", "2016-02-29"), encoding="utf-8")
    base = knowledge_base.read(mini)
    assert RECOGNITION not in words_of(base, date(2021, 2, 28), CLUB, to_html)
    assert RECOGNITION in words_of(base, date(2021, 3, 1), CLUB, to_html)


BANNER = "Let op: een deel van deze pagina is verlopen."
MARK = "Let op: dit moest vóór"


@pytest.mark.parametrize(
    ("path", "due"),
    [
        (CLUB, date(2021, 2, 1)),
        ("interventies/vleugelles.md", date(2021, 1, 1)),
        ("keuzehulp/draak.md", date(2021, 4, 1)),
    ],
)
def test_expired_claim_is_told_at_the_top_and_at_the_claim(
    mini_base: KnowledgeBase, to_html: Any, path: str, due: date
) -> None:
    before = words_of(mini_base, due.replace(year=2020), path, to_html)
    assert BANNER not in before
    assert MARK not in before
    after = words_of(mini_base, due, path, to_html)
    assert after.count(BANNER) == after.count(MARK) == 1
    assert "1 uitspraak moest" in after


def test_conflicts_unknowns_and_inferences_are_shown_as_such(
    mini_base: KnowledgeBase, build: Build, to_html: Any
) -> None:
    words = words_of(mini_base, build.today, CLUB, to_html)
    assert "De bronnen verschillen: Vanaf welke leeftijd?" in words
    for reading in ("Het boek noemt 2 tot en met 5 jaar.", "De lijst noemt alle draken tot en met 5 jaar."):
        assert reading in words
    assert "Ons advies: Vraag de club of een draak van 1 jaar mee mag doen. onze gevolgtrekking" in words
    assert "Onbekend: Wat het kost. Gezocht: Gevraagd en geen antwoord gekregen." in words
    assert "Minder brandplekken. nog te controleren" in words
    assert "Stemming (telt niet mee in het oordeel)" in words
    assert "Leeftijd (telt niet mee in het oordeel)" not in words


def test_page_shows_when_it_was_last_looked_at(mini_base: KnowledgeBase, build: Build, to_html: Any) -> None:
    """The day of the claim that was left alone longest; a claim says when its own day is another."""
    words = words_of(mini_base, build.today, CLUB, to_html)
    assert "Alles op deze pagina is nagekeken op 1 februari 2020, tenzij er een andere dag bij staat." in words
    assert "Drakenraad, regel 7. Nagekeken op 3-2-2020." in words
    assert words.count("Nagekeken op") == 2  # that claim and one unknown


def test_every_text_of_a_record_is_on_its_page(
    mini_base: KnowledgeBase, real_base: KnowledgeBase, build: Build, to_html: Any
) -> None:
    for base in (mini_base, real_base):
        made = rendered(base, build)
        for name, record in base.interventions.items():
            words, _ = read(to_html(made[f"interventies/{name}.md"]))
            for _, statement in model.statements_in(record):
                for key in ("tekst", "onderwerp", "onbekend", "geprobeerd", "bevinding"):
                    text = getattr(statement, key, None)
                    assert text is None or " ".join(text.split()) in words, text
        for name, guide in base.guides.items():
            words, _ = read(to_html(made[f"keuzehulp/{name}.md"]))
            parts = [
                *guide.vragen.items(),
                *guide.splitsingen.items(),
                *guide.uitkomsten.items(),
                *guide.voorbeelden.items(),
            ]
            for _, part in parts:
                for key in ("vraag", "toelichting", "titel", "kort", "verhaal"):
                    text = getattr(part, key, None)
                    assert text is None or " ".join(text.split()) in words, text


def test_every_text_of_a_case_is_on_its_page_and_the_trainer_has_all_of_it(
    mini_base: KnowledgeBase, real_base: KnowledgeBase, build: Build, to_html: Any
) -> None:
    for base in (mini_base, real_base):
        made = rendered(base, build)
        for name, case in base.cases.items():
            words, _ = read(to_html(made[f"trainen/casussen/{name}.md"]))
            slides, _ = read(to_html(made[f"trainen/casussen/{name}/dia.md"]))
            cards, _ = read(to_html(made[f"trainen/casussen/{name}/kaarten.md"]))
            for path, text in model.texts_in(case):
                if path[-1] in ("titel", "kort", "vraag", "toelichting", "feedback", "tekst", "waarom") or (
                    path[0] in ("leerdoelen", "situatie", "nabespreking") or "wat_je_ziet" in path or "stappen" in path
                ):
                    assert " ".join(text.split()) in words, (name, path)
                if "wat_je_ziet" in path or path[0] == "situatie":
                    assert " ".join(text.split()) in slides, (name, path)
                    assert " ".join(text.split()) in cards, (name, path)
                if path[-1] == "feedback" or path[0] == "nabespreking":
                    assert " ".join(text.split()) in slides, (name, path)
            for signal in case.shown:
                for other in base.signals.signalen[signal].kan_ook:
                    assert other.removesuffix(".") in words, (name, signal)
            for question in case.questions.values():
                assert question.vraag in cards
                for choice in question.keuzes.values():
                    assert choice.feedback not in cards, "a card gives nothing away"


def test_question_carries_what_it_is_worth(mini_base: KnowledgeBase, build: Build, to_html: Any) -> None:
    """The player only adds up: every choice on the page has the values of `scoring`."""
    for path, questions in (
        ("trainen/casussen/rook.md", mini_base.cases["rook"].questions),
        ("trainen/toets.md", {name: question for name, question, _ in training.assessment_questions(mini_base)}),
    ):
        _, elements = read(to_html(rendered(mini_base, build)[path]))
        found: dict[str, dict[str, tuple[str | None, ...]]] = {}
        for tag, attributes in elements:
            if tag == "section" and "data-question" in attributes:
                found[str(attributes["data-question"])] = choices = {}
                whole = attributes["data-whole"]
            elif "data-choice" in attributes:
                keys = ("data-points", "data-chosen", "data-left")
                choices[str(attributes["data-choice"])] = (whole, *(attributes[key] for key in keys))
        assert found == {
            name: {
                choice: (str(value.whole), str(value.points), value.when_chosen or "", value.when_left or "")
                for choice, value in scoring.values(question).items()
            }
            for name, question in questions.items()
        }


def _missing(base: KnowledgeBase, made: Iterable[pages.Page]) -> list[Problem]:
    anchors: dict[str, set[str]] = {}
    assert [page.path for page in pages.noted(made, anchors)] == list(anchors)
    return list(pages.missing_targets(base, anchors))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (
            "signaleren/grotten/#rook-uit-neus",
            "De pagina 'signaleren/grotten/' bestaat niet. Bedoel je 'signaleren/grot'?",
        ),
        ("signaleren/grot/#rook-uit-de-neus", "De pagina 'signaleren/grot/' heeft geen anker 'rook-uit-de-neus'."),
    ],
)
def test_page_to_read_that_is_not_there_is_a_problem_with_a_line(
    mini: Path, build: Build, address: str, message: str
) -> None:
    file = mini / "guide/casussen/rook.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("signaleren/grot/#rook-uit-neus", address), encoding="utf-8")
    base = knowledge_base.read(mini)
    found = _missing(base, pages.pages(base, build, mini / "docs"))
    assert [str(problem) for problem in found] == [
        "guide/casussen/rook.yaml:34: momenten.ochtend.vragen.zie-je-rook.keuzes.boos.lees.pagina\n"
        f"    {message} Verander het adres."
    ]


def test_every_page_to_read_is_there(
    mini_base: KnowledgeBase, real_base: KnowledgeBase, build: Build, root: Path
) -> None:
    for base, docs in ((mini_base, TESTS / "mini" / "docs"), (real_base, root / "docs")):
        assert not _missing(base, pages.everything(base, build, docs))


def test_signals_that_no_case_shows_are_listed(real_base: KnowledgeBase, build: Build) -> None:
    page = rendered(real_base, build)["trainen/signalen-oefenen.md"]
    shown = {signal for case in real_base.cases.values() for signal in case.shown}
    head, _, missing = page.partition("## Nog niet geoefend")
    for name in real_base.signals.signalen:
        assert (f"#{name})" in missing) == (name not in shown), name
        assert (f"#{name})" in head) == (name in shown or real_base.signals.signalen[name].kern == "ja"), name


def test_guide_without_javascript_leads_everywhere(mini_base: KnowledgeBase, build: Build, to_html: Any) -> None:
    """Each question, fork and outcome is a section; each way out is a link to the section it leads to."""
    from handbook import walk

    guide = mini_base.guides["draak"]
    html = to_html(rendered(mini_base, build)["keuzehulp/draak.md"])
    sections = dict(
        re.findall(r'<section (?=[^>]*class="ve-step)[^>]*\bid="([^"]+)"[^>]*>(.*?)</section>', html, re.DOTALL)
    )
    assert list(sections) == [*guide.vragen, *guide.splitsingen, *guide.uitkomsten]
    for node in (*guide.vragen, *guide.splitsingen):
        linked = {
            attributes["href"] for tag, attributes in read(sections[node])[1] if tag == "a" and "href" in attributes
        }
        assert {f"#{target}" for _, target in walk.targets(guide, node)} <= linked


# --- small parts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("0", date(1970, 1, 1)), ("1600000000", date(2020, 9, 13)), ("1577836799", date(2019, 12, 31))],
)
def test_today_is_the_day_of_source_date_epoch_in_utc(epoch: str, day: date) -> None:
    assert pages.today({"SOURCE_DATE_EPOCH": epoch}) == day


def written(base: KnowledgeBase, build: Build, text: str, docs: Path, settings: pages.Settings) -> str:
    """A page that somebody wrote, as it is built."""
    return pages.written_page("over/proef.md", text, maker.Maker(base, build), docs, settings)


def test_colophon_shows_what_is_not_filled_in(tmp_path: Path, mini_base: KnowledgeBase, build: Build) -> None:
    text = "# Colofon\n\n{{ colofon }}\n\nKlaar, met {{ colofon }} in een zin.\n"
    empty = written(mini_base, build, text, tmp_path, pages.Settings())
    assert empty.count("nog niet ingevuld") == 3
    assert "- Versie: proef-1" in empty
    assert "- Gemaakt op: 15 januari 2021" in empty
    assert empty.endswith("Klaar, met {{ colofon }} in een zin.\n")
    filled = written(mini_base, build, text, tmp_path, pages.Settings("De <wacht>", "a@b.invalid", "CC BY"))
    assert "- Beheerder: De &#60;wacht&#62;" in filled
    assert "nog niet ingevuld" not in filled


def test_example_record_on_the_page_checks_as_it_stands(
    mini: Path, root: Path, mini_base: KnowledgeBase, build: Build
) -> None:
    """Copied into interventions/ of the real handbook it has no problem; the page shows the whole of it."""
    for folder in ("interventions", "guide"):
        shutil.rmtree(mini / folder, ignore_errors=True)
        shutil.copytree(root / folder, mini / folder)
    example = root / "docs/over/bijdragen/voorbeeldaanpak.yaml"
    shutil.copy(example, mini / "interventions")
    assert "voorbeeldaanpak" in knowledge_base.read(mini).interventions
    page = (root / "docs/over/bijdragen/index.md").read_text(encoding="utf-8")
    shown = written(mini_base, build, page, root / "docs", pages.Settings())
    assert example.read_text(encoding="utf-8").strip() in shown


def test_fragment_has_questions_and_values_in_the_order_of_the_guide(mini_base: KnowledgeBase) -> None:
    guide = mini_base.guides["draak"]
    answers = {"kunsten": ["zingen", "vuur"], "leeftijd": 3, "brand-nu": "nee", "kleur": "weet-niet"}
    assert guides.fragment(guide, answers) == "brand-nu=nee&amp;leeftijd=3&amp;kleur=weet-niet&amp;kunsten=vuur+zingen"
    assert guides.fragment(guide, {"kunsten": ("geen-van-deze",)}) == "kunsten=geen-van-deze"


def test_answer_in_the_words_of_the_question(mini_base: KnowledgeBase) -> None:
    questions = mini_base.guides["draak"].vragen
    assert guides._answer_label(questions["leeftijd"], 3) == "3"
    assert guides._answer_label(questions["leeftijd"], "weet-niet") == "Weet ik niet"
    assert guides._answer_label(questions["kleur"], "weet-niet") == "Groen of blauw, dat zie ik niet"
    assert guides._answer_label(questions["kunsten"], ["vuur", "zingen"]) == "Vuur spuwen; Zingen"
    assert guides._answer_label(questions["kunsten"], ["geen-van-deze"]) == "Geen van deze"


def test_proof_counts(mini_base: KnowledgeBase) -> None:
    found = proof.proof(mini_base, "draak")
    assert (found.states, found.edges, found.paths, found.longest, found.trials) == (73, 227, 3080, 6, 34)


def test_whom_to_call_shows_what_a_municipality_filled_in(mini: Path, build: Build) -> None:
    """And, of a partner without a number of its own, the number of the whole country."""
    local = mini / "guide/lokaal.yaml"
    filled = 'gemeente: Drakendam\npartners:\n  grotwachter: {naam: De Wacht, functie: poortwachter, telefoon: "%s"}\n'
    for number, shown in (("0777-1", "[0777-1](tel:07771)"), ("", "[0999-1234](tel:09991234) (landelijk)")):
        text = filled % number if number else filled.replace(', telefoon: "%s"', "")
        local.write_text(text + "interventies: {}\n", encoding="utf-8")
        base = knowledge_base.read(mini)
        page = next(page.markdown for page in pages.pages(base, build, mini / "docs") if page.path == "wie-bel-ik.md")
        assert f"| De Wacht, poortwachter | {shown} |" in page
        assert "## In Drakendam" in page
        assert "nog niet ingevuld" not in page
    assert page.index("## Landelijke nummers") < page.index("## In Drakendam")
