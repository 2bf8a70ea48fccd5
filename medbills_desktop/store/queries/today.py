"""What is open: promises and tasks by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.step_facts import Act
from medbills_desktop.domain.steps_of_answers import question_of_promise
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A promise of theirs or a task of one's own that is not closed, an answer awaited, or a date by a rule card.

    `act` is what one click does about it, of the acts of next steps; `about` the record that it is about, and
    `question` what to ask on a call with `whom`, who is `who` where that is `None`, and the biller where it is empty.
    """

    kind: str
    id: int
    text: str
    due: Day | None
    who: str
    bill_id: int | None
    call_id: int | None
    rule_id: str = ""
    act: Act | None = None
    about: tuple[str, int] | None = None
    question: str = ""
    whom: str | None = None


_OPEN = """
SELECT * FROM (SELECT 'promise' AS kind, promise.id, promise.text, promise.due, coalesce(promise.by, organization.name, '') AS who,
  (SELECT bill_id FROM call_bill WHERE call_bill.call_id = call.id ORDER BY id LIMIT 1) AS bill_id, call.id AS call_id,
  coalesce(organization.name, '') AS whom
FROM promise JOIN call ON call.id = promise.call_id LEFT JOIN organization ON organization.id = call.organization_id
WHERE coalesce(promise.status, 'open') = 'open'
UNION ALL
SELECT 'task', task.id, task.text, task.due, coalesce(organization.name, ''), task.bill_id, NULL, NULL
FROM task LEFT JOIN bill ON bill.id = task.bill_id LEFT JOIN organization ON organization.id = bill.biller_id
WHERE task.done IS NULL)
ORDER BY due IS NULL, due, kind, id
"""


@dataclass(frozen=True, slots=True)
class ListOpenItems:
    """Every open promise and task, the earliest due first, those without a day last."""

    def __call__(self, reader: Reader) -> list[OpenItem]:
        return [_item(row) for row in reader.rows(_OPEN)]


def _item(row: Row[Any]) -> OpenItem:
    due = date.fromisoformat(row.due) if row.due else None
    theirs = row.kind == "promise"
    return OpenItem(
        row.kind,
        row.id,
        row.text,
        due,
        row.who,
        row.bill_id,
        row.call_id,
        act="chase" if theirs else None,
        about=(row.kind, row.id),
        question=question_of_promise(row.text, due) if theirs else "",
        whom=row.whom,
    )


@dataclass(frozen=True, slots=True)
class CountDue:
    """How many open promises and tasks are due by a day."""

    day: Day

    def __call__(self, reader: Reader) -> int:
        due = self.day.isoformat()
        return int(
            reader.scalar(
                "SELECT (SELECT count(*) FROM promise WHERE due <= ? AND coalesce(status, 'open') = 'open') "
                "+ (SELECT count(*) FROM task WHERE due <= ? AND done IS NULL)",
                due,
                due,
            )
        )
