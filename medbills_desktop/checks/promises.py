"""Promises that passed their day, and settlements that were paid without a confirmation in writing."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import count, shortened
from medbills_desktop.domain.dates import plain_day, plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Call, Offer, Payment, Promise


@check("promise-overdue", "strong")
def promise_overdue(facts: BillFacts) -> Iterator[Finding]:
    """Report promises whose day has passed and that are not kept, and paid settlements that nobody has confirmed.

    Silent on the day itself, for promises without a day, where it isn't noted whether a confirmation came, and while a
    settlement is paid only in part.
    """
    for call in facts.calls:
        for promise in facts.promises(call):
            kept = promise.status == "kept" or (promise.status != "broken" and promise.closed is not None)
            if not kept and promise.due is not None and promise.due < facts.today:
                yield _promise_finding(facts, call, promise)
    for offer in facts.offers:
        paid = tuple(payment for payment in facts.payments if _pays(payment, offer))
        in_full = bool(paid) and sum(payment.amount for payment in paid) >= offer.amount
        if offer.status == "accepted" and offer.written_confirmation is False and in_full:
            yield _offer_finding(facts, offer, paid)


def _pays(payment: Payment, offer: Offer) -> bool:
    return payment.kind in (None, "payment") and payment.amount > 0 and payment.date >= offer.date


def _promise_finding(facts: BillFacts, call: Call, promise: Promise) -> Finding:
    due, text = plain_day(promise.due), " ".join(promise.text.split())
    by = promise.by or call.representative
    late = count((facts.today - (promise.due or facts.today)).days, "day", "days")
    said = f"On {plain_moment(call.started)} {by or 'they'} promised: “{text}”, by {due}."
    number = f", reference {call.reference_number}" if call.reference_number else ""
    return Finding(
        check="promise-overdue",
        level="strong",
        bill_id=facts.bill.id,
        call_ids=(call.id,),
        amount=None,
        title=f"A promise was due on {due}, {late} ago, and is not noted as kept: “{shortened(text, 80)}”.",
        explanation=said,
        ask=f"On {plain_day(call.started.day)}{number} I was promised this by {due}: {text.rstrip('.')}. "
        "When will it be done?",
        evidence=("The note of the call shows what was promised; a letter of theirs would settle this.",),
        fingerprint=fingerprint("promise-overdue", text, promise.by, promise.due, promise.status, call.started),
    )


def _offer_finding(facts: BillFacts, offer: Offer, paid: tuple[Payment, ...]) -> Finding:
    amount, day = dollars(offer.amount), plain_day(offer.date)
    total = dollars(sum(payment.amount for payment in paid))
    letter = ""
    if offer.zero_balance_letter is not True:
        letter = " A letter that says that nothing is owed any more would close the matter."
    payments = sorted((payment.date.isoformat(), payment.amount) for payment in paid)
    return Finding(
        check="promise-overdue",
        level="strong",
        bill_id=facts.bill.id,
        payment_ids=tuple(payment.id for payment in paid),
        call_ids=() if offer.call_id is None else (offer.call_id,),
        amount=None,
        title=f"The settlement of {amount} from {day} is paid, and no confirmation in writing is noted.",
        explanation=f"Agreed on {day}: {amount}. Paid since: {total}.{letter}",
        ask=f"Could you confirm in writing that {amount} settled this account in full and that the balance is zero?",
        evidence=("A letter that confirms the settlement would settle this; it is noted as not received.",),
        fingerprint=fingerprint("promise-overdue", offer.date, offer.amount, tuple(payments)),
    )
