"""The EOBs of one policy through the years, each with its day of care, worked out once for a whole case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Bill, Claim, ClaimLine, Policy, Visit


@dataclass(frozen=True, slots=True)
class DatedClaim:
    """An EOB and the day of the care it speaks of, or of the EOB itself where that is not known."""

    claim: Claim
    day: date

    @property
    def order(self) -> tuple[date, date, str, int]:
        return self.day, self.claim.date or self.day, self.claim.number or "", self.claim.id


def in_network_claims(case: Case, policy: Policy, year: int) -> tuple[DatedClaim, ...]:
    """The EOBs of a policy whose care was in that calendar year and while it was in force, in the order of care.

    Out-of-network, pending, denied, reversed and replaced ones are left out, and those of a bill of somebody else: the
    limits of a policy are those of its person.
    """
    return case.once(("years", policy.id), lambda: _by_year(case, policy)).get(year, ())


def years_of(case: Case, policy: Policy) -> tuple[int, ...]:
    """The years for which there are such EOBs."""
    return tuple(sorted(case.once(("years", policy.id), lambda: _by_year(case, policy))))


def _by_year(case: Case, policy: Policy) -> dict[int, tuple[DatedClaim, ...]]:
    every = case.of(Claim, "policy_id", policy.id)
    newest: dict[str, date] = {}
    for claim in every:
        if claim.number and claim.date:
            newest[claim.number] = max(claim.date, newest.get(claim.number, claim.date))
    found: dict[int, list[DatedClaim]] = {}
    for claim in every:
        replaced = claim.number and claim.date and claim.date < newest[claim.number]
        if claim.network == "out" or claim.status in ("pending", "denied", "reversed") or replaced:
            continue
        bill = case.find(Bill, claim.bill_id)
        if bill is not None and bill.person_id != policy.person_id:
            continue
        day = day_of_care(case, claim)
        if day is not None and _in_force(policy, day):
            found.setdefault(day.year, []).append(DatedClaim(claim, day))
    return {year: tuple(sorted(claims, key=lambda one: one.order)) for year, claims in found.items()}


def _in_force(policy: Policy, day: date) -> bool:
    return not (policy.effective and day < policy.effective) and not (policy.terminated and day > policy.terminated)


def day_of_care(case: Case, claim: Claim) -> date | None:
    """The first day on the EOB's lines, else that of the visit of its bill, else the day of the EOB.

    It is the same whichever bill is looked at, so that two bills never both bring the same part of an excess.
    """
    days = [line.date.day for line in case.of(ClaimLine, "claim_id", claim.id) if line.date]
    if days:
        return min(days)
    bill = case.find(Bill, claim.bill_id)
    visit = case.find(Visit, bill.visit_id) if bill else None
    return visit.start.day if visit and visit.start else claim.date
