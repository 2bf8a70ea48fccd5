"""What the search field finds, as one types: records and pages of papers."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column, label, panel
from medbills_desktop.store.queries.searching import Hit, Search

KIND_WORDS = {
    "person": "Person",
    "organization": "Organization",
    "policy": "Policy",
    "visit": "Visit",
    "bill": "Bill",
    "statement": "Statement",
    "line": "Line",
    "claim": "EOB",
    "claim_line": "EOB line",
    "estimate": "Estimate",
    "call": "Call",
    "promise": "Promise",
    "letter": "Letter",
    "payment": "Payment",
    "offer": "Offer",
    "assistance": "Assistance",
    "collection": "Collector",
    "task": "Task",
    "price": "Price",
    "document": "Paper",
}


def _where(row: Hit) -> str:
    return f"{row.name} · page {row.page}" if row.page else row.name


HIT_COLUMNS = (
    Column("Found in", lambda row: KIND_WORDS[row.kind], width=112, pill=lambda row: "green" if row.page else "accent"),
    Column("Where", _where, width=300),
    Column("Text", lambda row: row.text),
)
MOST_HITS = 200


class SearchPage(Page):
    """Signals: `place_wanted` carries the `Place` of a hit that was opened, `previewed` that of the current one."""

    KINDS: ClassVar[frozenset[str]] = frozenset()
    TITLE = "Search"
    place_wanted = Signal(object)
    previewed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._typed = ""
        self._asked = 0
        self._count = label("", "muted")
        empty = self.tr("Nothing found with all of these words. Amounts are found with or without the comma.")
        self.view = RowsView(HIT_COLUMNS, self.tr("Found"), empty, key=_number)
        self.view.opened.connect(self._opened)
        self.view.chosen.connect(self._chosen)
        listing = panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        self.setLayout(column(self._count, listing))

    def search(self, typed: str) -> None:
        """Look for what was typed; late answers to earlier keys are dropped."""
        self._typed = typed
        self.mark_stale()

    def refresh(self) -> None:
        self._asked += 1
        asked, query = self._asked, Search(self._typed, MOST_HITS)
        self.session.tasks.start(lambda _task: (asked, self.session.library.read(query)), self._show_hits)

    def _show_hits(self, answer: tuple[int, list[Hit]]) -> None:
        if answer[0] != self._asked:
            return
        self.view.set_rows(answer[1])
        more = self.tr(" (the newest; type more to narrow)") if len(answer[1]) == MOST_HITS else ""
        self._count.setText(self.tr("%n found", "", len(answer[1])) + more)

    @Slot(object)
    def _opened(self, number: int) -> None:
        if (place := self._place(number)) is not None:
            self.place_wanted.emit(place)

    @Slot(object)
    def _chosen(self, number: int | None) -> None:
        if number is not None and self.view.hasFocus() and (place := self._place(number)) is not None:
            self.previewed.emit(place)

    def _place(self, number: int) -> Place | None:
        hit = self.view.rows_model.row_at(self.view.rows_model.number_of(number))
        return Place(hit.kind, hit.id, hit.page) if hit is not None else None


def _number(row: Hit) -> int:
    return row.number
