"""Reading from a library inside one transaction: records as frozen values, lists as plain rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from medbills_desktop.domain.errors import NotFoundError
from medbills_desktop.domain.records import Record
from medbills_desktop.store.codec import columns_of, from_row

R = TypeVar("R", bound=Record)

_SELECTS: dict[type[Record], str] = {}


def _select(kind: type[Record]) -> str:
    if kind not in _SELECTS:
        names = ", ".join(f'"{column.field.name}"' for column in columns_of(kind))
        _SELECTS[kind] = f"SELECT {names} FROM {kind.KIND}"  # noqa: S608 - names come from our own classes
    return _SELECTS[kind]


class Reader:
    """One consistent view of the library; valid only inside `Library.read`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, kind: type[R], id: int) -> R:  # noqa: A002
        """The record with that id; raises `NotFoundError` where it is gone."""
        found = self.find(kind, id=id)
        if not found:
            raise NotFoundError(
                f"This {kind.TITLE} is no longer in the library.", "It may have been removed or undone."
            )
        return found[0]

    def find(self, kind: type[R], **where: Any) -> list[R]:
        """Records whose columns equal the given values (`None` matches the absent), in the order of entry.

        Lines come in paper order.
        """
        conditions = [f'"{name}" IS ?' for name in where]
        clause = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        order = " ORDER BY position, id" if kind.KIND == "line" else " ORDER BY id"
        rows = self.rows(_select(kind) + clause + order, *where.values())
        return [from_row(kind, dict(row._mapping)) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name

    def find_any(self, kind: type[R], field: str, values: Collection[int | None]) -> list[R]:
        """Records whose field holds one of the given ids, in the order of entry (lines in paper order)."""
        wanted = sorted(value for value in set(values) if value is not None)
        order = " ORDER BY position, id" if kind.KIND == "line" else " ORDER BY id"
        within = f' WHERE "{field}" IN (SELECT value FROM json_each(?))'  # noqa: S608 - a field of our own classes
        sql = _select(kind) + within + order
        return [from_row(kind, dict(row._mapping)) for row in self.rows(sql, json.dumps(wanted))]  # noqa: SLF001

    def rows(self, sql: str, *values: Any) -> Sequence[Row[Any]]:
        """Rows of a statement with `?` for each value."""
        return self._connection.exec_driver_sql(sql, values).all()

    def scalar(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, or `None`."""
        return self._connection.exec_driver_sql(sql, values).scalar()

    def info(self, key: str) -> str | None:
        """A fact about the library itself, such as its title."""
        value = self.scalar("SELECT value FROM library_info WHERE key = ?", key)
        return None if value is None else str(value)
