"""The clocks that run on one bill: which cards start, on which record, and which date or fact is missing.

Only what the records say starts a clock. Where a rule would apply but a date is not entered, the clock is there without
a date and says which one is missing; where the rule has been used (an application made, a dispute sent), it has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from medbills_desktop.domain.appeal_levels import appeal_starts, refused
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    Bill,
    Collection,
    Estimate,
    Letter,
    Offer,
    Organization,
    Payment,
    Policy,
    Visit,
)
from medbills_desktop.domain.rules.calendar import BeyondCalendarError
from medbills_desktop.domain.rules.deadlines import Deadline, Event, deadline
from medbills_desktop.domain.rules.own_clocks import is_added, own_starts
from medbills_desktop.domain.rules.plan_kinds import plan_kind
from medbills_desktop.domain.rules.rule_cards import RuleCard

CLOSED = frozenset({"settled", "paid", "refunded", "closed"})
"""States of a bill in which nothing runs any more, but for what came after it was done."""

ESTIMATE_MARGIN = Cents(400_00)
"""How far a bill is above its estimate before the federal dispute is open (45 CFR 149.620(a)(2)(ii))."""

APPEAL_LETTERS = frozenset({"internal_appeal", "medicare_appeal"})
"""Letters by which a first appeal is asked for."""

FIRST_BILL = "the day of the first bill"

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
        day = first_bill_day(self.case, self.bill)
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
    on = _OnBill(case, bill, cards)
    starters = (_collectors,) if bill.status in CLOSED else _STARTERS
    found = [clock for start in starters for clock in start(on)]
    return tuple(sorted(found, key=_earliest_first))


def _earliest_first(clock: Clock) -> tuple[bool, str, str, int]:
    due = clock.deadline.due.isoformat() if clock.deadline else ""
    return clock.deadline is None, due, clock.card.id, clock.about[1]


def first_bill_day(case: Case, bill: Bill) -> Day | None:
    """The day of the first bill: as entered, else the oldest statement that has a date."""
    days = [one.date for one in case.statements(bill.id) if one.date]
    return bill.first_bill_date or (min(days) if days else None)


def hospital_windows(case: Case, bill: Bill, cards: Mapping[str, RuleCard], names: tuple[str, ...]) -> list[Clock]:
    """The clocks of a hospital's assistance by these federal cards and the state's own, applied for or not."""
    on = _OnBill(case, bill, cards)
    found: list[Clock] = []
    biller = on.biller
    if biller is None or biller.kind != "hospital":
        return found
    for name in names:
        found += _federal_window(on, biller, name)
    state = (biller.state or "").strip().casefold()
    card = cards.get(f"state.assistance.{state}")
    if card is not None and card.anchor == "first_bill":
        event = Event(received=on.first_bill())
        found += on.clock(card.id, ("bill", bill.id), event, FIRST_BILL)
    return found


def _federal_window(on: _OnBill, biller: Organization, name: str) -> Iterator[Clock]:
    if biller.nonprofit:
        yield from on.clock(name, ("bill", on.bill.id), Event(received=on.first_bill()), FIRST_BILL)
    elif biller.nonprofit is None and name in on.cards:
        missing = "whether the hospital is a nonprofit"
        yield Clock(card=on.cards[name], bill_id=on.bill.id, about=("organization", biller.id), missing=missing)


def _hospital_assistance(on: _OnBill) -> Iterator[Clock]:
    if _may_want_assistance(on):
        yield from hospital_windows(on.case, on.bill, on.cards, ("r.apply",))


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
    """The time to appeal each refused claim, and that of each level which was begun.

    A letter of appeal that no level names stands for a claim whose levels were never entered: then it was appealed.
    """
    written = _sent_alone(on)
    for claim in on.case.claims(on.bill.id):
        begun = on.case.of(Appeal, "claim_id", claim.id)
        if begun or (refused(on.case, claim) and not written):
            for start in appeal_starts(on.case, claim):
                yield from on.clock(start.card_id, start.about, start.event, start.missing)


def _sent_alone(on: _OnBill) -> bool:
    """Whether a letter of appeal went out that belongs to no level."""
    letters = on.case.of(Letter, "bill_id", on.bill.id)
    named = _letters_of_levels(on)
    return any(one.kind in APPEAL_LETTERS and one.status == "sent" and one.id not in named for one in letters)


def _letters_of_levels(on: _OnBill) -> set[int]:
    levels = (one for claim in on.case.claims(on.bill.id) for one in on.case.of(Appeal, "claim_id", claim.id))
    return {one.letter_id for one in levels if one.letter_id is not None}


def dispute_window(placement: Collection, cards: Mapping[str, RuleCard]) -> Clock | None:
    """The clock of a collector's notice, disputed or not; `None` where its card is off or not in force."""
    on = _OnBill(Case({}), Bill(id=placement.bill_id, biller_id=0, person_id=0), cards)
    received = Moment(placement.notice_received) if placement.notice_received else None
    event = Event(received=received, dated=placement.notice_date)
    missing = "the day on which the collector's notice came"
    return next(on.clock("fdcpa.window", ("collection", placement.id), event, missing), None)


def counts_still(case: Case, bill: Bill, day: Day | None) -> bool:
    """Whether what was said or written on a day is still waited for: always on an open bill, and on one that is done
    with where it is no older than what ended it, such as the zero-balance letter that was asked for after paying.

    Nothing is waited for on a bill that is marked as closed. Another was done on the newest day of a payment, an
    accepted offer or a decision on assistance; where there is none, nothing is waited for either.
    """
    if bill.status not in CLOSED:
        return True
    if bill.status == "closed":
        return False
    days = [one.date for one in case.of(Payment, "bill_id", bill.id)]
    days += [one.date for one in case.of(Offer, "bill_id", bill.id) if one.status == "accepted"]
    days += [one.decided for one in case.of(Assistance, "bill_id", bill.id) if one.decided]
    return day is not None and bool(days) and day >= max(days)


def asking_notices(case: Case, bill: Bill) -> tuple[Collection, ...]:
    """The notices of collectors on a bill; on one that is done with those that came after it was, and still ask."""
    notices = case.of(Collection, "bill_id", bill.id)
    if bill.status not in CLOSED:
        return notices
    return tuple(
        one
        for one in notices
        if not one.validated_on and counts_still(case, bill, one.notice_received or one.notice_date)
    )


def _collectors(on: _OnBill) -> Iterator[Clock]:
    for placement in asking_notices(on.case, on.bill):
        found = None if placement.disputed_on else dispute_window(placement, on.cards)
        if found is not None:
            yield found


def _letters(on: _OnBill) -> Iterator[Clock]:
    letters = on.case.of(Letter, "bill_id", on.bill.id)
    answered = {one.answers_to_id for one in letters if one.status == "received"} | _letters_of_levels(on)
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


def _added_cards(on: _OnBill) -> Iterator[Clock]:
    """The clocks of cards that the user added."""
    for card in on.cards.values():
        if is_added(card) and card.has_clock:
            for start in own_starts(on.case, on.bill, first_bill_day(on.case, on.bill), card):
                yield from on.clock(card.id, start.about, start.event, start.missing)


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
    _added_cards,
)
