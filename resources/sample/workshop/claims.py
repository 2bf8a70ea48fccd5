"""What the insurer says of the three bills, worked out from charges, allowed amounts, deductible and coinsurance."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workshop.charges import (
    HOSPITAL_LINES,
    IMAGING_LINES,
    MORNING,
    NIGHT,
    NOT_ITEMIZED,
    PHYSICIAN_LINES,
    Charge,
)
from workshop.money import cents, days_after

DEDUCTIBLE = cents("1,500.00")
FAMILY_DEDUCTIBLE = cents("3,000.00")
LIMIT = cents("6,500.00")
FAMILY_LIMIT = cents("13,000.00")
COINSURANCE_PERCENT = 20
APPEAL_DAYS = 180

# The one place where the insurer's paper does not agree with itself.
LEFT_OUT_OF_PLAN_PAID = cents("36.00")
LINE_THAT_DISAGREES = "Overnight observation"


@dataclass(frozen=True)
class Share:
    """One row of an EOB, or its totals; amounts in cents."""

    day: str
    code: str
    name: str
    units: int | None
    billed: int
    allowed: int
    plan_paid: int
    deductible: int
    coinsurance: int
    remark: str | None = None

    @property
    def discount(self) -> int:
        """What the plan's terms take off the charge."""
        return self.billed - self.allowed

    @property
    def owed(self) -> int:
        """What the EOB leaves to the patient."""
        return self.deductible + self.coinsurance


@dataclass(frozen=True)
class Claim:
    """One EOB."""

    key: str
    bill: str
    firm: str
    number: str
    network: str
    date: str
    received: str
    rows: tuple[Share, ...]
    totals: Share

    @property
    def appeal_by(self) -> str:
        """Last day for an appeal, counted from the day the EOB came."""
        return days_after(self.received, APPEAL_DAYS)


def shares(rows: list[tuple[str, str, str, int | None, int, str]], left: int) -> tuple[Share, ...]:
    """Split each allowed amount into deductible (as far as `left` reaches), coinsurance and plan payment.

    Raises ValueError where the coinsurance would not come out in whole cents.
    """
    made = []
    for day, code, name, units, billed, allowed_text in rows:
        allowed = cents(allowed_text)
        deductible = min(left, allowed)
        left -= deductible
        coinsurance, rest = divmod((allowed - deductible) * COINSURANCE_PERCENT, 100)
        if rest:
            raise ValueError(name)
        paid = allowed - deductible - coinsurance
        made.append(Share(day, code, name, units, billed, allowed, paid, deductible, coinsurance))
    return tuple(made)


def add(rows: tuple[Share, ...]) -> Share:
    """The totals row of an EOB."""

    def of(column: str) -> int:
        return sum(getattr(row, column) for row in rows)

    columns = (of("billed"), of("allowed"), of("plan_paid"), of("deductible"), of("coinsurance"))
    return Share(NIGHT, "", "Totals", None, *columns)


def department(*names: str) -> int:
    """What the hospital charges under those headings, in cents."""
    return sum(line.amount for line in HOSPITAL_LINES if line.department in names)


HOSPITAL_SPLIT: list[tuple[str, str, str, int | None, int, str]] = [
    (NIGHT, "", "Emergency room", None, department("EMERGENCY DEPT"), "1,481.35"),
    (NIGHT, "", "Procedure room, sedation, implants", None, department("PROCEDURE ROOM"), "2,392.15"),
    (MORNING, "", LINE_THAT_DISAGREES, None, department("OBSERVATION"), "1,118.60"),
    (NIGHT, "", "Drugs and fluids", None, department("PHARMACY"), "508.45"),
    (NIGHT, "", "Medical supplies", None, department("SUPPLIES") + NOT_ITEMIZED, "417.90"),
    (NIGHT, "", "Laboratory", None, department("LABORATORY"), "243.05"),
    (NIGHT, "", "Imaging", None, department("RADIOLOGY"), "2,079.15"),
]


def by_line(lines: tuple[Charge, ...], allowed: tuple[str, ...]) -> tuple[Share, ...]:
    """An EOB that repeats a bill line by line; the deductible is used up by then."""
    rows = [
        (line.day, line.code, line.name, line.units, line.amount, text)
        for line, text in zip(lines, allowed, strict=True)
    ]
    return shares(list(rows), 0)


def hospital_claim() -> Claim:
    """The hospital's EOB: right in its totals, 36.00 short in what the plan paid on one row."""
    right = shares(HOSPITAL_SPLIT, DEDUCTIBLE)
    printed = tuple(
        replace(row, plan_paid=row.plan_paid - LEFT_OUT_OF_PLAN_PAID) if row.name == LINE_THAT_DISAGREES else row
        for row in right
    )
    return Claim("C1", "B1", "H", "25309-114-0871", "in", "2025-11-05", "2025-11-10", printed, add(right))


HOSPITAL_CLAIM = hospital_claim()
_READ = by_line(IMAGING_LINES, ("148.50", "41.25", "69.00"))
IMAGING_CLAIM = Claim("C3", "B3", "R", "25311-090-2254", "in", "2025-11-07", "2025-11-13", _READ, add(_READ))
_SEEN = tuple(replace(row, remark="HV7") for row in by_line(PHYSICIAN_LINES, ("468.20", "511.75", "118.05")))
PHYSICIAN_CLAIM = Claim("C2", "B2", "E", "25316-022-6610", "out", "2025-11-12", "2025-11-17", _SEEN, add(_SEEN))
CLAIMS = (HOSPITAL_CLAIM, PHYSICIAN_CLAIM, IMAGING_CLAIM)
