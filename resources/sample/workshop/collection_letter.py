"""The collector's notice: book type, a table of the amount, a slip with boxes to tick."""

from __future__ import annotations

from workshop.balances import COLLECTION_AMOUNT, COLLECTION_DATE, PHYSICIANS_STATEMENT
from workshop.furniture import mailing_marks, perforation, received_stamp, scan_line, stripes
from workshop.money import dollars, spelled
from workshop.people import COLLECTOR, COLLECTOR_FILE, HOME, PATIENT_PLAIN, PHYSICIANS, PHYSICIANS_ACCOUNT
from workshop.sheet import Sheet

FACE, BOLD, ITALIC = "Times-Roman", "Times-Bold", "Times-Italic"
LEFT, RIGHT = 58.0, 554.0
DISPUTE_BY = "2026-04-13"
OPENING = (
    f"This agency collects debts. {PHYSICIANS.name} has placed the account below with us, and we are trying to "
    f"collect it. "
    "What you tell us will be used for that purpose."
)
RIGHTS = (
    f"Call or write to us by {spelled(DISPUTE_BY)} if you dispute all or a part of this debt. If you do not, we will "
    f"take it that our information is "
    "right. If you write to us by that day, we must stop collecting any amount you dispute until we have sent you "
    "information that shows you owe it. "
    f"Write to us by {spelled(DISPUTE_BY)} and we will also tell you the name and address of the original creditor, "
    f"if it differs from the current one."
)  # fmt: skip
TICKS = (
    "I dispute this debt because I think:   [  ] this is not my debt    [  ] the amount is wrong    [  ] other "
    "(describe on the back)",
    "[  ] I want you to send me the name and address of the original creditor.",
    "[  ] I enclose this amount:  $ ______________     Make your check payable to Hollis Crane Receivables, LLC.",
)  # fmt: skip


def head(sheet: Sheet) -> None:
    """The centred letterhead and the two addresses."""
    sheet.text(306, 58, "HOLLIS CRANE RECEIVABLES", BOLD, 17, "#222222", "center", 1.6)
    sheet.rule(236, 66, 376, 0.6, "#222222")
    contact = f"{COLLECTOR.address}   ·   {COLLECTOR.phone}   ·   weekdays 8 am to 6 pm"
    sheet.text(306, 79, contact, ITALIC, 9.4, "#333333", "center")
    for row, words in enumerate((PATIENT_PLAIN, HOME[0].upper(), HOME[1].upper())):
        sheet.text(LEFT + 12, 122 + row * 13, words, FACE, 11)
    pairs = (("Date", spelled(COLLECTION_DATE)), ("Our file", COLLECTOR_FILE), ("Creditor",
    "Copperline Emergency Physicians"),
             ("Creditor's account", PHYSICIANS_ACCOUNT))  # fmt: skip
    for row, (label, value) in enumerate(pairs):
        sheet.text(320, 122 + row * 14, label, ITALIC, 10.5, "#444444")
        sheet.text(408, 122 + row * 14, value, FACE, 10.5)


def amount_table(sheet: Sheet, top: float) -> None:
    """How the amount is made up, from the day of the creditor's last statement."""
    rows = (
        (f"On {spelled(PHYSICIANS_STATEMENT.date)} the amount owed was", dollars(COLLECTION_AMOUNT)),
        ("Interest since then", "+ $0.00"),
        ("Fees since then", "+ $0.00"),
        ("Paid or credited since then", "– $0.00"),
    )
    for row, (label, value) in enumerate(rows):
        y = top + row * 16
        sheet.text(LEFT + 40, y, label, FACE, 11)
        sheet.text(RIGHT - 40, y, value, FACE, 11, align="right")
        sheet.rule(LEFT + 40, y + 4.5, RIGHT - 40, 0.3, "#999999", (1, 2))
    sheet.rule(LEFT + 40, top + 54, RIGHT - 40, 0.8)
    sheet.text(LEFT + 40, top + 68, "Total amount of the debt now", BOLD, 11.5)
    sheet.text(RIGHT - 40, top + 68, dollars(COLLECTION_AMOUNT), BOLD, 11.5, align="right")


def slip(sheet: Sheet) -> None:
    """What to send back."""
    perforation(sheet, 566)
    sheet.text(LEFT, 590, "How do you want to respond?", BOLD, 11.5)
    for row, words in enumerate(TICKS):
        sheet.text(LEFT, 608 + row * 16, words, FACE, 9.8)
    for row, words in enumerate(("HOLLIS CRANE RECEIVABLES, LLC", COLLECTOR.street.upper(), COLLECTOR.town.upper())):
        sheet.text(LEFT + 12, 676 + row * 13, words, FACE, 11)
    sheet.text(RIGHT, 676, f"File {COLLECTOR_FILE}", FACE, 10, align="right")
    sheet.text(RIGHT, 689, f"{PATIENT_PLAIN}   {dollars(COLLECTION_AMOUNT)}", FACE, 10, align="right")
    stripes(sheet, LEFT + 12, 716, COLLECTOR_FILE.replace("-", ""), 14, 0.66)
    scan_line(sheet, 330, 728, COLLECTOR_FILE, COLLECTION_AMOUNT)
    sheet.text(RIGHT, 762, "Page 1 of 1", FACE, 8, "#555555", "right")


def collection_letter() -> bytes:
    """The first letter of the collector, for exactly what the physician group last asked."""
    sheet = Sheet(f"Notice {COLLECTOR_FILE}", COLLECTOR.name)
    mailing_marks(sheet, 31)
    head(sheet)
    sheet.text(LEFT, 206, "Re: account for care on October 17, 2025", BOLD, 11.5)
    y = sheet.paragraph(LEFT, 228, OPENING, RIGHT - LEFT, FACE, 11, 14.5)
    amount_table(sheet, y + 14)
    sheet.text(LEFT, y + 112, "You can dispute the debt", BOLD, 11.5)
    y = sheet.paragraph(LEFT, y + 130, RIGHTS, RIGHT - LEFT, FACE, 11, 14.5)
    words = "You may also have rights under the laws of Ohio. To arrange a payment, please call us."
    sheet.paragraph(LEFT, y + 8, words, RIGHT - LEFT, FACE, 11, 14.5)
    sheet.text(LEFT, y + 56, "Hollis Crane Receivables, LLC", ITALIC, 11)
    received_stamp(sheet, 446, 212, "MAR 13 2026", 5)
    slip(sheet)
    return sheet.finish()
