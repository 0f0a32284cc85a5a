// What results show: {site, asked, data?} on stdin -> for each question its first ten results, with each text as [text, marked words].
// `data` is read instead of the search data of the site.
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import vm from "node:vm"

const { site, asked, data } = JSON.parse(readFileSync(0, "utf8"))
const from = name => import(pathToFileURL(`${site}/scripts/${name}`).href)
const { Engine } = await from("engine.mjs")
const { excerpt } = await from("passage.mjs")
const { default: MiniSearch } = await from("vendor/minisearch.mjs")
if (!data) vm.runInThisContext(readFileSync(`${site}/data/zoeken.js`, "utf8"))
const engine = await new Engine(data ?? globalThis.vroegErbijZoeken, MiniSearch).load()

const read = pieces => [pieces.map(({ text }) => text).join(""), pieces.filter(({ match }) => match).map(({ text }) => text)]

console.log(JSON.stringify(asked.map(question => engine.find(question, { whole: true }).hits.slice(0, 10).map(hit => {
  const { page, section, title, where, text, reasons } = excerpt(hit, engine)
  return { address: page.address, section: section.id, found: hit.section.id, title: read(title), where: read(where), text: read(text), reasons: read(reasons) }
}))))
