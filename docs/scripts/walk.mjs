// Follow answers through a guide. The twin of hooks/handbook/walk.py: the same names, the same results, no DOM.
// A guide is data/keuzehulp/<id>.json. Answers and facts are Maps, so that no key finds a built-in.

import { openIn } from "./verdict.mjs"

export const WEET_NIET = "weet-niet"
export const GEEN_VAN_DEZE = "geen-van-deze"
export const ANDERS = "anders"

/**
 * A whole number, the id of an answer, `weet-niet`, or the chosen ids of a choice of several.
 * @typedef {number | string | string[]} Given
 * @typedef {Map<string, Given>} Answers by question id
 * @typedef {Map<string, Set<number | string>>} Facts per facet the values that the answers leave open
 * @typedef {{steps: [string, Given][], facts: Facts, node: string, rows: [string, string][]}} Route
 *   rows: the rows of decision tables that led there, as [table, row]
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
  let { node, rows } = trace(guide, guide.start, facts)
  while (own(guide.vragen, node) && answers.has(node)) {
    const given = answers.get(node)
    steps.push([node, given])
    const next = answer(guide, node, given, facts)
    facts = next.facts
    const passed = trace(guide, next.target, facts)
    node = passed.node
    rows = [...rows, ...passed.rows]
  }
  return { steps, facts: withDerived(guide, facts), node, rows }
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

/** Take every split and table from a node onwards; the question or outcome that comes out. */
export const settle = (guide, node, facts) => trace(guide, node, facts).node

/** Settle, and tell which rows of which tables were taken on the way. */
export function trace(guide, node, facts) {
  const rows = []
  for (;;) {
    const split = own(guide.splitsingen, node)
    const table = own(guide.beslistabellen, node)
    if (!split && !table) return { node, rows }
    const known = withDerived(guide, facts)
    if (split) {
      node = take(guide, split, known)
      continue
    }
    const name = decide(table, known)
    if (name) rows.push([node, name])
    const row = name && rowOf(table, name)
    node = row ? row.verder ?? row.geeft : table.onbekend
  }
}

/** The row that holds whatever the open answers turn out to be; undefined when they leave open more than one. */
export function decide(table, facts) {
  const open = Object.entries(table.rijen).filter(([, row]) =>
    Object.entries(row.als).every(([name, values]) => !facts.has(name) || values.some(value => facts.get(name).has(value))))
  if (!open.length) return ANDERS
  const [name, row] = open[0]
  const holds = Object.entries(row.als).every(([facet, values]) =>
    facts.has(facet) && [...facts.get(facet)].every(value => values.includes(value)))
  return open.length === 1 && holds ? name : undefined
}

/** Every node that can still come after a node, whatever is answered; the node itself included. */
export function toCome(guide, node, seen = new Set()) {
  if (seen.has(node)) return seen
  seen.add(node)
  for (const target of targets(guide, node)) toCome(guide, target, seen)
  return seen
}

function targets(guide, node) {
  const question = own(guide.vragen, node)
  if (question) {
    const options = [...Object.values(question.antwoorden), ...question.routes, question.weet_niet, question.geen_van_deze ?? {}]
    return options.map(option => option.naar ?? question.naar).filter(Boolean)
  }
  const split = own(guide.splitsingen, node)
  if (split) return [...split.getallen, ...split.keuzes, split.een_van, split.anders, split.onbekend].flatMap(exit => exit?.naar ?? [])
  const table = own(guide.beslistabellen, node)
  if (!table) return []
  return [...Object.values(table.rijen), table.anders ?? {}].flatMap(row => row.verder ?? row.geeft ?? []).concat(table.onbekend)
}

/** A row by its name, `anders` included. */
export const rowOf = (table, name) => (name === ANDERS && table.anders) || own(table.rijen, name)

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
