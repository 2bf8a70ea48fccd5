"""Which records of a case a packet speaks of: everything that belongs to the chosen bills, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    AssistancePaper,
    Bill,
    Call,
    CallClaim,
    Claim,
    ClaimLine,
    Collection,
    Estimate,
    Evidence,
    Letter,
    Line,
    Offer,
    Payment,
    Policy,
    Promise,
    PromiseProof,
    Record,
    Statement,
    Visit,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Scope:
    """The records that belong to some bills. Each list is in the order of the case; bills come as they were chosen.

    Raises `KeyError` for a bill that the case does not hold. Drafts of letters are left out: they were not sent.
    """

    case: Case
    bill_ids: tuple[int, ...]

    @cached_property
    def bills(self) -> tuple[Bill, ...]:
        return tuple(self.case.get(Bill, bill_id) for bill_id in dict.fromkeys(self.bill_ids))

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        found = (self.case.find(Visit, bill.visit_id) for bill in self.bills)
        return _once(visit for visit in found if visit)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for bill in self.bills for statement in self.case.statements(bill.id))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for bill in self.bills for line in self.case.lines(bill.id))

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(found for line in self.lines for found in self.case.of(Evidence, "line_id", line.id))

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return self._of_bills(Claim)

    @cached_property
    def claim_lines(self) -> tuple[ClaimLine, ...]:
        return tuple(line for claim in self.claims for line in self.case.of(ClaimLine, "claim_id", claim.id))

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        found = (self.case.find(Policy, claim.policy_id) for claim in self.claims)
        return _once(policy for policy in found if policy)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        about = {call_id for bill in self.bills for call_id in self.case.call_ids(bill.id)}
        for claim in self.claims:
            about |= {link.call_id for link in self.case.of(CallClaim, "claim_id", claim.id)}
        found = [call for call in self.case.all(Call) if call.id in about]
        return tuple(sorted(found, key=lambda call: call.started.sort_text))

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        return tuple(promise for call in self.calls for promise in self.case.of(Promise, "call_id", call.id))

    @cached_property
    def promise_proofs(self) -> tuple[PromiseProof, ...]:
        return tuple(proof for one in self.promises for proof in self.case.of(PromiseProof, "promise_id", one.id))

    @cached_property
    def appeals(self) -> tuple[Appeal, ...]:
        return tuple(appeal for claim in self.claims for appeal in self.case.of(Appeal, "claim_id", claim.id))

    @cached_property
    def assistance_papers(self) -> tuple[AssistancePaper, ...]:
        return tuple(
            paper for one in self.assistance for paper in self.case.of(AssistancePaper, "assistance_id", one.id)
        )

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Letters sent and received about the bills, with their answers, oldest first; undated ones last."""
        about = {bill.id for bill in self.bills}
        sent = [letter for letter in self.case.all(Letter) if letter.status != "draft"]
        found = {letter.id: letter for letter in sent if letter.bill_id in about}
        answered = {letter.answers_to_id for letter in found.values()}
        for letter in sent:
            if letter.bill_id is None and (letter.answers_to_id in found or letter.id in answered):
                found[letter.id] = letter
        return tuple(sorted(found.values(), key=lambda letter: (letter.date is None, str(letter.date), letter.id)))

    @cached_property
    def payments(self) -> tuple[Payment, ...]:
        return tuple(sorted(self._of_bills(Payment), key=lambda payment: payment.date))

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(sorted(self._of_bills(Offer), key=lambda offer: offer.date))

    @cached_property
    def assistance(self) -> tuple[Assistance, ...]:
        return self._of_bills(Assistance)

    @cached_property
    def collections(self) -> tuple[Collection, ...]:
        return self._of_bills(Collection)

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        visits = {visit.id for visit in self.visits}
        calls = {call.id for call in self.calls}
        return tuple(
            estimate for estimate in self.case.all(Estimate) if estimate.visit_id in visits or estimate.call_id in calls
        )

    def _of_bills(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(record for bill in self.bills for record in self.case.of(kind, "bill_id", bill.id))


def _once(records: Iterable[R]) -> tuple[R, ...]:
    return tuple({record.id: record for record in records}.values())
