// What every page needs: the search field, tables on a phone, folded text in print. The page works without it.

import { setUpShortcut } from "./shortcut.mjs"

document.documentElement.classList.replace("no-js", "js")

setUpMenu(document.getElementById("ve-menu"), document.querySelector("[popovertarget=ve-menu]"))
setUpSearch(document.getElementById("ve-search"))
document.querySelectorAll(".md-typeset table:not([class]), .ve-table").forEach(labelCells)
setUpPrint()

/** The browser does the work (popover); this only says so to software that reads aria-expanded. */
function setUpMenu(menu, button) {
  if (!menu || !button || !("popover" in menu)) return
  button.setAttribute("aria-expanded", "false")
  menu.addEventListener("toggle", event => button.setAttribute("aria-expanded", String(event.newState === "open")))
}

/** The field shows itself now; all that finds something is loaded when it gets focus. */
function setUpSearch(form) {
  if (!form) return
  const field = form.querySelector("[role=combobox]")
  form.hidden = false
  form.addEventListener("submit", event => event.preventDefault())
  field.addEventListener("focus", () => import("./search.mjs").then(search => search.setUp(form)), { once: true })
  setUpShortcut(form, field)
}

/** A table becomes a list on a phone (base.css): each cell carries the head of its column, and says what it is. */
function labelCells(table) {
  const heads = [...table.querySelectorAll("thead th")].map(head => head.textContent.trim())
  if (!heads.length) return
  table.classList.add("ve-table")
  table.setAttribute("role", "table")
  table.querySelectorAll("thead, tbody").forEach(group => group.setAttribute("role", "rowgroup"))
  table.querySelectorAll("thead th").forEach(head => head.setAttribute("role", "columnheader"))
  table.querySelectorAll("tr").forEach(row => {
    row.setAttribute("role", "row")
    row.querySelectorAll("td, tbody th").forEach(cell => {
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell")
      if (cell.tagName === "TD" && heads[cell.cellIndex]) cell.dataset.label ??= heads[cell.cellIndex]
    })
  })
}

/** Paper cannot be unfolded. Browsers that know ::details-content do not need this (print.css). */
function setUpPrint() {
  let opened = []
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")]
    opened.forEach(details => { details.open = true })
  })
  addEventListener("afterprint", () => opened.forEach(details => { details.open = false }))
}
