"""How the balance went from one statement to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import payment_paper, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, sum_lines
from medbills_desktop.domain.claims_counted import summed_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import left_by_eobs
from medbills_desktop.domain.paid import IN_TRANSIT_DAYS, came_back, paid_by_statement
from medbills_desktop.domain.records import Payment, Statement


@dataclass(frozen=True, slots=True)
class _Move:
    """Two statements, what happened between them (each with the sign with which it moves the balance), in cents."""

    before: Statement
    after: Statement
    steps: tuple[tuple[str, int], ...]
    payments: tuple[Payment, ...]

    @property
    def start(self) -> Cents:
        return self.before.balance or Cents(0)

    @property
    def asked(self) -> Cents:
        return self.after.balance or Cents(0)

    @property
    def expected(self) -> Cents:
        return Cents(self.start + sum(amount for _, amount in self.steps))

    @property
    def over(self) -> Cents:
        return Cents(self.asked - self.expected)


@check("balance-moved", "strong")
def balance_moved(facts: BillFacts) -> Iterator[Finding]:
    """Report a balance above the one of the statement before and all that moved it: charges, adjustments, payments.

    Figures count where both statements state them, my own payments where they don't state those, new lines where they
    state no total. Silent where the later statement adds up by its own figures, asks for what the EOBs leave, comes
    after one that waited for the insurer, or where a later one has come back to what was to be expected.
    """
    stating = [statement for statement in facts.statements if statement.balance is not None]
    for before, after in pairwise(stating):
        if before.date == after.date or (after.balance or 0) <= 0 or _same_paper(before, after):
            continue
        move = max((_by_figures(facts, before, after), _by_payments(facts, before, after)), key=lambda m: m.expected)
        later = [one for one in stating if one.date > after.date]
        came_down = any((one.balance or 0) <= move.expected for one in later)
        if move.over > 0 and not came_down and not _explained(facts, before, after):
            yield _finding(facts, move)


def _same_paper(before: Statement, after: Statement) -> bool:
    return bool(before.number) and before.number == after.number


def _explained(facts: BillFacts, before: Statement, after: Statement) -> bool:
    balance = after.balance or Cents(0)
    stated = [getattr(after, name) for name in ("total_charges", "adjustments", "insurer_paid", "patient_paid")]
    if None not in stated:
        own = stated[0] - sum(abs(credit) for credit in stated[1:])
        if balance in (own, own + (before.balance or 0), stated[0] - sum(stated[1:])):
            return True
    share = summed_column(facts.case, facts.counted, "patient_responsibility")
    if share is not None and balance <= left_by_eobs(share, paid_by_statement(facts.payments, after)):
        return True
    return _waited_for_insurer(facts, before)


def _waited_for_insurer(facts: BillFacts, before: Statement) -> bool:
    """Whether nothing was asked then for no reason that the papers give: the insurer had not decided yet."""
    insured = bool(facts.policies) and not (facts.visit and facts.visit.self_pay)
    credited = any((before.adjustments, before.insurer_paid, before.patient_paid))
    paid = any(payment.date <= before.date for payment in facts.payments)
    settled = any(offer.status == "accepted" and offer.date <= before.date for offer in facts.offers)
    return (before.balance or 0) <= 0 and insured and not (credited or paid or settled)


def _charges_and_credits(facts: BillFacts, before: Statement, after: Statement) -> list[tuple[str, int]]:
    steps: list[tuple[str, int]] = []
    if before.total_charges is not None and after.total_charges is not None:
        steps.append(("charges added", after.total_charges - before.total_charges))
    else:
        new = [line.charge or 0 for line in facts.lines if line.date and before.date < line.date.day <= after.date]
        steps.append(("charges of new lines", sum(new)))
    for name, words in (("adjustments", "adjustments"), ("insurer_paid", "paid by the insurer")):
        steps += _credited(before, after, name, words)
    return steps


def _credited(before: Statement, after: Statement, name: str, words: str) -> list[tuple[str, int]]:
    first, second = getattr(before, name), getattr(after, name)
    return [] if first is None or second is None else [(words, abs(first) - abs(second))]


def _by_figures(facts: BillFacts, before: Statement, after: Statement) -> _Move:
    """What the statements credit me with, where both say it; else my own payments."""
    if before.patient_paid is None or after.patient_paid is None:
        return _by_payments(facts, before, after)
    steps = _charges_and_credits(facts, before, after) + _credited(before, after, "patient_paid", "paid by you")
    return _Move(before, after, tuple(step for step in steps if step[1]), ())


def _by_payments(facts: BillFacts, before: Statement, after: Statement) -> _Move:
    """My payments between the statements, apart from those that may have crossed the later one in the mail."""
    steps = _charges_and_credits(facts, before, after)
    counted: list[Payment] = []
    paid = back = 0
    for payment in facts.payments:
        if not before.date < payment.date <= after.date or payment.kind == "reimbursement":
            continue
        if came_back(payment):
            back += abs(payment.amount)
            counted.append(payment)
        elif (after.date - payment.date).days > IN_TRANSIT_DAYS:
            paid += payment.amount
            counted.append(payment)
    steps += [("refunded to you", back), ("paid by you", -paid)]
    return _Move(before, after, tuple(step for step in steps if step[1]), tuple(counted))


def _finding(facts: BillFacts, move: _Move) -> Finding:
    first, second = plain_day(move.before.date), plain_day(move.after.date)
    rows: list[Row] = [("", f"balance on {first}", move.start)]
    rows += [("+" if amount > 0 else "−", words, abs(amount)) for words, amount in move.steps]
    rows += [
        ("=", "to be expected", move.expected),
        ("", f"balance on {second}", move.asked),
        ("", "more than that", move.over),
    ]
    asks = f"The statement of {second} asks for {dollars(move.asked)}"
    if move.steps:
        title = (
            f"{asks}; by the one of {first} and what the papers show since then it would be {dollars(move.expected)}, "
            f"{dollars(move.over)} less."
        )
    else:
        title = (
            f"{asks}, {dollars(move.over)} more than the one of {first}, and the papers show no charge, payment or "
            "adjustment in between."
        )
    papers = [statement_paper(facts, one) for one in (move.before, move.after)]
    return Finding(
        check="balance-moved",
        level="strong",
        bill_id=facts.bill.id,
        payment_ids=tuple(sorted(payment.id for payment in move.payments)),
        amount=move.over,
        title=title,
        explanation=sum_lines(rows),
        ask=f"{_why(move, first, second)} "
        "Could you send the history of the account, with every charge, payment and adjustment?",
        evidence=(*papers, *(payment_paper(facts, payment) for payment in move.payments)),
        statement_ids=(move.before.id, move.after.id),
        fingerprint=fingerprint(
            "balance-moved", move.before.date, move.start, move.after.date, move.asked, move.expected
        ),
    )


def _why(move: _Move, first: str, second: str) -> str:
    if move.start == move.asked:
        return f"Why is the balance still {dollars(move.asked)} on {second}, as it was on {first}?"
    return f"Why did the balance go from {dollars(move.start)} on {first} to {dollars(move.asked)} on {second}?"
