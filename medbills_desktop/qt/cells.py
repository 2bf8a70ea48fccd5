"""How a cell of a list is painted: pills, whole figures, names cut in the middle, sentences cut at the end."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from medbills_desktop.qt.pills import paint_pill, pill_width
from medbills_desktop.qt.rows_model import PILL_ROLE, SENTENCE_ROLE, Index
from medbills_desktop.qt.theme import px, token

SIDE = 11
"""Pixels at 100 % text between the edge of a cell and its text, the same as in the titles above."""


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of all lists. A quiet list shows what is chosen only while it has the keyboard."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        right = bool(option.displayAlignment & Qt.AlignmentFlag.AlignRight)
        middle, end, start = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideLeft
        option.textElideMode = start if right else end if index.data(SENTENCE_ROLE) else middle
        grid = option.widget is not None and option.widget.objectName() == "grid"
        if option.state & QStyle.StateFlag.State_HasFocus and not grid:
            option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if option.state & QStyle.StateFlag.State_Selected and _is_quiet(option) and option.widget.hasFocus():
            painter.fillRect(option.rect, token("accent_soft"))
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
        side = px(SIDE) - px(4)
        paint_pill(painter, QRect(option.rect).adjusted(side, 0, -px(4), 0), text, pill)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = super().sizeHint(option, index)
        if index.data(PILL_ROLE):
            found.setWidth(pill_width(str(index.data(Qt.ItemDataRole.DisplayRole) or "")) + px(SIDE) * 2)
        return found


def _is_quiet(option: QStyleOptionViewItem) -> bool:
    """Whether the list is a quiet one, in which the style sheet paints nothing for what is chosen."""
    return option.widget is not None and bool(option.widget.property("quiet"))
