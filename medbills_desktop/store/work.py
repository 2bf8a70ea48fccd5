"""One unit of work: the only place where rows are written, and therefore the recorder of what changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import Connection

from medbills_desktop.domain.changes import ChangeSet, Image, RowChange
from medbills_desktop.domain.errors import ChangedMeanwhileError, UserError
from medbills_desktop.domain.records import KIND_BY_NAME, KINDS, DocumentLink, FieldInfo, Record, fields_of
from medbills_desktop.store import search
from medbills_desktop.store.codec import from_row, has_ref, layout_of, to_row
from medbills_desktop.store.reader import Reader
from medbills_desktop.store.table_shelf import TableShelf

R = TypeVar("R", bound=Record)


def _referring() -> dict[str, list[tuple[type[Record], FieldInfo]]]:
    found: dict[str, list[tuple[type[Record], FieldInfo]]] = {}
    for kind in KINDS:
        for field in fields_of(kind):
            if field.refers_to:
                found.setdefault(field.refers_to, []).append((kind, field))
    return found


_REFERRING = _referring()


_INSERTS: dict[type[Record], str] = {}


def _insert(kind: type[Record]) -> str:
    """The statement that keeps a new row, with a `?` for each column."""
    if kind not in _INSERTS:
        names = layout_of(kind).names
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" for _ in names)
        _INSERTS[kind] = f"INSERT INTO {kind.KIND} ({columns}) VALUES ({marks})"  # noqa: S608
    return _INSERTS[kind]


class Work(Reader):
    """A writing transaction that records each row it changes: undo, journal and screens need no code of their own."""

    def __init__(self, connection: Connection, tables: TableShelf | None = None) -> None:
        super().__init__(connection, tables)
        self.recorded: list[RowChange] = []
        self._used: dict[type[Record], int] = {}
        """The highest id of each kind ever used; nobody else writes while this transaction runs."""

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

    def change(self, kind: type[R], id: int, /, **fields: Any) -> R:  # noqa: A002
        """Change only the named fields of a record, so that a change made elsewhere to other fields stays."""
        if "id" in fields:
            raise ValueError("the id of a record never changes")
        return self.put(dataclasses.replace(self.get(kind, id), **fields))

    def remove(self, kind: type[Record], id: int) -> None:  # noqa: A002
        """Remove a record with all that it owns; refuses while something else depends on it."""
        record = self.get(kind, id)
        for other, field in _REFERRING.get(kind.KIND, []):
            for dependent in self.find(other, **{field.name: id}):
                self._let_go(other, dependent.id, field, record)
        for link in self.find(DocumentLink, type=kind.KIND, target_id=id):
            self._write(RowChange(link.KIND, link.id, to_row(link), None))
        # Read again: a record that refers to itself was changed on the way.
        self._write(RowChange(kind.KIND, id, to_row(self.get(kind, id)), None))

    def rows_written(self, sql: str, *values: Any) -> None:
        """Write to a table that is not a record's (drafts, readings): outside journal and undo."""
        self._execute(sql, *values)

    def put_page_texts(self, document_id: int, pages: Iterable[tuple[int, str]]) -> None:
        """Keep the text of a paper's pages (counted from 1) for search; derived data, outside journal and undo."""
        search.put_pages(self.connection, document_id, pages)

    def set_info(self, key: str, value: str | None) -> None:
        """Set or clear a fact about the library itself (not a record: outside undo)."""
        self._execute("DELETE FROM library_info WHERE key = ?", key)
        if value is not None:
            self._execute("INSERT INTO library_info VALUES (?, ?)", key, value)

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

    def _let_go(self, kind: type[Record], id: int, field: FieldInfo, gone: Record) -> None:  # noqa: A002
        found = self.find(kind, id=id)
        if not found or getattr(found[0], field.name) != gone.id:
            return
        leaving = "remove" if field.owner else field.to.when_removed if field.to else "refuse"
        if leaving == "remove":
            self.remove(kind, id)
        elif leaving == "clear":
            self.change(kind, id, **{field.name: None})
        else:
            raise UserError(
                f"This {gone.TITLE} can't be removed: a {kind.TITLE} still refers to it.",
                f"Remove or change that {kind.TITLE} first.",
            )

    def _next_id(self, kind: type[Record]) -> int:
        if kind not in self._used:
            self._used[kind] = int(self.scalar("SELECT seq FROM sqlite_sequence WHERE name = ?", kind.KIND) or 0)
        return self._used[kind] + 1

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
        try:
            if change.after is None:
                self._execute(f"DELETE FROM {change.kind} WHERE id = ?", change.id)  # noqa: S608
            elif change.before is None:
                self._execute(_insert(kind), *(change.after[name] for name in layout_of(kind).names))
                if kind in self._used:
                    self._used[kind] = max(self._used[kind], change.id)
            else:
                changed = [name for name in layout_of(kind).names if change.after[name] != change.before[name]]
                sets = ", ".join(f'"{name}" = ?' for name in changed)
                values = (change.after[name] for name in changed)
                self._execute(f"UPDATE {change.kind} SET {sets} WHERE id = ?", *values, change.id)  # noqa: S608
        except (UnicodeEncodeError, OverflowError) as error:
            raise UserError(
                f"This {kind.TITLE} holds a sign or a number that can't be kept.",
                "Type it again; what was pasted may be damaged.",
            ) from error
        self.recorded.append(change)
        search.follow(self.connection, change)
