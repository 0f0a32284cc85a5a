// The outcome as a document to keep: one HTML file that needs nothing else, made in the browser and sent nowhere.

import { at, inWords } from "./parts.mjs"

/**
 * @param {import("./parts.mjs").Parts} parts
 * @param {object} guide
 * @param {HTMLElement} outcome the outcome as it stands on the screen
 * @param {string} address where the same answers can be found
 * @returns {Promise<{name: string, html: string}>}
 */
export async function documentToKeep(parts, guide, outcome, address) {
  const today = new Date().toLocaleDateString("sv-SE") // the visitor's own day, as jjjj-mm-dd
  const page = parts.make("document", {
    guide: guide.titel,
    made: inWords(today),
    version: guide.versie,
    built: inWords(guide.gemaakt_op),
    link: address,
  })
  at(page, "link").href = address
  at(page, "body").append(outcome.cloneNode(true)) // last: it has slots of its own
  page.querySelectorAll("button, .ve-actions, .ve-chooser__screen, [hidden]").forEach(part => part.remove())
  page.querySelectorAll("[data-slot], [tabindex], [aria-describedby]").forEach(part => {
    for (const name of ["data-slot", "tabindex", "aria-describedby"]) part.removeAttribute(name)
  })
  page.querySelectorAll("dd:empty").forEach(part => part.remove())
  page.querySelectorAll("details").forEach(part => { part.open = true })
  page.querySelectorAll("a[href]").forEach(link => link.setAttribute("href", link.href))
  return { name: parts.word("filename", { guide: guide.id, date: today }), html: await wholePage(guide.titel, page) }
}

/** Offer a file as a download. */
export function save({ name, html, text = html, type = "text/html;charset=utf-8" }) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** A file around a body: nothing in it is fetched, nothing in it runs. */
export async function wholePage(title, body) {
  const file = document.implementation.createHTMLDocument(title)
  file.documentElement.lang = document.documentElement.lang
  file.head.prepend(meta({ charset: "utf-8" }))
  file.head.append(
    meta({ name: "viewport", content: "width=device-width,initial-scale=1" }),
    meta({ name: "referrer", content: "no-referrer" }),
    meta({ "http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'" }),
  )
  file.body.append(body)
  // The style goes in as text: as an element, this page's own policy would refuse it.
  const style = await ownStyle()
  return `<!doctype html>\n${file.documentElement.outerHTML}\n`.replace("</head>", () => `<style>${style}</style></head>`)
}

function meta(attributes) {
  const element = document.createElement("meta")
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}

/** A document without style is still a document. */
async function ownStyle() {
  try {
    const answer = await fetch(new URL("../stylesheets/keep.css", import.meta.url))
    return answer.ok ? await answer.text() : ""
  } catch {
    return ""
  }
}
