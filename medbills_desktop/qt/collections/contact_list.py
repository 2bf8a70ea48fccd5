"""What was said and written with a collector, and what the biller's statements asked for, as lists."""

from __future__ import annotations

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.placements import Contact
from medbills_desktop.qt.rows_model import Column

KINDS = {"call": "Call", "letter": "Letter"}


def way_of(row: Contact) -> str:
    """From whom a contact was, and what it was: a letter of theirs, a call of mine."""
    return f"{KINDS[row.kind]} {'from them' if row.inward else 'from me'}"


def after_stop(row: Contact) -> str:
    """That a contact came after the letter that had asked for none; empty for any other."""
    return f"After your letter of {plain_day(row.after_stop)}" if row.after_stop else ""


CONTACTS = (
    Column("Date", lambda row: row.shown, lambda row: row.day.toordinal(), width=150, whole=True),
    Column("Contact", way_of, way_of, width=130),
    Column("About", lambda row: row.what or "–", lambda row: row.what.casefold(), sentence=True),
    Column("Note", after_stop, after_stop, width=190, tone=lambda row: "amber" if row.after_stop else None),
)
BALANCES = (
    Column("Statement", lambda row: plain_day(row.date), lambda row: row.date.toordinal(), sentence=True),
    Column("Charges", lambda row: dollars(row.total_charges), lambda row: row.total_charges, True, 110, rank=1),
    Column(
        "I paid, as printed", lambda row: dollars(row.patient_paid), lambda row: row.patient_paid, True, 130, rank=2
    ),
    Column("Asked", lambda row: dollars(row.balance), lambda row: row.balance, True, 110),
)


def key_of(row: Contact) -> int:
    """Calls and letters have ids of their own each; a row needs one of both."""
    return row.id * 2 + (row.kind == "letter")
