"""Letters that were sent and whose answer is awaited by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_templates import kind_name
from medbills_desktop.domain.records import Letter
from medbills_desktop.domain.steps_of_answers import question_about
from medbills_desktop.store.queries.today import OpenItem
from medbills_desktop.store.reader import Reader

_AWAITED = """
SELECT letter.id, letter.kind, letter.subject, letter.date, letter.reply_due, letter.bill_id,
  coalesce(recipient.name, biller.name, '') AS who
FROM letter LEFT JOIN organization AS recipient ON recipient.id = letter.recipient_id
LEFT JOIN bill ON bill.id = letter.bill_id LEFT JOIN organization AS biller ON biller.id = bill.biller_id
WHERE letter.status = 'sent' AND letter.reply_due IS NOT NULL
  AND (coalesce(bill.status, '') NOT IN ('settled', 'paid', 'refunded', 'closed') OR bill.status <> 'closed' AND letter.date >= (
    SELECT max(day) FROM (
      SELECT date AS day FROM payment WHERE bill_id = bill.id
      UNION ALL SELECT date FROM offer WHERE bill_id = bill.id AND status = 'accepted'
      UNION ALL SELECT decided FROM assistance WHERE bill_id = bill.id)))
  AND NOT EXISTS (SELECT 1 FROM letter AS reply WHERE reply.answers_to_id = letter.id AND reply.status = 'received')
ORDER BY letter.reply_due, letter.id
"""


@dataclass(frozen=True, slots=True)
class ListAwaitedAnswers:
    """The letters without an answer, the earliest due first.

    Of bills that are done with only those are there that still count, as `counts_still` of the domain has it.
    """

    def __call__(self, reader: Reader) -> list[OpenItem]:
        return [_item(row) for row in reader.rows(_AWAITED)]


@dataclass(frozen=True, slots=True)
class CountLateAnswers:
    """How many answers are due by a day."""

    day: Day

    def __call__(self, reader: Reader) -> int:
        return sum(item.due is not None and item.due <= self.day for item in ListAwaitedAnswers()(reader))


def _item(row: Row[Any]) -> OpenItem:
    number, kind, subject, sent, due, bill_id, who = row
    name = " ".join((subject or "").split()) or kind_name(kind)
    letter = Letter(kind=kind, date=_day(sent), reply_due=_day(due))
    return OpenItem(
        "answer",
        number,
        f"Answer to “{name}”",
        _day(due),
        who,
        bill_id,
        None,
        act="chase",
        about=("letter", number),
        question=question_about(letter),
    )


def _day(text: str | None) -> Day | None:
    return date.fromisoformat(text) if text else None
