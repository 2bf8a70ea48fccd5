"""The tables of a library, derived from the records; plus the few that are not records.

Every constraint has a name, every table is STRICT, money is whole cents. References are checked at commit so that rows
may be written in any order inside one transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

from medbills_desktop.domain.records import KINDS, FieldInfo, Record
from medbills_desktop.store.codec import columns_of, has_ref

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _sql_words(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _column(field: FieldInfo, sql_type: str) -> Column[Any]:
    kind = Integer if sql_type == "INTEGER" else Text
    if field.name == "id":
        return Column("id", Integer, primary_key=True, autoincrement=True)
    parts: list[Any] = []
    if field.refers_to:
        parts.append(ForeignKey(f"{field.refers_to}.id", deferrable=True, initially="DEFERRED"))
    return Column(field.name, kind, *parts, nullable=field.optional)


def _table(kind: type[Record]) -> Table:
    columns = columns_of(kind)
    parts: list[Any] = [_column(column.field, column.sql_type) for column in columns]
    for column in columns:
        field = column.field
        if field.choices:
            parts.append(CheckConstraint(f'"{field.name}" IN ({_sql_words(field.choices)})', name=field.name))
        if field.refers_to:
            parts.append(Index(f"ix_{kind.KIND}_{field.name}", field.name))
    if has_ref(kind):
        owner = next((column.field.name for column in columns if column.field.owner), None)
        parts.append(UniqueConstraint(*([owner, "ref"] if owner else ["ref"])))
    return Table(kind.KIND, metadata, *parts, sqlite_autoincrement=True, sqlite_strict=True)


TABLES: dict[str, Table] = {kind.KIND: _table(kind) for kind in KINDS}

Index("ix_document_link_target", TABLES["document_link"].c.target_id, TABLES["document_link"].c.type)
Index("ix_document_sha256", TABLES["document"].c.sha256)
Index("ix_bill_account_number", TABLES["bill"].c.account_number)
Index("ix_line_code", TABLES["line"].c.code)
Index("ix_statement_date", TABLES["statement"].c.date)
Index("ix_call_started", TABLES["call"].c.started)
Index("ix_promise_due", TABLES["promise"].c.due)
Index("ix_task_due", TABLES["task"].c.due)

library_info = Table(
    "library_info",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    sqlite_strict=True,
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    sqlite_strict=True,
)

reading = Table(
    "reading",
    metadata,
    Column("document_id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("pages", Integer),
    Column("reason", Text),
    Column("sentence", Text),
    Column("todo", Text),
    sqlite_strict=True,
)

page_text = Table(
    "page_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("document_id", "page"),
    sqlite_strict=True,
)
