"""Exercises -> Moodle XML: a category an exercise, a multiple-choice question an item.

In: exercises. Out: the bytes of the file. https://docs.moodle.org/en/Moodle_XML_format
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from handbook.exchange import markup
from handbook.exchange.items import Exercise, Item
from handbook.exchange.percent import percentage

# The part that a second try costs, in a quiz that allows one. Moodle's own default.
_PENALTY = "0.3333333"
_LONGEST_NAME = 240


def write(exercises: Iterable[Exercise]) -> bytes:
    """The file for some exercises."""
    quiz = ET.Element("quiz")
    for exercise in exercises:
        category = ET.SubElement(quiz, "question", type="category")
        _text(category, "category", category_path(exercise))
        _text(category, "info", exercise.summary, format="plain_text")
        for item in exercise.items:
            quiz.append(_question(exercise, item))
    ET.indent(quiz)
    text: bytes = ET.tostring(quiz, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def category_path(exercise: Exercise) -> str:
    """Where the questions come to stand; in a name a slash is written twice."""
    return f"$course$/top/Vroeg Erbij/{markup.plain(exercise.title).replace('/', '//')}"


def name(exercise: Exercise, item: Item) -> str:
    """A name that no other question in the bank has."""
    return f"{exercise.id} {item.number:02}: {markup.plain(item.question)}"[:_LONGEST_NAME]


def _question(exercise: Exercise, item: Item) -> ET.Element:
    question = ET.Element("question", type="multichoice")
    _text(question, "name", name(exercise, item))
    _text(question, "questiontext", markup.stem(item), format="html")
    _text(question, "generalfeedback", "", format="html")
    settings = {
        "defaultgrade": "1",
        "penalty": _PENALTY,
        "hidden": "0",
        "idnumber": item.id,
        "single": "false" if item.several else "true",
        "shuffleanswers": "true",
        "answernumbering": "abc",
        "showstandardinstruction": "1",
    }
    for tag, value in settings.items():
        ET.SubElement(question, tag).text = value
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(question, tag, "", format="html")
    for option in item.options:
        answer = ET.SubElement(question, "answer", fraction=percentage(option.fraction), format="html")
        ET.SubElement(answer, "text").text = markup.choice(option)
        _text(answer, "feedback", markup.feedback(option), format="html")
    tags = ET.SubElement(question, "tags")
    for word in (exercise.id, item.kind):
        _text(tags, "tag", word)
    return question


def _text(parent: ET.Element, tag: str, content: str, **attributes: str) -> None:
    ET.SubElement(ET.SubElement(parent, tag, attributes), "text").text = content
