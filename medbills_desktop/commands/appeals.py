"""Appeals against what an insurer decided: begin a level, note that it was filed and decided, draft its letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from medbills_desktop.domain.appeal_levels import kind_of_claim, level_named
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_drafts import LetterPoint, draft_letter, letter_recipient
from medbills_desktop.domain.letter_templates import LANGUAGE, letter_template
from medbills_desktop.domain.records import Appeal, Bill, Claim, Letter
from medbills_desktop.domain.records.keeping_on import AppealLevel
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.work import Work

Outcome = Literal["upheld", "partly", "overturned", "withdrawn"]


@dataclass(frozen=True, slots=True)
class StartAppeal:
    """Begin a level of an appeal against a claim, with what its notice says. Nothing is sent by it.

    Refuses a level that is open already. A notice dated after it came is kept as typed: it is asked about, not refused.
    """

    claim_id: int
    level: AppealLevel
    notice_date: Day | None = None
    notice_received: Day | None = None
    printed_deadline: Day | None = None
    reason: str | None = None

    @property
    def label(self) -> str:
        return "Start appeal"

    def run(self, work: Work) -> Appeal:
        claim = work.get(Claim, self.claim_id)
        held = work.find(Appeal, claim_id=claim.id, level=self.level)
        if any(one.decided is None and one.outcome is None for one in held):
            raise UserError("This level of the appeal is begun already.", "Note its days there, or choose another one.")
        if self.printed_deadline and self.notice_date and self.printed_deadline < self.notice_date:
            raise UserError("The last day can't be before the date on the notice.", "Check both dates.")
        return work.add(
            Appeal(
                claim_id=claim.id,
                level=self.level,
                notice_date=self.notice_date,
                notice_received=self.notice_received,
                printed_deadline=self.printed_deadline,
                reason=(self.reason or "").strip() or None,
            )
        )


@dataclass(frozen=True, slots=True)
class FileAppeal:
    """Note the day on which an appeal went out."""

    appeal_id: int
    day: Day

    @property
    def label(self) -> str:
        return "Appeal filed"

    def run(self, work: Work) -> Appeal:
        found = work.get(Appeal, self.appeal_id)
        if found.notice_date and self.day < found.notice_date:
            raise UserError(
                f"The decision that it is against is of {plain_day(found.notice_date)}, after this day.",
                "Check both dates.",
            )
        if found.decided and self.day > found.decided:
            raise UserError(f"It was decided on {plain_day(found.decided)}, before this day.", "Check both dates.")
        return work.change(Appeal, found.id, filed=self.day)


@dataclass(frozen=True, slots=True)
class DecideAppeal:
    """Note how a level was decided and on which day, with the paper that says so."""

    appeal_id: int
    day: Day
    outcome: Outcome
    document_id: int | None = None
    notes: str | None = None

    @property
    def label(self) -> str:
        return "Appeal decided"

    def run(self, work: Work) -> Appeal:
        found = work.get(Appeal, self.appeal_id)
        if found.filed and self.day < found.filed:
            raise UserError(f"The appeal was filed on {plain_day(found.filed)}, after this day.", "Check both dates.")
        said = (self.notes or "").strip()
        notes = "\n".join(part for part in (found.notes, said) if part) or None
        return work.change(
            Appeal,
            found.id,
            decided=self.day,
            outcome=self.outcome,
            document_id=self.document_id or found.document_id,
            notes=notes,
        )


@dataclass(frozen=True, slots=True)
class WriteAppealLetter:
    """Draft the letter of a level from its own claim, and keep with the level which letter it is."""

    appeal_id: int
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Write appeal letter"

    def run(self, work: Work) -> Letter:
        appeal = work.get(Appeal, self.appeal_id)
        claim = work.get(Claim, appeal.claim_id)
        if claim.bill_id is None:
            raise UserError("The EOB of this appeal belongs to no bill.", "Choose its bill on the EOB first.")
        case = load_bills(work, {claim.bill_id})
        kind = level_named(kind_of_claim(case, claim), appeal.level).letter
        if not kind:
            raise UserError("There is no letter for this level.", "Ask a lawyer, or take the form the notice names.")
        template = letter_template(kind, self.language)
        own = _of_one_claim(case, claim, appeal)
        recipient = letter_recipient(template, own, claim.bill_id)
        points = () if not appeal.reason else (LetterPoint(appeal.reason),)
        drafted = draft_letter(template, own, claim.bill_id, points, find_sender(work).name)
        letter = work.add(
            Letter(
                kind=kind,
                bill_id=claim.bill_id,
                recipient_id=recipient.id if recipient else None,
                subject=drafted.subject,
                body=drafted.body,
                status="draft",
            )
        )
        work.change(Appeal, appeal.id, letter_id=letter.id)
        return letter


def _of_one_claim(case: Case, claim: Claim, appeal: Appeal) -> Case:
    """The case as the letter of a level sees it: with one claim, dated as the notice that is appealed."""
    dated = replace(claim, status="denied", date=appeal.notice_date or claim.date)
    bill = case.get(Bill, claim.bill_id or 0)
    return replace(case, records={**case.records, Claim: (dated,), Bill: (bill,)})
