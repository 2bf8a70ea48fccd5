"""A collector's notice against what is known: its dates, its amount, and who got in touch after being asked not to."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day, plain_moment
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.paid import paid_in_all
from medbills_desktop.domain.records import Bill, Call, Collection, Letter, Organization, Payment, Statement

STOPS = frozenset({"collector_stop_contact", "collector_lawyer"})
"""Letters after which a collector is to be in touch no more, but for a closing notice or with the lawyer."""

_POINTS = (
    ("amount", "the amount"),
    ("original_creditor", "the creditor it is owed to"),
    ("reference", "the account or reference number"),
    ("itemization_date", "the itemization date"),
)


@dataclass(frozen=True, slots=True)
class AgainstBalance:
    """The amount of a notice against the last balance of the biller before it, less what was paid since.

    `difference` is above zero where the collector asks for more. `statement` is the one that states the balance.
    """

    statement: Statement
    paid_since: Cents
    expected: Cents
    difference: Cents

    @property
    def sentence(self) -> str:
        """The difference as a question, or that there is none."""
        day = plain_day(self.statement.date)
        known = f"The biller's last balance before it was {dollars(self.statement.balance)}, on {day}"
        if self.paid_since:
            known += f"; {dollars(self.paid_since)} was paid since, which leaves {dollars(self.expected)}"
        if self.difference == 0:
            return f"{known}. The collector asks for the same."
        side = "more" if self.difference > 0 else "less"
        return (
            f"{known}. The collector asks for {dollars(Cents(abs(self.difference)))} {side}: "
            "could it show what the difference is made of?"
        )


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact with a collector about a bill. `after_stop` is the day of the letter that had asked for no more."""

    kind: str
    id: int
    day: Day
    shown: str
    inward: bool
    what: str
    after_stop: Day | None = None


def notice_day(placement: Collection) -> Day | None:
    """The day that a notice stands for: its date, else the day on which it came."""
    return placement.notice_date or placement.notice_received


def dates_question(placement: Collection) -> str:
    """What is odd about the dates of a notice, as a question; empty where nothing is."""
    dated, came = placement.notice_date, placement.notice_received
    if dated and came and dated > came:
        return (
            f"The notice is dated {plain_day(dated)}, after the day it came, {plain_day(came)}. "
            "Is one of the two dates typed wrongly?"
        )
    day = came or dated
    if placement.disputed_on and day and placement.disputed_on < day:
        return f"The dispute is noted on {plain_day(placement.disputed_on)}, before the notice came. Is that so?"
    if placement.validated_on and placement.disputed_on and placement.validated_on < placement.disputed_on:
        return "The answer of the collector is noted before your dispute. Is one of the two dates typed wrongly?"
    return ""


def not_entered(placement: Collection) -> tuple[str, ...]:
    """What a notice has to show and is not entered from it."""
    return tuple(words for name, words in _POINTS if getattr(placement, name) in (None, ""))


def against_balance(case: Case, placement: Collection) -> AgainstBalance | None:
    """The notice against the last balance; `None` where the notice or the statements state no amount."""
    day = notice_day(placement)
    stating = [
        one
        for one in case.statements(placement.bill_id)
        if one.balance is not None and (day is None or one.date <= day)
    ]
    if placement.amount is None or not stating:
        return None
    last = stating[-1]
    since = [
        one
        for one in case.of(Payment, "bill_id", placement.bill_id)
        if one.kind != "reimbursement" and one.date > last.date and (day is None or one.date <= day)
    ]
    paid = paid_in_all(since) or Cents(0)
    expected = Cents(max(0, (last.balance or 0) - paid))
    return AgainstBalance(last, paid, expected, Cents(placement.amount - expected))


def contacts(case: Case, placement: Collection) -> tuple[Contact, ...]:
    """Calls and letters to and from a placement's collector about the bill, oldest first."""
    found = [*_calls(case, placement), *_letters(case, placement)]
    stops = sorted(
        letter.date
        for letter in case.of(Letter, "bill_id", placement.bill_id)
        if letter.kind in STOPS and letter.status == "sent" and letter.date
        if letter.recipient_id == placement.collector_id
    )
    told = []
    for one in sorted(found, key=lambda each: (each.day, each.kind, each.id)):
        before = [day for day in stops if day < one.day]
        stop = before[-1] if one.inward and before else None
        told.append(Contact(one.kind, one.id, one.day, one.shown, one.inward, one.what, stop))
    return tuple(told)


def _calls(case: Case, placement: Collection) -> list[Contact]:
    calls = (case.find(Call, call_id) for call_id in case.call_ids(placement.bill_id))
    return [
        Contact(
            "call",
            call.id,
            call.started.day,
            plain_moment(call.started),
            call.direction == "in",
            " ".join((call.outcome or call.said or call.asked or "").split()),
        )
        for call in calls
        if call is not None and call.organization_id == placement.collector_id
    ]


def _letters(case: Case, placement: Collection) -> list[Contact]:
    return [
        Contact(
            "letter",
            one.id,
            one.date,
            plain_day(one.date),
            one.status == "received",
            " ".join((one.subject or "").split()),
        )
        for one in case.of(Letter, "bill_id", placement.bill_id)
        if one.recipient_id == placement.collector_id and one.date and one.status in ("sent", "received")
    ]


def what_to_ask(placement: Collection) -> str:
    """The question for a call or a letter about a notice, from what is known of it."""
    amount = dollars(placement.amount, "")
    parts = [f"how the {amount} is made up" if amount else "how much is asked for"]
    missing = [words for words in not_entered(placement) if words != "the amount"]
    parts += missing
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"Could you show in writing {listed}? Until then I dispute the debt."


def collector_name(case: Case, placement: Collection) -> str:
    """The name of the collector."""
    found = case.find(Organization, placement.collector_id)
    return found.name if found else ""


def biller_name(case: Case, placement: Collection) -> str:
    """The name of who sent the bill."""
    bill = case.get(Bill, placement.bill_id)
    found = case.find(Organization, bill.biller_id)
    return found.name if found else ""
