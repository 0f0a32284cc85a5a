// What a result shows of a page: a place on it, a sentence that stands there, and which words were asked for. Pure.

import { bareWords, isStop, stem, words } from "./dutch.mjs"
import { SIBLING } from "./engine.mjs"

const LONGEST = 180

// A shorter sentence is shown with the next one.
const ENOUGH = 40

// How many words say why a page was found when its sentence does not.
const REASONS = 3

/** @typedef {import("./engine.mjs").Page} Page */
/** @typedef {import("./engine.mjs").Section} Section */
/** @typedef {{place: Section, row: string[]}} Told the sentences of a place */
/** @typedef {{text: string, match: boolean}} Piece */
/** @typedef {{page: Page, section: Section, title: Piece[], where: Piece[], text: Piece[], reasons: Piece[]}} Excerpt */

/**
 * The sentence of a place that says most of what was asked; else the sentence that it begins with, which says what it is about.
 * @param {import("./engine.mjs").Hit} hit
 * @param {import("./engine.mjs").Engine} engine
 * @returns {Excerpt}
 */
export function excerpt({ page, section, ideas }, engine) {
  const asked = new Asked(ideas, engine)
  const meets = word => asked.meets(word)
  /** @type {Told[]} */
  const told = [
    { place: page.sections[0], row: [page.description].filter(Boolean) },
    ...page.sections.map(place => ({ place, row: sentences(place.text) })),
  ].filter(({ row }) => row.length)
  const place = placeOf(page, section, told, asked)
  const here = told.filter(one => one.place === place)
  const { row, index } = asked.most(here)
  const text = pieces(shorten(row ? readFrom(row, index) : opening(here) ?? opening(told) ?? "", meets), meets)
  const heading = place.heading === page.title ? "" : place.heading
  // A page that explains many words shows the word.
  const [title, where] = heading && page.kind === "begrippen" ? [heading, ""] : [page.title, heading]
  const isSaid = text.some(({ match }) => match)
  const reasons = isSaid ? [] : asked.reasons(`${place.further} ${page.everyday.join(" ")}`, `${title} ${where}`)
  return { page, section: place, title: pieces(title, meets), where: pieces(where, meets), text, reasons: pieces(reasons.join(", "), () => true) }
}

/**
 * The section that was found. Unless no sentence of it says anything of what was asked, and its heading neither: then the section with
 * the sentence that says most, when that is as much as stands further on in this one. What the title says, all of them are about.
 * @param {Page} page
 * @param {Section} section
 * @param {Told[]} told
 * @param {Asked} asked
 */
function placeOf(page, section, told, asked) {
  const here = told.filter(({ place }) => place === section)
  // Each term of the glossary stands by itself.
  if (page.kind === "begrippen" || asked.most(here).worth) return section
  const isHeaded = bareWords(section.heading).some(word => asked.meets(word))
  // A heading without a sentence gives way to a sentence that says more.
  if (isHeaded && (here.length || asked.share(section.heading) >= asked.most(told).worth)) return section
  const { worth, place = page.sections[0] } = asked.most(told, page.title)
  return worth >= asked.beyond(page.title, `${section.heading} ${section.further}`) ? place : section
}

/** What somebody asked, as words of a page may say it. */
class Asked {
  /** @param {import("./engine.mjs").Idea[]} ideas @param {import("./engine.mjs").Engine} engine */
  constructor(ideas, engine) {
    const ways = ideas.flatMap(idea => idea.ways)
    this.ideas = ideas
    this.engine = engine
    this.all = new Set(ways.flatMap(({ stems }) => stems))
    // Of another name of a term that has several words, each may mean something else.
    const isSure = ({ stems, weight }) => weight > SIBLING || (weight === SIBLING && stems.length === 1)
    this.sure = new Set(ways.filter(isSure).flatMap(({ stems }) => stems))
  }

  /** Tell whether a word is marked. */
  meets(word, stems = this.sure) {
    return !isStop(word) && [stem(word), ...this.engine.partsOf(word)].some(own => stems.has(own))
  }

  /** How much of the question a text says. */
  share(text) {
    const said = new Set([...this.engine.stemsOf(text), ...this.engine.partsOf(text)])
    const saying = ({ stems, weight }) => weight * (stems.filter(own => said.has(own)).length / stems.length) ** 2
    return this.ideas.reduce((sum, { ways, importance }) => sum + importance * Math.max(0, ...ways.map(saying)), 0)
  }

  /** What a text says more than what is already said. */
  beyond(said, text) {
    return this.share(`${said} ${text}`) - this.share(said)
  }

  /**
   * The sentence with a marked word that says most beyond what is already said.
   * @param {Told[]} told
   * @returns {{worth: number, place?: Section, row?: string[], index?: number}}
   */
  most(told, said = "") {
    let best = { worth: 0 }
    for (const { place, row } of told) {
      row.forEach((text, index) => {
        const worth = bareWords(text).some(word => this.meets(word)) ? this.beyond(said, text) : 0
        if (worth > best.worth) best = { worth, place, row, index }
      })
    }
    return best
  }

  /** A few words of a text that say what is not yet said, the surest first. */
  reasons(text, said) {
    const found = []
    const further = bareWords(text).filter(word => this.meets(word, this.all)).map(word => ({ word, worth: this.share(word) }))
    for (const { word, worth } of further.sort((a, b) => b.worth - a.worth)) {
      if (found.length < REASONS && this.beyond([said, ...found].join(" "), word) > worth / 2) found.push(word)
    }
    return found
  }
}

function sentences(text) {
  return text.split(/(?<=[.!?:;])\s+|\n/).filter(Boolean)
}

/** What the first text begins with that is long enough to say what it is about. */
function opening(rows) {
  return rows.map(({ row }) => readFrom(row, 0)).find(text => text.length >= ENOUGH / 2)
}

/** A sentence, with what announces it, and what comes after one that is very short or announces something itself. */
function readFrom(sentences, at) {
  while (/[:;]$/.test(sentences[at - 1])) at--
  let text = sentences[at] ?? ""
  for (let next = at + 1; next < sentences.length && (text.length < ENOUGH || /[:;]$/.test(text)); next++) text += ` ${sentences[next]}`
  return at && text.length < ENOUGH / 2 ? readFrom(sentences, at - 1) : text
}

/** @returns {Piece[]} */
function pieces(text, meets) {
  const found = []
  let from = 0
  for (const { word, start, end } of words(text)) {
    if (!meets(word)) continue
    if (start > from) found.push({ text: text.slice(from, start), match: false })
    found.push({ text: text.slice(start, end), match: true })
    from = end
  }
  if (from < text.length) found.push({ text: text.slice(from), match: false })
  return found
}

/** At most about 180 characters, around the first match. */
function shorten(sentence, meets) {
  if (sentence.length <= LONGEST) return sentence
  const first = words(sentence).find(({ word }) => meets(word))?.start ?? 0
  const from = first < LONGEST * 0.6 ? 0 : sentence.indexOf(" ", first - LONGEST / 2) + 1
  const cut = sentence.slice(from, from + LONGEST)
  const to = from + LONGEST < sentence.length ? cut.lastIndexOf(" ") : cut.length
  return `${from ? "… " : ""}${cut.slice(0, to)}${from + LONGEST < sentence.length ? " …" : ""}`
}
