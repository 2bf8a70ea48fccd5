"""The table view that all lists share: one look, keyboard ways, selection by id, and words when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from medbills_desktop.qt.cells import CellDelegate
from medbills_desktop.qt.column_widths import share_width, wanted_widths, whole_widths
from medbills_desktop.qt.empty_state import EmptyState
from medbills_desktop.qt.rows_model import KEY_ROLE, Column, RowsModel
from medbills_desktop.qt.theme import per_cent, px, token
from medbills_desktop.qt.words.header_words import offer_words

ROW = 34
TITLES = 32
"""Heights of a row and of the titles, in pixels at 100 % text."""


class RowsView(QTableView):
    """A list of records. A `quiet` one shows what is chosen only while it has the keyboard.

    Signals: `chosen` carries the id of the current row (or None), `opened` the id on Enter or double click,
    `remove_wanted` nothing, on Delete; `step_wanted` nothing, when the next step of an empty list is asked for.
    """

    chosen = Signal(object)
    opened = Signal(object)
    remove_wanted = Signal()
    step_wanted = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        empty: str,
        parent: QWidget | None = None,
        key: Callable[[Any], int] | None = None,
        quiet: bool = False,
        step: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("quiet", quiet)
        self._empty = empty
        self.empty_state = EmptyState(empty, step, self.viewport()) if step else None
        if self.empty_state is not None:
            self.empty_state.wanted.connect(self.step_wanted)
        self._telling = True
        self._fitting = False
        self._whole: dict[int, int] = {}
        self.widths_by_hand: dict[int, float] = {}
        """Widths that the person gave columns, in pixels at 100 % text, by the place of the column."""
        self.rows_model = RowsModel(columns, key, self)
        self.setModel(self.rows_model)
        self.setItemDelegate(CellDelegate(self))
        self._dress()
        self._announce()
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._double_clicked)
        self.horizontalHeader().sectionResized.connect(self._resized_by_hand)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        offer_words(header)
        self.setSortingEnabled(True)
        self.rescale()

    def rescale(self) -> None:
        """Take the heights and widths of the text size in use."""
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        self.horizontalHeader().setMinimumSectionSize(px(40))
        self._measure()

    def set_rows(self, rows: Sequence[Any], keep: int | None = None) -> None:
        """Show rows; the row that was current (or `keep`) stays current where it is still there."""
        wanted = keep if keep is not None else self.current_id()
        place = self.verticalScrollBar().value()
        row = self.currentIndex().row()
        self._telling = False
        self.rows_model.set_rows(rows)
        self._telling = True
        self._measure()
        number = self.rows_model.number_of(wanted)
        if number < 0 and self.rows_model.rowCount():
            number = min(max(row, 0), self.rows_model.rowCount() - 1)
        if number >= 0 and number != self.currentIndex().row():
            self.verticalScrollBar().setValue(place)
            self.setCurrentIndex(self.rows_model.index(number, 0))
        else:
            self.chosen.emit(self.current_id())
        self._announce()
        self.viewport().update()

    def _announce(self) -> None:
        """An empty table has no rows to be read aloud, so what to do next is in its description."""
        empty = self.rows_model.rowCount() == 0
        self.setAccessibleDescription(self._empty if empty else "")
        if self.empty_state is not None:
            self.empty_state.setVisible(empty)

    def say_when_empty(self, text: str, step: str) -> None:
        """Change what stands in the empty list; only for one that offers a next step."""
        self._empty = text
        if self.empty_state is not None:
            self.empty_state.say(text, step)

    def current_id(self) -> int | None:
        """The id of the current row."""
        index = self.currentIndex()
        return index.data(KEY_ROLE) if index.isValid() else None

    def chosen_ids(self) -> list[int]:
        """Ids of all chosen rows, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows_model.index(row, 0).data(KEY_ROLE) for row in rows]

    def choose(self, key: int) -> bool:
        """Make the row with that id current; False where it is not in the list."""
        number = self.rows_model.number_of(key)
        if number >= 0:
            self.setCurrentIndex(self.rows_model.index(number, 0))
            self.scrollTo(self.currentIndex())
        return number >= 0

    def _measure(self) -> None:
        self._whole = whole_widths(self.rows_model.columns, self.rows_model.rows)
        self._fit_columns()

    def _fit_columns(self) -> None:
        columns = self.rows_model.columns
        self._fitting = True
        widths = wanted_widths(columns, self._whole, self.widths_by_hand)
        share_width(self.horizontalHeader(), columns, widths, self.viewport().width(), self.widths_by_hand)
        self._fitting = False

    @Slot(int, int, int)
    def _resized_by_hand(self, place: int, _before: int, now: int) -> None:
        if not self._fitting and self.isVisible():
            self.widths_by_hand[place] = now * 100 / per_cent()

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._telling:
            self.chosen.emit(current.data(KEY_ROLE) if current.isValid() else None)

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(KEY_ROLE))

    # Qt's own names from here on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_id())
        elif event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        if self.empty_state is not None:
            self.empty_state.setGeometry(self.viewport().rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows_model.rowCount() == 0 and self.empty_state is None:
            painter = QPainter(self.viewport())
            painter.setPen(token("muted"))
            room = self.viewport().rect().adjusted(px(24), px(24), -px(24), -px(24))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._empty)
