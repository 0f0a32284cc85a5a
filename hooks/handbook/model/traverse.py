"""Walk a record: its statements, texts and references, and the keys that a place may hold.

In: a record, or its class and plain data. Out: places and what stands there. `checks`, `knowledge_base` and
`pages` use it; nothing here knows one kind of record from another, except the three kinds of statement.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel

from handbook.model.base import Path, Record, Reference
from handbook.model.claims import Claim, Conflict, Unknown, statement_kind
from handbook.model.decision_tables import OnwardRow, SharingRow, StoppingRow, row_kind


def statements_in(record: Record, path: Path = ()) -> Iterator[tuple[Path, Claim | Conflict | Unknown]]:
    """Yield every statement of a record with its place, readings of a conflict included."""
    for place, part in parts_in(record, path):
        if isinstance(part, Claim | Conflict | Unknown):
            yield place, part


def claims_in(record: Record) -> Iterator[tuple[Path, Claim]]:
    """Yield every claim of a record with its place."""
    return ((path, part) for path, part in statements_in(record) if isinstance(part, Claim))


def texts_in(record: Record, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record with its place."""
    return ((place, part) for place, part in parts_in(record, path) if isinstance(part, str))


def references_in(record: Record) -> Iterator[tuple[Path, str, str]]:
    """Yield (place, kind, id) of every reference in a record, as `Reference` marks them."""
    yield from _references(record, type(record), ())


def parts_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield a record and everything in it, records, blocks, lists and plain values, with their places."""
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from parts_in(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from parts_in(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from parts_in(item, (*path, index))


def _references(value: Any, hint: Any, path: Path) -> Iterator[tuple[Path, str, str]]:
    if typing.get_origin(hint) is Annotated:
        hint, *marks = typing.get_args(hint)
        for mark in marks:
            if isinstance(mark, Reference) and isinstance(value, str):
                yield path, mark.kind, value
        yield from _references(value, hint, path)
    elif isinstance(value, BaseModel):
        for name, field in _hints(type(value)).items():
            yield from _references(getattr(value, name), field, (*path, name))
    elif isinstance(value, dict):
        key_hint, item_hint = typing.get_args(hint)
        for key, item in value.items():
            yield from _references(key, key_hint, (*path, key))
            yield from _references(item, item_hint, (*path, key))
    elif isinstance(value, list):
        options = [arg for arg in (typing.get_args(hint) or ()) if arg is not type(None)]
        inner = options[0] if typing.get_origin(hint) is list else _list_item(options)
        for index, item in enumerate(value):
            yield from _references(item, inner, (*path, index))
    else:
        for option in typing.get_args(hint):
            if typing.get_origin(option) is Annotated:
                yield from _references(value, option, path)


def _list_item(options: list[Any]) -> Any:
    return next((typing.get_args(option)[0] for option in options if typing.get_origin(option) is list), Any)


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
        return _hints(found).get(str(step))
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


_HINTS: dict[type[BaseModel], dict[str, Any]] = {}


def _hints(cls: type[BaseModel]) -> dict[str, Any]:
    if cls not in _HINTS:
        hints = typing.get_type_hints(cls, include_extras=True)
        _HINTS[cls] = {name: hints[name] for name in cls.model_fields}
    return _HINTS[cls]
