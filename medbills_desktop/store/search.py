"""Full-text search over records and the text of papers, kept in step by the unit of work itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from medbills_desktop.domain.changes import Image, RowChange
from medbills_desktop.domain.money import decimal_text
from medbills_desktop.store.search_words import indexed_text

PAGE = 1
"""Number of "a page of a paper" in the row ids of the index."""

NUMBERS = {
    "person": 2,
    "organization": 3,
    "policy": 4,
    "visit": 5,
    "bill": 6,
    "statement": 7,
    "line": 8,
    "claim": 9,
    "claim_line": 10,
    "estimate": 11,
    "call": 12,
    "promise": 13,
    "letter": 14,
    "payment": 15,
    "offer": 16,
    "assistance": 17,
    "collection": 18,
    "task": 19,
    "price": 20,
    "document": 21,
}
"""The kinds that are searched. The numbers stand in row ids of the index and never change."""

_SHIFT = 40
_MONEY = {
    "statement": ("total_charges", "adjustments", "insurer_paid", "patient_paid", "balance"),
    "line": ("unit_price", "charge", "disputed", "accepted"),
    "claim": ("billed", "allowed", "plan_paid", "patient_responsibility"),
    "claim_line": ("billed", "allowed", "plan_paid", "patient_responsibility"),
    "estimate": ("amount",),
    "call": ("amount_quoted",),
    "payment": ("amount",),
    "offer": ("amount", "installment_amount"),
    "collection": ("amount",),
    "price": ("amount",),
}
_NOT_WORDS = frozenset({"ref", "sha256", "media_type", "added_at", "answers", "type", "state", "order"})


def row_id(number: int, id: int) -> int:  # noqa: A002
    """The index's row id of a record or page."""
    return (number << _SHIFT) | id


def split_row_id(value: int) -> tuple[int, int]:
    """The number of the kind and the record's id."""
    return value >> _SHIFT, value & ((1 << _SHIFT) - 1)


def _text_of(kind: str, row: Image) -> str:
    words = [str(value) for name, value in row.items() if isinstance(value, str) and name not in _NOT_WORDS]
    money = [decimal_text(row[name]) for name in _MONEY.get(kind, ()) if row[name] is not None]
    return indexed_text("\n".join([*words, *money]))


def follow(connection: Connection, change: RowChange) -> None:
    """Bring the index in step with one changed row, in the same transaction."""
    number = NUMBERS.get(change.kind)
    if number is None:
        return
    key = row_id(number, change.id)
    if change.before is not None:
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", (key,))
    if change.after is not None:
        body = _text_of(change.kind, change.after)
        connection.exec_driver_sql("INSERT INTO search(rowid, body) VALUES (?, ?)", (key, body))


def put_pages(connection: Connection, document_id: int, pages: Iterable[tuple[int, str]]) -> None:
    """Keep the text of a paper's pages (counted from 1) in place of what was kept before."""
    drop_pages(connection, document_id)
    for page, text in pages:
        result = connection.exec_driver_sql(
            "INSERT INTO page_text(document_id, page, text) VALUES (?, ?, ?)", (document_id, page, text)
        )
        key = row_id(PAGE, int(result.lastrowid))
        connection.exec_driver_sql("INSERT INTO search(rowid, body) VALUES (?, ?)", (key, indexed_text(text)))


def drop_pages(connection: Connection, document_id: int) -> None:
    """Forget the text of a paper."""
    found = connection.exec_driver_sql("SELECT id FROM page_text WHERE document_id = ?", (document_id,)).all()
    for (id_,) in found:
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", (row_id(PAGE, id_),))
    connection.exec_driver_sql("DELETE FROM page_text WHERE document_id = ?", (document_id,))


def rebuild(connection: Connection) -> None:
    """Make the whole index again from the records and the kept page texts; used when it is found damaged."""
    connection.exec_driver_sql("DELETE FROM search")
    for kind, number in NUMBERS.items():
        for row in connection.exec_driver_sql(f"SELECT * FROM {kind}").mappings().all():  # noqa: S608
            _insert(connection, row_id(number, row["id"]), _text_of(kind, dict(row)))
    for id_, text in connection.exec_driver_sql("SELECT id, text FROM page_text").all():
        _insert(connection, row_id(PAGE, id_), indexed_text(text))


def _insert(connection: Connection, key: int, body: Any) -> None:
    connection.exec_driver_sql("INSERT INTO search(rowid, body) VALUES (?, ?)", (key, body))
