"""The pages of a paper with what is pointed out on them: painting, and asking for what has to be painted."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.theme import token
from medbills_desktop.qt.viewer.page_layout import PagePlace
from medbills_desktop.qt.viewer.pages_scroll import PagesScroll
from medbills_desktop.qt.viewer.painting import Mark, Scene, paint_pages
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.viewer.shown import ShownRegion
from medbills_desktop.qt.viewer.tiles import Tile, tiles_ahead, visible_tiles

LATE_MILLISECONDS = 400
"""A page that is not there after this time says that it is being drawn."""


class PagesCanvas(PagesScroll):
    """Pages, regions and search hits; what the mouse does is left to `pages_view`."""

    def __init__(self, source: PaperSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self.regions: tuple[ShownRegion, ...] = ()
        self.pointed_out: str | None = None
        self._missing: frozenset[int] = frozenset()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MILLISECONDS)
        self._late.timeout.connect(self.viewport().update)
        source.changed.connect(self._wait_anew)
        source.drawn.connect(self._drawn)
        source.found.connect(self._found)
        source.serve(self)

    def pointer_marks(self) -> Iterator[Mark]:
        """What the mouse is colouring."""
        return iter(())

    def words_wanted(self) -> Iterator[int]:
        """Pages whose words the mouse needs."""
        return iter(())

    def set_regions(self, regions: tuple[ShownRegion, ...]) -> None:
        """Replace the regions; the one pointed out stays so if it is among them."""
        self.regions = regions
        if all(region.key != self.pointed_out for region in regions):
            self.pointed_out = None
        self.viewport().update()

    def point_out(self, key: str | None) -> None:
        """Point a region out and bring it into sight."""
        region = next((each for each in self.regions if each.key == key), None)
        self.pointed_out = region.key if region is not None else None
        if region is not None:
            self.go_to(region.page, region.rect)
        self.viewport().update()
        self.moved.emit()

    def step_region(self, by: int) -> None:
        """Point out the next or a previous region, in the order of pages and from top to bottom, round the ends."""
        order = sorted(self.regions, key=lambda each: (each.page, each.rect.top, each.rect.left))
        if not order:
            return
        at = next((index for index, each in enumerate(order) if each.key == self.pointed_out), None)
        if at is None:
            at = next((index for index, each in enumerate(order) if each.page >= self.current_page), 0)
            at = at if by > 0 else at - 1
        else:
            at += by
        self.point_out(order[at % len(order)].key)

    def region_under(self, place: PagePlace, x: float, y: float) -> ShownRegion | None:
        under = [
            each
            for each in self.regions
            if each.page == place.page
            and each.rect.left <= x <= each.rect.right
            and each.rect.top <= y <= each.rect.bottom
        ]
        return min(under, key=lambda each: _area(each.rect), default=None)

    @Slot()
    def _wait_anew(self) -> None:
        self._missing = frozenset()
        if self.source.document and self.source.opened is None:
            self._late.start()

    @Slot(object)
    def _drawn(self, page: int) -> None:
        layout, sight = self.layout_of_pages, self.sight
        if layout is not None and page in layout.pages_between(sight.top, sight.bottom):
            self.viewport().update()

    @Slot(object)
    def _found(self, arrived: bool) -> None:
        hit = self.source.search.current_hit if self.source.search is not None else None
        if arrived and hit is not None:
            self.go_to(hit.page, hit.boxes[0])
        self.viewport().update()

    # painting, and what has to be drawn for it

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.source.wake()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), token("surface"))
        layout = self.layout_of_pages
        if layout is None:
            self._paint_opening(painter)
            return
        self._watch_for_lateness()
        scene = Scene(
            document=self.source.document,
            layout=layout,
            sight=self.sight,
            images=self.source.images,
            small=self.source.small,
            refused=self.source.refused_pages,
            regions=self.regions,
            pointed_out=self.pointed_out,
            marks=tuple(self._marks()),
            waiting_text="" if self._late.isActive() else self.tr("Drawing page {page} …"),
        )
        painter.scale(1 / self.ratio, 1 / self.ratio)
        paint_pages(painter, scene)

    def _marks(self) -> Iterator[Mark]:
        layout, search = self.layout_of_pages, self.source.search
        if search is not None and layout is not None:
            for page in layout.pages_between(self.sight.top, self.sight.bottom):
                for current, hit in search.on_page(page):
                    for box in hit.boxes:
                        yield Mark(page, box, "amber", strength=80 if current else 40, outlined=current)
        yield from self.pointer_marks()

    def _watch_for_lateness(self) -> None:
        """Start the clock anew whenever other pages are missing, so that it runs out only when one is late."""
        images = self.source.images
        missing = frozenset(tile.page for tile, _ in self.needed_tiles(ahead=False) if tile not in images)
        if missing != self._missing:
            self._missing = missing
            if missing:
                self._late.start()
            else:
                self._late.stop()

    def _paint_opening(self, painter: QPainter) -> None:
        if self.source.document and self.source.refusal is None and not self._late.isActive():
            painter.setPen(token("muted"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Opening the paper …"))

    def needed_tiles(self, ahead: bool) -> Iterator[tuple[Tile, float]]:
        """See paper_source.Needs."""
        layout = self.layout_of_pages
        if layout is None or not self.isVisible():
            return
        find = tiles_ahead if ahead else visible_tiles
        for tile in find(self.source.document, layout, self.sight):
            yield tile, layout.place(tile.page).scale

    def needed_words(self) -> Iterator[int]:
        """See paper_source.Needs."""
        return self.words_wanted() if self.isVisible() else iter(())

    def needed_thumbnails(self) -> Iterator[int]:
        """See paper_source.Needs."""
        return iter(())

    def needed_stand_ins(self) -> Iterator[int]:
        """See paper_source.Needs."""
        if not self.isVisible() or not self.current_page:
            return iter(())
        return self.source.small.around(self.current_page, self.source.pages)


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
