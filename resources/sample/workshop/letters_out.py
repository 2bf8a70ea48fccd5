"""Letters that the family wrote: plain pages from a home printer. The case file keeps the same words."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.balances import (
    ADJUSTMENT_SHRANK_BY,
    COUNTER,
    COUNTER_DATE,
    HOSPITAL_SECOND,
    ITEMIZED_DATE,
    OFFER,
    OFFER_DATE,
)
from workshop.charges import HOSPITAL_TOTAL, NOT_ITEMIZED
from workshop.furniture import signature
from workshop.money import dollars, spelled
from workshop.people import HOME, HOME_PHONE, HOSPITAL, HOSPITAL_ACCOUNT, PATIENT, WRITER
from workshop.sheet import Sheet

FACE, BOLD = "Times-Roman", "Times-Bold"
LEFT, RIGHT = 76.0, 536.0
REQUEST_DATE = "2026-01-23"
REPLY_DUE = "2026-02-22"
CERTIFIED = "9407 0000 0000 2214 7703 55"
DRAFT_DATE = "2026-03-19"


@dataclass(frozen=True)
class Written:
    """A letter of the family: date, subject and body; paragraphs are parted by an empty line."""

    date: str
    subject: str
    body: str
    enclosed: str = ""


REQUEST = Written(
    REQUEST_DATE,
    f"Request for an itemized bill, account {HOSPITAL_ACCOUNT}",
    f"I am writing about the account of my husband, {PATIENT}, for his visit of October 17 and 18, 2025. Your "
    f"statements of November 18, 2025 "
    f"and January 20, 2026 show charges of {dollars(HOSPITAL_TOTAL)} in one sum.\n\n"
    "Please send us an itemized bill that lists every charge with its date, its code where there is one, a "
    "description, the number of "
    "units, the price of one unit and the charge. Your colleague Dana told me on January 22 that a written request is "
    "needed; this is it.\n\n"
    f"Please also tell us why the adjustments on the second statement are lower than on the first. They were "
    f"{dollars(HOSPITAL_SECOND.adjustments + ADJUSTMENT_SHRANK_BY)} in November and are "
    f"{dollars(HOSPITAL_SECOND.adjustments)} in January, and nobody "
    "has told us of a change.\n\n"
    f"Please answer by {spelled(REPLY_DUE)} and keep the account on hold until we have had time to read the itemized "
    f"bill. Thank you for your help.",
)  # fmt: skip
COUNTER_OFFER = Written(
    COUNTER_DATE,
    f"Your offer of {spelled(OFFER_DATE)}, account {HOSPITAL_ACCOUNT}",
    f"Thank you for your letter of {spelled(OFFER_DATE)}, in which you offer to accept {dollars(OFFER)} for the "
    f"balance of "
    f"{dollars(HOSPITAL_SECOND.balance)}. We would like to settle this account, and we cannot pay that amount.\n\n"
    f"We can pay {dollars(COUNTER)} in one sum within ten days of your written agreement. We reach this amount "
    f"because several lines of the "
    f"itemized bill of {spelled(ITEMIZED_DATE)} are still open between us: two charges appear twice, one charge is "
    f"higher than its units and price, the "
    f"crutches were never given to us, and {dollars(NOT_ITEMIZED)} of the total stands on no line at all. We have "
    f"also applied for financial "
    "assistance (FA-26-0388).\n\n"
    "Our offer holds on these terms: you confirm in writing that the payment settles the account in full, you send a "
    "letter that shows a "
    "balance of zero, and nothing is reported or passed on to a collector.\n\n"
    "Please answer in writing. You can also reach me by telephone in the evening.",
    "Enclosed: copy of your letter; list of the open lines",
)  # fmt: skip
DISPUTE = Written(
    DRAFT_DATE,
    f"Charges that we ask you to review, account {HOSPITAL_ACCOUNT}",
    f"We have read the itemized bill of {spelled(ITEMIZED_DATE)} against the visit summary that my husband was given, "
    f"and we ask you to review these "
    "points:\n\n"
    "1. Ketorolac (J1885), 2 units for $84.00, stands twice on page 1. The summary shows one dose, at 20:52.\n\n"
    "2. IV start kit, $84.25, stands twice on page 2. One IV was placed.\n\n"
    "3. Sedation: 3 units at $186.00 come to $558.00; $744.00 is charged.\n\n"
    "4. Crutches (E0114), $118.00. He broke his wrist and walked out without crutches.\n\n"
    f"5. The forty lines come to {dollars(HOSPITAL_TOTAL - NOT_ITEMIZED)}; the total is {dollars(HOSPITAL_TOTAL)}. "
    f"Which charges make up the other "
    f"{dollars(NOT_ITEMIZED)}?\n\n"
    "6. What is \"Misc supply\", $137.60?\n\n"
    "If a charge is changed, please send the corrected claim to Harbor & Vale Health Plan as well and give us its "
    "answer. Please write to us "
    "by April 20, 2026. Thank you.",
)  # fmt: skip


def family_letter(letter: Written, seed: int, method: str) -> bytes:
    """One letter to the hospital's patient accounts, signed by hand."""
    sheet = Sheet(letter.subject, WRITER)
    for row, words in enumerate((WRITER, *HOME, HOME_PHONE)):
        sheet.text(RIGHT, 74 + row * 14, words, FACE, 11.5, align="right")
    sheet.text(LEFT, 150, spelled(letter.date), FACE, 11.5)
    for row, words in enumerate((HOSPITAL.name, "Patient Accounts", HOSPITAL.street, HOSPITAL.town)):
        sheet.text(LEFT, 178 + row * 14, words, FACE, 11.5)
    sheet.text(LEFT, 240, method, "Times-Italic", 10.5, "#444444")
    sheet.text(LEFT, 272, letter.subject, BOLD, 11.5)
    sheet.text(LEFT, 296, "To whom it may concern:", FACE, 11.5)
    y = 319.0
    for words in letter.body.split("\n\n"):
        y = sheet.paragraph(LEFT, y, words, RIGHT - LEFT, FACE, 11.5, 15.2) + 7.5
    sheet.text(LEFT, y + 4, "Sincerely,", FACE, 11.5)
    signature(sheet, LEFT, y + 42, seed, 108, "#1E2F66")
    sheet.text(LEFT, y + 60, WRITER, FACE, 11.5)
    if letter.enclosed:
        sheet.text(LEFT, y + 84, letter.enclosed, "Times-Italic", 10, "#444444")
    return sheet.finish()


def request_letter() -> bytes:
    """The request for an itemised bill, as sent."""
    return family_letter(REQUEST, 3, f"By certified mail, {CERTIFIED}")


def counter_letter() -> bytes:
    """The answer to the hospital's offer, as sent."""
    return family_letter(COUNTER_OFFER, 4, "By fax to (614) 555-0119 and by mail")
