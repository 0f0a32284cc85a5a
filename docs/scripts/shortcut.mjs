// The key `/` goes to the search field, when nothing is being typed. It can be switched off on the page zoeken/ (WCAG 2.1.4).

/** In the name of the tab: the visitor does not want the key. */
export const SWITCHED_OFF = "zonder-sneltoets"

/** @param {HTMLFormElement} form @param {HTMLInputElement} field */
export function setUpShortcut(form, field) {
  let before
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return
    if (event.target.closest?.("input, textarea, select, [contenteditable]") || window.name.includes(SWITCHED_OFF)) return
    event.preventDefault()
    before = document.activeElement
    field.focus()
  })
  form.addEventListener("ve-leave", () => {
    if (before && before !== document.body && before.isConnected) before.focus()
    else field.blur()
    before = undefined
  })
}
