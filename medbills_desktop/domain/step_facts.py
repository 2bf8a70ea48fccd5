"""What the next step of a bill is chosen from, and what a step is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.itemized_bill import ItemizedBill
from medbills_desktop.domain.records import Appeal, Assistance, Bill, Call, Letter, Organization, Promise
from medbills_desktop.domain.rules.running import CLOSED, Clock, counts_still

Act = Literal[
    "answer_offer",
    "appeal",
    "apply",
    "ask_assistance",
    "ask_itemized",
    "call_assistance",
    "chase",
    "confirm",
    "dispute_debt",
    "dispute_estimate",
    "do_task",
    "enter_date",
    "enter_lines",
    "enter_statement",
    "finish_letter",
    "look_at_appeal",
    "look_at_assistance",
    "look_at_dates",
    "look_at_findings",
    "look_at_offer",
    "wait",
    "write_points",
    "zero_balance",
]
"""What a click on the step does. None of them pays."""

SOON = 45
"""Days within which a date that can be missed goes before everything else."""

ASK_AGAIN = 14
"""Days after a contact before the same thing is asked again: follow-up calls are advised every one to two weeks."""

LONGEST_WORDS = 80
"""Letters of somebody's words that are quoted before they are cut."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step: the sentence with its reason, what a click does, and the record that it is about.

    `day` is the last day for it, or the one on which an answer is awaited or fell due; where nothing is due by a date
    it is the day on which the step was chosen, for it can be done now. `dated` says which of the two.
    `question` is what to ask on a call, and `with_id` the organization to ask where it is not the biller.
    """

    act: Act
    sentence: str
    day: Day
    about: tuple[str, int] | None = None
    dated: bool = True
    question: str = ""
    with_id: int | None = None


def quoted(text: str) -> str:
    """Words of a promise or task inside a sentence: on one line, cut where they are long."""
    return f"“{cut(' '.join(text.split()).rstrip('.'))}”"


def cut(text: str) -> str:
    """A text of at most `LONGEST_WORDS` letters."""
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1].rstrip()}…"


@dataclass(frozen=True)
class StepFacts:
    """What the step of a bill is chosen from; `open_findings` are those that were not decided on."""

    case: Case
    bill: Bill
    today: Day
    clocks: tuple[Clock, ...]
    itemized: ItemizedBill
    open_findings: int = 0
    unanswered_points: int = 0
    unasked_points: int = 0

    def now(self, act: Act, sentence: str, about: tuple[str, int] | None = None) -> NextStep:
        """A step without a date of its own."""
        return NextStep(act, sentence, self.today, about, dated=False)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        return self.case.of(Letter, "bill_id", self.bill.id)

    @cached_property
    def unanswered(self) -> tuple[Letter, ...]:
        """Letters that were sent, that no letter answers, and whose answer still counts."""
        answered = {one.answers_to_id for one in self.letters if one.status == "received"}
        sent = (one for one in self.letters if one.status == "sent" and one.id not in answered)
        return tuple(one for one in sent if counts_still(self.case, self.bill, one.date))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        found = (self.case.find(Call, one) for one in self.case.call_ids(self.bill.id))
        return tuple(call for call in found if call)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What was promised in calls that still count."""
        counting = (call for call in self.calls if counts_still(self.case, self.bill, call.started.day))
        return tuple(one for call in counting for one in self.case.of(Promise, "call_id", call.id))

    @cached_property
    def assistance(self) -> tuple[Assistance, ...]:
        return self.case.of(Assistance, "bill_id", self.bill.id)

    @cached_property
    def appeals(self) -> tuple[Appeal, ...]:
        claims = self.case.claims(self.bill.id)
        return tuple(one for claim in claims for one in self.case.of(Appeal, "claim_id", claim.id))

    @property
    def closed(self) -> bool:
        """Whether the bill is done with, so that only what came after is looked at."""
        return self.bill.status in CLOSED

    @property
    def biller(self) -> Organization | None:
        return self.case.find(Organization, self.bill.biller_id)

    def asked_since(self, due: Day) -> Day | None:
        """The newest day after `due` on which they were called or written to about this bill, up to today."""
        called = (call.started.day for call in self.calls if call.direction != "in")
        wrote = (one.date for one in self.letters if one.status == "sent" and one.date)
        return max((day for day in (*called, *wrote) if due < day <= self.today), default=None)

    def just_asked(self, due: Day) -> bool:
        """Whether something that fell due on a day was asked about so lately that it waits."""
        asked = self.asked_since(due)
        return asked is not None and (self.today - asked).days < ASK_AGAIN
