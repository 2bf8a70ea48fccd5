"""Entering an EOB in one step, with the insurer and policy that it names."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from medbills_desktop.commands.bills import organization_named
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Bill, Claim, Policy
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class EnterClaim:
    """An EOB about a bill. The insurer is found by name or made new; so is a policy of the bill's patient with it.

    `claim` needs no `policy_id`.
    """

    insurer: str
    claim: Claim

    @property
    def label(self) -> str:
        return "Add EOB"

    def run(self, work: Work) -> Claim:
        if not self.insurer.strip():
            raise UserError("The EOB names no insurer yet.", "Type the name of the insurer.")
        if self.claim.bill_id is None:
            raise UserError("The EOB belongs to no bill yet.", "Choose the bill that it speaks of.")
        bill = work.get(Bill, self.claim.bill_id)
        insurer = organization_named(work, self.insurer, "insurer")
        held = work.find(Policy, person_id=bill.person_id, insurer_id=insurer.id)
        policy = held[0] if held else work.add(Policy(person_id=bill.person_id, insurer_id=insurer.id))
        return work.add(
            dataclasses.replace(self.claim, policy_id=policy.id, provider_id=self.claim.provider_id or bill.biller_id)
        )
