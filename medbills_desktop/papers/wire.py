"""Frozen dataclasses to JSON and back, strictly: what comes out of a pipe has the declared types or is refused.

The peer of the worker process must not trust it (a hostile PDF may have taken it over), so nothing is unpickled
and nothing is built that the annotations don't name. A page may have thousands of words: the way to write and to
read a type is worked out once.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import types
import typing
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from medbills_desktop.papers.reasons import CantShow, Notice, Why, Worth, cant_show, notice


class ProtocolError(Exception):
    """Bytes that are not a message of the protocol; the connection can't be used any further."""


Turning = Callable[[Any], Any]


def to_plain(hint: Any, value: Any) -> Any:
    """`value` of the annotated type as JSON knows it: a nested dataclass is the list of its fields' values.

    Refusals and notices become [code, details]; their sentences stay on this side of the pipe.
    """
    write = _writer(hint)
    return value if write is None else write(value)


def from_plain(hint: Any, value: Any) -> Any:
    """The value that annotation `hint` promises, built from JSON. Raises ProtocolError."""
    return _reader(hint)(value)


@functools.cache
def field_hints(kind: type) -> dict[str, Any]:
    """Field name to resolved annotation, in declaration order."""
    found = typing.get_type_hints(kind)
    return {field.name: found[field.name] for field in dataclasses.fields(kind)}


@functools.cache
def _writer(hint: Any) -> Turning | None:
    """How to write a type; None where JSON takes the value as it is."""
    if typing.get_origin(hint) is types.UnionType:
        inner = _writer(typing.get_args(hint)[0])
        return inner and (lambda value: None if value is None else inner(value))
    if typing.get_origin(hint) is tuple:
        each = _writer(typing.get_args(hint)[0])
        return each and (lambda value: [each(item) for item in value])
    if hint in {CantShow, Notice}:
        return attrgetter("code.value", "details")
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return attrgetter("value")
    return _fields_writer(hint) if dataclasses.is_dataclass(hint) else None


def _fields_writer(kind: Any) -> Turning:
    hints = field_hints(kind)
    fields = attrgetter(*hints)
    writers = [_writer(hint) for hint in hints.values()]
    if not any(writers):
        return fields
    return lambda value: [
        part if write is None else write(part) for write, part in zip(writers, fields(value), strict=True)
    ]


@functools.cache
def _reader(hint: Any) -> Turning:
    """How to read a type."""
    if typing.get_origin(hint) is types.UnionType:
        inner = _reader(typing.get_args(hint)[0])
        return lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        each = _reader(typing.get_args(hint)[0])
        return lambda value: tuple([each(item) for item in _list(value)])
    if hint is CantShow:
        return lambda value: cant_show(*_coded(Why, value))
    if hint is Notice:
        return lambda value: notice(*_coded(Worth, value))
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return functools.partial(_member, hint)
    if dataclasses.is_dataclass(hint):
        return _fields_reader(hint)
    return _SCALARS[hint]


def _fields_reader(kind: Any) -> Turning:
    readers = [_reader(hint) for hint in field_hints(kind).values()]
    count = len(readers)
    return lambda value: kind(*[read(part) for read, part in zip(readers, _list(value, count), strict=True)])


def _list(value: Any, length: int | None = None) -> list[Any]:
    if type(value) is not list or (length is not None and len(value) != length):
        raise ProtocolError("a list of another length was expected")
    return value


def _member(kind: Any, value: Any) -> Any:
    try:
        return kind(value)
    except ValueError as fault:
        raise ProtocolError(f"no such {kind.__name__}") from fault


def _coded(kind: Any, value: Any) -> tuple[Any, tuple[str, ...]]:
    code, details = _list(value, 2)
    return _member(kind, code), _reader(tuple[str, ...])(details)


def _float(value: Any) -> float:
    if type(value) in {float, int} and abs(value) < 1e300:
        return float(value)
    raise ProtocolError("a number was expected")


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is kind:
        return value
    raise ProtocolError(f"a {kind.__name__} was expected")


_SCALARS: dict[Any, Turning] = {
    float: _float,
    **{kind: functools.partial(_exactly, kind) for kind in (int, str, bool)},
}
