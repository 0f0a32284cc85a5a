// The theme's search outside a browser: lunr as MkDocs ships it, set up and asked as Material 9 does it (nl, no stemmer,
// a star after every word, title counts 1000 times). {lunr: folder, index: file, asked} on stdin -> pages, best first.
import { readFileSync } from "node:fs"
import vm from "node:vm"

const { lunr: folder, index: file, asked } = JSON.parse(readFileSync(0, "utf8"))
for (const name of ["templates/search/lunr.js", "lunr-language/lunr.stemmer.support.js", "lunr-language/lunr.nl.js"]) {
  vm.runInThisContext(readFileSync(`${folder}/${name}`, "utf8"))
}
const lunr = globalThis.lunr
const { config, docs } = JSON.parse(readFileSync(file, "utf8"))
lunr.tokenizer.separator = new RegExp(config.separator)
const byPlace = new Map(docs.map(doc => [doc.location, doc]))
const index = lunr(function () {
  this.use(lunr.nl)
  this.pipeline.remove(lunr.nl.stemmer)
  this.searchPipeline.remove(lunr.nl.stemmer)
  this.ref("location")
  this.field("title", { boost: 1000 })
  this.field("text")
  docs.forEach(doc => this.add(doc))
})
const pageOf = place => place.split("#")[0]
console.log(JSON.stringify(asked.map(question => {
  const words = question.toLowerCase().replace(/[*+\-:~^]+/g, " ").trim().split(/\s+/)
  let found
  try {
    found = index.search(words.map(word => `${word}*`).join(" "))
  } catch {
    return []
  }
  const best = new Map()
  for (const { ref, score, matchData } of found) {
    const met = Object.keys(matchData.metadata)
    const all = words.every(word => met.some(term => term.startsWith(word)))
    const value = score * (1 + !ref.includes("#") + all)
    best.set(pageOf(ref), Math.max(best.get(pageOf(ref)) ?? 0, value))
  }
  return [...best].sort((a, b) => b[1] - a[1]).map(([page]) => (byPlace.has(page) || page ? page : ""))
})))
