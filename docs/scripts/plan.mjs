// A draft plan to keep and to edit: the guide's own sections, with what was answered and empty lines. Only words and data.

import { wholePage } from "./keep.mjs"
import { at, inWords } from "./parts.mjs"
import { answerInWords } from "./question.mjs"
import { WEET_NIET } from "./walk.mjs"

/**
 * @param {import("./parts.mjs").Parts} parts
 * @param {object} guide with a `plan`
 * @param {HTMLElement} outcome the outcome as it stands on the screen: steps and verdicts are taken from there
 * @param {import("./walk.mjs").Route} route
 * @param {string} address where the same answers can be found
 * @returns {Promise<{name: string, html: string}>}
 */
export async function planToKeep(parts, guide, outcome, route, address) {
  const { plan } = guide
  const { titel, kort, lezen } = guide.uitkomsten[route.node]
  const answers = new Map(route.steps)
  const today = new Date().toLocaleDateString("sv-SE") // the visitor's own day, as jjjj-mm-dd
  const unknown = route.steps.filter(([, given]) => given === WEET_NIET).map(([name]) => item(guide.vragen[name].vraag))
  const page = parts.make("plan", {
    title: plan.titel,
    short: plan.kort,
    made: inWords(today),
    version: guide.versie,
    built: inWords(guide.gemaakt_op),
    outcome: titel,
    "outcome-short": kort,
    ...(lezen.length ? { tips: lezen.map(tip) } : { reading: "" }),
    steps: at(outcome, "advice").querySelector("ol").cloneNode(true),
    sections: Object.values(plan.onderdelen).map(section),
    ...(unknown.length ? { "unknown-list": unknown } : { unknown: "" }),
    link: address,
  })
  at(page, "link").href = address
  page.querySelectorAll("a[href]").forEach(link => link.setAttribute("href", link.href))
  page.querySelectorAll("[data-slot]").forEach(part => part.removeAttribute("data-slot"))
  return { name: parts.word("filename-plan", { guide: guide.id, date: today }), html: await wholePage(plan.titel, page) }

  function section({ titel, vragen, antwoorden, interventies, invullen }) {
    const known = antwoorden.filter(name => answers.has(name) && answers.get(name) !== WEET_NIET)
    const judged = interventies === "ja" ? [...outcome.querySelectorAll('[data-slot="groups"] > section')].flatMap(group) : []
    return parts.make("plan-section", {
      title: titel,
      ...(known.length ? { known: known.map(given) } : { "known-title": "", known: "" }),
      ...(judged.length ? { interventions: judged } : { interventions: "" }),
      questions: vragen.map(item),
      lines: invullen.map(label => parts.make("plan-line", { label })),
    })
  }

  function given(name) {
    const words = answerInWords(parts, guide, name, answers.get(name))
    return parts.make("plan-known", { question: guide.vragen[name].vraag, given: words })
  }

  /** The interventions of one verdict, as they stand in the outcome; a verdict that none got is left out. */
  function group(found) {
    const list = [...found.querySelectorAll("[data-intervention]")].map(judged => {
      const line = at(judged, "verdict").textContent.replace(/\s+/g, " ").trim()
      const part = parts.make("plan-intervention", { name: at(judged, "name").textContent, verdict: line })
      at(part, "name").href = at(judged, "name").href
      return part
    })
    return list.length ? [parts.make("plan-group", { title: at(found, "title").textContent, list })] : []
  }
}

function tip({ tekst, pagina, bron }) {
  const link = document.createElement("a")
  link.href = pagina === undefined ? `../../bronnen/#${bron}` : `../../${pagina}`
  link.textContent = tekst
  const part = item("")
  part.append(link)
  return part
}

function item(text) {
  const element = document.createElement("li")
  element.textContent = text
  return element
}
