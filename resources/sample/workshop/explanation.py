"""The insurer's three explanations of benefits: wide pages, ten columns, a year at a glance, appeal rights behind."""

from __future__ import annotations

from dataclasses import dataclass

from workshop import claims
from workshop.claims import Claim, Share
from workshop.furniture import stripes
from workshop.money import dollars, figure, slashed, spelled
from workshop.people import FIRMS, GROUP, HOME, INSURER, MEMBER, PATIENT, PLAN, WRITER
from workshop.sheet import LETTER, Sheet

FACE, BOLD = "Helvetica", "Helvetica-Bold"
BLUE = "#123B7A"
CORAL = "#E0644B"
GREY = "#5B6472"
PALE = "#EEF3FA"
LEFT, RIGHT = 40.0, 752.0
# Heading in two rows, right edge in points, and the field of a share that stands below it.
COLUMNS = (
    ("Amount", "billed", 316.0, "billed"),
    ("Plan", "discount", 374.0, "discount"),
    ("Allowed", "amount", 432.0, "allowed"),
    ("Plan", "paid", 488.0, "plan_paid"),
    ("Other ins.", "paid", 532.0, ""),
    ("", "Deductible", 580.0, "deductible"),
    ("", "Copay", 616.0, ""),
    ("", "Coinsurance", 664.0, "coinsurance"),
    ("Not", "covered", 700.0, ""),
    ("What you", "may owe", RIGHT - 5, "owed"),
)
TABLE_TOP = 226.0
REMARKS = {
    "HV7": "This was emergency care by a provider outside our network. Your share is worked out as if the provider "
    "were in the network. Please call us if you are asked to pay more than the amount in the last column.",
}  # fmt: skip
BACK = (
    ("If you do not agree", "You may ask us to look at this decision again. Write to Appeals, PO Box 9027, Port Vale, "
                            "OH 44996, or use the form in "
     "your member account, within 180 days of receiving this notice. Tell us why you do not agree and send copies of "
     "what supports "
     "it. You may name someone to act for you. We answer within 60 days for care already received."),
    ("How we worked it out", "Amount billed less plan discount is the allowed amount. The allowed amount is shared "
                             "between the plan and you: "
     "first your deductible, then your coinsurance of 20 percent. What you may owe is the sum of deductible, copay, "
     "coinsurance and what is "
     "not covered."),
    ("What to do with this paper", "Keep it, and hold the bill of the provider against it when the bill comes. You "
                                   "should not be asked for more than "
     "the amount in the last column. If you have already paid part of it, the bill should show that."),
    ("Emergency care", "For emergency care you cannot be charged more than your share in the network, even where the "
                       "hospital or the physician is "
     "not in our network."),
)  # fmt: skip


@dataclass(frozen=True)
class Year:
    """What had been used of the yearly limits once this claim was settled, in cents."""

    deductible: int
    out_of_pocket: int


def year_after(claim: Claim) -> Year:
    """Sum up the claims in the order in which the plan settled them."""
    settled = [other for other in claims.CLAIMS if other.date <= claim.date]
    return Year(
        sum(other.totals.deductible for other in settled),
        sum(other.totals.owed for other in settled),
    )


def letterhead(sheet: Sheet) -> None:
    """Two waves and the name; the insurer's letters use it too."""
    for row, color in enumerate((BLUE, CORAL)):
        y = 44 + row * 9
        corners = [(LEFT, y), (LEFT + 13, y - 6), (LEFT + 26, y), (LEFT + 39, y - 6)]
        sheet.polygon([*corners, (LEFT + 39, y - 1), (LEFT + 26, y + 5), (LEFT + 13, y - 1), (LEFT, y + 5)], color)
    sheet.text(LEFT + 50, 48, "Harbor & Vale", BOLD, 15, BLUE)
    sheet.text(LEFT + 50, 59, "HEALTH PLAN", FACE, 7.4, BLUE, spread=2)


def head(sheet: Sheet, pages: str) -> None:
    """Letterhead, title and page number."""
    letterhead(sheet)
    sheet.text(RIGHT, 47, "Explanation of benefits", BOLD, 16, BLUE, "right")
    sheet.text(RIGHT, 61, f"This is not a bill   ·   {pages}", FACE, 8.6, CORAL, "right")
    sheet.rule(LEFT, 72, RIGHT, 1.2, BLUE)


def subjects(sheet: Sheet, claim: Claim) -> None:
    """Address, member and claim, side by side."""
    for row, words in enumerate((WRITER, *HOME)):
        sheet.text(LEFT + 6, 104 + row * 12.5, words, FACE, 9.4)
    firm = next(firm for firm in FIRMS if firm.key == claim.firm)
    columns = (
        (250.0, (("Patient", PATIENT), ("Member ID", MEMBER), ("Group", GROUP), ("Plan", PLAN))),
        (452.0, (("Provider", firm.name), ("Network", "In network" if claim.network == "in" else "Out of network"),
                 ("Claim number", claim.number), ("Settled on", spelled(claim.date)))),
    )  # fmt: skip
    for x, pairs in columns:
        for row, (label, value) in enumerate(pairs):
            sheet.text(x, 98 + row * 13.5, label, FACE, 8, GREY)
            sheet.text(x + 62, 98 + row * 13.5, value, FACE, 8.8)
    sheet.box(LEFT, 164, RIGHT - LEFT, 34, fill=PALE, radius=4)
    totals = claim.totals
    facts = (
        ("Billed by the provider", totals.billed),
        ("Your plan's discount", totals.discount),
        ("Paid by your plan", totals.plan_paid),
        ("What you may owe the provider", totals.owed),
    )
    for column, (label, amount) in enumerate(facts):
        x = LEFT + 14 + column * 176
        sheet.text(x, 177, label, FACE, 7.8, GREY)
        sheet.text(x, 191, dollars(amount), BOLD, 11.5, CORAL if column == 3 else BLUE)


def cells(sheet: Sheet, y: float, row: Share, face: str, size: float) -> None:
    """The ten amounts of one row; three columns are always nothing here, and say so."""
    for _, _, edge, field in COLUMNS:
        amount = getattr(row, field) if field else 0
        sheet.text(edge, y, figure(amount), face, size, align="right")


def table(sheet: Sheet, claim: Claim) -> float:
    """The claim row by row with its totals; returns the y below it."""
    sheet.box(LEFT, TABLE_TOP - 18, RIGHT - LEFT, 26, fill=BLUE)
    for first, second, edge, _ in COLUMNS:
        sheet.text(edge, TABLE_TOP - 8, first, FACE, 7, "#FFFFFF", "right")
        sheet.text(edge, TABLE_TOP + 1.5, second, FACE, 7, "#FFFFFF", "right")
    sheet.text(LEFT + 5, TABLE_TOP + 1.5, "Date of service", FACE, 7, "#FFFFFF")
    sheet.text(LEFT + 68, TABLE_TOP + 1.5, "Service", FACE, 7, "#FFFFFF")
    y = TABLE_TOP + 23
    for row in claim.rows:
        sheet.text(LEFT + 5, y, slashed(row.day), FACE, 8)
        sheet.text(LEFT + 68, y, row.name, FACE, 8.4)
        small = "  ".join(
            part for part in (row.code, f"Qty {row.units}" if row.units else "", row.remark or "") if part
        )
        sheet.text(LEFT + 68, y + 9.5, small, FACE, 6.6, GREY)
        cells(sheet, y, row, FACE, 8.2)
        step = 23.0 if small else 19.0
        sheet.rule(LEFT, y + step - 11, RIGHT, 0.3, "#B9C4D4")
        y += step
    sheet.box(LEFT, y - 9.6, RIGHT - LEFT, 17, fill=PALE)
    sheet.text(LEFT + 5, y + 2, "Claim totals", BOLD, 8.4)
    cells(sheet, y + 2, claim.totals, BOLD, 8)
    return y + 26


def gauges(sheet: Sheet, y: float, year: Year) -> None:
    """How much of the year's deductible and out-of-pocket limit is used."""
    sheet.text(LEFT, y, "Your year so far (January 1 to December 31, 2025)", BOLD, 9.4, BLUE)
    bars = (
        ("Deductible", year.deductible, claims.DEDUCTIBLE),
        ("Out-of-pocket limit", year.out_of_pocket, claims.LIMIT),
    )
    for row, (label, used, limit) in enumerate(bars):
        top = y + 14 + row * 26
        sheet.text(LEFT, top + 7.5, label, FACE, 8.4)
        sheet.box(LEFT + 92, top, 170, 9, fill="#DCE4EF", radius=4.5)
        if used:
            sheet.box(LEFT + 92, top, 170 * min(1.0, used / limit), 9, fill=CORAL if row else BLUE, radius=4.5)
        sheet.text(LEFT + 272, top + 7.5, f"{dollars(used)} of {dollars(limit)} used", FACE, 8.2, GREY)


def remarks(sheet: Sheet, y: float, claim: Claim) -> None:
    """The remark codes of this claim in words, right of the year."""
    codes = sorted({row.remark for row in claim.rows if row.remark})
    sheet.text(476, y, "Notes", BOLD, 9.4, BLUE)
    y += 14
    if not codes:
        sheet.text(476, y + 7.5, "No notes for this claim.", FACE, 8.2, GREY)
    for code in codes:
        sheet.text(476, y + 7.5, code, BOLD, 8.2)
        y = sheet.paragraph(502, y + 7.5, REMARKS[code], RIGHT - 502, FACE, 8.2, 10.8, GREY)


def foot(sheet: Sheet, claim: Claim) -> None:
    """Barcode and service line at the bottom."""
    stripes(sheet, LEFT, 566, claim.number.replace("-", ""), 13, 0.6)
    words = f"Member services {INSURER.phone}, {INSURER.website}, {INSURER.address}"
    sheet.text(RIGHT, 577, words, FACE, 7.4, GREY, "right")


def back(sheet: Sheet, claim: Claim) -> None:
    """Appeal rights and how to read the paper."""
    sheet.next_page()
    head(sheet, "Page 2 of 2")
    for place, (title, words) in enumerate(BACK):
        x = LEFT + (place % 2) * 368
        y = 108 + (place // 2) * 128
        sheet.text(x, y, title, BOLD, 10.5, BLUE)
        sheet.paragraph(x, y + 18, words, 336, FACE, 9, 12.8, "#38414F")
    words = f"Claim {claim.number}, settled {spelled(claim.date)}, {PATIENT}, member {MEMBER}."
    sheet.text(LEFT, 380, words, FACE, 8, GREY)
    foot(sheet, claim)


def explanation(claim: Claim) -> bytes:
    """The EOB of one claim."""
    sheet = Sheet(f"Explanation of benefits {claim.number}", INSURER.name, (LETTER[1], LETTER[0]))
    head(sheet, "Page 1 of 2")
    subjects(sheet, claim)
    y = table(sheet, claim)
    gauges(sheet, y, year_after(claim))
    remarks(sheet, y, claim)
    foot(sheet, claim)
    back(sheet, claim)
    return sheet.finish()
