"""Scrolls and zooms the pages of a paper; what is done with them is left to `pages_view`.

The scroll bars count device pixels of the strip (see `page_layout`), so that pages move by whole pixels on
every screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QPointF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QNativeGestureEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QStyle, QWidget

from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.viewer.page_images import MOST_BYTES
from medbills_desktop.qt.viewer.page_layout import LARGEST_ZOOM, SMALLEST_ZOOM, Fit, Frame, PageLayout
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.viewer.scroll_keys import ScrollKeys
from medbills_desktop.qt.viewer.tiles import Sight

ZOOM_STEP = 1.2
_MOST = 2**31 - 1
_ASIDE: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True)
class _Anchor:
    """A point of a page (unturned, in points) and where in the view it lies, to be kept there."""

    page: int
    x: float
    y: float
    across: float
    down: float


class PagesScroll(QAbstractScrollArea):
    """Pages below one another. `moved` is emitted when another part or another zoom is shown."""

    moved = Signal()

    def __init__(self, source: PaperSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.layout_of_pages: PageLayout | None = None
        self.fit = Fit.WIDTH
        self.zoom = 1.0
        self._heading = 1
        self._last_top = 0
        self._target: tuple[int, Box | None] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._keys = ScrollKeys(self)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        source.changed.connect(self._paper_changed)

    @property
    def ratio(self) -> float:
        """Device pixels per logical pixel of the screen that the view is on."""
        return self.devicePixelRatioF()

    @property
    def sight(self) -> Sight:
        """The part of the strip that the view shows."""
        viewport, ratio = self.viewport(), self.ratio
        return Sight(
            self.horizontalScrollBar().value(),
            self.verticalScrollBar().value(),
            math.ceil(viewport.width() * ratio),
            math.ceil(viewport.height() * ratio),
            self._heading,
        )

    @property
    def current_page(self) -> int:
        """The page in front of the person; 0 when there is none."""
        layout = self.layout_of_pages
        if layout is None or not layout.pages:
            return 0
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum() > 0:
            return layout.pages
        return layout.current_page(bar.value(), self.sight.height)

    @property
    def current_zoom(self) -> float:
        """The zoom of the page in front, 1.0 being 100 %."""
        layout = self.layout_of_pages
        return layout.zoom_of(self.current_page) if layout is not None and layout.pages else self.zoom

    def strip_point(self, position: QPointF) -> tuple[float, float]:
        """The point of the strip under a position of the viewport."""
        sight = self.sight
        return sight.left + position.x() * self.ratio, sight.top + position.y() * self.ratio

    # zoom

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Make pages larger or smaller; what lies at `at` of the viewport (its middle) stays there."""
        self.set_zoom(self.current_zoom * factor, at)

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Show pages at a zoom, 1.0 being 100 %."""
        anchor = self._anchor(at or QPointF(self.viewport().width() / 2, self.viewport().height() / 2))
        self.fit, self.zoom = Fit.NONE, min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        self._lay(anchor)

    def set_fit(self, fit: Fit) -> None:
        """Fit each page into the view's width, or whole into the view."""
        anchor = self._anchor(QPointF(0, 0))
        self.fit = fit
        self._lay(anchor)

    def relay(self) -> None:
        """Lay the pages out anew (turned, other size of the view); the page in front stays in front."""
        self._lay(self._anchor(QPointF(0, 0)))

    def _anchor(self, at: QPointF) -> _Anchor | None:
        layout = self.layout_of_pages
        if layout is None or not layout.pages:
            return None
        x, y = self.strip_point(at)
        place = layout.place(layout.page_at(y))
        if y > place.bottom and place.page < layout.pages:
            place = layout.place(place.page + 1)
        across, down = place.point_of(x, y)
        return _Anchor(place.page, across, down, at.x() * self.ratio, at.y() * self.ratio)

    def _lay(self, anchor: _Anchor | None) -> None:
        opened = self.source.opened
        if opened is None:
            self.layout_of_pages = None
            self._set_range(0, 0)
            self._shown_otherwise()
            return
        layout = self._laid_beside_bars()
        self.layout_of_pages = layout
        self._set_range(layout.width, layout.height)
        if anchor is not None and anchor.page <= layout.pages:
            place = layout.place(anchor.page)
            left, top, _, _ = place.pixels_of(Box(anchor.x, anchor.y, anchor.x, anchor.y))
            self._put(left - anchor.across, top - anchor.down)
        self._shown_otherwise()

    def _laid_beside_bars(self) -> PageLayout:
        """The layout in the room that the scroll bars leave; a bar is shown when it is needed without any."""
        room = self.contentsRect().size()
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self.verticalScrollBar())
        bare = self._laid(room.width(), room.height())
        down = bare.height > bare.frame.height
        layout = self._laid(room.width() - extent, room.height()) if down else bare
        across = layout.width > layout.frame.width
        if across:
            down = down or layout.height > layout.frame.height - round(extent * self.ratio)
            layout = self._laid(room.width() - (extent if down else 0), room.height() - extent)
        for needed, set_policy in (
            (down, self.setVerticalScrollBarPolicy),
            (across, self.setHorizontalScrollBarPolicy),
        ):
            shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if needed else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            set_policy(shown)
        return layout

    def _laid(self, width: int, height: int) -> PageLayout:
        ratio = self.ratio
        room = round(px(12) * ratio)
        frame = Frame(math.floor(width * ratio), math.floor(height * ratio), ratio, room, room)
        sizes = self.source.opened.sizes if self.source.opened is not None else ()
        self.source.images.most_bytes = max(MOST_BYTES, 12 * frame.width * frame.height)
        return PageLayout(sizes, frame, self.fit, self.zoom, self.source.rotations)

    def _set_range(self, width: int, height: int) -> None:
        sight = self.sight
        step = round(px(40) * self.ratio)
        for scroll, length, view in (
            (self.horizontalScrollBar(), width, sight.width),
            (self.verticalScrollBar(), height, sight.height),
        ):
            scroll.setSingleStep(step)
            scroll.setPageStep(max(1, view))
            scroll.setRange(0, min(_MOST, max(0, length - view)))

    # going to places

    def expect(self, page: int) -> None:
        """Start at this page when the paper about to be shown is open."""
        self._target = (page, None)

    def go_to(self, page: int, box: Box | None = None) -> None:
        """Bring the top of a page, or a part of it, into sight; as soon as the paper is open."""
        self._keys.stop()
        layout = self.layout_of_pages
        if layout is None:
            self._target = (page, box)
            return
        if not layout.pages:
            return
        place = layout.place(min(max(page, 1), layout.pages))
        if box is None:
            self._put(self.horizontalScrollBar().value(), place.top - layout.frame.margin)
            return
        left, top, width, height = place.pixels_of(box)
        sight, margin = self.sight, layout.frame.margin
        if not (sight.top + margin <= top and top + height <= sight.bottom - margin):
            self._put(sight.left, top - max(margin, (sight.height - height) / 3))
        if not (sight.left <= left and left + width <= sight.left + sight.width):
            self._put(left - max(margin, (sight.width - width) / 2), self.sight.top)

    def step_page(self, by: int) -> None:
        """Go to the top of the next page, or of a previous one."""
        if self.current_page:
            self.go_to(self.current_page + by)

    def _put(self, left: float, top: float) -> None:
        for bar, value in ((self.horizontalScrollBar(), left), (self.verticalScrollBar(), top)):
            bar.setValue(min(max(round(value), bar.minimum()), bar.maximum()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        aside = _ASIDE.get(event.key())
        if aside is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go_aside(aside)
        elif not self._keys.press(event):
            event.ignore()

    def _go_aside(self, way: int) -> None:
        bar = self.horizontalScrollBar()
        if bar.maximum() > 0:
            bar.setValue(bar.value() + way * bar.singleStep())
        else:
            self.step_page(way)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._keys.stop()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    # what changes by itself

    @Slot()
    def _paper_changed(self) -> None:
        self._keys.stop()
        opened = self.source.opened
        if opened is None:
            self._last_top = 0
        self._lay(None)
        if opened is not None:
            self._put(0, 0)
            if self._target is not None:
                self.go_to(*self._target)
                self._target = None

    @Slot()
    def _scrolled(self) -> None:
        top = self.verticalScrollBar().value()
        if top != self._last_top:
            self._heading = 1 if top > self._last_top else -1
            self._last_top = top
        self._shown_otherwise()

    def _shown_otherwise(self) -> None:
        self.viewport().update()
        self.source.wake()
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self.relay()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.source.small.fit_ratio(self.ratio)
            self.relay()
        return super().event(event)
