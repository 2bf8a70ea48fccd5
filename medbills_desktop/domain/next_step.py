"""The next best step for a bill, in one sentence with its reason.

The order is that of the advice that the program comes from: nothing that can be lost goes first, then what they owe an
answer on, then the homework (the itemized bill, the points), and money last. Nothing is due on a bill that is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.itemized_bill import ItemizedBill
from medbills_desktop.domain.records import Assistance, Bill, Call, Letter, Offer, Promise
from medbills_desktop.domain.rules.running import CLOSED, Clock

Act = Literal[
    "appeal",
    "apply",
    "ask_itemized",
    "chase",
    "confirm",
    "dispute_debt",
    "dispute_estimate",
    "enter_lines",
    "enter_statement",
    "look_at_findings",
    "pay_by",
    "wait",
]
"""What a click on the step does."""

SOON = 45
"""Days within which a date that can be missed goes before everything else."""

_OWN_CLOCKS: dict[str, tuple[Act, str]] = {
    "fdcpa.window": ("dispute_debt", "Dispute the debt in writing: the collector's 30 days end on {day}."),
    "nsa.ppdr.window": ("dispute_estimate", "Start the dispute over the estimate: the 120 days end on {day}."),
    "r.apply": ("apply", "Apply for assistance: the hospital has to take an application until {day}."),
}
_APPEAL: tuple[Act, str] = ("appeal", "Appeal the denial: the time for it ends on {day}.")


@dataclass(frozen=True, slots=True)
class NextStep:
    """One step: the sentence, what a click does, the day it is about, and the record that it is about."""

    act: Act
    sentence: str
    day: Day | None = None
    about: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What the step of a bill is chosen from; `open_findings` are those that were not decided on."""

    case: Case
    bill: Bill
    today: Day
    clocks: tuple[Clock, ...]
    itemized: ItemizedBill
    open_findings: int = 0
    unanswered_points: int = 0


def next_step(facts: StepFacts) -> NextStep | None:
    """The first step that applies, or `None` for a bill that is closed."""
    if facts.bill.status in CLOSED:
        return None
    return next(step for rule in _RULES if (step := rule(facts)) is not None)


def _running_out(facts: StepFacts) -> NextStep | None:
    for clock in facts.clocks:
        found = clock.deadline
        if found is None or clock.card.whose != "you" or not 0 <= (found.due - facts.today).days <= SOON:
            continue
        act, sentence = _OWN_CLOCKS.get(clock.card.id, _APPEAL if clock.about[0] == "claim" else ("wait", ""))
        if sentence:
            return NextStep(act, sentence.format(day=plain_day(found.due)), found.due, clock.about)
    return None


def _pay_by(facts: StepFacts) -> NextStep | None:
    for offer in facts.case.of(Offer, "bill_id", facts.bill.id):
        if offer.status != "accepted" or offer.pay_by is None or offer.pay_by < facts.today:
            continue
        if not offer.written_confirmation:
            sentence = "Ask for the settlement in writing before you pay; payment is due on {day}."
            return NextStep("confirm", sentence.format(day=plain_day(offer.pay_by)), offer.pay_by, ("offer", offer.id))
        sentence = f"The agreed payment is due on {plain_day(offer.pay_by)}."
        return NextStep("pay_by", sentence, offer.pay_by, ("offer", offer.id))
    return None


def _broken_promise(facts: StepFacts) -> NextStep | None:
    late = [
        (promise.due, promise)
        for promise in _promises(facts)
        if promise.due and promise.due < facts.today and promise.status in (None, "open", "broken")
    ]
    if not late:
        return None
    due, promise = min(late, key=lambda pair: (pair[0], pair[1].id))
    text = " ".join(promise.text.split()).rstrip(".")
    return NextStep("chase", f"Ask about the promise for {plain_day(due)}: “{text}”.", due, ("promise", promise.id))


def _late_answer(facts: StepFacts) -> NextStep | None:
    letters = facts.case.of(Letter, "bill_id", facts.bill.id)
    answered = {one.answers_to_id for one in letters if one.status == "received"}
    late = [
        (one.reply_due, one)
        for one in letters
        if one.status == "sent" and one.id not in answered and one.reply_due and one.reply_due < facts.today
    ]
    if not late:
        return None
    due, letter = min(late, key=lambda pair: (pair[0], pair[1].id))
    sentence = f"Ask for the answer to your letter; it was due on {plain_day(due)}."
    return NextStep("chase", sentence, due, ("letter", letter.id))


def _itemized(facts: StepFacts) -> NextStep | None:
    found = facts.itemized
    if found.state == "overdue":
        due = f"; it was due on {plain_day(found.due)}" if found.due else ""
        return NextStep("ask_itemized", f"Ask again for the itemized bill{due}.", found.due)
    if found.state == "not_asked":
        return NextStep(
            "ask_itemized", "Ask for the itemized bill: only single charges show whether the total is right."
        )
    if found.state == "held" and not found.line_count:
        return NextStep("enter_lines", "Enter the lines of the itemized bill, so that they can be checked.")
    return None


def _findings(facts: StepFacts) -> NextStep | None:
    count = facts.open_findings
    if not count:
        return None
    words = "1 thing does not add up yet" if count == 1 else f"{count} things do not add up yet"
    return NextStep("look_at_findings", f"Go through the findings: {words}.")


def _points(facts: StepFacts) -> NextStep | None:
    count = facts.unanswered_points
    if not count or _waits(facts):
        return None
    words = "1 of your points has" if count == 1 else f"{count} of your points have"
    return NextStep("chase", f"Ask for an answer: {words} none yet.")


def _assistance(facts: StepFacts) -> NextStep | None:
    if any(one.applied or one.decided for one in facts.case.of(Assistance, "bill_id", facts.bill.id)):
        return None
    clock = next((one for one in facts.clocks if one.card.id == "r.apply" and one.deadline), None)
    if clock is None or clock.deadline is None or clock.deadline.due < facts.today:
        return None
    day = clock.deadline.due
    return NextStep("apply", _OWN_CLOCKS["r.apply"][1].format(day=plain_day(day)), day, clock.about)


def _awaited(facts: StepFacts) -> NextStep | None:
    days = sorted(_waits(facts))
    if not days:
        return None
    return NextStep("wait", f"Nothing to do now: an answer is due on {plain_day(days[0])}.", days[0])


def _statement(facts: StepFacts) -> NextStep | None:
    if facts.case.statements(facts.bill.id):
        return None
    return NextStep("enter_statement", "Enter the statement, so that there is something to compare.")


def _nothing(_facts: StepFacts) -> NextStep:
    return NextStep("wait", "Nothing to do now. A new statement or letter changes that.")


def _waits(facts: StepFacts) -> set[Day]:
    """The days on which answers and promises are due, from today on."""
    letters = facts.case.of(Letter, "bill_id", facts.bill.id)
    answered = {one.answers_to_id for one in letters if one.status == "received"}
    days: Iterable[Day | None] = (
        *(one.reply_due for one in letters if one.status == "sent" and one.id not in answered),
        *(one.due for one in _promises(facts) if one.status in (None, "open")),
        facts.itemized.due if facts.itemized.state == "asked" else None,
    )
    return {day for day in days if day and day >= facts.today}


def _promises(facts: StepFacts) -> list[Promise]:
    calls = (facts.case.find(Call, one) for one in facts.case.call_ids(facts.bill.id))
    return [promise for call in calls if call for promise in facts.case.of(Promise, "call_id", call.id)]


_RULES: tuple[Callable[[StepFacts], NextStep | None], ...] = (
    _running_out,
    _pay_by,
    _broken_promise,
    _late_answer,
    _statement,
    _itemized,
    _findings,
    _points,
    _assistance,
    _awaited,
    _nothing,
)
