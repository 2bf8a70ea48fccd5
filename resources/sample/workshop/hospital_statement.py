"""The hospital's two summary statements: one family, teal, a payment slip at the foot, help with bills on the back."""

from __future__ import annotations

from workshop import people
from workshop.balances import HOSPITAL_FIRST, Figures
from workshop.furniture import card_boxes, lantern, mailing_marks, perforation, scan_line, stripes
from workshop.money import dollars, figure, slashed, spelled
from workshop.people import HOME, HOSPITAL, HOSPITAL_ACCOUNT, PATIENT_PLAIN
from workshop.sheet import Sheet

TEAL = "#0E5C63"
PALE = "#E6F0F0"
GLOW = "#F2B84B"
GREY = "#5C6668"
LEFT, RIGHT = 42.0, 570.0

BACK = (
    ("Ways to pay", "Online at www.lanternhill.example/pay, by telephone at (614) 555-0118 around the clock, by mail "
                    "with the "
     "slip on the front, or at the cashier's window in the main lobby, Monday to Friday from 8:00 to 16:30."),
    ("If you cannot pay at once", "We can spread a balance over up to 24 months without interest. Please call us "
                                  "before the "
     "due date; we are glad to find a plan that fits."),
    ("Financial assistance", "Lantern Hill Medical Center is a nonprofit hospital. Patients whose household income "
                             "lies within our "
     "policy may receive care free of charge or at a reduced charge. The application, the policy and a plain summary "
     "of it are "
     "free at the cashier's window, at www.lanternhill.example/help and by telephone. You can apply for 240 days after "
     "your first statement."),
    ("Insurance", "If the insurance shown on the front is not right, please tell us now. Your plan's explanation of "
                  "benefits tells "
     "what it paid and what it leaves to you; where it differs from this statement, please call us."),
    ("Other bills for this visit", "Physicians who cared for you, and the group that reads our images, are not "
                                   "employed by the "
     "hospital and send their own bills."),
    ("Itemized bill", "A list of every charge is free of charge on request. Write to Patient Accounts at the address "
                      "on the front or use "
     "the form in the patient portal."),
)  # fmt: skip


def letterhead(sheet: Sheet) -> None:
    """Logo, name and address along the top; the hospital's letters use it too."""
    lantern(sheet, LEFT, 34, 34, TEAL, GLOW)
    sheet.text(LEFT + 44, 49, "Lantern Hill", "SansBold", 15, TEAL)
    sheet.text(LEFT + 44, 63, "MEDICAL CENTER", "Sans", 7.6, TEAL, spread=1.6)
    for row, words in enumerate((HOSPITAL.street, HOSPITAL.town, f"Patient Accounts {HOSPITAL.phone}")):
        sheet.text(RIGHT, 42 + row * 11, words, "Sans", 7.8, GREY, "right")


def heading(sheet: Sheet, bill: Figures) -> None:
    """Title, window address and the box with what is asked."""
    letterhead(sheet)
    sheet.rule(LEFT, 80, RIGHT, 1.4, TEAL)
    sheet.text(LEFT, 106, "Statement of your account", "SansBold", 16)
    sheet.text(LEFT, 121, "This is a summary. Charges are shown in total.", "Sans", 8.6, GREY)
    for row, words in enumerate((PATIENT_PLAIN, HOME[0].upper(), HOME[1].upper())):
        sheet.text(LEFT + 18, 168 + row * 12.5, words, "Sans", 9.6)
    rows = (
        ("Statement date", slashed(bill.date)),
        ("Statement number", bill.number),
        ("Account number", HOSPITAL_ACCOUNT),
        ("Dates of service", "10/17/2025 – 10/18/2025"),
        ("Please pay by", slashed(bill.due)),
    )
    sheet.box(336, 94, RIGHT - 336, 116, fill=PALE, radius=4)
    for row, (label, value) in enumerate(rows):
        y = 110 + row * 13.5
        sheet.text(348, y, label, "Sans", 8, GREY)
        sheet.text(RIGHT - 12, y, value, "Sans", 8.4, align="right")
    sheet.rule(348, 175, RIGHT - 12, 0.6, TEAL)
    sheet.text(348, 196, "Amount due", "SansBold", 10.5, TEAL)
    sheet.text(RIGHT - 12, 197, dollars(bill.balance), "SansBold", 16, TEAL, "right")


def summary(sheet: Sheet, bill: Figures) -> None:
    """The five figures of the account."""
    sheet.text(LEFT, 250, "Account summary", "SansBold", 11, TEAL)
    sheet.rule(LEFT, 257, RIGHT, 0.7, TEAL)
    rows = (
        ("Total charges for this visit", figure(bill.charges), ""),
        ("Adjustments agreed with your insurance", f"– {figure(bill.adjustments)}", people.INSURER.name),
        ("Payments received from insurance", f"– {figure(bill.insurer_paid)}", people.INSURER.name),
        ("Payments received from you", f"– {figure(bill.patient_paid)}" if bill.patient_paid else "0.00", ""),
    )
    for row, (label, value, note) in enumerate(rows):
        y = 274 + row * 18
        end = sheet.text(LEFT, y, label, "Sans", 9.4)
        sheet.text(LEFT + end + 8, y, note, "Sans", 7.8, GREY)
        sheet.text(RIGHT - 8, y, value, "Sans", 9.4, align="right")
        sheet.rule(LEFT, y + 6, RIGHT, 0.3, "#C9D2D3")
    sheet.box(LEFT, 336, RIGHT - LEFT, 22, fill=TEAL, radius=3)
    sheet.text(LEFT + 8, 351, "Your balance", "SansBold", 10, "#FFFFFF")
    sheet.text(RIGHT - 8, 351, dollars(bill.balance), "SansBold", 11.5, "#FFFFFF", "right")


def activity(sheet: Sheet, bill: Figures) -> None:
    """What happened on the account since it was opened, oldest first."""
    sheet.text(LEFT, 384, "Activity", "SansBold", 11, TEAL)
    sheet.rule(LEFT, 391, RIGHT, 0.7, TEAL)
    rows = [
        ("10/18/2025", f"Visit of {PATIENT_PLAIN.title()}, emergency and observation", figure(bill.charges)),
        ("11/12/2025", f"{people.INSURER.name}, adjustment", f"– {figure(bill.adjustments)}"),
        ("11/12/2025", f"{people.INSURER.name}, payment", f"– {figure(bill.insurer_paid)}"),
    ]
    if bill.patient_paid:
        rows.append(("12/12/2025", "Payment at cashier's window, thank you", f"– {figure(bill.patient_paid)}"))
    for row, (day, words, value) in enumerate(rows):
        y = 407 + row * 15
        sheet.text(LEFT, y, day, "Sans", 8.6, GREY)
        sheet.text(LEFT + 78, y, words, "Sans", 8.8)
        sheet.text(RIGHT - 8, y, value, "Sans", 8.8, align="right")
    sheet.box(LEFT, 482, RIGHT - LEFT, 46, fill="#FBF5E6", radius=4)
    words = (
        "You may qualify for help with it. The other side tells about financial assistance, payment plans and "
        "how to get an itemized bill, and about the bills that others send you for the same visit."
    )
    sheet.text(LEFT + 12, 498, "A word about this bill", "SansBold", 8.8, "#7A5310")
    sheet.paragraph(LEFT + 12, 510, words, RIGHT - LEFT - 24, "Sans", 8.2, 10.6, "#4E3A12")


def slip(sheet: Sheet, bill: Figures) -> None:
    """The part to send back."""
    perforation(sheet, 570, "PLEASE DETACH HERE AND RETURN THIS PART WITH YOUR PAYMENT")
    sheet.text(LEFT, 596, "Lantern Hill Medical Center", "SansBold", 10, TEAL)
    for row, words in enumerate(("Patient Accounts", "PO Box 7730", HOSPITAL.town)):
        sheet.text(LEFT, 609 + row * 11.5, words, "Sans", 8.6)
    pairs = (("Account", HOSPITAL_ACCOUNT), ("Patient", PATIENT_PLAIN), ("Pay by", slashed(bill.due)))
    for row, (label, value) in enumerate(pairs):
        sheet.text(218, 596 + row * 13, label, "Sans", 8, GREY)
        sheet.text(262, 596 + row * 13, value, "Sans", 8.6)
    sheet.box(432, 586, 138, 38, edge=TEAL, weight=0.9, radius=3)
    sheet.text(440, 598, "Amount due", "Sans", 7.6, GREY)
    sheet.text(562, 616, dollars(bill.balance), "SansBold", 13, TEAL, "right")
    sheet.box(432, 628, 138, 30, edge="#9AA5A6", radius=3)
    sheet.text(440, 640, "I am paying", "Sans", 7.6, GREY)
    sheet.text(440, 653, "$", "Sans", 10, GREY)
    card_boxes(sheet, LEFT, 678, "Sans")
    stripes(sheet, 336, 682, f"{HOSPITAL_ACCOUNT}{bill.balance:08d}", 24)
    scan_line(sheet, 336, 728, HOSPITAL_ACCOUNT, bill.balance)
    sheet.text(LEFT, 764, "Make checks payable to Lantern Hill Medical Center and write the account number on them.",
               "Sans", 7.4, GREY)  # fmt: skip
    sheet.text(RIGHT, 764, "Page 1 of 2", "Sans", 7.4, GREY, "right")


def back(sheet: Sheet, bill: Figures) -> None:
    """The other side: in print a little paler, as on real stock."""
    sheet.next_page()
    letterhead(sheet)
    sheet.rule(LEFT, 80, RIGHT, 1.4, TEAL)
    sheet.text(LEFT, 106, "About your bill", "SansBold", 14)
    y = 134.0
    for title, words in BACK:
        sheet.text(LEFT, y, title, "SansBold", 9.6, TEAL)
        y = sheet.paragraph(LEFT + 150, y, words, RIGHT - LEFT - 150, "Sans", 8.8, 12.4, "#3A4142") + 12
    sheet.rule(LEFT, y, RIGHT, 0.5, "#C9D2D3")
    words = f"Tax ID {HOSPITAL.tax_id}. Statement {bill.number} of {spelled(bill.date)}, account {HOSPITAL_ACCOUNT}."
    sheet.text(LEFT, y + 16, words, "Sans", 7.8, GREY)
    sheet.text(LEFT, 764, "Lantern Hill Medical Center is a nonprofit community hospital.", "Sans", 7.4, GREY)
    sheet.text(RIGHT, 764, "Page 2 of 2", "Sans", 7.4, GREY, "right")


def hospital_statement(bill: Figures) -> bytes:
    """One summary statement with its two pages."""
    sheet = Sheet(f"Statement {bill.number}", HOSPITAL.name)
    mailing_marks(sheet, 11 if bill is HOSPITAL_FIRST else 12)
    heading(sheet, bill)
    summary(sheet, bill)
    activity(sheet, bill)
    slip(sheet, bill)
    back(sheet, bill)
    return sheet.finish()
