// What results show: {site, asked} on stdin -> for the first ten results of each question [address, sentence, number of marks].
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"
import vm from "node:vm"

const { site, asked } = JSON.parse(readFileSync(0, "utf8"))
const from = name => import(pathToFileURL(`${site}/scripts/${name}`).href)
const { Engine } = await from("engine.mjs")
const { passage } = await from("passage.mjs")
const { default: MiniSearch } = await from("vendor/minisearch.mjs")
vm.runInThisContext(readFileSync(`${site}/data/zoeken.js`, "utf8"))
const engine = await new Engine(globalThis.vroegErbijZoeken, MiniSearch).load()
console.log(JSON.stringify(asked.flatMap(question => engine.find(question).hits.slice(0, 10).map(hit => {
  const pieces = passage(hit, word => engine.partsOf(word))
  return [hit.page.address, pieces.map(piece => piece.text).join(""), pieces.filter(piece => piece.match).length]
}))))
