// Follow answers through a guide. The twin of hooks/handbook/walk.py: the same names, the same results, no DOM.
// A guide is data/keuzehulp/<id>.json. Answers and facts are Maps, so that no key finds a built-in.

import { openIn } from "./verdict.mjs"

export const WEET_NIET = "weet-niet"
export const GEEN_VAN_DEZE = "geen-van-deze"

/**
 * A whole number, the id of an answer, `weet-niet`, or the chosen ids of a choice of several.
 * @typedef {number | string | string[]} Given
 * @typedef {Map<string, Given>} Answers by question id
 * @typedef {Map<string, Set<number | string>>} Facts per facet the values that the answers leave open
 * @typedef {{steps: [string, Given][], facts: Facts, node: string}} Route
 */

/** The value of a key that the data itself holds. */
export const own = (table, key) => (table && Object.hasOwn(table, key) ? table[key] : undefined)

/**
 * Replay answers from the start, up to the first question without one or to an outcome.
 * @param {object} guide
 * @param {Answers} answers each must exist: fragment.mjs sees to that
 * @returns {Route}
 */
export function follow(guide, answers) {
  /** @type {Facts} */
  let facts = new Map()
  const steps = []
  let node = settle(guide, guide.start, facts)
  while (own(guide.vragen, node) && answers.has(node)) {
    const given = answers.get(node)
    steps.push([node, given])
    const next = answer(guide, node, given, facts)
    facts = next.facts
    node = settle(guide, next.target, facts)
  }
  return { steps, facts: withDerived(guide, facts), node }
}

/** Give one answer: the node it leads to and the facts as they then are. */
export function answer(guide, name, given, facts) {
  const { target, fixed } = effect(own(guide.vragen, name), given)
  const merged = new Map(facts)
  for (const [facet, values] of fixed) {
    const earlier = merged.get(facet)
    const several = own(guide.kenmerken, facet).soort === "meerkeuze"
    merged.set(facet, !earlier || several ? values : new Set([...values].filter(value => earlier.has(value))))
  }
  return { target, facts: merged }
}

/** Take every split from a node onwards; the question or outcome that comes out. */
export function settle(guide, node, facts) {
  for (let split = own(guide.splitsingen, node); split; split = own(guide.splitsingen, node)) {
    node = take(guide, split, withDerived(guide, facts))
  }
  return node
}

/** Add the facets that the guide's tables derive: every value that a row still allows. */
export function withDerived(guide, facts) {
  const complete = new Map(facts)
  for (const [facet, table] of Object.entries(guide.afleidingen)) {
    const rows = table.rijen.filter(row =>
      Object.entries(row.als).every(([name, values]) => !facts.has(name) || values.some(value => facts.get(name).has(value))))
    complete.set(facet, new Set(rows.map(row => row.geeft)))
  }
  return complete
}

/** Where an answer leads and what it fixes, without regard to earlier answers. */
function effect(question, given) {
  if (given === WEET_NIET) return chosen(question, question.weet_niet)
  if (typeof given === "number") {
    const route = question.routes.find(item => item.van <= given && given <= item.tot)
    const { target, fixed } = chosen(question, route)
    return { target, fixed: new Map([[question.kenmerk, new Set([given])], ...fixed]) }
  }
  if (!Array.isArray(given)) return chosen(question, own(question.antwoorden, given))
  const none = given.includes(GEEN_VAN_DEZE) && question.geen_van_deze
  const values = given
    .filter(name => !(none && name === GEEN_VAN_DEZE))
    .flatMap(name => own(own(question.antwoorden, name).legt_vast, question.kenmerk) ?? [])
  return { target: (none && none.naar) || question.naar, fixed: new Map([[question.kenmerk, new Set(values)]]) }
}

function chosen(question, option) {
  const fixed = Object.entries(option.legt_vast).map(([facet, values]) => [facet, new Set(values)])
  return { target: option.naar ?? question.naar, fixed: new Map(fixed) }
}

function take(guide, split, facts) {
  const facet = own(guide.kenmerken, split.kenmerk)
  const open = facts.get(split.kenmerk)
  if (facet.soort === "meerkeuze") {
    if (!open || !split.een_van || !split.anders) return split.onbekend.naar
    return (split.een_van.waarden.some(value => open.has(value)) ? split.een_van : split.anders).naar
  }
  const values = openIn(facet, open)
  const exit = [...split.getallen, ...split.keuzes].find(({ van, tot, waarden }) =>
    values.every(value => (waarden ? waarden.includes(value) : van <= value && value <= tot)))
  return values.length && exit ? exit.naar : split.onbekend.naar
}
