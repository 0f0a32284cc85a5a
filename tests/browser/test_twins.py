"""walk.mjs and verdict.mjs agree with their Python twins, on every state of every guide and every criterion tried."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Page

from browser.conftest import GUIDES, every_guide
from handbook import verdict, walk
from handbook.knowledge_base import KnowledgeBase
from handbook.model import Guide
from handbook.verdict import Facts
from handbook.walk import Given

# Takes every edge of a guide in the browser and answers with those that go otherwise. Facts are sorted lists by facet.
WALK = """async ({ base, id, states, edges }) => {
  const { answer, follow, trace } = await import(base + "scripts/walk.mjs")
  const guide = await (await fetch(`${base}data/keuzehulp/${id}.json`)).json()
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
  const plain = facts => [...facts].map(([name, values]) => [name, [...values].map(String).sort()]).sort()
  const wrong = []
  const reached = states.map(([answers, node, steps, facts, rows]) => {
    const route = follow(guide, new Map(answers))
    const found = [route.node, route.steps, plain(route.facts), route.rows]
    if (!same(found, [node, steps, facts, rows])) wrong.push({ answers, found })
    let own = new Map()
    for (const [name, given] of answers) own = answer(guide, name, given, own).facts
    return own
  })
  for (const [start, given, node, facts, rows] of edges) {
    const next = answer(guide, states[start][1], given, reached[start])
    const end = trace(guide, next.target, next.facts)
    const found = [end.node, plain(next.facts), end.rows]
    if (!same(found, [node, facts, rows])) wrong.push({ answers: states[start][0], given, found })
  }
  return { wrong: wrong.slice(0, 5), taken: edges.length, reached: reached.length }
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


def in_browser(page: Page, script: str, site_url: str, **data: Any) -> Any:
    """Run a script in a page of the site, under its security policy; data and answer go as text, which is fast."""
    if not page.url.startswith(site_url):
        page.goto(site_url)
    as_text = f"async text => JSON.stringify(await ({script})(JSON.parse(text)))"
    return json.loads(page.evaluate(as_text, json.dumps({"base": site_url, **data})))


def plain_answers(answers: Mapping[str, Given]) -> list[list[Any]]:
    return [[name, plain(given)] for name, given in answers.items()]


def plain(given: Given) -> Any:
    return list(given) if isinstance(given, tuple) else given


def plain_facts(facts: Facts) -> list[list[Any]]:
    return [[name, sorted(values, key=str)] for name, values in facts.items()]


def sorted_facts(facts: Facts) -> list[list[Any]]:
    return sorted([name, sorted(map(str, values))] for name, values in facts.items())


@every_guide
def test_every_answer_in_every_state_leads_to_the_same_place_by_the_same_rows(
    page: Page, site_url: str, base: KnowledgeBase, guide: Guide, guide_id: str
) -> None:
    """One exported list: each state with its replayed route, and each answer in it with where that leads."""
    space = walk.StateSpace(guide, base.facets)
    index = {state: number for number, state in enumerate(space.states)}
    states = []
    for state in space.states:
        route = walk.follow(guide, base.facets, dict(state.answers))
        assert route.node == state.node
        steps = plain_answers(dict(route.steps))
        states.append([plain_answers(dict(state.answers)), route.node, steps, sorted_facts(route.facts), route.rows])
    edges = [
        [index[edge.start], plain(edge.given), edge.end.node, sorted_facts(edge.facts), edge.rows]
        for edge in space.edges
    ]
    assert len(edges) >= len(states) - 1 > len(guide.vragen)
    assert {edge[2] for edge in edges} >= guide.uitkomsten.keys()
    taken = {tuple(row) for *_, rows in edges for row in rows}
    assert taken >= {(name, row) for name, table in guide.beslistabellen.items() for row in table.rijen}
    found = in_browser(page, WALK, site_url, id=guide_id, states=states, edges=edges)
    assert found == {"wrong": [], "taken": len(edges), "reached": len(states)}


@every_guide
def test_every_outcome_has_the_same_verdicts(page: Page, site_url: str, base: KnowledgeBase, guide_id: str) -> None:
    """In every state that ends a guide which shows interventions, by each way into it that leaves other facts open."""
    guide = base.guides[guide_id]
    weighing = {name for name, outcome in guide.uitkomsten.items() if outcome.weegt_interventies == "ja"}
    assert (guide.toont_interventies == "ja") == bool(weighing)
    if not weighing:
        return
    space = walk.StateSpace(guide, base.facets)
    found = [(edge.end.node, walk.with_derived(guide, edge.facts)) for edge in space.edges if edge.end.node in weighing]
    cases = list({str(sorted_facts(facts)): facts for _, facts in found}.values())
    assert {node for node, _ in found} == weighing
    theirs = in_browser(page, JUDGE, site_url, id=guide_id, cases=[plain_facts(facts) for facts in cases])
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
    page: Page, site_url: str, base: KnowledgeBase
) -> None:
    trials = list(verdict.trials(base.interventions, base.facets))
    assert {trial.truth for trial in trials} == {"ja", "nee", "onbekend"}
    cases = [[trial.intervention, trial.group, trial.criterion, plain_facts(trial.facts)] for trial in trials]
    theirs = in_browser(page, TRY, site_url, id=GUIDES[0], cases=cases)
    wrong = [(trial, other) for trial, other in zip(trials, theirs, strict=True) if trial.truth != other]
    assert wrong == []


def test_a_thousand_interventions_are_weighed_within_one_frame_of_a_slow_phone(
    context: BrowserContext, site_url: str
) -> None:
    page = context.new_page()
    page.goto(site_url)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    times = sorted(in_browser(page, MANY, site_url, id=GUIDES[0]))
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
