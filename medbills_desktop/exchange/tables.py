"""A case as plain tables, one for each kind of record: what the CSV folder and the workbook hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KIND_BY_NAME, Bill, DocumentLink, Record
from medbills_desktop.exchange.layout import CASE_KINDS, FieldEntry, GroupEntry, owner_of, plan_of
from medbills_desktop.exchange.names import name_of

Form = Literal["text", "money", "number", "day", "moment", "yes_no"]
"""How the cells of a column are written; a cell that is not known is `None` in any of them."""

Cell = str | int | Decimal | date | Moment | bool | None

NUMBER_TYPES: dict[Any, Form] = {
    Cents: "money",
    Decimal: "number",
    int: "number",
    date: "day",
    Moment: "moment",
    bool: "yes_no",
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its heading, how its cells are written, and what a record (or another frozen row) has there."""

    heading: str
    form: Form
    cell: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Records of one kind, or other frozen rows; `name` is that of the sheet and, with `.csv`, of the file."""

    name: str
    columns: tuple[TableColumn, ...]
    records: tuple[Any, ...]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells of one record after the other."""
        for record in self.records:
            yield tuple(column.cell(record) for column in self.columns)


def tables_of(case: Case) -> tuple[Table, ...]:
    """A table for each kind of record that the case has, in the order of the case format; that of the bills always.

    References stand as the id in the case file, each followed by a column with a readable name.
    """
    return tuple(
        Table(table_name(kind), _columns(case, kind), case.all(kind))
        for kind in CASE_KINDS
        if case.all(kind) or kind is Bill
    )


def table_name(kind: type[Record]) -> str:
    """The name of a kind's table, such as `bills` or `claim_lines`."""
    return kind.PLURAL or {"evidence": "evidence"}.get(kind.KIND, f"{kind.KIND}s")


TABLE_NAMES: frozenset[str] = frozenset(table_name(kind) for kind in CASE_KINDS)


def _columns(case: Case, kind: type[Record]) -> tuple[TableColumn, ...]:
    columns = _owner_columns(case, kind, _itself)
    for entry in plan_of(kind).entries:
        if isinstance(entry, FieldEntry):
            columns.extend(_field_columns(case, kind, entry))
        elif isinstance(entry, GroupEntry):
            for inner in entry.fields:
                columns.extend(_field_columns(case, kind, inner))
    return tuple(columns)


def _owner_columns(case: Case, kind: type[Record], start: Callable[[Record], Record]) -> list[TableColumn]:
    owner = owner_of(kind)
    if owner is None or owner.owner is None:
        return []
    target = KIND_BY_NAME[owner.owner.kind]

    def owning(record: Record) -> Record:
        return case.get(target, getattr(start(record), owner.name))

    return [*_owner_columns(case, target, owning), *_naming(case, target.KIND, owning)]


def _field_columns(case: Case, kind: type[Record], entry: FieldEntry) -> list[TableColumn]:
    name = entry.field.name
    if kind is DocumentLink and name == "target_id":
        return _naming(case, entry.key, lambda link: case.get(KIND_BY_NAME[link.type], link.target_id))
    if entry.field.to:
        target = KIND_BY_NAME[entry.field.to.kind]
        return _naming(case, entry.key, lambda record: case.find(target, getattr(record, name)))
    form = NUMBER_TYPES.get(entry.field.type, "text")
    return [TableColumn(entry.key, form, lambda record: _cell(getattr(record, name)))]


def _naming(case: Case, heading: str, find: Callable[[Any], Record | None]) -> list[TableColumn]:
    def ref(record: Record) -> Cell:
        found = find(record)
        return found.ref if found else None

    def name(record: Record) -> Cell:
        found = find(record)
        return name_of(case, found) if found else None

    return [TableColumn(heading, "text", ref), TableColumn(f"{heading}_name", "text", name)]


def _itself(record: Record) -> Record:
    return record


def _cell(value: Any) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return value  # type: ignore[no-any-return]
