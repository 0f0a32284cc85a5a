// Our search outside a browser: {site, asked} on stdin -> for each question the addresses of the pages, best first.
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import vm from "node:vm"

const { site, asked } = JSON.parse(readFileSync(0, "utf8"))
const from = name => import(pathToFileURL(`${site}/scripts/${name}`).href)
const { Engine } = await from("engine.mjs")
const { default: MiniSearch } = await from("vendor/minisearch.mjs")
vm.runInThisContext(readFileSync(`${site}/data/zoeken.js`, "utf8"))
const engine = await new Engine(globalThis.vroegErbijZoeken, MiniSearch).load()
console.log(JSON.stringify(asked.map(question => engine.find(question, { whole: true }).hits.map(hit => hit.page.address))))
