"""Text, dates and numbers -> Markdown that shows them as they are.

In: plain values from records. Out: text for Markdown, with whatever Markdown or HTML could take for markup
written as an entity. `pages` hands these to the templates, `prose` uses them for titles.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~^=$&!\"]")
_WIDE_SPACE = re.compile(r"[^\S ]\s*| \s+")  # all space but a single one
_BLOCK_START = re.compile(r"^(?:[-+:>?]|\d+[.)])")
_SPECIAL = re.compile("|".join(pattern.pattern for pattern in (_MARKUP, _WIDE_SPACE, _BLOCK_START)))
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def escape(value: Any) -> str:
    """Write a text so that Markdown and HTML show it as it was typed; Markdown passes as it is."""
    if isinstance(value, Markdown):
        return str(value)
    if value is None:
        return ""
    text = str(value)
    if not _SPECIAL.search(text):  # as nearly all are
        return text
    text = _MARKUP.sub(lambda match: f"&#{ord(match[0])};", _WIDE_SPACE.sub(" ", text))
    return _BLOCK_START.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match[0]), text)


def quoted(value: Any) -> Markdown:
    """A text as a quoted YAML value for the front matter."""
    return Markdown('"' + " ".join(str(value).split()).replace("\\", "\\\\").replace('"', '\\"') + '"')


def long_date(value: date) -> str:
    """21 november 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_date(value: date) -> str:
    """21-11-2026."""
    return f"{value.day}-{value.month}-{value.year}"


def thousands(value: int) -> str:
    """1.234.567."""
    return f"{value:,}".replace(",", ".")


def without_stop(value: str) -> str:
    """A sentence as a title: without the full stop at its end."""
    return value.removesuffix(".")


def lower_first(value: str) -> str:
    """A text that goes on in the middle of a sentence; abbreviations keep their capitals."""
    return value[:1].lower() + value[1:] if value[1:2].islower() or value[1:2] == " " else value
