// Reads a GIFT file from stdin with an independent parser, and prints what it found as JSON.

import { readFileSync } from "node:fs"
import parser from "gift-pegjs"

process.stdout.write(JSON.stringify(parser.parse(readFileSync(0, "utf8"))))
