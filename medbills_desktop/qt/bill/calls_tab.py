"""The Calls tab: what was said about this bill."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from medbills_desktop.domain.call_scripts import call_scripts
from medbills_desktop.qt.call_columns import CALL_COLUMNS
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.calls.phone_time import phone_time
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, label
from medbills_desktop.store.queries.calls import ListCalls


class CallsTab(Page):
    """Signals: `counted` carries how many calls; `log_wanted` nothing; `open_wanted` the id of a call; `call_wanted` a
    `CallWish` for a purpose."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"call", "call_bill", "promise", "organization"})
    counted = Signal(object)
    log_wanted = Signal()
    open_wanted = Signal(object)
    call_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        empty = self.tr("No call about this bill yet. Press Ctrl+L when you dial; the time runs while you type.")
        self.view = RowsView(CALL_COLUMNS, self.tr("Calls about this bill"), empty)
        self.view.setColumnHidden(4, True)
        self.view.opened.connect(self.open_wanted)
        layout = column(gap=4, margins=(0, 4, 0, 0))
        self._time = label("", "muted", wrap=True)
        log = button(self.tr("Log a call"), self._log, "flat", "Ctrl+L", session.writable)
        self.about = self._make_menu()
        layout.addLayout(Headed(self._time, (self.about, log), least=160))
        layout.addWidget(self.view)
        self.setLayout(layout)

    def _make_menu(self) -> QPushButton:
        """Calls by what they are for: each begins with whom to call, what to ask and what one could say."""
        about = QPushButton(self.tr("Call about…"))
        about.setObjectName("flat")
        about.setAutoDefault(False)
        about.setEnabled(self.session.writable)
        menu = QMenu(about)
        for number, script in enumerate(call_scripts().values(), 1):
            act = menu.addAction(f"&{number}  {script.name}", self._call)
            act.setData(script.purpose)
        about.setMenu(menu)
        return about

    def show_bill(self, bill_id: int | None) -> None:
        """Show the calls about a bill."""
        self.bill_id = bill_id
        self._freshen()

    def mark_stale(self) -> None:
        """Calls are counted on the tab, so they are read at once."""
        self._freshen()

    def refresh(self) -> None:
        rows = self.session.read(ListCalls(self.bill_id)) if self.bill_id is not None else []
        self.view.set_rows(rows)
        self._time.setText(phone_time(self, rows))
        self.counted.emit(len(rows))

    @Slot()
    def _call(self) -> None:
        act = self.sender()
        if self.bill_id is not None and isinstance(act, QAction):
            self.call_wanted.emit(CallWish(self.bill_id, purpose=act.data()))

    @Slot()
    def _log(self) -> None:
        self.log_wanted.emit()
