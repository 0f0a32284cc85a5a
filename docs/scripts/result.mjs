// One result, for the list under the field and for the search page: title, kind, for whom, a sentence and where it stands.

import { addressOf } from "./handbook-index.mjs"
import { excerpt } from "./passage.mjs"

/**
 * An element that knows where it leads: `data-address`.
 * @param {import("./parts.mjs").Parts} parts
 * @param {string} name which shape
 * @param {import("./engine.mjs").Hit} hit
 * @param {import("./engine.mjs").Engine} engine
 */
export function result(parts, name, hit, engine) {
  const shown = excerpt(hit, engine)
  const { kind, audiences } = hit.page
  const part = parts.make(name, {
    title: nodes(shown.title),
    kind: kindOf(parts, kind),
    audience: audiences.map(audience => parts.word(`audience-${audience}`)).join(", "),
    where: nodes(shown.where),
    text: nodes(shown.text),
    reasons: nodes(shown.reasons),
  })
  part.dataset.address = addressOf(shown)
  return part
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
