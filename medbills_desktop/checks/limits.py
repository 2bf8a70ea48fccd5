"""The patient's shares of a year against the out-of-pocket limit of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper
from medbills_desktop.checks.policy_years import in_network_claims, years_of
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, count, sum_lines
from medbills_desktop.domain.claims_counted import stated_column
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Claim, Policy

_MOST_SHOWN = 12
"""EOBs that one finding lists; what those before them come to is one row."""

_PARTS = ("deductible", "copay", "coinsurance")


@dataclass(frozen=True, slots=True)
class _Share:
    """One EOB's part of the year: what counts toward the limit, what had counted before it, its place in the year."""

    claim: Claim
    day: date
    amount: Cents
    before: int
    place: int

    def above(self, limit: int) -> int:
        """The part of it that lies above the limit."""
        return max(0, self.before + self.amount - max(limit, self.before))


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
        above = _above(facts, policy, policy.out_of_pocket_limit)
        for year in sorted({above[claim_id].day.year for claim_id in mine & above.keys()}):
            own = [above[id] for id in mine & above.keys() if above[id].day.year == year]  # noqa: A001
            excess = Cents(sum(share.above(policy.out_of_pocket_limit) for share in own))
            last = max(share.place for share in own)
            counted = _shares(facts, policy, year)[max(0, last + 1 - _MOST_SHOWN) : last + 1]
            yield _finding(facts, policy.out_of_pocket_limit, year, counted, excess)


def _above(facts: BillFacts, policy: Policy, limit: Cents) -> dict[int, _Share]:
    """The shares of all years that lie wholly or partly above the limit, by the id of the EOB."""

    def work() -> dict[int, _Share]:
        years = years_of(facts.case, policy)
        shares = (share for year in years for share in _shares(facts, policy, year))
        return {share.claim.id: share for share in shares if share.above(limit)}

    return facts.case.once(("above the limit", policy.id), work)


def _shares(facts: BillFacts, policy: Policy, year: int) -> list[_Share]:
    def work() -> list[_Share]:
        found: list[_Share] = []
        running = 0
        for one in in_network_claims(facts.case, policy, year):
            amount = _counts(facts, one.claim)
            if amount is not None:
                found.append(_Share(one.claim, one.day, amount, running, len(found)))
                running += amount
        return found

    return facts.case.once(("shares", policy.id, year), work)


def _counts(facts: BillFacts, claim: Claim) -> Cents | None:
    parts = [stated_column(facts.case, claim, name) for name in _PARTS]
    known = [part for part in parts if part is not None]
    if len(known) == len(parts):
        return Cents(sum(known))
    share = stated_column(facts.case, claim, "patient_responsibility")
    outside = stated_column(facts.case, claim, "not_covered") or 0
    return None if share is None else Cents(max(0, share - outside))


def _finding(facts: BillFacts, limit: Cents, year: int, counted: list[_Share], excess: Cents) -> Finding:
    first = counted[0]
    rows: list[Row] = []
    if first.place:
        rows.append(("", f"your shares by {count(first.place, 'EOB', 'EOBs')} before", first.before))
    for share in counted:
        rows.append(("+" if rows else "", f"your share by the {eob_name(share.claim)}", share.amount))
    together = Cents(counted[-1].before + counted[-1].amount)
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
        fingerprint=fingerprint("out-of-pocket-exceeded", limit, year, first.before, tuple(amounts)),
    )
