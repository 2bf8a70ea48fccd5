"""The pages of a paper to look at and to point at: regions, hits, selected text, a rectangle being drawn."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from medbills_desktop.papers.protocol import Box, Word
from medbills_desktop.qt.viewer.pages_canvas import PagesCanvas
from medbills_desktop.qt.viewer.painting import Mark
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.viewer.pointer import ChooseRegion, Pointer, SelectText
from medbills_desktop.qt.viewer.shown import PagePart, ShownRegion
from medbills_desktop.qt.viewer.taking import TakeText
from medbills_desktop.qt.viewer.text_selection import lines

EDGE_MILLISECONDS = 40
_MOST_SPOKEN = 4_000
"""Characters of a page that are handed to a screen reader as its description."""


class PagesView(PagesCanvas):
    """Signals: `chosen` carries the PagePart that was chosen while `choosing`, `activated` the ShownRegion that was
    clicked, `taken` the PagePart and the text that were taken, `choosing_changed` and `menu_wanted` (global position)
    tell the pane."""

    chosen = Signal(object)
    activated = Signal(object)
    taken = Signal(object)
    choosing_changed = Signal()
    menu_wanted = Signal(object)

    def __init__(self, source: PaperSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.selecting = SelectText(self)
        self._usual: SelectText = self.selecting
        self._pointer: Pointer = self.selecting
        self._mouse: QPointF | None = None
        self._held = False
        self._panned_from: QPointF | None = None
        self._edge = QTimer(self)
        self._edge.setInterval(EDGE_MILLISECONDS)
        self._edge.timeout.connect(self._pull_at_edge)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Pages of the paper"))
        self.moved.connect(self._describe)
        source.changed.connect(self._forget_pointer)
        source.words_read.connect(self._words_read)

    # regions and choosing

    @property
    def choosing(self) -> bool:
        """Whether the mouse and the arrow keys choose a region."""
        return isinstance(self._pointer, ChooseRegion)

    def set_choosing(self, on: bool) -> None:
        """Let the person choose a region, or leave that."""
        if on == self.choosing:
            return
        self._pointer = ChooseRegion(self) if on else self._usual
        self.selecting.selection = None
        self.viewport().setCursor(self._pointer.cursor)
        self.viewport().update()
        self.source.wake()
        self.choosing_changed.emit()

    def set_taking(self, on: bool) -> None:
        """Let a click hand over words; the keyboard then stays where one types."""
        self._usual = TakeText(self) if on else self.selecting
        self.selecting.selection = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.StrongFocus)
        if not self.choosing:
            self._pointer = self._usual
            self.viewport().setCursor(self._pointer.cursor)
            self.viewport().update()

    def take(self, page: int, box: Box, text: str) -> None:
        self.taken.emit((PagePart(page, box), text))

    def choose(self, page: int, box: Box) -> None:
        self.set_choosing(on=False)
        self.chosen.emit(PagePart(page, box))

    def leave_choosing(self) -> None:
        self.set_choosing(on=False)

    def activate(self, region: ShownRegion) -> None:
        self.pointed_out = region.key
        self.moved.emit()
        self.activated.emit(region)

    def activate_pointed_out(self) -> bool:
        """Enter on the region that is pointed out. False when there is none."""
        region = next((each for each in self.regions if each.key == self.pointed_out), None)
        if region is not None:
            self.activated.emit(region)
        return region is not None

    def place_on_screen(self, page: int, box: Box) -> QPoint:
        """Where the lower left corner of a part of a page is on the screen, or the nearest point of the view."""
        layout, inside = self.layout_of_pages, self.viewport().rect()
        at = inside.center()
        if layout is not None:
            left, top, _, height = layout.place(page).pixels_of(box)
            x = (left - self.sight.left) / self.ratio
            y = (top + height - self.sight.top) / self.ratio
            at = QPoint(min(max(round(x), 0), inside.width()), min(max(round(y), 0), inside.height()))
        return self.viewport().mapToGlobal(at)

    def show_part(self, page: int, box: Box) -> None:
        self.go_to(page, box)
        self.viewport().update()

    # text

    def words_of(self, page: int) -> tuple[Word, ...] | None:
        return self.source.words(page)

    def copy(self) -> bool:
        """Put the selected text on the clipboard. False when nothing is selected."""
        text = self.selecting.text()
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def select_page(self) -> None:
        """Select the text of the page in front."""
        self.selecting.select_page(self.current_page)
        self.viewport().update()

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._usual is self.selecting or self.choosing:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = True
            self._pointer.press(*self.strip_point(event.position()))
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._mouse = self._mouse, event.position()
        if self._panned_from is not None and before is not None:
            by = before - event.position()
            for bar, way in ((self.horizontalScrollBar(), by.x()), (self.verticalScrollBar(), by.y())):
                bar.setValue(bar.value() + round(way * self.ratio))
            return
        at = self.strip_point(event.position())
        if self._held:
            self._pointer.drag(*at)
            self.viewport().update()
            outside = not self.viewport().rect().contains(event.position().toPoint())
            if outside != self._edge.isActive():
                self._edge.start() if outside else self._edge.stop()
        else:
            self.viewport().setCursor(self._pointer.cursor_at(*at))
        self.source.wake()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._edge.stop()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = None
            self.viewport().setCursor(self._pointer.cursor)
        elif event.button() == Qt.MouseButton.LeftButton and self._held:
            self._held = False
            self._pointer.release(*self.strip_point(event.position()))
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.choosing:
            self.selecting.select_word(*self.strip_point(event.position()))
            self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse = None
        super().leaveEvent(event)

    @Slot()
    def _pull_at_edge(self) -> None:
        """Scroll while something is dragged beyond the view's edge."""
        if not self._held or self._mouse is None:
            self._edge.stop()
            return
        y, height = self._mouse.y(), self.viewport().height()
        beyond = y if y < 0 else max(0.0, y - height)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(beyond * self.ratio / 2))
        self._pointer.drag(*self.strip_point(self._mouse))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if self._pointer.key(event):
            self.viewport().update()
        elif not (enter and self.activate_pointed_out()):
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell_region(event.pos(), event.globalPos())
            return True
        return super().viewportEvent(event)

    def _tell_region(self, position: QPoint, where: QPoint) -> None:
        x, y = self.strip_point(QPointF(position))
        place = self._pointer.place_under(x, y)
        region = self.region_under(place, *place.point_of(x, y)) if place is not None else None
        QToolTip.showText(where, region.label if region is not None else "", self.viewport())

    # what changes by itself

    @Slot()
    def _forget_pointer(self) -> None:
        self.set_choosing(on=False)
        self.selecting.selection = None

    @Slot(object)
    def _words_read(self, page: int) -> None:
        if page == self.current_page:
            self._describe()
        self.viewport().update()

    @Slot()
    def _describe(self) -> None:
        """Tell a screen reader which page is in front and, when one is running, what is printed there."""
        if not self.current_page:
            self.setAccessibleDescription(self.tr("No paper is shown"))
            return
        text = self.tr("Page {page} of {pages}, {zoom} %").format(
            page=self.current_page, pages=self.source.pages, zoom=round(self.current_zoom * 100)
        )
        if QAccessible.isActive():
            words = self.words_of(self.current_page) or ()
            spoken = "\n".join(" ".join(word.text for word in line) for line in lines(words))
            text = f"{text}\n{spoken[:_MOST_SPOKEN]}".strip()
        self.setAccessibleDescription(text)

    def pointer_marks(self) -> Iterator[Mark]:
        return self._pointer.marks()

    def words_wanted(self) -> Iterator[int]:
        """The page under the mouse, those of the selection, and the one in front for choosing and reading aloud."""
        layout = self.layout_of_pages
        if self._mouse is not None and layout is not None:
            place = layout.page_under(*self.strip_point(self._mouse))
            if place is not None:
                yield place.page
        if self.selecting.selection is not None:
            yield from self.selecting.selection.pages
        if (self.choosing or QAccessible.isActive()) and self.current_page:
            yield self.current_page
