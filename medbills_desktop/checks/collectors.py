"""Notices of collectors: what they show, what they ask for, and what has to come before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import payment_paper, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.sources import source
from medbills_desktop.checks.wording import Row, sentence, sum_lines
from medbills_desktop.domain.claims_counted import summed_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import left_by_eobs
from medbills_desktop.domain.paid import IN_TRANSIT_DAYS, came_back, paid_by_statement, paid_in_all
from medbills_desktop.domain.records import Collection, Offer, Organization, Payment, Statement

DISPUTE_DAYS = 30
"""Days from receipt in which a written dispute stops collection until the debt is shown (12 CFR 1006.34(b)(5))."""

ITEMIZED_SINCE = date(2021, 11, 30)
"""From this day a notice has to show the itemization date (12 CFR 1006.34(c))."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """One notice, with what speaks against its amount: the balance to be expected, where that is known."""

    placement: Collection
    day: date | None
    expected: Cents | None
    reason: str
    rows: tuple[Row, ...]
    missing: tuple[str, ...]
    statement: Statement | None
    payments: tuple[Payment, ...]

    @property
    def amount(self) -> Cents | None:
        asked = self.placement.amount
        if asked is None or self.expected is None or asked == self.expected:
            return None
        return Cents(abs(asked - self.expected))


@check("collector-notice", "strong")
def collector_notice(facts: BillFacts) -> Iterator[Finding]:
    """Report a collector's notice that asks for another amount than is open, or from which points are missing.

    What is open is nothing after a settlement that was paid, else the last balance before the notice less what was paid
    since; where the notice asks for that, what the EOBs leave. The finding tells the thirty days for a written dispute.
    Missing is what was not entered of the notice. Silent where the notice is whole and its amount is the one open.
    """
    for placement in facts.collections:
        notice = _read(facts, placement)
        if notice.amount or notice.missing:
            yield _finding(facts, notice)


def _read(facts: BillFacts, placement: Collection) -> _Notice:
    day = placement.notice_date or placement.notice_received
    statement = _last_balance(facts, day)
    expected, reason, rows, payments = _open_amount(facts, placement, day, statement)
    return _Notice(placement, day, expected, reason, rows, _missing(placement, day), statement, payments)


def _last_balance(facts: BillFacts, day: date | None) -> Statement | None:
    stating = [one for one in facts.statements if one.balance is not None and (day is None or one.date <= day)]
    return stating[-1] if stating else None


Open = tuple[Cents | None, str, tuple[Row, ...], tuple[Payment, ...]]


def _open_amount(facts: BillFacts, placement: Collection, day: date | None, statement: Statement | None) -> Open:
    """What is open by the papers, why, the sum that shows it, and the payments in it."""
    settled = _settled(facts, day)
    if settled:
        offer, payments = settled
        rows: tuple[Row, ...] = (
            ("", f"settlement of {plain_day(offer.date)}", offer.amount),
            ("−", "paid on it", paid_in_all(payments) or Cents(0)),
            ("=", "open", Cents(0)),
        )
        return Cents(0), "the account was settled", rows, payments
    if statement is None or statement.balance is None:
        return None, "", (), ()
    since = tuple(one for one in facts.payments if one.date > statement.date and (day is None or one.date <= day))
    since = tuple(one for one in since if one.kind != "reimbursement")
    crossing = sum(
        one.amount for one in since if not came_back(one) and day and (day - one.date).days <= IN_TRANSIT_DAYS
    )
    every = paid_in_all(since) or Cents(0)
    paid = Cents(every - crossing)
    expected = Cents(max(0, statement.balance - paid))
    rows = (("", f"balance on the statement of {plain_day(statement.date)}", statement.balance),)
    if paid:
        rows += (("−", "paid since", paid), ("=", "open", expected))
    if placement.amount in (expected, max(0, statement.balance - every)):
        return _by_eobs(facts, statement, placement) or (placement.amount, "", rows, since)
    return expected, "by the last balance", rows, since


def _by_eobs(facts: BillFacts, statement: Statement, placement: Collection) -> Open | None:
    """What the EOBs leave, where the notice asks for more than that."""
    share = summed_column(facts.case, facts.counted, "patient_responsibility")
    if share is None or facts.counted.pending or placement.amount is None:
        return None
    paid = paid_by_statement(facts.payments, statement)
    left = Cents(max(0, left_by_eobs(share, paid) - paid.in_transit - paid.later))
    if placement.amount <= left:
        return None
    rows: tuple[Row, ...] = (("", "your share by the EOBs", share),)
    mine = Cents(paid.counted + paid.in_transit + paid.later)
    if mine:
        rows += (("−", "paid by you", mine),)
    return left, "by the EOBs", (*rows, ("=", "open", left)), paid.payments


def _settled(facts: BillFacts, day: date | None) -> tuple[Offer, tuple[Payment, ...]] | None:
    """The accepted offer that was paid in full before the notice, with its payments."""
    for offer in facts.offers:
        if offer.status != "accepted" or (day is not None and offer.date > day):
            continue
        paid = tuple(
            one
            for one in facts.payments
            if one.kind != "reimbursement" and one.date >= offer.date and (day is None or one.date <= day)
        )
        if any(not came_back(one) for one in paid) and (paid_in_all(paid) or 0) >= offer.amount:
            return offer, paid
    return None


def _missing(placement: Collection, day: date | None) -> tuple[str, ...]:
    points: list[tuple[object, str]] = [
        (placement.amount, "the amount"),
        (placement.original_creditor, "the creditor it is owed to"),
        (placement.reference, "the account or reference number"),
    ]
    if day is not None and day >= ITEMIZED_SINCE:
        points.append((placement.itemization_date, "the itemization date"))
    return tuple(words for value, words in points if value in (None, ""))


def _finding(facts: BillFacts, notice: _Notice) -> Finding:
    placement, over = notice.placement, notice.amount
    collector = facts.case.find(Organization, placement.collector_id)
    name = collector.name if collector else "the collector"
    clock = _clock(facts, placement)
    claims = facts.counted.counted if notice.reason == "by the EOBs" else ()
    return Finding(
        check="collector-notice",
        level="strong",
        bill_id=facts.bill.id,
        claim_ids=tuple(claim.id for claim in claims),
        payment_ids=tuple(payment.id for payment in notice.payments) if over else (),
        amount=over,
        title=_title(notice, name),
        explanation="\n".join(_explained(notice, clock)),
        ask=_ask(notice, placement),
        evidence=_evidence(facts, notice),
        statement_ids=() if notice.statement is None else (notice.statement.id,),
        fingerprint=fingerprint(
            "collector-notice", placement.reference, notice.day, placement.amount, notice.expected, notice.missing
        ),
    )


def _title(notice: _Notice, name: str) -> str:
    asked, over = notice.placement.amount, notice.amount
    if over is None:
        return f"The notice of {name} does not show, as entered here, {_listed(notice.missing)}."
    if notice.reason == "the account was settled":
        return f"{name} asks for {dollars(asked)} on an account that was settled and paid."
    side = "more" if (asked or 0) > (notice.expected or 0) else "less"
    return (
        f"{name} asks for {dollars(asked)}; {notice.reason} {dollars(notice.expected)} is open, {dollars(over)} {side}."
    )


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _clock(facts: BillFacts, placement: Collection) -> str:
    if placement.disputed_on is not None:
        return f"You disputed the debt on {plain_day(placement.disputed_on)}."
    if placement.notice_received is None:
        return "A written dispute counts most within the thirty days after the notice came; it prints the last day."
    last = placement.notice_received + timedelta(days=DISPUTE_DAYS)
    if facts.today > last:
        return f"The {DISPUTE_DAYS} days for a written dispute ended on {plain_day(last)}; a dispute can still be sent."
    return (
        f"The notice came on {plain_day(placement.notice_received)}. A written dispute until {plain_day(last)} stops "
        "collection until the collector has shown the debt; if the notice prints a later day, that one counts."
    )


def _explained(notice: _Notice, clock: str) -> list[str]:
    parts: list[str] = []
    if notice.amount:
        rows = [*notice.rows, ("", "asked by the collector", notice.placement.amount or Cents(0))]
        parts.append(sum_lines([*rows, ("", "difference", notice.amount)]))
    if notice.missing:
        which = "it" if len(notice.missing) == 1 else "them"
        parts.append(f"Not entered from the notice: {_listed(notice.missing)}. A notice has to show {which}.")
    return [*parts, clock, source("15 USC 1692g and 12 CFR 1006.34")]


def _ask(notice: _Notice, placement: Collection) -> str:
    what = f"how the {dollars(placement.amount)} is made up" if placement.amount is not None else "how much is asked"
    points = f", and {_listed(notice.missing)}" if notice.missing and placement.amount is not None else ""
    if notice.reason == "the account was settled" and notice.amount:
        return f"The account was settled and paid. I dispute the debt: could you show in writing {what}{points}?"
    if notice.amount:
        more = (notice.placement.amount or 0) > (notice.expected or 0)
        known = f"{sentence(notice.reason)}, {dollars(notice.expected)} is open."
        return f"{known} {'I dispute the rest: could' if more else 'Could'} you show in writing {what}{points}?"
    return f"Could you show in writing {what}{points}? Until then I dispute the debt."


def _evidence(facts: BillFacts, notice: _Notice) -> tuple[str, ...]:
    papers = facts.papers("collection", notice.placement.id, notice.placement.document_id)
    held = f"attached: “{papers[0].shown_title}”" if papers else "it is not attached yet"
    found = [f"The collector's notice would settle this; {held}."]
    if notice.statement is not None:
        found.append(statement_paper(facts, notice.statement))
    if notice.amount:
        found += [payment_paper(facts, payment) for payment in notice.payments]
    return tuple(found)
