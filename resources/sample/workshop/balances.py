"""What each statement asks, what was paid, and what was offered; all of it follows from charges and claims."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.charges import HOSPITAL_TOTAL, IMAGING_LINES, PHYSICIAN_LINES, total
from workshop.claims import HOSPITAL_CLAIM, IMAGING_CLAIM, PHYSICIAN_CLAIM
from workshop.money import cents


@dataclass(frozen=True)
class Figures:
    """The figures of one statement, in cents, with its dates and its number."""

    number: str
    date: str
    received: str
    due: str
    charges: int
    adjustments: int
    insurer_paid: int
    patient_paid: int
    balance: int

    @property
    def unexplained(self) -> int:
        """How far the printed balance lies above what the other figures leave."""
        left = self.charges - self.adjustments - self.insurer_paid - self.patient_paid
        return self.balance - left


# Paid at the hospital's cashier; the second statement credits it.
PAID_TO_HOSPITAL = cents("300.00")
PAID_TO_HOSPITAL_ON = "2025-12-12"
# Paid on the physicians' own payment page: exactly the share on the EOB. No statement credits it.
PAID_TO_PHYSICIANS = PHYSICIAN_CLAIM.totals.owed
PAID_TO_PHYSICIANS_ON = "2025-12-15"
# The second hospital statement shows an adjustment that is smaller by this, while its balance has not changed for it.
ADJUSTMENT_SHRANK_BY = cents("75.00")

_hospital = HOSPITAL_CLAIM.totals
HOSPITAL_FIRST = Figures(
    "LH-25-4471-A", "2025-11-18", "2025-11-22", "2025-12-18",
    HOSPITAL_TOTAL, _hospital.discount, _hospital.plan_paid, 0, _hospital.owed,
)  # fmt: skip
HOSPITAL_SECOND = Figures(
    "LH-26-0192-B", "2026-01-20", "2026-01-24", "2026-02-19",
    HOSPITAL_TOTAL, _hospital.discount - ADJUSTMENT_SHRANK_BY, _hospital.plan_paid, PAID_TO_HOSPITAL,
    _hospital.owed - PAID_TO_HOSPITAL,
)  # fmt: skip

_physicians = total(PHYSICIAN_LINES)
PHYSICIANS_STATEMENT = Figures(
    "0115-88213", "2026-01-14", "2026-01-19", "2026-02-04",
    _physicians, 0, PHYSICIAN_CLAIM.totals.plan_paid, 0,
    _physicians - PHYSICIAN_CLAIM.totals.plan_paid,
)  # fmt: skip
_imaging = IMAGING_CLAIM.totals
IMAGING_STATEMENT = Figures(
    "S-204417", "2026-02-24", "2026-02-28", "2026-03-27",
    total(IMAGING_LINES), _imaging.discount, _imaging.plan_paid, 0, _imaging.owed,
)  # fmt: skip

ITEMIZED_NUMBER = "LH-26-0417-I"
ITEMIZED_DATE = "2026-02-10"
ITEMIZED_RECEIVED = "2026-02-13"

ESTIMATE_DATE = "2025-11-04"
ESTIMATE_ROWS = (
    ("Procedure room, short visit", cents("640.00")),
    ("Removal of pins, clinician", cents("410.00")),
    ("Wrist films after removal", cents("118.00")),
    ("Dressing and supplies", cents("72.00")),
)
ESTIMATE_TOTAL = sum(amount for _, amount in ESTIMATE_ROWS)

OFFER = cents("1,900.00")
OFFER_DATE = "2026-03-02"
OFFER_EXPIRES = "2026-03-31"
COUNTER = cents("1,150.00")
COUNTER_DATE = "2026-03-12"

COLLECTION_DATE = "2026-03-09"
COLLECTION_RECEIVED = "2026-03-13"
COLLECTION_AMOUNT = PHYSICIANS_STATEMENT.balance

INCOME = cents("71,400.00")
