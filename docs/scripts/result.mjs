// One result, for the list under the field and for the search page: title, kind, for whom, and the sentence that matches.

import { isStop, stem } from "./dutch.mjs"
import { passage, pieces } from "./passage.mjs"

/**
 * @param {import("./parts.mjs").Parts} parts
 * @param {string} name which shape
 * @param {import("./engine.mjs").Hit} hit
 * @param {import("./engine.mjs").Engine} engine
 */
export function result(parts, name, hit, engine) {
  const partsOf = word => engine.partsOf(word)
  const meets = word => !isStop(word) && (hit.stems.has(stem(word)) || partsOf(word).some(part => hit.stems.has(part)))
  const { page, section } = hit
  const heading = section?.heading && section.heading !== page.title ? section.heading : ""
  // A page that explains many words shows the word.
  const title = heading && page.kind === "begrippen" ? heading : page.title
  const where = title === heading ? "" : heading
  return parts.make(name, {
    title: nodes(pieces(title, meets)),
    kind: kindOf(parts, page.kind),
    audience: page.audiences.map(audience => parts.word(`audience-${audience}`)).join(", "),
    where: where && nodes(pieces(where, meets)),
    text: nodes(passage(hit, partsOf)),
  })
}

/** The words for a kind of page; a kind without words is a plain page. */
export function kindOf(parts, kind) {
  return parts.content.querySelector(`[data-word="kind-${kind}"]`) ? parts.word(`kind-${kind}`) : parts.word("kind-page")
}

/** @param {import("./passage.mjs").Piece[]} row @returns {(Node | string)[]} */
function nodes(row) {
  return row.map(({ text, match }) => {
    if (!match) return text
    const mark = document.createElement("mark")
    mark.append(text)
    return mark
  })
}
