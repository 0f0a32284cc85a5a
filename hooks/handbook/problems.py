"""What an editor did wrong: one problem, all problems together, and the Dutch in which they are told.

In: the place and nature of a fault, as `source`, `knowledge_base` and `checks` find it, or an error of the
schema. Out: `Problem`, and text that is printed as it is. `check` prints it; `main` hands it to MkDocs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where it is (file, line, field), what is wrong with the remedy, and which rule found it."""

    file: str
    line: int
    field: str
    message: str
    rule: str

    def __str__(self) -> str:
        """Render as `file:line: field` with the message on the next line."""
        return f"{self.file}:{self.line}: {self.field}".rstrip(": ") + f"\n    {self.message}"


class ContentError(Exception):
    """The content is not right; carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem], files_read: int) -> None:
        """Keep the problems in the order of their places."""
        self.problems = sorted(set(problems))
        self.files_read = files_read
        super().__init__(report(self.problems, files_read))


def report(problems: list[Problem], files_read: int) -> str:
    """Write all problems and a closing line that counts them."""
    files = len({problem.file for problem in problems})
    closing = (
        f"{len(problems)} {'probleem' if len(problems) == 1 else 'problemen'} in "
        f"{files} {'bestand' if files == 1 else 'bestanden'} ({files_read} bestanden gelezen)."
    )
    return "\n".join([*map(str, problems), closing])


def suggestion(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word, or the whole list when it is short, or nothing."""
    options = sorted(known)
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f" Bedoel je '{near[0]}'?"
    if 0 < len(options) <= 12:
        return f" Kies uit: {', '.join(options)}."
    return ""


_TYPES = {
    "string_type": "tekst",
    "int_type": "een geheel getal",
    "date_type": "een datum (jjjj-mm-dd)",
    "list_type": "een lijst (regels die met '- ' beginnen)",
    "dict_type": "een blok met sleutels",
    "model_type": "een blok met sleutels",
    "model_attributes_type": "een blok met sleutels",
    "none_required": "niets",
}

_SEE_FIELDS = "Kijk in de lijst met velden wat hier hoort."

_PATTERNS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "Een id bestaat uit kleine letters, cijfers en koppeltekens, zoals 'groep-6'.",
    "^[a-z0-9]+([_-][a-z0-9]+)*$": "Een sleutel bestaat uit kleine letters, cijfers, - en _.",
    "^https://[^\\s<>\\\"'`]+$": "Een adres begint met https:// en heeft geen spaties of aanhalingstekens.",
}


def explain(kind: str, context: Mapping[str, Any], value: Any, known_keys: Iterable[str], last: str) -> str:
    """Say in Dutch what a schema error of pydantic means and how to mend it.

    `kind` and `context` are pydantic's error type and ctx, `value` the input, `known_keys` the keys that
    the block may hold, `last` the last key of the place.
    """
    shown = f"'{_short(value)}'"
    if kind == "missing":
        return f"De sleutel '{last}' ontbreekt. Vul hem in; weet je het niet, leg dat dan vast als onbekend."
    if kind == "extra_forbidden":
        return f"De sleutel '{last}' ken ik niet.{suggestion(last, known_keys)}"
    if kind in _TYPES:
        return f"Hier hoort {_TYPES[kind]}, niet {_kind_of(value)} {shown}."
    if kind == "literal_error":
        options = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")]
        return f"{shown} ken ik niet. Kies uit: {', '.join(options)}."
    if kind == "string_pattern_mismatch":
        return f"{shown} kan hier niet. {_PATTERNS.get(str(context['pattern']), _SEE_FIELDS)}"
    if kind in {"string_too_long", "too_long"}:
        unit = "tekens" if kind == "string_too_long" else "regels"
        return f"Dit is te lang: hooguit {context['max_length']} {unit}. Kort het in of splits het."
    if kind in {"string_too_short", "too_short"}:
        needed = context.get("min_length", 1)
        return (
            f"Dit is te kort of leeg: minstens {needed} {'teken' if kind == 'string_too_short' else 'keer invullen'}."
        )
    if kind == "value_error":
        return str(context["error"])
    return f"{shown} past hier niet. {_SEE_FIELDS}"


def _kind_of(value: Any) -> str:
    names = {
        str: "tekst",
        int: "het getal",
        bool: "waar/onwaar",
        list: "een lijst",
        dict: "een blok",
        type(None): "niets",
    }
    return names.get(type(value), "de datum")


def _short(value: Any) -> str:
    text = "leeg" if value is None else str(value)
    return text if len(text) <= 40 else text[:37] + "..."
