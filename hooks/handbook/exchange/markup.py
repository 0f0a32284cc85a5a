"""Questions and feedback -> small pieces of HTML, as question banks want them.

In: items. Out: text with every sign that means something in HTML escaped by ElementTree. `moodle` and `gift` put it
in their files.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from handbook.exchange.items import Item, Option, Reading


def html_of(elements: list[ET.Element]) -> str:
    """Elements one after another on one line, as HTML."""
    together = ET.Element("x")
    together.extend(elements)
    return ET.tostring(together, encoding="unicode", method="html").removeprefix("<x>").removesuffix("</x>")


def element(tag: str, text: str = "", **attributes: str) -> ET.Element:
    """An element with a text on one line."""
    made = ET.Element(tag, attributes)
    made.text = plain(text)
    return made


def plain(text: str) -> str:
    """A text on one line: in all these formats a line break means something."""
    return " ".join(text.split())


def stem(item: Item) -> str:
    """What can be seen until this question, and the question: a bank may ask it by itself and in any order."""
    parts = []
    for scene in item.scenes:
        heading = ET.Element("p")
        heading.append(element("strong", scene.title))
        parts += [heading, *(element("p", line) for line in scene.lines)]
    asked = ET.Element("p")
    asked.append(element("strong", item.question))
    parts.append(asked)
    if item.hint:
        parts.append(element("p", item.hint))
    return html_of(parts)


def choice(option: Option) -> str:
    """The words of a choice."""
    return html_of([element("span", option.text)]).removeprefix("<span>").removesuffix("</span>")


def feedback(option: Option) -> str:
    """Why this choice fits or does not, what it is about and what to read."""
    said = ET.Element("p")
    said.append(element("strong", f"{option.verdict}."))
    said[0].tail = f" {plain(option.feedback)}"
    parts = [said]
    if option.signals:
        parts.append(element("p", f"Gaat over: {'; '.join(option.signals)}."))
    if option.reading is not None:
        parts.append(reading(option.reading))
    return html_of(parts)


def reading(tip: Reading) -> ET.Element:
    """What to read, as a link where that is known; it opens beside the learning environment."""
    line = ET.Element("p")
    if tip.address:
        line.text = "Lees: "
        link = element("a", tip.text, href=tip.address, target="_blank", rel="noopener")
        link.tail = " (opent in een nieuw tabblad)"
        line.append(link)
    else:
        line.text = f"Lees{' in het handboek' if tip.page else ''}: {plain(tip.text)}"
        line.text += f" (pagina {tip.page})" if tip.page else ""
    return line
