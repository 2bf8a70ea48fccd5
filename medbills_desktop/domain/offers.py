"""The offers on a bill as a chain: who offered what on which day, what share that was, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents, cents_from_decimal_text, dollars
from medbills_desktop.domain.records import Document, Offer
from medbills_desktop.domain.settlement import gap_of_installments, percent_of

_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d{1,9}(?:\.\d{2})?", re.ASCII)

OfferState = Literal["open", "accepted", "declined", "expired", "countered"]


@dataclass(frozen=True, slots=True)
class OfferStep:
    """One offer as it stands on a day.

    `balance` is what the latest statement up to the offer's day asked for, in cents, and `percent` the offer's share of
    it with one digit; both are `None` where no statement of that time states a balance. `lapsed` says that the offer is
    open in the records while its last day has passed. `gap` is how far the installments are from the amount, below zero
    where they come to less; `None` where there is none to compare. `answers` is the offer that this one answers, and
    `number` its place in the chain from 1.
    """

    offer: Offer
    number: int
    state: OfferState
    lapsed: bool
    balance: Cents | None
    percent: Decimal | None
    gap: Cents | None
    answers: Offer | None = None

    @property
    def id(self) -> int:
        return self.offer.id


def balance_on(case: Case, bill_id: int, day: Day) -> Cents | None:
    """What the biller asked for on a day: the balance of the latest statement up to then, `None` where none states it.

    A later statement is not read back: it may ask for less because of the offer.
    """
    known = [one.balance for one in case.statements(bill_id) if one.balance is not None and one.date <= day]
    return known[-1] if known else None


def is_open(offer: Offer) -> bool:
    """Whether nobody has answered an offer yet, by the records."""
    return offer.status in (None, "open")


def has_lapsed(offer: Offer, today: Day) -> bool:
    """Whether an open offer stood until a day that has passed. On the day itself it still stands."""
    return is_open(offer) and offer.expires is not None and offer.expires < today


def state_of(offer: Offer, today: Day) -> OfferState:
    """Where an offer stands on a day; one whose last day has passed unanswered counts as expired."""
    if has_lapsed(offer, today):
        return "expired"
    return offer.status or "open"


def gap_of(offer: Offer) -> Cents | None:
    """How far an offer's installments are from its amount; `None` without a number and an amount of installments."""
    if not offer.installments or offer.installments < 1 or offer.installment_amount is None:
        return None
    return gap_of_installments(offer.amount, offer.installments, offer.installment_amount)


def offer_chain(case: Case, bill_id: int, today: Day) -> tuple[OfferStep, ...]:
    """Every offer on a bill, oldest first; of one day in the order of entry."""
    offers = sorted(case.of(Offer, "bill_id", bill_id), key=lambda one: (one.date, one.id))
    return tuple(_step(case, offer, number, today) for number, offer in enumerate(offers, 1))


def _step(case: Case, offer: Offer, number: int, today: Day) -> OfferStep:
    balance = balance_on(case, offer.bill_id, offer.date)
    return OfferStep(
        offer,
        number,
        state_of(offer, today),
        has_lapsed(offer, today),
        balance,
        None if balance is None else percent_of(offer.amount, balance),
        gap_of(offer),
        case.find(Offer, offer.answers_to_id),
    )


def accepted_offer(offers: Iterable[Offer]) -> Offer | None:
    """The newest offer that was accepted, as the money page takes it."""
    agreed = [offer for offer in offers if offer.status == "accepted"]
    return max(agreed, key=lambda offer: offer.date, default=None)


def confirmation_papers(case: Case, offer: Offer) -> tuple[Document, ...]:
    """The papers of an offer: the one that it names, then those that are linked to it."""
    linked = [link.document_id for link in case.links_to(Offer.KIND, offer.id)]
    papers = (case.find(Document, number) for number in dict.fromkeys([offer.document_id, *linked]))
    return tuple(paper for paper in papers if paper is not None)


def is_confirmed(case: Case, offer: Offer) -> bool:
    """Whether an agreement is confirmed in writing and the paper is attached; a mere tick is not enough."""
    return bool(offer.written_confirmation) and bool(confirmation_papers(case, offer))


def rest_is_named(offer: Offer) -> bool:
    """Whether the conditions name an amount that makes installments add up: the last one, or what is paid down."""
    gap = gap_of(offer)
    if gap is None or offer.installments is None or offer.installment_amount is None:
        return False
    fitting = (offer.amount - (offer.installments - 1) * offer.installment_amount, abs(gap))
    for text in _AMOUNT.findall(offer.conditions or ""):
        plain = text.replace(",", "")
        if cents_from_decimal_text(plain if "." in plain else f"{plain}.00") in fitting:
            return True
    return False


def terms_words(offer: Offer) -> str:
    """How it is to be paid: `One payment`, `12 × $100.00`, `12 installments`; empty where that is not said."""
    if offer.installments and offer.installments > 1:
        if offer.installment_amount is not None:
            return f"{offer.installments} × {dollars(offer.installment_amount)}"
        return f"{offer.installments} installments"
    if offer.lump_sum or offer.installments == 1:
        return "One payment"
    return "Installments" if offer.lump_sum is False or offer.installment_amount is not None else ""


def gap_words(offer: Offer) -> str:
    """`12 × $45,843.00 = $550,116.00, $8.00 less than $550,124.00`; empty where the installments add up."""
    gap, number, each = gap_of(offer), offer.installments, offer.installment_amount
    if not gap or number is None or each is None:
        return ""
    side = "less" if gap < 0 else "more"
    return (
        f"{number} × {dollars(each)} = {dollars(number * each)}, "
        f"{dollars(Cents(abs(gap)))} {side} than {dollars(offer.amount)}"
    )
