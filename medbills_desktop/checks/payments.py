"""What I paid, against what the statement credits and what the insurer's contract allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, Level, fingerprint
from medbills_desktop.checks.papers_held import eob_paper, payment_paper, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, sum_lines
from medbills_desktop.domain.claims_counted import charges_of_lines, summed_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.paid import IN_TRANSIT_DAYS, came_back, paid_in_all
from medbills_desktop.domain.records import Payment, Statement


@dataclass(frozen=True, slots=True)
class _Uncredited:
    """What one statement leaves out, in cents: `settled` was paid before the days in which mail may cross."""

    statement: Statement
    credited: Cents
    settled: int
    in_transit: int
    payments: tuple[Payment, ...]

    @property
    def missing(self) -> Cents:
        return Cents(max(0, self.settled - self.credited))

    @property
    def crossing(self) -> Cents:
        return Cents(max(0, self.settled + self.in_transit - self.credited))


@dataclass(frozen=True, slots=True)
class _PaidTwice:
    """Insurer and patient together against what is allowed."""

    insurers: Cents
    mine: Cents
    limit: Cents

    @property
    def due_back(self) -> Cents:
        return Cents(max(0, self.insurers + self.mine - self.limit))


@check("payment-not-credited", "strong", "info")
def payment_not_credited(facts: BillFacts) -> Iterator[Finding]:
    """Report payments that the latest statement doesn't credit, or a refund that is due since both of us paid.

    One finding for both, with the larger amount. Payments of the ten days before the statement may have crossed it and
    are for information. Silent where the latest statement states no payments by the patient; for the refund, also where
    the EOBs don't cover the bill whole, are pending or out of network.
    """
    if not facts.payments:
        return
    left_out, twice = _uncredited(facts), _paid_twice(facts)
    missing = left_out.missing if left_out else 0
    due_back = twice.due_back if twice else 0
    if missing or due_back:
        yield _strong(facts, left_out if missing else None, twice if due_back else None)
    elif left_out and left_out.crossing:
        yield _in_the_mail(facts, left_out)


def _uncredited(facts: BillFacts) -> _Uncredited | None:
    speaking = [
        statement
        for statement in facts.statements
        if statement.balance is not None or statement.patient_paid is not None
    ]
    if not speaking or speaking[-1].patient_paid is None:
        return None
    statement, credited = speaking[-1], _credited(speaking)
    settled = in_transit = 0
    counted: list[Payment] = []
    for payment in facts.payments:
        age = (statement.date - payment.date).days
        if age < 0 or payment.kind == "reimbursement":
            continue
        counted.append(payment)
        if came_back(payment):
            settled -= abs(payment.amount)
        elif age > IN_TRANSIT_DAYS:
            settled += payment.amount
        else:
            in_transit += payment.amount
    return _Uncredited(statement, credited, settled, in_transit, tuple(counted))


def _credited(speaking: list[Statement]) -> Cents:
    """What the statements credit up to the latest one.

    That is what the latest states, unless it states less than an earlier one and asks for no more: then each states
    what came in since the one before, and they count together.
    """
    latest = speaking[-1]
    stated = [abs(statement.patient_paid or 0) for statement in speaking]
    more = [one for one, paid in zip(speaking, stated, strict=True) if paid > stated[-1]]
    balance = latest.balance
    since_the_last = (
        bool(more) and balance is not None and all(one.balance is not None and balance <= one.balance for one in more)
    )
    return Cents(sum(stated) if since_the_last else stated[-1])


def _paid_twice(facts: BillFacts) -> _PaidTwice | None:
    claims = facts.counted
    if not claims.counted or claims.pending or any(claim.network == "out" for claim in claims.counted):
        return None
    columns = ("billed", "allowed", "plan_paid", "not_covered", "patient_responsibility", "other_insurance_paid")
    billed, allowed, plan, outside, share, other = (summed_column(facts.case, claims, name) for name in columns)
    totals = [statement.total_charges for statement in facts.statements if statement.total_charges is not None]
    if billed is None or allowed is None or plan is None or billed not in (*totals[-1:], charges_of_lines(facts.lines)):
        return None
    insurers = plan if claims.second else plan + (other or 0)
    limit = max(allowed + (outside or 0), insurers + (share or 0))
    mine = paid_in_all(facts.payments) or Cents(0)
    return _PaidTwice(Cents(insurers), mine, Cents(limit)) if mine > 0 else None


def _strong(facts: BillFacts, left_out: _Uncredited | None, twice: _PaidTwice | None) -> Finding:
    missing = left_out.missing if left_out else Cents(0)
    due_back = twice.due_back if twice else Cents(0)
    amount = Cents(max(missing, due_back))
    sums: list[str] = []
    if left_out:
        sums.append(sum_lines(_credit_rows(left_out)))
    if twice:
        sums.append(sum_lines(_refund_rows(twice)))
    return _finding(facts, "strong", amount, _strong_title(left_out, twice), "\n".join(sums), left_out, twice)


def _strong_title(left_out: _Uncredited | None, twice: _PaidTwice | None) -> str:
    if left_out is None and twice:
        return f"The insurer and you paid {dollars(twice.due_back)} more than the EOBs allow: a refund may be due."
    if left_out is None:
        return ""
    title = (
        f"You paid {dollars(left_out.settled)} before the statement of {plain_day(left_out.statement.date)}, "
        f"which credits you with {dollars(left_out.credited)}: {dollars(left_out.missing)} less"
    )
    return f"{title}, and {dollars(twice.due_back)} may be due back." if twice else f"{title}."


def _credit_rows(left_out: _Uncredited) -> list[Row]:
    return [
        ("", f"paid by you before {plain_day(left_out.statement.date)}", left_out.settled),
        ("−", "credited on the statement", left_out.credited),
        ("=", "not credited", left_out.missing),
    ]


def _refund_rows(twice: _PaidTwice) -> list[Row]:
    return [
        ("", "paid by insurance", twice.insurers),
        ("+", "paid by you", twice.mine),
        ("−", "to be paid in all by the EOBs", twice.limit),
        ("=", "due back", twice.due_back),
    ]


def _in_the_mail(facts: BillFacts, left_out: _Uncredited) -> Finding:
    title = (
        f"{dollars(left_out.crossing)} paid in the {IN_TRANSIT_DAYS} days before the statement of "
        f"{plain_day(left_out.statement.date)} is not credited on it yet."
    )
    note = "The payment may have crossed the statement in the mail. See whether the next statement credits it."
    return _finding(facts, "info", left_out.crossing, title, note, left_out, None)


def _finding(
    facts: BillFacts,
    level: Level,
    amount: Cents,
    title: str,
    explanation: str,
    left_out: _Uncredited | None,
    twice: _PaidTwice | None,
) -> Finding:
    payments = facts.payments if twice else left_out.payments if left_out else ()
    claims = facts.counted.counted if twice else ()
    statements = (left_out.statement,) if left_out else ()
    paid = sorted((payment.date.isoformat(), payment.amount, payment.kind or "") for payment in payments)
    figures = (left_out.statement.date, left_out.credited) if left_out else ()
    limits = (twice.insurers, twice.limit) if twice else ()
    return Finding(
        check="payment-not-credited",
        level=level,
        bill_id=facts.bill.id,
        claim_ids=tuple(claim.id for claim in claims),
        payment_ids=tuple(sorted(payment.id for payment in payments)),
        amount=amount,
        title=title,
        explanation=explanation,
        ask=_ask(left_out, twice),
        evidence=(
            *(payment_paper(facts, payment) for payment in payments),
            *(statement_paper(facts, statement) for statement in statements),
            *(eob_paper(facts, claim) for claim in claims),
        ),
        statement_ids=tuple(statement.id for statement in statements),
        fingerprint=fingerprint("payment-not-credited", level, tuple(paid), figures, limits),
    )


def _ask(left_out: _Uncredited | None, twice: _PaidTwice | None) -> str:
    if twice:
        both = f"Insurance paid {dollars(twice.insurers)} and I paid {dollars(twice.mine)}"
        return f"{both}, {dollars(twice.due_back)} more than the EOBs allow. When will the refund be sent?"
    day = plain_day(left_out.statement.date if left_out else None)
    crossing = dollars(left_out.crossing if left_out else None)
    return f"{crossing} that I paid is not credited on the statement of {day}. Could you credit it and send a new one?"
