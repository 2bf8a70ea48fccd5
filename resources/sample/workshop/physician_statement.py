"""The physician group's statement: a billing service's form with the slip on top, heavy bars and age columns."""

from __future__ import annotations

from workshop.balances import PHYSICIANS_STATEMENT
from workshop.charges import PHYSICIAN_LINES
from workshop.furniture import card_boxes, mailing_marks, perforation, scan_line, stripes
from workshop.money import figure, short, slashed
from workshop.people import HOME, INSURER, PATIENT, PATIENT_PLAIN, PHYSICIANS, PHYSICIANS_ACCOUNT
from workshop.sheet import Place, Sheet

FACE, BOLD = "Helvetica", "Helvetica-Bold"
BAR = "#20304A"
GREY = "#555B66"
LEFT, RIGHT = 36.0, 576.0
BILL = PHYSICIANS_STATEMENT
TABLE_EDGES = (LEFT + 5, 92.0, 150.0, 400.0, 486.0, RIGHT - 5)


def bar(sheet: Sheet, y: float, cells: list[tuple[float, str, str]], left: float = LEFT) -> None:
    """A dark bar with white headings, from `left` to the right margin."""
    height = 15.0
    sheet.box(left, y, RIGHT - left, height, fill=BAR)
    for x, words, align in cells:
        sheet.text(x, y + height - 4.6, words, BOLD, 7.4, "#FFFFFF", align)


def slip(sheet: Sheet) -> None:
    """The upper third, to be torn off and sent back."""
    sheet.text(LEFT, 48, "COPPERLINE", BOLD, 17, BAR, spread=1.4)
    sheet.text(LEFT, 60, "Emergency Physicians, PLLC", FACE, 9, BAR)
    for row, words in enumerate((PHYSICIANS.street, PHYSICIANS.town)):
        sheet.text(LEFT, 74 + row * 10.5, words, FACE, 8.4)
    for row, words in enumerate((PATIENT_PLAIN, HOME[0].upper(), HOME[1].upper())):
        sheet.text(LEFT + 20, 132 + row * 12, words, FACE, 9.6)
    bar(sheet, 36, [(318, "STATEMENT DATE", "left"), (412, "PAY THIS AMOUNT", "left"), (504, "ACCOUNT", "left")], 308)
    sheet.box(308, 51, RIGHT - 308, 20, edge=BAR, weight=0.8)
    sheet.text(318, 65, slashed(BILL.date), FACE, 9.4)
    sheet.text(412, 65, f"${figure(BILL.balance)}", BOLD, 10.5)
    sheet.text(504, 65, PHYSICIANS_ACCOUNT, FACE, 8.8)
    card_boxes(sheet, 318, 82)
    sheet.text(318, 150, "REMIT TO", BOLD, 6.6, GREY)
    for row, words in enumerate(
        ("COPPERLINE EMERGENCY PHYSICIANS", PHYSICIANS.street.upper(), PHYSICIANS.town.upper())
    ):
        sheet.text(318, 161 + row * 11.5, words, FACE, 9)
    stripes(sheet, LEFT + 20, 176, "CEP7712042-0115", 16, 0.66)
    scan_line(sheet, 318, 212, PHYSICIANS_ACCOUNT, BILL.balance)
    perforation(sheet, 232, "DETACH AND RETURN TOP PORTION WITH PAYMENT")


def about(sheet: Sheet) -> None:
    """Who was treated, where and by whom."""
    pairs = (
        ("PATIENT", PATIENT.replace("á", "a")),
        ("SEEN AT", "Lantern Hill Medical Center"),
        ("PRIMARY INSURANCE", INSURER.name),
        ("STATEMENT NO.", BILL.number),
    )
    for column, (label, value) in enumerate(pairs):
        x = LEFT + column * 138
        sheet.text(x, 258, label, BOLD, 6.4, GREY)
        sheet.text(x, 270, value, FACE, 8.8)


def table(sheet: Sheet) -> dict[int, Place]:
    """Charges, then what the insurer paid and what the patient paid; the place of each charge."""
    heads = ("DATE", "SERVICE", "DESCRIPTION", "CHARGE", "PAYMENT / ADJ.", "BALANCE")
    aligns = ("left", "left", "left", "right", "right", "right")
    bar(sheet, 284, list(zip(TABLE_EDGES, heads, aligns, strict=True)))
    running = 0
    rows: list[tuple[str, ...]] = []
    for line in PHYSICIAN_LINES:
        running += line.amount
        rows.append((short(line.day), line.code, line.name, figure(line.amount), "", figure(running)))
    running -= BILL.insurer_paid
    rows.append(("11/14/25", "", f"{INSURER.name} payment", "", f"{figure(BILL.insurer_paid)} CR", figure(running)))
    rows.append(("", "", "Plan adjustment", "", figure(BILL.adjustments), figure(running)))
    rows.append(("", "", "Patient payments", "", figure(BILL.patient_paid), figure(running)))
    places: dict[int, Place] = {}
    for row, cells in enumerate(rows):
        y = 313 + row * 16
        if row % 2:
            sheet.box(LEFT, y - 11, RIGHT - LEFT, 16, fill="#F0F2F5")
        for x, words, align in zip(TABLE_EDGES, cells, aligns, strict=True):
            sheet.text(x, y, words, FACE, 8.8, align=align)
        if row < len(PHYSICIAN_LINES):
            places[row + 1] = sheet.place(LEFT, y - 11, RIGHT, y + 5)
    sheet.box(LEFT, 299, RIGHT - LEFT, 16 * len(rows) + 4, edge=BAR, weight=0.8)
    y = 299 + 16 * len(rows) + 4
    sheet.box(LEFT, y, RIGHT - LEFT, 18, edge=BAR, weight=0.8)
    sheet.text(400, y + 12.5, "BALANCE DUE FROM PATIENT", BOLD, 8.6, align="right")
    sheet.text(RIGHT - 5, y + 12.8, f"${figure(BILL.balance)}", BOLD, 10.5, align="right")
    return places


def ages(sheet: Sheet) -> None:
    """How old the balance is: all of it stands in one column."""
    heads = ("CURRENT", "31 – 60 DAYS", "61 – 90 DAYS", "OVER 90 DAYS", "TOTAL DUE")
    values = (0, 0, BILL.balance, 0, BILL.balance)
    centers = [LEFT + (RIGHT - LEFT) / 10 * (2 * column + 1) for column in range(5)]
    bar(sheet, 438, [(x, words, "center") for x, words in zip(centers, heads, strict=True)])
    sheet.box(LEFT, 453, RIGHT - LEFT, 20, edge=BAR, weight=0.8)
    for column, (x, value) in enumerate(zip(centers, values, strict=True)):
        sheet.text(x, 467, figure(value), BOLD if column == 4 else FACE, 9.4, align="center")
        if column:
            sheet.line(x - (RIGHT - LEFT) / 10, 453, x - (RIGHT - LEFT) / 10, 473, 0.5, BAR)


def notice(sheet: Sheet) -> None:
    """The message at the foot, in the tone of such papers."""
    sheet.box(LEFT, 496, RIGHT - LEFT, 104, edge=BAR, weight=1.6)
    sheet.box(LEFT, 496, RIGHT - LEFT, 20, fill=BAR)
    sheet.text(sheet.width / 2, 510, "FINAL NOTICE  —  YOUR ACCOUNT IS PAST DUE", BOLD, 10.5, "#FFFFFF", "center", 0.4)
    words = (
        "We are not a participating provider of your plan. Your plan has paid its part and the balance shown is your "
        f"responsibility. Please pay in full by {slashed(BILL.due)}. Accounts that are not paid by that day may be "
        f"placed with an outside "
        "agency without further notice. If you have already sent your payment, please disregard this notice."
    )
    sheet.paragraph(LEFT + 12, 534, words, RIGHT - LEFT - 24, FACE, 9, 12.6)
    sheet.text(LEFT + 12, 590, f"Questions?  {PHYSICIANS.phone}, Monday to Friday 9:00 – 17:00", BOLD, 8.6)
    sheet.text(RIGHT - 12, 590, f"Pay online at {PHYSICIANS.website}", BOLD, 8.6, align="right")
    small = (
        f"Tax ID {PHYSICIANS.tax_id}. This bill is for the services of the emergency physician only. You will receive "
        f"a separate bill from "
        "the hospital."
    )
    sheet.paragraph(LEFT, 622, small, RIGHT - LEFT, FACE, 7.2, 9.4, GREY)
    sheet.text(RIGHT, 764, "PAGE 1 OF 1", FACE, 7, GREY, "right")
    sheet.text(LEFT, 764, "0115-88213  002  1/1  A", FACE, 6, GREY)


def physician_statement() -> tuple[bytes, dict[int, Place]]:
    """The one kept statement of the physician group, and the place of each charge by line number."""
    sheet = Sheet(f"Statement {BILL.number}", PHYSICIANS.name)
    mailing_marks(sheet, 21)
    slip(sheet)
    about(sheet)
    places = table(sheet)
    ages(sheet)
    notice(sheet)
    return sheet.finish(), places
