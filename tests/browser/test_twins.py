"""walk.mjs and verdict.mjs agree with their Python twins, on every state of every guide and every criterion tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from handbook import verdict, walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide
from handbook.verdict import Facts
from handbook.walk import Given

# Answers each case in the browser; all of a guide go in one call. Sets come back as sorted lists.
FOLLOW = """async ({ base, id, cases }) => {
  const { follow } = await import(base + "scripts/walk.mjs")
  const guide = await (await fetch(`${base}data/keuzehulp/${id}.json`)).json()
  const listed = facts => Object.fromEntries([...facts].map(([name, values]) => [name, [...values].sort()]))
  return cases.map(answers => {
    const { steps, facts, node } = follow(guide, new Map(answers))
    return { steps, facts: listed(facts), node }
  })
}"""
JUDGE = """async ({ base, id, cases }) => {
  const { prepare, weigh } = await import(base + "scripts/verdict.mjs")
  const { kenmerken } = await (await fetch(`${base}data/keuzehulp/${id}.json`)).json()
  const { interventies } = await (await fetch(base + "data/oordelen.json")).json()
  const prepared = prepare(interventies)
  return cases.map(facts => {
    const judged = weigh(prepared, new Map(facts.map(([name, values]) => [name, new Set(values)])), kenmerken)
    return [...judged].map(([name, { verdict, best, groups }]) => {
      return [name, verdict, best.group.id, groups.map(group => [
        group.verdict,
        group.criteria.map(({ criterion, truth, reason }) => [criterion.id, truth, reason, criterion.beslist]),
        group.deciding.map(({ criterion }) => criterion.id),
      ])]
    })
  })
}"""
TRY = """async ({ base, id, cases }) => {
  const { openFacts, testCriterion } = await import(base + "scripts/verdict.mjs")
  const { kenmerken } = await (await fetch(`${base}data/keuzehulp/${id}.json`)).json()
  const { interventies } = await (await fetch(base + "data/oordelen.json")).json()
  return cases.map(([name, group, criterion, facts]) => {
    const open = openFacts(new Map(facts.map(([facet, values]) => [facet, new Set(values)])), kenmerken)
    const { criteria } = interventies[name].doelgroepen.find(item => item.id === group)
    return testCriterion(criteria.find(item => item.id === criterion), open).truth
  })
}"""
MANY = """async ({ base, id }) => {
  const { prepare, weigh } = await import(base + "scripts/verdict.mjs")
  const { kenmerken } = await (await fetch(`${base}data/keuzehulp/${id}.json`)).json()
  const entries = Object.values((await (await fetch(base + "data/oordelen.json")).json()).interventies)
  const prepared = prepare(Array.from({ length: 1000 }, (_, index) => structuredClone(entries[index % entries.length])))
  const times = []
  for (let run = 0; run < 31; run += 1) {
    const start = performance.now()
    const judged = weigh(prepared, new Map(), kenmerken)
    if (judged.size !== 1000) throw new Error("not all were weighed")
    times.push(performance.now() - start)
  }
  return times
}"""


@pytest.fixture(scope="session")
def guide_ids(base: KnowledgeBase) -> list[str]:
    """The guides; there is at least one."""
    assert base.guides
    return list(base.guides)


def in_browser(page: Page, script: str, site_url: str, **data: Any) -> Any:
    """Run a script in a page of the site, under its security policy."""
    if not page.url.startswith(site_url):
        page.goto(site_url)
    return page.evaluate(script, {"base": site_url, **data})


def plain_answers(answers: Mapping[str, Given]) -> list[list[Any]]:
    return [[name, list(given) if isinstance(given, tuple) else given] for name, given in answers.items()]


def plain_facts(facts: Facts) -> list[list[Any]]:
    return [[name, sorted(values, key=str)] for name, values in facts.items()]


def routes(base: KnowledgeBase, guide: Guide) -> list[dict[str, Given]]:
    """The answers of every edge in every state: an edge is one answer to the question of a state."""
    space = walk.StateSpace(guide, base.facets)
    found = [{**dict(edge.start.answers), edge.start.node: edge.given} for edge in space.edges]
    assert len(found) >= len(space.states) - 1 > len(guide.vragen)
    return found


def test_every_answer_in_every_state_leads_to_the_same_place(
    page: Page, site_url: str, base: KnowledgeBase, guide_ids: list[str]
) -> None:
    for name in guide_ids:
        guide = base.guides[name]
        cases = routes(base, guide)
        theirs = in_browser(page, FOLLOW, site_url, id=name, cases=[plain_answers(case) for case in cases])
        assert len(theirs) == len(cases)
        for case, other in zip(cases, theirs, strict=True):
            ours = walk.follow(guide, base.facets, case)
            assert other["node"] == ours.node, case
            assert other["steps"] == plain_answers(dict(ours.steps)), case
            assert {key: sorted(map(str, values)) for key, values in other["facts"].items()} == {
                key: sorted(map(str, values)) for key, values in ours.facts.items()
            }, case
        reached = {walk.follow(guide, base.facets, case).node for case in cases}
        assert reached >= guide.uitkomsten.keys()


def test_every_outcome_has_the_same_verdicts(
    page: Page, site_url: str, base: KnowledgeBase, guide_ids: list[str]
) -> None:
    for name in guide_ids:
        guide = base.guides[name]
        if guide.toont_interventies == "nee":
            continue
        found = [walk.follow(guide, base.facets, case) for case in routes(base, guide)]
        ends = {str(sorted(plain_facts(route.facts))): route.facts for route in found if route.node in guide.uitkomsten}
        assert ends
        cases = list(ends.values())
        theirs = in_browser(page, JUDGE, site_url, id=name, cases=[plain_facts(facts) for facts in cases])
        for facts, other in zip(cases, theirs, strict=True):
            assert other == [judgement(base, key, facts) for key in base.interventions], facts


def judgement(base: KnowledgeBase, name: str, facts: Facts) -> list[Any]:
    found = verdict.judge(base.interventions[name], facts, base.facets)
    groups = [
        [
            group.verdict,
            [[result.criterion.id, result.truth, result.reason, result.decides] for result in group.criteria],
            [result.criterion.id for result in group.deciding],
        ]
        for group in found.groups
    ]
    return [name, found.verdict, found.best.group.id, groups]


def test_every_criterion_comes_out_the_same_on_every_class_of_values(
    page: Page, site_url: str, base: KnowledgeBase, guide_ids: list[str]
) -> None:
    trials = list(verdict.trials(base.interventions, base.facets))
    assert {trial.truth for trial in trials} == {"ja", "nee", "onbekend"}
    cases = [[trial.intervention, trial.group, trial.criterion, plain_facts(trial.facts)] for trial in trials]
    theirs = in_browser(page, TRY, site_url, id=guide_ids[0], cases=cases)
    wrong = [(trial, other) for trial, other in zip(trials, theirs, strict=True) if trial.truth != other]
    assert wrong == []


def test_a_thousand_interventions_are_weighed_within_one_frame_of_a_slow_phone(
    context: BrowserContext, site_url: str, guide_ids: list[str]
) -> None:
    page = context.new_page()
    page.goto(site_url)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    times = sorted(in_browser(page, MANY, site_url, id=guide_ids[0]))
    assert times[len(times) // 2] < 16, times


def test_a_split_on_nothing_left_open_goes_where_the_unknown_goes(page: Page, site_url: str) -> None:
    """No whole guide leads here, so the states above do not show it: walk.py has the same guard."""
    script = """async base => {
      const { settle } = await import(base + "scripts/walk.mjs")
      const kenmerken = { place: { soort: "keuze", waarden: { town: {}, village: {} } } }
      const keuzes = [{ waarden: ["town"], naar: "a" }]
      const fork = { kenmerk: "place", getallen: [], keuzes, onbekend: { naar: "b" } }
      const guide = { kenmerken, splitsingen: { fork }, afleidingen: {} }
      const end = open => settle(guide, "fork", new Map([["place", new Set(open)]]))
      return [["town"], ["village"], [], ["town", "village"]].map(end)
    }"""
    page.goto(site_url)
    assert page.evaluate(script, site_url) == ["a", "b", "b", "b"]
