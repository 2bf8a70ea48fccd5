"""What the hospital, the physicians and the imaging group charge: the lines of the three bills.

Codes are HCPCS Level II, or house numbers of the invented billers; the names are bare, invented entries.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.money import cents

NIGHT = "2025-10-17"
MORNING = "2025-10-18"


@dataclass(frozen=True)
class Charge:
    """One line of a bill, exactly as its paper prints it; amounts in cents."""

    number: int
    day: str
    department: str
    code: str
    name: str
    units: int
    unit: str
    price: int
    amount: int

    @property
    def system(self) -> str | None:
        """The code system as the case file names it; house numbers hold a hyphen."""
        if not self.code:
            return None
        return "other" if "-" in self.code else "hcpcs"


# day, code, name, units, unit of measure, unit price, and the charge where it is not units times price
Row = tuple[str, str, str, int, str, str] | tuple[str, str, str, int, str, str, str]

HOSPITAL_ROWS: dict[str, tuple[Row, ...]] = {
    "EMERGENCY DEPT": (
        (NIGHT, "LH-45005", "EMERGENCY ROOM CARE", 1, "each", "1,486.00"),
        (NIGHT, "LH-45021", "WOUND CLEANING ABRASION", 1, "each", "312.00"),
        (NIGHT, "LH-45040", "IV PLACEMENT", 1, "each", "198.00"),
        (NIGHT, "LH-45044", "INFUSION START", 1, "each", "264.00"),
        (NIGHT, "LH-45046", "DRUG PUSH ADDED", 2, "each", "118.00"),
    ),
    "PROCEDURE ROOM": (
        (NIGHT, "LH-36110", "PROCEDURE ROOM USE", 1, "each", "2,150.00"),
        (NIGHT, "LH-37015", "SEDATION 15 MIN BLOCK", 3, "other", "186.00", "744.00"),
        (NIGHT, "C1713", "PIN FIXATION 1.6 MM", 2, "each", "386.00"),
        (NIGHT, "A4550", "TRAY MINOR SURGERY", 1, "each", "142.00"),
        (NIGHT, "Q4022", "SPLINT SHORT ARM FIBERGLASS", 1, "each", "164.50"),
        (NIGHT, "A4565", "ARM SLING", 1, "each", "68.00"),
    ),
    "OBSERVATION": (
        (MORNING, "G0378", "OBSERVATION CARE PER HOUR", 14, "hours", "96.00"),
        (MORNING, "LH-76020", "TELEMETRY OVERNIGHT", 1, "each", "402.00"),
        (MORNING, "LH-76044", "NEURO CHECK", 6, "each", "31.00"),
    ),
    "PHARMACY": (
        (NIGHT, "J1885", "KETOROLAC 15 MG INJ", 2, "each", "42.00"),
        (NIGHT, "J2405", "ONDANSETRON 1 MG INJ", 4, "mg", "18.50"),
        (NIGHT, "J1885", "KETOROLAC 15 MG INJ", 2, "each", "42.00"),
        (NIGHT, "J2250", "MIDAZOLAM 1 MG INJ", 2, "mg", "21.00"),
        (NIGHT, "J3010", "FENTANYL 0.1 MG INJ", 1, "each", "36.25"),
        (NIGHT, "J0690", "CEFAZOLIN 500 MG INJ", 4, "each", "19.75"),
        (NIGHT, "J2704", "PROPOFOL 10 MG INJ", 12, "each", "8.40"),
        (NIGHT, "J7030", "SALINE 1000 ML IV", 2, "each", "88.00"),
        (NIGHT, "LH-25077", "TETANUS VACCINE", 1, "each", "138.00"),
        (MORNING, "J7120", "LACTATED RINGER LITER", 1, "each", "96.40"),
        (MORNING, "", "ACETAMINOPHEN 325 MG TAB", 4, "each", "6.50"),
        (MORNING, "", "OXYCODONE 5 MG TAB", 2, "each", "11.25"),
    ),
    "SUPPLIES": (
        (NIGHT, "A4215", "NEEDLE STERILE", 6, "each", "9.40"),
        (NIGHT, "", "IV START KIT", 1, "each", "84.25"),
        (NIGHT, "A4209", "SYRINGE 5 CC OR MORE", 4, "each", "12.10"),
        (NIGHT, "A6402", "GAUZE PAD SMALL", 10, "each", "7.25"),
        (NIGHT, "A4930", "GLOVES PAIR", 4, "each", "14.20"),
        (NIGHT, "", "IV START KIT", 1, "each", "84.25"),
        (NIGHT, "E0114", "CRUTCHES UNDERARM", 1, "each", "118.00"),
        (MORNING, "", "MISC SUPPLY", 1, "each", "137.60"),
    ),
    "LABORATORY": (
        (NIGHT, "LH-30085", "BLOOD COUNT", 1, "each", "148.00"),
        (NIGHT, "LH-30080", "CHEMISTRY PROFILE", 1, "each", "231.00"),
        (NIGHT, "LH-30102", "URINALYSIS", 1, "each", "74.00"),
    ),
    "RADIOLOGY": (
        (NIGHT, "LH-32073", "WRIST XRAY", 1, "each", "468.00"),
        (NIGHT, "LH-35045", "CT HEAD", 1, "each", "2,384.00"),
        (NIGHT, "LH-32090", "SCREENING UNIT DURING PINNING", 1, "each", "612.00"),
    ),
}
PHYSICIAN_ROWS: dict[str, tuple[Row, ...]] = {
    "PHYSICIAN": (
        (NIGHT, "CEP-05", "Emergency physician care", 1, "each", "864.00"),
        (NIGHT, "CEP-31", "Setting and pinning of wrist", 1, "each", "1,190.00"),
        (NIGHT, "CEP-40", "Sedation watched by physician", 1, "each", "286.00"),
    ),
}
IMAGING_ROWS: dict[str, tuple[Row, ...]] = {
    "READING": (
        (NIGHT, "TLI-701", "Reading of head scan", 1, "each", "318.00"),
        (NIGHT, "TLI-733", "Reading of wrist films", 1, "each", "86.00"),
        (NIGHT, "TLI-760", "Images taken in surgery, report", 1, "each", "142.00"),
    ),
}


def charges(rows: dict[str, tuple[Row, ...]]) -> tuple[Charge, ...]:
    """The rows of a bill as numbered lines, in paper order."""
    made: list[Charge] = []
    for department, group in rows.items():
        for day, code, name, units, unit, price, *stated in group:
            amount = cents(stated[0]) if stated else units * cents(price)
            made.append(Charge(len(made) + 1, day, department, code, name, units, unit, cents(price), amount))
    return tuple(made)


def total(lines: tuple[Charge, ...]) -> int:
    """Sum of the charges, in cents."""
    return sum(line.amount for line in lines)


HOSPITAL_LINES = charges(HOSPITAL_ROWS)
PHYSICIAN_LINES = charges(PHYSICIAN_ROWS)
IMAGING_LINES = charges(IMAGING_ROWS)

# The hospital prints a total that its own forty lines do not reach.
NOT_ITEMIZED = cents("212.40")
HOSPITAL_TOTAL = total(HOSPITAL_LINES) + NOT_ITEMIZED
