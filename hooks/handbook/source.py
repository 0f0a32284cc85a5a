"""One YAML file -> plain data and the line of every place in it.

In: a path. Out: `Source` (data of dicts, lists, texts, whole numbers, dates, booleans and None), or
problems: not readable, not UTF-8, too large, a syntax error, a duplicate key, an alias, a tag, nesting that
is too deep.
Only `knowledge_base` calls it. The few scalar types are told apart here and not by YAML 1.1, which reads
`1.10` as a float and `nee` as a boolean (docs/over/beslissingen/0007-eigen-yaml-lezer.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from handbook.problems import Problem, explain_yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 24

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
_NOT_ALLOWED: re.Pattern[str] = yaml.reader.Reader.NON_PRINTABLE
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_INT = re.compile(r"-?(0|[1-9]\d*)")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}

_ALIAS = (
    "Verwijzingen binnen YAML (& en *) mogen niet. Schrijf de tekst voluit, en zet een tekst die met & of * begint "
    "tussen aanhalingstekens."
)
_NO_WORD = "Een sleutel moet een woord zijn, geen lijst of blok. Zet een tekst met haken tussen aanhalingstekens."
_TAG = "Een YAML-type ({}) mag niet. Haal het weg, en zet een tekst die met ! begint tussen aanhalingstekens."


@dataclass
class Source:
    """What one file holds; `lines` has the line (from 1) of every key and list item by its path."""

    file: str
    data: Any = None
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    path: Path | None = field(default=None, repr=False)

    def forget(self) -> None:
        """Let go of what few need once the record exists; who still asks for a line has the file read again."""
        self.data, self.lines = None, {}

    def line(self, path: tuple[str | int, ...]) -> int:
        """Return the line of a place, or of the nearest place around it that stands in the file."""
        if path and not self.lines and self.path is not None:
            self.lines = read(self.path, self.file).lines
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: tuple[str | int, ...], message: str, rule: str) -> Problem:
        """Make a problem at a place in this file."""
        return Problem(self.file, self.line(path), ".".join(map(str, path)), message, rule)


def read(path: Path, file: str) -> Source:
    """Read a YAML file; `file` is the name that problems show. Faults are in `.problems`, never raised."""
    source = Source(file)
    try:
        if path.stat().st_size > MAX_BYTES:
            return _failed(source, 1, f"Dit bestand is groter dan {MAX_BYTES // 1000} kB. Verdeel het.", "te-groot")
        raw = path.read_bytes()
    except FileNotFoundError:
        return _failed(source, 1, "Dit bestand ontbreekt. Zet het terug.", "ontbreekt")
    except OSError:
        message = "Dit bestand kan niet worden gelezen. Kijk of je het mag openen en of de schijf bereikbaar is."
        return _failed(source, 1, message, "onleesbaar")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _failed(
            source,
            line,
            "Dit bestand is niet in UTF-8 opgeslagen. Kies in je editor bij opslaan de codering UTF-8.",
            "geen-utf8",
        )
    source = parse(text, file)
    source.path = path
    return source


def parse(text: str, file: str) -> Source:
    """Read YAML from a text, such as the front matter of a page; see `read`."""
    source = Source(file)
    try:
        fault = _find_unsafe(text)
        if fault:
            return _failed(source, *fault)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return _failed(source, *_syntax_fault(error, text), "yaml-fout")
    except yaml.YAMLError:
        strange = _NOT_ALLOWED.search(text)
        line = text.count("\n", 0, strange.start()) + 1 if strange else 1
        message = "Hier staat een onzichtbaar teken dat YAML niet toelaat. Typ de regel opnieuw."
        return _failed(source, line, message, "yaml-fout")
    if node is not None:
        source.data = _build(node, (), source)
    if any(problem.rule == "yaml-fout" for problem in source.problems):
        source.data = None
    elif source.data is None:
        return _failed(source, 1, "Dit bestand is leeg. Vul het in of verwijder het.", "leeg-bestand")
    return source


def _failed(source: Source, line: int, message: str, rule: str) -> Source:
    source.problems.append(Problem(source.file, line, "", message, rule))
    return source


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line to look at, which for what never closes is where it opens, and what to do."""
    found, opened = error.problem_mark, error.context_mark
    closes = "could not find expected ':'" in str(error.problem) or "end of stream" in str(error.problem)
    mark = opened if closes and opened is not None else found or opened
    number = mark.line if mark is not None else 0
    lines = text.splitlines()
    shown = lines[number] if number < len(lines) else ""
    return number + 1, explain_yaml(str(error.problem), shown)


def _find_unsafe(text: str) -> tuple[int, str, str] | None:
    """Look at the stream of events before anything is built: it cannot be blown up by what it reports."""
    depth = documents = 0
    for event in _events(text):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, _ALIAS, "yaml-alias"
        if getattr(event, "tag", None) not in _PLAIN:
            return line, _TAG.format(event.tag), "yaml-tag"
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                return (
                    line,
                    "Een bestand bevat één record. Haal de regel '---' weg, of maak er twee bestanden van.",
                    "meer-documenten",
                )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return line, f"Dit is dieper genest dan {MAX_DEPTH} niveaus. Controleer de inspringing.", "te-diep"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _events(text: str) -> Iterator[Any]:
    return iter(yaml.parse(text, Loader=_Loader))


def _build(node: yaml.Node, path: tuple[str | int, ...], source: Source) -> Any:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, path, source)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), source) for index, item in enumerate(node.value)]
    return _scalar(node, path, source)


def _build_mapping(node: yaml.MappingNode, path: tuple[str | int, ...], source: Source) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            source.problems.append(Problem(source.file, line, ".".join(map(str, path)), _NO_WORD, "yaml-fout"))
            continue
        key = str(key_node.value)
        place = (*path, key)
        if key in data:
            message = f"De sleutel '{key}' staat hier twee keer (ook op regel {source.lines[place]}). Houd er één."
            source.problems.append(Problem(source.file, line, ".".join(map(str, place)), message, "dubbele-sleutel"))
            continue
        source.lines[place] = line
        data[key] = _build(value_node, place, source)
    return data


def _scalar(node: Any, path: tuple[str | int, ...], source: Source) -> str | int | bool | date | None:
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INT.fullmatch(text) and len(text) < 16:
        return int(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            message = f"De datum {text} bestaat niet. Schrijf jjjj-mm-dd."
            source.problems.append(source.problem(path, message, "datum-bestaat-niet"))
    return text
