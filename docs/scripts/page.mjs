// What every page needs: the search dialog, tables on a phone, folded text in print. The page works without it.

document.documentElement.classList.replace("no-js", "js")

setUpMenu(document.getElementById("ve-menu"), document.querySelector("[popovertarget=ve-menu]"))
setUpSearch(document.getElementById("ve-search"), document.getElementById("ve-search-open"))
document.querySelectorAll(".md-typeset table:not([class]), .ve-table").forEach(labelCells)
setUpPrint()

/** The browser does the work (popover); this only says so to software that reads aria-expanded. */
function setUpMenu(menu, button) {
  if (!menu || !button || !("popover" in menu)) return
  button.setAttribute("aria-expanded", "false")
  menu.addEventListener("toggle", event => button.setAttribute("aria-expanded", String(event.newState === "open")))
}

/** Material fills the results; the dialog gives them a name, keeps Tab inside, and gives the focus back at Esc. */
function setUpSearch(dialog, button) {
  if (!dialog || !button) return
  const query = dialog.querySelector("[name=query]")
  const isOn = document.getElementById("__search")
  button.hidden = false
  button.addEventListener("click", () => { dialog.showModal(); query.focus(); loadSearch() })
  dialog.querySelector("#ve-search-close").addEventListener("click", () => dialog.close())
  dialog.addEventListener("close", () => { if (isOn.checked) isOn.click() })
  dialog.addEventListener("click", event => { if (event.target === dialog || event.target.closest("a")) dialog.close() })
  dialog.querySelector("form").addEventListener("submit", event => {
    event.preventDefault()
    dialog.querySelector(".ve-search__list a")?.focus()
  })
  // Material takes its results out of the tab order, for it moves between them with the arrow keys.
  new MutationObserver(() => dialog.querySelectorAll("[tabindex]").forEach(stop => stop.removeAttribute("tabindex")))
    .observe(dialog.querySelector(".ve-search__list"), {childList: true})
  dialog.addEventListener("keydown", event => {
    if (event.key !== "Tab") return
    const stops = [...dialog.querySelectorAll("input, button, a[href], summary")].filter(stop => stop.checkVisibility())
    const [first, last] = [stops[0], stops.at(-1)]
    if (document.activeElement !== (event.shiftKey ? first : last)) return
    event.preventDefault();
    (event.shiftKey ? last : first).focus()
  })
}

/** Material's script and, through it, the index: once, at the first search (hooks/theme/main.html). */
function loadSearch() {
  const waiting = document.getElementById("ve-search-scripts")
  if (!waiting) return
  document.body.append(waiting.content.querySelector("script[src]"))
  waiting.remove()
  // At window it listens for single letters (n, p, s, f) and moves the focus about. WCAG 2.1.4 forbids the first and our
  // dialog does the second, so no key gets that far.
  document.addEventListener("keydown", event => event.stopPropagation())
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
