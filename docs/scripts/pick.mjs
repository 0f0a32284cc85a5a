// Choose interventions on the overview to see them side by side: a box on each card and a link to the comparison.

import { Parts, at } from "./parts.mjs"

const MOST = 4

const template = document.getElementById("ve-compare")
const cards = [...document.querySelectorAll(".ve-cards > li[id]")]
if (template && cards.length > 1) setUp(new Parts(template))

function setUp(parts) {
  const go = parts.make("go")
  const inputs = cards.map(card => {
    const label = parts.make("pick", { text: card.querySelector("h2 a").textContent.trim() })
    const input = at(label, "input")
    Object.assign(input, { value: card.id, id: `ve-pick-${card.id}` })
    card.append(label)
    return input
  })
  document.querySelector(".ve-cards").after(go)
  for (const input of inputs) input.addEventListener("change", show)
  addEventListener("pageshow", show)
  show()

  function show() {
    const ids = inputs.filter(input => input.checked).map(input => input.value)
    for (const input of inputs) input.disabled = ids.length >= MOST && !input.checked
    const link = at(go, "link")
    go.hidden = !ids.length
    link.textContent = parts.count("go", ids.length)
    if (ids.length > 1) link.href = `../vergelijken/#interventies=${ids.join("+")}`
    else link.removeAttribute("href")
  }
}
