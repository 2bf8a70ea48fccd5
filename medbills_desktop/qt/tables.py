"""The table view that all lists share: one look, keyboard ways, selection by id, and words when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from medbills_desktop.qt.rows_model import KEY_ROLE, PILL_ROLE, Column, Index, RowsModel
from medbills_desktop.qt.theme import font, px, token


class CellDelegate(QStyledItemDelegate):
    """Paints pills (a word on its soft colour), tabular figures, and elides long names in the middle."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        right = bool(option.displayAlignment & Qt.AlignmentFlag.AlignRight)
        option.textElideMode = Qt.TextElideMode.ElideLeft if right else Qt.TextElideMode.ElideMiddle
        if option.state & QStyle.StateFlag.State_HasFocus and not self._is_grid(option):
            option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pill = index.data(PILL_ROLE)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if not pill or not text:
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, widget)
        paint_pill(painter, option.rect, text, pill)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = super().sizeHint(option, index)
        if index.data(PILL_ROLE):
            found.setWidth(found.width() + px(28))
        return found

    @staticmethod
    def _is_grid(option: QStyleOptionViewItem) -> bool:
        return option.widget is not None and option.widget.objectName() == "grid"


def paint_pill(painter: QPainter, place: QRect, text: str, tone: str) -> None:
    """Draw a word on its soft colour, at the left of a cell."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = font(12, strong=True)
    painter.setFont(small)
    metrics = QFontMetrics(small)
    room = place.width() - px(16) - px(16)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, px(8)))
    width, height = metrics.horizontalAdvance(shown) + px(18), px(20)
    pill = QRect(place.left() + px(6), place.center().y() - height // 2 + 1, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(token(f"{tone}_soft"))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(token(tone))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class RowsView(QTableView):
    """A list of records.

    Signals: `chosen` carries the id of the current row (or None), `opened` the id on Enter or double click,
    `remove_wanted` nothing, on Delete.
    """

    chosen = Signal(object)
    opened = Signal(object)
    remove_wanted = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        empty: str,
        parent: QWidget | None = None,
        key: Callable[[Any], int] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(empty)
        self._empty = empty
        self._wanted: int | None = None
        self._telling = True
        self.rows_model = RowsModel(columns, key, self)
        self.setModel(self.rows_model)
        self.setItemDelegate(CellDelegate(self))
        self._dress(columns)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._double_clicked)

    def _dress(self, columns: Sequence[Column]) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(34))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(px(48))
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for number, column in enumerate(columns):
            stretch = column.width == 0
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(number, mode)
            if not stretch:
                header.resizeSection(number, px(column.width))
        self.setSortingEnabled(True)

    def set_rows(self, rows: Sequence[Any], keep: int | None = None) -> None:
        """Show rows; the row that was current (or `keep`) stays current where it is still there."""
        wanted = keep if keep is not None else self.current_id()
        place = self.verticalScrollBar().value()
        self._telling = False
        self.rows_model.set_rows(rows)
        number = self.rows_model.number_of(wanted)
        if number < 0 and self.rows_model.rowCount():
            number = min(max(self.currentIndex().row(), 0), self.rows_model.rowCount() - 1)
        self._telling = True
        if number >= 0 and number != self.currentIndex().row():
            self.verticalScrollBar().setValue(place)
            self.setCurrentIndex(self.rows_model.index(number, 0))
        elif number >= 0:
            self.chosen.emit(self.current_id())
        else:
            self.chosen.emit(None)
        self.viewport().update()

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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.rows_model.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(token("muted"))
            room = self.viewport().rect().adjusted(px(24), px(24), -px(24), -px(24))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._empty)
