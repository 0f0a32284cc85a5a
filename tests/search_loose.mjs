// The loose words of search data, read back: [words, places] on stdin -> the words of each section, in their order.
import { readFileSync } from "node:fs"
import { unpack } from "../docs/scripts/loose-words.mjs"

console.log(JSON.stringify(Array.from(unpack(JSON.parse(readFileSync(0, "utf8"))), words => words ?? [])))
