"""The hospital's itemised bill: a line printer's page, forty lines under seven headings.

While a row is drawn its place is noted, so that the case file points at the very row and not at a guess.
"""

from __future__ import annotations

from workshop.balances import ITEMIZED_DATE, ITEMIZED_NUMBER
from workshop.charges import HOSPITAL_LINES, HOSPITAL_ROWS, HOSPITAL_TOTAL, Charge
from workshop.furniture import received_stamp
from workshop.money import figure, short, slashed
from workshop.people import BORN, GROUP, HOME, HOSPITAL, HOSPITAL_ACCOUNT, INSURER, MEMBER, PATIENT_PLAIN
from workshop.sheet import Place, Sheet

FACE, BOLD, SIZE = "Courier", "Courier-Bold", 8.8
LEFT, RIGHT = 40.0, 572.0
TOP, ROW = 216.0, 13.4
LAST_ROW = 728.0
PAGES = 2
# Name of the column, its edge in points, and how it stands on that edge.
COLUMNS = (
    ("DATE", 44.0, "left"),
    ("CODE", 98.0, "left"),
    ("DESCRIPTION", 160.0, "left"),
    ("QTY", 398.0, "right"),
    ("UNIT PRICE", 478.0, "right"),
    ("AMOUNT", 566.0, "right"),
)
BAND = "#EDF3EC"


def printed(line: Charge) -> tuple[str, ...]:
    """The six columns of one row as they are printed."""
    return (short(line.day), line.code, line.name, str(line.units), figure(line.price), figure(line.amount))


def header(sheet: Sheet) -> None:
    """The top of every page, with the column heads."""
    sheet.text(LEFT, 46, "LANTERN HILL MEDICAL CENTER", BOLD, 12.5)
    sheet.text(LEFT, 60, f"{HOSPITAL.street.upper()}   {HOSPITAL.town.upper()}", FACE, SIZE)
    sheet.text(LEFT, 72, f"PATIENT ACCOUNTS {HOSPITAL.phone}   TAX ID {HOSPITAL.tax_id}", FACE, SIZE)
    sheet.text(RIGHT, 46, "ITEMIZED BILL", BOLD, 12.5, align="right")
    sheet.text(RIGHT, 60, f"PRINTED {slashed(ITEMIZED_DATE)}", FACE, SIZE, align="right")
    sheet.text(RIGHT, 72, f"PAGE {sheet.page} OF {PAGES}", FACE, SIZE, align="right")
    sheet.rule(LEFT, 82, RIGHT, 0.8)
    left = (("PATIENT", "OKAFOR-REYES, TOMAS"), ("BIRTH DATE", slashed(BORN)), ("BILL TO", PATIENT_PLAIN),
            ("", HOME[0].upper()), ("", HOME[1].upper()))  # fmt: skip
    right = (("ACCOUNT NO.", HOSPITAL_ACCOUNT), ("BILL NO.", ITEMIZED_NUMBER),
             ("ARRIVED", "10/17/2025 19:35"), ("LEFT", "10/18/2025 14:10"),
             ("INSURANCE", INSURER.name.upper()), ("MEMBER / GROUP", f"{MEMBER} / {GROUP}"))  # fmt: skip
    for x, gap, pairs in ((LEFT, 72, left), (300, 92, right)):
        for row, (label, value) in enumerate(pairs):
            sheet.text(x, 98 + row * 12, label, FACE, SIZE, "#555555")
            sheet.text(x + gap, 98 + row * 12, value, FACE, SIZE)
    sheet.rule(LEFT, 180, RIGHT, 0.8)
    for name, edge, align in COLUMNS:
        sheet.text(edge, 193, name, BOLD, SIZE, align=align)
    sheet.rule(LEFT, 199, RIGHT, 0.4)


class Listing:
    """The rows while they run down the pages; `places` collects where each line went."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.y = TOP
        self.places: dict[int, Place] = {}
        header(sheet)

    def room(self, rows: int) -> None:
        """Go to the next page unless that many rows still fit."""
        if self.y + rows * ROW > LAST_ROW:
            self.sheet.text(RIGHT - 6, self.y + 8, "CONTINUED ON NEXT PAGE", FACE, SIZE, align="right")
            self.sheet.next_page()
            header(self.sheet)
            self.y = TOP

    def heading(self, name: str) -> None:
        """The name of a department."""
        self.room(4)
        self.sheet.text(COLUMNS[0][1], self.y, name, BOLD, SIZE)
        self.y += ROW

    def line(self, line: Charge) -> None:
        """One charge, on a tinted band every other line."""
        self.room(1)
        top, bottom = self.y - 9.6, self.y + 3.8
        if line.number % 2:
            self.sheet.box(LEFT, top, RIGHT - LEFT, bottom - top, fill=BAND)
        for words, (_, edge, align) in zip(printed(line), COLUMNS, strict=True):
            self.sheet.text(edge, self.y, words, FACE, SIZE, align=align)
        self.places[line.number] = self.sheet.place(LEFT, top, RIGHT, bottom)
        self.y += ROW

    def subtotal(self, name: str, amount: int) -> None:
        """The sum of a department."""
        self.room(1)
        self.sheet.rule(500, self.y - 9.4, 566, 0.4)
        self.sheet.text(388, self.y, f"SUBTOTAL {name}", FACE, SIZE, align="right")
        self.sheet.text(566, self.y, figure(amount), FACE, SIZE, align="right")
        self.y += ROW * 1.3

    def grand_total(self, amount: int) -> None:
        """What the hospital says that all of it comes to."""
        self.room(4)
        self.y += 6
        self.sheet.rule(LEFT, self.y - 10, RIGHT, 0.9)
        self.sheet.text(388, self.y + 4, "TOTAL CHARGES", BOLD, 10, align="right")
        self.sheet.text(566, self.y + 4, figure(amount), BOLD, 10, align="right")
        self.sheet.rule(LEFT, self.y + 11, RIGHT, 0.9)
        self.y += 32
        words = (
            "CHARGES ARE SHOWN BEFORE INSURANCE. PAYMENTS AND ADJUSTMENTS ARE ON YOUR STATEMENT. "
            "PHYSICIANS AND IMAGE READING ARE BILLED BY OTHERS."
        )
        self.sheet.paragraph(LEFT, self.y, words, RIGHT - LEFT, FACE, 7.6, 10, "#444444")


def itemized_bill() -> tuple[bytes, dict[int, Place]]:
    """The paper, and the place of each line on it by line number."""
    sheet = Sheet(f"Itemized bill {ITEMIZED_NUMBER}", HOSPITAL.name)
    listing = Listing(sheet)
    received_stamp(sheet, 486, 137, "FEB 13 2026", 4)
    for department in HOSPITAL_ROWS:
        lines = [line for line in HOSPITAL_LINES if line.department == department]
        listing.heading(department)
        for line in lines:
            listing.line(line)
        listing.subtotal(department, sum(line.amount for line in lines))
    listing.grand_total(HOSPITAL_TOTAL)
    if sheet.page != PAGES:
        raise ValueError(f"the itemised bill has {sheet.page} pages, and its headers say {PAGES}")
    return sheet.finish(), listing.places
