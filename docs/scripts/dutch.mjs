// Dutch words, compared as a reader would: the only place where case, accents, endings and compounds are taken off.
// The index and the question both pass through here, so they always agree. Pure; knows nothing of pages.

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)*\+?/gu

/** Words that carry a question and not its subject. */
const STOP = new Set((
  "aan af al alle alleen alles als altijd ander andere anders bij binnen bent ben beter bijna daar daarna dan dat de deze die dit doe doen "
  + "doet door dus echt een eens eerst elk elke en er eruit even gaan gaat geef geeft geen ging gedaan haar had hadden heb hebben hebt heeft "
  + "hem hen het hier hij hoe hoeveel hun iemand iets ik in is ja je jij jou jouw jullie kan kun kunnen kunt maar maak maken "
  + "maakt mag me meer men met mij mijn moet moeten mogen naar nee niet niets nog nu of om omdat ons onze ook op over per s "
  + "snel soms sommige steeds te tegen ten ter toch toen tot tussen u uit uw van vanaf vaak via vind vinden vindt voor vooral waar waarom waarvoor "
  + "wanneer was wat we weet weten wel welk welke werd wij wie wil willen word worden wordt zal ze zeer zelf zich zij zijn "
  + "zo zonder zou zouden the to for and "
  + "allebei allemaal beetje best daarmee daarom daarvan daarvoor eigenlijk erg ervan ervoor gewoon helemaal hiermee hiervan hiervoor "
  + "ineens inmiddels lijkt misschien namelijk nogal opeens ooit plotseling precies sinds sowieso telkens tijdens toevallig vanuit vaker "
  + "volgens waarmee waarover waarschijnlijk waarvan zodat zodra zomaar zulke").split(" "))

/** Beginnings that make one word with what follows ("onder-zoek"): never a part of a compound. */
const PREFIXES = new Set(("aan achter af be bij binnen boven buiten door eerste er ge goed her hier in mee mis na naar neer niet om "
  + "onder ont op over samen tegen terug toe tussen uit van ver voor vooruit weg zonder").split(" "))

/** Letters between the parts of a compound. */
export const LINKS = ["s", "en", "n", "e"]

/** Lower case, without accents and apostrophes. */
export function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase()
}

/** Every word of a text with its place: {word, start, end}; a word is folded. */
export function words(text) {
  return Array.from(text.matchAll(WORD), found => ({
    word: fold(found[0].replace(/['’]s$/, "")),
    start: found.index,
    end: found.index + found[0].length,
  }))
}

const folded = new Map()

/** Every word of a text, folded, without its place. @returns {string[]} */
export function bareWords(text) {
  return (text.match(WORD) ?? []).map(raw => {
    let word = folded.get(raw)
    if (word === undefined) folded.set(raw, word = fold(raw.replace(/['’]s$/, "")))
    return word
  })
}

/** Tell whether a folded word only helps to ask. */
export function isStop(word) {
  return STOP.has(word)
}

// From word to stem, in this order. A stem needs a vowel before the ending that goes.
const ENDINGS = [
  [/heden$/, "heid"],
  [/(?<=[aeiou].*)(?:([mnlr])\1)etjes?$/, "$1"],                      // balletje
  [/(?<=[aeiou]ng|[aeiou]g)(?:g?etjes?)$/, ""],                        // ringetje
  [/(?<=[aeiou].*)(?:(?<=m)pje|tje|(?<=[^aeiout])je|(?<=t)je)s?$/, ""],  // filmpje, broertje, briefje, kaartje
  [/(?<=[aeiou].*[^aeious])(?<!ij)s$/, ""],                            // wijkteams
  [/(?<=[aeiou].*(?:e|o|[^l]a)|oa)(?<!ee|oe|oo)s$/, ""],               // interventies, risicos, boas
  [/ieen$/, "ie"],
  [/kinderen$/, "kind"],
  [/(?<=[aeiouy].*[^aeiou])en$/, ""],
  [/(?<=[aeiouy].*[^aeiou])e$/, ""],
  [/(?<=[aeiouy].{2,})(?<![^aeiou]l)ing$/, ""],                        // borging like borgen, but not leerling
  [/dt$/, "d"],
  [/([bdfgklmnprst])\1$/, "$1"],                                       // mess(en)
  [/(?<=[aeiouy].*[lnmkpgfr])t$/, ""],                                 // steelt
  [/v$/, "f"],
  [/z$/, "s"],
  [/eer$/, "er"],
  [/(?<=[^aeiou]|^)([aeou])\1(?=[^aeiou]$)/, "$1"],                    // school like schol(en)
]

const stems = new Map()

/** The stem of a folded word: without plural, diminutive and the endings of verbs and adjectives. */
export function stem(word) {
  let found = stems.get(word)
  if (found === undefined) stems.set(word, found = bare(word))
  return found
}

function bare(word) {
  if (word.length < 4 || /\d/.test(word)) return word
  return ENDINGS.reduce((left, [ending, instead]) => left.replace(ending, instead), word)
}

// Who writes by ear writes "kwis".
const SOUNDS = [
  [/sch(?=[^aeiouwr]|$)/g, "s"], [/ch/g, "g"], [/th/g, "t"], [/ph/g, "f"], [/qu?/g, "kw"], [/x/g, "ks"], [/c(?=[eiy])/g, "s"], [/ck?/g, "k"],
  [/ij|y/g, "ei"], [/au/g, "ou"], [/z/g, "s"], [/v/g, "f"], [/dt?$/, "t"], [/b$/, "p"], [/(.)\1/g, "$1"],
]

/** How a folded word sounds. */
export function sound(word) {
  return SOUNDS.reduce((left, [written, heard]) => left.replace(written, heard), word)
}

/**
 * Other stems of a past participle: "gepest" is also pest(en), "doorgestuurd" also doorstur(en) and stur(en).
 * @param {string} word folded
 * @returns {string[]}
 */
export function participleOf(word) {
  const found = /^(aan|achter|af|bij|binnen|door|in|langs|mee|na|neer|om|op|rond|terug|toe|uit|voor|vast|weg)?ge(.{3,})(?:[td]|en)$/.exec(word)
  if (!found) return []
  const [, first = "", rest] = found
  return first ? [stem(first + rest), stem(rest)] : [stem(rest)]
}

/**
 * The two parts of a compound, as folded words, when both are known by themselves; else nothing. Of several ways
 * the one whose shorter part is longest: "sportverenigingen" is sport + verenigingen.
 * @param {string} word folded
 * @param {(part: string) => boolean} knows whether a folded word occurs by itself
 * @returns {[string, string] | undefined}
 */
export function split(word, knows) {
  let best, length = 0
  for (let at = 3; at <= word.length - 4; at++) {
    const rest = word.slice(at)
    const size = Math.min(at, rest.length)
    if (size <= length || isStop(rest) || !knows(rest)) continue
    const first = firstPart(word.slice(0, at), knows)
    if (first) [best, length] = [[first, rest], size]
  }
  return best
}

function firstPart(text, knows) {
  for (const link of ["", ...LINKS]) {
    if (!text.endsWith(link)) continue
    const part = text.slice(0, text.length - link.length)
    if (part.length > 2 && !PREFIXES.has(part) && !isStop(part) && knows(part)) return part
  }
}

/**
 * How many letters to change, add, leave out or swap to get from one word to the other; more than `most` counts as `most` + 1.
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before, last, row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
      if (row[j] < least) least = row[j]
    }
    if (least > most) return most + 1
  }
  return row[b.length]
}
