"""The verdict rule, to the letter of docs/over/beslissingen/0005-uitspraken-en-oordelen.md."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from handbook.knowledge_base import KnowledgeBase
from handbook.model import Claim, Condition, Criterion, Facet, Intervention
from handbook.verdict import Facts, Judgement, admits, all_values, decides, judge, sourced_claims, trials
from handbook.verdict import test_criterion as try_criterion

FACETS = {
    "leeftijd": Facet.model_validate({"label": "L", "soort": "geheel_getal", "van": 0, "tot": 27}),
    "kleur": Facet.model_validate(
        {"label": "K", "soort": "keuze", "waarden": {name: {"label": name} for name in ("rood", "groen", "blauw")}}
    ),
    "kunsten": Facet.model_validate(
        {"label": "A", "soort": "meerkeuze", "waarden": {name: {"label": name} for name in ("vuur", "vliegen", "zang")}}
    ),
}
SIX_TO_ELEVEN = {"leeftijd": {"van": 6, "tot": 11}}
TO_ELEVEN = {"leeftijd": {"tot": 11}}
RED = {"kleur": {"waarden": ["rood"]}}
FIRE = {"kunsten": {"waarden": ["vuur"]}}


def criterion(*readings: dict[str, Any], rests: str = "bron", name: str = "c") -> Criterion:
    parts = [{"steunt_op": rests, "eisen": reading} for reading in readings]
    return Criterion.model_validate({"id": name, "onderwerp": name, "lezingen": parts})


def facts(**values: Any) -> dict[str, frozenset[int | str]]:
    return {
        name: frozenset(value if isinstance(value, set | range | list) else {value}) for name, value in values.items()
    }


def record(mini: KnowledgeBase, *groups: list[Criterion]) -> Intervention:
    """A record of mini with these groups, and one claim of each certainty, named for it."""
    plain = {"tekst": "x", "bekeken_op": date(2020, 1, 1), "bronnen": [{"bron": "x", "plaats": "y"}]}
    claims = [
        Claim.model_validate({**plain, "id": name.replace("_", "-"), "zekerheid": name})
        for name in ("bron", "afgeleid", "te_controleren")
    ]
    parts = [{"id": f"g{n}", "naam": f"g{n}", "criteria": group} for n, group in enumerate(groups)]
    whole = mini.interventions["vonkenclub"].model_dump() | {"soort": claims, "doelgroepen": parts}
    return Intervention.model_validate(whole)


# --- a criterion ------------------------------------------------------------------------------------------


def in_order(value: str | set[str]) -> str:
    """A name that is the same in every process, which that of a set is not."""
    return value if isinstance(value, str) else " ".join(sorted(value))


@pytest.mark.parametrize(
    ("ages", "truth"),
    [
        ({6}, "ja"),
        ({11}, "ja"),
        (range(6, 12), "ja"),
        ({5}, "nee"),
        ({12}, "nee"),
        ([0, 5, 12, 27], "nee"),
        ({5, 6}, "onbekend"),
        (range(28), "onbekend"),
    ],
    ids=str,
)
def test_whole_number(ages: Any, truth: str) -> None:
    """Bounds included; ja if every open value is admitted, nee if none is."""
    assert try_criterion(criterion(SIX_TO_ELEVEN), facts(leeftijd=ages), FACETS)[0] == truth


@pytest.mark.parametrize(
    ("condition", "admitted"),
    [
        ({"van": 6, "tot": 8}, [6, 7, 8]),
        ({"van": 26}, [26, 27]),
        ({"tot": 1}, [0, 1]),
        ({"van": 4, "tot": 4}, [4]),
    ],
)
def test_missing_bound_is_no_bound(condition: dict[str, int], admitted: list[int]) -> None:
    made = Condition.model_validate(condition)
    assert [age for age in range(28) if admits(made, age)] == admitted


@pytest.mark.parametrize(
    ("colours", "truth"),
    [({"rood"}, "ja"), ({"groen"}, "nee"), ({"groen", "blauw"}, "nee"), ({"rood", "groen"}, "onbekend")],
    ids=in_order,
)
def test_choice(colours: set[str], truth: str) -> None:
    assert try_criterion(criterion(RED), facts(kleur=colours), FACETS)[0] == truth


@pytest.mark.parametrize(
    ("chosen", "truth"),
    [
        ({"vuur"}, "ja"),
        ({"vuur", "zang"}, "ja"),
        ({"zang", "vliegen"}, "nee"),
        (set(), "nee"),
    ],
    ids=in_order,
)
def test_choice_of_several_holds_when_any_chosen_value_meets_it(chosen: set[str], truth: str) -> None:
    assert try_criterion(criterion(FIRE), facts(kunsten=chosen), FACETS)[0] == truth


@pytest.mark.parametrize("reading", [SIX_TO_ELEVEN, RED, FIRE])
def test_what_nothing_fixed_is_unknown(reading: dict[str, Any]) -> None:
    assert try_criterion(criterion(reading), {}, FACETS) == ("onbekend", "antwoord-onbekend")


def test_whole_domain_admitted_needs_no_answer() -> None:
    assert try_criterion(criterion({"leeftijd": {"van": 0, "tot": 27}}), {}, FACETS) == ("ja", "voldoet")
    assert try_criterion(criterion({"kleur": {"waarden": ["rood", "groen", "blauw"]}}), {}, FACETS)[0] == "ja"
    everything = {"kunsten": {"waarden": ["vuur", "vliegen", "zang"]}}
    assert try_criterion(criterion(everything), {}, FACETS)[0] == "onbekend"  # "geen van deze" is possible too


@pytest.mark.parametrize(
    ("age", "colour", "truth"),
    [
        (8, "rood", "ja"),
        (8, "groen", "nee"),
        (14, "rood", "nee"),
        (14, None, "nee"),
        (8, None, "onbekend"),
        (None, "groen", "nee"),
        (None, None, "onbekend"),
    ],
)
def test_reading_needs_all_its_conditions(age: int | None, colour: str | None, truth: str) -> None:
    """Nee if one is nee, else onbekend if one is onbekend, else ja."""
    given = {name: value for name, value in (("leeftijd", age), ("kleur", colour)) if value is not None}
    assert try_criterion(criterion({**SIX_TO_ELEVEN, **RED}), facts(**given), FACETS)[0] == truth


@pytest.mark.parametrize(
    ("ages", "outcome"),
    [
        ({8}, ("ja", "voldoet")),
        ({4}, ("onbekend", "bronnen-verschillen")),
        ({14}, ("nee", "voldoet-niet")),
        (range(28), ("onbekend", "antwoord-onbekend")),
        ({4, 5}, ("onbekend", "bronnen-verschillen")),
        ({5, 6}, ("onbekend", "antwoord-onbekend")),
    ],
    ids=str,
)
def test_example_of_the_decision_record(ages: Any, outcome: tuple[str, str]) -> None:
    """Two readings, 6 to 11 and any age up to 11: the dispute touches only the children it is about."""
    assert try_criterion(criterion(SIX_TO_ELEVEN, TO_ELEVEN), facts(leeftijd=ages), FACETS) == outcome


def test_readings_that_hold_for_different_reasons_do_not_differ() -> None:
    """Alles Kidzzz: an age or a group; with both met it is ja, with one of them it is a dispute."""
    both = criterion(SIX_TO_ELEVEN, RED)
    assert try_criterion(both, facts(leeftijd=8, kleur="rood"), FACETS)[0] == "ja"
    assert try_criterion(both, facts(leeftijd=8, kleur="groen"), FACETS) == ("onbekend", "bronnen-verschillen")
    assert try_criterion(both, facts(leeftijd=8), FACETS) == ("onbekend", "antwoord-onbekend")
    assert try_criterion(both, facts(leeftijd=20, kleur="groen"), FACETS)[0] == "nee"


# --- what may decide --------------------------------------------------------------------------------------


def test_only_what_stands_in_a_source_decides(mini_base: KnowledgeBase) -> None:
    made = record(mini_base, [criterion(RED)])
    assert sourced_claims(made) & {"bron", "afgeleid", "te-controleren"} == {"bron"}
    certain = sourced_claims(made)
    assert decides(criterion(RED, rests="bron"), certain)
    assert not decides(criterion(RED, rests="afgeleid"), certain)
    assert not decides(criterion(RED, rests="te-controleren"), certain)


@pytest.mark.parametrize("rests", ["afgeleid", "te-controleren"])
@pytest.mark.parametrize("colour", ["groen", None])
def test_inference_is_shown_and_decides_nothing(mini_base: KnowledgeBase, rests: str, colour: str | None) -> None:
    made = record(mini_base, [criterion(TO_ELEVEN), criterion(RED, rests=rests, name="d")])
    given = facts(leeftijd=8) | (facts(kleur=colour) if colour else {})
    found = judge(made, given, FACETS)
    assert found.verdict == "past"
    shown = found.best.criteria[1]
    assert (shown.criterion.id, shown.decides) == ("d", False)
    assert shown.truth == ("nee" if colour else "onbekend")
    assert [result.criterion.id for result in found.best.deciding] == ["c"]


def test_one_reading_in_a_source_makes_all_readings_count(mini_base: KnowledgeBase) -> None:
    """Whatever the certainty of the others is."""
    mixed = Criterion.model_validate(
        {
            "id": "c",
            "onderwerp": "c",
            "lezingen": [
                {"steunt_op": "bron", "eisen": SIX_TO_ELEVEN},
                {"steunt_op": "te-controleren", "eisen": TO_ELEVEN},
            ],
        }
    )
    made = record(mini_base, [mixed])
    verdicts = [judge(made, facts(leeftijd=age), FACETS).verdict for age in (8, 4, 14)]
    assert verdicts == ["past", "onzeker", "past-niet"]


# --- a group and an intervention --------------------------------------------------------------------------


TRUTHS = {"ja": "rood", "nee": "groen", "onbekend": None}


@pytest.mark.parametrize(("first", "second"), list(product(TRUTHS, TRUTHS)))
def test_group(mini_base: KnowledgeBase, first: str, second: str) -> None:
    """Any nee: past niet. Else any onbekend: onzeker. Else past. Named: those that made it so, in their order."""
    made = record(mini_base, [criterion(RED, name="eerste"), criterion(FIRE, name="tweede")])
    given: dict[str, Any] = {}
    if first != "onbekend":
        given |= facts(kleur=TRUTHS[first])
    if second != "onbekend":
        given |= facts(kunsten="vuur" if second == "ja" else "zang")
    found = judge(made, given, FACETS)
    both = (first, second)
    expected = "past-niet" if "nee" in both else "onzeker" if "onbekend" in both else "past"
    assert found.verdict == expected
    decisive = {"past": "ja", "onzeker": "onbekend", "past-niet": "nee"}[expected]
    named = [name for name, truth in zip(("eerste", "tweede"), both, strict=True) if truth == decisive]
    assert [result.criterion.id for result in found.best.deciding] == named


VERDICTS = {"past": "ja", "onzeker": "onbekend", "past-niet": "nee"}


@pytest.mark.parametrize(("first", "second"), list(product(VERDICTS, VERDICTS)))
def test_best_group_counts_and_the_first_among_equals(mini_base: KnowledgeBase, first: str, second: str) -> None:
    made = record(mini_base, [criterion(RED)], [criterion(FIRE)])
    given: dict[str, Any] = {}
    if first != "onzeker":
        given |= facts(kleur="rood" if first == "past" else "groen")
    if second != "onzeker":
        given |= facts(kunsten="vuur" if second == "past" else "zang")
    found = judge(made, given, FACETS)
    order = list(VERDICTS)
    assert [group.verdict for group in found.groups] == [first, second]
    assert found.verdict == min(first, second, key=order.index)
    assert found.best.group.id == ("g0" if order.index(first) <= order.index(second) else "g1")


def test_every_group_is_judged_on_its_own(mini_base: KnowledgeBase) -> None:
    """Criteria of two groups are never mixed: half of one and half of the other is not enough."""
    made = record(
        mini_base, [criterion(RED), criterion(FIRE, name="d")], [criterion(TO_ELEVEN), criterion(FIRE, name="d")]
    )
    assert judge(made, facts(kleur="rood", leeftijd=20, kunsten="zang"), FACETS).verdict == "past-niet"


@pytest.mark.parametrize(
    ("given", "club", "lesson"),
    [
        (facts(leeftijd=3, kunsten="vuur", kleur="groen"), "past", "past"),
        (facts(leeftijd=1, kunsten="vuur", kleur="rood"), "onzeker", "past-niet"),
        (facts(leeftijd=6, kunsten="vuur", kleur="blauw"), "past-niet", "past"),
        (facts(leeftijd=3, kunsten="vliegen", kleur="rood"), "past-niet", "past"),
        (facts(leeftijd=4, kunsten="vliegen", kleur="rood"), "past-niet", "past-niet"),
        (facts(kunsten="vliegen", kleur="rood"), "past-niet", "onzeker"),
        ({}, "onzeker", "onzeker"),
    ],
)
def test_mini(mini_base: KnowledgeBase, given: Facts, club: str, lesson: str) -> None:
    found: dict[str, Judgement] = {
        name: judge(record, given, mini_base.facets) for name, record in mini_base.interventions.items()
    }
    assert {name: judgement.verdict for name, judgement in found.items()} == {"vonkenclub": club, "vleugelles": lesson}


# --- all values and trials --------------------------------------------------------------------------------


def test_all_values() -> None:
    assert all_values(FACETS["leeftijd"]) == frozenset(range(28))
    assert all_values(FACETS["kleur"]) == {"rood", "groen", "blauw"}


def test_each_criterion_is_tried_on_each_class_of_values_and_on_unknown(mini_base: KnowledgeBase) -> None:
    found = [t for t in trials(mini_base.interventions, mini_base.facets) if t.intervention == "vonkenclub"]
    tried = {(t.criterion, name, values) for t in found for name, values in t.facts.items()}
    ages = sorted(int(value) for criterion, _, values in tried if criterion == "leeftijd" for value in values)
    assert len(ages) == 3  # the two readings tell no more apart: below both, within both, above both
    assert ages[0] < 2 <= ages[1] <= 5 < ages[2]
    arts = {tuple(sorted(map(str, values))) for criterion, _, values in tried if criterion == "vuur"}
    assert arts == {(), ("vuur",), ("vliegen",), ("zingen",), ("vliegen", "vuur", "zingen")}
    assert [t.criterion for t in found if not t.facts] == ["leeftijd", "vuur", "stemming"]
    for trial in found:
        group = mini_base.interventions["vonkenclub"].doelgroepen[0]
        made = next(c for c in group.criteria if c.id == trial.criterion)
        assert trial.truth == try_criterion(made, trial.facts, mini_base.facets)[0]


def test_trials_reach_every_truth_that_any_value_gives(mini_base: KnowledgeBase, real_base: KnowledgeBase) -> None:
    """No single value of any facet gives an outcome that the trials do not show."""
    for base in (mini_base, real_base):
        shown = {(t.intervention, t.group, t.criterion, t.truth) for t in trials(base.interventions, base.facets)}
        for name, record_ in base.interventions.items():
            for group in record_.doelgroepen:
                for made in group.criteria:
                    used = sorted({facet for reading in made.lezingen for facet in reading.eisen})
                    if len(used) > 2:
                        continue
                    for values in product(*(sorted(all_values(base.facets[facet]), key=str) for facet in used)):
                        given = {facet: frozenset({value}) for facet, value in zip(used, values, strict=True)}
                        truth = try_criterion(made, given, base.facets)[0]
                        assert (name, group.id, made.id, truth) in shown
