"""One unit of work: the only place where rows are written, and therefore the recorder of what changed."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from sqlalchemy import Connection

from medbills_desktop.domain.changes import ChangeSet, Image, RowChange
from medbills_desktop.domain.errors import ChangedMeanwhileError, UserError
from medbills_desktop.domain.records import KIND_BY_NAME, KINDS, DocumentLink, FieldInfo, Record, fields_of
from medbills_desktop.store import search
from medbills_desktop.store.codec import columns_of, from_row, has_ref, to_row
from medbills_desktop.store.reader import Reader

R = TypeVar("R", bound=Record)


def _referring() -> dict[str, list[tuple[type[Record], FieldInfo]]]:
    found: dict[str, list[tuple[type[Record], FieldInfo]]] = {}
    for kind in KINDS:
        for field in fields_of(kind):
            if field.refers_to:
                found.setdefault(field.refers_to, []).append((kind, field))
    return found


_REFERRING = _referring()


class Work(Reader):
    """A writing transaction that records each row it changes: undo, journal and screens need no code of their own."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.recorded: list[RowChange] = []

    def add(self, record: R) -> R:
        """Keep a new record; gives back the record with its id, and a `ref` where it had none."""
        kind = type(record)
        row = to_row(record)
        if not row["id"]:
            row["id"] = self._next_id(kind)
        if has_ref(kind) and not row["ref"]:
            row["ref"] = self._free_ref(kind, row)
        self._write(RowChange(kind.KIND, row["id"], None, row))
        return from_row(kind, row)

    def put(self, record: R) -> R:
        """Keep a changed record in place of the one with its id; a record that is equal changes nothing."""
        kind = type(record)
        before = to_row(self.get(kind, record.id))
        after = to_row(record)
        if before != after:
            self._write(RowChange(kind.KIND, record.id, before, after))
        return record

    def change(self, kind: type[R], id: int, **fields: Any) -> R:  # noqa: A002
        """Change only the named fields of a record, so that a change made elsewhere to other fields stays."""
        return self.put(dataclasses.replace(self.get(kind, id), **fields))

    def remove(self, kind: type[Record], id: int) -> None:  # noqa: A002
        """Remove a record with all that it owns; refuses while something else depends on it."""
        record = self.get(kind, id)
        for other, field in _REFERRING.get(kind.KIND, []):
            for dependent in self.find(other, **{field.name: id}):
                self._let_go(dependent, field, record)
        for link in self.find(DocumentLink, type=kind.KIND, target_id=id):
            self._write(RowChange(link.KIND, link.id, to_row(link), None))
        self._write(RowChange(kind.KIND, id, to_row(record), None))

    def set_info(self, key: str, value: str | None) -> None:
        """Set or clear a fact about the library itself (not a record: outside undo)."""
        self._connection.exec_driver_sql("DELETE FROM library_info WHERE key = ?", (key,))
        if value is not None:
            self._connection.exec_driver_sql("INSERT INTO library_info VALUES (?, ?)", (key, value))

    def replay(self, changes: ChangeSet) -> None:
        """Write the images of a ChangeSet; refuses as a whole if any row is no longer as the ChangeSet left it."""
        for row in changes.rows:
            kind = KIND_BY_NAME[row.kind]
            found = self.find(kind, id=row.id)
            now = to_row(found[0]) if found else None
            if now != (None if row.before is None else dict(row.before)):
                raise ChangedMeanwhileError(
                    f"“{changes.label}” can't be taken back or repeated: the {kind.TITLE} was changed meanwhile.",
                    "Nothing was changed. Edit the record itself instead.",
                )
            self._write(row)

    def _let_go(self, dependent: Record, field: FieldInfo, gone: Record) -> None:
        leaving = "remove" if field.owner else field.to.when_removed if field.to else "refuse"
        if leaving == "remove":
            if self.find(type(dependent), id=dependent.id):
                self.remove(type(dependent), dependent.id)
        elif leaving == "clear":
            cleared: dict[str, Any] = {field.name: None}
            self.put(dataclasses.replace(dependent, **cleared))
        else:
            raise UserError(
                f"This {gone.TITLE} can't be removed: a {dependent.TITLE} still refers to it.",
                f"Remove or change that {dependent.TITLE} first.",
            )

    def _next_id(self, kind: type[Record]) -> int:
        used = self.scalar("SELECT seq FROM sqlite_sequence WHERE name = ?", kind.KIND)
        return int(used or 0) + 1

    def _free_ref(self, kind: type[Record], row: Image) -> str:
        owner = next((field.name for field in fields_of(kind) if field.owner), None)
        scope = {owner: row[owner]} if owner else {}
        candidate, number = f"{kind.PREFIX}{row['id']}", 1
        while self.ref_taken(kind, candidate, scope):
            number += 1
            candidate = f"{kind.PREFIX}{row['id']}-{number}"
        return candidate

    def ref_taken(self, kind: type[Record], ref: str, scope: dict[str, Any]) -> bool:
        """Whether another record of the kind (with the same owner, given in `scope`) has this id of a case file."""
        conditions = "".join(f' AND "{name}" = ?' for name in scope)
        sql = f"SELECT 1 FROM {kind.KIND} WHERE ref = ?{conditions}"  # noqa: S608 - names come from our own classes
        return self.scalar(sql, ref, *scope.values()) is not None

    def _write(self, change: RowChange) -> None:
        kind = KIND_BY_NAME[change.kind]
        names = [column.field.name for column in columns_of(kind)]
        if change.after is None:
            self._connection.exec_driver_sql(f"DELETE FROM {change.kind} WHERE id = ?", (change.id,))  # noqa: S608
        elif change.before is None:
            marks = ", ".join("?" * len(names))
            columns = ", ".join(f'"{name}"' for name in names)
            sql = f"INSERT INTO {change.kind} ({columns}) VALUES ({marks})"  # noqa: S608
            self._connection.exec_driver_sql(sql, tuple(change.after[name] for name in names))
        else:
            changed = [name for name in names if change.after[name] != change.before[name]]
            sets = ", ".join(f'"{name}" = ?' for name in changed)
            sql = f"UPDATE {change.kind} SET {sets} WHERE id = ?"  # noqa: S608
            self._connection.exec_driver_sql(sql, (*(change.after[name] for name in changed), change.id))
        self.recorded.append(change)
        search.follow(self._connection, change)
