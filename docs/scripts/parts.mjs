// Shapes and words from a <template>: hooks/theme/partials/ holds every sentence, scripts only fill them in.

export class Parts {
  /** @param {HTMLTemplateElement} template */
  constructor(template) {
    this.content = template.content
  }

  /**
   * A copy of the element with this data-part, its slots filled.
   * @param {string} name
   * @param {Record<string, string | Node | (string | Node)[]>} [fills] by data-slot; a slot given "" or [] is taken out
   */
  make(name, fills = {}) {
    const part = document.importNode(this.content.querySelector(`[data-part="${name}"]`), true)
    part.removeAttribute("data-part")
    for (const [slot, content] of Object.entries(fills)) {
      const element = at(part, slot)
      const nodes = [content].flat().filter(node => node !== "")
      if (nodes.length) element.append(...nodes)
      else element.remove()
    }
    return part
  }

  /** The sentence with this data-word; {n} and the like are replaced by the value of that name. */
  word(name, values = {}) {
    return this.content.querySelector(`[data-word="${name}"]`).textContent.replace(/\{(\w+)\}/g, (_, key) => values[key])
  }

  /** The sentence for a number of things: `<name>-0` or `<name>-1` where there is one, else `<name>-n`. */
  count(name, n, values = {}) {
    const exact = this.content.querySelector(`[data-word="${name}-${n}"]`)
    return this.word(exact ? `${name}-${n}` : `${name}-n`, { n, ...values })
  }
}

/** The element with this data-slot, the part itself included. */
export const at = (part, slot) => (part.dataset.slot === slot ? part : part.querySelector(`[data-slot="${slot}"]`))

/** A date as it stands in the data, in the words of the page's language. */
export const inWords = date =>
  new Date(date).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
