// A decision guide, one question at a time. The page is a complete guide without this; here its sections are hidden and
// the answers are followed. The answers live in the fragment of the address and nowhere else.

import { format, isAnchor, parse } from "./fragment.mjs"
import { documentToKeep, save } from "./keep.mjs"
import { outcomeView } from "./outcome.mjs"
import { Parts, at } from "./parts.mjs"
import { answerInWords, questionView } from "./question.mjs"
import * as trail from "./trail.mjs"
import { prepare } from "./verdict.mjs"
import { follow, own, toCome } from "./walk.mjs"

const MOST_FAULTS = 8

const mount = document.querySelector(".ve-chooser[data-guide]")
if (mount) start(mount, new Parts(document.getElementById("ve-chooser")))

/** Load the data and take over; when that fails the page stays the guide it was. */
async function start(mount, parts) {
  let chooser = null
  trail.watch(() => chooser?.moved(), () => chooser?.cleared())
  try {
    const guide = await load(mount.dataset.json)
    const verdicts = guide.toont_interventies === "ja" ? await load(mount.dataset.verdicts) : null
    if (verdicts) verdicts.prepared = prepare(verdicts.interventies)
    const tables = Object.keys(guide.beslistabellen).length ? await import("./decision.mjs") : null
    chooser = new Chooser(mount, parts, guide, verdicts, tables)
    if (trail.resume(() => chooser.cleared())) return
    const opened = performance.getEntriesByType("navigation")[0]?.type === "navigate"
    chooser.show({ focus: opened && location.hash.includes("=") })
  } catch (error) {
    chooser?.release()
    mount.replaceChildren(parts.make("failed"))
    console.warn(error)
  }
}

async function load(address) {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`)
  return answer.json()
}

class Chooser {
  constructor(mount, parts, guide, verdicts, tables) {
    Object.assign(this, { mount, parts, guide, verdicts, tables })
    /** @type {import("./walk.mjs").Answers} */
    this.answers = new Map()
    this.pageTitle = document.title
    this.steps = [...document.querySelectorAll(".ve-step, .ve-plan")]
    this.introduction = [...mount.parentElement.children].slice(0, [...mount.parentElement.children].indexOf(mount))
      .filter(element => element.matches("p"))
    this.frame = parts.make("frame")
    at(this.frame, "all").addEventListener("click", () => this.showAll(this.steps[0].hidden))
    this.showAll(false)
    mount.replaceChildren(this.frame)
  }

  /** Leave the page as it was. */
  release() {
    this.showAll(true)
    delete this.mount.dataset.view
    for (const element of this.introduction) element.hidden = false
  }

  /** Show or hide the guide as one page. */
  showAll(all) {
    for (const step of this.steps) step.hidden = !all
    at(this.frame, "all").textContent = this.parts.word(all ? "hide-all" : "show-all")
    at(this.frame, "all").setAttribute("aria-expanded", String(all))
  }

  /** Another entry of the history is shown. */
  moved() {
    this.show({ focus: !isAnchor(location.hash) })
  }

  /** Show what the address asks for. */
  show({ focus }) {
    if (isAnchor(location.hash)) {
      this.revealAnchor()
      if (this.view) return
    } else {
      const { answers, faults } = parse(this.guide, location.hash)
      this.answers = answers
      this.notify(faults.length ? this.faultList(faults) : null)
    }
    trail.mark(this.answers.size > 0)
    const route = follow(this.guide, this.answers)
    const coming = toCome(this.guide, route.node)
    const ahead = [...this.answers].filter(([name]) => coming.has(name))
    const given = [...route.steps, ...ahead].find(([name]) => name === trail.editing())
    const isOutcome = !given && !own(this.guide.vragen, route.node)
    this.view = isOutcome ? this.outcome(route) : this.question(given?.[0] ?? route.node, given !== undefined, route, ahead)
    this.mount.dataset.view = isOutcome ? "outcome" : "question"
    for (const element of this.introduction) element.hidden = route.steps.length > 0
    at(this.frame, "view").replaceChildren(...this.view)
    at(this.frame, "status").textContent = ""
    this.name("title")
    if (focus) this.focusHeading()
  }

  /** An anchor never touches the answers: they go back into the address, so that it can be loaded and shared as before. */
  revealAnchor() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (target?.closest(".ve-step[hidden], .ve-plan[hidden]")) {
      this.showAll(true)
      target.scrollIntoView()
    }
    if (this.answers.size) trail.replace(format(this.guide, this.answers))
  }

  /** A question; above it what a link already answered of what comes later, below it what was answered so far. */
  question(name, changing, route, ahead) {
    const given = this.answers.get(name)
    const answered = this.parts.count("given", route.steps.length)
    const form = questionView(this.parts, this.guide, name, given, found => this.give(name, found), () => this.name("title-error"))
    at(form, "progress").textContent = changing
      ? this.parts.word("changing", { given: answered })
      : this.parts.count("left", own(this.guide.nog_hoogstens, name), { given: answered })
    if (ahead.length) at(form, "title").setAttribute("aria-describedby", "ve-ahead")
    return [
      ...(ahead.length ? [this.aheadList(ahead, route)] : []),
      form,
      ...(route.steps.length ? [this.answerList(route, ahead.length)] : []),
    ]
  }

  outcome(route) {
    const view = outcomeView(this.parts, this.guide, this.verdicts, this.tables, route)
    at(view, "progress").textContent = this.parts.word("outcome", { given: this.parts.count("given", route.steps.length) })
    at(view, "answers").replaceWith(this.answerList(route))
    at(view, "save-plan")?.addEventListener("click", async () => {
      const { planToKeep } = await import("./plan.mjs")
      save(await planToKeep(this.parts, this.guide, view, route, this.address(route)))
      this.say("saved")
    })
    at(view, "print").addEventListener("click", () => window.print())
    at(view, "save").addEventListener("click", async () => {
      save(await documentToKeep(this.parts, this.guide, view, this.address(route)))
      this.say("saved")
    })
    return [view]
  }

  give(name, given) {
    this.answers.set(name, given)
    trail.push(format(this.guide, this.answers))
    this.show({ focus: true })
  }

  /** What was answered on this route, each with a way to change it. */
  answerList(route, ahead = 0) {
    const rows = this.answerRows(route.steps)
    const offRoute = this.answers.size - rows.length - ahead
    const list = this.parts.make("answers", { rows, ...(offRoute ? {} : { "off-route": "" }) })
    at(list, "copy").addEventListener("click", () => this.copy(list, route))
    at(list, "clear").addEventListener("click", () => trail.clear(() => this.cleared()))
    return list
  }

  /** Answers to questions that have yet to come: another guide or a table gave them. */
  aheadList(ahead, route) {
    const list = this.parts.make("ahead", { rows: this.answerRows(ahead) })
    if (route.steps.length) at(list, "actions").remove() // the list of answers has them
    else at(list, "clear").addEventListener("click", () => trail.clear(() => this.cleared()))
    return list
  }

  answerRows(given) {
    return given.map(([name, value]) => {
      const question = this.guide.vragen[name].vraag
      const row = this.parts.make("answer", { question, given: answerInWords(this.parts, this.guide, name, value), what: question })
      at(row, "change").addEventListener("click", () => {
        trail.push(format(this.guide, this.answers), name)
        this.show({ focus: true })
      })
      return row
    })
  }

  /** The address of the answers that count: what is off the route is nobody else's business. */
  address(route) {
    return new URL(format(this.guide, new Map(route.steps)), location.href).href
  }

  async copy(list, route) {
    const address = this.address(route)
    try {
      await navigator.clipboard.writeText(address)
      this.say("copied")
    } catch {
      at(list, "link").hidden = false
      at(list, "link-field").value = address
      at(list, "link-field").select()
      this.say("not-copied")
    }
  }

  /** Every answer is out of the history. */
  cleared() {
    this.show({ focus: false })
    const notice = this.parts.make("cleared")
    this.notify(notice)
    notice.focus({ preventScroll: true })
    notice.scrollIntoView({ block: "nearest" })
  }

  faultList(faults) {
    const items = faults.slice(0, MOST_FAULTS).map(({ kind, question, value, text }) => kind === "verhuisd" ? text : kind === "vraag"
      ? this.parts.word("fault-question", { question: short(question) })
      : this.parts.word("fault-answer", { question: this.guide.vragen[question].vraag, value: short(value) }))
    if (faults.length > MOST_FAULTS) items.push(this.parts.word("fault-more", { n: faults.length - MOST_FAULTS }))
    return this.parts.make(faults.every(({ kind }) => kind === "verhuisd") ? "moved" : "faults", {
      list: items.map(text => Object.assign(document.createElement("li"), { textContent: text })),
    })
  }

  notify(notice) {
    at(this.frame, "notice").replaceChildren(...(notice ? [notice] : []))
  }

  say(word) {
    at(this.frame, "status").textContent = this.parts.word(word)
  }

  /** Name the page after the step, for tabs, history and screen readers. */
  name(word) {
    document.title = this.parts.word(word, { step: this.heading.textContent, page: this.pageTitle })
  }

  get heading() {
    return at(this.frame, "view").querySelector('[data-slot="title"]')
  }

  /** The numbers to call stay in sight above the question, where both fit. */
  focusHeading() {
    const acute = document.querySelector(".ve-acute")
    this.heading.focus({ preventScroll: true });
    (acute ?? this.heading).scrollIntoView()
    this.heading.scrollIntoView({ block: "nearest" })
  }
}

const short = text => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
