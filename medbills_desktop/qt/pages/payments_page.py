"""The Payments page: what was paid and what came back over all bills, by tax year and patient, and what is due back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from medbills_desktop.commands.letters import WriteLetter
from medbills_desktop.commands.payment_files import chosen_rows, save_payments, totals_of
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.payment_totals import NOT_ADVICE
from medbills_desktop.domain.records import Payment
from medbills_desktop.qt.dialogs.ask import ask_target
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.forms.form import Choice
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.payments.payment_columns import DUE_COLUMNS, PAYMENT_COLUMNS, TOTAL_COLUMNS, total_key
from medbills_desktop.qt.payments.payment_form import Kind, enter_payment
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import ROW, TITLES, RowsView
from medbills_desktop.qt.tasks import Task
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, label, one_above_other, panel, row, scrolling
from medbills_desktop.store.queries.bills import ListBillChoices
from medbills_desktop.store.queries.payments import AllPayments, ListPayments

KINDS_OF_FILE = "Spreadsheet with totals (*.xlsx);;Payments as CSV (*.csv)"
MOST_ROWS = 8
"""Rows of the totals and of what is due back that are seen without scrolling inside them."""


class PaymentsPage(Page):
    """Narrowed by year and patient; the totals are those of what is shown."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"payment", "bill", "person", "organization", "statement", "claim", "claim_line", "offer", "document", "line"}
    )
    TITLE = "Payments"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._found = AllPayments()
        self._asked = 0
        writable = session.writable
        self.year, self.patient = Choice(), Choice()
        self.year.setAccessibleName(self.tr("Year"))
        self.patient.setAccessibleName(self.tr("Patient"))
        for choice in (self.year, self.patient):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(12)
            choice.activated.connect(self._show)
        self._empty = self.tr(
            "No payment yet. Enter what you paid, with its proof; refunds and reimbursements are entered here too, and "
            "each year is summed up by patient."
        )
        self._step = self.tr("Add payment…") if writable else ""
        self.view = RowsView(PAYMENT_COLUMNS, self.tr("Payments"), self._empty, step=self._step)
        self.view.step_wanted.connect(self.add)
        self.view.opened.connect(self._edit)
        self.view.remove_wanted.connect(self._remove)
        no_totals, nothing_due = self.tr("No payment to sum up."), self.tr("Nothing is due back by what is entered.")
        self.totals = RowsView(TOTAL_COLUMNS, self.tr("Totals by tax year"), no_totals, key=total_key, quiet=True)
        self.due = RowsView(DUE_COLUMNS, self.tr("Due back"), nothing_due)
        self.due.opened.connect(self._go_to_bill)
        self.due.chosen.connect(self._due_chosen)
        self._said = label("", "muted", wrap=True)
        self._nothing_due = label(nothing_due, "muted", wrap=True)
        self.ask = button(self.tr("Ask for it in a letter"), self._ask, "", self.tr("Drafts it"), writable)
        self.save = button(self.tr("Save as…"), self._save, "flat", self.tr("A spreadsheet, with the totals"))
        self._add_paid = button(self.tr("Add payment…"), self.add, "", "Ctrl+Shift+P", writable)
        self._add_refund = button(self.tr("Refund…"), self._refund, enabled=writable)
        self._add_back = button(self.tr("Reimbursement…"), self._reimbursement, enabled=writable)
        self.setLayout(self._lay_out())
        self._fill_choices()

    def _lay_out(self) -> QVBoxLayout:
        listing, below, inside = panel(), panel(), QWidget()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        advice = label(self.tr(NOT_ADVICE), "muted", wrap=True)
        advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._due_title = label(self.tr("Due back"), "strong")
        parts = (label(self.tr("Totals by tax year"), "strong"), self.totals, advice, 8)
        sums = column(*parts, self._due_title, self._nothing_due, self.due, self._said, gap=4, margins=(12, 10, 12, 8))
        sums.addLayout(row(self.ask, None))
        sums.addStretch(1)
        inside.setLayout(sums)
        below.setLayout(column(scrolling(inside), gap=0, margins=(2, 2, 2, 2)))
        self._below = below
        layout = column(gap=8)
        layout.addLayout(Flow((self.year, self.patient, self.save), (self._add_paid, self._add_refund, self._add_back)))
        keep(self.view, least_height=112)
        layout.addWidget(one_above_other(listing, below, (1, 1)), 1)
        return layout

    def rescale(self) -> None:
        """Take the heights of the text size in use."""
        self._fit()

    def refresh(self) -> None:
        self._asked += 1
        asked = self._asked
        self.session.read_beside(ListPayments(), partial(self._came, asked))

    def _came(self, asked: int, found: AllPayments) -> None:
        if asked == self._asked:
            self._found = found
            self._fill_choices()
            self._show()

    def _fill_choices(self) -> None:
        """Years and patients that have a payment; what was chosen stays where it is still there."""
        rows = self._found.payments
        years = sorted({row.payment.date.year for row in rows}, reverse=True)
        people = sorted({(row.patient.casefold(), row.patient, row.person_id) for row in rows})
        _fill(self.year, self.tr("All years"), [(str(year), year) for year in years])
        _fill(self.patient, self.tr("All patients"), [(name, number) for _, name, number in people])

    @Slot()
    def _show(self) -> None:
        year, person_id = self.year.currentData(), self.patient.currentData()
        rows = chosen_rows(self._found.payments, year, person_id)
        narrowed = bool(self._found.payments) and not rows
        self.view.say_when_empty(
            self.tr("No payment of this year and patient.") if narrowed else self._empty, self._step
        )
        self.view.set_rows(rows)
        self.totals.set_rows(totals_of(rows))
        due = [row for row in self._found.due if person_id in (None, row.person_id)]
        self.due.set_rows(due)
        self._below.setVisible(bool(self._found.payments or due))
        self.save.setEnabled(bool(rows))
        self._fit()

    def _fit(self) -> None:
        self.due.setVisible(bool(self.due.rows_model.rowCount()))
        self._nothing_due.setVisible(not self.due.rows_model.rowCount())
        for view in (self.totals, self.due):
            rows = max(1, min(view.rows_model.rowCount(), MOST_ROWS))
            view.setFixedHeight(px(ROW) * rows + px(TITLES) + px(12))

    @Slot(object)
    def _due_chosen(self, bill_id: int | None) -> None:
        """Say what is due back on the chosen bill, and by which fact."""
        found = self.due.rows_model.row_at(self.due.rows_model.number_of(bill_id))
        self._said.setText(found.due.sentence if found is not None else "")
        self._said.setVisible(found is not None)
        self.ask.setVisible(found is not None and bool(found.due.outstanding))

    @Slot()
    def _ask(self) -> None:
        """Draft the letter that asks the biller for what is due back."""
        bill_id = self.due.current_id()
        if bill_id is not None and (letter := self.session.perform(WriteLetter("refund_demand", bill_id))) is not None:
            self.session.go_to(Place("letter", letter.id))

    @property
    def said(self) -> str:
        """What is said about the money that is due back on the chosen bill."""
        return self._said.text()

    @Slot()
    def add(self) -> None:
        """Enter a payment on a bill that the form asks for."""
        self._enter("payment")

    @Slot()
    def _refund(self) -> None:
        self._enter("refund")

    @Slot()
    def _reimbursement(self) -> None:
        self._enter("reimbursement")

    def _enter(self, kind: Kind) -> None:
        if self.session.read(ListBillChoices()):
            enter_payment(self.session, self, kind=kind)
        else:
            self.session.tell(self.tr("A payment belongs to a bill. Press Ctrl+N to enter the bill first."))

    @Slot(object)
    def _edit(self, payment_id: int) -> None:
        edit_record(self.session, self, Payment, payment_id)

    @Slot()
    def _remove(self) -> None:
        payment_id = self.view.current_id()
        if payment_id is not None and self.session.writable:
            self.session.perform(RemoveRecord(Payment, payment_id))
            self.session.tell(self.tr("The payment was removed. Ctrl+Z brings it back."))

    @Slot(object)
    def _go_to_bill(self, bill_id: int) -> None:
        self.session.go_to(Place("bill", bill_id))

    @Slot()
    def _save(self) -> None:
        year = self.year.currentData()
        name = f"Payments {year}.xlsx" if year else "Payments.xlsx"
        target = ask_target(self, self.tr("Save the payments as"), name, KINDS_OF_FILE)
        if target is not None:
            self.save_to(target if target.suffix else target.with_name(f"{target.name}.xlsx"))

    def save_to(self, target: Path) -> None:
        """Write what is chosen beside the window, and say how it ended."""
        library = self.session.library
        year, person_id = self.year.currentData(), self.patient.currentData()

        def work(_task: Task) -> str:
            return save_payments(library, target, year, person_id)

        self.session.tasks.start(work, self.session.tell, self._refused)

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.session.refuse(error)


def _fill(choice: QComboBox, everything: str, entries: list[tuple[str, Any]]) -> None:
    chosen = choice.currentData()
    choice.clear()
    choice.addItem(everything, None)
    for words, value in entries:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(choice.findData(chosen), 0) if chosen is not None else 0)
