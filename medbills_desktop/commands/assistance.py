"""Applications for financial assistance: thinking of one, each step with its day, the papers asked for and sent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from medbills_desktop.domain.assistance_way import DECIDED, STATE
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Assistance, AssistancePaper, Bill, Document
from medbills_desktop.store.work import Work

AssistanceState = Literal["considering", "applied", "more_information", "approved", "denied", "appealed"]


@dataclass(frozen=True, slots=True)
class ConsiderAssistance:
    """Begin to think about assistance for a bill: an application with the bill's biller, not made yet."""

    bill_id: int

    @property
    def label(self) -> str:
        return "Think about assistance"

    def run(self, work: Work) -> Assistance:
        bill = work.get(Bill, self.bill_id)
        return work.add(Assistance(bill_id=bill.id, organization_id=bill.biller_id, status="considering"))


@dataclass(frozen=True, slots=True)
class SetHousehold:
    """Who the application is for: how many people, and their income of a year in cents; `None` where not known."""

    assistance_id: int
    household_size: int | None
    annual_income: Cents | None

    @property
    def label(self) -> str:
        return "Set household and income"

    def run(self, work: Work) -> Assistance:
        if self.household_size is not None and not 1 <= self.household_size <= 99:
            raise UserError("A household has one person at least.", "Type how many people belong to it, you included.")
        if self.annual_income is not None and self.annual_income < 0:
            raise UserError("An income below zero can't be held against the poverty line.", "Type 0 if there is none.")
        return work.change(
            Assistance, self.assistance_id, household_size=self.household_size, annual_income=self.annual_income
        )


@dataclass(frozen=True, slots=True)
class MoveAssistance:
    """The next step of an application on its day: applied, more information asked, approved, denied, appealed.

    `discount_percent` belongs to an approval. A step without a date of its own in the record is noted with its day in
    the notes, so that the day is kept. Refuses days before the step that it follows.
    """

    assistance_id: int
    status: AssistanceState
    day: Day
    discount_percent: Decimal | None = None
    note: str | None = None

    @property
    def label(self) -> str:
        return f"Assistance: {STATE[self.status].lower()}"

    def run(self, work: Work) -> Assistance:
        found = work.get(Assistance, self.assistance_id)
        self._check(found)
        fields: dict[str, Any] = {"status": self.status}
        said = " ".join((self.note or "").split())
        if self.status == "applied":
            fields |= {"applied": found.applied or self.day}
            if found.decided is not None:
                fields |= {"applied": self.day, "decided": None, "discount_percent": None}
                said = f"{_before(found)} {said}".strip()
        elif self.status in DECIDED:
            percent = self.discount_percent if self.status == "approved" else None
            fields |= {"decided": self.day, "discount_percent": percent}
        dated = self.status in ("more_information", "appealed")
        if dated or said or (self.status == "applied" and found.applied not in (None, self.day)):
            line = f"{plain_day(self.day)}: {STATE[self.status]}{'. ' if said else ''}{said}"
            fields["notes"] = "\n".join(part for part in (found.notes, line) if part)
        return work.change(Assistance, found.id, **fields)

    def _check(self, found: Assistance) -> None:
        percent = self.discount_percent
        if percent is not None and not 0 <= percent <= 100:
            raise UserError("A discount is between 0 and 100 percent.", "Type the percentage of the letter, like 75.")
        if self.status != "applied" and found.applied and self.day < found.applied:
            raise UserError(
                f"This can't be before the day you applied, {plain_day(found.applied)}.", "Check both dates."
            )
        if self.status == "appealed" and found.decided and self.day < found.decided:
            raise UserError(f"The decision is of {plain_day(found.decided)}, after this day.", "Check both dates.")


def _before(found: Assistance) -> str:
    """What an application was before it is made again, so that nothing is lost."""
    parts = [f"Before: {STATE.get(found.status or '', 'decided').lower()} on {plain_day(found.decided)}"]
    if found.applied:
        parts.append(f"applied for on {plain_day(found.applied)}")
    if found.discount_percent is not None:
        parts.append(f"{found.discount_percent} percent off")
    return f"{', '.join(parts)}."


@dataclass(frozen=True, slots=True)
class AddAssistancePapers:
    """Put papers on the list of an application; `asked` is the day on which they were asked for, if they were.

    One that stands on the list already is not added again; it gets the day where it had none.
    """

    assistance_id: int
    texts: tuple[str, ...]
    asked: Day | None = None

    @property
    def label(self) -> str:
        return "Add papers to send"

    def run(self, work: Work) -> tuple[AssistancePaper, ...]:
        work.get(Assistance, self.assistance_id)
        plain = [" ".join(text.split()) for text in self.texts if text.strip()]
        texts = tuple({text.casefold(): text for text in reversed(plain)}.values())[::-1]
        if not texts:
            raise UserError("No paper is chosen or typed.", "Choose one of the list, or type what is asked for.")
        held = {paper.text.casefold(): paper for paper in work.find(AssistancePaper, assistance_id=self.assistance_id)}
        return tuple(self._keep(work, text, held.get(text.casefold())) for text in texts)

    def _keep(self, work: Work, text: str, held: AssistancePaper | None) -> AssistancePaper:
        if held is None:
            return work.add(AssistancePaper(assistance_id=self.assistance_id, text=text, asked=self.asked))
        return work.change(AssistancePaper, held.id, asked=held.asked or self.asked)


@dataclass(frozen=True, slots=True)
class SendAssistancePapers:
    """Note that papers were sent on a day, with the copy that is held where there is one."""

    paper_ids: tuple[int, ...]
    day: Day
    document_id: int | None = None

    @property
    def label(self) -> str:
        return "Papers sent"

    def run(self, work: Work) -> tuple[AssistancePaper, ...]:
        return tuple(self._sent(work, work.get(AssistancePaper, paper_id)) for paper_id in self.paper_ids)

    def _sent(self, work: Work, paper: AssistancePaper) -> AssistancePaper:
        if paper.asked and self.day < paper.asked:
            raise UserError(
                f"“{paper.text[:60]}” was asked for on {plain_day(paper.asked)}, after this day.", "Check both dates."
            )
        if self.document_id is None:
            return work.change(AssistancePaper, paper.id, sent=self.day)
        work.get(Document, self.document_id)
        return work.change(AssistancePaper, paper.id, sent=self.day, document_id=self.document_id)
