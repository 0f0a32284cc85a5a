// The learning environment, by SCORM 1.2: finds its API and writes the values that the standard knows. Without an API
// everything here does nothing. No DOM.

const MOST_WINDOWS = 500

/** The API: in this window or one around it, else in the window that opened these or one around that. */
export function findApi(start) {
  return around(start) ?? around(openerOf(start.top))
}

function around(start) {
  let here = start
  for (let steps = 0; here && steps < MOST_WINDOWS; steps += 1) {
    try {
      if (here.API) return here.API
      if (here.parent === here) return null
      here = here.parent
    } catch {
      return null // a window of another host
    }
  }
  return null
}

function openerOf(top) {
  try {
    return top.opener
  } catch {
    return null // a window of another host
  }
}

export class Session {
  constructor(api) {
    this.api = api
    this.began = Date.now()
    this.isOpen = Boolean(api) && isTrue(api.LMSInitialize(""))
    this.hasFailed = Boolean(api) && !this.isOpen
    if (!this.isOpen) return
    if (["", "not attempted", "unknown"].includes(this.get("cmi.core.lesson_status"))) {
      this.core("cmi.core.lesson_status", "incomplete")
    }
  }

  get(name) {
    return this.isOpen ? String(this.api.LMSGetValue(name)) : ""
  }

  /** Write a value; not every system knows interactions, so that only those of the core count as a failure. */
  set(name, value) {
    return !this.isOpen || isTrue(this.api.LMSSetValue(name, String(value)))
  }

  core(name, value) {
    if (!this.set(name, value)) this.hasFailed = true
  }

  /** How many interactions the system still knows of an earlier visit. */
  get known() {
    return Number(this.get("cmi.interactions._count")) || 0
  }

  /**
   * Tell of one question how it was answered.
   * @param {number} n its place, from 0
   * @param {{id: string, patterns: string[], response: string, earned: number, isRight: boolean}} answer
   */
  interaction(n, { id, patterns, response, earned, isRight }) {
    const name = `cmi.interactions.${n}`
    this.set(`${name}.id`, id)
    this.set(`${name}.type`, "choice")
    this.set(`${name}.time`, clock(new Date()))
    patterns.forEach((pattern, index) => this.set(`${name}.correct_responses.${index}.pattern`, pattern))
    this.set(`${name}.weighting`, 1)
    this.set(`${name}.student_response`, response)
    this.set(`${name}.result`, isRight ? "correct" : earned > 0 ? round(earned) : "wrong")
  }

  /** Keep the answers for a next visit. */
  suspend(text) {
    this.core("cmi.suspend_data", text)
    this.save()
  }

  /** Tell that all is answered. @param {number} percent @param {"completed" | "passed" | "failed"} status */
  finish(percent, status) {
    this.core("cmi.core.score.min", 0)
    this.core("cmi.core.score.max", 100)
    this.core("cmi.core.score.raw", percent)
    this.core("cmi.core.lesson_status", status)
    this.save()
  }

  save() {
    if (this.isOpen && !isTrue(this.api.LMSCommit(""))) this.hasFailed = true
  }

  /** Close, once. @param {boolean} isDone else the system keeps the visit open */
  close(isDone) {
    if (!this.isOpen) return
    this.core("cmi.core.exit", isDone ? "" : "suspend")
    this.core("cmi.core.session_time", lasted(Date.now() - this.began))
    this.api.LMSFinish("")
    this.isOpen = false
  }
}

const isTrue = answer => String(answer) === "true"
const two = number => String(number).padStart(2, "0")
const clock = time => [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")
const round = number => Math.round(number * 100) / 100

function lasted(milliseconds) {
  const seconds = Math.round(milliseconds / 1000)
  const hours = Math.min(Math.floor(seconds / 3600), 9999)
  return [String(hours).padStart(4, "0"), two(Math.floor(seconds / 60) % 60), two(seconds % 60)].join(":")
}
