"""The Bills page: all bills above, the chosen one below."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Bill
from medbills_desktop.domain.step_words import list_words
from medbills_desktop.qt.bill.bill_panel import BillPanel
from medbills_desktop.qt.dialogs.ask import ask_remove
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.people.patient_choice import PatientChoice
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import ROW, TITLES, RowsView
from medbills_desktop.qt.theme import per_cent, px
from medbills_desktop.qt.widgets import column, panel
from medbills_desktop.store.queries.bills import BillRow, ListBills

BILL_COLUMNS = (
    Column("Biller", lambda row: row.biller, lambda row: row.biller.casefold()),
    Column("Patient", lambda row: row.patient, lambda row: row.patient.casefold(), width=150, rank=1),
    Column(
        "Visit",
        lambda row: plain_day(row.visit_start.day if row.visit_start else None),
        lambda row: row.visit_start and row.visit_start.sort_text,
        width=100,
        whole=True,
        rank=2,
    ),
    Column("Asked", lambda row: dollars(row.asked), lambda row: row.asked, right=True, width=108),
    Column(
        "Status",
        lambda row: words.STATUS.get(row.status or "", "–"),
        lambda row: list(words.STATUS).index(row.status) if row.status else None,
        width=96,
        pill=lambda row: words.STATUS_TONE.get(row.status or ""),
    ),
    Column("Next", lambda row: row.next_step, lambda row: row.next_due and row.next_due.toordinal(), sentence=True),
)


LEAST_OF_THE_BILL = 320
"""Pixels at 100 % text below which the tools of a tab would run into each other."""
MOST_OF_THE_LEAST = 155
"""Text size in per cent beyond which that least height only grows where the window has the room."""


class BillsPage(Page):
    """Signals: `bill_shown` carries the id of the chosen bill or None; `enter_wanted` nothing."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"bill", "statement", "promise", "task", "organization", "person", "visit", "call_bill"}
    )
    TITLE = "Bills"
    bill_shown = Signal(object)
    enter_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        empty = self.tr("No bill yet. Take the newest one in your hand: who sent it, for whom, and how much they ask.")
        self.view = RowsView(
            BILL_COLUMNS, self.tr("Bills"), empty, step=self.tr("Enter a bill  Ctrl+N") if session.writable else ""
        )
        self.view.step_wanted.connect(self.enter_wanted)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._opened)
        self.view.remove_wanted.connect(self.remove_current)
        self._rows: list[BillRow] = []
        session.steps.changed.connect(self._steps_changed)
        self.bill = BillPanel(session)
        self.bill.edit_wanted.connect(self._edit)
        listing = self._listing = panel()
        self.patients = PatientChoice(session)
        session.patients.changed.connect(self.mark_stale)
        inside = column(self.view, gap=4, margins=(4, 4, 4, 4))
        inside.insertWidget(0, self.patients, 0, Qt.AlignmentFlag.AlignLeft)
        listing.setLayout(inside)
        self.patients.settle()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(px(8))
        self.splitter.addWidget(listing)
        self.splitter.addWidget(self.bill)
        keep(listing, least_height=ROW + TITLES + 18)
        self._least: float = LEAST_OF_THE_BILL
        self.rescale()
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([px(216), px(520)])
        self.setLayout(column(self.splitter))

    def make_room(self, least: float) -> None:
        """Put the list away while something else needs its room; the bill keeps `least` pixels at 100 % text."""
        self._listing.hide()
        self._least = least
        self.rescale()

    def take_room(self) -> None:
        """Show the list again."""
        self._listing.show()
        self._least = LEAST_OF_THE_BILL
        self.rescale()

    def rescale(self) -> None:
        """Share the height for the text size in use; with large text a list of one row and a bill fit a low screen."""
        least = round(self._least * min(per_cent(), MOST_OF_THE_LEAST) / 100)
        beside = self._listing.minimumHeight() + self.splitter.handleWidth() if self._listing.isVisibleTo(self) else 0
        self.bill.setMinimumHeight(max(least, min(px(self._least), self.height() - beside)))

    def refresh(self) -> None:
        self.session.read_beside(ListBills(), self._show_rows)
        self.session.steps.want()

    def _show_rows(self, rows: list[BillRow]) -> None:
        self._rows = rows
        self._steps_changed()

    @Slot()
    def _steps_changed(self) -> None:
        """The next steps come beside the list, and only rows that differ are drawn anew."""
        listed = [self._with_step(row) for row in self._rows if self.session.patients.shows(row.id)]
        self.view.set_rows(listed, self.bill.bill_id)

    def _with_step(self, row: BillRow) -> BillRow:
        found = self.session.steps.rows.get(row.id)
        return row if found is None else replace(row, next_step=list_words(found.step), next_due=found.step.day)

    def show_bill(self, bill_id: int) -> None:
        """Choose a bill, whether or not the list knows it yet; everyone's are listed where it is another patient's."""
        if not self.session.patients.shows(bill_id):
            self.session.patients.choose(None)
        if not self.view.choose(bill_id):
            self.bill.show_bill(bill_id)
            self.bill_shown.emit(bill_id)

    @Slot(object)
    def _chosen(self, bill_id: int | None) -> None:
        self.bill.show_bill(bill_id)
        self.bill_shown.emit(bill_id)

    @Slot(object)
    def _opened(self, _bill_id: int) -> None:
        self.bill.tabs.setFocus()

    @Slot(object)
    def _edit(self, bill_id: int) -> None:
        edit_record(self.session, self, Bill, bill_id)

    @Slot()
    def remove_current(self) -> None:
        """Remove the chosen bill after asking; its papers stay, and undo brings it back."""
        bill_id = self.view.current_id()
        row = self.view.rows_model.row_at(self.view.currentIndex().row())
        if bill_id is None or row is None:
            return
        question = self.tr("Remove the bill of {biller}?").format(biller=row.biller)
        detail = self.tr(
            "Its lines, statements, payments and offers go with it. Papers and calls stay. Ctrl+Z brings it back."
        )
        if ask_remove(self, question, detail):
            self.session.perform(RemoveRecord(Bill, bill_id))

    # Qt's own names from here on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()
