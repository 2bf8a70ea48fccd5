"""A narrow strip of small pages to find one's way in a long paper. Only pictures in sight are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from medbills_desktop.qt.theme import LIGHT, font, px, token
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.viewer.tiles import Tile

WIDTH, HEIGHT, WORD = 88, 108, 20
"""Pixels at 100 % text: the room for a picture, and the height of the number below it."""

_Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """One row for each page; its text is what a screen reader says."""

    def __init__(self, source: PaperSource) -> None:
        super().__init__(source)
        self.source = source
        self._rows = 0
        source.changed.connect(self._anew)
        source.drawn.connect(self._drawn)

    @Slot()
    def _anew(self) -> None:
        self.beginResetModel()
        self._rows = self.source.pages
        self.endResetModel()

    @Slot(object)
    def _drawn(self, page: int) -> None:
        if page <= self._rows:
            self.dataChanged.emit(self.index(page - 1), self.index(page - 1))

    # Qt's own names from here on

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._rows

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self.tr("Page {page} of {pages}").format(page=index.row() + 1, pages=self._rows)
        return None


class _Painter(QStyledItemDelegate):
    """A small page with its number below it."""

    def __init__(self, source: PaperSource) -> None:
        super().__init__(source)
        self._source = source

    # Qt's own names from here on

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(px(WIDTH + 16), px(HEIGHT + WORD + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, token("accent_soft"))
        room = QRect(rect.left() + px(8), rect.top() + px(6), rect.width() - px(16), px(HEIGHT))
        box = self._picture_box(index.row() + 1, room)
        painter.setPen(QPen(token("accent" if selected else "border"), 2 if selected else 1))
        painter.setBrush(token("surface") if box == room else LIGHT["surface"])
        painter.drawRect(box.adjusted(-1, -1, 0, 0))
        self._paint_picture(painter, index.row() + 1, box)
        painter.setFont(font(11, strong=selected))
        painter.setPen(token("accent" if selected else "muted"))
        below = QRect(rect.left(), room.bottom(), rect.width(), px(WORD))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
        painter.restore()

    def _picture_box(self, page: int, room: QRect) -> QRect:
        """As large as the page's shape allows, in the middle of the room."""
        opened = self._source.opened
        if opened is None or page > opened.pages:
            return room
        size = opened.sizes[page - 1]
        sides = QSize(max(1, round(size.width)), max(1, round(size.height)))
        if self._source.rotations.get(page, 0) % 180:
            sides.transpose()
        sides = sides.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(4, 4))
        box = QRect(QPoint(), sides)
        box.moveCenter(room.center())
        return box

    def _paint_picture(self, painter: QPainter, page: int, box: QRect) -> None:
        source = self._source
        picture = source.small.get(source.document, page, source.rotations.get(page, 0))
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, picture)


class Thumbnails(QListView):
    """`page_wanted` carries the page that was clicked or walked to."""

    page_wanted = Signal(object)

    def __init__(self, source: PaperSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._following = False
        self.setModel(_Pages(source))
        self.setItemDelegate(_Painter(source))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Page thumbnails"))
        self.setToolTip("")
        self.verticalScrollBar().valueChanged.connect(source.wake)
        self.selectionModel().currentChanged.connect(self._walked)
        source.serve(self)

    def follow(self, page: int) -> None:
        """Mark the page that is in front in the view."""
        index = self.model().index(page - 1, 0)
        if not index.isValid() or index == self.currentIndex():
            return
        self._following = True
        self.setCurrentIndex(index)
        self._following = False

    @Slot(QModelIndex, QModelIndex)
    def _walked(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._following and current.isValid():
            self.page_wanted.emit(current.row() + 1)

    def needed_tiles(self, ahead: bool) -> Iterable[tuple[Tile, float]]:  # noqa: ARG002
        """See paper_source.Needs."""
        return ()

    def needed_words(self) -> Iterable[int]:
        """See paper_source.Needs."""
        return ()

    def needed_stand_ins(self) -> Iterable[int]:
        """See paper_source.Needs."""
        return ()

    def needed_thumbnails(self) -> Iterator[int]:
        """The rows in sight."""
        if not self.isVisible() or not self._source.pages:
            return
        height = self.viewport().height()
        step = max(1, px(HEIGHT + WORD + 12))
        top = self.verticalScrollBar().value()
        first = top // step + 1
        yield from range(first, min(self._source.pages, (top + height) // step + 1) + 1)

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH + 32), px(200))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._source.wake()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._source.wake()
