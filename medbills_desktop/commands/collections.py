"""What one does about a collector's notice: dispute it in writing, note that it was disputed and answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from medbills_desktop.commands.bills import organization_named
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_drafts import draft_letter, letter_recipient
from medbills_desktop.domain.letter_templates import LANGUAGE, letter_template
from medbills_desktop.domain.records import Bill, Collection, Letter
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.work import Work

VALIDATION = "debt_validation"


@dataclass(frozen=True, slots=True)
class WriteDebtDispute:
    """Draft the dispute of one notice, to its own collector even where a bill has several."""

    collection_id: int
    kind: str = VALIDATION
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Write to the collector"

    def run(self, work: Work) -> Letter:
        placement = work.get(Collection, self.collection_id)
        template = letter_template(self.kind, self.language)
        case = load_bills(work, {placement.bill_id})
        own = replace(case, records={**case.records, Collection: (placement,)})
        recipient = letter_recipient(template, own, placement.bill_id)
        drafted = draft_letter(template, own, placement.bill_id, (), find_sender(work).name)
        return work.add(
            Letter(
                kind=self.kind,
                bill_id=placement.bill_id,
                recipient_id=recipient.id if recipient else None,
                subject=drafted.subject,
                body=drafted.body,
                status="draft",
            )
        )


@dataclass(frozen=True, slots=True)
class MarkDisputed:
    """Note the day on which the dispute of a notice went out."""

    collection_id: int
    day: Day

    @property
    def label(self) -> str:
        return "Debt disputed"

    def run(self, work: Work) -> Collection:
        found = work.get(Collection, self.collection_id)
        came = found.notice_received or found.notice_date
        if came and self.day < came:
            raise UserError(f"The notice came on {plain_day(came)}, after this day.", "Check both dates.")
        return work.change(Collection, found.id, disputed_on=self.day)


@dataclass(frozen=True, slots=True)
class MarkValidated:
    """Note the day on which the collector's answer to a dispute came, with its paper where it is held."""

    collection_id: int
    day: Day

    @property
    def label(self) -> str:
        return "Collector answered"

    def run(self, work: Work) -> Collection:
        found = work.get(Collection, self.collection_id)
        if found.disputed_on and self.day < found.disputed_on:
            raise UserError(
                f"You disputed the debt on {plain_day(found.disputed_on)}, after this day.", "Check both dates."
            )
        return work.change(Collection, found.id, validated_on=self.day)


@dataclass(frozen=True, slots=True)
class MarkCreditReport:
    """Note whether a placement stands on a credit report; `None` where that is not known."""

    collection_id: int
    on_report: bool | None

    @property
    def label(self) -> str:
        return "Credit report noted"

    def run(self, work: Work) -> Any:
        return work.change(Collection, self.collection_id, on_credit_report=self.on_report)


@dataclass(frozen=True, slots=True)
class EnterNotice:
    """A collector's notice about a bill; the collector is found by name or made new.

    `notice` needs no `collector_id`. A date after the day it came is kept as typed: it is asked about, not refused.
    """

    collector: str
    notice: Collection

    @property
    def label(self) -> str:
        return "Add collection notice"

    def run(self, work: Work) -> Collection:
        if not self.collector.strip():
            raise UserError("The notice names no collector yet.", "Type who sent it.")
        if self.notice.amount is not None and self.notice.amount < 0:
            raise UserError("A collector can't ask for less than nothing.", "Check the amount.")
        work.get(Bill, self.notice.bill_id)
        collector = organization_named(work, self.collector, "collector")
        return work.add(replace(self.notice, collector_id=collector.id))
