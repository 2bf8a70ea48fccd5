"""Between a frozen record and a row: one conversion for each field type, derived from the record's annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
        return Column(field, "TEXT", _plain_decimal, Decimal)
    if kept is date:
        return Column(field, "TEXT", date.isoformat, date.fromisoformat)
    if kept is Moment:
        return Column(field, "TEXT", Moment.text, Moment.from_text)
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


def to_row(record: Record) -> dict[str, Any]:
    """The row image of a record."""
    row: dict[str, Any] = {}
    for column in columns_of(type(record)):
        value = getattr(record, column.field.name)
        row[column.field.name] = value if value is None or column.to_row is None else column.to_row(value)
    return row


def from_row(kind: type[R], row: Mapping[str, Any]) -> R:
    """The record of a row image."""
    values: dict[str, Any] = {}
    for column in columns_of(kind):
        name = column.field.name
        value = row[name]
        values[name] = value if value is None or column.from_row is None else column.from_row(value)
    return kind(**values)
