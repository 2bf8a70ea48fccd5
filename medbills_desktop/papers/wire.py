"""Frozen dataclasses to JSON and back, strictly: what comes out of a pipe has the declared types or is
refused.

The peer of the worker process must not trust it (a hostile PDF may have taken it over), so nothing is
unpickled and nothing is built that the annotations don't name.
"""

from __future__ import annotations

import dataclasses
import enum
import math
import types
import typing
from typing import Any, TypeVar

from medbills_desktop.papers.reasons import CantShow, Notice, Why, Worth, cant_show, notice

_Choice = TypeVar("_Choice", bound=enum.Enum)


class ProtocolError(Exception):
    """Bytes that are not a message of the protocol; the connection can't be used any further."""


def to_plain(value: Any) -> Any:
    """`value` as JSON knows it: nested dataclasses become lists of their fields' values, in order.

    Refusals and notices become [code, details]; their sentences stay on this side of the pipe.
    """
    if isinstance(value, CantShow | Notice):
        return [value.code.value, list(value.details)]
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return [to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(hint: Any, value: Any) -> Any:
    """The value that annotation `hint` promises, built from JSON. Raises ProtocolError."""
    if typing.get_origin(hint) is types.UnionType:
        return None if value is None else from_plain(typing.get_args(hint)[0], value)
    if typing.get_origin(hint) is tuple:
        item = typing.get_args(hint)[0]
        return tuple(from_plain(item, each) for each in _list(value))
    if hint is CantShow:
        code, details = _list(value, 2)
        return cant_show(_member(Why, code), from_plain(tuple[str, ...], details))
    if hint is Notice:
        code, details = _list(value, 2)
        return notice(_member(Worth, code), from_plain(tuple[str, ...], details))
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return _member(hint, value)
    if dataclasses.is_dataclass(hint):
        parts = field_hints(typing.cast("type", hint)).values()
        plain = zip(parts, _list(value, len(parts)), strict=True)
        return typing.cast("type", hint)(*(from_plain(part, each) for part, each in plain))
    return _scalar(hint, value)


def field_hints(kind: type) -> dict[str, Any]:
    """Field name to resolved annotation, in declaration order; resolved once per class."""
    if kind not in _hints:
        found = typing.get_type_hints(kind)
        _hints[kind] = {field.name: found[field.name] for field in dataclasses.fields(kind)}
    return _hints[kind]


_hints: dict[type, dict[str, Any]] = {}


def _list(value: Any, length: int | None = None) -> list[Any]:
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise ProtocolError("a list of another length was expected")
    return value


def _member(kind: type[_Choice], value: Any) -> _Choice:
    try:
        return kind(value)
    except ValueError as fault:
        raise ProtocolError(f"no such {kind.__name__}") from fault


def _scalar(hint: Any, value: Any) -> Any:
    if hint is float and type(value) in {int, float} and math.isfinite(value):
        return float(value)
    if hint in {int, str, bool} and type(value) is hint:
        return value
    raise ProtocolError(f"a {getattr(hint, '__name__', hint)} was expected")
