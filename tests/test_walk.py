"""Following answers through a guide, and the proof that its states are all states there are."""

from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations

import pytest

from handbook.knowledge_base import KnowledgeBase
from handbook.model import GEEN_VAN_DEZE, WEET_NIET, Guide
from handbook.walk import (
    Answers,
    Given,
    StateSpace,
    answer,
    follow,
    longest_from,
    settle,
    targets,
    ways_taken,
    with_derived,
)


@pytest.fixture
def guide(mini_base: KnowledgeBase) -> Guide:
    return mini_base.guides["draak"]


START: dict[str, Given] = {"brand-nu": "nee"}
SMALL: dict[str, Given] = {**START, "leeftijd": 3, "kleur": "groen"}


def end(base: KnowledgeBase, guide: Guide, answers: Answers) -> str:
    return follow(guide, base.facets, answers).node


def test_no_answers_stop_at_the_first_question(mini_base: KnowledgeBase, guide: Guide) -> None:
    route = follow(guide, mini_base.facets, {})
    assert (route.node, route.steps) == ("brand-nu", ())
    assert route.facts == {"stemming": {"rustig", "roerig"}}


@pytest.mark.parametrize(
    ("answers", "node"),
    [
        ({"brand-nu": "ja"}, "bel-de-brandweer"),
        ({"brand-nu": WEET_NIET}, "vraag-de-wacht"),
        (START, "leeftijd"),
        ({**START, "leeftijd": 0}, "kunsten"),
        ({**START, "leeftijd": 1}, "kunsten"),
        ({**START, "leeftijd": 2}, "kleur"),
        ({**START, "leeftijd": 9}, "kleur"),
        ({**START, "leeftijd": WEET_NIET}, "kleur"),
        (SMALL, "kunsten"),
        ({**SMALL, "kunsten": ("vuur",)}, "schubben"),
        ({**SMALL, "kunsten": (GEEN_VAN_DEZE,)}, "schubben"),
        ({**SMALL, "kunsten": WEET_NIET}, "schubben"),
    ],
)
def test_answer_leads_on(mini_base: KnowledgeBase, guide: Guide, answers: Answers, node: str) -> None:
    route = follow(guide, mini_base.facets, answers)
    assert route.node == node
    assert route.steps == tuple(answers.items())


@pytest.mark.parametrize(
    ("age", "arts", "scales", "breath", "outcome"),
    [
        (5, ("vuur",), "dof", "zoet", "spuwt-vuur"),
        (6, ("vuur",), "dof", "zoet", "grote-draak"),
        (WEET_NIET, ("vuur",), "dof", "zoet", "spuwt-vuur"),
        (3, ("vuur",), "blinkend", "zoet", "laat-slapen"),
        (3, ("vuur",), "blinkend", "zuur", "spuwt-vuur"),
        (3, ("vuur",), "blinkend", WEET_NIET, "spuwt-vuur"),
        (3, ("vuur",), WEET_NIET, "zuur", "spuwt-vuur"),
        (3, ("vuur",), WEET_NIET, "zoet", "spuwt-vuur"),
        (3, ("zingen", "vliegen"), "dof", "zoet", "laat-slapen"),
        (3, ("zingen", "vuur"), "dof", "zoet", "spuwt-vuur"),
        (3, (GEEN_VAN_DEZE,), "dof", "zoet", "laat-slapen"),
        (3, WEET_NIET, "dof", "zoet", "spuwt-vuur"),
    ],
)
def test_forks(
    mini_base: KnowledgeBase, guide: Guide, age: Given, arts: Given, scales: str, breath: str, outcome: str
) -> None:
    """On a number, on a value from a table, on a choice of several; unknown takes its own exit."""
    answers = {**SMALL, "leeftijd": age, "kunsten": arts, "schubben": scales, "geur-adem": breath}
    assert end(mini_base, guide, answers) == outcome


def test_answers_fix_facts(mini_base: KnowledgeBase, guide: Guide) -> None:
    route = follow(guide, mini_base.facets, {**SMALL, "kunsten": ("vuur", "zingen"), "schubben": "blinkend"})
    assert route.facts == {
        "leeftijd": {3},
        "kleur": {"groen"},
        "kunsten": {"vuur", "zingen"},
        "schubben": {"blinkend"},
        "stemming": {"rustig", "roerig"},
    }


def test_range_may_fix_something_else_too(mini_base: KnowledgeBase, guide: Guide) -> None:
    facts = follow(guide, mini_base.facets, {**START, "leeftijd": 1}).facts
    assert facts["leeftijd"] == {1}
    assert facts["kleur"] == {"rood"}


def test_not_knowing_fixes_nothing_or_what_it_says(mini_base: KnowledgeBase, guide: Guide) -> None:
    facts = follow(guide, mini_base.facets, {**START, "leeftijd": WEET_NIET, "kleur": WEET_NIET}).facts
    assert "leeftijd" not in facts
    assert facts["kleur"] == {"groen", "blauw"}


def test_none_of_these_is_an_empty_choice_and_not_unknown(mini_base: KnowledgeBase, guide: Guide) -> None:
    assert follow(guide, mini_base.facets, {**SMALL, "kunsten": (GEEN_VAN_DEZE,)}).facts["kunsten"] == frozenset()
    assert "kunsten" not in follow(guide, mini_base.facets, {**SMALL, "kunsten": WEET_NIET}).facts


def test_answer_off_the_route_counts_for_nothing(mini_base: KnowledgeBase, guide: Guide) -> None:
    """But comes back into use when the route passes its question again."""
    answers = {**START, "leeftijd": 1, "kleur": "groen", "kunsten": ("vuur",)}
    route = follow(guide, mini_base.facets, answers)
    assert [name for name, _ in route.steps] == ["brand-nu", "leeftijd", "kunsten"]
    assert route.facts["kleur"] == {"rood"}
    assert follow(guide, mini_base.facets, {**answers, "leeftijd": 2}).facts["kleur"] == {"groen"}


def test_order_of_answers_does_not_matter(mini_base: KnowledgeBase, guide: Guide) -> None:
    answers = {**SMALL, "kunsten": ("vuur",), "schubben": "dof", "geur-adem": "zuur"}
    backwards = dict(reversed(answers.items()))
    assert follow(guide, mini_base.facets, backwards) == follow(guide, mini_base.facets, answers)


@pytest.mark.parametrize(
    "answers",
    [
        {"brand-nu": "misschien"},
        {**START, "leeftijd": 10},
        {**START, "leeftijd": -1},
        {**START, "leeftijd": "drie"},
        {**SMALL, "kleur": "paars"},
        {**SMALL, "kunsten": ("vuur", "paars")},
    ],
)
def test_answer_that_does_not_exist(mini_base: KnowledgeBase, guide: Guide, answers: Answers) -> None:
    with pytest.raises((KeyError, ValueError)):
        follow(guide, mini_base.facets, answers)


def test_two_answers_on_one_facet_intersect_and_of_several_replace(mini_base: KnowledgeBase, guide: Guide) -> None:
    earlier = {"kleur": frozenset({"rood", "blauw"}), "kunsten": frozenset({"zingen"})}
    _, facts = answer(guide, mini_base.facets, "kleur", WEET_NIET, earlier)  # green or blue
    assert facts["kleur"] == {"blauw"}
    _, facts = answer(guide, mini_base.facets, "kunsten", ("vuur",), earlier)
    assert facts["kunsten"] == {"vuur"}
    assert earlier["kunsten"] == {"zingen"}


@pytest.mark.parametrize(
    ("scales", "breath", "mood"),
    [
        ({"dof"}, None, {"roerig"}),
        ({"blinkend"}, {"zoet"}, {"rustig"}),
        ({"blinkend"}, {"zuur"}, {"roerig"}),
        ({"blinkend"}, None, {"rustig", "roerig"}),
        (None, {"zuur"}, {"roerig"}),
        (None, {"zoet"}, {"rustig", "roerig"}),
        (None, None, {"rustig", "roerig"}),
        ({"dof", "blinkend"}, {"zuur"}, {"roerig"}),
    ],
)
def test_table_gives_every_value_that_is_still_possible(
    guide: Guide, scales: set[str] | None, breath: set[str] | None, mood: set[str]
) -> None:
    given = {"schubben": scales, "geur_adem": breath}
    facts = {name: frozenset[int | str](values) for name, values in given.items() if values is not None}
    assert with_derived(guide, facts)["stemming"] == mood
    assert "stemming" not in facts


def test_forks_are_taken_one_after_another(mini_base: KnowledgeBase, guide: Guide) -> None:
    facts = {"leeftijd": frozenset[int | str]({3}), "schubben": frozenset[int | str]({"dof"})}
    assert settle(guide, mini_base.facets, "jong-of-oud", facts) == "spuwt-vuur"
    assert settle(guide, mini_base.facets, "leeftijd", facts) == "leeftijd"


def test_fork_on_open_values_that_fall_within_one_exit(mini_base: KnowledgeBase, guide: Guide) -> None:
    def take(*ages: int) -> str:
        return settle(guide, mini_base.facets, "jong-of-oud", {"leeftijd": frozenset[int | str](ages)})

    assert take(6, 9) == "grote-draak"
    assert take(5, 6) == "spuwt-vuur"  # by way of 'onbekend'


def test_targets_name_every_way_out(guide: Guide) -> None:
    assert targets(guide, "leeftijd") == [
        ("vragen.leeftijd.routes.0", "kunsten"),
        ("vragen.leeftijd.routes.1", "kleur"),
        ("vragen.leeftijd.weet_niet", "kleur"),
    ]
    assert targets(guide, "kunsten")[-2:] == [
        ("vragen.kunsten.geen_van_deze", "schubben"),
        ("vragen.kunsten.weet_niet", "schubben"),
    ]
    assert [target for _, target in targets(guide, "jong-of-oud")] == [
        "roerig-of-rustig",
        "grote-draak",
        "roerig-of-rustig",
    ]
    assert [target for _, target in targets(guide, "roerig-of-rustig")] == ["kan-vuur", "laat-slapen", "kan-vuur"]
    assert [place for place, _ in targets(guide, "kan-vuur")] == [
        "splitsingen.kan-vuur.een_van",
        "splitsingen.kan-vuur.anders",
        "splitsingen.kan-vuur.onbekend",
    ]
    assert targets(guide, "laat-slapen") == []


def test_longest_way_from_each_node(guide: Guide) -> None:
    found = longest_from(guide)
    assert {name: found[name] for name in guide.vragen} == {
        "brand-nu": 6,
        "leeftijd": 5,
        "kleur": 4,
        "kunsten": 3,
        "schubben": 2,
        "geur-adem": 1,
    }
    assert {found[name] for name in (*guide.splitsingen, *guide.uitkomsten)} == {0}


# --- states -----------------------------------------------------------------------------------------------


def literal_answers(guide: Guide, name: str) -> Iterator[Given]:
    """Every single answer that a reader can give to a question, from the guide alone."""
    question = guide.vragen[name]
    yield WEET_NIET
    if question.routes:
        yield from range(min(r.van for r in question.routes), max(r.tot for r in question.routes) + 1)
    elif question.meerkeuze == "ja":
        yield (GEEN_VAN_DEZE,)
        sizes = range(1, len(question.antwoorden) + 1)
        yield from chain.from_iterable(combinations(question.antwoorden, size) for size in sizes)
    else:
        yield from question.antwoorden


def every_route(base: KnowledgeBase, guide: Guide) -> Iterator[tuple[dict[str, Given], str]]:
    """Brute force: all answers to all questions, each way to its outcome."""
    queue: list[dict[str, Given]] = [{}]
    while queue:
        answers = queue.pop()
        node = end(base, guide, answers)
        if node in guide.uitkomsten:
            yield answers, node
        else:
            queue += [{**answers, node: given} for given in literal_answers(guide, node)]


def test_paths_are_counted_as_walking_them_all_does(mini_base: KnowledgeBase, guide: Guide) -> None:
    space = StateSpace(guide, mini_base.facets)
    routes = list(every_route(mini_base, guide))
    assert space.paths == len(routes) == 3080
    assert space.longest == max(len(answers) for answers, _ in routes) == 6


def test_states_show_every_outcome_that_any_answers_reach(mini_base: KnowledgeBase, guide: Guide) -> None:
    """From each state, whoever goes on with the same answers comes to the same end as the state's own example."""
    space = StateSpace(guide, mini_base.facets)
    assert {state.node for state in space.states} == {*guide.vragen, *guide.uitkomsten}
    ways: dict[tuple[str, tuple[tuple[str, Given], ...]], str] = {}
    for answers, outcome in every_route(mini_base, guide):
        given = list(answers.items())
        for cut in range(len(given)):
            head, tail = dict(given[:cut]), tuple(given[cut:])
            state = space.state_of(head)
            key = (f"{state.node}{state.signature}", tail)
            assert ways.setdefault(key, outcome) == outcome


def test_possible_ways_are_those_that_some_answers_take(mini_base: KnowledgeBase, guide: Guide) -> None:
    taken = {
        place
        for answers, _ in every_route(mini_base, guide)
        for place, _ in ways_taken(guide, mini_base.facets, answers)
    }
    assert StateSpace(guide, mini_base.facets).possible == taken
    every = {place for node in (*guide.vragen, *guide.splitsingen) for place, _ in targets(guide, node)}
    assert taken <= every


def test_states_forget_what_nothing_reads_any_more(mini_base: KnowledgeBase, guide: Guide) -> None:
    space = StateSpace(guide, mini_base.facets)
    kept = {state.node: {name for name, _ in state.signature} for state in space.states}
    assert "kleur" not in kept["schubben"]  # no fork looks at the colour
    assert "leeftijd" in kept["geur-adem"]
    assert kept["laat-slapen"] == set()
    ages = {dict(state.signature)["leeftijd"] for state in space.states if state.node == "geur-adem"}
    assert len(ages) == 3  # up to five, from six, unknown


def test_each_state_has_an_example_that_leads_to_it(mini_base: KnowledgeBase, guide: Guide) -> None:
    for state in StateSpace(guide, mini_base.facets).states:
        assert end(mini_base, guide, dict(state.answers)) == state.node


def test_every_answer_edge_is_there_once(mini_base: KnowledgeBase, guide: Guide) -> None:
    """Weights of the edges that leave a state add up to the number of literal answers to its question."""
    space = StateSpace(guide, mini_base.facets)

    @cache
    def expected(node: str) -> int:
        return len(list(literal_answers(guide, node)))

    for state in space.states:
        leaving = [edge for edge in space.edges if edge.start is state]
        assert sum(edge.weight for edge in leaving) == (expected(state.node) if state.node in guide.vragen else 0)
        assert len({edge.given for edge in leaving}) == len(leaving)
        for edge in leaving:
            assert end(mini_base, guide, {**dict(state.answers), state.node: edge.given}) == edge.end.node


def test_every_single_choice_is_walked(mini_base: KnowledgeBase, guide: Guide) -> None:
    space = StateSpace(guide, mini_base.facets)
    given = {edge.given for edge in space.edges if edge.start.node == "kunsten"}
    assert {("vuur",), ("vliegen",), ("zingen",), (GEEN_VAN_DEZE,), WEET_NIET} <= given
    assert any(len(choice) > 1 and "vuur" in choice for choice in given if isinstance(choice, tuple))
    assert any(len(choice) > 1 and "vuur" not in choice for choice in given if isinstance(choice, tuple))


def test_real_guides_reach_every_node_and_outcome(real_base: KnowledgeBase) -> None:
    for guide in real_base.guides.values():
        space = StateSpace(guide, real_base.facets)
        assert {state.node for state in space.states} == {*guide.vragen, *guide.uitkomsten}
        for state in space.states:
            assert end(real_base, guide, dict(state.answers)) == state.node
