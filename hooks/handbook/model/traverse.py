"""Walk a record: its statements, texts and references.

In: a record. Out: places and what stands there. `checks`, `knowledge_base` and `pages` use it; nothing here knows one
kind of record from another, except the three kinds of statement.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel

from handbook.model.base import Path, Record, Reference
from handbook.model.claims import Claim, Conflict, Unknown

P = TypeVar("P", bound=Record)

Visit: TypeAlias = Callable[[Any, Path, list[tuple[Path, str, str]]], None]


def statements_in(record: Record, path: Path = ()) -> list[tuple[Path, Claim | Conflict | Unknown]]:
    """Every statement of a record with its place, readings of a conflict included."""
    return records_in(record, (Claim, Conflict, Unknown), path)


def claims_in(record: Record) -> list[tuple[Path, Claim]]:
    """Every claim of a record with its place."""
    return records_in(record, (Claim,))


def records_in(record: Record, kinds: tuple[type[P], ...], path: Path = ()) -> list[tuple[Path, P]]:
    """Every record of these kinds within a record, with its place; parts that cannot hold one are passed over."""
    found: list[tuple[Path, P]] = []
    _collect_records(record, kinds, path, found)
    return found


def texts_in(record: Record, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every text of a record with its place."""
    return ((place, part) for place, part in parts_in(record, path) if isinstance(part, str))


def references_in(record: Record) -> list[tuple[Path, str, str]]:
    """(place, kind, id) of every reference in a record, as `Reference` marks them."""
    found: list[tuple[Path, str, str]] = []
    _visit_record(record, (), found)
    return found


def parts_in(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """A record and everything in it, records, blocks, lists and plain values, with their places."""
    found: list[tuple[Path, Any]] = []
    _collect(value, path, found)
    return found


def _collect(value: Any, path: Path, found: list[tuple[Path, Any]]) -> None:
    found.append((path, value))
    if isinstance(value, BaseModel):
        for name in hints_of(type(value)):
            _collect(getattr(value, name), (*path, name), found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect(item, (*path, key), found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _collect(item, (*path, index), found)


def _collect_records(value: Any, kinds: tuple[type[P], ...], path: Path, found: list[tuple[Path, P]]) -> None:
    if isinstance(value, BaseModel):
        if isinstance(value, kinds):
            found.append((path, value))
        for name in _ways_to(type(value), kinds):
            _collect_records(getattr(value, name), kinds, (*path, name), found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect_records(item, kinds, (*path, key), found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _collect_records(item, kinds, (*path, index), found)


@cache
def _ways_to(cls: type[BaseModel], kinds: tuple[type[Record], ...]) -> tuple[str, ...]:
    """The fields of a kind of record in which a record of these kinds can stand, at any depth."""
    return tuple(
        name
        for name, hint in hints_of(cls).items()
        if any(issubclass(inner, kinds) or _ways_to(inner, kinds) for inner in _record_types(hint))
    )


def _record_types(hint: Any) -> Iterator[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for option in typing.get_args(hint):
        yield from _record_types(option)


def _visit_record(value: Any, path: Path, found: list[tuple[Path, str, str]]) -> None:
    if isinstance(value, BaseModel):
        for name, visit in _visits(type(value)):
            visit(getattr(value, name), (*path, name), found)


@cache
def _visits(cls: type[BaseModel]) -> tuple[tuple[str, Visit], ...]:
    """The fields of a kind of record that hold references, each with how to find them."""
    visits = ((name, _visit_of(hint)) for name, hint in hints_of(cls).items())
    return tuple((name, visit) for name, visit in visits if visit is not None)


def _visit_of(hint: Any) -> Visit | None:
    """How to find the references in a value with this type, or None when it can hold none."""
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        kinds = [mark.kind for mark in options[1:] if isinstance(mark, Reference)]
        return _visit_text(kinds[0]) if kinds else _visit_of(options[0])
    if origin is dict:
        return _visit_dict(*map(_visit_of, options))
    if origin is list:
        return _visit_list(_visit_of(options[0]))
    if isinstance(hint, type) and issubclass(hint, Record):
        return _visit_record if _visits(hint) else None
    # Of a union at most one option holds references, or all that do are records.
    return next((visit for visit in map(_visit_of, options) if visit is not None), None)


def _visit_text(kind: str) -> Visit:
    def visit(value: Any, path: Path, found: list[tuple[Path, str, str]]) -> None:
        if isinstance(value, str):
            found.append((path, kind, value))

    return visit


def _visit_list(inner: Visit | None) -> Visit | None:
    if inner is None:
        return None

    def visit(value: Any, path: Path, found: list[tuple[Path, str, str]]) -> None:
        for index, item in enumerate(value or ()):
            inner(item, (*path, index), found)

    return visit


def _visit_dict(of_key: Visit | None, of_item: Visit | None) -> Visit | None:
    if of_key is None and of_item is None:
        return None

    def visit(value: Any, path: Path, found: list[tuple[Path, str, str]]) -> None:
        for key, item in (value or {}).items():
            if of_key is not None:
                of_key(key, (*path, key), found)
            if of_item is not None:
                of_item(item, (*path, key), found)

    return visit


_HINTS: dict[type[BaseModel], dict[str, Any]] = {}


def hints_of(cls: type[BaseModel]) -> dict[str, Any]:
    """The type of each field of a kind of record, with its marks."""
    if cls not in _HINTS:
        hints = typing.get_type_hints(cls, include_extras=True)
        _HINTS[cls] = {name: hints[name] for name in cls.model_fields}
    return _HINTS[cls]
