"""Reading from a library inside one transaction: records as frozen values, lists as plain rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from medbills_desktop.domain.errors import NotFoundError
from medbills_desktop.domain.records import Record
from medbills_desktop.store.codec import from_values, layout_of
from medbills_desktop.store.table_shelf import TableShelf

R = TypeVar("R", bound=Record)

_SELECTS: dict[type[Record], str] = {}


def _select(kind: type[Record]) -> str:
    if kind not in _SELECTS:
        names = ", ".join(f'"{name}"' for name in layout_of(kind).names)
        _SELECTS[kind] = f"SELECT {names} FROM {kind.KIND}"  # noqa: S608 - names come from our own classes
    return _SELECTS[kind]


def _order(kind: type[Record]) -> str:
    return " ORDER BY position, id" if kind.KIND == "line" else " ORDER BY id"


class Reader:
    """One consistent view of the library; valid only inside `Library.read`."""

    def __init__(self, connection: Connection, tables: TableShelf | None = None) -> None:
        self.connection = connection
        """The transaction itself, for the other modules of this room."""
        self.tables = tables
        """The rows of loaded tables of codes, where the library has a folder."""
        self._driver: Any = connection.connection.driver_connection
        """Records go past SQLAlchemy's result rows, which cost more than reading and building the records together."""

    def get(self, kind: type[R], id: int) -> R:  # noqa: A002
        """The record with that id; raises `NotFoundError` where it is gone."""
        found = self.find(kind, id=id)
        if not found:
            raise NotFoundError(
                f"This {kind.TITLE} is no longer in the library.", "It may have been removed or undone."
            )
        return found[0]

    def find(self, kind: type[R], /, **where: Any) -> list[R]:
        """Records whose columns equal the given values (`None` matches the absent), in the order of entry.

        Lines come in paper order.
        """
        conditions = [f'"{name}" IS ?' for name in where]
        clause = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return self._records(kind, self._execute(_select(kind) + clause + _order(kind), *where.values()))

    def find_any(self, kind: type[R], field: str, values: Collection[int | None] | Collection[str]) -> list[R]:
        """Records whose field holds one of the given ids or texts, in the order of entry (lines in paper order)."""
        wanted = [value for value in set(values) if value is not None]
        if not wanted:
            return []
        within = f' WHERE "{field}" IN (SELECT value FROM json_each(?))'  # noqa: S608 - a field of our own classes
        return self._records(kind, self._execute(_select(kind) + within + _order(kind), json.dumps(wanted)))

    def rows(self, sql: str, *values: Any) -> Sequence[Row[Any]]:
        """Rows of a statement with `?` for each value."""
        return self.connection.exec_driver_sql(sql, values).all()

    def scalar(self, sql: str, *values: Any) -> Any:
        """The first column of the first row, or `None`."""
        row = self._execute(sql, *values).fetchone()
        return None if row is None else row[0]

    def info(self, key: str) -> str | None:
        """A fact about the library itself, such as its title."""
        value = self.scalar("SELECT value FROM library_info WHERE key = ?", key)
        return None if value is None else str(value)

    def _execute(self, sql: str, *values: Any) -> Any:
        return self._driver.execute(sql, values)

    def _records(self, kind: type[R], rows: Iterable[Sequence[Any]]) -> list[R]:
        return [from_values(kind, values) for values in rows]
