// The entries that a guide leaves in the history of the tab: one a step, and how to take the answers out of all of them.
//
// Each entry knows its depth: how many entries it stands after the one on which the guide was opened. "Wissen" goes back
// that far, replaces that entry and pushes a new one, which drops everything after it. The visitor may have left the guide
// and opened it anew, or another guide: those entries belong to other documents, which depth cannot see. Browsers with the
// Navigation API can: entries with answers are marked, and the first of them does the clearing.

let depth = 0
let leaving = null

/** Watch the history of this document; `changed` is called after each move, `cleared` when all answers are out of it. */
export function watch(changed, cleared) {
  if (history.state?.depth === undefined) history.replaceState({ depth: 0 }, "")
  depth = history.state.depth
  addEventListener("popstate", () => {
    if (leaving) return leaving()
    // Only a link on the page or an address typed by hand makes an entry that does not know its depth.
    if (history.state?.depth === undefined) history.replaceState({ depth: depth + 1 }, "")
    depth = history.state.depth
    changed()
  })
  addEventListener("pageshow", event => { if (event.persisted) resume(cleared) })
}

/** Add an entry; `edit` is the question that is being changed, if one is. */
export function push(fragment, edit) {
  depth += 1
  history.pushState({ depth, edit }, "", fragment || bare())
}

/** Give the current entry another fragment. */
export function replace(fragment) {
  history.replaceState(history.state, "", fragment)
}

/** The question that is being changed in the current entry, if one is. */
export const editing = () => history.state?.edit

/** Say of the current entry whether it holds answers. */
export function mark(holdsAnswers) {
  window.navigation?.updateCurrentEntry({ state: { holdsAnswers } })
}

/** Take the answers out of every entry of this tab that can be reached. */
export function clear(cleared) {
  const trail = window.navigation?.activation && window.navigation
  const first = trail && trail.entries().find(entry => entry.getState()?.holdsAnswers)
  if (first && !first.sameDocument) {
    trail.updateCurrentEntry({ state: { holdsAnswers: true, clearing: true } })
    trail.traverseTo(first.key)
    return
  }
  const back = trail ? (first ? trail.currentEntry.index - first.index : 0) : depth
  let timer = 0
  leaving = () => {
    leaving = null
    clearTimeout(timer)
    history.replaceState({ depth: 0 }, "", bare())
    mark(false)
    depth = 0
    push("")
    cleared()
  }
  if (back <= 0) return leaving()
  timer = setTimeout(leaving, 1000) // history that cannot be gone through must not keep the answers
  history.go(-back)
}

/** Go on with the clearing that another document of this tab began; tells whether there is one. */
export function resume(cleared) {
  const asked = window.navigation?.activation?.from?.getState()?.clearing === true
  if (asked) clear(cleared)
  return asked
}

const bare = () => location.pathname + location.search
