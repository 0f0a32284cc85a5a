// The words of sections that stand in the search data without their sentences: two texts -> the words of each section. Pure.
// handbook/loose_words.py writes them and says how.

// A number ends with one of the first 64 signs; the signs before it are from the rest.
const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_!#$%&'()*+,./:;<=>?@[]^`{|}~"
const LAST = 64
const BEFORE = SIGNS.length - LAST

/**
 * @param {[words: string, places: string]} packed
 * @returns {string[][]} by the number of the section; a section without such words may be missing
 */
export function unpack([words, places]) {
  const found = []
  if (!words) return found
  const rows = places.split(" ")
  let word = ""
  words.split(" ").forEach((text, index) => {
    word = word.slice(0, SIGNS.indexOf(text[0])) + text.slice(1)
    let section = 0, step = 0
    for (const sign of rows[index]) {
      const value = SIGNS.indexOf(sign)
      if (value >= LAST) {
        step = step * BEFORE + value - LAST
        continue
      }
      section += step * LAST + value
      step = 0
      ;(found[section] ??= []).push(word)
    }
  })
  return found
}
