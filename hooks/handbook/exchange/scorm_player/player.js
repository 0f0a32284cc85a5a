// An exercise in a learning environment, one question at a time. The page is complete without this: its questions are
// hidden here, and asked again from what stands in them. Answers go to the learning environment and nowhere else.

import { Parts, at } from "./parts.js"
import { score, total } from "./score.js"
import { Session, findApi } from "./session.js"

class Player {
  constructor(main, parts, session) {
    this.parts = parts
    this.session = session
    this.exercise = main.dataset.exercise
    this.stamp = main.dataset.stamp
    this.norm = main.dataset.pass
    this.pageTitle = document.title
    this.questions = readQuestions(main)
    this.introduction = document.getElementById("introduction")
    this.after = document.getElementById("after")
    document.getElementById("questions").hidden = true
    this.frame = parts.make("frame", { report: parts.word(session.api ? "reported" : "unreported") })
    document.getElementById("player").replaceChildren(this.frame)
    this.resume(session.get("cmi.suspend_data"))
    this.next({ focus: false })
    this.check()
    addEventListener("pagehide", () => session.close(this.isDone))
    addEventListener("pageshow", event => { if (event.persisted) location.reload() }) // a closed session stays closed
  }

  /** Take up the answers of an earlier visit, as `save` wrote them. */
  resume(text) {
    this.answers = []
    const [stamp, letters = ""] = text.split(":")
    if (!text) return
    if (stamp !== this.stamp) return this.notice("changed")
    for (const [index, part] of letters.split(".").filter(Boolean).entries()) {
      this.answers.push(listed(this.questions[index], ({ letter }) => part.includes(letter)).map(({ id }) => id))
    }
    if (!this.answers.length) return
    if (!this.isDone) this.notice("resumed")
    this.report(this.session.known) // a system that kept the answers need not have kept what was told of each
  }

  /** The answers so far in a few characters a question; questions are asked in order. */
  save() {
    const letters = this.questions.slice(0, this.answers.length).map(question => lettersOf(this.given(question)).join(""))
    this.session.suspend(`${this.stamp}:${letters.join(".")}`)
    this.check()
  }

  /** Tell the learning environment of every answer from the n-th on. */
  report(from) {
    for (let index = from; index < this.answers.length; index += 1) {
      const question = this.questions[index]
      const { earned, flaws } = this.score(question)
      const fitting = lettersOf(listed(question, ({ points }) => points > 0))
      this.session.interaction(index, {
        id: `${this.exercise}.${question.id}`,
        patterns: question.several ? [fitting.join(",")] : fitting,
        response: lettersOf(this.given(question)).join(","),
        earned,
        isRight: flaws.size === 0,
      })
    }
  }

  get isDone() {
    return this.answers.length === this.questions.length
  }

  score(question) {
    return score(question, this.answers[question.number - 1])
  }

  /** The choices that were made at a question, in its order. */
  given(question) {
    return listed(question, ({ id }) => this.answers[question.number - 1].includes(id))
  }

  next({ focus }) {
    this.show(this.isDone ? this.summary() : this.question(this.questions[this.answers.length]), { focus })
    this.introduction.hidden = this.answers.length > 0
    this.after.hidden = !this.isDone
  }

  show(view, { focus }) {
    at(this.frame, "status").textContent = ""
    at(this.frame, "view").replaceChildren(view)
    const heading = at(view, "title")
    document.title = this.parts.word("title", { step: heading.textContent, page: this.pageTitle })
    if (focus) heading.focus()
  }

  notice(word) {
    at(this.frame, "notice").replaceChildren(this.parts.make("notice", { text: this.parts.word(word) }))
  }

  /** Say it when the learning environment refuses something. */
  check() {
    if (this.session.hasFailed) this.notice("failing")
  }

  question(question) {
    const { several, scenes, earlier } = question
    const form = this.parts.make("question", {
      progress: this.parts.word("progress", { n: question.number, all: this.questions.length }),
      title: this.parts.word("question-title", { n: question.number }),
      seen: scenes.map(scene => scene.cloneNode(true)),
      question: question.heading,
      hint: question.hint,
      options: listed(question).map(choice => this.option(choice, several)),
      ...(several ? {} : { several: "" }),
      ...(earlier.length ? { "earlier-list": earlier.map(scene => scene.cloneNode(true)) } : { earlier: "" }),
    })
    const inputs = [...form.querySelectorAll("input")]
    form.addEventListener("submit", event => {
      event.preventDefault()
      const chosen = inputs.filter(input => input.checked).map(input => input.value)
      if (!chosen.length) return this.refuse(form, inputs[0])
      this.answers.push(chosen)
      this.answered(question)
    })
    return form
  }

  option({ id, text }, several) {
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

  /** A question was answered: tell the learning environment, and show why. */
  answered(question) {
    at(this.frame, "notice").replaceChildren()
    this.report(this.answers.length - 1)
    if (this.isDone) this.finish()
    this.save()
    this.introduction.hidden = true
    this.show(this.feedback(question), { focus: true })
    at(this.frame, "status").textContent = this.result(question)
  }

  finish() {
    const earned = total(this.questions.map(question => this.score(question)))
    const status = this.norm === undefined ? "completed" : earned >= Number(this.norm) ? "passed" : "failed"
    this.session.finish(Math.round((earned / this.questions.length) * 10_000) / 100, status)
  }

  feedback(question) {
    const { number } = question
    const given = this.given(question)
    const { flaws } = this.score(question)
    const reply = (choice, isChosen) => this.parts.make("reply", {
      sign: this.parts.word(isChosen ? "chosen" : "left"), text: choice.text, body: copies(choice.element),
    })
    const others = listed(question, choice => !given.includes(choice))
    const missed = others.filter(({ id }) => flaws.has(id)) // what a choice of several should have held
    const rest = others.filter(({ id }) => !flaws.has(id))
    const view = this.parts.make("feedback", {
      progress: this.parts.word("progress", { n: number, all: this.questions.length }),
      title: this.parts.word("feedback-title", { n: number }),
      question: question.heading,
      chosen: [this.result(question), ...given.map(choice => reply(choice, true)), ...missed.map(choice => reply(choice, false))],
      ...(rest.length ? { others: rest.map(choice => reply(choice, false)) } : { more: "" }),
    })
    at(view, "next").textContent = this.parts.word(this.isDone ? "finish" : "next")
    at(view, "next").addEventListener("click", () => this.next({ focus: true }))
    return view
  }

  summary() {
    const all = this.questions.length
    const scores = this.questions.map(question => this.score(question))
    const earned = total(scores)
    const found = { gemist: new Map(), overschat: new Map(), anders: new Map(), read: new Map() }
    scores.forEach(({ flaws }, index) => {
      for (const [id, flaw] of flaws) {
        const { signals, text, reading } = this.questions[index].choices.get(id)
        for (const words of signals.length ? signals : [text]) found[flaw].set(words, [words])
        if (reading) found.read.set(reading.textContent, [...reading.cloneNode(true).childNodes])
      }
    })
    const view = this.parts.make("summary", {
      progress: this.parts.word("progress-done", { all }),
      score: this.parts.word("score", { points: inDutch(earned), all }),
      passed: this.norm === undefined ? "" : this.parts.word(earned >= Number(this.norm) ? "passed" : "failed", { norm: this.norm }),
      ...section("missed", found.gemist),
      ...section("overcalled", found.overschat),
      ...section("other", found.anders),
      ...section("read", found.read),
      ...(scores.some(({ flaws }) => flaws.size) ? { none: "" } : {}),
      rows: this.questions.map(question => this.parts.make("row", {
        question: question.heading,
        given: this.given(question).map(({ text }) => text).join("; "),
        result: this.result(question),
      })),
    })
    at(view, "again").addEventListener("click", () => this.restart())
    return view
  }

  restart() {
    this.answers = []
    this.notice("restarted")
    this.save()
    this.next({ focus: true })
  }

  result(question) {
    const { earned, flaws } = this.score(question)
    return flaws.size ? this.parts.word("not-right", { points: inDutch(total([{ earned }])) }) : this.parts.word("right")
  }
}

/** The questions as they stand in the page, each with what is seen there first and what was seen earlier. */
function readQuestions(main) {
  const seen = []
  return [...main.querySelectorAll(".ve-exercise")].map((element, index) => {
    const scenes = [...element.querySelectorAll(":scope > .ve-scene")]
    const earlier = [...seen]
    if (!main.dataset.pass) seen.push(...scenes) // a question of the assessment stands by itself
    return {
      id: element.dataset.question,
      number: index + 1,
      several: element.dataset.several === "ja",
      whole: Number(element.dataset.whole),
      heading: element.querySelector(".ve-asked").textContent,
      hint: element.querySelector(":scope > .ve-hint")?.textContent ?? "",
      scenes,
      earlier,
      choices: new Map([...element.querySelectorAll(".ve-choice")].map(readChoice)),
    }
  })
}

/** The choices of a question that meet a condition. */
const listed = (question, meets = () => true) => [...question.choices.values()].filter(meets)

const lettersOf = choices => choices.map(({ letter }) => letter)

function readChoice(element) {
  const { choice, letter, points, chosen, left } = element.dataset
  const found = {
    id: choice,
    letter,
    points: Number(points),
    chosen,
    left,
    element,
    text: element.querySelector("summary").textContent,
    reading: element.querySelector(".ve-choice__read"),
    signals: [...element.querySelectorAll(".ve-choice__signals span")].map(({ textContent }) => textContent),
  }
  return [choice, found]
}

/** What stands in a choice, without its own words, to be shown elsewhere. */
const copies = element => [...element.children].filter(child => !child.matches("summary")).map(child => child.cloneNode(true))

/** The fills of a section with a list; an empty one goes. */
function section(name, found) {
  if (!found.size) return { [name]: "" }
  const items = [...found.values()].map(content => {
    const item = document.createElement("li")
    item.append(...content)
    return item
  })
  return { [`${name}-list`]: items }
}

const inDutch = number => number.toLocaleString(document.documentElement.lang)

new Player(document.querySelector("main"), new Parts(document.getElementById("ve-player")), new Session(findApi(window)))
