"""Between a frozen record and a row: one conversion for each field type, derived from the record's annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar, get_origin

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import FieldInfo, Record, fields_of

R = TypeVar("R", bound=Record)
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """How one field is kept: its SQL type and the two conversions (`None` where the value is kept as it is)."""

    field: FieldInfo
    sql_type: str
    to_row: Convert | None
    from_row: Convert | None


def _plain_decimal(value: Decimal) -> str:
    return format(value, "f")


def _json_text(value: Any) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False, separators=(",", ":"))


def _tuple_from_json(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


# The same few days and quantities stand on thousands of lines; the values never change, so they can be shared.
_day = lru_cache(maxsize=4096)(date.fromisoformat)
_moment = lru_cache(maxsize=4096)(Moment.from_text)
_decimal = lru_cache(maxsize=4096)(Decimal)


def column_of(field: FieldInfo) -> Column:
    """The column of one field; raises `TypeError` for a field type that has no conversion."""
    kept = field.type
    if kept is bool:
        return Column(field, "INTEGER", int, bool)
    if kept is int or kept is Cents:
        return Column(field, "INTEGER", None, None)
    if kept is str:
        return Column(field, "TEXT", None, None)
    if kept is Decimal:
        return Column(field, "TEXT", _plain_decimal, _decimal)
    if kept is date:
        return Column(field, "TEXT", date.isoformat, _day)
    if kept is Moment:
        return Column(field, "TEXT", Moment.text, _moment)
    if get_origin(kept) is tuple:
        return Column(field, "TEXT", _json_text, _tuple_from_json)
    if get_origin(kept) is dict:
        return Column(field, "TEXT", _json_text, json.loads)
    raise TypeError(f"no column for {field.name}: {kept!r}")


def has_ref(kind: type[Record]) -> bool:
    """Whether records of this kind have an id of their own in a case file."""
    return bool(kind.PREFIX)


_COLUMNS: dict[type[Record], tuple[Column, ...]] = {}


def columns_of(kind: type[Record]) -> tuple[Column, ...]:
    """The columns of a kind's table, in field order; kinds without an id in case files have no `ref`."""
    if kind not in _COLUMNS:
        kept = (field for field in fields_of(kind) if field.name != "ref" or has_ref(kind))
        _COLUMNS[kind] = tuple(column_of(field) for field in kept)
    return _COLUMNS[kind]


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind's columns in the form that is quickest to walk for thousands of rows."""

    names: tuple[str, ...]
    absent: tuple[tuple[str, Any], ...]
    """Fields without a column, with the value that they have then."""
    to_row: tuple[tuple[str, Convert | None], ...]
    from_row: tuple[tuple[int, Convert], ...]
    """Place of a column with the conversion it needs; the others are kept as they are."""


_LAYOUTS: dict[type[Record], Layout] = {}


def layout_of(kind: type[Record]) -> Layout:
    """The layout of a kind's table."""
    found = _LAYOUTS.get(kind)
    if found is None:
        columns = columns_of(kind)
        found = _LAYOUTS[kind] = Layout(
            names=tuple(column.field.name for column in columns),
            absent=() if has_ref(kind) else (("ref", ""),),
            to_row=tuple((column.field.name, column.to_row) for column in columns),
            from_row=tuple((place, column.from_row) for place, column in enumerate(columns) if column.from_row),
        )
    return found


def to_row(record: Record) -> dict[str, Any]:
    """The row image of a record."""
    held = record.__dict__
    row: dict[str, Any] = {}
    for name, convert in layout_of(type(record)).to_row:
        value = held[name]
        row[name] = value if value is None or convert is None else convert(value)
    return row


def from_values(kind: type[R], values: Sequence[Any]) -> R:
    """The record of a row's values in column order; raises `ValueError` where a value is not of its column's form.

    The instance is filled directly: the constructor of a frozen class assigns field by field, which made reading
    40,000 lines three times slower. Records have no checks of their own that this could leave out.
    """
    layout = layout_of(kind)
    filled = list(values)
    for place, convert in layout.from_row:
        value = filled[place]
        if value is not None:
            filled[place] = convert(value)
    record = object.__new__(kind)
    record.__dict__.update(zip(layout.names, filled, strict=True))
    record.__dict__.update(layout.absent)
    return record


def from_row(kind: type[R], row: Mapping[str, Any]) -> R:
    """The record of a row image."""
    return from_values(kind, [row[name] for name in layout_of(kind).names])
