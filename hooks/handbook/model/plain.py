"""Plain data of which a record should be made: the keys that a place may hold, and what is right when not all is.

In: a kind of record and plain data, as `source` reads it. Out: places and what stands there. `records` uses it for
its messages, `checks` to look at what is right in a file that does not fit as a whole.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any

from pydantic import ValidationError

from handbook.model.base import Path, Record, Reference
from handbook.model.claims import Claim, Conflict, Unknown, statement_kind
from handbook.model.decision_tables import OnwardRow, SharingRow, StoppingRow, row_kind
from handbook.model.traverse import hints_of, references_in


@dataclass(frozen=True)
class Pieces:
    """What could be made of a file: all of it in one piece, or every part that is right, the largest.

    `data` is all of a file that does not fit, nothing when it does; `named` every reference in it.
    """

    kind: type[Record]
    parts: list[tuple[Path, Record]] = field(default_factory=list)
    named: list[tuple[Path, str, str]] = field(default_factory=list)
    data: Any = None

    @cached_property
    def references(self) -> list[tuple[Path, str, str]]:
        """(place, kind, id) of every reference, in what is wrong too."""
        return references_in(self.parts[0][1]) if self.data is None else self.named

    @cached_property
    def texts(self) -> Mapping[Path, str]:
        """By its place every text of a file that does not fit, but for those that refer to something."""
        passed_over = {place for place, _, _ in self.references}
        return {place: text for place, text in _texts_in(self.data, ()) if place not in passed_over}

    @property
    def astray(self) -> set[str]:
        """The keys in blocks that the file should not have: their names may be misspelt."""
        known = self.kind.model_fields.keys()
        blocks = self.data if isinstance(self.data, dict) else {}
        return {key for name in blocks.keys() - known if isinstance(blocks[name], dict) for key in blocks[name]}

    def entries(self, block: str) -> Iterable[str]:
        """The ids of the entries in a block of the file, those that are not right included."""
        if self.data is None:
            found = getattr(self.parts[0][1], block, None)
        else:
            found = self.data.get(block) if isinstance(self.data, dict) else None
        return found if isinstance(found, dict) else ()


def whole(record: Record) -> Pieces:
    """A record as one piece."""
    return Pieces(type(record), [((), record)])


def pieces_in(kind: type[Record], data: Any) -> Pieces:
    """Look in data that does not fit a kind of record for what does."""
    found = Pieces(kind, data=data)
    _gather(kind, data, (), found)
    return found


def _gather(hint: Any, data: Any, path: Path, found: Pieces) -> None:
    record = _record_type(hint, data)
    if record is not None:
        _gather_record(record, data, path, found)
        return
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        kinds = [mark.kind for mark in options[1:] if isinstance(mark, Reference)]
        if kinds and isinstance(data, str):
            found.named.append((path, kinds[0], data.strip()))
        else:
            _gather(options[0], data, path, found)
    elif origin is list and isinstance(data, list):
        for index, item in enumerate(data):
            _gather(options[0], item, (*path, index), found)
    elif origin is dict and isinstance(data, dict):
        for key, item in data.items():
            _gather(options[0], key, (*path, key), found)
            _gather(options[1], item, (*path, key), found)
    elif origin not in (list, dict):
        for option in options:
            _gather(option, data, path, found)


def _gather_record(kind: type[Record], data: Any, path: Path, found: Pieces) -> None:
    if not isinstance(data, dict):
        return
    try:
        record = kind.model_validate(data)
    except ValidationError:
        hints = hints_of(kind)
        for key, item in data.items():
            if key in hints:
                _gather(hints[key], item, (*path, key), found)
        return
    found.parts.append((path, record))
    found.named.extend(((*path, *place), of, name) for place, of, name in references_in(record))


def _texts_in(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, str):
        yield path, data
    for step, item in _items(data):
        yield from _texts_in(item, (*path, step))


def _items(data: Any) -> Iterable[tuple[str | int, Any]]:
    return data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()


def keys_at(record: type[Record], path: Path, data: Any) -> list[str]:
    """The keys that the block at a place may hold: for 'did you mean' in messages."""
    hint: Any = record
    for step in path:
        hint = _step(hint, step, data)
        data = data[step] if holds(data, step) else None
    found = _record_type(hint, data)
    return sorted(found.model_fields) if found else []


def _step(hint: Any, step: str | int, data: Any) -> Any:
    found = _record_type(hint, data)
    if found is not None:
        return hints_of(found).get(str(step))
    for option in (hint, *typing.get_args(hint)):
        if typing.get_origin(option) is Annotated:
            return _step(typing.get_args(option)[0], step, data)
        if typing.get_origin(option) in (dict, list):
            return typing.get_args(option)[-1]
    return None


def _record_type(hint: Any, data: Any) -> type[Record] | None:
    """The record that a hint stands for, itself or as one of several kinds; a list or a block of records is none."""
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    if typing.get_origin(hint) in (list, dict):
        return None
    options = [option for arg in typing.get_args(hint) if (option := _record_type(arg, data)) is not None]
    if len(options) < 2:
        return options[0] if options else None
    rows: dict[str, type[Record]] = {"@delen": SharingRow, "@niet-delen": StoppingRow, "@verder": OnwardRow}
    kinds: dict[str, type[Record]] = {"@uitspraak": Claim, "@tegenspraak": Conflict, "@onbekend": Unknown}
    return rows[row_kind(data)] if SharingRow in options else kinds[statement_kind(data)]


def holds(data: Any, step: str | int) -> bool:
    """Tell whether plain data has something at a step of a path."""
    return (isinstance(data, dict) and step in data) or (
        isinstance(data, list) and isinstance(step, int) and step < len(data)
    )
