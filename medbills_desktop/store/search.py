"""Full-text search over records and the text of papers, kept in step by the unit of work itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
_INSERT = "INSERT INTO search(rowid, body) VALUES (?, ?)"
_DELETE = "DELETE FROM search WHERE rowid = ?"
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
    """Bring the index in step with one changed row, in the same transaction.

    The pages of a paper leave the index with it and come back with it (their texts stay kept).
    """
    number = NUMBERS.get(change.kind)
    if number is None:
        return
    key, driver = row_id(number, change.id), _driver(connection)
    before = None if change.before is None else _text_of(change.kind, change.before)
    after = None if change.after is None else _text_of(change.kind, change.after)
    if before == after:
        return
    if before is not None:
        driver.execute(_DELETE, (key,))
    if after is not None:
        driver.execute(_INSERT, (key, after))
    if change.kind == "document" and (before is None or after is None):
        _show_pages(driver, change.id, shown=after is not None)


def put_pages(connection: Connection, document_id: int, pages: Iterable[tuple[int, str]]) -> None:
    """Keep the text of a paper's pages (counted from 1) in place of what was kept before."""
    drop_pages(connection, document_id)
    driver = _driver(connection)
    for page, text in pages:
        clean = text.encode("utf-8", "replace").decode("utf-8")
        cursor = driver.execute(
            "INSERT INTO page_text(document_id, page, text) VALUES (?, ?, ?)", (document_id, page, clean)
        )
        driver.execute(_INSERT, (row_id(PAGE, int(cursor.lastrowid)), indexed_text(clean)))


def drop_pages(connection: Connection, document_id: int) -> None:
    """Forget the text of a paper."""
    driver = _driver(connection)
    _show_pages(driver, document_id, shown=False)
    driver.execute("DELETE FROM page_text WHERE document_id = ?", (document_id,))


def fill(driver: Any) -> None:
    """Fill an empty index of a raw connection's file from the records and the kept page texts."""
    for key, body in _entries(driver):
        driver.execute(_INSERT, (key, body))


def gaps(driver: Any) -> int:
    """How many records and pages the index misses, tells otherwise than they are, or has without their being there."""
    expected = dict(_entries(driver))
    wrong = 0
    for key, body in driver.execute("SELECT rowid, body FROM search"):
        wrong += expected.pop(key, None) != body
    return wrong + len(expected)


def _entries(driver: Any) -> Iterator[tuple[int, str]]:
    for kind, number in NUMBERS.items():
        cursor = driver.execute(f"SELECT * FROM {kind}")  # noqa: S608 - names from our own list
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            yield row_id(number, row["id"]), _text_of(kind, row)
    pages = driver.execute(
        "SELECT page_text.id, text FROM page_text JOIN document ON document.id = document_id ORDER BY page_text.id"
    )
    for id_, text in pages:
        yield row_id(PAGE, id_), indexed_text(text)


def _show_pages(driver: Any, document_id: int, shown: bool) -> None:
    for id_, text in driver.execute("SELECT id, text FROM page_text WHERE document_id = ?", (document_id,)).fetchall():
        if shown:
            driver.execute(_INSERT, (row_id(PAGE, id_), indexed_text(text)))
        else:
            driver.execute(_DELETE, (row_id(PAGE, id_),))


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
