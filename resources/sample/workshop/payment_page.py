"""The physicians' payment page as a browser printed it: the proof that the EOB's share was paid in December."""

from __future__ import annotations

from workshop.balances import PAID_TO_PHYSICIANS, PAID_TO_PHYSICIANS_ON
from workshop.money import dollars, spelled
from workshop.people import PATIENT, PHYSICIANS, PHYSICIANS_ACCOUNT
from workshop.sheet import Sheet

LEFT, RIGHT = 126.0, 486.0
CONFIRMATION = "CPL-7Q4M-22981"
COPPER = "#9C4A1A"
GREY = "#6A6F78"


def payment_page() -> bytes:
    """The confirmation, one page."""
    sheet = Sheet("Payment confirmation", "Copperline payments")
    sheet.text(28, 26, "12/15/25, 8:47 PM", "Vera", 6.8, "#333333")
    sheet.text(306, 26, "Payment confirmation | Copperline", "Vera", 6.8, "#333333", "center")
    sheet.text(28, 772, f"https://{PHYSICIANS.website}/receipt/{CONFIRMATION.lower()}", "Vera", 6.8, "#333333")
    sheet.text(584, 772, "1/1", "Vera", 6.8, "#333333", "right")
    sheet.box(28, 40, 556, 34, fill="#F3ECE6")
    sheet.text(44, 61, "copperline", "VeraBold", 12, COPPER)
    sheet.text(568, 61, "Help     Sign out", "Vera", 7.6, GREY, "right")
    sheet.box(LEFT, 108, RIGHT - LEFT, 340, fill="#FFFFFF", edge="#D5D8DD", weight=0.8, radius=10)
    sheet.disc(306, 152, 20, fill="#E4F3EA")
    sheet.line(297, 152, 303.5, 159, 2.4, "#1C6B45")
    sheet.line(303.5, 159, 316, 145, 2.4, "#1C6B45")
    sheet.text(306, 200, "Thank you. Your payment was received.", "VeraBold", 11, align="center")
    sheet.text(306, 234, dollars(PAID_TO_PHYSICIANS), "VeraBold", 24, COPPER, "center")
    rows = (
        ("Paid on", f"{spelled(PAID_TO_PHYSICIANS_ON)}, 8:46 PM"),
        ("Confirmation", CONFIRMATION),
        ("Account", PHYSICIANS_ACCOUNT),
        ("Patient", PATIENT),
        ("Provider", PHYSICIANS.name),
        ("From", "Checking account ending in 3306"),
    )
    for row, (label, value) in enumerate(rows):
        y = 274 + row * 25
        sheet.text(LEFT + 26, y, label, "Vera", 8.4, GREY)
        sheet.text(RIGHT - 26, y, value, "Vera", 8.6, align="right")
        if row < len(rows) - 1:
            sheet.rule(LEFT + 26, y + 9, RIGHT - 26, 0.4, "#E2E4E8")
    note = "Payments are posted to the account within 5 business days."
    sheet.text(306, 432, note, "Vera", 7.6, GREY, "center")
    sheet.text(306, 474, "Please print or save this page for your records.", "Vera", 8, GREY, "center")
    return sheet.finish()
