// The search field in the header: a combobox with a list of results. scripts/page.mjs loads this when the field gets focus.
// The words are in hooks/theme/partials/search.html. Focus stays in the field; the list is walked with the arrow keys.

import { ROOT, handbookIndex } from "./handbook-index.mjs"
import { Parts, at } from "./parts.mjs"
import { result } from "./result.mjs"

const SHOWN = 6

/** @param {HTMLFormElement} form */
export function setUp(form) {
  const parts = new Parts(document.getElementById("ve-search-parts"))
  const field = form.querySelector("[role=combobox]")
  const list = form.querySelector("[role=listbox]")
  const panel = form.querySelector(".ve-search__panel")
  const status = form.querySelector("[role=status]")
  const note = form.querySelector(".ve-search__note")
  let options = [], active = -1, asked = 0

  field.addEventListener("input", show)
  field.addEventListener("focus", event => form.contains(event.relatedTarget) || (field.value.trim() && show()))
  field.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event, event.key === "ArrowDown" ? 1 : -1)
  })
  form.addEventListener("keydown", event => event.key === "Escape" && escape(event))
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (active >= 0) return open(options[active])
    const query = field.value.trim()
    location.href = new URL(`zoeken/${query ? `#q=${encodeURIComponent(query)}` : ""}`, ROOT).href
    close()
  })
  // A press would take the focus out of the field before the click arrives.
  list.addEventListener("mousedown", event => event.preventDefault())
  list.addEventListener("click", event => {
    const option = event.target.closest("[role=option]")
    if (option) open(option)
  })
  form.addEventListener("focusout", event => form.contains(event.relatedTarget) || close())
  handbookIndex().then(() => field.value.trim() && show(), fail)
  if (field.value.trim()) show()

  async function show() {
    const query = field.value.trim(), turn = ++asked
    if (!query) return close()
    let engine
    try {
      engine = await handbookIndex()
    } catch {
      return fail()
    }
    if (turn !== asked || document.activeElement !== field) return
    const { hits, nearest } = engine.find(query)
    options = hits.slice(0, SHOWN).map((hit, index) => {
      const option = result(parts, "option", hit, engine)
      option.id = `ve-search-option-${index}`
      option.setAttribute("aria-selected", "false")
      return option
    })
    list.replaceChildren(...options)
    list.hidden = !options.length
    note.replaceChildren(options.length ? parts.make("all") : nothing(query, nearest))
    const all = note.querySelector("[data-slot=all]")
    if (all) all.href = new URL(`zoeken/#q=${encodeURIComponent(query)}`, ROOT).href
    mark(-1)
    setOpen(true)
    status.textContent = parts.count("found", hits.length, { shown: options.length })
  }

  function nothing(query, nearest) {
    const links = nearest.map(term => {
      const item = parts.make("term", { term: term.name })
      at(item, "term").href = new URL(`begrippen/#${term.id}`, ROOT).href
      return item
    })
    const part = parts.make("nothing", { query, terms: links })
    at(part, "register").href = new URL("begrippen/", ROOT).href
    if (!links.length) at(part, "nearest").remove()
    return part
  }

  function fail() {
    if (document.activeElement !== field) return
    list.hidden = true
    const part = parts.make("failed")
    at(part, "register").href = new URL("begrippen/", ROOT).href
    note.replaceChildren(part)
    setOpen(true)
    status.textContent = parts.word("failed")
  }

  function isOpen() {
    return !panel.hidden
  }

  function setOpen(open) {
    panel.hidden = !open
    field.setAttribute("aria-expanded", String(open && options.length > 0))
    form.classList.toggle("ve-search--open", open)
  }

  function close() {
    asked++
    mark(-1)
    setOpen(false)
    status.textContent = ""
  }

  /** First closes the list, then empties the field, then goes back to where `/` was pressed. */
  function escape(event) {
    if (isOpen()) {
      field.focus()
      close()
    } else if (field.value) field.value = ""
    else form.dispatchEvent(new CustomEvent("ve-leave"))
    event.preventDefault()
    event.stopPropagation()
  }

  function step(event, by) {
    event.preventDefault()
    if (!isOpen()) return show()
    if (!options.length) return
    const places = options.length + 1   // one of them is the field itself
    mark((active + 1 + by + places) % places - 1)
  }

  function mark(index) {
    options[active]?.setAttribute("aria-selected", "false")
    active = index
    if (active < 0) return field.removeAttribute("aria-activedescendant")
    options[active].setAttribute("aria-selected", "true")
    options[active].scrollIntoView({ block: "nearest" })
    field.setAttribute("aria-activedescendant", options[active].id)
  }

  function open(option) {
    close()
    location.href = option.dataset.address
  }
}
