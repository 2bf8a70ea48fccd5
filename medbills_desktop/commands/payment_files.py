"""Payments as a file for a spreadsheet: what moved, and the totals of each year and patient."""

from __future__ import annotations

from pathlib import Path

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.payment_totals import PaidFor, YearTotal, way_of, year_totals
from medbills_desktop.exchange.csv_writing import write_csv_file
from medbills_desktop.exchange.tables import Table, TableColumn
from medbills_desktop.exchange.xlsx_writing import write_tables
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_place import keep_out_of
from medbills_desktop.store.queries.payments import ListPayments, PaymentRow

KIND = {"paid": "Payment", "refund": "Refund", "reimbursement": "Reimbursement"}
"""What money that moved is called, by the way that it went."""

_PAYMENTS = (
    TableColumn("Date", "day", lambda row: row.payment.date),
    TableColumn("Kind", "text", lambda row: KIND[way_of(row.payment)]),
    TableColumn("Patient", "text", lambda row: row.patient),
    TableColumn("Biller", "text", lambda row: row.biller),
    TableColumn("Account", "text", lambda row: row.account_number),
    TableColumn("Amount", "money", lambda row: abs(row.payment.amount)),
    TableColumn("Net", "money", lambda row: _net(row)),
    TableColumn("How", "text", lambda row: row.payment.method),
    TableColumn("Number", "text", lambda row: row.payment.number),
    TableColumn("Note", "text", lambda row: row.payment.memo),
    TableColumn("Proof", "text", lambda row: row.proof or None),
)
_TOTALS = (
    TableColumn("Year", "number", lambda row: row.year),
    TableColumn("Patient", "text", lambda row: row.patient or "All together"),
    TableColumn("Paid", "money", lambda row: row.paid),
    TableColumn("Refunds", "money", lambda row: row.refunds),
    TableColumn("Reimbursements", "money", lambda row: row.reimbursements),
    TableColumn("Net", "money", lambda row: row.net),
)


def _net(row: PaymentRow) -> int:
    return abs(row.payment.amount) if way_of(row.payment) == "paid" else -abs(row.payment.amount)


def chosen_rows(rows: tuple[PaymentRow, ...], year: int | None, person_id: int | None) -> tuple[PaymentRow, ...]:
    """The payments of one year and one patient; `None` is all."""
    return tuple(row for row in rows if year in (None, row.payment.date.year) and person_id in (None, row.person_id))


def totals_of(rows: tuple[PaymentRow, ...]) -> tuple[YearTotal, ...]:
    """The totals of payments by year and patient."""
    return year_totals(PaidFor(row.payment, row.person_id, row.patient) for row in rows)


def save_payments(library: Library, target: Path, year: int | None = None, person_id: int | None = None) -> str:
    """Write payments by the target's ending: `.csv` (what moved), or `.xlsx` (with a sheet of totals).

    Amounts are above zero with their kind beside them, `Net` has the sign. Gives one sentence on what was written;
    raises `UserError` for another ending, or where the target can't be written or lies in the library.
    """
    keep_out_of(library.folder, target)
    rows = chosen_rows(library.read(ListPayments()).payments, year, person_id)
    if not rows:
        raise UserError("There is no payment to write.", "Choose another year or patient.")
    payments = Table("payments", _PAYMENTS, rows)
    ending = target.suffix.lower()
    if ending == ".xlsx":
        write_tables((payments, Table("totals", _TOTALS, totals_of(rows))), "Payments", target)
    elif ending == ".csv":
        write_csv_file(payments, target)
    else:
        raise UserError(f"“{target.name}” has an ending that can't be written.", "Use .csv or .xlsx.")
    return f"Written to {target}."
