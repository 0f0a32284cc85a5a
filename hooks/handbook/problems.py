"""What an editor did wrong: one problem, all problems together, and the Dutch in which they are told.

In: the place and nature of a fault, as `source`, `knowledge_base` and `checks` find it, or an error of the
schema. Out: `Problem`, and text that is printed as it is. `check` prints it; `main` hands it to MkDocs.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
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
    closing = f"{_count(len(problems), 'probleem', 'problemen')} in {_count(files, 'bestand', 'bestanden')}"
    return "\n".join([*map(str, problems), f"{closing} ({_count(files_read, 'bestand', 'bestanden')} gelezen)."])


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def suggestion(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word, or the whole list when it is short, or nothing."""
    options = sorted(known)
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f" Bedoel je '{near[0]}'?"
    if 0 < len(options) <= 12:
        return f" Kies uit: {', '.join(options)}."
    return ""


_SEE_FIELDS = "Kijk in de lijst met velden wat hier hoort."

# Per kind of value that the schema asks for: its name and how to write one.
_TYPES = {
    "string_type": ("tekst", "Schrijf gewone tekst, en zet die tussen aanhalingstekens als hij met [ of { begint."),
    "int_type": ("een geheel getal", "Schrijf alleen cijfers, zonder aanhalingstekens."),
    "bool_type": ("true of false", "Schrijf true of false, zonder aanhalingstekens."),
    "date_type": ("een datum", "Schrijf jjjj-mm-dd, zonder aanhalingstekens."),
    "list_type": ("een lijst", "Zet elk onderdeel op een eigen regel die met '- ' begint."),
    "dict_type": ("een blok", "Schrijf regels met 'sleutel: waarde', ingesprongen onder deze sleutel."),
    "model_type": ("een blok", "Schrijf regels met 'sleutel: waarde', ingesprongen onder deze sleutel."),
}

_PATTERNS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "Een id bestaat uit kleine letters, cijfers en koppeltekens, zoals 'groep-6'.",
    "^[a-z0-9]+([_-][a-z0-9]+)*$": "Een sleutel bestaat uit kleine letters, cijfers, - en _.",
    "^https://[^\\s<>\\\"'`]+$": "Een adres begint met https:// en heeft geen spaties of aanhalingstekens.",
    "^([a-z0-9-]+/)*#[a-z0-9-]+$": "Schrijf een adres binnen de site met een anker, zoals aanpak/analyseren/#stappen.",
    "^[0-9][0-9 -]{2,18}$": "Schrijf een telefoonnummer met cijfers, spaties en streepjes, zoals 0800-2000.",
    "^([a-z0-9-]+/)*(#[a-z0-9-]+)?$": "Schrijf een adres binnen de site, zoals interventies/ of begrippen/#schooldag.",
    "^([a-z0-9]+(-[a-z0-9]+)*/)+$": "Schrijf het adres van een pagina zoals in de site, zoals beroepen/halt/.",
}


@dataclass(frozen=True)
class Misfit:
    """One way in which a value does not fit the schema: pydantic's type of error, its context and the value."""

    kind: str
    context: Mapping[str, Any]
    value: Any


def nearest(misfits: Sequence[Misfit]) -> Misfit:
    """Of the misfits at one place, one a type that might stand there, the one about a value of the right type."""
    return next((misfit for misfit in misfits if misfit.kind not in {*_TYPES, "literal_error"}), misfits[0])


def explain(misfits: Sequence[Misfit], last: str, known_keys: Iterable[str], may_be_unknown: bool) -> str:
    """Say in Dutch what is wrong at one place and how to mend it.

    `last` is the last key of the place, `known_keys` the keys that its block may hold; `may_be_unknown` tells
    that 'onbekend' may stand there.
    """
    misfit = nearest(misfits)
    kind, context, shown = misfit.kind, misfit.context, _shown(misfit.value)
    if kind == "missing":
        unknown = "; weet je het niet, leg dat dan vast als onbekend" if may_be_unknown else ""
        return f"De sleutel '{last}' ontbreekt. Vul hem in{unknown}."
    if kind == "extra_forbidden":
        remedy = suggestion(last, known_keys) or " Haal hem weg, of kijk in de lijst met velden hoe hij heet."
        return f"De sleutel '{last}' ken ik niet.{remedy}"
    if kind in _TYPES or (kind == "literal_error" and (len(misfits) > 1 or misfit.value is None)):
        return _wrong_type(misfits, misfit.value)
    if kind == "literal_error":
        return f"{shown} ken ik niet. Kies uit: {', '.join(_options(misfit))}."
    if kind == "string_pattern_mismatch":
        return f"{shown} kan hier niet. {_PATTERNS.get(str(context['pattern']), _SEE_FIELDS)}"
    if kind in {"string_too_long", "too_long"}:
        unit = "tekens" if kind == "string_too_long" else "onderdelen"
        return f"Dit is te lang: hooguit {context['max_length']} {unit}. Kort het in of splits het."
    if kind == "string_too_short":
        return "Hier staat een lege tekst. Vul hem in."
    if kind == "too_short":
        least = context["min_length"]
        return f"Dit is te kort: minstens {least} {'onderdeel' if least == 1 else 'onderdelen'}. Vul het aan."
    if kind == "value_error":
        return str(context["error"])
    return f"{shown} past hier niet. {_SEE_FIELDS}"


def _wrong_type(misfits: Sequence[Misfit], value: Any) -> str:
    names, remedies = [], []
    for misfit in misfits:
        if misfit.kind == "literal_error":
            names += _options(misfit)
        else:
            name, remedy = _TYPES[misfit.kind]
            names.append(name)
            remedies.append(remedy)
    wanted = " of ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    if value is None:
        return f"Hier staat niets. Vul {wanted} in, of haal de sleutel weg als hij niet verplicht is."
    simple = not isinstance(value, list | dict | str)
    if "tekst" in names and simple:
        remedy = f'Zet het tussen aanhalingstekens: "{_written(value)}".'
    else:
        remedy = remedies[0] if len(names) == 1 else ""
    return f"Hier hoort {wanted}, niet {_kind_of(value)}. {remedy}".rstrip()


def _options(misfit: Misfit) -> list[str]:
    return [part.strip(" '") for part in str(misfit.context["expected"]).replace(" or ", ", ").split(",")]


def _kind_of(value: Any) -> str:
    if isinstance(value, list):
        return "een lijst"
    if isinstance(value, dict):
        return "een blok"
    name = "de tekst" if isinstance(value, str) else "het getal" if type(value) is int else "de waarde"
    return f"{name} {_shown(value)}"


def _shown(value: Any) -> str:
    text = _written(value)
    return f"'{text if len(text) <= 40 else text[:37] + '...'}'"


def _written(value: Any) -> str:
    """A plain value as it stands in YAML."""
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- syntax ----------------------------------------------------------------------------------------------

_SYNTAX = (
    ("end of stream", "Dit aanhalingsteken sluit niet. Zet hetzelfde teken aan het eind van de tekst."),
    (
        "mapping values",
        "Hier staat een dubbele punt waar hij niet mag. Zet een tekst met ': ' erin tussen aanhalingstekens, of kijk "
        "of deze regel en de regel erboven goed inspringen.",
    ),
    (
        "could not find expected ':'",
        "Na deze sleutel ontbreekt de dubbele punt, of de regel springt niet ver genoeg in.",
    ),
    ("expected ',' or ']'", "Een lijst tussen [ en ] sluit niet. Zet er een ] achter, of een komma tussen de delen."),
    ("expected ',' or '}'", "Een blok tussen { en } sluit niet. Zet er een } achter, of een komma tussen de delen."),
    ("cannot start any token", "Een tekst mag niet met dit teken beginnen. Zet hem tussen aanhalingstekens."),
    ("unknown escape", "Een \\ mag niet tussen dubbele aanhalingstekens. Gebruik enkele aanhalingstekens."),
)


def explain_yaml(problem: str, line: str) -> str:
    """Say in Dutch why the parser stopped, from its own words and the line where it did."""
    if "\t" in line[: len(line) - len(line.lstrip())] or "tab character" in problem:
        return "Deze regel begint met een tab. YAML kent alleen spaties: vervang elke tab door spaties."
    for sign, message in _SYNTAX:
        if sign in problem:
            return message
    return (
        "Hier loopt het lezen vast. Kijk op deze regel en de regel erboven of alles even ver inspringt, en of elke "
        "tekst met een aanhalingsteken ook zo eindigt."
    )
