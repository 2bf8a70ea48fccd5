"""Which EOBs of a bill speak now, and what they come to together: asked alike by the money page and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Claim, ClaimLine, Line, Policy

_OF_THE_FIRST_INSURER = ("billed", "discount", "allowed")
_OF_EVERY_INSURER = ("plan_paid",)


@dataclass(frozen=True, slots=True)
class CountedClaims:
    """The EOBs of one bill, sorted by whether their figures count.

    `counted` are summed. `pending` are not decided yet. `withdrawn` were reversed, replaced by a later EOB with the
    same number, or denied before another EOB decided the same charges. `second` are those of `counted` that come from a
    secondary policy which processed the same charges after the first: the patient's share is theirs alone.
    """

    counted: tuple[Claim, ...] = ()
    pending: tuple[Claim, ...] = ()
    withdrawn: tuple[Claim, ...] = ()
    second: tuple[Claim, ...] = ()

    def counting_for(self, column: str) -> tuple[Claim, ...]:
        """The EOBs whose figures make up one column: all of them, unless two insurers processed the same charges."""
        if not self.second or column in _OF_EVERY_INSURER:
            return self.counted
        if column in _OF_THE_FIRST_INSURER:
            return tuple(claim for claim in self.counted if claim not in self.second)
        return self.second


def stated_column(case: Case, claim: Claim, column: str) -> Cents | None:
    """One money column of an EOB: its total, else the sum of its lines if every line states it (never both)."""
    value: Cents | None = getattr(claim, column)
    if value is not None:
        return value
    parts = [getattr(line, column) for line in case.of(ClaimLine, "claim_id", claim.id)]
    return Cents(sum(parts)) if parts and None not in parts else None


def summed_column(case: Case, claims: CountedClaims, column: str) -> Cents | None:
    """One money column over all EOBs that count; `None` unless each of them states it."""
    values = [stated_column(case, claim, column) for claim in claims.counting_for(column)]
    known = [value for value in values if value is not None]
    return Cents(sum(known)) if known and len(known) == len(values) else None


def charges_of_lines(lines: Iterable[Line]) -> Cents | None:
    """Sum of the charges of lines, less those that the biller removed; `None` if one charge is not known."""
    charges = [line.charge for line in lines if line.mark != "removed_by_biller"]
    known = [charge for charge in charges if charge is not None]
    return Cents(sum(known)) if known and len(known) == len(charges) else None


def covers_whole_bill(case: Case, claim: Claim, bill_id: int) -> bool:
    """Whether an EOB was for exactly the charges of the bill, by its latest stated total or by its lines."""
    billed = stated_column(case, claim, "billed")
    totals = [statement.total_charges for statement in case.statements(bill_id) if statement.total_charges is not None]
    return billed is not None and billed in (*totals[-1:], charges_of_lines(case.lines(bill_id)))


def counted_claims(case: Case, bill: Bill) -> CountedClaims:
    """Sort the EOBs of a bill by whether they count; see `CountedClaims` for the rules."""
    current: list[Claim] = []
    withdrawn: list[Claim] = []
    every = case.claims(bill.id)
    for claim in every:
        (withdrawn if claim.status == "reversed" or _replaced(claim, every) else current).append(claim)
    pending = tuple(claim for claim in current if claim.status == "pending")
    decided = [claim for claim in current if claim.status != "pending"]
    whole = [claim for claim in decided if claim.status != "denied" and covers_whole_bill(case, claim, bill.id)]
    moot = [claim for claim in decided if claim.status == "denied" and any(_decides_again(w, claim) for w in whole)]
    counted = tuple(claim for claim in decided if claim not in moot)
    return CountedClaims(counted, pending, (*withdrawn, *moot), _second_insurer(case, counted))


def _replaced(claim: Claim, every: tuple[Claim, ...]) -> bool:
    """Whether a later EOB has the same number; two of one day are two pages of one decision."""
    return any(
        other.number == claim.number and other.policy_id == claim.policy_id and _later(other.date, claim.date)
        for other in every
        if claim.number
    )


def _decides_again(whole: Claim, denied: Claim) -> bool:
    return whole.policy_id == denied.policy_id and not _later(denied.date, whole.date)


def _later(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other


def _second_insurer(case: Case, counted: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The EOBs of a secondary policy, if they were billed for the same amount as those of the first."""
    second: list[Claim] = []
    for claim in counted:
        policy = case.find(Policy, claim.policy_id)
        if policy is not None and policy.order == "secondary":
            second.append(claim)
    first = [claim for claim in counted if claim not in second]
    billed = [[stated_column(case, claim, "billed") for claim in some] for some in (first, second)]
    if not first or not second or any(None in some for some in billed):
        return ()
    same = sum(value or 0 for value in billed[0]) == sum(value or 0 for value in billed[1])
    return tuple(second) if same else ()
