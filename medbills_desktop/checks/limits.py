"""The patient's shares of a year against the out-of-pocket limit of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, sum_lines
from medbills_desktop.domain.claims_counted import stated_column
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Bill, Claim, ClaimLine, Policy, Visit

_PARTS = ("deductible", "copay", "coinsurance")


@dataclass(frozen=True, slots=True)
class _Share:
    """One EOB's part of the year: the day of care (or of the EOB) and what counts toward the limit."""

    claim: Claim
    day: date
    amount: Cents

    @property
    def order(self) -> tuple[date, date, str, int]:
        return self.day, self.claim.date or self.day, self.claim.number or "", self.amount


@check("out-of-pocket-exceeded", "strong")
def out_of_pocket_exceeded(facts: BillFacts) -> Iterator[Finding]:
    """Report a bill whose EOBs take the patient's shares of the year above the limit of the policy.

    The year is the calendar year of care. What counts are deductible, copay and coinsurance where all are stated, else
    the share less what is not covered. Out-of-network, pending, denied and withdrawn EOBs don't count. The amount is
    the part of the excess that this bill's EOBs bring, taking the EOBs in the order of care.
    """
    mine = {claim.id for claim in facts.counted.counted}
    for policy in facts.policies:
        if policy.out_of_pocket_limit is None or not mine:
            continue
        shares = sorted(_shares(facts, policy), key=lambda share: share.order)
        for year in sorted({share.day.year for share in shares}):
            of_year = [share for share in shares if share.day.year == year]
            if any(share.claim.id in mine for share in of_year):
                yield from _of_year(facts, policy.out_of_pocket_limit, year, of_year, mine)


def _of_year(facts: BillFacts, limit: Cents, year: int, shares: list[_Share], mine: set[int]) -> Iterator[Finding]:
    running = excess = 0
    used: list[_Share] = []
    counted: list[_Share] = []
    for share in shares:
        before, running = running, running + share.amount
        used.append(share)
        if share.claim.id in mine and running > max(limit, before):
            excess += running - max(limit, before)
            counted = list(used)
    if excess > 0:
        yield _finding(facts, limit, year, counted, Cents(excess))


def _shares(facts: BillFacts, policy: Policy) -> Iterator[_Share]:
    every = facts.case.of(Claim, "policy_id", policy.id)
    for claim in every:
        if claim.network == "out" or claim.status in ("pending", "denied", "reversed") or _replaced(claim, every):
            continue
        amount, day = _counts(facts, claim), _day_of_care(facts, claim)
        if amount is not None and day is not None and _in_force(policy, day):
            yield _Share(claim, day, amount)


def _replaced(claim: Claim, every: tuple[Claim, ...]) -> bool:
    later = (other for other in every if claim.number and other.number == claim.number and claim.date and other.date)
    return any(other.date > claim.date for other in later if other.date and claim.date)


def _in_force(policy: Policy, day: date) -> bool:
    return not (policy.effective and day < policy.effective) and not (policy.terminated and day > policy.terminated)


def _counts(facts: BillFacts, claim: Claim) -> Cents | None:
    parts = [stated_column(facts.case, claim, name) for name in _PARTS]
    known = [part for part in parts if part is not None]
    if len(known) == len(parts):
        return Cents(sum(known))
    share = stated_column(facts.case, claim, "patient_responsibility")
    outside = stated_column(facts.case, claim, "not_covered") or 0
    return None if share is None else Cents(max(0, share - outside))


def _day_of_care(facts: BillFacts, claim: Claim) -> date | None:
    """The first day on the EOB's lines, else that of the visit of its bill, else the day of the EOB.

    It is the same whichever bill is looked at, so that two bills never both bring the same part of an excess.
    """
    days = [line.date.day for line in facts.case.of(ClaimLine, "claim_id", claim.id) if line.date]
    if days:
        return min(days)
    bill = facts.case.find(Bill, claim.bill_id)
    visit = facts.case.find(Visit, bill.visit_id) if bill else None
    return visit.start.day if visit and visit.start else claim.date


def _finding(facts: BillFacts, limit: Cents, year: int, counted: list[_Share], excess: Cents) -> Finding:
    rows: list[Row] = [
        ("+" if at else "", f"your share by the {eob_name(share.claim)}", share.amount)
        for at, share in enumerate(counted)
    ]
    together = Cents(sum(share.amount for share in counted))
    rows += [("=", f"your shares of {year}", together), ("", "limit of the policy", limit), ("", "above it", excess)]
    claims = tuple(share.claim for share in counted)
    amounts = sorted((share.day.isoformat(), share.amount) for share in counted)
    return Finding(
        check="out-of-pocket-exceeded",
        level="strong",
        bill_id=facts.bill.id,
        claim_ids=tuple(claim.id for claim in claims),
        amount=excess,
        title=f"Your shares of {year} come to {dollars(together)}; "
        f"this bill takes them {dollars(excess)} above the yearly limit of {dollars(limit)}.",
        explanation=sum_lines(rows),
        ask=f"How much of my out-of-pocket limit of {dollars(limit)} for {year} was used before this claim? "
        "Could you process it again if the limit was reached?",
        evidence=(
            *(eob_paper(facts, claim) for claim in claims),
            "The plan's own record of the year's out-of-pocket amounts would settle this.",
        ),
        fingerprint=fingerprint("out-of-pocket-exceeded", limit, year, tuple(amounts)),
    )
