"""Letters that came from the insurer and from the hospital's assistance office."""

from __future__ import annotations

from workshop import explanation, hospital_statement
from workshop.balances import INCOME, PHYSICIANS_STATEMENT
from workshop.claims import PHYSICIAN_CLAIM
from workshop.furniture import lantern, received_stamp, signature
from workshop.money import dollars, slashed, spelled
from workshop.people import (
    HOME,
    HOSPITAL,
    HOSPITAL_ACCOUNT,
    INSURER,
    MEMBER,
    PATIENT,
    PHYSICIANS,
    WRITER,
)
from workshop.sheet import Sheet

LEFT, RIGHT = 72.0, 540.0
INSURER_LETTER_DATE = "2026-02-24"
INSURER_CALL_NUMBER = "HV-0218-77341"
ASSISTANCE_DATE = "2026-03-05"
ASSISTANCE_NUMBER = "FA-26-0388"

INSURER_WORDS = (
    f"Thank you for calling us on February 18, 2026 (reference {INSURER_CALL_NUMBER}). You asked what {PATIENT} has "
    f"to pay for the "
    "emergency physician who saw him on October 17, 2025, because the physician group asks for more than our "
    "explanation of benefits shows.",
    f"{PHYSICIANS.name} is not in our network. Because this was emergency care, we worked the claim out as if it "
    f"were. The "
    f"amount that we recognize for the three services is {dollars(PHYSICIAN_CLAIM.totals.allowed)}. Of this the plan "
    f"has paid "
    f"{dollars(PHYSICIAN_CLAIM.totals.plan_paid)}. The member's share is {dollars(PHYSICIAN_CLAIM.totals.owed)}.",
    f"For emergency care on or after January 1, 2022, a provider outside the network may not ask the patient for more "
    f"than that share. The difference "
    f"between the charge of {dollars(PHYSICIANS_STATEMENT.charges)} and the amount that we recognize is a matter "
    f"between the provider and the plan. "
    "We have told the group so.",
    "You may show this letter to the group and to anyone who collects for it. If you are still asked for more, please "
    "call us, and you may also "
    "turn to the federal help desk for surprise medical bills.",
)  # fmt: skip
ASSISTANCE_WORDS = (
    f"We received your application for financial assistance on March 2, 2026 and gave it the number "
    f"{ASSISTANCE_NUMBER}. It covers account {HOSPITAL_ACCOUNT}, "
    "the emergency visit of October 17 and 18, 2025.",
    f"You told us of a household of three and a yearly income of {dollars(INCOME)}. With the application we have your "
    f"2024 tax return and the "
    "January 2026 pay stubs of both adults. Nothing else is needed from you now.",
    "A financial counselor will decide within thirty days of the day the application was complete and will write to "
    "you. Until then the account "
    "is on hold: it will not be sent to a collection agency, and no late charges are added. An offer that you may "
    "have received from Patient Accounts "
    "stays open while we decide.",
    "If your income or household changes, please let us know.",
)  # fmt: skip


def insurer_letter() -> bytes:
    """The insurer confirms in writing what the patient's share is."""
    sheet = Sheet("Letter about claim 25316-022-6610", INSURER.name)
    sheet.canvas.saveState()
    sheet.canvas.translate(LEFT - explanation.LEFT, -10)
    explanation.letterhead(sheet)
    sheet.canvas.restoreState()
    for row, words in enumerate(("Member Services", INSURER.address, INSURER.phone)):
        sheet.text(RIGHT, 54 + row * 11, words, "Helvetica", 8, explanation.GREY, "right")
    sheet.rule(LEFT, 92, RIGHT, 1.2, explanation.BLUE)
    for row, words in enumerate((WRITER, *HOME)):
        sheet.text(LEFT, 132 + row * 14, words, "Helvetica", 10.5)
    sheet.text(RIGHT, 132, spelled(INSURER_LETTER_DATE), "Helvetica", 10.5, align="right")
    pairs = (
        ("Patient", PATIENT),
        ("Member ID", MEMBER),
        ("Claim", PHYSICIAN_CLAIM.number),
        ("Provider", PHYSICIANS.name),
    )
    sheet.box(LEFT, 184, RIGHT - LEFT, 68, fill=explanation.PALE, radius=4)
    for row, (label, value) in enumerate(pairs):
        sheet.text(LEFT + 12, 201 + row * 14.5, label, "Helvetica", 9, explanation.GREY)
        sheet.text(LEFT + 80, 201 + row * 14.5, value, "Helvetica-Bold", 9.6)
    sheet.text(LEFT, 284, "Dear Ms. Okafor-Reyes:", "Helvetica", 10.5)
    y = 306.0
    for words in INSURER_WORDS:
        y = sheet.paragraph(LEFT, y, words, RIGHT - LEFT, "Helvetica", 10.5, 15) + 7
    sheet.text(LEFT, y + 8, "Sincerely,", "Helvetica", 10.5)
    signature(sheet, LEFT, y + 46, 5, 96, "#1D2A57")
    sheet.text(LEFT, y + 66, "Renata Vogel", "Helvetica", 10.5)
    sheet.text(LEFT, y + 80, "Member Services, Claims Review", "Helvetica", 9, explanation.GREY)
    received_stamp(sheet, 430, y + 60, "FEB 27 2026", -6)
    sheet.text(LEFT, 756, "HV-L 2204 (01/26)", "Helvetica", 7, explanation.GREY)
    sheet.text(RIGHT, 756, "Page 1 of 1", "Helvetica", 7, explanation.GREY, "right")
    return sheet.finish()


def assistance_letter() -> bytes:
    """The hospital has the application and puts the account on hold."""
    teal, grey = hospital_statement.TEAL, hospital_statement.GREY
    sheet = Sheet(f"Application {ASSISTANCE_NUMBER} received", HOSPITAL.name)
    lantern(sheet, LEFT, 46, 34, teal, hospital_statement.GLOW)
    sheet.text(LEFT + 44, 61, "Lantern Hill", "SansBold", 15, teal)
    sheet.text(LEFT + 44, 75, "MEDICAL CENTER", "Sans", 7.6, teal, spread=1.6)
    for row, words in enumerate(("Financial Counseling", HOSPITAL.address, "(614) 555-0121")):
        sheet.text(RIGHT, 56 + row * 11, words, "Sans", 7.8, grey, "right")
    sheet.rule(LEFT, 94, RIGHT, 1.2, teal)
    for row, words in enumerate((PATIENT, *HOME)):
        sheet.text(LEFT, 134 + row * 14, words, "Sans", 10)
    sheet.text(RIGHT, 134, spelled(ASSISTANCE_DATE), "Sans", 10, align="right")
    sheet.text(LEFT, 206, "We have your application", "SansBold", 15, teal)
    sheet.text(LEFT, 236, "Dear Mr. Okafor-Reyes,", "Sans", 10)
    y = 258.0
    for words in ASSISTANCE_WORDS:
        y = sheet.paragraph(LEFT, y, words, RIGHT - LEFT, "Sans", 10, 15.4) + 8
    sheet.text(LEFT, y + 8, "With kind regards,", "Sans", 10)
    signature(sheet, LEFT, y + 48, 8, 88, "#2B2B2B")
    sheet.text(LEFT, y + 68, "Marisol Quint", "Sans", 10)
    sheet.text(LEFT, y + 82, "Financial counselor, direct line (614) 555-0121", "Sans", 8.4, grey)
    words = f"Application {ASSISTANCE_NUMBER}   ·   account {HOSPITAL_ACCOUNT}   ·   {slashed(ASSISTANCE_DATE)}"
    sheet.text(LEFT, 756, words, "Sans", 7.4, grey)
    sheet.text(RIGHT, 756, "Page 1 of 1", "Sans", 7.4, grey, "right")
    return sheet.finish()
