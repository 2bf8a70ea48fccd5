"""An accepted offer and what it still needs: confirmed in writing, paid, ended by a zero-balance letter, settled."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import Cents, total
from medbills_desktop.domain.offers import accepted_offer, is_confirmed
from medbills_desktop.domain.paid import came_back
from medbills_desktop.domain.records import Bill, Offer, Payment


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where an agreement stands. `paid` is what was paid since its day, in cents, `None` where nothing is entered."""

    offer: Offer
    confirmed: bool
    paid: Cents | None
    zero_balance: bool
    settled: bool

    @property
    def paid_whole(self) -> bool:
        """Whether all that was agreed is paid."""
        return self.paid is not None and self.paid >= self.offer.amount


def agreement_of(case: Case, bill_id: int) -> Agreement | None:
    """The agreement on a bill; `None` where no offer is accepted. Raises `KeyError` if the case has no such bill."""
    bill = case.get(Bill, bill_id)
    offer = accepted_offer(case.of(Offer, "bill_id", bill_id))
    if offer is None:
        return None
    payments = case.of(Payment, "bill_id", bill_id)
    paid = total([one.amount for one in payments if not came_back(one) and one.date >= offer.date])
    return Agreement(offer, is_confirmed(case, offer), paid, bool(offer.zero_balance_letter), bill.status == "settled")
