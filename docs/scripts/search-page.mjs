// The page zoeken/: every result, the best first and the others by kind, for the audiences that are ticked. The question and the
// filter stand in the fragment (`#q=buurtagent&voor=gemeente`): they never reach a server, and a link shows the same list.

import { ROOT, handbookIndex } from "./handbook-index.mjs"
import { Parts, at } from "./parts.mjs"
import { kindOf, result } from "./result.mjs"
import { SWITCHED_OFF } from "./shortcut.mjs"

const BEST = 5
const MOST = 40

const mount = document.querySelector("[data-search-page]")
if (mount) setUp(mount, new Parts(document.getElementById("ve-search-page")), new Parts(document.getElementById("ve-search-parts")))

function setUp(mount, parts, shapes) {
  const form = parts.make("form")
  const output = parts.make("output")
  mount.replaceChildren(form, output)
  const field = at(form, "field")
  const boxes = [...form.querySelectorAll("[name=voor]")]
  const status = at(output, "status")
  const list = at(output, "results")
  let turn = 0
  setUpSwitch(at(output, "switch"))

  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("input", () => {
    write()
    show()
  })
  addEventListener("hashchange", read)
  read()

  function read() {
    if (location.hash.length > 1 && !location.hash.includes("=")) return
    const asked = new URLSearchParams(location.hash.slice(1))
    const audiences = (asked.get("voor") ?? "").split(" ")
    field.value = asked.get("q") ?? ""
    for (const box of boxes) box.checked = audiences.includes(box.value)
    show()
  }

  function write() {
    const audiences = boxes.filter(box => box.checked).map(box => box.value)
    const rest = [
      ...(field.value.trim() ? [`q=${encodeURIComponent(field.value.trim())}`] : []),
      ...(audiences.length ? [`voor=${audiences.join("+")}`] : []),
    ]
    history.replaceState(history.state, "", rest.length ? `#${rest.join("&")}` : location.pathname + location.search)
  }

  async function show() {
    const query = field.value.trim(), mine = ++turn
    if (!query) {
      list.replaceChildren()
      status.textContent = ""
      return
    }
    let engine
    try {
      engine = await handbookIndex()
    } catch {
      list.replaceChildren(parts.make("failed"))
      status.textContent = ""
      return
    }
    if (mine !== turn) return
    const wanted = boxes.filter(box => box.checked).map(box => box.value)
    const { hits, nearest } = engine.find(query, { whole: true })
    const kept = hits.filter(({ page }) => !wanted.length || !page.audiences.length || page.audiences.some(name => wanted.includes(name)))
    list.replaceChildren(...(kept.length ? groups(kept.slice(0, MOST), engine) : [nothing(query, nearest, hits.length)]))
    status.textContent = parts.count("found", kept.length, { query })
  }

  /** The best few as they come, then the others by kind, in the order of the best of each. */
  function groups(hits, engine) {
    const byKind = new Map([["best", hits.slice(0, BEST)]])
    for (const hit of hits.slice(BEST)) byKind.set(hit.page.kind, [...(byKind.get(hit.page.kind) ?? []), hit])
    return [...byKind].map(([kind, row]) => {
      const items = row.map(hit => {
        const item = result(shapes, "result", hit, engine)
        at(item, "link").href = item.dataset.address
        return item
      })
      return parts.make("group", { heading: kind === "best" ? parts.word("best") : kindOf(shapes, kind), items })
    })
  }

  function nothing(query, nearest, elsewhere) {
    const terms = nearest.map(term => {
      const item = shapes.make("term", { term: term.name })
      at(item, "term").href = new URL(`begrippen/#${term.id}`, ROOT).href
      return item
    })
    const part = parts.make(elsewhere ? "filtered" : "nothing", elsewhere ? {} : { query, terms })
    if (!elsewhere && !terms.length) at(part, "nearest").remove()
    return part
  }
}

/** Switches the key `/` off for this tab (WCAG 2.1.4): the name of the tab remembers it, nothing is stored. */
function setUpSwitch(box) {
  box.checked = !window.name.includes(SWITCHED_OFF)
  box.addEventListener("change", () => {
    window.name = box.checked ? window.name.replace(SWITCHED_OFF, "").trim() : `${window.name} ${SWITCHED_OFF}`.trim()
  })
}
