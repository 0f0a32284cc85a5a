// What a decision table says beside its outcome: the ground, the conditions, and each rule with its dates. Only words and data.

import { at, inWords } from "./parts.mjs"
import { own, rowOf } from "./walk.mjs"

/** The row that gave the outcome; none where an answer led past the tables. */
export function decidingRow(guide, { rows, node }) {
  const [table, name] = rows.at(-1) ?? []
  const row = table && rowOf(own(guide.beslistabellen, table), name)
  return row?.geeft === node ? row : undefined
}

/** The ids of the rules under an outcome: those of the row first. */
export function rulesOf(guide, route) {
  return [...new Set([...(decidingRow(guide, route)?.regels ?? []), ...guide.uitkomsten[route.node].delen.regels])]
}

/** What the reader fills in, in a file of their own: no name is asked for. */
export function recordView(parts, guide, route) {
  if (!guide.uitkomsten[route.node].delen) return ""
  const due = rulesOf(guide, route).map(id => own(guide.regels, id).herzien_voor).sort()[0]
  return parts.make("decision-record", { due: inWords(due) })
}

/**
 * @param {import("./parts.mjs").Parts} parts
 * @param {object} guide
 * @param {import("./walk.mjs").Route} route
 * @returns {HTMLElement | ""} nothing where the guide decides without tables
 */
export function decisionView(parts, guide, route) {
  if (!guide.uitkomsten[route.node].delen) return ""
  const row = decidingRow(guide, route)
  const ids = rulesOf(guide, route)
  const today = new Date().toLocaleDateString("sv-SE")
  const late = ids.some(id => own(guide.regels, id).herzien_voor <= today)
  return parts.make("decision", {
    ...(late ? {} : { late: "" }),
    ...(row?.omdat ? { because: row.omdat } : { because: "" }),
    ...(row?.grond ? ground(row) : { ground: "", "conditions-title": "", conditions: "" }),
    rules: ids.map(id => rule(id)),
  })

  function ground({ grond, voorwaarden }) {
    return {
      "ground-kind": own(guide.grondsoorten, grond.soort),
      "ground-rule": inFull(grond.regel),
      conditions: voorwaarden.map(text => {
        const item = document.createElement("li")
        item.textContent = text
        return item
      }),
    }
  }

  function inFull(id) {
    const { titel, artikel } = own(guide.regels, id)
    return artikel ? `${titel} (${artikel})` : titel
  }

  function rule(id) {
    const { soort, bekeken_op, herzien_voor } = own(guide.regels, id)
    const part = parts.make("decision-rule", {
      title: inFull(id),
      kind: soort,
      seen: inWords(bekeken_op),
      due: inWords(herzien_voor),
      ...(herzien_voor <= today ? {} : { expired: "" }),
    })
    at(part, "title").href = `../../gegevens-delen/regels/#${id}`
    return part
  }
}
