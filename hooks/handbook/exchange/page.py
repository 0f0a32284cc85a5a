"""An exercise -> the page that a SCORM package opens: complete as it is, asked question by question by its script.

In: an exercise and the empty page (scorm_player/page.html: the shapes and every sentence of the player). Out: HTML.
The data attributes are those of the case pages of the site, so that scripts/score.mjs weighs both.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from handbook.exchange.items import Exercise, Item, Option, Scene
from handbook.exchange.markup import element, plain, reading
from handbook.model import NationalNumber


def write(exercise: Exercise, empty: str, numbers: Iterable[NationalNumber]) -> bytes:
    """The page of one exercise, with the numbers to call at its foot."""
    page = ET.fromstring(empty)
    _find(page, "title").text = plain(exercise.title)
    main = _find(page, "main")
    main.set("data-stamp", exercise.stamp)
    main.set("data-exercise", exercise.id)
    if exercise.pass_mark is not None:
        main.set("data-pass", str(exercise.pass_mark))
    _find(main, "h1").text = plain(exercise.title)
    introduction = _by_id(main, "introduction")
    introduction[:0] = [element("p", exercise.summary, **{"class": "ve-lead"}), _facts(exercise)]
    introduction.extend(_listed("Wat je leert", exercise.aims))
    questions = _by_id(main, "questions")
    for item in exercise.items:
        questions.append(_question(item))
    after = _by_id(main, "after")
    for scene in exercise.closing:
        after.extend(_listed(scene.title, scene.lines))
    _by_id(main, "numbers").text = " ".join(f"{number.waarvoor}: {number.called}." for number in numbers)
    _by_id(main, "looked-at").text = f"Bekeken op {exercise.looked_at}. Editie {exercise.stamp}."
    return b"<!doctype html>\n" + ET.tostring(page, encoding="unicode", method="html").encode() + b"\n"


def _facts(exercise: Exercise) -> ET.Element:
    card = element("dl", **{"class": "ve-card"})
    for label, value in exercise.facts:
        row = ET.SubElement(card, "div")
        row.extend([element("dt", label), element("dd", value)])
    return card


def _question(item: Item) -> ET.Element:
    section = element(
        "section",
        **{
            "class": "ve-exercise",
            "data-question": item.id,
            "data-several": "ja" if item.several else "nee",
            "data-whole": str(item.options[0].value.whole),
        },
    )
    for scene in item.scenes[len(item.scenes) - item.new :]:
        section.append(_seen(scene))
    section.append(element("h3", item.question, **{"class": "ve-asked"}))
    if item.hint:
        section.append(element("p", item.hint, **{"class": "ve-hint"}))
    section.extend(_choice(option) for option in item.options)
    return section


def _seen(scene: Scene) -> ET.Element:
    seen = element("div", **{"class": "ve-scene"})
    lines = element("div", **{"class": "ve-seen"})
    lines.extend(element("p", line) for line in scene.lines)
    seen.extend([element("h3", scene.title), lines])
    return seen


def _choice(option: Option) -> ET.Element:
    value = option.value
    folded = element(
        "details",
        **{
            "class": "ve-choice",
            "data-choice": option.id,
            "data-letter": option.letter,
            "data-points": str(value.points),
            "data-chosen": value.when_chosen or "",
            "data-left": value.when_left or "",
        },
    )
    said = ET.Element("p")
    said.append(element("strong", f"{option.verdict}."))
    said[0].tail = f" {plain(option.feedback)}"
    folded.extend([element("summary", option.text), said])
    if option.signals:
        about = element("p", **{"class": "ve-choice__signals"})
        about.text = "Gaat over: "
        for number, signal in enumerate(option.signals):
            if number:
                about[-1].tail = "; "
            about.append(element("span", signal))
        about[-1].tail = "."
        folded.append(about)
    if option.reading is not None:
        line = reading(option.reading)
        line.set("class", "ve-choice__read")
        folded.append(line)
    return folded


def _listed(title: str, lines: tuple[str, ...]) -> list[ET.Element]:
    if not lines:
        return []
    found = element("ul")
    found.extend(element("li", line) for line in lines)
    return [element("h2", title), found]


def _find(parent: ET.Element, tag: str) -> ET.Element:
    found = parent.find(f".//{tag}")
    if found is None:
        raise ValueError(f"page.html has no <{tag}>")
    return found


def _by_id(parent: ET.Element, name: str) -> ET.Element:
    found = parent.find(f".//*[@id='{name}']")
    if found is None:
        raise ValueError(f"page.html has no #{name}")
    return found
