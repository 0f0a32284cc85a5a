// Facts and criteria -> past, onzeker or past-niet, with the criteria that decided it. The twin of
// hooks/handbook/verdict.py: the same rule (docs/over/beslissingen/0005-uitspraken-en-oordelen.md), no DOM.
// An intervention is an entry of data/oordelen.json.

/**
 * @typedef {"ja" | "nee" | "onbekend"} Truth
 * @typedef {"voldoet" | "voldoet-niet" | "bronnen-verschillen" | "antwoord-onbekend"} Reason
 * @typedef {"past" | "onzeker" | "past-niet"} Verdict
 * @typedef {{several: boolean, known: boolean, values: (number | string)[], chosen: Set<number | string>, run: boolean}} Open
 *   `run`: the values are whole numbers without a gap, from the first to the last
 * @typedef {{criterion: object, truth: Truth, reason: Reason}} CriterionResult
 * @typedef {{verdict: Verdict, best: GroupResult, groups: GroupResult[]}} Judgement
 */

const RANK = { past: 2, onzeker: 1, "past-niet": 0 }
const DECIDES = { past: "ja", onzeker: "onbekend", "past-niet": "nee" }
const MEETS = { truth: "ja", reason: "voldoet" }
const FAILS = { truth: "nee", reason: "voldoet-niet" }
const UNANSWERED = { truth: "onbekend", reason: "antwoord-onbekend" }
const DISPUTED = { truth: "onbekend", reason: "bronnen-verschillen" }

/**
 * What the facts leave open of every facet: worked out once, then read by each criterion of each intervention.
 * @param {Map<string, Set<number | string>>} facts
 * @param {Record<string, object>} facets
 * @returns {Map<string, Open>}
 */
export function openFacts(facts, facets) {
  return new Map(Object.entries(facets).map(([name, facet]) => {
    const chosen = facts.get(name)
    const values = openIn(facet, chosen)
    if (facet.soort === "geheel_getal") values.sort((a, b) => a - b)
    const run = facet.soort === "geheel_getal" && values.length > 0 && values.at(-1) - values[0] === values.length - 1
    return [name, { several: facet.soort === "meerkeuze", known: chosen !== undefined, values, chosen, run }]
  }))
}

/** The values of a facet that are open: those chosen, or all of them. */
export function openIn(facet, chosen) {
  if (chosen) return [...chosen]
  if (facet.soort !== "geheel_getal") return Object.keys(facet.waarden)
  return Array.from({ length: facet.tot - facet.van + 1 }, (_, index) => facet.van + index)
}

/**
 * Number the criteria, equal ones alike: many interventions ask for the same ages, and each kind is tried once.
 * @param {Record<string, object>} interventions those of data/oordelen.json
 */
export function prepare(interventions) {
  const numbers = new Map()
  const kinds = []
  const numberOf = criterion => {
    const key = JSON.stringify(criterion.lezingen.map(reading => reading.eisen))
    if (!numbers.has(key)) numbers.set(key, kinds.push(criterion) - 1)
    return numbers.get(key)
  }
  const items = Object.entries(interventions).map(([id, entry]) =>
    [id, entry.doelgroepen.map(group => ({ group, kinds: group.criteria.map(numberOf) }))])
  return { kinds, items }
}

/**
 * Weigh every intervention; the best target group of each counts, the first of these when equal.
 * @param {ReturnType<typeof prepare>} prepared
 * @param {Map<string, Set<number | string>>} facts
 * @param {Record<string, object>} facets
 * @returns {Map<string, Judgement>} by id
 */
export function weigh({ kinds, items }, facts, facets) {
  const open = openFacts(facts, facets)
  const tried = kinds.map(criterion => testCriterion(criterion, open))
  return new Map(items.map(([id, groups]) => [id, judge(groups, tried)]))
}

/** @returns {Judgement} */
function judge(prepared, tried) {
  const groups = prepared.map(({ group, kinds }) => new GroupResult(group, kinds.map(kind => tried[kind])))
  const best = groups.reduce((winner, group) => (RANK[group.verdict] > RANK[winner.verdict] ? group : winner))
  return { verdict: best.verdict, best, groups }
}

/**
 * Try one criterion in all its readings: do they all admit, all exclude, or neither?
 * @returns {{truth: Truth, reason: Reason}}
 */
export function testCriterion(criterion, open) {
  let yes = 0
  let no = 0
  for (const reading of criterion.lezingen) {
    const truth = testReading(reading.eisen, open)
    if (truth === "ja") yes += 1
    else if (truth === "nee") no += 1
  }
  if (yes === criterion.lezingen.length) return MEETS
  if (no === criterion.lezingen.length) return FAILS
  return yes + no < criterion.lezingen.length ? UNANSWERED : DISPUTED
}

/** How one target group came out. */
class GroupResult {
  constructor(group, tried) {
    this.group = group
    this.tried = tried
    /** @type {Verdict} */
    this.verdict = "past"
    for (let index = 0; index < tried.length; index += 1) {
      if (!group.criteria[index].beslist) continue
      if (tried[index].truth === "nee") this.verdict = "past-niet"
      else if (tried[index].truth === "onbekend" && this.verdict === "past") this.verdict = "onzeker"
    }
  }

  /** @returns {CriterionResult[]} */
  get criteria() {
    return this.group.criteria.map((criterion, index) => ({ criterion, ...this.tried[index] }))
  }

  /** The criteria that made the verdict: those that fail, else those that are open, else all that decide. */
  get deciding() {
    return this.criteria.filter(result => this.decides(result))
  }

  /** Tell whether a criterion made the verdict. */
  decides({ criterion, truth }) {
    return criterion.beslist && truth === DECIDES[this.verdict]
  }
}

/** @returns {Truth} */
export function testReading(requirements, open) {
  let truth = "ja"
  for (const name in requirements) {
    const found = testCondition(requirements[name], open.get(name))
    if (found === "nee") return "nee"
    if (found === "onbekend") truth = "onbekend"
  }
  return truth
}

/** @returns {Truth} */
function testCondition(condition, { several, known, values, chosen, run }) {
  if (several) {
    if (!known) return "onbekend"
    return condition.waarden.some(value => chosen.has(value)) ? "ja" : "nee"
  }
  const admitted = run ? inRange(condition, values[0], values.at(-1)) : values.filter(value => admits(condition, value)).length
  return admitted === values.length ? "ja" : admitted ? "onbekend" : "nee"
}

/** How many whole numbers from low to high a condition holds for. */
function inRange({ van, tot }, low, high) {
  return Math.max(0, Math.min(tot ?? high, high) - Math.max(van ?? low, low) + 1)
}

/** Tell whether a condition holds for one value. */
function admits({ van, tot, waarden }, value) {
  if (typeof value !== "number") return waarden !== undefined && waarden.includes(value)
  return (van === undefined || van <= value) && (tot === undefined || value <= tot)
}
