"""The columns of payments, of their totals, and of what is due back."""

from __future__ import annotations

from medbills_desktop.commands.payment_files import KIND
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.payment_totals import YearTotal, way_of
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.store.queries.payments import DueRow, PaymentRow

KIND_TONE = {"paid": "accent", "refund": "green", "reimbursement": "green"}
"""Money that went out is told in the accent, money that came back in green; each has its word."""

DUE_FROM = {"agreed": "Paid beyond the agreement", "share": "Paid beyond my share", "credit": "Stated credit"}


def _account(row: PaymentRow | DueRow) -> str:
    return row.account_number or "–"


PAYMENT_COLUMNS = (
    Column("Date", lambda row: plain_day(row.payment.date), lambda row: row.payment.date.toordinal(), whole=True),
    Column(
        "Kind",
        lambda row: KIND[way_of(row.payment)],
        lambda row: way_of(row.payment),
        width=120,
        pill=lambda row: KIND_TONE[way_of(row.payment)],
    ),
    Column("Biller", lambda row: row.biller, lambda row: row.biller.casefold()),
    Column("Account", _account, lambda row: row.account_number or "", width=110, rank=4),
    Column("Patient", lambda row: row.patient, lambda row: row.patient.casefold(), width=140, rank=1),
    Column("How", lambda row: row.payment.method or "–", lambda row: row.payment.method or "", width=100, rank=5),
    Column("Note", lambda row: row.payment.memo or "–", lambda row: row.payment.memo or "", width=140, rank=6),
    Column("Proof", lambda row: row.proof or "–", lambda row: row.proof.casefold(), width=120, rank=3),
    Column("Amount", lambda row: dollars(abs(row.payment.amount)), lambda row: abs(row.payment.amount), right=True),
)


def _year(row: YearTotal) -> str:
    return str(row.year)


def _sum(amount: Cents) -> str:
    return dollars(amount) if amount else "–"


TOTAL_COLUMNS = (
    Column("Tax year", _year, lambda row: row.year, width=80, whole=True),
    Column("Patient", lambda row: row.patient or "All together", lambda row: row.patient.casefold()),
    Column("Paid", lambda row: dollars(row.paid), lambda row: row.paid, right=True, width=100),
    Column("Refunds", lambda row: _sum(row.refunds), lambda row: row.refunds, right=True, width=90, rank=2),
    Column(
        "Reimbursed",
        lambda row: _sum(row.reimbursements),
        lambda row: row.reimbursements,
        right=True,
        width=100,
        rank=1,
    ),
    Column("Net", lambda row: dollars(row.net), lambda row: row.net, right=True, width=100),
)
DUE_COLUMNS = (
    Column("Biller", lambda row: row.biller, lambda row: row.biller.casefold()),
    Column("Account", _account, lambda row: row.account_number or "", width=110, rank=4),
    Column("Patient", lambda row: row.patient, lambda row: row.patient.casefold(), width=140, rank=3),
    Column("Because", lambda row: DUE_FROM[row.due.basis], lambda row: row.due.basis, width=190, rank=1, sentence=True),
    Column("Due", lambda row: dollars(row.due.due), lambda row: row.due.due, right=True, width=90),
    Column("Refunded", lambda row: _sum(row.due.refunded), lambda row: row.due.refunded, right=True, rank=2),
    Column("Reimbursed", lambda row: _sum(row.due.reimbursed), lambda row: row.due.reimbursed, right=True, rank=5),
    Column("Still due", lambda row: _sum(row.due.outstanding), lambda row: row.due.outstanding, right=True, width=90),
    Column(
        "State",
        lambda row: "Due" if row.due.outstanding else "Came back",
        lambda row: row.due.outstanding,
        width=104,
        pill=lambda row: "amber" if row.due.outstanding else "green",
    ),
)


def total_key(row: YearTotal) -> int:
    """An id for a row of totals: no two have the same year and patient; everybody together is number 0."""
    return row.year * 1_000_000_000 + (row.person_id or 0)
