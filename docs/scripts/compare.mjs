// Interventions side by side. The page holds the table of all; this shows the columns that are chosen and says of each
// row whether they differ. What is chosen stands in the fragment (`#interventies=basta+pit`), so that a link shows the same.

import { csv } from "./csv.mjs"
import { save } from "./keep.mjs"
import { Parts, at } from "./parts.mjs"

export const MOST = 4

const mount = document.querySelector("[data-compare]")
if (mount) setUp(mount, document.getElementById("vergelijking"), new Parts(document.getElementById("ve-compare")))

function setUp(mount, table, parts) {
  const heads = [...table.querySelectorAll("thead [data-id]")]
  const names = new Map(heads.map(head => [head.dataset.id, head.textContent.trim()]))
  const boxes = [...names].map(([id, text]) => {
    const option = parts.make("option", { text })
    Object.assign(at(option, "input"), { value: id, id: `ve-compare-${id}` })
    return option
  })
  const form = parts.make("choice", { options: boxes })
  mount.replaceChildren(form)
  const inputs = [...form.querySelectorAll("input")]

  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("change", () => {
    const ids = chosen()
    history.replaceState(history.state, "", ids.length ? `#interventies=${ids.join("+")}` : location.pathname + location.search)
    show()
  })
  at(form, "print").addEventListener("click", () => window.print())
  at(form, "save").addEventListener("click", () => save({
    name: parts.word("filename", { ids: chosen().join("-") || "alle" }),
    text: csv(cells()),
    type: "text/csv;charset=utf-8",
  }))
  addEventListener("hashchange", read)
  read()

  function chosen() {
    return inputs.filter(input => input.checked).map(input => input.value)
  }

  /** Choose what the address says; an anchor leaves the choice as it is. */
  function read() {
    if (location.hash.length > 1 && !location.hash.includes("=")) return show()
    const asked = (new URLSearchParams(location.hash.slice(1)).get("interventies") ?? "").split(" ").filter(Boolean)
    const known = [...new Set(asked.filter(id => names.has(id)))].slice(0, MOST)
    for (const input of inputs) input.checked = known.includes(input.value)
    show(asked.filter(id => !known.includes(id)))
  }

  function show(refused = []) {
    const ids = chosen()
    const compares = ids.length >= 2
    for (const cell of table.querySelectorAll("[data-id]")) cell.hidden = compares && !ids.includes(cell.dataset.id)
    for (const cell of table.querySelectorAll("[data-difference]")) cell.hidden = !compares
    const marks = [...table.tBodies[0].rows].map(row => mark(row, ids, compares))
    for (const input of inputs) input.disabled = ids.length >= MOST && !input.checked
    const different = marks.filter(Boolean).length
    const words = compares
      ? [parts.word("some", { n: ids.length, names: ids.map(id => names.get(id)).join(", "), equal: marks.length - different, different })]
      : [parts.word("few", { all: names.size })]
    if (ids.length >= MOST) words.push(parts.word("full"))
    if (refused.length) words.push(parts.word("unknown", { ids: refused.map(id => id.slice(0, 40)).join(", ") }))
    at(form, "status").textContent = words.join(" ")
  }

  /** Say of a row in words whether the chosen ones differ; tells whether they do. */
  function mark(row, ids, compares) {
    const texts = new Set(ids.map(id => plain(row.querySelector(`[data-id="${CSS.escape(id)}"]`))))
    const differs = texts.size > 1
    row.querySelector("[data-difference]").textContent = compares ? parts.word(differs ? "different" : "equal") : ""
    return differs
  }

  /** What stands on the screen, row by row. */
  function cells() {
    return [...table.rows].map(row => [...row.cells].filter(cell => !cell.hidden).map(plain))
  }
}

/** The text of a cell, its paragraphs and points apart. */
function plain(cell) {
  const blocks = [...cell.querySelectorAll("p, li")]
  return (blocks.length ? blocks : [cell]).map(block => block.textContent.replace(/\s+/g, " ").trim()).join("\n")
}
