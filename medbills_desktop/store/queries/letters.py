"""Letters as a list: drafts first, then what went out with what is awaited, then what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from medbills_desktop.domain.dates import Day
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter. `answered` is the day of the newest reply, `replies` how many there are; `overdue` says that the day
    for the answer has passed without any. `answers` tells which letter it is the reply to."""

    id: int
    kind: str
    subject: str | None
    status: str
    other_side: str | None
    bill_id: int | None
    account_number: str | None
    date: Day | None
    reply_due: Day | None
    method: str | None
    replies: int
    answered: Day | None
    answers: str | None
    overdue: bool


_LIST = """
SELECT letter.id, letter.kind, letter.subject, coalesce(letter.status, 'draft') AS status, organization.name AS other_side,
  letter.bill_id, bill.account_number, letter.date, letter.reply_due, letter.method,
  (SELECT count(*) FROM letter AS reply WHERE reply.answers_to_id = letter.id) AS replies,
  (SELECT max(reply.date) FROM letter AS reply WHERE reply.answers_to_id = letter.id) AS answered,
  (SELECT coalesce(asked.subject, asked.kind) FROM letter AS asked WHERE asked.id = letter.answers_to_id) AS answers
FROM letter LEFT JOIN organization ON organization.id = letter.recipient_id LEFT JOIN bill ON bill.id = letter.bill_id
"""
_ORDER = """
ORDER BY CASE coalesce(letter.status, 'draft') WHEN 'draft' THEN 0 WHEN 'sent' THEN 1 ELSE 2 END,
  letter.date DESC, letter.id DESC
"""


@dataclass(frozen=True, slots=True)
class ListLetters:
    """All letters, or those about one bill, as they stand on a day."""

    today: Day
    bill_id: int | None = None

    def __call__(self, reader: Reader) -> list[LetterRow]:
        about, values = (" WHERE letter.bill_id = ?", (self.bill_id,)) if self.bill_id else ("", ())
        return [self._row(*row) for row in reader.rows(f"{_LIST}{about}{_ORDER}", *values)]

    def _row(self, number: int, kind: str, subject: str | None, status: str, *rest: Any) -> LetterRow:
        other_side, bill_id, account, sent, due, method, replies, answered, answers = rest
        day, reply_due = _day(sent), _day(due)
        late = status == "sent" and not replies and reply_due is not None and reply_due < self.today
        return LetterRow(
            id=number,
            kind=kind,
            subject=subject,
            status=status,
            other_side=other_side,
            bill_id=bill_id,
            account_number=account,
            date=day,
            reply_due=reply_due,
            method=method,
            replies=replies,
            answered=_day(answered),
            answers=answers,
            overdue=late,
        )


def _day(text: str | None) -> Day | None:
    return date.fromisoformat(text) if text else None
