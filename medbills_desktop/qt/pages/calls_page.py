"""The Calls page: the contact log over all bills."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.records import Call
from medbills_desktop.qt.call_columns import CALL_COLUMNS
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column, counted, label, panel
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
        listing = panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        self.setLayout(column(listing, self._sum))

    def refresh(self) -> None:
        self.session.read_beside(ListCalls(), self._show_rows)

    def _show_rows(self, rows: list[CallRow]) -> None:
        self.view.set_rows(rows)
        minutes = sum(row.minutes for row in rows if row.minutes is not None)
        hours, rest = divmod(int(minutes), 60)
        text = counted(len(rows), self.tr("1 call"), self.tr("{n} calls"))
        time = self.tr("{hours} h {minutes} min noted").format(hours=hours, minutes=rest)
        self._sum.setText(f"{text} · {time}" if rows else "")

    @Slot()
    def _remove(self) -> None:
        call_id = self.view.current_id()
        if call_id is not None and self.session.perform(RemoveRecord(Call, call_id)) is None:
            self.session.tell(self.tr("The call was removed. Ctrl+Z brings it back."))
