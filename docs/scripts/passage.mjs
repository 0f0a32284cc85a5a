// The sentence of a page that says what was asked, cut in pieces that match and pieces that do not. Pure.

import { isStop, stem, words } from "./dutch.mjs"

const LONGEST = 180

// A shorter sentence is shown with the next one.
const ENOUGH = 40

/** @typedef {{text: string, match: boolean}} Piece */

/**
 * The sentence of the section that says most of it; when what was asked stands further on, where only its words are known, the
 * sentence that the section begins with, which says what it is about.
 * @param {import("./engine.mjs").Hit} hit
 * @param {(word: string) => string[]} partsOf the stems of the parts of a compound
 * @returns {Piece[]}
 */
export function passage({ page, section, stems }, partsOf) {
  const meets = word => !isStop(word) && (stems.has(stem(word)) || partsOf(word).some(part => stems.has(part)))
  const here = sentences(section?.text ?? "")
  const others = [page.description, ...page.sections.flatMap(other => sentences(other.text))].filter(Boolean)
  const text = mostMet(here, meets) ?? opening(here) ?? mostMet(others, meets) ?? opening(others) ?? others[0] ?? ""
  return pieces(shorten(text, meets), meets)
}

function sentences(text) {
  return text.split(/(?<=[.!?:;])\s+|\n/).filter(Boolean)
}

/** What a section begins with; nothing when that is too little to say what it is about. */
function opening(sentences) {
  const text = readFrom(sentences, 0)
  return text.length < ENOUGH / 2 ? undefined : text
}

/** A sentence, with what comes after one that is very short or only announces something. */
function readFrom(sentences, at) {
  let text = sentences[at] ?? ""
  while (++at < sentences.length && (text.length < ENOUGH || /[:;]$/.test(text))) text += ` ${sentences[at]}`
  return text
}

/** A text in pieces, for titles and headings too. @returns {Piece[]} */
export function pieces(text, meets) {
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

/** The sentence with the most different words that were asked for; nothing when none has any. */
function mostMet(sentences, meets) {
  let best, most = 0
  sentences.forEach((sentence, at) => {
    const count = new Set(words(sentence).filter(({ word }) => meets(word)).map(({ word }) => stem(word))).size
    if (count > most) [best, most] = [at, count]
  })
  return most ? readFrom(sentences, best) : undefined
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
