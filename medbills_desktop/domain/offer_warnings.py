"""What one should know before offering, accepting or paying: calm reminders, each from recorded facts.

Nothing here is legal advice. What comes from a rule names its source and the day on which it was checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import dollars, total
from medbills_desktop.domain.offers import (
    OfferStep,
    accepted_offer,
    confirmation_papers,
    gap_words,
    is_confirmed,
    is_open,
    offer_chain,
    rest_is_named,
)
from medbills_desktop.domain.paid import came_back
from medbills_desktop.domain.records import Assistance, Bill, Collection, Offer, Organization, Payment, Visit
from medbills_desktop.domain.rules.card_words import source_words, sureness_words
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import CLOSED

OLD_ENOUGH_DAYS = 365
"""From so many days after the first bill the time for a lawsuit is worth a thought; sooner it would only worry."""

TIME_BARRED = "fdcpa.timebarred"
"""The card that holds in every state."""

WarningKind = Literal[
    "assistance",
    "unconfirmed",
    "paid_early",
    "zero_balance",
    "limitation",
    "above_balance",
    "pay_by",
    "two_open",
    "gap",
    "lapsed",
]


@dataclass(frozen=True, slots=True)
class OfferWarning:
    """One reminder: what it is, in a sentence or two, and for a rule its source and the id of its card.

    `offer_ids` are the offers that it is about.
    """

    kind: WarningKind
    title: str
    text: str
    offer_ids: tuple[int, ...] = ()
    source: str = ""
    card_id: str = ""


@dataclass(frozen=True, slots=True)
class _OnBill:
    """One bill with what the warnings look at."""

    case: Case
    bill: Bill
    today: Day
    cards: Mapping[str, RuleCard]
    chain: tuple[OfferStep, ...]

    @property
    def biller(self) -> Organization | None:
        return self.case.find(Organization, self.bill.biller_id)

    @property
    def standing(self) -> tuple[OfferStep, ...]:
        """The offers that still stand."""
        return tuple(step for step in self.chain if step.state == "open")

    @property
    def over(self) -> bool:
        return self.bill.status in CLOSED


def offer_warnings(case: Case, bill_id: int, today: Day, cards: Mapping[str, RuleCard]) -> tuple[OfferWarning, ...]:
    """The reminders on a bill's offers, the most pressing first; `cards` are those that are switched on, by id.

    Raises `KeyError` if the case has no such bill.
    """
    on = _OnBill(case, case.get(Bill, bill_id), today, cards, offer_chain(case, bill_id, today))
    return tuple(warning for look in _LOOKS for warning in look(on))


def _unconfirmed(on: _OnBill) -> Iterator[OfferWarning]:
    offer = accepted_offer(step.offer for step in on.chain)
    if offer is None or is_confirmed(on.case, offer):
        return
    paid = [one for one in _payments(on) if one.date >= offer.date]
    about = f"The agreement on {dollars(offer.amount)} of {plain_day(offer.date)}"
    if paid:
        days = ", ".join(plain_day(day) for day in sorted({one.date for one in paid}))
        yield OfferWarning(
            "paid_early",
            "Paid before the written confirmation",
            f"{about} is not confirmed in writing here, and {dollars(total([one.amount for one in paid]))} was paid "
            f"({days}). Ask for the confirmation now, and attach it.",
            (offer.id,),
        )
    elif not on.over:
        yield OfferWarning(
            "unconfirmed",
            "Not confirmed in writing yet",
            f"{about} is not confirmed in writing here. It is safer to pay only once a paper says that it "
            "settles the whole account and that the balance will then be zero.",
            (offer.id,),
        )


def _paid_before_the_paper(on: _OnBill) -> Iterator[OfferWarning]:
    """A payment whose day is before the date on the confirmation itself."""
    offer = accepted_offer(step.offer for step in on.chain)
    if offer is None or not is_confirmed(on.case, offer):
        return
    days = [paper.date for paper in confirmation_papers(on.case, offer) if paper.date and paper.date >= offer.date]
    paper = min(days, default=None)
    early = [one for one in _payments(on) if paper is not None and offer.date <= one.date < paper]
    if early and paper is not None:
        yield OfferWarning(
            "paid_early",
            "Paid before the written confirmation",
            f"{dollars(total([one.amount for one in early]))} was paid on {plain_day(early[0].date)}; the confirmation "
            f"is of {plain_day(paper)}. See that it names this payment.",
            (offer.id,),
        )


def _zero_balance(on: _OnBill) -> Iterator[OfferWarning]:
    """That the letter which ends an account is missing though all is paid: collectors come years later."""
    offer = accepted_offer(step.offer for step in on.chain)
    if offer is None or offer.zero_balance_letter:
        return
    paid = total([one.amount for one in _payments(on) if one.date >= offer.date])
    if paid is not None and paid >= offer.amount:
        yield OfferWarning(
            "zero_balance",
            "No zero-balance letter yet",
            f"The agreed {dollars(offer.amount)} is paid. Ask for a letter that says that the balance is zero, and "
            "keep it: what was taken off has been asked for again years later.",
            (offer.id,),
        )


def _payments(on: _OnBill) -> list[Payment]:
    return [one for one in on.case.of(Payment, "bill_id", on.bill.id) if not came_back(one)]


def _assistance(on: _OnBill) -> Iterator[OfferWarning]:
    """Silent once assistance was asked for, and for a biller that has none to ask for as long as nothing is offered."""
    biller = on.biller
    hospital = biller is not None and biller.kind == "hospital"
    asked = any(one.applied or one.decided for one in on.case.of(Assistance, "bill_id", on.bill.id))
    mine = [step for step in on.chain if step.offer.direction != "from_them"]
    if asked or on.over or any(step.state == "accepted" for step in on.chain) or not (mine or hospital):
        return
    who = "Hospitals" if hospital else "Some billers"
    yield OfferWarning(
        "assistance",
        "Assistance is not asked for yet",
        f"{who} have financial assistance that can lower a bill more than an offer does, sometimes to zero. Ask for it "
        "before you offer: an agreed amount can end that way.",
        tuple(step.id for step in mine),
    )


def _limitation(on: _OnBill) -> Iterator[OfferWarning]:
    """That a payment or a written admission can start the time for a lawsuit again, once a debt is old enough."""
    first = first_day(on.case, on.bill)
    placed = bool(on.case.of(Collection, "bill_id", on.bill.id)) or on.bill.status in ("in_collections", "sued")
    old = first is not None and (on.today - first).days >= OLD_ENOUGH_DAYS
    if on.over or not (old or placed):
        return
    state = state_code(on.case, on.bill)
    card = on.cards.get(f"state.limitation.{state}")
    since = f"The bill goes back to {plain_day(first)}. " if first else ""
    general = (
        "In most states a payment, and in many a signed admission of the debt, starts the time for a lawsuit again"
    )
    if card is not None:
        text = f"{since}{card.text} {card.effect or f'{general}.'} Which state's law counts is a question for a lawyer."
        yield _by_card(card, text)
        return
    todo = "Enter the biller's state to see its own rule." if not state else "No card of this state is switched on."
    text = f"{since}{general}: ask a lawyer before you do either. {todo}"
    barred = on.cards.get(TIME_BARRED)
    if barred is not None:
        yield _by_card(barred, f"{text} {barred.text}")
    else:
        yield OfferWarning("limitation", _LIMITATION_TITLE, text)


_LIMITATION_TITLE = "A payment can start the time for a lawsuit again"


def _by_card(card: RuleCard, text: str) -> OfferWarning:
    source = f"{source_words(card)} {sureness_words(card)}"
    return OfferWarning("limitation", _LIMITATION_TITLE, text, source=source, card_id=card.id)


def first_day(case: Case, bill: Bill) -> Day | None:
    """The day from which a debt is counted here: of the first bill, else the oldest statement, else the visit."""
    if bill.first_bill_date:
        return bill.first_bill_date
    days = [statement.date for statement in case.statements(bill.id)]
    if days:
        return min(days)
    visit = case.find(Visit, bill.visit_id)
    return visit.start.day if visit and visit.start else None


def state_code(case: Case, bill: Bill) -> str:
    """The two letters of the biller's state, else of the place of care, in lower case; empty where none is entered."""
    visit = case.find(Visit, bill.visit_id)
    for organization_id in (bill.biller_id, visit.facility_id if visit else None):
        found = case.find(Organization, organization_id)
        if found and (found.state or "").strip():
            return (found.state or "").strip().casefold()
    return ""


def _above_balance(on: _OnBill) -> Iterator[OfferWarning]:
    for step in on.chain:
        if step.state not in ("open", "accepted") or step.balance is None or step.offer.amount <= step.balance:
            continue
        yield OfferWarning(
            "above_balance",
            "More than what is asked for",
            f"The offer of {dollars(step.offer.amount)} is above the balance of {dollars(step.balance)} on its day. "
            "Check the amount, or which account it is for.",
            (step.id,),
        )


def _pay_by(on: _OnBill) -> Iterator[OfferWarning]:
    for step in on.standing:
        offer = step.offer
        if offer.pay_by and offer.expires and offer.pay_by > offer.expires:
            yield OfferWarning(
                "pay_by",
                "To be paid after the offer ends",
                f"The offer of {dollars(offer.amount)} stands until {plain_day(offer.expires)} but is to be paid by "
                f"{plain_day(offer.pay_by)}. Ask that it stand until it is paid.",
                (offer.id,),
            )


def _two_open(on: _OnBill) -> Iterator[OfferWarning]:
    if len(on.standing) < 2:
        return
    amounts = ", ".join(f"{dollars(step.offer.amount)} of {plain_day(step.offer.date)}" for step in on.standing)
    yield OfferWarning(
        "two_open",
        "More than one offer is open",
        f"Open now: {amounts}. Mark those that are over, so that it is clear which one stands.",
        tuple(step.id for step in on.standing),
    )


def _gaps(on: _OnBill) -> Iterator[OfferWarning]:
    for step in on.chain:
        gap = step.gap
        rounded = abs(gap or 0) < (step.offer.installments or 0)
        if step.state in ("open", "accepted") and gap and not rounded and not rest_is_named(step.offer):
            yield OfferWarning(
                "gap",
                "The installments do not add up",
                f"{gap_words(step.offer)}. Ask for the last installment in writing.",
                (step.id,),
            )


def _lapsed(on: _OnBill) -> Iterator[OfferWarning]:
    for step in on.chain:
        if step.lapsed and is_open(step.offer):
            yield OfferWarning(
                "lapsed",
                "Its last day has passed",
                f"The offer of {dollars(step.offer.amount)} stood until {plain_day(step.offer.expires)}. Mark it as "
                "expired, or ask whether it still stands.",
                (step.id,),
            )


def missing_confirmation(case: Case, bill_id: int, day: Day) -> Offer | None:
    """The accepted offer that a payment of a day would be for while its written confirmation is missing."""
    offer = accepted_offer(case.of(Offer, "bill_id", bill_id))
    if offer is None or day < offer.date:
        return None
    return None if is_confirmed(case, offer) else offer


_LOOKS = (
    _unconfirmed,
    _paid_before_the_paper,
    _zero_balance,
    _lapsed,
    _two_open,
    _gaps,
    _above_balance,
    _pay_by,
    _assistance,
    _limitation,
)
