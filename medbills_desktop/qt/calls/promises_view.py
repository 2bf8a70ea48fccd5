"""The promises over all bills: what they said they would do, whether they did, and what shows it."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from medbills_desktop.commands.proving import ProvePromise
from medbills_desktop.domain.records import PromiseProof
from medbills_desktop.qt.calls.promise_columns import PROMISE_COLUMNS, SHOWN_BY, STATE_WORDS
from medbills_desktop.qt.calls.promise_form import close_promise
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, counted, label, panel, row
from medbills_desktop.store.queries.promises import ListPromises, PromiseRow

CHOICES = (
    ("waiting", "Open and late"),
    *((state, words) for state, words in STATE_WORDS.items() if state != "open"),
    ("", "All"),
)


class PromisesView(Page):
    """Signals: `counted` carries how many promises are not kept yet; `call_wanted` the id of a call."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"promise", "promise_proof", "call", "call_bill", "organization", "document", "letter", "payment"}
    )
    counted = Signal(object)
    call_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._rows: list[PromiseRow] = []
        empty = self.tr("No promise here. What they say they will do, and by when, is typed while you log a call.")
        self.view = RowsView(PROMISE_COLUMNS, self.tr("Promises"), empty)
        self.view.chosen.connect(self._show_acts)
        self.view.opened.connect(self._opened)
        self.view.clicked.connect(self._clicked)
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Which promises"))
        for state, words in CHOICES:
            self.which.addItem(self.tr(words), state)
        self.which.activated.connect(self._fill)
        self._sum = label("", "muted", wrap=True)
        self.acts = self._make_acts()
        listing = panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        layout = column(gap=8, margins=(0, 8, 0, 0))
        head = row(self.which, gap=12)
        head.addWidget(self._sum, 1)
        layout.addLayout(head)
        layout.addWidget(listing, 1)
        layout.addLayout(Flow(tuple(self.acts.values())))
        self.setLayout(layout)

    def _make_acts(self) -> dict[str, QPushButton]:
        writable = self.session.writable
        return {
            "kept": button(self.tr("It was kept…"), self.keep_kept, enabled=writable),
            "broken": button(self.tr("It was not kept…"), self.keep_broken, enabled=writable),
            "open": button(self.tr("Open again"), self.reopen, "flat", enabled=writable),
            "proof": button(self.tr("Show what shows it"), self.show_proof),
            "call": button(self.tr("Show the call"), self.show_call, "flat"),
        }

    def refresh(self) -> None:
        self.session.read_beside(ListPromises(self.session.today), self._read)

    @Slot(object)
    def _read(self, rows: list[PromiseRow]) -> None:
        self._rows = rows
        self.counted.emit(sum(row.state in ("late", "open") for row in rows))
        self._fill()

    @Slot()
    def _fill(self) -> None:
        wanted = self.which.currentData()
        shown = [row for row in self._rows if _fits(row, wanted)]
        self.view.set_rows(shown)
        counts: Counter[str] = Counter(row.state for row in self._rows)
        parts = [
            counted(len(self._rows), self.tr("1 promise"), self.tr("{n} promises")),
            *(f"{counts[state]:,} {words.casefold()}" for state, words in STATE_WORDS.items() if counts[state]),
        ]
        self._sum.setText(" · ".join(parts) if self._rows else "")
        self._show_acts(self.view.current_id())

    def show_promise(self, promise_id: int) -> None:
        """Make a promise current, whatever the choice above the list."""
        self._rows = self.session.read(ListPromises(self.session.today))
        self.which.setCurrentIndex(self.which.findData(""))
        self._fill()
        self.view.choose(promise_id)
        self.view.setFocus()

    @property
    def row(self) -> PromiseRow | None:
        """The current promise."""
        found: PromiseRow | None = self.view.rows_model.row_at(self.view.currentIndex().row())
        return found

    @Slot(object)
    def _show_acts(self, _promise_id: object = None) -> None:
        row = self.row
        self.acts["kept"].setVisible(row is not None and row.state != "kept")
        self.acts["broken"].setVisible(row is not None and row.state != "broken")
        self.acts["open"].setVisible(row is not None and row.state in ("kept", "broken"))
        self.acts["proof"].setVisible(row is not None and row.shown is not None and bool(row.shown.kind))
        self.acts["call"].setVisible(row is not None)

    @Slot()
    def keep_kept(self) -> None:
        """Ask what shows that the current promise was kept."""
        if self.row is not None:
            close_promise(self.session, self, self.row.id, "kept")

    @Slot()
    def keep_broken(self) -> None:
        """Ask what shows that the current promise was not kept."""
        if self.row is not None:
            close_promise(self.session, self, self.row.id, "broken")

    @Slot()
    def reopen(self) -> None:
        """The current promise waits again; what was noted as showing it stays."""
        if (row := self.row) is not None:
            kept = self.session.read(lambda reader: reader.find(PromiseProof, promise_id=row.id))
            self.session.perform(ProvePromise(row.id, "open", None, kept[0] if kept else None))

    @Slot()
    def show_proof(self) -> None:
        """Go to what shows how the current promise came out."""
        row = self.row
        if row is not None and row.shown is not None and row.shown.kind:
            self.session.go_to(Place(row.shown.kind, row.shown.id))

    @Slot()
    def show_call(self) -> None:
        """Open the call in which the current promise was made."""
        if self.row is not None:
            self.call_wanted.emit(self.row.call_id)

    @Slot(object)
    def _opened(self, _promise_id: int) -> None:
        self.show_call()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if PROMISE_COLUMNS[index.column()].title == SHOWN_BY:
            self.show_proof()


def _fits(row: PromiseRow, wanted: str) -> bool:
    return not wanted or row.state == wanted or (wanted == "waiting" and row.state in ("open", "late"))
