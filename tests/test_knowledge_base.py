"""Reading a whole handbook: complete, typed and checked, or every problem at once and never a traceback."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import check
from handbook import knowledge_base
from handbook.knowledge_base import KnowledgeBase
from handbook.problems import ContentError, Problem

WriteContent = Callable[[Path, Mapping[str, str | bytes | None]], Path]
CHECK = Path(__file__).parent.parent / "hooks" / "check.py"
GUIDE, SOURCES, TERMS = "guide/keuzehulp/draak.yaml", "guide/bronnen.yaml", "guide/begrippen.yaml"
CASE = "guide/casussen/rook.yaml"
CLUB = "interventions/vonkenclub.yaml"
LISTS = ("lokaal", "nummers", "partners", "regels", "signalen", "toets", "verantwoording")


def problems(root: Path) -> list[Problem]:
    with pytest.raises(ContentError) as error:
        knowledge_base.read(root)
    return error.value.problems


def run_check(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CHECK), "--root", str(root), *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "SOURCE_DATE_EPOCH": "1600000000"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=60, check=False)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_everything_is_there(mini_base: KnowledgeBase) -> None:
    assert list(mini_base.interventions) == ["vleugelles", "vonkenclub"]
    assert list(mini_base.guides) == ["draak"]
    assert list(mini_base.sources) == ["drakenboek", "drakenwet", "nji-databank"]
    assert set(mini_base.terms) == {"draak", "schub", "2-koppige"}
    assert mini_base.facets["leeftijd"].tot == 9
    assert mini_base.label("domeinen", "grot") == "grot"
    assert list(mini_base.cases) == ["rook"]
    files = {TERMS, SOURCES, GUIDE, CLUB, "interventions/vleugelles.yaml", CASE}
    files |= {f"guide/{name}.yaml" for name in LISTS}
    assert set(mini_base.files) == set(mini_base.records) == files


def test_citations_name_everything_that_rests_on_a_source(mini_base: KnowledgeBase) -> None:
    rests = {name: [file for file, _ in uses] for name, uses in mini_base.citations.items()}
    assert rests["drakenwet"] == ["guide/regels.yaml", "guide/nummers.yaml", "interventions/vleugelles.yaml", GUIDE]
    assert {TERMS, "guide/signalen.yaml", "guide/partners.yaml", "guide/verantwoording.yaml"} <= set(
        rests["drakenboek"]
    )


def test_records_cannot_be_changed(mini_base: KnowledgeBase) -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(mini_base.interventions["vonkenclub"], "naam", "Anders")  # noqa: B010 (mypy refuses it too)


def test_files_with_a_dot_or_underscore_in_front_do_not_count(mini: Path, write_content: WriteContent) -> None:
    write_content(mini, {"interventions/.swp": "{", "interventions/_oud.yaml": "{", "guide/keuzehulp/.gitkeep": ""})
    assert knowledge_base.read(mini).interventions.keys() == {"vonkenclub", "vleugelles"}


def test_folder_without_records_is_fine(mini: Path) -> None:
    (mini / GUIDE).unlink()
    (mini / CASE).unlink()
    edit(mini / "guide/toets.yaml", "uit_casussen:\n  wat-nu: {casus: rook, vraag: wat-nu}\n", "")
    edit(mini / "guide/toets.yaml", "norm: 2", "norm: 1")
    found = problems(mini)
    assert {problem.rule for problem in found} == {"oordeel-niet-geoefend"}  # and nothing about the folder


@pytest.mark.parametrize("folder", ["interventions", "guide/keuzehulp", "guide/casussen"])
def test_missing_folder(mini: Path, folder: str) -> None:
    shutil.rmtree(mini / folder)
    assert [(problem.file, problem.line, problem.rule) for problem in problems(mini)] == [(folder, 1, "ontbreekt")]


def test_file_where_a_folder_should_be(mini: Path) -> None:
    shutil.rmtree(mini / "guide/keuzehulp")
    (mini / "guide/keuzehulp").touch()
    assert [(problem.file, problem.rule) for problem in problems(mini)] == [("guide/keuzehulp", "onleesbaar")]


def test_nothing_at_all(tmp_path: Path) -> None:
    found = problems(tmp_path / "weg")
    assert [(problem.file, problem.rule) for problem in found] == [
        (TERMS, "ontbreekt"),
        (SOURCES, "ontbreekt"),
        ("guide/casussen", "ontbreekt"),
        ("guide/keuzehulp", "ontbreekt"),
        *((f"guide/{name}.yaml", "ontbreekt") for name in LISTS),
        ("interventions", "ontbreekt"),
    ]
    assert knowledge_base_error(tmp_path / "weg").endswith("12 problemen in 12 bestanden (0 bestanden gelezen).")


def knowledge_base_error(root: Path) -> str:
    with pytest.raises(ContentError) as error:
        knowledge_base.read(root)
    return str(error.value)


def test_all_problems_at_once_sorted_by_place(mini: Path, write_content: WriteContent) -> None:
    """Syntax, schema and rules across files, in one report."""
    edit(mini / SOURCES, "    jaar: 2018\n", "    jaar: ooit\n")
    edit(mini / TERMS, "    zie: [schub]", "    zie: [schubbe]")
    edit(mini / CLUB, "naam: Vonkenclub", "naam: 5")
    edit(mini / CLUB, "  - {datum: 2020-02-04, tekst: De leeftijd nagekeken.}\n", "  - {datum: 2020-02-04}\n")
    edit(mini / "interventions/vleugelles.yaml", "steunt_op: [diploma]", "steunt_op: [diplom]")
    edit(mini / GUIDE, "naar: bel-de-brandweer}", "naar: bel-brandweer}")
    write_content(mini, {"interventions/kapot.yaml": "naam: [\n"})
    found = problems(mini)
    assert [(problem.file, problem.line, problem.rule) for problem in found] == [
        (TERMS, 121, "onbekend-term"),
        (SOURCES, 25, "int_type"),
        (GUIDE, 17, "onbekend-knoop"),
        ("interventions/kapot.yaml", 2, "yaml-fout"),
        ("interventions/vleugelles.yaml", 10, "onbekend-uitspraak"),
        (CLUB, 3, "string_type"),
        (CLUB, 121, "missing"),
    ]
    assert knowledge_base_error(mini).endswith("7 problemen in 6 bestanden (14 bestanden gelezen).")


def test_broken_record_is_not_also_unknown(mini: Path) -> None:
    """One fault, one problem: the guide's examples name a record that exists but cannot be read."""
    edit(mini / CLUB, "naam: Vonkenclub", "naam: 5")
    assert [(problem.file, problem.rule) for problem in problems(mini)] == [(CLUB, "string_type")]


def test_broken_sources_are_not_also_unknown(mini: Path) -> None:
    edit(mini / SOURCES, "    jaar: 2018\n", "    jaar: ooit\n")
    assert [(problem.file, problem.rule) for problem in problems(mini)] == [(SOURCES, "int_type")]


def test_broken_entry_hides_nothing_in_its_neighbours(mini: Path) -> None:
    """Nor does it make what refers to it unknown: one fault, one problem, also in a file with many records."""
    rules = mini / "guide/regels.yaml"
    rule = rules.read_text("utf-8").partition("regels:\n")[2]
    with rules.open("a", encoding="utf-8") as file:
        file.write(rule.replace("geen-vuur-binnen", "geen-vuur-buiten").replace("bron: drakenwet", "bron: drakenwett"))
    edit(rules, "  geen-vuur-binnen:\n    titel: Geen vuur binnen\n", "  geen-vuur-binnen:\n    titel: 5\n")
    edit(mini / SOURCES, "    jaar: 2018\n", "    jaar: ooit\n")
    edit(mini / "guide/signalen.yaml", "    kern: ja\n", "    kern: misschien\n")
    edit(mini / "guide/signalen.yaml", "drakenboek, plaats: hoofdstuk 6", "drakenboekje, plaats: hoofdstuk 6")
    edit(mini / TERMS, "    uitleg: Een groot dier met schubben.\n", "    uitleg: 5\n")
    edit(mini / TERMS, "drakenboek, plaats: hoofdstuk 2", "drakenboekje, plaats: hoofdstuk 2")
    edit(mini / CLUB, "  - {datum: 2020-02-04, tekst: De leeftijd nagekeken.}\n", "  - {datum: 2020-02-04}\n")
    edit(mini / "interventions/vleugelles.yaml", "steunt_op: [diploma]", "steunt_op: [diplom]")
    assert [(problem.file, problem.rule) for problem in problems(mini)] == [
        (TERMS, "string_type"),
        (TERMS, "onbekend-bron"),
        (SOURCES, "int_type"),
        ("guide/regels.yaml", "string_type"),
        ("guide/regels.yaml", "onbekend-bron"),
        ("guide/signalen.yaml", "literal_error"),
        ("guide/signalen.yaml", "onbekend-bron"),
        ("interventions/vleugelles.yaml", "onbekend-uitspraak"),
        (CLUB, "missing"),
    ]


def test_many_faults_in_one_file_are_told_together(mini: Path) -> None:
    edit(mini / GUIDE, "voor_wie: [professional]\n", "voor_wie: [professional]\ngeheim: ja\n")
    edit(mini / GUIDE, "{van: 2, tot: 9, naar: kleur}", "{van: 1, tot: 8, naar: kleur}")
    edit(mini / GUIDE, "geen_van_deze: {tekst: Geen van deze}", "geen_van_deze: {tekst: Geen van deze, naar: kunsten}")
    edit(mini / GUIDE, "weet_niet: {naar: vraag-de-wacht}", "weet_niet: {naar: bel-de-brandweer}")
    edit(mini / GUIDE, "{kleur: [groen]}}", "{kleur: [groeen]}}")
    edit(mini / GUIDE, "    kort: Eerst blussen.\n", "    kort: Eerst blussen, dan de Vonkenclub.\n")
    edit(mini / GUIDE, "      geur-adem: zuur\n", "      geur-adem: zuurr\n")
    edit(mini / GUIDE, "{bron: drakenwet, plaats: artikel 3}", "{bron: drakenwett, plaats: artikel 3}")
    assert [(problem.field, problem.rule) for problem in problems(mini)] == [
        ("geheim", "extra_forbidden"),
        ("vragen.leeftijd.routes", "overlap"),
        ("vragen.leeftijd.routes", "gat"),
        ("vragen.kleur.antwoorden.groen.legt_vast.kleur.0", "onbekende-waarde"),
        ("vragen.kunsten", "kring"),
        ("uitkomsten.bel-de-brandweer.kort", "uitkomst-noemt-interventie"),
        ("uitkomsten.vraag-de-wacht", "onbereikbaar"),
        ("uitkomsten.grote-draak.advies.0.lezingen.0.bronnen.0.bron", "onbekend-bron"),
        ("voorbeelden.zeven-jaar-rood.antwoorden.geur-adem", "voorbeeld-antwoord"),
    ]


def test_what_another_fault_may_be_the_reason_of_is_not_told(mini: Path) -> None:
    """A wrong name is not also a signal nobody saw, an id that is none not unknown, a broken outcome not unsafe."""
    edit(mini / GUIDE, "    titel: Vraag de wacht om raad\n", "    titel: 5\n")
    edit(mini / CASE, "beslissend: [brand-in-de-grot]", "beslissend: [brand-in-de-grotte]")
    edit(mini / CLUB, "drakenboek, plaats: hoofdstuk 5", "Het drakenboek, plaats: hoofdstuk 5")
    assert [(problem.field, problem.rule) for problem in problems(mini)] == [
        ("beslissend.0", "onbekend-signaal"),
        ("uitkomsten.vraag-de-wacht.titel", "string_type"),
        ("doelgroep.2.bronnen.0.bron", "string_pattern_mismatch"),
    ]


def test_faults_in_written_pages_are_told_with_the_others(mini: Path, write_content: WriteContent) -> None:
    def page(looked: str = "2020-04-01", audience: str = "professional", body: str = "") -> str:
        return f"---\ntitle: Draken\nbekeken_op: {looked}\nvoor_wie: [{audience}]\n---\n\n{body}\n"

    edit(mini / CLUB, "naam: Vonkenclub", "naam: 5")
    pages: dict[str, str | bytes | None] = {
        "docs/dag.md": page(looked="gisteren"),
        "docs/merken.md": page(body="Zo. [@elfenboek: deel 1] [regel: geen-water]"),
        "docs/oud.md": page(body="café").encode("latin-1"),
        "docs/twee.md": page().replace("title: Draken", "title: Draken\nbekeken_op: 2020-01-01"),
        "docs/wie.md": page(audience="profesional"),
        "docs/windows.md": b"\xef\xbb\xbf" + page().replace("\n", "\r\n").encode(),
    }
    assert [(problem.file, problem.line, problem.rule) for problem in problems(write_content(mini, pages))] == [
        ("docs/dag.md", 3, "date_type"),
        ("docs/merken.md", 7, "onbekend-bron"),
        ("docs/merken.md", 7, "onbekend-regel"),
        ("docs/oud.md", 7, "geen-utf8"),
        ("docs/twee.md", 4, "dubbele-sleutel"),
        ("docs/wie.md", 4, "onbekend-lijst"),
        (CLUB, 3, "string_type"),
    ]


def test_unused_terms_and_lost_pages_are_told_together(mini: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(mini / TERMS, "termen:\n", "termen:\n  kwibbel: {term: Kwibbel, uitleg: Niets.}\n")
    edit(mini / GUIDE, 'pagina: "begrippen/#draak"', 'pagina: "begrippen/#drak"')
    assert check.main(["--root", str(mini)]) == 1
    told = capfd.readouterr().err
    assert "Het begrip 'Kwibbel' komt nergens voor." in told
    assert "De pagina 'begrippen/' heeft geen anker 'drak'." in told
    assert "2 problemen in 2 bestanden" in told


def test_unreadable_terms_hide_nothing_elsewhere(mini: Path) -> None:
    edit(mini / CLUB, "drakenboek, plaats: hoofdstuk 5", "drakenboekje, plaats: hoofdstuk 5")
    edit(mini / GUIDE, "naar: bel-de-brandweer}", "naar: bel-brandweer}")
    (mini / TERMS).write_text("lijsten: [\n", encoding="utf-8")
    assert [(problem.file, problem.rule) for problem in problems(mini)] == [
        (TERMS, "yaml-fout"),
        (GUIDE, "onbekend-knoop"),
        (CLUB, "onbekend-bron"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "field"),
    [
        (
            "guide/partners.yaml",
            "    naam: Leerkracht of intern begeleider\n",
            "    naam: 5\n",
            "partners.leerkracht.naam",
        ),
        ("guide/partners.yaml", "partners:\n", "partners: [\n", ""),
        ("guide/regels.yaml", "regels:\n", "regels: [\n", ""),
        ("guide/casussen/moe-op-maandag.yaml", "momenten:\n", "momenten:\n  leeg:\n", "momenten.leeg"),
    ],
)
def test_one_fault_in_the_handbook_is_one_problem(
    tmp_path: Path, root: Path, file: str, old: str, new: str, field: str
) -> None:
    for folder in ("interventions", "guide", "docs"):
        shutil.copytree(root / folder, tmp_path / folder)
    text = (tmp_path / file).read_text(encoding="utf-8")
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [problem.field for problem in problems(tmp_path)] == [field]


def test_one_wrong_guide_in_a_case_is_one_problem(tmp_path: Path, root: Path) -> None:
    for folder in ("interventions", "guide"):
        shutil.copytree(root / folder, tmp_path / folder)
    case = tmp_path / "guide/casussen/moe-op-maandag.yaml"
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("keuzehulp: gegevens-delen\n", "keuzehulp: gegevens-dele\n"), encoding="utf-8")
    assert {problem.rule for problem in problems(tmp_path)} == {"onbekend-keuzehulp"}


def test_broken_list_or_facet_is_not_also_unknown(mini: Path) -> None:
    edit(mini / TERMS, "    grot: {label: grot}", "    grot: {label: 5}")
    edit(mini / TERMS, "    label: Kleur\n", "    label: 5\n")
    assert [problem.rule for problem in problems(mini)] == ["string_type", "string_type"]


def test_entry_with_an_id_that_is_none_says_nothing_about_what_refers_to_it(mini: Path) -> None:
    edit(mini / SOURCES, "  drakenwet:\n", "  Draken wet:\n")
    assert [(problem.file, problem.rule) for problem in problems(mini)] == [(SOURCES, "string_pattern_mismatch")]


def test_broken_guide_does_not_hide_another(mini: Path, write_content: WriteContent) -> None:
    guide = (mini / GUIDE).read_text(encoding="utf-8")
    write_content(mini, {"guide/keuzehulp/tweede.yaml": guide.replace("tot: 9, naar: kleur}", "tot: 8, naar: kleur}")})
    edit(mini / GUIDE, "naar: bel-de-brandweer}", "naar: bel-brandweer}")
    found = [(problem.file, problem.rule) for problem in problems(mini)]
    assert found == [(GUIDE, "onbekend-knoop"), ("guide/keuzehulp/tweede.yaml", "gat")]


def test_check_says_that_all_is_well() -> None:
    result = run_check(Path(__file__).parent / "mini")
    assert result.returncode == 0
    assert "niet nagekeken" in result.stderr  # mini has no dictionary
    told = re.sub(r"Advies: .*\n    .*\n", "", result.stdout)
    assert re.fullmatch(
        r"draak: 73 toestanden, 227 antwoorden gelopen, 3\.080 paden geteld, langste 6 vragen, 34 proeven op criteria, "
        r"5 voorbeelden over 21 van de 30 wegen, "
        r"\d\.\d s; gaten 0, overlap 0, doodlopend 0, tegenspraak 0, onbereikbaar 0\n"
        r"Geen problemen \(13 bestanden gelezen\)\.\n",
        told,
    )
    assert "guide/keuzehulp/draak.yaml:94: splitsingen.kan-vuur.onbekend" in result.stdout
    assert "Geen voorbeeld neemt deze weg." in result.stdout


HARM: dict[str, dict[str, str | bytes | None]] = {
    "no term list": {TERMS: None},
    "no sources": {SOURCES: None},
    "not UTF-8": {CLUB: b"naam: \xe9\n"},
    "empty": {TERMS: ""},
    "only a list": {GUIDE: "- a\n- b\n"},
    "only a list of terms": {TERMS: "- a\n- b\n"},
    "only a word": {GUIDE: "hallo\n"},
    "alias bomb": {CLUB: "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"},
    "python tag": {CLUB: "naam: !!python/object/apply:os.system [echo gekraakt]\n"},
    "deep": {CLUB: "[" * 100_000},
    "huge": {CLUB: "# x\n" * 300_000},
    "nul bytes": {CLUB: b"\x00" * 100},
    "complex keys": {CLUB: "? [a]\n: b\n? {c: d}\n: e\n"},
    "every value is nothing": {CLUB: "naam:\nkort:\nkaart:\nsoort:\ndoelgroepen:\nwijzigingen:\n"},
    "every value is a list": {GUIDE: "titel: []\nvragen: []\nuitkomsten: [[]]\nvoorbeelden: [1]\n"},
    "wrong all the way down": {GUIDE: "vragen: {a: {antwoorden: {b: [], c: {naar: 1}}, routes: [a, {van: []}]}}\n"},
    "numbers as ids": {SOURCES: "bronnen: {1: {titel: 2}, 2024-01-01: 3, true: 4}\n"},
}


@pytest.mark.parametrize("harm", HARM)
def test_bad_input_gives_a_report(
    mini: Path, write_content: WriteContent, harm: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert check.main(["--root", str(write_content(mini, HARM[harm]))]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    *told, closing = err.rstrip("\n").split("\n")
    assert told[0].startswith(f"{next(iter(HARM[harm]))}:1")
    assert told[1].startswith("    ")
    assert closing.endswith("bestanden gelezen).")


def test_program_ends_with_1_and_no_traceback(mini: Path, write_content: WriteContent) -> None:
    result = run_check(write_content(mini, HARM["python tag"]))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{CLUB}:1\n    Een YAML-type")
    assert "Traceback" not in result.stderr
    assert "gekraakt" not in result.stderr


def test_windows_files_are_as_good(mini: Path, mini_base: KnowledgeBase) -> None:
    """A byte order mark and other line ends change nothing."""
    for path in mini.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    base = knowledge_base.read(mini)
    assert base.records == mini_base.records
    assert base.files[CLUB].lines == mini_base.files[CLUB].lines


def test_check_writes_every_page_as_markdown(tmp_path: Path, mini: Path, write_content: WriteContent) -> None:
    page = "---\ntitle: Welkom\nbekeken_op: 2020-04-01\n---\n# Welkom\n"
    write_content(mini, {"docs/index.md": page})
    target = tmp_path / "uit"
    assert check.main(["--root", str(mini), "--write-markdown", str(target)]) == 0
    assert (target / "index.md").read_text(encoding="utf-8") == page
    assert (target / "interventies/vonkenclub.md").read_text(encoding="utf-8").count("# Vonkenclub") == 1


def test_check_writes_the_schemas_for_editors(tmp_path: Path, mini: Path, root: Path) -> None:
    assert check.main(["--root", str(mini), "--write-schemas"]) == 0
    written = {path.name: path.read_bytes() for path in (mini / "docs/schemas").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (root / "docs/schemas").iterdir()}
