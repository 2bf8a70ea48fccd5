"""The hospital's good-faith estimate for the follow-up: a ruled form."""

from __future__ import annotations

from workshop.balances import ESTIMATE_DATE, ESTIMATE_ROWS, ESTIMATE_TOTAL
from workshop.furniture import lantern
from workshop.money import dollars, figure, slashed
from workshop.people import BORN, HOME, HOME_PHONE, HOSPITAL, INSURER, MEMBER, PATIENT
from workshop.sheet import Sheet

FACE, BOLD = "Helvetica", "Helvetica-Bold"
LEFT, RIGHT = 46.0, 566.0
EDGE = "#444444"
NUMBER = "GFE-25-20917"
FIELDS = (
    ((("Patient", PATIENT, 200), ("Date of birth", slashed(BORN), 110), ("Telephone", HOME_PHONE, 210))),
    ((("Address", ", ".join(HOME), 310), ("Insurance", f"{INSURER.name}  {MEMBER}", 210))),
    ((("Planned service", "Removal of pins, right wrist", 200), ("Planned for", "11/24/2025", 110), ("Place",
    "Lantern Hill, Procedure Suite B", 210))),
)  # fmt: skip
SMALL = (
    "This estimate shows what we expect to charge for what we know is planned. It is not a bill and not a contract, "
    "and you do not have to have "
    "the service here. It does not include what cannot be foreseen. If you do not use insurance and are billed at "
    "least $400 more than the "
    "total above by one provider, you may use the federal dispute process within 120 days of the first bill. If you "
    "use insurance, your plan tells "
    "what your part is. Please keep a copy."
)

APART = (
    "The visit at the hand clinic before and after. The hand clinic sends its own bill.",
    "Drugs that you take home.",
    "Anything that turns out to be needed on the day and cannot be known now.",
)


def fields(sheet: Sheet, top: float) -> float:
    """The boxed fields of the form; returns the y below them."""
    for row in FIELDS:
        x = LEFT
        for label, value, width in row:
            sheet.box(x, top, width, 30, edge=EDGE, weight=0.5)
            sheet.text(x + 4, top + 9, label, FACE, 6.4, "#555555")
            sheet.text(x + 4, top + 23, value, FACE, 9.6)
            x += width
        top += 30
    return top


def estimate() -> bytes:
    """The estimate, one page."""
    sheet = Sheet(f"Good-faith estimate {NUMBER}", HOSPITAL.name)
    lantern(sheet, LEFT, 36, 24, "#3A3A3A", "#D5D5D5")
    sheet.text(LEFT + 32, 47, "Lantern Hill Medical Center", BOLD, 11)
    sheet.text(LEFT + 32, 58, f"{HOSPITAL.address}   {HOSPITAL.phone}", FACE, 7.6, "#555555")
    sheet.text(RIGHT, 47, "GOOD-FAITH ESTIMATE", BOLD, 13, align="right")
    sheet.text(RIGHT, 58, f"{NUMBER}   given on {slashed(ESTIMATE_DATE)}", FACE, 7.6, "#555555", "right")
    y = fields(sheet, 76) + 26
    sheet.box(LEFT, y - 14, RIGHT - LEFT, 18, fill="#E4E4E4", edge=EDGE, weight=0.5)
    heads = (("Item or service", LEFT + 6, "left"), ("Provider", 292, "left"), ("Qty", 450, "right"))
    for words, x, align in (*heads, ("Expected charge", RIGHT - 6, "right")):
        sheet.text(x, y - 2, words, BOLD, 8.2, align=align)
    for row, (name, amount) in enumerate(ESTIMATE_ROWS):
        base = y + 22 + row * 26
        sheet.text(LEFT + 6, base, name, FACE, 9.4)
        sheet.text(292, base, "Lantern Hill Medical Center", FACE, 9)
        sheet.text(450, base, "1", FACE, 9.4, align="right")
        sheet.text(RIGHT - 6, base, figure(amount), FACE, 9.4, align="right")
        sheet.rule(LEFT, base + 8, RIGHT, 0.3, "#888888")
    y += 22 + len(ESTIMATE_ROWS) * 26
    sheet.text(292, y + 4, "Expected total", BOLD, 10)
    sheet.text(RIGHT - 6, y + 4, dollars(ESTIMATE_TOTAL), BOLD, 11, align="right")
    sheet.rule(LEFT, y + 14, RIGHT, 0.9, EDGE)
    sheet.text(LEFT, y + 38, "Not part of this estimate", BOLD, 9.4)
    for row, words in enumerate(APART):
        sheet.text(LEFT + 6, y + 54 + row * 14, f"\N{BULLET}  {words}", FACE, 9)
    y = sheet.paragraph(LEFT, y + 118, SMALL, RIGHT - LEFT, FACE, 8.4, 11.6, "#333333")
    sheet.text(LEFT, y + 24, "Prepared by: Patient Access, P. Lindqvist", FACE, 8.8)
    sheet.text(RIGHT, y + 24, "Valid for 60 days", FACE, 8.8, align="right")
    sheet.text(LEFT, 762, "Form LH-PA 31", FACE, 6.8, "#666666")
    sheet.text(RIGHT, 762, "Page 1 of 1", FACE, 6.8, "#666666", "right")
    return sheet.finish()
