"""Which words are known, what an editor reads about one that is not, and that the handbook has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from handbook import dictionary, spelling
from handbook.knowledge_base import KnowledgeBase
from handbook.spelling import DictionaryMissingError, Speller, words_in
from site_fixtures import copy_project, environment, run


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The handbook with one page of which the text is free, and the real dictionary."""
    return copy_project(tmp_path_factory.mktemp("spelling") / "project")


@pytest.fixture
def write(project: Path) -> Iterator[Path]:
    """The page to write on."""
    path = project / "docs/over/proef.md"
    yield path
    path.unlink()


def unknown(project: Path, base: KnowledgeBase) -> list[tuple[str, int]]:
    found = Speller(project, base).unknown_words()
    return [(problem.message.split("'")[1], problem.line) for problem in found if problem.file == "docs/over/proef.md"]


def test_handbook_has_no_unknown_word(root: Path, real_base: KnowledgeBase) -> None:
    assert not Speller(root, real_base).unknown_words()


def test_words_for_the_search_are_not_held_to_a_spelling(root: Path, real_base: KnowledgeBase) -> None:
    typed = {word for words in real_base.vocabulary.zoekwoorden.values() for text in words for word in words_in(text)}
    seen = {use.word for use in spelling.uses(root, real_base)}
    assert {"xAPI", "naamsbekendheid"} <= typed - seen


def test_handbook_has_no_unexplained_abbreviation(root: Path, real_base: KnowledgeBase) -> None:
    assert not Speller(root, real_base).unexplained()


def test_word_list_is_sorted_and_holds_nothing_that_is_known_anyway(root: Path, real_base: KnowledgeBase) -> None:
    comment, *words = (root / spelling.WORD_LIST).read_text(encoding="utf-8").splitlines()
    assert comment.startswith("# ")
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    used = {part for use in spelling.uses(root, real_base) for part in (use.word, *use.word.split("-"))}
    used |= {word[:1].lower() + word[1:] for word in used}
    assert not [word for word in words if word not in used]


def test_unknown_word_is_named_with_its_place_and_the_line_to_add(
    project: Path, write: Path, real_base: KnowledgeBase
) -> None:
    write.write_text("---\ntitle: Proef\n---\n\nDit is een gewone zin.\n\nHier staat een kiendje.\n")
    found = [p for p in Speller(project, real_base).unknown_words() if p.file == "docs/over/proef.md"]
    assert [str(problem) for problem in found] == [
        "docs/over/proef.md:7\n"
        "    Het woord 'kiendje' ken ik niet. Goed gespeld? Zet dan deze regel in guide/woordenlijst.txt: kiendje"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Eén kind. Díe ene keer is het níet zo.",  # stress
        "Schoolmaatschappelijk werk, spijbelgedrag, thuissituatie en een voetbalkooi",  # compounds
        "VIR-melding, PIT-coaches, DPIA's en de SAPE-checklist",  # with an abbreviation of ours
        "Alles Kidzzz en BASTA!",  # names of records
        "Zie [@dsp-preventieve-aanpak-2021: deel 3; @nji-databank: x] en [regel: wgs-verbanden].",
        "Kijk op [de lijst](https://voorbeeld.nl/xqzt/) of [verder](qwxz.md#zzqx){: .qqzx }.",
        "Typ `xqzq` in <span class='zzq'>het</span> veld.",
        "’s Avonds, 's morgens, foto's en baby’s",
    ],
)
def test_known(project: Path, write: Path, real_base: KnowledgeBase, text: str) -> None:
    write.write_text(text)
    assert not unknown(project, real_base)


@pytest.mark.parametrize(
    "word", ["signalleren", "kinderren", "VIR-meldng", "schooll", "Interventei", "onmidellijk", "interresant"]
)
def test_unknown(project: Path, write: Path, real_base: KnowledgeBase, word: str) -> None:
    write.write_text(f"Tekst\n\nmet {word} erin.")
    assert unknown(project, real_base) == [(word, 3)]


def test_word_on_the_list_is_known(project: Path, write: Path, real_base: KnowledgeBase) -> None:
    write.write_text("Een kwibbel.")
    listed = project / spelling.WORD_LIST
    before = listed.read_text(encoding="utf-8")
    listed.write_text(f"{before}kwibbel\n", encoding="utf-8")
    assert not unknown(project, real_base)
    listed.write_text(before, encoding="utf-8")
    assert unknown(project, real_base) == [("kwibbel", 1)], "a word from the list must not be kept as found"


def test_decisions_in_english_are_left_out(project: Path, real_base: KnowledgeBase) -> None:
    assert not [use for use in spelling.uses(project, real_base) if "beslissingen" in use.file]


def test_templates_and_theme_are_read(project: Path, real_base: KnowledgeBase) -> None:
    files = {use.file for use in spelling.uses(project, real_base)}
    assert {"hooks/templates/beroep.md.j2", "hooks/theme/partials/chooser.html", "interventions/pit.yaml"} <= files


@pytest.mark.parametrize("abbreviation", ["XYZ", "QvQ"])
def test_abbreviation_that_nobody_explained(
    project: Path, write: Path, real_base: KnowledgeBase, abbreviation: str
) -> None:
    write.write_text(f"De VNG en de {abbreviation}.")
    found = [p for p in Speller(project, real_base).unexplained() if p.file == "docs/over/proef.md"]
    assert len(found) == 1
    assert f"'{abbreviation}'" in found[0].message


def test_words_leave_marks_and_addresses_out() -> None:
    assert list(words_in("**Bel** [het wijkteam](a.md) op https://a.nl/b, zie [@bron-x: deel 2]&nbsp;")) == [
        *("Bel", "het", "wijkteam", "op", "zie", "deel")
    ]


def test_without_the_dictionary_it_says_so(tmp_path: Path, root: Path, real_base: KnowledgeBase) -> None:
    for folder in ("docs", "guide", "hooks"):
        (tmp_path / folder).symlink_to(root / folder)
    with pytest.raises(DictionaryMissingError, match="make check"):
        Speller(tmp_path, real_base).unknown_words()


def test_check_advises_and_fails_only_when_asked(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    page = project / "docs/over/privacy.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nEen kiendje.\n", encoding="utf-8")
    for option, code, stream in (("advies", 0, "stdout"), ("streng", 1, "stderr")):
        result = run(["hooks/check.py", f"--spelling={option}"], project, environment())
        assert result.returncode == code
        assert "docs/over/privacy.md:" in getattr(result, stream)
        assert "guide/woordenlijst.txt: kiendje" in getattr(result, stream)


def test_words_are_judged_as_the_whole_dictionary_judges_them(root: Path) -> None:
    """Reading entries only when a word asks for them changes no answer: right, wrong, bent, joined, in capitals."""
    path = root / spelling.DICTIONARY
    whole, ours = Dictionary.from_files(str(path)), dictionary.read(path)
    words = "kind kinderen Kinderen KINDEREN kindje jeugdzorgwerker ijs IJs IJsland Ijsland km/h 24/7 zesenvijftig "
    words += "vijfhonderd-en-een wijkagenten wijkagentn gezinsondersteuning gezinsondersteunin tv TV Tv AVG avg "
    words += "pannekoek pannenkoek foto's fotos jacuzzi 's-avonds zo'n ex-vriend A a é 10-jarige OPENOFFICE x-x"
    assert [word for word in words.split() if bool(whole.lookup(word)) != ours(word)] == []
    assert {ours(word) for word in words.split()} == {True, False}
