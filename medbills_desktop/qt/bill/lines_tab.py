"""The Lines tab: the grid, its running totals, and marks by one click."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from medbills_desktop.domain import words
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import line_totals
from medbills_desktop.domain.records import Bill, Line
from medbills_desktop.domain.records.bills import Mark
from medbills_desktop.qt.bill.held_cells import HeldCells
from medbills_desktop.qt.bill.itemized_strip import ItemizedStrip
from medbills_desktop.qt.bill.line_acts import MARK_PREFIX
from medbills_desktop.qt.bill.line_cells import CELLS, MARK_KEYS
from medbills_desktop.qt.bill.line_prices import LinePrices
from medbills_desktop.qt.bill.lines_editor import Earlier
from medbills_desktop.qt.bill.lines_grid import LinesGrid
from medbills_desktop.qt.bill.shape_note import ShapeNote
from medbills_desktop.qt.bill.taking import LineTaking
from medbills_desktop.qt.draft_keeper import DraftKeeper
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, counted, label, row
from medbills_desktop.qt.words.word_label import word_label
from medbills_desktop.store.queries.itemized import ITEMIZED_KINDS, read_around
from medbills_desktop.store.queries.lines import EarlierLine, FindPrintedTotal, ListEarlierLines

DIRECT_MARKS: tuple[Mark, ...] = ("ok", "not_received", "duplicate", "overpriced", "unclear")
"""The marks with a button of their own; the others are in the menu."""
MOST_NAMED = 8
"""Rows of a refused paste that are named one by one."""


class LinesTab(Page):
    """Signals: `line_chosen` carries the id of the current line or None; `show_on_paper` the id of a line."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"line", "statement"})
    line_chosen = Signal(object)
    show_on_paper = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        self._asked_earlier = False
        self._around: Case | None = None
        self.itemized = ItemizedStrip(session, short=True)
        self.grid = LinesGrid(session)
        self.drafts = DraftKeeper(session, "", self._typed_cells, self)
        self.taking = LineTaking(self.grid)
        self.taking.refused.connect(self._show_problem)
        self.taking.taken.connect(self._hide_problem)
        self.prices = LinePrices(session)
        self.shape = ShapeNote(self.grid)
        self.grid.line_chosen.connect(self.prices.show_line)
        self.grid.line_chosen.connect(self.line_chosen)
        self.grid.refused.connect(self._show_problem)
        self.grid.mended.connect(self._hide_problem)
        self.grid.paste_refused.connect(self._show_paste_problems)
        self.grid.lines_model.held_changed.connect(self.drafts.touch)
        self.grid.delegate.typing.connect(self.drafts.touch)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._count = label("", "muted")
        self._charged = label("", "strong")
        self._balance = label("", "muted")
        self._disputed = label("", "amber")
        self._accepted = label("", "green")
        layout = column(
            self.itemized,
            self._tools(),
            self._problem,
            self.grid,
            self.shape,
            self.prices,
            self._totals(),
            gap=4,
            margins=(0, 4, 0, 0),
        )
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def _tools(self) -> QWidget:
        bar = QFrame()
        parts: list[QWidget] = [label(self.tr("Mark:"), "muted")]
        keys = {mark: key for key, mark in MARK_KEYS.items()}
        for mark in DIRECT_MARKS:
            tip = self.tr("Alt+{key}, or {key} in the mark column").format(key=keys[mark])
            one = button(words.MARK[mark], self._mark_clicked, "flat", tip)
            one.setAccessibleName(self.tr("Mark: {mark}").format(mark=words.MARK[mark]))
            one.setProperty("mark", mark)
            parts.append(one)
        parts.append(self._more_marks())
        end: list[QWidget] = [button(self.tr("On paper"), self._show_current, "flat", "F4")]
        for text, act, tip in (
            (self.tr("Paste rows"), self.grid.paste, "Ctrl+V"),
            (self.tr("Remove"), self.grid.remove, "Ctrl+Delete"),
        ):
            end.append(button(text, act, "flat", tip))
        for part in (*parts, *end):
            if isinstance(part, QPushButton) and part.text() != self.tr("On paper"):
                part.setEnabled(self.grid.writable)
        bar.setLayout(Flow(parts, end, gap=0))
        return bar

    def _more_marks(self) -> QPushButton:
        more = QPushButton(self.tr("More"))
        more.setAccessibleName(self.tr("More marks"))
        more.setObjectName("flat")
        more.setAutoDefault(False)
        menu = QMenu(more)
        for mark in words.MARK:
            if mark not in DIRECT_MARKS:
                menu.addAction(self.grid.actions_by_id[f"{MARK_PREFIX}{mark}"])
        more.setMenu(menu)
        return more

    def _totals(self) -> QWidget:
        bar = QFrame()
        disputed, accepted = word_label(self.tr("Disputed"), "muted"), word_label(self.tr("Accepted"), "muted")
        pairs = [_together(disputed, self._disputed), _together(accepted, self._accepted)]
        flow = Flow((self._count, self._charged, self._balance), pairs, gap=12)
        keep(flow, margins=(8, 4, 8, 4))
        bar.setLayout(flow)
        return bar

    def show_bill(self, bill_id: int | None) -> None:
        """Show the lines of a bill, with what was typed there and not kept yet."""
        if bill_id != self.bill_id:
            self.put_away()
            self.bill_id = bill_id
            self._asked_earlier = False
            self._around = None
            self.taking.forget()
            self._hide_problem()
            if bill_id is not None:
                self._load(bill_id)
        self.mark_stale()

    def _load(self, bill_id: int) -> None:
        self._show_lines(self.session.read(lambda reader: reader.find(Line, bill_id=bill_id)))
        kept = self.drafts.follow(f"lines:{bill_id}") or {}
        self.grid.lines_model.hold_again(HeldCells(tuple(cell) for cell in kept.get("cells", ())))

    def put_away(self) -> None:
        """Keep what is being typed, before another bill is shown or the window goes."""
        self.grid.put_away()
        if self.bill_id is not None:
            self.drafts.keep_now_if_waiting()

    def _typed_cells(self) -> dict[str, Any] | None:
        """The cells that are not kept yet, the open editor's among them."""
        model = self.grid.lines_model
        cells = {(key, name): text for key, name, text in model.held.plain()}
        typed = self.grid.delegate.typed()
        if typed is not None:
            index, text = typed
            cells[model.id_at(index.row()), CELLS[index.column()].field.name] = text
        body = [[key, name, text] for (key, name), text in cells.items() if text.strip()]
        return {"cells": body} if body else None

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        """Only the lines that changed are read anew, so that a bill of thousands of lines stays quick."""
        if ITEMIZED_KINDS & changes.kinds:
            self._around = None
            self._show_itemized()
        if "statement" in changes.kinds and not self._stale and self.bill_id is not None:
            self._show_totals()
        rows = [change for change in changes.rows if change.kind == "line"]
        edited = all(change.before is not None and change.after is not None for change in rows)
        if not rows or self.bill_id is None or self._stale:
            return
        if (
            edited
            and self.isVisible()
            and all(
                change.before["position"] == change.after["position"]
                for change in rows
                if change.before and change.after
            )
        ):
            ids = changes.ids("line")
            for line in self.session.read(lambda reader: reader.find_any(Line, "id", ids)):
                if self.grid.lines_model.number_of(line.id) >= 0:
                    self.grid.lines_model.put_line(line)
            self._show_totals()
        else:
            self.mark_stale()

    def refresh(self) -> None:
        bill_id = self.bill_id
        if bill_id is None:
            return
        self._show_lines(self.session.read(lambda reader: reader.find(Line, bill_id=bill_id)))
        if not self._asked_earlier:
            self._asked_earlier = True
            self.session.read_beside(ListEarlierLines(), self._show_earlier)

    def _show_earlier(self, found: list[EarlierLine]) -> None:
        self.grid.delegate.earlier = Earlier(found)

    def _show_lines(self, lines: list[Line]) -> None:
        self._asked_earlier = self._asked_earlier and len(lines) == len(self.grid.lines_model.lines)
        self.grid.lines_model.set_lines(self.bill_id, lines)
        self.grid.fit_columns()
        self._show_totals()

    def _show_totals(self) -> None:
        lines = self.grid.lines_model.lines
        totals = line_totals(lines)
        self._show_balance(Cents(sum(line.charge or 0 for line in lines)) if lines else None)
        self._count.setText(counted(len(lines), self.tr("1 line"), self.tr("{n} lines")) if lines else "")
        charged = self.tr("{amount} charged").format(amount=dollars(totals.charged))
        self._charged.setText(charged if lines else self.tr("No lines yet"))
        self._disputed.setText(dollars(totals.disputed))
        self._accepted.setText(dollars(totals.accepted))
        self._show_itemized()

    def _show_itemized(self) -> None:
        """Where the itemized bill stands; nothing is said once its paper is here, for then the lines speak."""
        bill_id, lines = self.bill_id, self.grid.lines_model.lines
        if bill_id is None or not self.session.read(lambda reader: reader.find(Bill, id=bill_id)):
            return
        if self._around is None:
            self._around = self.session.read(lambda reader: read_around(reader, {bill_id}))
        self.itemized.show_case(self._around, bill_id, lines)
        found = self.itemized.found
        self.itemized.setVisible(found is not None and (found.state != "held" or not found.papers))

    def _show_balance(self, charged: Cents | None) -> None:
        """What the lines still lack to the printed total, or by how much they exceed it."""
        printed = None if self.bill_id is None else self.session.read(FindPrintedTotal(self.bill_id))
        rest = None if printed is None or charged is None else printed - charged
        if printed is None or rest is None:
            text, tone = "", "muted"
        elif rest == 0:
            text, tone = self.tr("equals the printed total"), "green"
        else:
            words = self.tr("{rest} still missing to the printed {total}")
            words = words if rest > 0 else self.tr("{rest} more than the printed {total}")
            text, tone = words.format(rest=dollars(Cents(abs(rest))), total=dollars(printed)), "amber"
        self._balance.setText(text)
        self._balance.setVisible(bool(text))
        if self._balance.objectName() != tone:
            self._balance.setObjectName(tone)
            self._balance.style().polish(self._balance)

    @property
    def balance(self) -> str:
        """What is said about the printed total, empty where none is stated or no line is entered."""
        return "" if self._balance.isHidden() else self._balance.text()

    @property
    def problem(self) -> str:
        """What is said above the grid, empty while nothing is wrong."""
        return "" if self._problem.isHidden() else self._problem.text()

    @Slot(object)
    def _show_problem(self, error: UserError) -> None:
        self._problem.setText(str(error))
        self._problem.show()

    @Slot(object)
    def _show_paste_problems(self, sentences: tuple[str, ...]) -> None:
        shown = list(sentences[:MOST_NAMED])
        if len(sentences) > MOST_NAMED:
            shown.append(self.tr("and {count} more rows.").format(count=len(sentences) - MOST_NAMED))
        self._problem.setText("\n".join((self.tr("Nothing was pasted."), *shown)))
        self._problem.show()

    @Slot()
    def _hide_problem(self) -> None:
        self._problem.hide()

    @Slot()
    def _mark_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.grid.mark(sender.property("mark"))

    @Slot()
    def _show_current(self) -> None:
        line = self.grid.current_line()
        if line:
            self.show_on_paper.emit(line.id)


def _together(*parts: QWidget) -> QWidget:
    """A name and its figure, never parted by the end of a line."""
    pair = QWidget()
    pair.setLayout(row(*parts))
    return pair
