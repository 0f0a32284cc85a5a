"""One YAML file -> plain data and the line of every place in it.

In: a path. Out: `Source` (data of dicts, lists, texts, whole numbers, dates, booleans and None), or
problems: not readable, not UTF-8, too large, a syntax error, a duplicate key, an alias, a tag, nesting that
is too deep.
Only `records` calls it. The few scalar types are told apart here and not by YAML 1.1, which reads
`1.10` as a float and `nee` as a boolean (docs/over/beslissingen/0007-eigen-yaml-lezer.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_UNPRINTABLE: re.Pattern[str] = yaml.reader.Reader.NON_PRINTABLE
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
    opened = Source(file)
    text = text_of(path, opened)
    if text is None:
        return opened
    source = parse(text, file)
    source.path = path
    return source


def text_of(path: Path, source: Source) -> str | None:
    """The text of a file, with lines that end alike on every system; None when `source` now has a problem."""
    try:
        if path.stat().st_size > MAX_BYTES:
            _failed(source, 1, f"Dit bestand is groter dan {MAX_BYTES // 1000} kB. Verdeel het.", "te-groot")
            return None
        raw = path.read_bytes()
    except FileNotFoundError:
        _failed(source, 1, "Dit bestand ontbreekt. Zet het terug.", "ontbreekt")
        return None
    except OSError:
        message = "Dit bestand kan niet worden gelezen. Kijk of je het mag openen en of de schijf bereikbaar is."
        _failed(source, 1, message, "onleesbaar")
        return None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "Dit bestand is niet in UTF-8 opgeslagen. Kies in je editor bij opslaan de codering UTF-8."
        _failed(source, line, message, "geen-utf8")
        return None


def parse(text: str, file: str) -> Source:
    """Read YAML from a text, such as the front matter of a page; see `read`."""
    source = Source(file)
    try:
        source.data = _Builder(source, yaml.parse(text, Loader=_Loader)).document()
    except _NotAllowedError as error:
        return Source(file, problems=[error.problem])
    except yaml.MarkedYAMLError as error:
        return _failed(Source(file), *_syntax_fault(error, text), "yaml-fout")
    except yaml.YAMLError:
        strange = _UNPRINTABLE.search(text)
        line = text.count("\n", 0, strange.start()) + 1 if strange else 1
        message = "Hier staat een onzichtbaar teken dat YAML niet toelaat. Typ de regel opnieuw."
        return _failed(Source(file), line, message, "yaml-fout")
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


class _NotAllowedError(Exception):
    """YAML that is well formed and still not read: nothing after it is looked at."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Builder:
    """Plain data from the stream of YAML events, once through; what is not allowed stops it before it can grow."""

    def __init__(self, source: Source, events: Iterable[Any]) -> None:
        self._source = source
        self._events: Iterator[Any] = iter(events)
        self._depth = 0

    def document(self) -> Any:
        """Read the stream to its end; raises _NotAllowedError at a second document."""
        data, read = None, False
        for event in self._events:
            if not isinstance(event, yaml.DocumentStartEvent):
                continue
            if read:
                line = _line(event)
                message = "Een bestand bevat één record. Haal de regel '---' weg, of maak er twee bestanden van."
                raise _NotAllowedError(Problem(self._source.file, line, "", message, "meer-documenten"))
            data, read = self._build(next(self._events), ()), True
        return data

    def _build(self, event: Any, path: tuple[str | int, ...]) -> Any:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise _NotAllowedError(Problem(self._source.file, line, "", _ALIAS, "yaml-alias"))
        if event.tag not in _PLAIN:
            raise _NotAllowedError(Problem(self._source.file, line, "", _TAG.format(event.tag), "yaml-tag"))
        self._source.lines.setdefault(path, line)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, path, self._source)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            message = f"Dit is dieper genest dan {MAX_DEPTH} niveaus. Controleer de inspringing."
            raise _NotAllowedError(Problem(self._source.file, line, "", message, "te-diep"))
        data = self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)
        self._depth -= 1
        return data

    def _sequence(self, path: tuple[str | int, ...]) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            data.append(self._build(event, (*path, len(data))))
        return data

    def _mapping(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag not in _PLAIN:
                self._aside(event, path)
                self._source.problems.append(
                    Problem(self._source.file, line, ".".join(map(str, path)), _NO_WORD, "yaml-fout")
                )
                self._aside(next(self._events), path)
                continue
            key = str(event.value)
            place = (*path, key)
            if key in data:
                message = (
                    f"De sleutel '{key}' staat hier twee keer (ook op regel {self._source.lines[place]}). Houd er één."
                )
                field = ".".join(map(str, place))
                self._source.problems.append(Problem(self._source.file, line, field, message, "dubbele-sleutel"))
                self._aside(next(self._events), place)
                continue
            self._source.lines[place] = line
            data[key] = self._build(next(self._events), place)
        return data

    def _aside(self, event: Any, path: tuple[str | int, ...]) -> None:
        """Read past a value that is not kept, as strictly as any other."""
        kept, self._source = self._source, Source(self._source.file)
        self._build(event, path)
        self._source = kept


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar(event: Any, path: tuple[str | int, ...], source: Source) -> str | int | bool | date | None:
    text = str(event.value)
    if event.style in ("'", '"', "|", ">"):
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
