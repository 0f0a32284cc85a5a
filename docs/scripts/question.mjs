// One question as a form: radios, checkboxes or a whole number, and what is wrong with what was filled in.

import { inOrder } from "./fragment.mjs"
import { at } from "./parts.mjs"
import { GEEN_VAN_DEZE, WEET_NIET, own } from "./walk.mjs"

/**
 * @param {import("./parts.mjs").Parts} parts
 * @param {object} guide
 * @param {string} name
 * @param {import("./walk.mjs").Given | undefined} given the answer until now
 * @param {(given: import("./walk.mjs").Given) => void} answered
 * @param {() => void} refused called when an answer is missing or wrong
 * @returns {HTMLFormElement}
 */
export function questionView(parts, guide, name, given, answered, refused) {
  const question = guide.vragen[name]
  const several = question.meerkeuze === "ja"
  const number = question.routes.length > 0
  const form = parts.make("question", {
    title: question.vraag,
    hint: question.toelichting ?? "",
    options: [...(number ? [numberField()] : []), ...choices()],
    ...(several ? {} : { several: "" }),
  })
  const field = at(form, "field")
  const inputs = [...field.querySelectorAll("input")]
  field.addEventListener("input", event => leaveOut(event.target))
  form.addEventListener("submit", event => {
    event.preventDefault()
    const found = read()
    if (found === undefined) refuse()
    else answered(found)
  })
  at(form, "error-link").addEventListener("click", event => {
    event.preventDefault() // following it would put an anchor in the place of the answers
    inputs[0].focus()
  })
  return form

  function choices() {
    const options = Object.entries(question.antwoorden)
    if (question.geen_van_deze) options.push([GEEN_VAN_DEZE, question.geen_van_deze])
    options.push([WEET_NIET, question.weet_niet])
    return options.map(([id, option]) => {
      const label = parts.make("option", { text: option.tekst, hint: option.toelichting ?? "" })
      const input = at(label, "input")
      input.type = several || number ? "checkbox" : "radio"
      input.name = "answer"
      input.id = `ve-answer-${id}`
      input.value = id
      input.checked = [given].flat().includes(id)
      return label
    })
  }

  function numberField() {
    const { label, eenheid } = own(guide.kenmerken, question.kenmerk)
    const part = parts.make("number", { label: parts.word("number-label", { label, unit: eenheid }) })
    const input = at(part, "input")
    input.id = at(part, "label").htmlFor = "ve-number"
    if (typeof given === "number") input.value = given
    return part
  }

  /** "Weet ik niet" and "geen van deze" go with nothing else. */
  function leaveOut(changed) {
    if (changed.type === "radio") return
    if (changed.type === "checkbox" && !changed.checked) return
    const excludes = input => input.value === WEET_NIET || input.value === GEEN_VAN_DEZE
    for (const other of inputs) {
      if (other === changed) continue
      if (other.type === "text") other.value = ""
      else if (excludes(changed) || excludes(other)) other.checked = false
    }
  }

  function read() {
    const chosen = inputs.filter(input => input.checked).map(input => input.value)
    if (chosen.includes(WEET_NIET)) return WEET_NIET
    if (several) return chosen.length ? inOrder(question, chosen) : undefined
    if (!number) return chosen[0]
    const text = inputs[0].value.trim()
    const value = /^\d{1,4}$/.test(text) ? Number(text) : NaN
    return question.routes.some(({ van, tot }) => van <= value && value <= tot) ? value : undefined
  }

  function refuse() {
    const from = Math.min(...question.routes.map(route => route.van))
    const to = Math.max(...question.routes.map(route => route.tot))
    const kind = number ? "number" : several ? "several" : "one"
    const message = parts.word(`error-${kind}`, { from, to, unsure: question.weet_niet.tekst })
    const link = at(form, "error-link")
    link.textContent = at(form, "error").textContent = message
    link.href = `#${inputs[0].id}`
    at(form, "error").hidden = at(form, "errors").hidden = false
    field.classList.add("ve-invalid")
    field.setAttribute("aria-describedby", "ve-error")
    if (number) inputs[0].setAttribute("aria-invalid", "true")
    refused()
    at(form, "errors").focus()
  }
}

/** A given answer in words. */
export function answerInWords(parts, guide, name, given) {
  const question = guide.vragen[name]
  if (given === WEET_NIET) return question.weet_niet.tekst
  if (typeof given === "number") return parts.word("number-given", { n: given, unit: own(guide.kenmerken, question.kenmerk).eenheid })
  return [given].flat().map(id => (id === GEEN_VAN_DEZE && question.geen_van_deze ? question.geen_van_deze : question.antwoorden[id]).tekst).join("; ")
}
