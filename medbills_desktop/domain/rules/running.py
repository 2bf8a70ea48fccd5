"""The clocks that run on one bill: which cards start, on which record, and which date or fact is missing.

Only what the records say starts a clock. Where a rule would apply but a date is not entered, the clock is there without
a date and says which one is missing; where the rule has been used (an application made, a dispute sent), it has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Claim,
    ClaimLine,
    Collection,
    Estimate,
    Letter,
    Organization,
    Policy,
    Visit,
)
from medbills_desktop.domain.rules.calendar import BeyondCalendarError
from medbills_desktop.domain.rules.deadlines import Deadline, Event, deadline
from medbills_desktop.domain.rules.plan_kinds import PlanKind, plan_kind
from medbills_desktop.domain.rules.rule_cards import RuleCard

CLOSED = frozenset({"settled", "paid", "refunded", "closed"})
"""States of a bill in which nothing runs any more."""

ESTIMATE_MARGIN = Cents(400_00)
"""How far a bill is above its estimate before the federal dispute is open (45 CFR 149.620(a)(2)(ii))."""

APPEAL_CARDS: Mapping[PlanKind, str] = {
    "private": "ap.int.file",
    "medicare": "mc.1",
    "medicare_advantage": "ma.1",
    "part_d": "pd.1",
    "medicaid": "md.hear",
    "tricare": "tri.1",
}
"""The card of the first appeal, by kind of plan."""

LETTER_CARDS: Mapping[str, str] = {
    "records_request": "hipaa.access",
    "claim_file_request": "hipaa.access",
    "internal_appeal": "ap.int.post",
    "external_review": "ap.ext.decide",
    "credit_dispute": "cr.fcra.dispute",
    "estimate_request": "nsa.gfe.request",
    "estimate_dispute": "nsa.ppdr.provider10",
}
"""The card that counts their days for an answer, by kind of letter sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A card on a record. Without a `deadline` it says in `missing` what has to be entered for it to run.

    `about` is the kind and id of the record whose date it starts from, where a click should go.
    """

    card: RuleCard
    bill_id: int
    about: tuple[str, int]
    deadline: Deadline | None = None
    missing: str = ""


@dataclass(frozen=True)
class _OnBill:
    """One bill with what the starters look at."""

    case: Case
    bill: Bill
    cards: Mapping[str, RuleCard]

    @property
    def biller(self) -> Organization | None:
        return self.case.find(Organization, self.bill.biller_id)

    @property
    def visit(self) -> Visit | None:
        return self.case.find(Visit, self.bill.visit_id)

    def first_bill(self) -> Moment | None:
        """The day of the first bill: as entered, else the oldest statement that has a date."""
        days = [one.date for one in self.case.statements(self.bill.id) if one.date]
        day = self.bill.first_bill_date or (min(days) if days else None)
        return Moment(day) if day else None

    def clock(self, card_id: str, about: tuple[str, int], event: Event, missing: str) -> Iterator[Clock]:
        """The clock of a card that is switched on; without a date where `event` has none to start from."""
        card = self.cards.get(card_id)
        if card is None:
            return
        try:
            found = deadline(card, event)
        except BeyondCalendarError:
            yield Clock(card=card, bill_id=self.bill.id, about=about, missing="a date that the holidays are known for")
            return
        has_start = event.received is not None or event.dated is not None or event.printed is not None
        if found is not None or not has_start:
            yield Clock(card=card, bill_id=self.bill.id, about=about, deadline=found, missing="" if found else missing)


def clocks_of_bill(case: Case, bill: Bill, cards: Mapping[str, RuleCard]) -> tuple[Clock, ...]:
    """The clocks of a bill by `cards` (those that are switched on, by id): dated ones first, earliest first."""
    if bill.status in CLOSED:
        return ()
    on = _OnBill(case, bill, cards)
    found = [clock for start in _STARTERS for clock in start(on)]
    return tuple(sorted(found, key=_earliest_first))


def _earliest_first(clock: Clock) -> tuple[bool, str, str, int]:
    due = clock.deadline.due.isoformat() if clock.deadline else ""
    return clock.deadline is None, due, clock.card.id, clock.about[1]


def _hospital_assistance(on: _OnBill) -> Iterator[Clock]:
    biller = on.biller
    if biller is None or biller.kind != "hospital" or not _may_want_assistance(on):
        return
    first, about = on.first_bill(), ("bill", on.bill.id)
    event, missing = Event(received=first), "the day of the first bill"
    if biller.nonprofit:
        yield from on.clock("r.apply", about, event, missing)
    elif biller.nonprofit is None and "r.apply" in on.cards:
        yield Clock(
            card=on.cards["r.apply"],
            bill_id=on.bill.id,
            about=("organization", biller.id),
            missing="whether the hospital is a nonprofit",
        )
    state = (biller.state or "").strip().casefold()
    card = on.cards.get(f"state.assistance.{state}")
    if card is not None and card.anchor == "first_bill":
        yield from on.clock(card.id, about, event, missing)


def _may_want_assistance(on: _OnBill) -> bool:
    """Whether assistance was not applied for yet."""
    return not any(one.applied or one.decided for one in on.case.of(Assistance, "bill_id", on.bill.id))


def _estimate_dispute(on: _OnBill) -> Iterator[Clock]:
    if not (on.visit and on.visit.self_pay) or _sent(on, "estimate_dispute"):
        return
    statement = next((one for one in reversed(on.case.statements(on.bill.id)) if one.total_charges is not None), None)
    estimates = [
        one
        for one in on.case.of(Estimate, "visit_id", on.visit.id)
        if one.kind == "good_faith_estimate" and one.provider_id == on.bill.biller_id and one.amount is not None
    ]
    if statement is None or not estimates or on.case.claims(on.bill.id):
        return
    billed = (statement.total_charges or 0) - abs(statement.adjustments or 0)
    if billed - (estimates[-1].amount or 0) >= ESTIMATE_MARGIN:
        event = Event(received=on.first_bill())
        yield from on.clock("nsa.ppdr.window", ("bill", on.bill.id), event, "the day of the first bill")


def _denials(on: _OnBill) -> Iterator[Clock]:
    if _sent(on, "internal_appeal", "medicare_appeal"):
        return
    for claim in on.case.claims(on.bill.id):
        policy = on.case.find(Policy, claim.policy_id)
        if policy is None or not _refused(on, claim):
            continue
        kind = plan_kind(policy, on.case.find(Organization, policy.insurer_id))
        card = APPEAL_CARDS.get(kind)
        if card:
            yield from on.clock(card, ("claim", claim.id), _notice(claim), "the day on which the denial came")


def _refused(on: _OnBill, claim: Claim) -> bool:
    return claim.status == "denied" or any(line.denied for line in on.case.of(ClaimLine, "claim_id", claim.id))


def _notice(claim: Claim) -> Event:
    return Event(
        received=Moment(claim.received) if claim.received else None, dated=claim.date, printed=claim.appeal_deadline
    )


def _collectors(on: _OnBill) -> Iterator[Clock]:
    for placement in on.case.of(Collection, "bill_id", on.bill.id):
        if placement.disputed_on:
            continue
        event = Event(
            received=Moment(placement.notice_received) if placement.notice_received else None,
            dated=placement.notice_date,
        )
        about = ("collection", placement.id)
        yield from on.clock("fdcpa.window", about, event, "the day on which the collector's notice came")


def _letters(on: _OnBill) -> Iterator[Clock]:
    letters = on.case.of(Letter, "bill_id", on.bill.id)
    answered = {one.answers_to_id for one in letters if one.status == "received"}
    for letter in letters:
        card = LETTER_CARDS.get(letter.kind)
        if letter.status != "sent" or letter.id in answered or card is None:
            continue
        event = Event(received=Moment(letter.date) if letter.date else None, printed=letter.reply_due)
        yield from on.clock(card, ("letter", letter.id), event, "the day on which the letter was sent")


def _medicare_claim(on: _OnBill) -> Iterator[Clock]:
    policies = on.case.of(Policy, "person_id", on.bill.person_id)
    kinds = {plan_kind(policy, on.case.find(Organization, policy.insurer_id)) for policy in policies}
    if "medicare" not in kinds or on.case.claims(on.bill.id) or on.visit is None:
        return
    event = Event(received=Moment(on.visit.start.day) if on.visit.start else None)
    yield from on.clock("mc.claim", ("visit", on.visit.id), event, "the day of the service")


def _sent(on: _OnBill, *kinds: str) -> bool:
    letters = on.case.of(Letter, "bill_id", on.bill.id)
    return any(letter.kind in kinds and letter.status == "sent" for letter in letters)


_STARTERS: tuple[Callable[[_OnBill], Iterator[Clock]], ...] = (
    _hospital_assistance,
    _estimate_dispute,
    _denials,
    _collectors,
    _letters,
    _medicare_claim,
)
