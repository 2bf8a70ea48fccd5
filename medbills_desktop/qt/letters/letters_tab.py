"""The Letters tab: what was written about this bill, and what came back."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.qt.letters.letter_columns import LETTER_COLUMNS
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, row
from medbills_desktop.store.queries.letters import ListLetters


class LettersTab(Page):
    """Signals: `counted` carries how many letters; `write_wanted` nothing."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"letter", "organization"})
    counted = Signal(object)
    write_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        empty = self.tr(
            "No letter about this bill yet. Ask for the itemized bill, or put your questions in writing; "
            "the letter is filled from your records."
        )
        self.view = RowsView(LETTER_COLUMNS, self.tr("Letters about this bill"), empty)
        self.view.opened.connect(self._open)
        layout = column(gap=4, margins=(0, 4, 0, 0))
        write = button(self.tr("Write a letter…"), self._write, "flat", "Ctrl+Shift+W", session.writable)
        layout.addLayout(row(None, button(self.tr("Open"), self._open_current, "flat", "Enter"), write))
        layout.addWidget(self.view)
        self.setLayout(layout)

    def show_bill(self, bill_id: int | None) -> None:
        """Show the letters about a bill."""
        self.bill_id = bill_id
        self._freshen()

    def mark_stale(self) -> None:
        """Letters are counted on the tab, so they are read at once."""
        self._freshen()

    def refresh(self) -> None:
        bill_id, today = self.bill_id, self.session.today
        rows = self.session.read(ListLetters(today, bill_id)) if bill_id is not None else []
        self.view.set_rows(rows)
        self.counted.emit(len(rows))

    @Slot(object)
    def _open(self, letter_id: int) -> None:
        self.session.go_to(Place("letter", letter_id))

    @Slot()
    def _open_current(self) -> None:
        if (letter_id := self.view.current_id()) is not None:
            self._open(letter_id)

    @Slot()
    def _write(self) -> None:
        self.write_wanted.emit()
