// What an answer to a question of a case is worth, and what it misses or over-calls. The values stand in the page, made by
// hooks/handbook/scoring.py: here they are only looked up and added. No DOM.

/**
 * @typedef {{points: number, chosen: string, left: string}} Worth what a choice earns, and its flaw when chosen and when left
 * @typedef {{id: string, whole: number, choices: Map<string, Worth>}} Question
 * @typedef {{earned: number, flaws: Map<string, string>}} Score what part of the question, and the flaws by choice
 */

/** @param {Question} question @param {string[]} given @returns {Score} */
export function score(question, given) {
  let points = 0
  const flaws = new Map()
  for (const [id, worth] of question.choices) {
    const isChosen = given.includes(id)
    if (isChosen) points += worth.points
    const flaw = isChosen ? worth.chosen : worth.left
    if (flaw) flaws.set(id, flaw)
  }
  return { earned: Math.max(0, points) / question.whole, flaws }
}

/** The sum of all questions, rounded to hundredths. @param {Score[]} scores */
export const total = scores => Math.round(scores.reduce((sum, { earned }) => sum + earned, 0) * 100) / 100
