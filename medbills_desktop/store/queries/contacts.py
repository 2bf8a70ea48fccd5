"""Answers of theirs to a bill: the calls about it and the letters that came, to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Contact:
    """One call or received letter; `noted` says how many answers are noted in it for the bill."""

    kind: Literal["call", "letter"]
    id: int
    day: Day | None
    by: str
    noted: int


_CALLS = """
SELECT 'call' AS kind, call.id AS number, call.started AS day, coalesce(call.representative, organization.name, '') AS by,
  (SELECT count(*) FROM point_answer WHERE point_answer.call_id = call.id AND point_answer.bill_id = ?) AS noted
FROM call JOIN call_bill ON call_bill.call_id = call.id LEFT JOIN organization ON organization.id = call.organization_id
WHERE call_bill.bill_id = ?
"""
_LETTERS = """
SELECT 'letter' AS kind, letter.id AS number, letter.date AS day, coalesce(organization.name, letter.subject, '') AS by,
  (SELECT count(*) FROM point_answer WHERE point_answer.letter_id = letter.id AND point_answer.bill_id = ?) AS noted
FROM letter LEFT JOIN organization ON organization.id = letter.recipient_id
WHERE letter.bill_id = ? AND letter.status = 'received'
"""


@dataclass(frozen=True, slots=True)
class ListContacts:
    """The calls about a bill and the letters that came for it, the newest first."""

    bill_id: int

    def __call__(self, reader: Reader) -> list[Contact]:
        rows = reader.rows(f"{_CALLS} UNION ALL {_LETTERS} ORDER BY day DESC, number DESC", *[self.bill_id] * 4)
        return [Contact(kind, number, _day(kind, day), by, noted) for kind, number, day, by, noted in rows]


def _day(kind: str, text: str | None) -> Day | None:
    if not text:
        return None
    return Moment.from_text(text).day if kind == "call" else date.fromisoformat(text)
