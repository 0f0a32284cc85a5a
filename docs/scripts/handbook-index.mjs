// The engine with the whole handbook in it: fetched and made at the first search on a page, once. The data is a classic script
// (data/zoeken.js), so that a page opened from disk can load it too.

import { Engine } from "./engine.mjs"
import MiniSearch from "./vendor/minisearch.mjs"

/** The top of the site: this file stands in scripts/. */
export const ROOT = new URL("../", import.meta.url)

let made

/** @returns {Promise<Engine>} */
export function handbookIndex() {
  return made ??= make().catch(error => {
    made = undefined
    throw error
  })
}

async function make() {
  await load(new URL("data/zoeken.js", ROOT).href)
  return new Engine(globalThis.vroegErbijZoeken, MiniSearch).load(() => new Promise(done => setTimeout(done)))
}

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script")
    script.src = address
    script.addEventListener("load", done)
    script.addEventListener("error", () => failed(new Error(address)))
    document.head.append(script)
  })
}

/** The address of a place on a page. @param {{page: import("./engine.mjs").Page, section: import("./engine.mjs").Section}} place */
export function addressOf({ page, section }) {
  return new URL(page.address + (section.id ? `#${section.id}` : ""), ROOT).href
}
