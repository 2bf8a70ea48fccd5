"""The balance that is asked for, against what the EOBs leave the patient to pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper, payment_paper, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, sentence, sum_lines
from medbills_desktop.domain.claims_counted import charges_of_lines, covers_whole_bill, stated_column, summed_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import asked_statement, left_by_eobs
from medbills_desktop.domain.paid import IN_TRANSIT_DAYS, PaidByStatement, paid_by_statement
from medbills_desktop.domain.records import Claim, Statement


@dataclass(frozen=True, slots=True)
class _Compared:
    """The figures that are compared, in cents: what is asked, my share, what I had paid, what is left of the share."""

    statement: Statement
    asked: Cents
    share: Cents
    paid: PaidByStatement
    left: Cents
    claims: tuple[Claim, ...]

    @property
    def over(self) -> Cents:
        return Cents(self.asked - self.left)


@check("balance-above-eob", "fact", "strong")
def balance_above_eob(facts: BillFacts) -> Iterator[Finding]:
    """Report a balance above the patient's share on the EOBs less what the patient had paid.

    The balance is the latest stated. What I paid counts once, whether or not the statement credits it; payments of the
    ten days before the statement count only if it credits them, later ones not at all. A fact where one EOB covers
    exactly the charges of the bill, else a strong question. Silent while a claim is pending or an EOB that counts
    doesn't state the share.
    """
    statement = asked_statement(facts.case, facts.bill.id)
    share = summed_column(facts.case, facts.counted, "patient_responsibility")
    if statement is None or statement.balance is None or share is None or facts.counted.pending:
        return
    paid = paid_by_statement(facts.payments, statement)
    claims = facts.counted.counted
    compared = _Compared(statement, statement.balance, share, paid, left_by_eobs(share, paid), claims)
    if compared.over > 0:
        yield _finding(facts, compared)


def _finding(facts: BillFacts, compared: _Compared) -> Finding:
    whole = len(compared.claims) == 1 and covers_whole_bill(facts.case, compared.claims[0], facts.bill.id)
    day = plain_day(compared.statement.date)
    joined = ", but" if whole else ";"
    papers = [statement_paper(facts, compared.statement), *(eob_paper(facts, claim) for claim in compared.claims)]
    return Finding(
        check="balance-above-eob",
        level="fact" if whole else "strong",
        bill_id=facts.bill.id,
        claim_ids=tuple(claim.id for claim in compared.claims),
        payment_ids=tuple(payment.id for payment in compared.paid.payments),
        amount=compared.over,
        title=f"The statement of {day} asks for {dollars(compared.asked)}{joined} by {_sources(compared, 'you')}, "
        f"{dollars(compared.left)} is left for you to pay, {dollars(compared.over)} less.",
        explanation="\n".join([sum_lines(_rows(facts, compared)), *_notes(facts, compared)]),
        ask=_ask(compared),
        evidence=(*papers, *(payment_paper(facts, payment) for payment in compared.paid.payments)),
        statement_ids=(compared.statement.id,),
        fingerprint=_fingerprint(facts, compared),
    )


def _rows(facts: BillFacts, compared: _Compared) -> list[Row]:
    sharing = facts.counted.counting_for("patient_responsibility")
    rows: list[Row] = []
    for claim in sharing:
        share = stated_column(facts.case, claim, "patient_responsibility")
        rows.append(("+" if rows else "", f"your share by the {eob_name(claim)}", share or Cents(0)))
    paid = compared.paid.counted
    if paid < 0:
        rows.append(("+", "money that came to you", -paid))
    elif paid:
        rows.append(("−", "paid by you before the statement", paid))
    return [
        *rows,
        ("=", "left for you to pay", compared.left),
        ("", f"balance on the statement of {plain_day(compared.statement.date)}", compared.asked),
        ("", "difference", compared.over),
    ]


def _notes(facts: BillFacts, compared: _Compared) -> list[str]:
    """What may account for the difference, a sentence each."""
    notes: list[str] = []
    billed = summed_column(facts.case, facts.counted, "billed")
    charges = compared.statement.total_charges
    if charges is None:
        charges = charges_of_lines(facts.lines)
    if billed is not None and charges is not None and billed < charges:
        notes.append(
            f"The EOBs are for {dollars(billed)} of the {dollars(charges)} charged; "
            f"the other {dollars(charges - billed)} may stand on a claim that is not entered here."
        )
    if facts.counted.second:
        notes.append("Two insurers processed these charges; your share is the one on the second insurer's EOB.")
    if compared.share < compared.paid.counted:
        notes.append("You have paid more than your share, so nothing is left of it.")
    if any(claim.network == "out" for claim in compared.claims):
        notes.append("The claim was processed as out of network; ask the insurer which rules limit what may be asked.")
    if _sent_before_eob(compared):
        notes.append("The statement is older than the EOB, so a newer statement may ask for less.")
    if compared.paid.in_transit:
        crossing = dollars(compared.paid.in_transit)
        notes.append(f"{crossing} paid in the {IN_TRANSIT_DAYS} days before the statement is not counted here.")
    if compared.paid.later:
        notes.append(f"{dollars(compared.paid.later)} paid after the statement is not counted here.")
    return notes


def _sent_before_eob(compared: _Compared) -> bool:
    return any(claim.date is not None and claim.date > compared.statement.date for claim in compared.claims)


def _sources(compared: _Compared, who: str) -> str:
    """What the amount left is worked out from: `the EOB for claim 7 and the $20.00 you paid`."""
    eobs = f"the {eob_name(compared.claims[0])}" if len(compared.claims) == 1 else "the EOBs"
    paid = compared.paid.counted
    if paid < 0:
        return f"{eobs} and the {dollars(-paid)} that came to {'me' if who == 'I' else who}"
    return f"{eobs} and the {dollars(paid)} {who} paid" if paid else eobs


def _ask(compared: _Compared) -> str:
    left, over = dollars(compared.left), dollars(compared.over)
    worked = f"by {_sources(compared, 'I')}, {left} is left for me to pay"
    if _sent_before_eob(compared):
        return f"The insurer has decided since your statement: {worked}. Could you send a new statement?"
    return f"{sentence(worked)}. Could you adjust the balance to that, or tell me what the other {over} is for?"


def _fingerprint(facts: BillFacts, compared: _Compared) -> str:
    shares = [
        (claim.number or "", str(claim.date or ""), stated_column(facts.case, claim, "patient_responsibility") or 0)
        for claim in compared.claims
    ]
    of_statement = (compared.statement.date, compared.asked)
    return fingerprint("balance-above-eob", *of_statement, compared.paid.counted, tuple(sorted(shares)))
