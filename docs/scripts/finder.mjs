// Filters on the overviews of interventions and of cases. The lists are complete without this. The filters that are on stand
// in the fragment (`#domein=school+gezin&erkenning=goed-onderbouwd`), so that a link shows the same list.

import { Parts, at } from "./parts.mjs"

const mount = document.querySelector("[data-finder]")
if (mount) setUp(mount, new Parts(document.getElementById("ve-finder")))

function setUp(mount, parts) {
  const cards = [...document.querySelectorAll(".ve-cards > li")]
  const valuesOf = (card, name) => (card.dataset[name] ?? "").split(" ").filter(Boolean)
  const filters = Object.entries(JSON.parse(mount.dataset.labels)).map(([name, { label, waarden }]) => {
    const used = Object.entries(waarden).filter(([value]) => cards.some(card => valuesOf(card, name).some(own => meets(own, value))))
    const options = used.map(([value, text]) => {
      const option = parts.make("option", { text })
      Object.assign(at(option, "input"), { name, value, id: `ve-filter-${name}-${value}` })
      return option
    })
    return parts.make("filter", { legend: label, options })
  })
  const foot = parts.make("foot")
  mount.replaceChildren(...filters, foot)
  const boxes = [...mount.querySelectorAll("input")]

  mount.addEventListener("change", () => {
    write()
    apply()
  })
  at(foot, "clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = false
    write()
    apply()
    boxes[0]?.focus()
  })
  addEventListener("hashchange", read)
  read()

  /** Set the boxes as the address says; an anchor leaves them, unless it points at a card that they hide. */
  function read() {
    if (location.hash.length > 1 && !location.hash.includes("=")) {
      const target = document.getElementById(location.hash.slice(1))
      if (!target?.closest(".ve-cards > [hidden]")) return apply()
      for (const box of boxes) box.checked = false
      apply()
      return target.scrollIntoView()
    }
    const asked = new URLSearchParams(location.hash.slice(1))
    for (const box of boxes) box.checked = (asked.get(box.name) ?? "").split(" ").includes(box.value)
    apply()
  }

  function chosen() {
    const byName = new Map()
    for (const box of boxes.filter(box => box.checked)) byName.set(box.name, [...(byName.get(box.name) ?? []), box.value])
    return byName
  }

  function write() {
    const parts = [...chosen()].map(([name, values]) => `${name}=${values.join("+")}`)
    history.replaceState(history.state, "", parts.length ? `#${parts.join("&")}` : location.pathname + location.search)
  }

  function apply() {
    const wanted = [...chosen()]
    for (const card of cards) {
      card.hidden = !wanted.every(([name, values]) => valuesOf(card, name).some(own => values.some(value => meets(own, value))))
    }
    at(foot, "count").textContent = parts.count("found", cards.filter(card => !card.hidden).length, { all: cards.length })
    at(foot, "clear").hidden = !wanted.length
  }
}

/** Tell whether a value of a card is the one asked for; two ranges meet when they overlap. */
function meets(own, value) {
  const [a, b] = [own, value].map(text => /^(\d+)-(\d+)$/.exec(text)?.slice(1).map(Number))
  return a && b ? a[0] <= b[1] && b[0] <= a[1] : own === value
}
