"""Promises as a list, with what shows how they came out, and those that are still open with somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Row

from medbills_desktop.domain.dates import Day, Moment, plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.store.reader import Reader

State = Literal["late", "open", "kept", "broken"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows how a promise came out: a record to go to (`kind` is empty for a note alone), in words."""

    kind: str
    id: int
    words: str


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise as the list shows it. `by` is who made it, else who was spoken with; `late` is in days."""

    id: int
    call_id: int
    text: str
    by: str
    organization: str
    made: Moment
    due: Day | None
    state: State
    late: int
    closed: Day | None
    shown: Shown | None
    bills: str


_LIST = """
SELECT promise.id, promise.call_id, promise.text, coalesce(promise.by, call.representative, '') AS by,
  coalesce(organization.name, '') AS organization, call.started, promise.due, coalesce(promise.status, 'open') AS status,
  promise.closed, (SELECT min(id) FROM promise_proof WHERE promise_id = promise.id) AS proof,
  (SELECT group_concat(biller.name, ', ') FROM call_bill JOIN bill ON bill.id = call_bill.bill_id
    JOIN organization AS biller ON biller.id = bill.biller_id WHERE call_bill.call_id = call.id) AS bills
FROM promise JOIN call ON call.id = promise.call_id LEFT JOIN organization ON organization.id = call.organization_id
"""

_PROOFS = """
SELECT proof.id, proof.document_id, document.paper_number, coalesce(document.title, document.file) AS paper,
  proof.call_id, call.started, proof.letter_id, coalesce(letter.subject, letter.kind) AS letter,
  proof.payment_id, payment.amount, payment.date, proof.note
FROM promise_proof AS proof LEFT JOIN document ON document.id = proof.document_id LEFT JOIN call ON call.id = proof.call_id
  LEFT JOIN letter ON letter.id = proof.letter_id LEFT JOIN payment ON payment.id = proof.payment_id
"""


@dataclass(frozen=True, slots=True)
class ListPromises:
    """All promises, those that wait the longest first, then the open ones by day, then what is closed, newest first."""

    today: Day

    def __call__(self, reader: Reader) -> list[PromiseRow]:
        proofs = {row.id: _shown(row) for row in reader.rows(_PROOFS)}
        found = [_row(row, self.today, proofs.get(row.proof)) for row in reader.rows(f"{_LIST} ORDER BY promise.id")]
        waiting = [row for row in found if row.state in ("late", "open")]
        closed = [row for row in found if row.state not in ("late", "open")]
        waiting.sort(key=lambda row: (row.due is None, row.due or date.max, row.id))
        closed.sort(key=lambda row: (row.closed or date.min, row.id), reverse=True)
        return waiting + closed


@dataclass(frozen=True, slots=True)
class OpenPromisesWith:
    """Promises that are not kept, made by an organization of this name or in a call about one of these bills."""

    organization: str
    bill_ids: Collection[int]
    today: Day

    def __call__(self, reader: Reader) -> list[PromiseRow]:
        marks = ", ".join("?" for _ in self.bill_ids) or "NULL"
        where = (
            " WHERE coalesce(promise.status, 'open') <> 'kept' AND (organization.name = ? COLLATE NOCASE "
            f"OR call.id IN (SELECT call_id FROM call_bill WHERE bill_id IN ({marks}))) "
            "ORDER BY promise.due IS NULL, promise.due, promise.id"
        )
        rows = reader.rows(_LIST + where, self.organization.strip(), *self.bill_ids)
        return [_row(row, self.today, None) for row in rows]


def _row(row: Row[Any], today: Day, shown: Shown | None) -> PromiseRow:
    due = _day(row.due)
    state: State = row.status
    late = (today - due).days if due and state == "open" and due < today else 0
    return PromiseRow(
        row.id,
        row.call_id,
        " ".join(row.text.split()),
        row.by,
        row.organization,
        Moment.from_text(row.started),
        due,
        "late" if late else state,
        late,
        _day(row.closed),
        shown,
        row.bills or "",
    )


def _shown(row: Row[Any]) -> Shown:
    if row.document_id is not None:
        name = str(row.paper).rsplit("/", 1)[-1]
        return Shown("document", row.document_id, " · ".join(filter(None, (row.paper_number, name))))
    if row.call_id is not None:
        return Shown("call", row.call_id, f"Call of {plain_day(Moment.from_text(row.started).day)}")
    if row.letter_id is not None:
        return Shown("letter", row.letter_id, f"Letter: {row.letter}")
    if row.payment_id is not None:
        day = plain_day(date.fromisoformat(row.date))
        return Shown("payment", row.payment_id, f"Payment of {dollars(Cents(row.amount))}, {day}")
    return Shown("", 0, " ".join((row.note or "").split()))


def _day(text: str | None) -> Day | None:
    return date.fromisoformat(text) if text else None
