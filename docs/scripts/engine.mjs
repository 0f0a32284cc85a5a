// Finds pages: search data (data/zoeken.js, made by handbook/search.py) + what somebody typed -> pages, best first. Pure.
//
// MiniSearch weighs each word against each page and each section. What this adds: a question is read as a row of ideas, and an
// idea may be said in several ways (the word, a synonym of the glossary, the parts of a compound, the word that was meant by a
// typing error); a page counts for the ideas it meets together; and a question of which too little is known finds nothing.

import { LINKS, bareWords, distance, fold, isStop, participleOf, sound, split, stem, words } from "./dutch.mjs"
import { unpack } from "./loose-words.mjs"

/** @typedef {{address: string, kind: string, title: string, name: string, audiences: string[], description: string, everyday: string[], sections: Section[]}} Page */
/** @typedef {{id: string, heading: string, text: string, further: string}} Section `further`: the words of the rest of it, in no order */
/** @typedef {{stems: string[], weight: number}} Way a way to say an idea: every stem of it, and how sure we are */
/** @typedef {{ways: Way[], importance: number}} Idea */
/** @typedef {{ids: number[], score: Float64Array, weight: Float64Array}} Met the documents that say an idea; how well, and how surely */
/** @typedef {{page: Page, section: Section, score: number, ideas: Idea[]}} Hit */
/** @typedef {{hits: Hit[], nearest: string[]}} Found */

/** Below this share of the question met in one place, nothing is shown at all. That a page surely bears the name of a part counts as more. */
export const THRESHOLD = 0.505
const NAMED = 0.15
const SURELY = 0.9

// How many pages and sections are read at a time.
const BATCH = 100

// How many stems keep what was found for them.
const KEPT = 300

// A synonym that stands everywhere ("kind" for "jeugdige") tells nothing and costs most.
const COMMON = 250

const BOOST = { title: 8, name: 8, everyday: 6, headings: 1, lead: 0.8, heading: 1.8, alias: 3, text: 1, parts: 0.25 }
const PAGE_FIELDS = ["title", "name", "everyday", "headings", "lead"]
const PLACE_FIELDS = ["heading", "alias", "text", "parts"]

// How sure we are of a way that is not the word itself.
const SYNONYM = 0.75      // the term that the glossary gives for it
export const SIBLING = 0.35      // another synonym of that term
const SURE_SIBLING = 0.6  // how far such a synonym answers the question
const COMPOUND = 0.65      // its parts
const PART = 0.4          // one of them
const DERIVED = 0.7       // another kind of word from the same root
const PARTICIPLE = 0.65
const BEGINNING = 0.7     // a word that begins with it
const DERIVATIONS = ["er", "ster", "aar", "ing", "ig", "lijk", "heid", "eer"]
const ABOUT = 4           // a page that bears the name of what is asked
const CALLED = 12         // a page whose whole name was typed, the small words too
const SAID = 2            // a page of which the data say that people type just this
const SPREAD = 2          // a page that says it in many places
const TYPO = [0, 0.85, 0.6]
// One other letter makes another word of a short one ("koken", "komen"), two of one that is not long ("verlengen", "overleg").
const SHORT = 6, LONG = 10, UNLIKELY = 0.5

// Pages of one family ("Signalen: kind", "Signalen: school") after the second: each stands a little further back.
const FAMILY = 0.6

// Pages about the handbook itself, and lists, stand behind pages about its subject.
const PRIOR = { over: 0.7, bronnen: 0.5, begrippen: 0.45, kaarten: 0.8 }
const SAME = 0.5          // slides and cards of a case, behind the case itself
const COPY = /\/(?:dia|kaarten)\/$/
const TERM = 1            // the glossary, when exactly a term was typed

// "Wat is ...", "wat betekent ...": then the glossary stands first.
const ASKS_MEANING = /\b(?:wat (?:is|zijn|betekent|betekenen|houdt)|betekenis|definitie|begrip|uitleg)\b/
const MEANING = 2

/** The whole handbook, ready to be searched. */
export class Engine {
  /**
   * @param {{pages: unknown[][], loose: [string, string], terms: [string, string, string[]][]}} data
   * @param {new (options: object) => object} MiniSearch
   */
  constructor(data, MiniSearch) {
    const loose = unpack(data.loose)
    let number = 0
    /** @type {Page[]} */
    this.pages = data.pages.map(([address, kind, title, name, audiences, description, sections, everyday]) => ({
      address, kind, title, name, audiences, description, everyday: [...everyday, lastOf(address)],
      sections: sections.map(([id, heading, text]) => ({ id, heading, text, further: loose[number++]?.join(" ") ?? "" })),
    }))
    this.terms = data.terms.map(([id, name, synonyms]) => ({ id, name, synonyms }))
    this.counts = new Map()   // how often each folded word occurs
    this.rows = new Map()     // text -> its stems, so that no text is read twice
    this.looked = new Map()   // stem -> where it stands: somebody who types asks for the same words at every letter
    this.parts = new Map()    // folded word -> the stems of its parts
    this.readTerms()
    this.mini = new MiniSearch({
      fields: [...PAGE_FIELDS, ...PLACE_FIELDS],
      tokenize: (text, field) => (field === "parts" ? this.partsOf(text) : this.stemsOf(text)),
      processTerm: term => term,
      searchOptions: { tokenize: text => [text], boost: BOOST },
    })
    /** A document is a page (place -1) or one of its sections; those of a page stand together, the page first. */
    this.places = this.pages.flatMap((page, index) => [{ page: index, place: -1 }, ...page.sections.map((_, place) => ({ page: index, place }))])
    this.firstOf = []         // the number of each page
    this.places.forEach(({ page, place }, id) => { if (place < 0) this.firstOf[page] = id })
    const documents = this.documents()
    for (const { id, ...texts } of documents) {
      for (const [field, text] of Object.entries(texts)) if (field !== "parts") this.count(text)
    }
    this.stemCounts = new Map()
    for (const [word, count] of this.counts) this.stemCounts.set(stem(word), (this.stemCounts.get(stem(word)) ?? 0) + count)
    this.waiting = documents
    this.sorted = [...this.counts.keys()].filter(word => !isStop(word)).sort()
    this.readTitles()
  }

  /**
   * Read every document, a few at a time so that typing goes on meanwhile.
   * @param {() => Promise<void>} [rest] waits until the browser has had its turn
   */
  async load(rest) {
    for (let from = 0; from < this.waiting.length; from += BATCH) {
      this.mini.addAll(this.waiting.slice(from, from + BATCH))
      if (rest) await rest()
    }
    this.waiting = []
    this.sounds = new Map(this.sorted.map(word => [sound(word), word]))
    return this
  }

  /** What MiniSearch reads: one entry a page and one a section, numbered as in `places`. */
  documents() {
    const synonyms = new Map(this.terms.map(term => [term.id, term.synonyms.join(". ")]))
    return this.pages.flatMap(page => {
      const { title, name, description, sections } = page
      // How much of a section stands in the data as text is a matter of room: it must not count for more than loose words.
      const headings = sections.map(section => section.heading).join(". ")
      const isNew = firstTime(`${title} ${name} ${description} ${headings}`)
      return [
        { title, name, everyday: page.everyday.join(". "), headings, lead: description },
        ...sections.map((section, place) => {
          const text = `${bareWords(section.text).filter(isNew).join(" ")} ${section.further}`
          const alias = page.kind === "begrippen" ? synonyms.get(section.id) ?? "" : ""
          return { heading: place ? section.heading : "", alias, text, parts: `${section.heading} ${text}` }
        }),
      ]
    }).map((document, id) => ({ id, ...document }))
  }

  /** The names of pages by the stems in them: what it is called, what the menu calls it, what people type who look for it. */
  readTitles() {
    this.titles = []          // {page, size}
    this.titled = new Map()   // stem -> the numbers of the titles that have it
    this.whole = new Map()    // a whole title, folded -> the pages that bear it, and how much that says
    this.pages.forEach((page, index) => {
      for (const title of [...page.everyday, page.title, page.name]) {
        const key = bareWords(title).join(" ")
        if (!this.whole.has(key)) this.whole.set(key, new Map())
        this.whole.get(key).set(index, page.everyday.includes(title) ? SAID : CALLED)
        const row = new Set(bareWords(title).filter(word => !isStop(word)).map(stem))
        if (!row.size) continue
        for (const own of row) this.titled.set(own, [...this.titled.get(own) ?? [], this.titles.length])
        this.titles.push({ page: index, size: row.size })
      }
    })
  }

  count(text) {
    for (const word of bareWords(text)) this.counts.set(word, (this.counts.get(word) ?? 0) + 1)
  }

  stemsOf(text) {
    return bareWords(text).map(stem)
  }

  partsOf(text) {
    return bareWords(text).flatMap(word => {
      let found = this.parts.get(word)
      if (!found) this.parts.set(word, found = this.splitWord(word)?.map(stem) ?? [])
      return found
    })
  }

  /** The parts of a compound, from the words of the handbook itself: as it stands, or its stem. */
  splitWord(word) {
    if (word.length < 7) return undefined
    return split(word, part => this.isPart(part)) ?? split(stem(word), part => this.isPart(part))
  }

  isPart(part) {
    return (this.counts.get(part) ?? this.stemCounts.get(part) ?? 0) > 1
  }

  /** Every spelling of a term, by its stems: what it means, and how else that is said. */
  readTerms() {
    this.spellings = new Map()
    this.longest = 1
    for (const term of this.terms) {
      const all = new Map()  // the stems of a spelling -> those that count
      for (const name of [term.name, ...term.synonyms]) {
        const key = this.stemsOf(name).join(" ")
        if (!all.has(key)) all.set(key, bareWords(name).filter(word => !isStop(word)).map(stem))
      }
      const ways = [...all].map(([key, stems], index) => [key, {
        stems, weight: index ? SIBLING : SYNONYM, sure: index ? SURE_SIBLING : 1,
      }]).filter(([, way]) => way.stems.length)
      for (const key of all.keys()) {
        this.longest = Math.max(this.longest, key.split(" ").length)
        const others = ways.filter(([other]) => other !== key).map(([, way]) => way)
        this.spellings.set(key, [...(this.spellings.get(key) ?? []), ...others])
      }
      this.count([term.name, ...term.synonyms].join(" "))
    }
  }

  /**
   * @param {string} text what somebody typed
   * @param {{whole?: boolean}} [options] whole: the last word is finished
   * @returns {Found}
   */
  find(text, { whole = false } = {}) {
    const ideas = this.ideas(text, whole)
    const glossary = ASKS_MEANING.test(fold(text)) ? MEANING : this.spellings.has(this.stemsOf(text).join(" ")) ? TERM : PRIOR.begrippen
    const hits = this.rank(ideas, glossary, this.whole.get(bareWords(text).join(" ")) ?? new Map())
    return { hits, nearest: hits.length ? [] : this.nearest(text) }
  }

  // --- what was asked ---

  /** @returns {Idea[]} */
  ideas(text, whole) {
    const typed = words(text)
    const content = typed.filter(({ word }) => !isStop(word))
    const used = content.length ? content : typed
    const ideas = used.map((item, index) => this.idea(item.word, index === used.length - 1 && !whole))
    this.addJoined(used, ideas)
    this.addPhrases(typed, used, ideas)
    return ideas.filter(idea => idea.importance > 0)
  }

  /** @returns {Idea} */
  idea(word, unfinished) {
    const own = stem(word)
    const known = this.stemCounts.has(own)
    const ways = known ? [{ stems: [own], weight: 1 }, ...this.synonyms([own])] : []
    for (const verb of participleOf(word)) if (this.stemCounts.has(verb)) ways.push({ stems: [verb], weight: PARTICIPLE })
    for (const longer of this.derivedFrom(own)) ways.push({ stems: [longer], weight: DERIVED })
    const parts = this.splitWord(word)
    if (parts) {
      for (const linked of this.linked(parts)) ways.push({ stems: [linked], weight: TYPO[1] })
      ways.push({ stems: parts.map(stem), weight: COMPOUND }, ...parts.map(one => ({ stems: [stem(one)], weight: PART })))
      if (!known) for (const way of this.synonyms([stem(parts[1])])) ways.push({ ...way, weight: way.weight * COMPOUND * 0.5, sure: way.sure * COMPOUND * 0.5 })
    }
    if (unfinished && word.length > 2) {
      for (const longer of this.beginningWith(word)) ways.push({ stems: [longer], weight: BEGINNING })
    }
    if (!known && (parts || !ways.length)) ways.push(...this.heard(word), ...this.meant(word, parts ? 1 : undefined))
    return { ways, importance: this.importance(own), word }
  }

  /** The same parts with letters between them: "jongerwerker" is jongerenwerker. */
  linked([first, last]) {
    return LINKS.map(link => stem(first + link + last)).filter(own => this.stemCounts.has(own))
  }

  /** Rare words say more about what is meant, and a word we do not know says most. */
  importance(own) {
    const count = this.stemCounts.get(own) ?? 0
    return Math.log(1 + 2000 / (1 + count))
  }

  /** @returns {Way[]} */
  synonyms(row) {
    const found = this.spellings.get(row.join(" ")) ?? []
    return found.filter(way => way.stems.some(own => (this.stemCounts.get(own) ?? 0) < COMMON))
  }

  /** Stems that go on where this one ends, with an ending that makes another kind of word: jongerenwerk, jongerenwerker. */
  derivedFrom(own) {
    return own.length < 4 ? [] : DERIVATIONS.map(ending => own + ending).filter(longer => this.stemCounts.has(longer))
  }

  /** Up to eight stems that begin with what was typed, the most used first. */
  beginningWith(word) {
    const found = []
    for (let at = firstFrom(this.sorted, word); this.sorted[at]?.startsWith(word); at++) {
      if (this.sorted[at] !== word) found.push([this.counts.get(this.sorted[at]), stem(this.sorted[at])])
    }
    return [...new Set(found.sort((a, b) => b[0] - a[0]).map(([, own]) => own))].filter(own => own !== stem(word)).slice(0, 8)
  }

  /** A known word that sounds like this one. @returns {Way[]} */
  heard(word) {
    const other = this.sounds.get(sound(word))
    return other ? [{ stems: [stem(other)], weight: TYPO[1] }] : []
  }

  /** What somebody meant who typed a word that we do not know. @returns {Way[]} */
  meant(word, most) {
    return this.similar(word, most).flatMap(({ word: other, off }) => {
      const weight = word.length < SHORT ? TYPO[2] : off > 1 && word.length < LONG ? UNLIKELY : TYPO[off]
      return [
        { stems: [stem(other)], weight },
        ...this.synonyms([stem(other)]).map(way => ({ ...way, weight: way.weight * weight, sure: way.sure * weight })),
      ]
    })
  }

  /** Known words that differ little from this one, nearest first. */
  similar(word, most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2) {
    if (!most || /\d/.test(word)) return []
    this.shaped ??= this.sorted.filter(other => other.length > 3)
      .map(other => ({ word: other, stem: stem(other), letters: letters(other), stemLetters: letters(stem(other)), count: this.counts.get(other) }))
    const found = [], own = stem(word), wordLetters = letters(word), ownLetters = letters(own)
    for (const other of this.shaped) {
      if (Math.abs(other.word.length - word.length) > most + 2 || !beginsAlike(other.word, word)) continue
      // A change of one letter for another takes away one kind of letter at most and brings one.
      const off = Math.min(
        apart(other.letters, wordLetters) > 2 * most ? most + 1 : distance(word, other.word, most),
        apart(other.stemLetters, ownLetters) > 2 * most ? most + 1 : distance(own, other.stem, most),
      )
      if (off <= most) found.push({ word: other.word, off, count: other.count })
    }
    found.sort((a, b) => a.off - b.off || b.count - a.count)
    return found.filter(item => item.off === found[0].off).slice(0, 3)
  }

  /** "leerplicht ambtenaar" is also one word. */
  addJoined(used, ideas) {
    for (let at = 0; at + 1 < used.length; at++) {
      const joined = stem(used[at].word + used[at + 1].word)
      if (!this.stemCounts.has(joined)) continue
      const ways = [{ stems: [joined], weight: 1 }, ...this.synonyms([joined])]
      ideas[at].ways.push(...ways)
      ideas[at + 1].ways.push(...ways)
    }
  }

  /** Words that together are a spelling of a term: each of them is then also said by the term. */
  addPhrases(typed, used, ideas) {
    const row = typed.map(({ word }) => stem(word))
    for (let from = 0; from < row.length; from++) {
      for (let to = Math.min(row.length, from + this.longest); to > from + 1; to--) {
        const ways = this.synonyms(row.slice(from, to))
        if (!ways.length) continue
        used.forEach((item, index) => {
          if (item.start >= typed[from].start && item.end <= typed[to - 1].end) ideas[index].ways.push(...ways)
        })
        break
      }
    }
  }

  // --- what meets it ---

  /** @param {Idea[]} ideas @param {number} glossary what the glossary counts for @param {Map<number, number>} said pages that are called just this, and how much that says @returns {Hit[]} */
  rank(ideas, glossary, said) {
    const total = ideas.reduce((sum, idea) => sum + idea.importance, 0)
    if (!total) return []
    const met = ideas.map(idea => this.meet(idea))
    const touched = new Set(met.flatMap(({ ids }) => ids.map(id => this.places[id].page)))
    const share = weightOf => ideas.reduce((sum, idea, index) => sum + idea.importance * weightOf(index), 0) / total
    const scoreAt = id => met.reduce((sum, { score }) => sum + score[id], 0)
    const names = this.named(ideas)
    let best = 0
    const hits = []
    for (const index of touched) {
      const page = this.pages[index], id = this.firstOf[index]
      const everything = met.map(({ weight }) => weight[id])
      const about = share(at => met[at].weight[id])
      let top = { score: 0, place: 0, share: about }
      let spread = 0
      for (let place = 0; place < page.sections.length; place++) {
        const own = id + 1 + place
        const sum = scoreAt(own)
        if (!sum) continue
        met.forEach(({ weight }, at) => { if (weight[own] > everything[at]) everything[at] = weight[own] })
        const covered = share(at => Math.max(met[at].weight[own], met[at].weight[id]))
        const score = sum * covered ** 2
        spread += score
        if (score > top.score) top = { score, place, share: covered }
      }
      best = Math.max(best, top.share)
      const named = ABOUT * ((names.get(index) ?? 0) + (said.get(index) ?? 0)) * total
      const prior = COPY.test(page.address) ? SAME : page.kind === "begrippen" ? glossary : PRIOR[page.kind] ?? 1
      const score = (scoreAt(id) * about + top.score + SPREAD * Math.log(1 + spread) + named) * share(at => everything[at]) * prior
      hits.push({ page, section: page.sections[top.place], score, ideas })
    }
    const isNamed = [...names.values()].some(sure => sure >= SURELY)
    if (best + (isNamed ? NAMED : 0) < THRESHOLD) return []
    const inOrder = (a, b) => b.score - a.score || (a.page.address < b.page.address ? -1 : 1)
    hits.sort(inOrder)
    const family = new Map()
    for (const hit of hits) {
      const name = hit.page.address.split("/")[0] + hit.page.title.split(":")[0]
      family.set(name, (family.get(name) ?? 0) + 1)
      if (hit.page.title.includes(":")) hit.score *= FAMILY ** Math.max(0, family.get(name) - 2)
    }
    hits.sort(inOrder)
    return hits.filter(hit => hit.score > hits[0].score * 0.05)
  }

  /** How sure we are that a page bears the name of what is asked, for each page of which a whole name is said. */
  named(ideas) {
    const sure = new Map()    // stem -> how sure
    for (const { ways } of ideas) {
      for (const way of ways) for (const own of way.stems) sure.set(own, Math.max(sure.get(own) ?? 0, way.weight))
    }
    const said = new Map()    // number of a title -> how much of it
    for (const [own, weight] of sure) {
      for (const number of this.titled.get(own) ?? []) {
        const before = said.get(number) ?? { sum: 0, count: 0 }
        said.set(number, { sum: before.sum + weight, count: before.count + 1 })
      }
    }
    const found = new Map()
    for (const [number, { sum, count }] of said) {
      const { page, size } = this.titles[number]
      if (count === size) found.set(page, Math.max(found.get(page) ?? 0, sum / size))
    }
    return found
  }

  /** For each document the best way in which it says an idea. @param {Idea} idea @returns {Met} */
  meet(idea) {
    const score = new Float64Array(this.places.length), weight = new Float64Array(this.places.length), ids = []
    const sums = this.sums ??= new Float64Array(this.places.length), counts = this.met ??= new Uint8Array(this.places.length)
    for (const { stems, weight: sureness, sure = sureness } of idea.ways) {
      const row = new Set(stems), found = []
      for (const own of row) {
        for (const [id, gained] of this.look(own)) {
          if (!counts[id]++) found.push(id)
          sums[id] += gained
        }
      }
      for (const id of found) {
        const part = (counts[id] / row.size) ** 2
        if (!weight[id]) ids.push(id)
        score[id] = Math.max(score[id], sums[id] / row.size * part * sureness)
        weight[id] = Math.max(weight[id], part * sure)
        sums[id] = counts[id] = 0
      }
    }
    return { ids, score, weight }
  }

  /** The weight of one stem in each page and section, from MiniSearch. */
  look(own) {
    let found = this.looked.get(own)
    if (!found) {
      if (this.looked.size >= KEPT) this.looked.clear()
      this.looked.set(own, found = this.mini.search(own).map(({ id, score }) => [id, score]))
    }
    return found
  }

  /** Terms of the glossary that look like what was typed: they share the most pairs of letters. */
  nearest(text) {
    const own = pairs(text)
    if (own.size < 2) return []
    this.shapes ??= this.terms.map(term => ({ term, shapes: [term.name, ...term.synonyms].map(pairs) }))
    const likeness = other => {
      let shared = 0
      for (const pair of own) if (other.has(pair)) shared++
      return 2 * shared / (own.size + other.size || 1)
    }
    return this.shapes.map(({ term, shapes }) => ({ term, near: Math.max(...shapes.map(likeness)) }))
      .sort((a, b) => b.near - a.near).slice(0, 5).map(({ term }) => term)
  }
}

/** The place in a sorted list of the first word that does not come before this one. */
function firstFrom(sorted, word) {
  let from = 0, to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (sorted[middle] < word) from = middle + 1
    else to = middle
  }
  return from
}

/** Two words that begin with the same letter, or with their first two letters swapped or one of them wrong. */
function beginsAlike(a, b) {
  return a[0] === b[0] || (b.length > 5 && (a[1] === b[0] || a[0] === b[1] || a[1] === b[1]))
}

/** Tells of each word in turn whether it is the first time, the words of this text before it: what repeats itself is not more about it. */
function firstTime(text) {
  const seen = new Set(bareWords(text))
  return word => !seen.has(word) && Boolean(seen.add(word))
}

/** Which letters a word has, a bit each. */
function letters(word) {
  let bits = 0
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) - 97 & 31)
  return bits
}

/** How many letters one of two words has and the other has not. */
function apart(a, b) {
  let bits = a ^ b, count = 0
  for (; bits; bits &= bits - 1) count++
  return count
}

/** What an address calls its page: "signaleren/praten-met-ouders/" is "praten met ouders". */
function lastOf(address) {
  return address.split("/").at(-2)?.replaceAll("-", " ") ?? ""
}

/** Every two letters of a text that stand side by side. */
function pairs(text) {
  const letters = fold(text).replace(/[^\p{L}\p{N}]+/gu, "")
  const found = new Set()
  for (let at = 0; at + 1 < letters.length; at++) found.add(letters.slice(at, at + 2))
  return found
}
