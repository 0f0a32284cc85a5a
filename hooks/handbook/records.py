"""Files of content -> records and written pages, and every problem with what did not fit.

In: the folder that holds `interventions/`, `guide/` and `docs/`, and of each file the kind of record that it should
hold. Out: records; for what does not fit, the problems and what is right of it. Only `knowledge_base` calls it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from handbook import model
from handbook.model import FrontMatter, Intervention, Partners, Record, Rules, Signals, Sources, Statement, Vocabulary
from handbook.problems import Misfit, Problem, explain, nearest
from handbook.source import Source, text_of
from handbook.source import read as read_source
from handbook.written import Text, front_matter, take_apart

R = TypeVar("R", bound=Record)

_SLUG = (
    "Een bestandsnaam is een id (kleine letters, cijfers en koppeltekens) en eindigt op .yaml. Hernoem dit bestand, of "
    "haal het uit deze map."
)
_NO_FRONT = (
    "Boven deze pagina ontbreekt de kop. Zet op de eerste regel '---', daaronder 'title: ' met de titel en "
    "'bekeken_op: ' met de datum, en daaronder weer '---'."
)
_NOT_READ = {"ontbreekt", "onleesbaar", "bestandsnaam"}
_LISTINGS: tuple[type[Record], ...] = (Vocabulary, Sources, Signals, Partners, Rules)
"""Files that hold many records: one that is broken hides nothing in the others."""
_MAY_BE_UNKNOWN = {
    name
    for name, hint in Intervention.model_fields.items()
    if hint.is_required() and hint.annotation == list[Statement]
}


class Reader:
    """Reads files one by one and keeps every problem."""

    def __init__(self, root: Path, keep_lines: bool) -> None:
        self.root = root
        self.keep_lines = keep_lines
        self.files: dict[str, Source] = {}
        self.problems: list[Problem] = []
        self.failed: set[str] = set()
        self.parts: dict[str, Record] = {}
        self.broken: dict[str, set[str]] = {}
        self.misshapen: dict[str, model.Pieces] = {}
        self.written: dict[str, Source] = {}
        self.fronts: dict[str, FrontMatter] = {}

    @property
    def files_read(self) -> int:
        """How many files could be opened, right or wrong."""
        return len(self.files.keys() - {problem.file for problem in self.problems if problem.rule in _NOT_READ})

    def one(self, file: str, kind: type[R]) -> R | None:
        """Read one file; None when it does not hold a record of this kind."""
        source = self.files[file] = read_source(self.root / file, file)
        self.problems += source.problems
        record = self._fitted(source, kind)
        if record is not None and not self.keep_lines:
            source.forget()
        if record is None:
            self.failed.add(file)
        return record

    def pages(self, folder: str) -> dict[str, Text]:
        """Read every page that people wrote below a folder; what stands above each is in `fronts`."""
        found: dict[str, Text] = {}
        for path in sorted((self.root / folder).rglob("*.md")):
            file = path.relative_to(self.root).as_posix()
            opened = Source(file)
            markdown = text_of(path, opened)
            self.problems += opened.problems
            if markdown is None:
                continue
            text = found[file] = take_apart(markdown)
            if not text.front:
                self.problems.append(Problem(file, 1, "", _NO_FRONT, "pagina-zonder-kop"))
                continue
            source = self.written[file] = front_matter(text, file)
            self.problems += source.problems
            front = self._fitted(source, FrontMatter)
            if front is not None:
                self.fronts[file] = front
        return found

    def source_of(self, file: str) -> Source:
        """The file of content, or what stands above a written page."""
        return self.files.get(file) or self.written[file]

    def _fitted(self, source: Source, kind: type[R]) -> R | None:
        if source.data is None:
            return None
        try:
            return kind.model_validate(source.data)
        except ValidationError as error:
            self.problems += _explain_all(error, source, kind)
            self.misshapen[source.file] = model.pieces_in(kind, source.data)
            if kind in _LISTINGS and isinstance(source.data, dict):
                self._keep_parts(source.file, source.data, kind, error)
            return None

    def _keep_parts(self, file: str, data: Any, kind: type[R], error: ValidationError) -> None:
        """Leave out each entry with a fault, and keep the rest when nothing else is wrong."""
        kept = {name: dict(part) if isinstance(part, dict) else part for name, part in data.items()}
        broken: dict[str, set[str]] = {name: set() for name in kept}
        for item in error.errors():
            name, key, *rest = (*map(str, item["loc"][:3]), "", "")
            entries = kept.get(name)
            if not isinstance(entries, dict) or key not in data[name] or "[key]" in rest:
                return  # not an entry, or an id that is no id: then nobody can tell what refers to it
            entries.pop(key, None)
            broken[name].add(key)
        if not all(kept[name] for name, ids in broken.items() if ids):
            return  # nothing is right: everything that refers to it would seem unknown
        try:
            self.parts[file] = kind.model_validate(kept)
        except ValidationError:
            return
        self.broken |= broken

    def optional(self, file: str, kind: type[R]) -> R:
        """A file that may be absent: then there is nothing in it."""
        found = self.one(file, kind) if (self.root / file).is_file() else None
        return found or kind()

    def folder(self, folder: str, kind: type[R]) -> dict[str, R]:
        """Read every file in a folder; the records that fit, by id."""
        try:
            names = sorted(path.name for path in (self.root / folder).iterdir())
        except FileNotFoundError:
            self._refuse(folder, "Deze map ontbreekt. Zet haar terug, ook als er nog niets in staat.", "ontbreekt")
            return {}
        except OSError:
            self._refuse(
                folder, "Deze map kan niet worden gelezen. Kijk of het een map is die je mag openen.", "onleesbaar"
            )
            return {}
        found: dict[str, R] = {}
        for name in names:
            file, stem = f"{folder}/{name}", name.removesuffix(".yaml")
            if name.startswith((".", "_")):
                continue
            if stem == name or not model.is_slug(stem):
                self._refuse(file, _SLUG, "bestandsnaam")
                continue
            record = self.one(file, kind)
            if record is not None:
                found[stem] = record
        return found

    def _refuse(self, file: str, message: str, rule: str) -> None:
        self.files[file] = Source(file)
        self.failed.add(file)
        self.problems.append(Problem(file, 1, "", message, rule))


def _explain_all(error: ValidationError, source: Source, kind: type[Record]) -> list[Problem]:
    """One problem for each place, the deepest; none where the reading of the file already found one."""
    found: dict[model.Path, list[Misfit]] = {}
    for item in error.errors():
        path = _path_in(source.data, item["loc"], item["type"])
        found.setdefault(path, []).append(Misfit(item["type"], item.get("ctx", {}), item["input"]))
    told = {(problem.line, problem.field) for problem in source.problems}
    problems = []
    for path, misfits in found.items():
        if len(misfits) > 1 and any(other[: len(path)] == path for other in found if other != path):
            continue
        known = model.keys_at(kind, path[:-1], source.data)
        unknown = len(path) == 1 and kind is Intervention and path[0] in _MAY_BE_UNKNOWN
        message = explain(misfits, str(path[-1]) if path else "", known, unknown)
        problem = source.problem(path, message, nearest(misfits).kind)
        if (problem.line, problem.field) not in told:
            problems.append(problem)
    return problems


def _path_in(data: Any, loc: tuple[str | int, ...], kind: str) -> model.Path:
    """Keep of pydantic's place what stands in the file, not the names of union members; a missing key ends it."""
    path: list[str | int] = []
    for index, step in enumerate(loc):
        if model.holds(data, step):
            data = data[step]
        elif kind != "missing" or index < len(loc) - 1:
            continue
        path.append(step)
    return tuple(path)
