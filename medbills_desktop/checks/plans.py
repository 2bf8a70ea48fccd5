"""Payment plans: the installments against the amount agreed."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, count, sum_lines
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.offers import rest_is_named
from medbills_desktop.domain.records import Offer

_OVER = ("declined", "expired", "countered")


@check("installments-vs-balance", "info")
def installments_vs_balance(facts: BillFacts) -> Iterator[Finding]:
    """Report a plan whose installments don't sum to the amount agreed.

    Silent where the difference is that of rounding the amount to equal installments (under a cent each), where the
    conditions name a last installment or a down payment with which the sum agrees, and for offers that are over.
    """
    for offer in facts.offers:
        number, each = offer.installments, offer.installment_amount
        if number is None or each is None or number < 1 or offer.status in _OVER:
            continue
        difference = abs(number * each - offer.amount)
        if difference >= number and not rest_is_named(offer):
            yield _finding(facts, offer, Cents(number * each), Cents(difference))


def _finding(facts: BillFacts, offer: Offer, together: Cents, difference: Cents) -> Finding:
    number, each = offer.installments or 0, offer.installment_amount or Cents(0)
    side = "less" if together < offer.amount else "more"
    rows: list[Row] = [
        ("", f"{number} × {dollars(each)}", together),
        ("", f"agreed on {plain_day(offer.date)}", offer.amount),
        ("", "difference", difference),
    ]
    return Finding(
        check="installments-vs-balance",
        level="info",
        bill_id=facts.bill.id,
        call_ids=() if offer.call_id is None else (offer.call_id,),
        amount=difference,
        title=f"{count(number, 'installment', 'installments')} of {dollars(each)} come to {dollars(together)}, "
        f"{dollars(difference)} {side} than the {dollars(offer.amount)} of the plan.",
        explanation=sum_lines(rows),
        ask="Could you put in writing how much the last installment is, "
        f"so that the plan comes to {dollars(offer.amount)}?",
        evidence=("The plan in writing would settle this.",),
        fingerprint=fingerprint("installments-vs-balance", offer.date, offer.amount, number, each),
    )
