// Answers <-> the fragment of the address, `#leeftijd=10&aanleiding=spijbelen+vernielen-of-stelen`. No DOM.
// docs/over/beslissingen/0003-antwoorden-in-het-fragment.md says why they live there.

import { GEEN_VAN_DEZE, WEET_NIET, follow, own } from "./walk.mjs"

/**
 * @typedef {import("./walk.mjs").Given} Given
 * @typedef {import("./walk.mjs").Answers} Answers
 * @typedef {{kind: "vraag" | "antwoord" | "verhuisd", question: string, value: string, text?: string}} Fault what a link holds and
 *   the guide does not know, or knows to have moved
 */

/** A fragment without `=` is an anchor: a skip link, a term, a heading. */
export const isAnchor = hash => hash.length > 1 && !decode(hash).includes("=")

/**
 * Read answers. What cannot be used is named and left out; the rest counts.
 * @param {object} guide
 * @param {string} hash with or without its `#`
 * @returns {{answers: Answers, faults: Fault[]}}
 */
export function parse(guide, hash) {
  const answers = new Map()
  const faults = []
  for (const part of decode(hash).replace(/^#/, "").split("&").filter(Boolean)) {
    const [asked, ...rest] = part.split("=")
    const { question, value, told } = current(guide, asked, rest.join("="))
    faults.push(...told)
    if (told.length && !value) continue
    if (!rest.length || !own(guide.vragen, question)) {
      faults.push({ kind: "vraag", question, value })
    } else if (answers.has(question)) {
      faults.push({ kind: "antwoord", question, value })
    } else {
      const { given, unknown } = read(guide.vragen[question], value)
      if (given !== undefined) answers.set(question, given)
      for (const item of unknown) faults.push({ kind: "antwoord", question, value: item })
    }
  }
  return { answers, faults }
}

/** What an old link names, in the ids of today; `told` holds what the visitor reads about each change. */
function current(guide, asked, given) {
  const told = []
  const renamed = (table, id) => {
    const moved = own(table, id)
    if (!moved) return id
    told.push({ kind: "verhuisd", question: asked, value: given, text: moved.uitleg })
    return moved.naar ?? ""
  }
  const question = own(guide.vragen, asked) ? asked : renamed(guide.oude_adressen?.vragen, asked)
  const answers = own(guide.oude_adressen?.antwoorden, question)
  if (!question || !answers) return { question, value: question && given, told }
  return { question, value: given.split("+").map(id => renamed(answers, id)).filter(Boolean).join("+"), told }
}

/** Write answers: questions and chosen values in the order of the guide, so that one situation has one address. */
export function format(guide, answers) {
  const parts = Object.keys(guide.vragen)
    .filter(name => answers.has(name))
    .map(name => `${name}=${[answers.get(name)].flat().join("+")}`)
  return parts.length ? `#${parts.join("&")}` : ""
}

/** The chosen ids of a choice of several, in the order of the guide. */
export const inOrder = (question, chosen) =>
  [...Object.keys(question.antwoorden), GEEN_VAN_DEZE].filter(name => chosen.includes(name))

/**
 * The answers of one guide that another guide asks for too: those that fix the same facet.
 * @param {object} from
 * @param {object} to
 * @param {Answers} answers to the first; only those on its route are carried
 * @returns {Answers} to the second
 */
export function carry(from, to, answers) {
  const carried = new Map()
  for (const [name, given] of follow(from, answers).steps) {
    const source = from.vragen[name]
    const [target, question] = Object.entries(to.vragen).find(([, item]) => item.kenmerk && item.kenmerk === source.kenmerk) ?? []
    if (!question || given === WEET_NIET) continue
    const fixes = (options, id) => String(own(options, id)?.legt_vast[source.kenmerk] ?? id)
    const same = id => id === GEEN_VAN_DEZE ? id
      : Object.keys(question.antwoorden).find(other => fixes(question.antwoorden, other) === fixes(source.antwoorden, id))
    const translated = [given].flat().map(id => (typeof id === "number" ? id : same(id)))
    const found = read(question, translated.join("+"))
    if (found.given !== undefined && !found.unknown.length) carried.set(target, found.given)
  }
  return carried
}

/** One answer as it stands in a link; `unknown` lists what this question does not have. */
function read(question, value) {
  const refused = { given: undefined, unknown: [value] }
  if (value === WEET_NIET) return { given: value, unknown: [] }
  if (question.routes.length) {
    const number = /^\d{1,4}$/.test(value) ? Number(value) : NaN
    return question.routes.some(({ van, tot }) => van <= number && number <= tot) ? { given: number, unknown: [] } : refused
  }
  if (question.meerkeuze === "nee") return own(question.antwoorden, value) ? { given: value, unknown: [] } : refused
  const values = value.split(/[+\s]+/).filter(Boolean)
  const excluding = name => name === WEET_NIET || (name === GEEN_VAN_DEZE && question.geen_van_deze)
  if (!values.length || (values.length > 1 && values.some(excluding))) return refused
  const known = values.filter(name => own(question.antwoorden, name) || excluding(name))
  return {
    given: known.length ? inOrder(question, known) : undefined,
    unknown: values.filter(name => !known.includes(name)),
  }
}

/** Mail programs write some signs of a link as %XX. One that is cut off halfway is left as it is, and so is named. */
function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
