"""Letters as a list: drafts first, then what went out with what is awaited, then what came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_markup import numbered_points
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter. `answered` is the day of the newest reply, `replies` how many there are; `overdue` says that the day
    for the answer has passed without any. `answers` tells which letter it is the reply to.

    `asked` counts the numbered points of a letter, `noted` those of them to which its replies say something, `settled`
    those that are answered in full; all are 0 while nothing is noted.
    """

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
    asked: int = 0
    noted: int = 0
    settled: int = 0


_POINTS = """
SELECT count(DISTINCT coalesce(point.line_id, '') || '|' || coalesce(point."check", '') || '|'
    || coalesce(point.fingerprint, ''))
  FROM point_answer AS point JOIN letter AS reply ON reply.id = point.letter_id WHERE reply.answers_to_id = letter.id
"""
_LIST = f"""
SELECT letter.id, letter.kind, letter.subject, coalesce(letter.status, 'draft') AS status, organization.name AS other_side,
  letter.bill_id, bill.account_number, letter.date, letter.reply_due, letter.method,
  (SELECT count(*) FROM letter AS reply WHERE reply.answers_to_id = letter.id) AS replies,
  (SELECT max(reply.date) FROM letter AS reply WHERE reply.answers_to_id = letter.id) AS answered,
  (SELECT coalesce(asked.subject, asked.kind) FROM letter AS asked WHERE asked.id = letter.answers_to_id) AS answers,
  ({_POINTS}) AS noted, ({_POINTS} AND point.answer = 'answered') AS settled, letter.body
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
        other_side, bill_id, account, sent, due, method, replies, answered, answers, noted, settled, body = rest
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
            asked=max(numbered_points(body or ""), noted) if noted else 0,
            noted=noted,
            settled=settled,
        )


@dataclass(frozen=True, slots=True)
class CountBrokenPromises:
    """How many promises about a bill were marked as not kept."""

    bill_id: int

    def __call__(self, reader: Reader) -> int:
        sql = (
            "SELECT count(*) FROM promise JOIN call_bill ON call_bill.call_id = promise.call_id "
            "WHERE promise.status = 'broken' AND call_bill.bill_id = ?"
        )
        return int(reader.scalar(sql, self.bill_id) or 0)


def _day(text: str | None) -> Day | None:
    return date.fromisoformat(text) if text else None
