"""The Timeline page: every dated thing in one list, narrowed as one types."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.domain.dates import plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column, panel
from medbills_desktop.store.queries.timeline import Event, ListEvents

KIND_WORDS = {
    "visit": ("Visit", "accent"),
    "statement": ("Statement", "accent"),
    "claim": ("EOB", "accent"),
    "call": ("Call", "green"),
    "promise": ("Promise due", "amber"),
    "letter": ("Letter", "green"),
    "payment": ("Payment", "green"),
    "offer": ("Offer", "amber"),
    "estimate": ("Estimate", "accent"),
    "collection": ("Collector", "red"),
    "task": ("Task", "amber"),
    "document": ("Paper", "accent"),
}
EVENT_COLUMNS = (
    Column("When", lambda row: plain_moment(row.when), lambda row: row.when.sort_text, whole=True),
    Column(
        "What",
        lambda row: KIND_WORDS[row.kind][0],
        lambda row: row.kind,
        width=126,
        pill=lambda row: KIND_WORDS[row.kind][1],
    ),
    Column("Who", lambda row: row.who or "–", lambda row: row.who.casefold(), width=190, rank=1),
    Column("Details", lambda row: row.what, lambda row: row.what.casefold(), sentence=True),
    Column("Amount", lambda row: dollars(row.amount, ""), lambda row: row.amount, right=True, width=112),
)


class TimelinePage(Page):
    """Signals: `place_wanted` carries the `Place` of an event that was opened; `enter_wanted` nothing."""

    KINDS: ClassVar[frozenset[str]] = frozenset()
    TITLE = "Timeline"
    place_wanted = Signal(object)
    enter_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._empty = self.tr("Nothing with a date yet. Bills, calls, letters and papers appear here by themselves.")
        self._words = QLineEdit()
        self._words.setPlaceholderText(self.tr("Narrow the list: a name, a word, “call”, “payment” …"))
        self._words.setAccessibleName(self.tr("Narrow the timeline"))
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self.mark_stale)
        self._enter = self.tr("Enter a bill  Ctrl+N")
        step = self._enter if session.writable else ""
        self.view = RowsView(EVENT_COLUMNS, self.tr("Timeline"), self._empty, key=_number, step=step)
        self.view.step_wanted.connect(self._step)
        self.view.opened.connect(self._opened)
        listing = panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        self.setLayout(column(self._words, listing))
        self._asked = 0

    @Slot()
    def _step(self) -> None:
        """Enter a bill; where the list is only narrowed too far, show all of it again."""
        if self._words.text():
            self._words.clear()
        else:
            self.enter_wanted.emit()

    def refresh(self) -> None:
        self._asked += 1
        asked = self._asked
        query = ListEvents(self._words.text())
        self.session.tasks.start(lambda _task: (asked, self.session.library.read(query)), self._show_rows)

    def _show_rows(self, answer: tuple[int, list[Event]]) -> None:
        if answer[0] == self._asked:
            narrowed = self.tr("Nothing with these words."), self.tr("Show the whole timeline")
            self.view.say_when_empty(*narrowed if self._words.text() else (self._empty, self._enter))
            self.view.set_rows(answer[1])

    @Slot(object)
    def _opened(self, number: int) -> None:
        event = self.view.rows_model.row_at(self.view.rows_model.number_of(number))
        if event is not None:
            self.place_wanted.emit(Place(event.kind, event.id))


def _number(row: Event) -> int:
    return row.number
