"""Steps that offers ask for: never to pay, but to answer, to have it in writing, and to have the zero balance shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.paid import paid_in_all
from medbills_desktop.domain.records import Offer, Payment
from medbills_desktop.domain.step_facts import SOON, NextStep, StepFacts

DAY_BEFORE = timedelta(1)


def agreed(facts: StepFacts) -> NextStep | None:
    """An accepted offer that is not confirmed in writing, or whose payment falls due soon or fell due."""
    for offer in _offers(facts, "accepted"):
        about = ("offer", offer.id)
        if not offer.written_confirmation and not offer.zero_balance_letter:
            if offer.pay_by is None or offer.pay_by < facts.today:
                sentence = "Ask for the settlement in writing: nothing in writing is noted for the accepted offer."
                return facts.now("confirm", sentence, about)
            sentence = f"Ask for the settlement in writing first: its payment falls due on {plain_day(offer.pay_by)}."
            return NextStep("confirm", sentence, offer.pay_by, about)
        if offer.pay_by is None or offer.installments or _paid(facts, offer):
            continue
        day = plain_day(offer.pay_by)
        if offer.pay_by < facts.today:
            sentence = f"Look at the agreement: its payment fell due on {day}, and none is entered."
        elif (offer.pay_by - facts.today).days <= SOON:
            sentence = f"Look at the agreement: it is confirmed in writing, and its payment falls due on {day}."
        else:
            continue
        return NextStep("look_at_offer", sentence, offer.pay_by, about)
    return None


def answer_offer(facts: StepFacts) -> NextStep | None:
    """An open offer of theirs: before it is answered, assistance should have been asked for."""
    theirs = [
        one for one in _offers(facts, None, "open") if one.direction == "from_them" and not _over(one, facts.today)
    ]
    if not theirs:
        return None
    offer = min(theirs, key=lambda one: (one.expires is None, one.expires or facts.today, one.id))
    what = f"their offer of {dollars(offer.amount)}"
    since = f"it has been open since {plain_day(offer.date)}"
    ends = f"it ends on {plain_day(offer.expires)}" if offer.expires else since
    if _may_ask(facts):
        sentence = f"Ask about assistance before you answer {what}: none was asked for yet, and {ends}."
        step = facts.now("ask_assistance", sentence, ("offer", offer.id))
    else:
        step = facts.now("answer_offer", f"Answer {what}: {ends}.", ("offer", offer.id))
    return replace(step, day=offer.expires, dated=True) if offer.expires else step


def own_offer(facts: StepFacts) -> NextStep | None:
    """An offer of one's own that they let run out."""
    for offer in _offers(facts, None, "open", "expired"):
        if offer.direction != "from_me" or offer.expires is None or not offer.expires < facts.today:
            continue
        answered = any(one.answers_to_id == offer.id for one in facts.case.of(Offer, "bill_id", facts.bill.id))
        if not answered and not facts.just_asked(offer.expires):
            ended = plain_day(offer.expires)
            sentence = (
                f"Ask what they say to your offer of {dollars(offer.amount)}: it ended on {ended} without an answer."
            )
            question = f"I offered {dollars(offer.amount)} on {plain_day(offer.date)}. What is your answer?"
            return NextStep("chase", sentence, offer.expires, ("offer", offer.id), question=question)
    return None


def settled(facts: StepFacts) -> NextStep | None:
    """What was agreed has been paid, but nothing in writing says that the balance is zero."""
    for offer in _offers(facts, "accepted"):
        if offer.zero_balance_letter or not _paid(facts, offer) or _zero_asked(facts):
            continue
        days = [one.date for one in facts.case.of(Payment, "bill_id", facts.bill.id) if one.date >= offer.date]
        sentence = (
            f"Ask for a letter that says the balance is zero: the agreed {dollars(offer.amount)} "
            f"was paid by {plain_day(max(days))}, and no such letter is noted."
        )
        return facts.now("zero_balance", sentence, ("offer", offer.id))
    return None


def _zero_asked(facts: StepFacts) -> bool:
    """Whether the letter was asked for in writing, and its answer is awaited or was asked for lately."""
    sent = [one for one in facts.unanswered if one.kind == "zero_balance_request" and one.date]
    return any(
        (one.reply_due is not None and one.reply_due >= facts.today)
        or facts.just_asked(one.reply_due or one.date - DAY_BEFORE)
        for one in sent
        if one.date
    )


def _offers(facts: StepFacts, *states: str | None) -> list[Offer]:
    return [one for one in facts.case.of(Offer, "bill_id", facts.bill.id) if one.status in states]


def _over(offer: Offer, today: Day) -> bool:
    return offer.expires is not None and offer.expires < today


def _paid(facts: StepFacts, offer: Offer) -> bool:
    since = [one for one in facts.case.of(Payment, "bill_id", facts.bill.id) if one.date >= offer.date]
    paid = paid_in_all(since)
    return paid is not None and paid >= offer.amount


def _may_ask(facts: StepFacts) -> bool:
    """Whether it is a hospital that was not asked for assistance yet."""
    hospital = facts.biller is not None and facts.biller.kind == "hospital"
    return hospital and not any(one.applied or one.decided for one in facts.assistance)
