// The outcome of a guide: the advice that stands in the page, and the verdict on every intervention with its reasons.

import { carry, format } from "./fragment.mjs"
import { at, inWords } from "./parts.mjs"
import { openFacts, testReading, weigh } from "./verdict.mjs"
import { WEET_NIET, own } from "./walk.mjs"

const MOST_COMPARED = 4

/**
 * @param {import("./parts.mjs").Parts} parts
 * @param {object} guide
 * @param {object | null} data data/oordelen.json and `prepared` from it, where the guide shows interventions
 * @param {typeof import("./decision.mjs") | null} tables where the guide decides with tables
 * @param {import("./walk.mjs").Route} route
 * @returns {HTMLElement}
 */
export function outcomeView(parts, guide, data, tables, route) {
  const outcome = guide.uitkomsten[route.node]
  const weighs = data && outcome.weegt_interventies === "ja"
  const unknown = route.steps.filter(([, given]) => given === WEET_NIET)
  const view = parts.make("outcome", {
    title: outcome.titel,
    decision: tables?.decisionView(parts, guide, route) ?? "",
    record: tables?.recordView(parts, guide, route) ?? "",
    advice: adviceOf(route.node, outcome),
    derived: weighs ? derived() : "",
    ...(unknown.length ? { "unknown-list": unknown.map(([name]) => item(guide.vragen[name].vraag)) } : { unknown: "" }),
    ...(weighs ? { count: parts.count("weighed", Object.keys(data.interventies).length), groups: groups() } : { weighed: "", jump: "" }),
  })
  if (!guide.plan?.uitkomsten.includes(route.node)) at(view, "save-plan").remove()
  takeAnswersAlong(at(view, "advice"))
  const decision = at(view, "decision")
  if (decision) at(view, "advice").querySelector(".ve-lead")?.after(decision)
  at(view, "jump")?.addEventListener("click", event => {
    event.preventDefault() // following it would put an anchor in the place of the answers
    at(view, "count").focus()
  })
  offerComparison()
  return view

  /** A link to another guide takes along what that guide would ask again. */
  function takeAnswersAlong(advice) {
    for (const [id, other] of Object.entries(guide.vult_in)) {
      const known = format(other, carry(guide, other, new Map(route.steps)))
      for (const link of advice.querySelectorAll(`a[href$="../${id}/"]`)) link.hash = known
    }
  }

  /** The way to see side by side what fits or may fit; the link names them, so that nobody takes it for a choice of ours. */
  function offerComparison() {
    const judged = [...view.querySelectorAll("[data-intervention]")]
    const ids = ["past", "onzeker"].flatMap(verdict => judged.filter(part => part.dataset.verdict === verdict))
      .map(part => part.dataset.intervention).slice(0, MOST_COMPARED)
    if (ids.length < 2) return at(view, "compare")?.remove()
    at(view, "compare-link").href = `../../vergelijken/#interventies=${ids.join("+")}`
    at(view, "compare-link").textContent = parts.word("compare", { names: ids.map(id => data.interventies[id].naam).join(", ") })
  }

  function groups() {
    const open = openFacts(route.facts, guide.kenmerken)
    const judged = [...weigh(data.prepared, route.facts, guide.kenmerken)]
    return ["past", "onzeker", "past-niet"].map(verdict => {
      const found = judged.filter(([, judgement]) => judgement.verdict === verdict)
      return parts.make("group", {
        title: parts.word(`group-${verdict}`, { n: found.length }),
        list: found.map(([id, judgement]) => judgedItem(id, data.interventies[id], judgement, open)),
        ...(found.length ? { none: "" } : {}),
      })
    })
  }

  function judgedItem(id, entry, { verdict, best, groups: all }, open) {
    const shown = verdict === "past-niet" ? all : [best] // it fits nowhere: say why for each group
    const others = shown.flatMap(group => group.criteria.filter(result => !group.decides(result)))
    const unknown = entry.onbekend.map(text => parts.make("not-known", { text }))
    const part = parts.make("judged", {
      name: entry.naam,
      label: own(data.labels.oordelen, verdict),
      evidence: entry.bewijs,
      recognition: entry.erkenning,
      seen: inWords(entry.bekeken_op),
      short: entry.kort,
      why: shown.map(group => parts.make("why", {
        title: parts.word(`why-${verdict}`),
        group: all.length > 1 ? parts.word("why-group", { group: group.group.naam }) : "",
        criteria: group.deciding.map(result => criterionItem(result, open)),
      })),
      ...(others.length + unknown.length ? { others: [...others.map(result => criterionItem(result, open)), ...unknown] } : { more: "" }),
    })
    at(part, "name").href = `../../interventies/${id}/`
    at(part, "verdict").classList.add(`ve-verdict--${verdict}`)
    part.dataset.intervention = id
    part.dataset.verdict = verdict
    return part
  }

  function criterionItem({ criterion, reason }, open) {
    const readings = criterion.lezingen.map(reading => {
      const truth = reason === "bronnen-verschillen" ? testReading(reading.eisen, open) : ""
      const certain = reading.zekerheid === "bron"
      return parts.make("reading", {
        result: truth ? parts.word(`reading-${truth}`) : "",
        text: reading.tekst,
        certainty: certain ? "" : own(data.labels.zekerheid, reading.zekerheid),
        ...(reading.bronnen.length ? { sources: reading.bronnen.map(source) } : { sources: "" }),
      })
    })
    const words = [parts.word(`reason-${reason}`), ...(criterion.beslist ? [] : [" ", parts.word("decides-not")])]
    return parts.make("criterion", { subject: criterion.onderwerp, reason: words, readings })
  }

  function source({ bron, plaats }) {
    const { titel, uitgever } = own(data.bronnen, bron)
    const part = parts.make("source", { title: titel, publisher: uitgever, place: plaats })
    at(part, "title").href = `../../bronnen/#${bron}`
    part.prepend(" ")
    return part
  }

  /** What our own tables make of the answers: of the help, never of the child. */
  function derived() {
    return Object.entries(guide.afleidingen)
      .filter(([, table]) => table.rijen.some(row => Object.keys(row.als).some(name => route.facts.has(name))))
      .map(([name]) => {
        const facet = own(guide.kenmerken, name)
        const labels = [...route.facts.get(name)].map(value => own(facet.waarden, value).label)
        const last = labels.pop()
        const part = parts.make("derived", {
          title: facet.label,
          values: labels.length ? parts.word("or", { some: labels.join(", "), last }) : last ?? "",
        })
        const anchor = `afleiding-${name.replaceAll("_", "-")}`
        if (document.getElementById(anchor)) at(part, "link").href = `#${anchor}`
        else at(part, "link").remove()
        return part
      })
  }
}

/** A copy of the outcome as it stands in the page, without its heading and without ids, which would then be there twice. */
function adviceOf(node, outcome) {
  const section = document.getElementById(node)
  if (!section) return outcome.kort
  const copy = document.importNode(section, true)
  copy.querySelector("h2")?.remove()
  copy.querySelectorAll(".headerlink, [data-paper]").forEach(part => part.remove())
  copy.querySelectorAll("[id]").forEach(part => part.removeAttribute("id"))
  return [...copy.childNodes]
}

function item(text) {
  const element = document.createElement("li")
  element.textContent = text
  return element
}
