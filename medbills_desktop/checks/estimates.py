"""What was quoted before care, against what is billed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.sources import source
from medbills_desktop.checks.wording import Row, number_text, sum_lines
from medbills_desktop.domain.claims_counted import stated_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.paid import paid_in_all
from medbills_desktop.domain.records import Claim, Estimate, Statement

GFE_MARGIN = Cents(400_00)
"""How far a bill must be above a good-faith estimate before the federal dispute is open (45 CFR 149.620(a)(2)(ii))."""

DISPUTE_DAYS = 120
"""Calendar days from the first bill in which that dispute can be started (45 CFR 149.620(c)(1))."""


@check("estimate-exceeded", "strong")
def estimate_exceeded(facts: BillFacts) -> Iterator[Finding]:
    """Report a bill above what this biller estimated or quoted for the visit.

    A good-faith estimate counts for a visit without insurance and by $400 or more. Another quote is compared with what
    the patient has to pay in all; a quoted coinsurance rate with the one EOB of the bill. The latest that was given
    before care stands for earlier ones. Silent where the estimate is another provider's or names none, since several
    billers may send bills for one visit; a good-faith estimate also where an insurer was billed.
    """
    for estimate in _standing(facts):
        if estimate.kind == "good_faith_estimate":
            yield from _good_faith(facts, estimate)
        elif estimate.amount is not None:
            yield from _quote(facts, estimate, estimate.amount)
        elif estimate.coinsurance_percent is not None:
            yield from _rate(facts, estimate, estimate.coinsurance_percent)


def _standing(facts: BillFacts) -> tuple[Estimate, ...]:
    """This biller's latest estimate, latest quoted amount and latest quoted rate, as given before care."""
    start = facts.visit.start.day if facts.visit and facts.visit.start else None
    latest: dict[tuple[bool, bool], Estimate] = {}
    for estimate in facts.estimates:
        if estimate.provider_id != facts.bill.biller_id or (start and estimate.date and estimate.date > start):
            continue
        form = estimate.kind == "good_faith_estimate", estimate.amount is not None
        known = latest.get(form)
        if known is None or _later(estimate) > _later(known):
            latest[form] = estimate
    return tuple(latest.values())


def _later(estimate: Estimate) -> tuple[date, int, Decimal]:
    return estimate.date or date.min, estimate.amount or 0, estimate.coinsurance_percent or Decimal(0)


def _good_faith(facts: BillFacts, estimate: Estimate) -> Iterator[Finding]:
    statement = next((one for one in reversed(facts.statements) if one.total_charges is not None), None)
    if facts.visit is None or not facts.visit.self_pay or estimate.amount is None or statement is None or facts.claims:
        return
    billed = Cents((statement.total_charges or 0) - abs(statement.adjustments or 0))
    if billed - estimate.amount < GFE_MARGIN:
        return
    last = _first_bill(facts, statement) + timedelta(days=DISPUTE_DAYS)
    clock = f"Where the care was not run through insurance, a federal dispute can be started until {plain_day(last)}"
    passed = f"The {DISPUTE_DAYS} days for a federal dispute ended on {plain_day(last)}"
    note = clock if facts.today <= last else passed
    rows: list[Row] = [
        ("", "billed", billed),
        ("−", "estimated", estimate.amount),
        ("=", "above", billed - estimate.amount),
    ]
    what = f"{dollars(billed)} is billed"
    explained = f"{sum_lines(rows)}\n{note}.\n{source('45 CFR 149.620')}"
    yield _finding(facts, estimate, statement, Cents(billed - estimate.amount), what, explained)


def _first_bill(facts: BillFacts, statement: Statement) -> date:
    days = [one.date for one in facts.statements] or [statement.date]
    return min([*days, *([facts.bill.first_bill_date] if facts.bill.first_bill_date else [])])


def _quote(facts: BillFacts, estimate: Estimate, quoted: Cents) -> Iterator[Finding]:
    """Compare a quote with what the patient has to pay in all: the balance and what was paid before."""
    statement = next((one for one in reversed(facts.statements) if one.balance is not None), None)
    if statement is None or statement.balance is None or facts.counted.pending:
        return
    earlier = [payment for payment in facts.payments if payment.date <= statement.date]
    paid = statement.patient_paid
    paid = Cents(abs(paid)) if paid is not None else paid_in_all(earlier) or Cents(0)
    in_all = Cents(statement.balance + paid)
    if in_all <= quoted:
        return
    rows: list[Row] = [("", "balance", statement.balance), ("+", "paid before", paid), ("−", "quoted", quoted)]
    rows.append(("=", "above the quote", in_all - quoted))
    what = f"{dollars(in_all)} is to be paid in all"
    yield _finding(facts, estimate, statement, Cents(in_all - quoted), what, sum_lines(rows))


def _rate(facts: BillFacts, estimate: Estimate, percent: Decimal) -> Iterator[Finding]:
    claims = facts.counted.counted
    if len(claims) != 1 or facts.counted.pending:
        return
    columns = ("allowed", "deductible", "coinsurance")
    allowed, deductible, coinsurance = (stated_column(facts.case, claims[0], name) for name in columns)
    if allowed is None or deductible is None or coinsurance is None or not 0 <= percent <= 100:
        return
    exact = Decimal(allowed - deductible) * percent / 100
    expected = Cents(int(exact.to_integral_value(ROUND_HALF_UP)))
    over = Cents(coinsurance - expected)
    if over <= 1 or expected < 0:
        return
    rate = f"{number_text(percent)}%"
    rows: list[Row] = [("", "allowed", allowed), ("−", "deductible", deductible)]
    rows.append(("=", "to be shared", allowed - deductible))
    rows += [
        ("", f"{rate} of it", expected),
        ("", "coinsurance on the EOB", coinsurance),
        ("", "above the quote", over),
    ]
    what = f"the EOB states a coinsurance of {dollars(coinsurance)}"
    yield _finding(facts, estimate, None, over, what, sum_lines(rows), claims[0])


def _finding(
    facts: BillFacts,
    estimate: Estimate,
    statement: Statement | None,
    over: Cents,
    what: str,
    explanation: str,
    claim: Claim | None = None,
) -> Finding:
    rate = estimate.coinsurance_percent
    quoted = (
        dollars(estimate.amount)
        if estimate.amount is not None
        else f"a coinsurance of {number_text(rate or Decimal(0))}%"
    )
    article, name = ("an", "estimate") if estimate.kind == "good_faith_estimate" else ("a", "quote")
    on = f" of {plain_day(estimate.date)}" if estimate.date else ""
    papers = facts.papers("estimate", estimate.id, estimate.document_id)
    held = f"attached: “{papers[0].shown_title}”" if papers else "it is not attached yet"
    figures = (statement.date, statement.total_charges, statement.balance, statement.patient_paid) if statement else ()
    return Finding(
        check="estimate-exceeded",
        level="strong",
        bill_id=facts.bill.id,
        claim_ids=() if claim is None else (claim.id,),
        call_ids=() if estimate.call_id is None else (estimate.call_id,),
        amount=over,
        title=f"The {name}{on} was {quoted}, and {what}: {dollars(over)} more.",
        explanation=explanation,
        ask=f"I was given {article} {name} of {quoted} before the visit. "
        f"Could you adjust the bill to it, or explain the other {dollars(over)}?",
        evidence=(f"The {name}{on} in writing, or the note of the call, would settle this; {held}.",),
        statement_ids=() if statement is None else (statement.id,),
        fingerprint=fingerprint(
            "estimate-exceeded", estimate.kind, estimate.date, estimate.amount, rate, over, figures
        ),
    )
