"""The three views of a bill side by side, and where they part.

What the provider says is on the statements, what the insurer says on the EOBs, what I say in my payments, marks and
agreements. Nothing is guessed: a figure that no paper states is `None` and is shown as a dash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.claims_counted import CountedClaims, charges_of_lines, counted_claims, summed_column
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents, dollars, total
from medbills_desktop.domain.paid import PaidByStatement, paid_by_statement, paid_in_all
from medbills_desktop.domain.records import Bill, Line, Offer, Payment, Statement

STATEMENT_FIGURES = ("charges", "adjustments", "insurer_paid", "patient_paid", "asked")
_STATED_AS = {"charges": "total_charges", "asked": "balance"}


@dataclass(frozen=True, slots=True)
class LineTotals:
    """Running totals of lines in cents, each the sum of the figures that are known; `None` where none is.

    Lines that the biller removed are in none of them.
    """

    charged: Cents | None
    disputed: Cents | None
    accepted: Cents | None


@dataclass(frozen=True, slots=True)
class ProviderSays:
    """The statements of a bill. Each figure is the one of the latest statement that states it.

    `statement_date` is that of the statement which states `asked` (or of the latest, if none does); `older` names the
    figures that come from an earlier paper. Where no statement gives total charges, `charges` is the sum of the lines
    and `charges_from_lines` says so.
    """

    charges: Cents | None = None
    adjustments: Cents | None = None
    insurer_paid: Cents | None = None
    patient_paid: Cents | None = None
    asked: Cents | None = None
    statement_date: Day | None = None
    older: tuple[str, ...] = ()
    charges_from_lines: bool = False


@dataclass(frozen=True, slots=True)
class InsurerSays:
    """The EOBs of a bill, summed: a column is known only if every EOB that counts states it.

    Which EOBs count is told in `CountedClaims`; `claim_ids` are those, `pending_ids` those not decided yet.
    """

    billed: Cents | None = None
    discount: Cents | None = None
    allowed: Cents | None = None
    plan_paid: Cents | None = None
    other_insurance_paid: Cents | None = None
    not_covered: Cents | None = None
    deductible: Cents | None = None
    copay: Cents | None = None
    coinsurance: Cents | None = None
    your_share: Cents | None = None
    claim_ids: tuple[int, ...] = ()
    pending_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ISay:
    """My own figures. `paid` is all payments less what came back.

    `still_open` is what I hold to be left to pay (below zero: due back to me), and `basis` what it is reckoned from:
    an accepted offer less what I paid since; else my share by the EOBs less what I paid; else, if every line is
    decided, what I accept of them (accepted, or the charge less what is disputed) less what I paid. Without any of
    these it is not known.
    """

    disputed: Cents | None = None
    accepted: Cents | None = None
    paid: Cents | None = None
    still_open: Cents | None = None
    basis: Literal["offer", "share", "lines"] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Where provider and insurer part: asked − (my share − what I had paid), in cents, and the same in a sentence.

    Above zero they ask for more than the EOBs leave me, below zero for less. `None` while a figure is missing.
    """

    amount: Cents | None
    sentence: str


@dataclass(frozen=True, slots=True)
class MoneyViews:
    """The money page of one bill."""

    provider_says: ProviderSays
    insurer_says: InsurerSays
    i_say: ISay
    difference: Difference
    lines: LineTotals


def money_views(case: Case, bill_id: int) -> MoneyViews:
    """The three views of a bill. Raises `KeyError` if the case has no such bill."""
    bill = case.get(Bill, bill_id)
    claims = counted_claims(case, bill)
    insurer = _insurer_says(case, claims)
    lines = line_totals(case.lines(bill_id))
    mine = _i_say(case, bill_id, lines, insurer)
    return MoneyViews(_provider_says(case, bill_id), insurer, mine, _difference(case, bill_id, insurer), lines)


def line_totals(lines: Iterable[Line]) -> LineTotals:
    """Charged, disputed and accepted totals of lines."""
    found = [line for line in lines if line.mark != "removed_by_biller"]
    return LineTotals(
        total([line.charge for line in found]),
        total([line.disputed for line in found]),
        total([line.accepted for line in found]),
    )


def asked_statement(case: Case, bill_id: int) -> Statement | None:
    """The latest statement that states a balance; of two of one day, the one entered last."""
    stating = [statement for statement in case.statements(bill_id) if statement.balance is not None]
    return stating[-1] if stating else None


def asked(case: Case, bill_id: int) -> Cents | None:
    """What the biller asks for now, as lists and the money page show it."""
    statement = asked_statement(case, bill_id)
    return statement.balance if statement else None


def left_by_eobs(share: Cents, paid: PaidByStatement) -> Cents:
    """What the EOBs leave to pay: the share less what the statement had to know as paid, never below zero."""
    return Cents(max(0, share - paid.counted))


def _provider_says(case: Case, bill_id: int) -> ProviderSays:
    statements = case.statements(bill_id)
    figures: dict[str, Cents | None] = dict.fromkeys(STATEMENT_FIGURES)
    days: dict[str, Day] = {}
    for statement in statements:
        for name in STATEMENT_FIGURES:
            value = getattr(statement, _STATED_AS.get(name, name))
            if value is not None:
                figures[name], days[name] = value, statement.date
    day = days.get("asked") or (statements[-1].date if statements else None)
    older = tuple(name for name in STATEMENT_FIGURES if day is not None and name in days and days[name] < day)
    from_lines = figures["charges"] is None
    if from_lines:
        figures["charges"] = charges_of_lines(case.lines(bill_id))
    from_lines = from_lines and figures["charges"] is not None
    return ProviderSays(**figures, statement_date=day, older=older, charges_from_lines=from_lines)


def _insurer_says(case: Case, claims: CountedClaims) -> InsurerSays:
    columns = [name for name in InsurerSays.__dataclass_fields__ if not name.endswith(("_ids", "share"))]
    return InsurerSays(
        **{name: summed_column(case, claims, name) for name in columns},
        your_share=summed_column(case, claims, "patient_responsibility"),
        claim_ids=tuple(claim.id for claim in claims.counted),
        pending_ids=tuple(claim.id for claim in claims.pending),
    )


def _i_say(case: Case, bill_id: int, lines: LineTotals, insurer: InsurerSays) -> ISay:
    payments = case.of(Payment, "bill_id", bill_id)
    paid = paid_in_all(payments)
    agreed = [offer for offer in case.of(Offer, "bill_id", bill_id) if offer.status == "accepted"]
    basis: Literal["offer", "share", "lines"] | None = None
    still: int | None = None
    if agreed:
        offer = max(agreed, key=lambda offer: offer.date)
        basis = "offer"
        still = offer.amount - (paid_in_all(payment for payment in payments if payment.date >= offer.date) or 0)
    elif insurer.your_share is not None and not insurer.pending_ids:
        basis, still = "share", insurer.your_share - (paid or 0)
    else:
        accepted = _accepted_whole(case.lines(bill_id))
        if accepted is not None:
            basis, still = "lines", accepted - (paid or 0)
    return ISay(lines.disputed, lines.accepted, paid, None if still is None else Cents(still), basis)


def _accepted_whole(lines: tuple[Line, ...]) -> int | None:
    """What I accept of all lines together, or `None` while there is no line or one is not decided."""
    parts: list[int] = []
    for line in lines:
        if line.mark == "removed_by_biller" or line.charge == 0:
            parts.append(0)
        elif line.accepted is not None:
            parts.append(line.accepted)
        elif line.disputed is not None and line.charge is not None:
            parts.append(line.charge - line.disputed)
        else:
            return None
    return sum(parts) if parts else None


def _difference(case: Case, bill_id: int, insurer: InsurerSays) -> Difference:
    statement = asked_statement(case, bill_id)
    missing = _missing(statement, insurer)
    if statement is None or statement.balance is None or insurer.your_share is None or missing:
        return Difference(None, missing)
    paid = paid_by_statement(case.of(Payment, "bill_id", bill_id), statement)
    amount = Cents(statement.balance - (insurer.your_share - paid.counted))
    sentences = [_where_they_part(statement.balance, insurer.your_share, paid.counted, amount)]
    if paid.in_transit:
        sentences.append(f"{dollars(paid.in_transit)} paid just before the statement may not be on it yet.")
    if paid.later:
        sentences.append(f"{dollars(paid.later)} was paid after the statement.")
    return Difference(amount, " ".join(sentences))


def _missing(statement: Statement | None, insurer: InsurerSays) -> str:
    if statement is None:
        return "No statement with a balance is entered yet."
    if insurer.pending_ids:
        return "The insurer has not decided every claim yet, so there is nothing to compare."
    if not insurer.claim_ids:
        return "No EOB is entered for this bill yet, so there is nothing to compare."
    if insurer.your_share is None:
        return "The EOBs don't state your share, so there is nothing to compare."
    return ""


def _where_they_part(balance: Cents, share: Cents, paid: Cents, amount: Cents) -> str:
    left = share - paid
    if left < 0:
        over = f"By the EOBs you have paid {dollars(-left)} more than your share"
        return f"{over}, and the biller asks for {dollars(balance)}." if balance else f"{over}."
    also = " and what you paid" if paid > 0 else " and the money that came to you" if paid < 0 else ""
    if amount == 0:
        return f"The biller asks for {dollars(balance)}, which is what the EOBs{also} leave you to pay."
    side = "more" if amount > 0 else "less"
    return (
        f"The biller asks for {dollars(balance)}, the EOBs{also} leave you {dollars(left)} to pay: "
        f"{dollars(abs(amount))} {side} is asked."
    )
