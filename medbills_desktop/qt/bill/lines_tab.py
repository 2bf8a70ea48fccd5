"""The Lines tab: the grid, its running totals, and marks by one click."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from medbills_desktop.domain import words
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.money_views import line_totals
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import MARK_KEYS
from medbills_desktop.qt.bill.lines_grid import LinesGrid
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, label, row
from medbills_desktop.store.queries.lines import ListEarlierLines

DIRECT_MARKS = ("ok", "not_received", "duplicate", "overpriced", "unclear")
"""The marks with a button of their own; the others are in the menu."""


class LinesTab(Page):
    """Signals: `line_chosen` carries the id of the current line or None; `show_on_paper` the id of a line."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"line"})
    line_chosen = Signal(object)
    show_on_paper = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        self.grid = LinesGrid(session)
        self.grid.line_chosen.connect(self.line_chosen)
        self.grid.refused.connect(self._show_problem)
        self.grid.paste_refused.connect(self._show_paste_problems)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._count = label("", "muted")
        self._charged = label("", "strong")
        self._disputed = label("", "amber")
        self._accepted = label("", "green")
        layout = column(self._tools(), self._problem, self.grid, self._totals(), gap=4, margins=(0, 4, 0, 0))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _tools(self) -> QWidget:
        bar = QFrame()
        parts: list[QWidget | int | None] = [label(self.tr("Mark:"), "muted")]
        keys = {mark: key for key, mark in MARK_KEYS.items()}
        for mark in DIRECT_MARKS:
            tip = self.tr("Alt+{key}, or {key} in the mark column").format(key=keys[mark])
            one = button(words.MARK[mark], self._mark_clicked, "flat", tip)
            one.setProperty("mark", mark)
            parts.append(one)
        more = QPushButton(self.tr("More marks"))
        more.setObjectName("flat")
        menu = QMenu(more)
        for mark, text in words.MARK.items():
            if mark not in DIRECT_MARKS:
                action = menu.addAction(f"{text}   Alt+{keys[mark]}")
                action.setData(mark)
        menu.triggered.connect(self._mark_menu)
        more.setMenu(menu)
        parts += [
            more,
            None,
            button(self.tr("Show on paper"), self._show_current, "flat", "F4"),
            button(self.tr("Paste rows"), self.grid.paste, "flat", "Ctrl+V"),
            button(self.tr("Remove"), self.grid.remove_chosen, "flat"),
        ]
        bar.setLayout(row(*parts, gap=0))
        return bar

    def _totals(self) -> QWidget:
        bar = QFrame()
        bar.setAccessibleName(self.tr("Totals of the lines"))
        bar.setLayout(
            row(
                self._count,
                self._charged,
                None,
                label(self.tr("Disputed"), "muted"),
                self._disputed,
                12,
                label(self.tr("Accepted"), "muted"),
                self._accepted,
                margins=(8, 4, 8, 4),
            )
        )
        return bar

    def show_bill(self, bill_id: int | None) -> None:
        """Show the lines of a bill."""
        if bill_id != self.bill_id:
            self.grid.lines_model.pending = {}
            self._hide_problem()
        self.bill_id = bill_id
        self.mark_stale()

    def refresh(self) -> None:
        bill_id = self.bill_id
        lines = self.session.read(lambda reader: reader.find(Line, bill_id=bill_id)) if bill_id else []
        before = len(self.grid.lines_model.lines)
        self.grid.lines_model.set_lines(bill_id, lines)
        if len(lines) != before:
            self.grid.delegate.earlier = self.session.read(ListEarlierLines())
        totals = line_totals(lines)
        self._count.setText(self.tr("%n line(s) ·", "", len(lines)) if lines else self.tr("No lines yet"))
        self._charged.setText(self.tr("{amount} charged").format(amount=dollars(totals.charged)) if lines else "")
        self._disputed.setText(dollars(totals.disputed))
        self._accepted.setText(dollars(totals.accepted))

    @Slot(object)
    def _show_problem(self, error: UserError) -> None:
        self._problem.setText(str(error))
        self._problem.show()
        self.session.refuse(error)

    @Slot(object)
    def _show_paste_problems(self, sentences: tuple[str, ...]) -> None:
        shown = "\n".join(sentences[:8])
        more = self.tr("\nand {count} more rows.").format(count=len(sentences) - 8) if len(sentences) > 8 else ""
        self._problem.setText(self.tr("Nothing was pasted.\n{rows}").format(rows=shown + more))
        self._problem.show()

    def _hide_problem(self) -> None:
        self._problem.hide()

    @Slot()
    def _mark_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.grid.mark(sender.property("mark"))

    @Slot(object)
    def _mark_menu(self, action: object) -> None:
        self.grid.mark(action.data())  # type: ignore[attr-defined]

    @Slot()
    def _show_current(self) -> None:
        line = self.grid.current_line()
        if line:
            self.show_on_paper.emit(line.id)
