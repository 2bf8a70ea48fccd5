"""What follows from a call: the letter that confirms it, and the day on which to look again."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, timedelta

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import LATEST_YEAR, Day
from medbills_desktop.domain.letter_drafts import draft_letter, letter_recipient
from medbills_desktop.domain.letter_templates import LANGUAGE, letter_template
from medbills_desktop.domain.records import Call, CallBill, Letter, Promise
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.work import Work

CONFIRMATION = "call_confirmation"
DAYS_WITHOUT_PROMISE = 14
"""After how many days one looks again where no day was promised."""


def follow_up_day(called: Day, promises: tuple[Promise, ...]) -> Day:
    """The day after the earliest day that was promised, else two weeks after the call."""
    due = min((one.due for one in promises if one.due is not None and one.status in (None, "open")), default=None)
    if due is not None and due < date(LATEST_YEAR, 12, 31):
        return due + timedelta(days=1)
    return min(called + timedelta(days=DAYS_WITHOUT_PROMISE), date(LATEST_YEAR, 12, 31))


@dataclass(frozen=True, slots=True)
class ConfirmCall:
    """Draft the letter that puts a call about a bill in writing: this call, its promises, to whom it was with.

    Gives the kept `Letter`; what the records lack stands in it as a blank.
    """

    call_id: int
    bill_id: int
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Write confirmation"

    def run(self, work: Work) -> Letter:
        work.get(Call, self.call_id)
        template = letter_template(CONFIRMATION, self.language)
        case = _only_call(load_bills(work, {self.bill_id}), self.call_id)
        recipient = letter_recipient(template, case, self.bill_id)
        drafted = draft_letter(template, case, self.bill_id, (), find_sender(work).name)
        return work.add(
            Letter(
                kind=CONFIRMATION,
                bill_id=self.bill_id,
                recipient_id=recipient.id if recipient else None,
                subject=drafted.subject,
                body=drafted.body,
                status="draft",
            )
        )


def _only_call(case: Case, call_id: int) -> Case:
    """The case as if there had been only this call: templates speak of the latest one."""
    links = tuple(link for link in case.all(CallBill) if link.call_id == call_id)
    return dataclasses.replace(case, records={**case.records, CallBill: links})
