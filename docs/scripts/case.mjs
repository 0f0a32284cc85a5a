// A case or the assessment, one question at a time. The page is complete without this: here its questions are hidden, and
// asked again from what stands in them. The choices live in the fragment of the address and nowhere else.

import { format, isAnchor, parse } from "./fragment.mjs"
import { Parts, at } from "./parts.mjs"
import { score, total } from "./score.mjs"
import * as trail from "./trail.mjs"

class Player {
  constructor(mount, parts) {
    this.parts = parts
    this.norm = mount.dataset.pass
    this.pageTitle = document.title
    this.questions = [...document.querySelectorAll(".ve-exercise")].map(readQuestion)
    const vragen = this.questions.map(({ id, several, choices }) =>
      [id, { routes: [], meerkeuze: several ? "ja" : "nee", antwoorden: Object.fromEntries(choices) }])
    this.guide = { vragen: Object.fromEntries(vragen) }
    this.asked = [...document.querySelectorAll(".ve-moment, .ve-exercise:not(.ve-moment *)")]
    this.after = [...document.querySelectorAll(".ve-after")]
    this.introduction = introductionOf(mount)
    this.frame = parts.make("frame")
    at(this.frame, "all").addEventListener("click", () => this.showAll(this.asked[0].hidden))
    mount.replaceChildren(this.frame)
    this.showAll(false)
    trail.watch(() => this.show({ focus: !isAnchor(location.hash) }), () => this.cleared())
    if (!trail.resume(() => this.cleared())) this.show({ focus: location.hash.includes("=") })
  }

  /** Show or hide the case as one page. */
  showAll(all) {
    for (const part of [...this.asked, ...this.after]) part.hidden = !all
    at(this.frame, "all").textContent = this.parts.word(all ? "hide-all" : "show-all")
    at(this.frame, "all").setAttribute("aria-expanded", String(all))
  }

  /** Show what the address asks for: a question, the feedback on one, or the summary. */
  show({ focus }) {
    if (isAnchor(location.hash)) {
      this.revealAnchor()
      if (this.view) return
    } else {
      this.read(location.hash)
    }
    trail.mark(this.answers.size > 0)
    const answered = this.questions.find(({ id }) => id === trail.editing() && this.answers.has(id))
    const open = this.questions.find(({ id }) => !this.answers.has(id))
    at(this.frame, "status").textContent = ""
    this.view = answered ? this.feedback(answered) : open ? this.question(open) : this.summary()
    for (const element of this.introduction) element.hidden = this.answers.size > 0
    if (!answered && !open) for (const part of this.after) part.hidden = false
    at(this.frame, "view").replaceChildren(this.view)
    const heading = at(this.view, "title")
    document.title = this.parts.word("title", { step: heading.textContent, page: this.pageTitle })
    if (focus) heading.focus()
  }

  /** Read the choices in the address; what does not belong here is named and left out. */
  read(hash) {
    const { answers, faults } = parse(this.guide, hash)
    const known = ([id, given]) => [given].flat().every(choice => Object.hasOwn(this.guide.vragen[id].antwoorden, choice))
    this.answers = new Map([...answers].filter(known))
    const isWhole = !faults.length && this.answers.size === answers.size
    at(this.frame, "notice").replaceChildren(...(isWhole ? [] : [this.parts.make("faults")]))
  }

  /** An anchor never touches the choices: they go back into the address. */
  revealAnchor() {
    this.answers ??= new Map()
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (target?.closest("[hidden]")) {
      this.showAll(true)
      target.scrollIntoView()
    }
    if (this.answers.size) trail.replace(format(this.guide, this.answers))
  }

  question(question) {
    const { several, moment, seen } = question
    const number = this.questions.indexOf(question) + 1
    const form = this.parts.make("question", {
      progress: this.progress(number),
      title: moment ?? this.parts.word("question-title", { n: number }),
      seen: seen ? copies(seen) : "",
      question: question.heading,
      hint: question.hint,
      options: [...question.choices].map(([id, { text }]) => this.option(id, text, several)),
      ...(several ? {} : { several: "" }),
    })
    const inputs = [...form.querySelectorAll("input")]
    form.addEventListener("submit", event => {
      event.preventDefault()
      const chosen = inputs.filter(input => input.checked).map(input => input.value)
      if (!chosen.length) return this.refuse(form, inputs[0])
      this.answers.set(question.id, several ? chosen : chosen[0])
      trail.push(format(this.guide, this.answers), question.id)
      this.show({ focus: true })
      at(this.frame, "status").textContent = this.result(question)
    })
    at(form, "error-link").addEventListener("click", event => {
      event.preventDefault() // following it would put an anchor in the place of the choices
      inputs[0].focus()
    })
    return form
  }

  option(id, text, several) {
    const label = this.parts.make("option", { text })
    Object.assign(at(label, "input"), { type: several ? "checkbox" : "radio", name: "choice", id: `ve-choice-${id}`, value: id })
    return label
  }

  refuse(form, first) {
    const message = this.parts.word("error")
    at(form, "error").textContent = at(form, "error-link").textContent = message
    at(form, "error-link").href = `#${first.id}`
    at(form, "error").hidden = at(form, "errors").hidden = false
    at(form, "field").setAttribute("aria-describedby", "ve-error")
    at(form, "errors").focus()
  }

  feedback(question) {
    const number = this.questions.indexOf(question) + 1
    const given = this.given(question)
    const others = [...question.choices.keys()].filter(id => !given.includes(id))
    const { flaws } = this.score(question)
    const replies = ids => ids.map(id => this.reply(question, id, given.includes(id)))
    const missed = others.filter(id => flaws.has(id)) // what a choice of several should have held
    const rest = others.filter(id => !flaws.has(id))
    const view = this.parts.make("feedback", {
      progress: this.progress(number),
      title: this.parts.word("feedback-title", { n: number }),
      question: question.heading,
      chosen: [this.result(question), ...replies([...given, ...missed])],
      ...(rest.length ? { others: replies(rest) } : { more: "" }),
    })
    const isLast = this.questions.every(({ id }) => this.answers.has(id))
    at(view, "next").textContent = this.parts.word(isLast ? "finish" : "next")
    at(view, "next").addEventListener("click", () => {
      trail.push(format(this.guide, this.answers))
      this.show({ focus: true })
    })
    return view
  }

  reply(question, id, isChosen) {
    const { element, text } = question.choices.get(id)
    return this.parts.make("reply", { sign: this.parts.word(isChosen ? "chosen" : "left"), text, body: copies(element) })
  }

  summary() {
    const scores = this.questions.map(question => this.score(question))
    const all = this.questions.length
    const earned = total(scores)
    const found = { gemist: new Map(), overschat: new Map(), anders: new Map(), read: new Map() }
    this.questions.forEach((question, index) => {
      for (const [id, flaw] of scores[index].flaws) collect(question.choices.get(id), found[flaw], found.read)
    })
    const rows = this.questions.map(question => this.parts.make("row", {
      question: question.heading,
      given: this.given(question).map(id => question.choices.get(id).text).join("; "),
      result: this.result(question),
    }))
    const view = this.parts.make("summary", {
      progress: this.parts.word("progress-done", { all }),
      score: this.parts.word("score", { points: inDutch(earned), all }),
      passed: this.norm ? this.parts.word(earned >= Number(this.norm) ? "passed" : "failed", { norm: this.norm }) : "",
      ...section("missed", found.gemist),
      ...section("overcalled", found.overschat),
      ...section("other", found.anders),
      ...section("read", found.read),
      ...(scores.some(({ flaws }) => flaws.size) ? { none: "" } : {}),
      rows,
    })
    at(view, "print").addEventListener("click", () => window.print())
    at(view, "clear").addEventListener("click", () => trail.clear(() => this.cleared()))
    return view
  }

  /** Every choice is out of the history. */
  cleared() {
    this.showAll(false)
    this.show({ focus: false })
    const notice = this.parts.make("cleared")
    at(this.frame, "notice").replaceChildren(notice)
    notice.focus({ preventScroll: true })
    notice.scrollIntoView({ block: "nearest" })
  }

  given = question => [this.answers.get(question.id)].flat()
  score = question => score(question, this.given(question))
  progress = n => this.parts.word("progress", { n, all: this.questions.length })

  result(question) {
    const { earned, flaws } = this.score(question)
    return flaws.size ? this.parts.word("not-right", { points: inDutch(total([{ earned }])) }) : this.parts.word("right")
  }
}

/** A question as it stands in the page. */
function readQuestion(section) {
  const moment = section.closest(".ve-moment")
  const choices = [...section.querySelectorAll(".ve-choice")].map(element => {
    const { choice, points, chosen, left } = element.dataset
    return [choice, { points: Number(points), chosen, left, element, text: element.querySelector("summary").textContent.trim() }]
  })
  return {
    id: section.dataset.question,
    several: section.dataset.several === "ja",
    whole: Number(section.dataset.whole),
    heading: inWords(section.querySelector("[id^='vraag-']")),
    hint: section.querySelector(":scope > .ve-hint")?.textContent ?? "",
    moment: moment && inWords(moment.querySelector("h2")),
    seen: (moment ?? section).querySelector(".ve-seen"),
    choices: new Map(choices),
  }
}

/** A heading without its link. */
const inWords = heading => {
  const copy = heading.cloneNode(true)
  copy.querySelector(".headerlink")?.remove()
  return copy.textContent.trim()
}

/** What stands above the player and is read once: what is between the title and the situation. */
function introductionOf(mount) {
  const before = [...mount.parentElement.children].slice(0, [...mount.parentElement.children].indexOf(mount))
  const end = before.findIndex(element => element.id === "situatie")
  return before.slice(before.findIndex(element => element.matches("h1")) + 1, end < 0 ? undefined : end)
}

/** What stands in an element, without its summary, to be shown elsewhere. */
const copies = element => [...element.children].filter(child => !child.matches("summary")).map(child => child.cloneNode(true))

/** Of a flawed choice the signals it is about, else its own words; and what to read. */
function collect({ element, text }, flaws, read) {
  const signals = [...element.querySelectorAll(".ve-choice__signals a")]
  for (const link of signals) flaws.set(link.href, link.cloneNode(true))
  if (!signals.length) flaws.set(text, text)
  for (const link of element.querySelectorAll(".ve-choice__read a")) read.set(link.href, link.cloneNode(true))
}

/** The fills of a section with a list; an empty one goes. */
function section(name, found) {
  if (!found.size) return { [name]: "" }
  const items = [...found.values()].map(content => {
    const item = document.createElement("li")
    item.append(content)
    return item
  })
  return { [`${name}-list`]: items }
}

const inDutch = number => number.toLocaleString(document.documentElement.lang)

const mount = document.querySelector("[data-case]")
if (mount) new Player(mount, new Parts(document.getElementById("ve-player")))
