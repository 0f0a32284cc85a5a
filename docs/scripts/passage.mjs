// The sentence of a page that says what was asked, cut in pieces that match and pieces that do not. Pure.

import { isStop, stem, words } from "./dutch.mjs"

const LONGEST = 180

/** @typedef {{text: string, match: boolean}} Piece */

/**
 * @param {import("./engine.mjs").Hit} hit
 * @param {(word: string) => string[]} partsOf the stems of the parts of a compound
 * @returns {{pieces: Piece[], loose: boolean}} loose: not a sentence but single words that stand further on in the page
 */
export function passage({ page, section, stems }, partsOf) {
  const meets = word => !isStop(word) && (stems.has(stem(word)) || partsOf(word).some(part => stems.has(part)))
  const sentences = text => text.split(/(?<=[.!?:;])\s+|\n/).filter(Boolean)
  const here = section ? sentences(section.text) : []
  const others = [page.description, ...page.sections.flatMap(other => [other.heading, ...sentences(other.text)])]
  const best = mostMet(here, meets) ?? mostMet(section?.heading && section.heading !== page.title ? [section.heading] : [], meets)
  if (best) return { pieces: pieces(shorten(best, meets), meets), loose: false }
  const further = (section?.further ?? "").split(" ").filter(word => word && words(word).some(found => meets(found.word)))
  if (further.length) return { pieces: pieces([...new Set(further)].slice(0, 3).join(", "), meets), loose: true }
  const any = mostMet(others, meets) ?? here[0] ?? page.description
  return { pieces: pieces(shorten(any ?? "", meets), meets), loose: false }
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
  for (const sentence of sentences) {
    const count = new Set(words(sentence).filter(({ word }) => meets(word)).map(({ word }) => stem(word))).size
    if (count > most) [best, most] = [sentence, count]
  }
  return best
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
