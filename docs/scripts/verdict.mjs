// Facts and criteria -> past, onzeker or past-niet, with the criteria that decided it. The twin of
// hooks/handbook/verdict.py: the same rule (docs/over/beslissingen/0005-uitspraken-en-oordelen.md), no DOM.
// An intervention is an entry of data/oordelen.json.

/**
 * @typedef {"ja" | "nee" | "onbekend"} Truth
 * @typedef {"voldoet" | "voldoet-niet" | "bronnen-verschillen" | "antwoord-onbekend"} Reason
 * @typedef {"past" | "onzeker" | "past-niet"} Verdict
 * @typedef {{several: boolean, known: boolean, values: (number | string)[], chosen: Set<number | string>}} Open
 * @typedef {{criterion: object, truth: Truth, reason: Reason}} CriterionResult
 * @typedef {{group: object, verdict: Verdict, criteria: CriterionResult[], deciding: CriterionResult[]}} GroupResult
 * @typedef {{verdict: Verdict, best: GroupResult, groups: GroupResult[]}} Judgement
 */

const RANK = { past: 2, onzeker: 1, "past-niet": 0 }
const DECIDES = { past: "ja", onzeker: "onbekend", "past-niet": "nee" }

/**
 * What the facts leave open of every facet: worked out once, then read by each criterion of each intervention.
 * @param {Map<string, Set<number | string>>} facts
 * @param {Record<string, object>} facets
 * @returns {Map<string, Open>}
 */
export function openFacts(facts, facets) {
  return new Map(Object.entries(facets).map(([name, facet]) => {
    const chosen = facts.get(name)
    return [name, { several: facet.soort === "meerkeuze", known: chosen !== undefined, values: openIn(facet, chosen), chosen }]
  }))
}

/** The values of a facet that are open: those chosen, or all of them. */
export function openIn(facet, chosen) {
  if (chosen) return [...chosen]
  if (facet.soort !== "geheel_getal") return Object.keys(facet.waarden)
  return Array.from({ length: facet.tot - facet.van + 1 }, (_, index) => facet.van + index)
}

/**
 * Weigh one intervention; its best target group counts, the first of these when equal.
 * @param {object} intervention
 * @param {Map<string, Open>} open what openFacts returned
 * @returns {Judgement}
 */
export function judge(intervention, open) {
  const groups = intervention.doelgroepen.map(group => judgeGroup(group, open))
  const best = groups.reduce((winner, group) => (RANK[group.verdict] > RANK[winner.verdict] ? group : winner))
  return { verdict: best.verdict, best, groups }
}

/**
 * Try one criterion in all its readings: do they all admit, all exclude, or neither?
 * @returns {{truth: Truth, reason: Reason}}
 */
export function testCriterion(criterion, open) {
  const truths = criterion.lezingen.map(reading => testReading(reading.eisen, open))
  if (truths.every(truth => truth === "ja")) return { truth: "ja", reason: "voldoet" }
  if (truths.every(truth => truth === "nee")) return { truth: "nee", reason: "voldoet-niet" }
  return { truth: "onbekend", reason: truths.includes("onbekend") ? "antwoord-onbekend" : "bronnen-verschillen" }
}

/** @returns {GroupResult} */
function judgeGroup(group, open) {
  const criteria = group.criteria.map(criterion => ({ criterion, ...testCriterion(criterion, open) }))
  const deciding = criteria.filter(result => result.criterion.beslist)
  const has = truth => deciding.some(result => result.truth === truth)
  const verdict = has("nee") ? "past-niet" : has("onbekend") ? "onzeker" : "past"
  return { group, verdict, criteria, deciding: deciding.filter(result => result.truth === DECIDES[verdict]) }
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
function testCondition(condition, { several, known, values, chosen }) {
  if (several) {
    if (!known) return "onbekend"
    return condition.waarden.some(value => chosen.has(value)) ? "ja" : "nee"
  }
  let admitted = 0
  for (const value of values) if (admits(condition, value)) admitted += 1
  return admitted === values.length ? "ja" : admitted ? "onbekend" : "nee"
}

/** Tell whether a condition holds for one value. */
function admits({ van = -Infinity, tot = Infinity, waarden = [] }, value) {
  return typeof value === "number" ? van <= value && value <= tot : waarden.includes(value)
}
