"""The imaging group's statement: few words, much air, a square code to pay with. Every figure on it is right."""

from __future__ import annotations

from workshop.balances import IMAGING_STATEMENT
from workshop.charges import IMAGING_LINES
from workshop.claims import IMAGING_CLAIM
from workshop.furniture import perforation, square_code, stripes
from workshop.money import dollars, figure, slashed, spelled
from workshop.people import HOME, IMAGING, IMAGING_ACCOUNT, INSURER, PATIENT
from workshop.sheet import Place, Sheet

FACE, BOLD = "Vera", "VeraBold"
PLUM = "#5B2A57"
GREY = "#6F6874"
PALE = "#F4EFF4"
LEFT, RIGHT = 54.0, 558.0
BILL = IMAGING_STATEMENT


def head(sheet: Sheet) -> None:
    """Three rings, the name, and what the paper is."""
    for step, color in enumerate(("#C9A9C6", "#8E5A8A", PLUM)):
        sheet.disc(LEFT + 12 + step * 9, 58, 10, edge=color, weight=2.2)
    sheet.text(LEFT + 54, 57, "Tern Lake", BOLD, 14, PLUM)
    sheet.text(LEFT + 54, 69, "Imaging Associates", FACE, 8.6, PLUM)
    sheet.text(RIGHT, 57, "Your statement", FACE, 14, GREY, "right")
    sheet.text(RIGHT, 69, f"{spelled(BILL.date)}  ·  {BILL.number}", FACE, 7.6, GREY, "right")
    for row, words in enumerate((PATIENT, *HOME)):
        sheet.text(LEFT + 8, 150 + row * 13, words, FACE, 9.4)
    sheet.box(338, 112, RIGHT - 338, 104, fill=PALE, radius=8)
    sheet.text(354, 134, "You owe", FACE, 9, GREY)
    sheet.text(354, 164, dollars(BILL.balance), BOLD, 24, PLUM)
    sheet.text(354, 184, f"Due {spelled(BILL.due)}", FACE, 8.4, GREY)
    sheet.text(354, 202, f"Account {IMAGING_ACCOUNT}", FACE, 8.4, GREY)


def care(sheet: Sheet) -> dict[int, Place]:
    """What was read, and what became of each charge; the place of each charge."""
    places: dict[int, Place] = {}
    sheet.text(LEFT, 262, "What this bill is for", BOLD, 10.5, PLUM)
    words = (
        "A radiologist of our group read the images that were taken at Lantern Hill Medical Center on October 17, "
        "2025. The hospital bills "
        "for taking the images; we bill for reading them."
    )
    sheet.paragraph(LEFT, 280, words, RIGHT - LEFT, FACE, 8.2, 12, GREY)
    edges = (300.0, 392.0, 474.0, RIGHT)
    for edge, label in zip(edges, ("Charge", "Plan discount", "Plan paid", "Your share"), strict=True):
        sheet.text(edge, 322, label, FACE, 7.4, GREY, "right")
    sheet.text(LEFT, 322, "Service", FACE, 7.4, GREY)
    sheet.rule(LEFT, 329, RIGHT, 1, PLUM)
    for row, (line, share) in enumerate(zip(IMAGING_LINES, IMAGING_CLAIM.rows, strict=True)):
        y = 349 + row * 30
        sheet.text(LEFT, y, line.name, FACE, 8.8)
        sheet.text(LEFT, y + 11, f"{slashed(line.day)}  ·  {line.code}", FACE, 7, GREY)
        values = (line.amount, -share.discount, -share.plan_paid, share.owed)
        for edge, value in zip(edges, values, strict=True):
            sheet.text(edge, y, figure(value).replace("-", "– "), FACE, 8.8, align="right")
        sheet.rule(LEFT, y + 18, RIGHT, 0.4, "#D9CFDA")
        places[line.number] = sheet.place(LEFT, y - 10, RIGHT, y + 15)
    totals = (BILL.charges, -BILL.adjustments, -BILL.insurer_paid, BILL.balance)
    sheet.text(LEFT, 444, "Together", BOLD, 9)
    for edge, value in zip(edges, totals, strict=True):
        sheet.text(edge, 444, figure(value).replace("-", "– "), BOLD, 9, align="right")
    sheet.text(LEFT, 464, "You have paid so far", FACE, 8.8)
    sheet.text(RIGHT, 464, figure(BILL.patient_paid), FACE, 8.8, align="right")
    sheet.rule(LEFT, 474, RIGHT, 1, PLUM)
    sheet.text(LEFT, 492, "Balance", BOLD, 10, PLUM)
    sheet.text(RIGHT, 492, dollars(BILL.balance), BOLD, 10, PLUM, "right")
    note = f"{INSURER.name} settled this claim on November 7, 2025, claim number {IMAGING_CLAIM.number}, as in network."
    sheet.text(LEFT, 516, note, FACE, 7.6, GREY)
    return places


def pay(sheet: Sheet) -> None:
    """How to pay, and the slip."""
    perforation(sheet, 560, "cut or fold here")
    square_code(sheet, LEFT, 588, f"TERN LAKE IMAGING / {IMAGING_ACCOUNT} / {figure(BILL.balance)}", 92)
    sheet.text(168, 602, "Three easy ways to pay", BOLD, 10, PLUM)
    ways = (
        f"Point your camera at the code, or go to {IMAGING.website}.",
        f"Call {IMAGING.phone}, weekdays from 8 to 5.",
        "Send this slip with a check to the address below.",
    )
    for row, words in enumerate(ways):
        sheet.text(168, 620 + row * 14, f"{row + 1}.  {words}", FACE, 8.2)
    sheet.text(168, 670, f"{IMAGING.name}, {IMAGING.address}", FACE, 7.4, GREY)
    sheet.text(LEFT, 716, f"Account {IMAGING_ACCOUNT}", FACE, 8.4)
    sheet.text(220, 716, f"Due {slashed(BILL.due)}", FACE, 8.4)
    sheet.text(330, 716, f"You owe {dollars(BILL.balance)}", BOLD, 8.4)
    sheet.text(458, 716, "Enclosed $", FACE, 8.4)
    sheet.rule(508, 718, RIGHT, 0.6, GREY)
    stripes(sheet, LEFT, 730, f"TLI5530918-{BILL.balance:07d}", 14, 0.7)
    sheet.text(RIGHT, 744, f"Tax ID {IMAGING.tax_id}   page 1 of 1", FACE, 6.8, GREY, "right")


def imaging_statement() -> tuple[bytes, dict[int, Place]]:
    """The statement that agrees with its EOB to the cent, and the place of each charge by line number."""
    sheet = Sheet(f"Statement {BILL.number}", IMAGING.name)
    head(sheet)
    places = care(sheet)
    pay(sheet)
    return sheet.finish(), places
