"""The patient's share on an EOB against the terms of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper
from medbills_desktop.checks.policy_years import day_of_care, in_network_claims
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import Row, number_text, sum_lines
from medbills_desktop.domain.claims_counted import stated_column
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Claim, Policy


@dataclass(frozen=True, slots=True)
class _Shared:
    """How one EOB shares out what is allowed, in cents.

    `deductible` is what it states, `left` the most that the policy can still take as deductible, `fixed` the copay.
    """

    claim: Claim
    percent: Decimal
    allowed: int
    deductible: int | None
    left: int | None
    fixed: int
    asked: int

    def share_with(self, deductible: int) -> int:
        """Deductible, coinsurance on the rest, and copay."""
        exact = (self.allowed - deductible) * self.percent / 100
        return deductible + int(exact.to_integral_value(ROUND_HALF_UP)) + self.fixed

    @property
    def taken(self) -> int | None:
        """The deductible that is reckoned with: what is stated, within what is left; else all that is left."""
        known = [value for value in (self.deductible, self.left) if value is not None]
        return min([*known, self.allowed]) if known else None

    @property
    def implied(self) -> Cents | None:
        """The deductible with which the share that is asked would come out, or `None` for one out of range."""
        whole = Decimal(100)
        if self.percent >= whole:
            return None
        exact = (self.asked - self.fixed - self.allowed * self.percent / whole) / (1 - self.percent / whole)
        value = int(exact.to_integral_value(ROUND_HALF_UP))
        return Cents(value) if 0 <= value <= self.allowed else None


@check("cost-share-arithmetic", "question")
def cost_share_arithmetic(facts: BillFacts) -> Iterator[Finding]:
    """Report an EOB that leaves more to pay than the policy's deductible and coinsurance give.

    What is left of the deductible is the policy's less what earlier EOBs of the year took. Silent where the share is
    smaller (a copay, preventive care, a limit reached), for denied, out-of-network and secondary EOBs, within a cent
    for each line, and where coinsurance or, without a stated one, the deductible is not known.
    """
    for claim in facts.counted.counted:
        shared = _shared(facts, claim)
        taken = shared.taken if shared else None
        if shared is None or taken is None:
            continue
        over = shared.asked - shared.share_with(taken)
        if over > max(1, len(facts.claim_lines(claim))):
            yield _share_finding(facts, shared, taken, Cents(over))


def _shared(facts: BillFacts, claim: Claim) -> _Shared | None:
    policy = facts.case.find(Policy, claim.policy_id)
    if policy is None or policy.coinsurance_percent is None or policy.order == "secondary":
        return None
    if claim.network == "out" or claim.status == "denied" or any(row.denied for row in facts.claim_lines(claim)):
        return None
    columns = ("allowed", "patient_responsibility", "deductible", "copay", "coinsurance", "not_covered")
    allowed, share, deductible, copay, coinsurance, outside = (stated_column(facts.case, claim, n) for n in columns)
    if share is None and deductible is not None and coinsurance is not None and copay is not None:
        share = Cents(deductible + coinsurance + copay)
    if allowed is None or allowed <= 0 or share is None or not 0 <= policy.coinsurance_percent <= 100:
        return None
    asked = share - (outside or 0)
    fixed = copay or 0
    if deductible is not None and coinsurance is not None and copay is None:
        asked = min(asked, deductible + coinsurance)
    percent = _mine(policy.coinsurance_percent, allowed, deductible, coinsurance)
    return _Shared(claim, percent, allowed, deductible, _left(facts, policy, claim), fixed, asked)


def _mine(percent: Decimal, allowed: int, deductible: int | None, coinsurance: int | None) -> Decimal:
    """The patient's percentage; a policy that was entered with the plan's (80 for 20) is read by what the EOB does."""
    if percent <= 50 or deductible is None or coinsurance is None:
        return percent
    rest = allowed - deductible
    return 100 - percent if abs(rest * (100 - percent) / 100 - coinsurance) <= 1 else percent


def _left(facts: BillFacts, policy: Policy, claim: Claim) -> int | None:
    """The policy's deductible less what the EOBs before this one took in the same year."""
    day = day_of_care(facts.case, claim)
    if policy.deductible is None or day is None:
        return None
    taken = _deductibles_before(facts, policy, day.year).get(claim.id, 0)
    return max(0, policy.deductible - taken)


def _deductibles_before(facts: BillFacts, policy: Policy, year: int) -> dict[int, int]:
    """For each EOB of the year, what those decided before it state as deductible."""

    def work() -> dict[int, int]:
        found: dict[int, int] = {}
        running = 0
        dated = [one for one in in_network_claims(facts.case, policy, year) if one.claim.date]
        for one in sorted(dated, key=lambda one: (one.claim.date or one.day, one.order)):
            found[one.claim.id] = running
            running += stated_column(facts.case, one.claim, "deductible") or 0
        return found

    return facts.case.once(("deductibles", policy.id, year), work)


def _share_finding(facts: BillFacts, shared: _Shared, taken: int, over: Cents) -> Finding:
    name, rate = eob_name(shared.claim), f"{number_text(shared.percent)}%"
    rows: list[Row] = [
        ("", "allowed", shared.allowed),
        ("−", "deductible" if shared.deductible == taken else "deductible left at most", taken),
        ("=", "to be shared", shared.allowed - taken),
        ("", f"{rate} of that", shared.share_with(taken) - taken - shared.fixed),
        ("+", "deductible", taken),
    ]
    if shared.fixed:
        rows.append(("+", "copay", shared.fixed))
    rows += [
        ("=", "by the policy", shared.share_with(taken)),
        ("", "share on the EOB", shared.asked),
        ("", "more", over),
    ]
    notes = []
    if shared.implied is not None:
        notes.append(f"The share would come out with {dollars(shared.implied)} of the deductible still to be paid.")
    if not shared.fixed:
        notes.append("A copay that the EOB does not show apart would explain a difference too.")
    return Finding(
        check="cost-share-arithmetic",
        level="question",
        bill_id=facts.bill.id,
        claim_ids=(shared.claim.id,),
        amount=over,
        title=f"The {name} leaves you {dollars(shared.asked)} to pay; with {rate} after a deductible of "
        f"{dollars(taken)} it would be {dollars(shared.share_with(taken))}, {dollars(over)} less.",
        explanation="\n".join([sum_lines(rows), *notes]),
        ask=f"How was my share of {dollars(shared.asked)} on the {name} worked out: how much deductible was left, "
        "and which percentage was used?",
        evidence=(
            eob_paper(facts, shared.claim),
            "The plan's summary of benefits and its record of the deductible would settle this.",
        ),
        fingerprint=fingerprint(
            "cost-share-arithmetic",
            shared.claim.number,
            shared.claim.date,
            shared.allowed,
            shared.asked,
            shared.percent,
            taken,
            shared.fixed,
        ),
    )
