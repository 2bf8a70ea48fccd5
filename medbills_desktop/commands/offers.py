"""Negotiating: offers both ways and what answers them, the written confirmation, and the end of an account."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.commands.bills import SetBillStatus
from medbills_desktop.commands.letters import WriteLetter
from medbills_desktop.commands.papers import link_paper
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_templates import LANGUAGE
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.offers import accepted_offer, has_lapsed, is_open
from medbills_desktop.domain.records import Bill, Document, Letter, Offer
from medbills_desktop.domain.settlement import MOST_INSTALLMENTS
from medbills_desktop.store.work import Work

ZERO_BALANCE, CONFIRMATION = "zero_balance_request", "settlement_confirmation"
"""Kinds of letter that end a negotiation."""

Answer = Literal["accepted", "declined", "countered"]
Side = Literal["from_me", "from_them"]
_OTHER: dict[Side, Side] = {"from_me": "from_them", "from_them": "from_me"}


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Keep an offer of one side, open unless it says otherwise. Gives the kept `Offer`.

    Refuses an amount that is not above zero, a side that is not said, and a number of installments that makes no sense.
    What is only unusual (an amount above the balance, a second open offer) is told elsewhere and refuses nothing.
    """

    offer: Offer

    @property
    def label(self) -> str:
        return "Add their offer" if self.offer.direction == "from_them" else "Make offer"

    def run(self, work: Work) -> Offer:
        return work.add(_sound(work, self.offer))


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """Say how an open offer was answered. A counter-offer is kept as the next of the chain, from the other side.

    Refuses an offer that was answered before, a second accepted one on a bill, and a counter-offer without an amount.
    Gives the answered offer, or the kept counter-offer.
    """

    offer_id: int
    answer: Answer
    counter: Offer | None = None

    @property
    def label(self) -> str:
        return {"accepted": "Accept offer", "declined": "Decline offer", "countered": "Counter offer"}[self.answer]

    def run(self, work: Work) -> Offer:
        offer = work.get(Offer, self.offer_id)
        if not is_open(offer) and offer.status != "expired":
            raise UserError("This offer was answered already.", "Edit the offer itself to correct its status.")
        if self.answer == "accepted":
            _only_agreement(work, offer)
        if self.answer != "countered":
            return work.change(Offer, offer.id, status=self.answer)
        if self.counter is None:
            raise UserError("A counter-offer needs an amount.", "Type what is offered instead.")
        if self.counter.date < offer.date:
            raise UserError("The counter-offer is older than the offer that it answers.", "Check both dates.")
        back = self.counter.direction if offer.direction is None else _OTHER[offer.direction]
        counter = dataclasses.replace(self.counter, bill_id=offer.bill_id, direction=back, answers_to_id=offer.id)
        kept = work.add(_sound(work, counter))
        work.change(Offer, offer.id, status="countered")
        return kept


@dataclass(frozen=True, slots=True)
class MarkExpired:
    """Mark the open offers of a bill as expired whose last day has passed by `today`. Gives them."""

    bill_id: int
    today: Day

    @property
    def label(self) -> str:
        return "Mark offers as expired"

    def run(self, work: Work) -> tuple[Offer, ...]:
        over = [offer for offer in work.find(Offer, bill_id=self.bill_id) if has_lapsed(offer, self.today)]
        if not over:
            raise UserError("No open offer has passed its last day.", "Edit an offer to change its status.")
        return tuple(work.change(Offer, offer.id, status="expired") for offer in over)


@dataclass(frozen=True, slots=True)
class RecordConfirmation:
    """Attach the paper in which they confirm an agreement. A paper that the offer named before stays linked to it."""

    offer_id: int
    document_id: int

    @property
    def label(self) -> str:
        return "Attach confirmation"

    def run(self, work: Work) -> Offer:
        offer = _agreed(work, self.offer_id, "confirmed")
        paper = work.get(Document, self.document_id)
        if offer.document_id not in (None, paper.id):
            link_paper(work, offer.document_id, Offer.KIND, offer.id)
        return work.change(Offer, offer.id, document_id=paper.id, written_confirmation=True)


@dataclass(frozen=True, slots=True)
class SettleBill:
    """Say that a bill is settled. Refused until an offer is accepted and its written confirmation is attached."""

    bill_id: int

    @property
    def label(self) -> str:
        return "Settle bill"

    def run(self, work: Work) -> Bill:
        if accepted_offer(work.find(Offer, bill_id=self.bill_id)) is None:
            raise UserError(
                "No offer on this bill is accepted, so nothing is settled yet.",
                "Accept an offer first, then attach the paper that confirms it.",
            )
        return SetBillStatus(self.bill_id, "settled").run(work)


@dataclass(frozen=True, slots=True)
class AskZeroBalance:
    """Draft the letter that asks for a zero-balance letter; one that is still a draft is given back as it is."""

    bill_id: int
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Ask for zero-balance letter"

    def run(self, work: Work) -> Letter:
        return _drafted(work, ZERO_BALANCE, self.bill_id, self.language)


@dataclass(frozen=True, slots=True)
class AskConfirmation:
    """Draft the confirmation that they are to sign before anything is paid; an open draft is given back as it is."""

    bill_id: int
    language: str = LANGUAGE

    @property
    def label(self) -> str:
        return "Draft confirmation"

    def run(self, work: Work) -> Letter:
        if accepted_offer(work.find(Offer, bill_id=self.bill_id)) is None:
            raise UserError("No offer on this bill is accepted yet.", "Accept one first; the letter names its amount.")
        return _drafted(work, CONFIRMATION, self.bill_id, self.language)


@dataclass(frozen=True, slots=True)
class RecordZeroBalance:
    """Attach the letter in which they say that the balance is zero; it is linked to the offer and ends the account."""

    offer_id: int
    document_id: int

    @property
    def label(self) -> str:
        return "Attach zero-balance letter"

    def run(self, work: Work) -> Offer:
        offer = _agreed(work, self.offer_id, "ended")
        link_paper(work, work.get(Document, self.document_id).id, Offer.KIND, offer.id)
        return work.change(Offer, offer.id, zero_balance_letter=True)


def _drafted(work: Work, kind: str, bill_id: int, language: str) -> Letter:
    drafts = work.find(Letter, bill_id=bill_id, kind=kind, status="draft")
    return drafts[-1] if drafts else WriteLetter(kind, bill_id, language=language).run(work)


def _agreed(work: Work, offer_id: int, what: str) -> Offer:
    offer = work.get(Offer, offer_id)
    if offer.status != "accepted":
        raise UserError(f"Only an accepted offer can be {what} by a letter.", "Accept the offer first.")
    return offer


def _only_agreement(work: Work, offer: Offer) -> None:
    other = accepted_offer(one for one in work.find(Offer, bill_id=offer.bill_id) if one.id != offer.id)
    if other is not None:
        raise UserError(
            f"Another offer on this bill is accepted already, {dollars(other.amount)}.",
            "Edit that one first if it holds no longer.",
        )


def _sound(work: Work, offer: Offer) -> Offer:
    work.get(Bill, offer.bill_id)
    if offer.direction is None:
        raise UserError("Whose offer it is was not said.", "Choose whether you or they made it.")
    if offer.amount <= 0:
        raise UserError("An offer needs an amount above zero.", "Type what is offered for the whole account.")
    if offer.installments is not None and not 1 <= offer.installments <= MOST_INSTALLMENTS:
        raise UserError(
            f"{offer.installments} installments make no plan.", f"Type a number from 1 to {MOST_INSTALLMENTS}."
        )
    if offer.installment_amount is not None and offer.installment_amount <= 0:
        raise UserError("An installment is above zero.", "Type what is paid each time, or leave it blank.")
    return dataclasses.replace(offer, id=0, ref="", status=offer.status or "open")
