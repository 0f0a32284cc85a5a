"""Exercises -> GIFT, the plain-text format of question banks: a category an exercise, a question an item.

In: exercises. Out: the text of the file. Two rules of its readers shape it: a question without `=` allows more than
one answer, and a line break, a blank line or `//` at the start of a line ends something, so every text is one line.
https://docs.moodle.org/en/GIFT_format
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from handbook.exchange import markup
from handbook.exchange.items import Exercise, Item, Option
from handbook.exchange.moodle import category_path, name
from handbook.exchange.percent import percentage

_SPECIAL = re.compile(r"[\\~=#{}:]")
# At the start of an answer these would be read as a format or as a weight.
_OPENINGS = {"[": "&#91;", "%": "&#37;"}


def write(exercises: Iterable[Exercise]) -> str:
    """The file for some exercises."""
    blocks = []
    for exercise in exercises:
        blocks.append(f"$CATEGORY: {category_path(exercise)}")
        blocks += [_question(exercise, item) for item in exercise.items]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""Write a text so that readers of GIFT take it as it is: a `\` before each sign that means something."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def _question(exercise: Exercise, item: Item) -> str:
    lines = [
        f"// [id:{item.id}] [tag:{exercise.id}]",
        f"::{escape(name(exercise, item))}::[html]{escape(markup.stem(item))}{{",
        *(f"\t{_sign(item, option)}{_answer(option)}#{escape(markup.feedback(option))}" for option in item.options),
        "}",
    ]
    return "\n".join(lines)


def _sign(item: Item, option: Option) -> str:
    if item.several:
        return f"~%{percentage(option.fraction)}%"
    return "=" if option.is_fitting else "~"


def _answer(option: Option) -> str:
    text = markup.choice(option)
    return escape(_OPENINGS.get(text[:1], text[:1]) + text[1:])
