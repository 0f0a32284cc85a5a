// The page of pairs: show one sender's part. Every part stands in the page, and each has an anchor, without this.

import { Parts, at } from "./parts.mjs"

const mount = document.querySelector("[data-pairs]")
if (mount) setUp(mount, new Parts(document.getElementById("ve-pairs")))

function setUp(mount, parts) {
  const sections = [...document.querySelectorAll("section[data-role]")]
  const jump = document.querySelector(".ve-pairs-jump")
  const form = parts.make("filter")
  const select = at(form, "select")
  for (const section of sections) {
    const [name] = section.querySelector("h2").childNodes // without the link that the heading carries
    select.append(new Option(name.textContent, section.dataset.role))
  }
  mount.replaceChildren(form)
  select.addEventListener("change", () => show(select.value))
  addEventListener("hashchange", reveal)
  show(select.value) // a browser may put back what was chosen

  /** A link to a part that is hidden shows all of them. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (!target?.closest("[data-role][hidden]")) return
    select.value = ""
    show("")
    target.scrollIntoView()
  }

  function show(role) {
    for (const section of sections) section.hidden = role !== "" && section.dataset.role !== role
    jump.hidden = role !== ""
    at(form, "status").textContent = parts.count("shown", role ? 1 : sections.length)
  }
}
