"""The Calls page: the contact log over all bills, and the promises made in it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QWidget

from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.records import Call
from medbills_desktop.qt.call_columns import CALL_COLUMNS
from medbills_desktop.qt.calls.phone_time import phone_time
from medbills_desktop.qt.calls.promises_view import PromisesView
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column, label, panel
from medbills_desktop.store.queries.calls import CallRow, ListCalls


class CallsPage(Page):
    """Signals: `open_wanted` carries the id of a call to correct; `log_wanted` nothing."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"call", "call_bill", "promise", "organization", "bill"})
    TITLE = "Calls"
    open_wanted = Signal(object)
    log_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        empty = self.tr(
            "No call yet. Begin one when you dial: the time runs, and what you type is kept. "
            "Names, reference numbers and promises are what you will need later."
        )
        self.view = RowsView(
            CALL_COLUMNS, self.tr("Calls"), empty, step=self.tr("Log a call  Ctrl+L") if session.writable else ""
        )
        self.view.step_wanted.connect(self.log_wanted)
        self.view.opened.connect(self.open_wanted)
        self.view.remove_wanted.connect(self._remove)
        self._sum = label("", "muted")
        self.promises = PromisesView(session)
        self.promises.call_wanted.connect(self.open_wanted)
        self.promises.counted.connect(self._promises_counted)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._log(), self.tr("Calls"))
        self.tabs.addTab(self.promises, self.tr("Promises"))
        self.setLayout(column(self.tabs))

    def _log(self) -> QWidget:
        listing, log = panel(), QWidget()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        log.setLayout(column(listing, self._sum, margins=(0, 8, 0, 0)))
        return log

    def take_keyboard(self) -> None:
        """Put the keyboard into the list that is in front."""
        (self.promises.view if self.tabs.currentWidget() is self.promises else self.view).setFocus()

    def show_call(self, call_id: int) -> None:
        """Bring a call to the front."""
        self.tabs.setCurrentIndex(0)
        self.view.choose(call_id)

    def show_promise(self, promise_id: int) -> None:
        """Bring a promise to the front."""
        self.tabs.setCurrentWidget(self.promises)
        self.promises.show_promise(promise_id)

    @Slot(object)
    def _promises_counted(self, count: int) -> None:
        title = self.tr("Promises")
        self.tabs.setTabText(1, f"{title} {count:,}" if count else title)

    def refresh(self) -> None:
        self.session.read_beside(ListCalls(), self._show_rows)

    def _show_rows(self, rows: list[CallRow]) -> None:
        self.view.set_rows(rows)
        self._sum.setText(phone_time(self, rows))

    @Slot()
    def _remove(self) -> None:
        call_id = self.view.current_id()
        if call_id is not None and self.session.perform(RemoveRecord(Call, call_id)) is None:
            self.session.tell(self.tr("The call was removed. Ctrl+Z brings it back."))
