"""What the mouse and a few keys do on the pages, one class for each thing they can be used for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from medbills_desktop.papers.protocol import Box, Word
from medbills_desktop.qt.viewer.page_layout import PageLayout, PagePlace
from medbills_desktop.qt.viewer.painting import Mark
from medbills_desktop.qt.viewer.shown import ShownRegion
from medbills_desktop.qt.viewer.text_selection import (
    TextSelection,
    WordPlace,
    box_around,
    lines,
    nearest_word,
    word_at,
)

_SMALLEST_DRAG = 4
"""Logical pixels; a shorter way between press and release is a click."""

_BAND = 18.0
"""Points: height of the band that the arrow keys move over a page whose text is not known, 1/4 inch."""


class Pages(Protocol):
    """What the classes here need of the view."""

    @property
    def layout_of_pages(self) -> PageLayout | None: ...
    @property
    def current_page(self) -> int: ...
    @property
    def ratio(self) -> float: ...

    def words_of(self, page: int) -> tuple[Word, ...] | None:
        """The words of a page, None as long as they are not known."""

    def region_under(self, place: PagePlace, x: float, y: float) -> ShownRegion | None:
        """The region under a point of a page, in points."""

    def choose(self, page: int, box: Box) -> None:
        """A region was chosen."""

    def take(self, page: int, box: Box, text: str) -> None:
        """Words were taken off a page."""

    def leave_choosing(self) -> None:
        """The person thought better of it."""

    def activate(self, region: ShownRegion) -> None:
        """A region was clicked."""

    def show_part(self, page: int, box: Box) -> None:
        """Bring a part of a page into sight."""


class Pointer:
    """One use of the mouse. Points are device pixels of the strip; `marks` are what it colours."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, view: Pages) -> None:
        self.view = view

    def press(self, x: float, y: float) -> None:
        """The left button went down."""

    def drag(self, x: float, y: float) -> None:
        """It moved while down."""

    def release(self, x: float, y: float) -> None:
        """It came up."""

    def cursor_at(self, _x: float, _y: float) -> Qt.CursorShape:
        """How the mouse looks here."""
        return self.cursor

    def key(self, _event: QKeyEvent) -> bool:
        """Whether a key was used up."""
        return False

    def marks(self) -> Iterator[Mark]:
        """What it colours."""
        return iter(())

    def place_under(self, x: float, y: float) -> PagePlace | None:
        """The page under a point."""
        layout = self.view.layout_of_pages
        return layout.page_under(x, y) if layout is not None else None


class SelectText(Pointer):
    """Select words, and click regions. `selection` stays until the next press."""

    def __init__(self, view: Pages) -> None:
        super().__init__(view)
        self.selection: TextSelection | None = None
        self._from: WordPlace | None = None
        self._pressed = (0.0, 0.0)

    def press(self, x: float, y: float) -> None:
        self.selection = None
        self._pressed = (x, y)
        self._from = self._word_near(x, y)

    def drag(self, x: float, y: float) -> None:
        if self._from is None:
            self._from = self._word_near(*self._pressed)
        if self._from is None or not self._dragged(x, y):
            return
        to = self._word_near(x, y)
        if to is not None:
            self.selection = TextSelection(self._from, to)

    def release(self, x: float, y: float) -> None:
        if self.selection is None and not self._dragged(x, y):
            place = self.place_under(x, y)
            region = self.view.region_under(place, *place.point_of(x, y)) if place is not None else None
            if region is not None:
                self.view.activate(region)

    def select_word(self, x: float, y: float) -> None:
        """A double click takes the word."""
        place = self.place_under(x, y)
        if place is None:
            return
        index = word_at(self.view.words_of(place.page) or (), *place.point_of(x, y))
        if index is not None:
            at = WordPlace(place.page, index)
            self.selection = TextSelection(at, at)

    def select_page(self, page: int) -> None:
        """Every word of a page."""
        words = self.view.words_of(page)
        if words:
            self.selection = TextSelection(WordPlace(page, 0), WordPlace(page, len(words) - 1))

    def text(self) -> str:
        """What there is to copy."""
        return self.selection.text(self.view.words_of) if self.selection is not None else ""

    def cursor_at(self, x: float, y: float) -> Qt.CursorShape:
        place = self.place_under(x, y)
        if place is None:
            return self.cursor
        point = place.point_of(x, y)
        if self.view.region_under(place, *point) is not None:
            return Qt.CursorShape.PointingHandCursor
        over_word = word_at(self.view.words_of(place.page) or (), *point) is not None
        return Qt.CursorShape.IBeamCursor if over_word else self.cursor

    def marks(self) -> Iterator[Mark]:
        if self.selection is not None:
            for page in self.selection.pages:
                for box in self.selection.boxes(page, self.view.words_of(page) or ()):
                    yield Mark(page, box, "accent", strength=70)

    def _dragged(self, x: float, y: float) -> bool:
        return max(abs(x - self._pressed[0]), abs(y - self._pressed[1])) >= _SMALLEST_DRAG * self.view.ratio

    def _word_near(self, x: float, y: float) -> WordPlace | None:
        layout = self.view.layout_of_pages
        if layout is None or not layout.pages:
            return None
        place = layout.place(layout.page_at(y))
        index = nearest_word(self.view.words_of(place.page) or (), *place.point_of(x, y))
        return WordPlace(place.page, index) if index is not None else None


class ChooseRegion(Pointer):
    """Draw a rectangle with the mouse, click a printed line, or walk the lines with the arrow keys and press
    Enter."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: Pages) -> None:
        super().__init__(view)
        self._from: tuple[float, float] | None = None
        self._place: PagePlace | None = None
        self._drawn: Box | None = None
        self._walked: tuple[int, int, int] | None = None

    def press(self, x: float, y: float) -> None:
        self._walked = None
        self._drawn = None
        self._place = self.place_under(x, y)
        self._from = (x, y) if self._place is not None else None

    def drag(self, x: float, y: float) -> None:
        if self._place is None or self._from is None:
            return
        left, right = sorted((x, self._from[0]))
        top, bottom = sorted((y, self._from[1]))
        self._drawn = self._place.box_of(left, top, right, bottom)

    def release(self, x: float, y: float) -> None:
        place, start, drawn = self._place, self._from, self._drawn
        self._place = self._from = self._drawn = None
        if place is None or start is None:
            return
        wide = _SMALLEST_DRAG * self.view.ratio
        if drawn is not None and abs(x - start[0]) >= wide and abs(y - start[1]) >= wide:
            self.view.choose(place.page, drawn)
            return
        line = self._line_under(place, x, y)
        if line is not None:
            self.view.choose(place.page, line)

    def key(self, event: QKeyEvent) -> bool:
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.view.leave_choosing()
            case Qt.Key.Key_Down:
                self._walk(1, extend)
            case Qt.Key.Key_Up:
                self._walk(-1, extend)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._walked is not None:
                page, first, last = self._walked
                self.view.choose(page, self._bands_box(page, first, last))
            case _:
                return False
        return True

    def marks(self) -> Iterator[Mark]:
        if self._drawn is not None and self._place is not None:
            yield Mark(self._place.page, self._drawn, "accent", strength=40, outlined=True)
        if self._walked is not None:
            page, first, last = self._walked
            yield Mark(page, self._bands_box(page, first, last), "accent", strength=40, outlined=True)

    def _line_under(self, place: PagePlace, x: float, y: float) -> Box | None:
        words = self.view.words_of(place.page) or ()
        index = word_at(words, *place.point_of(x, y))
        if index is None:
            return None
        return next(box_around(line) for line in lines(words) if words[index] in line)

    def _walk(self, by: int, extend: bool) -> None:
        """One printed line down or up; with Shift the last line moves and the first stays."""
        page = self._walked[0] if self._walked is not None else self.view.current_page
        count = len(self._bands(page))
        if not count:
            return
        if self._walked is None:
            first = last = 0
        elif extend:
            first, last = self._walked[1], self._walked[2] + by
        else:
            first = last = self._walked[2] + by
        if not extend and not 0 <= last < count:
            page, last = self._other_page(page, by)
            first = last
        self._walked = page, first, min(max(last, first), len(self._bands(page)) - 1)
        self.view.show_part(page, self._bands_box(*self._walked))

    def _other_page(self, page: int, by: int) -> tuple[int, int]:
        layout = self.view.layout_of_pages
        if layout is None or not 1 <= page + by <= layout.pages:
            return page, 0 if by < 0 else len(self._bands(page)) - 1
        return page + by, 0 if by > 0 else max(0, len(self._bands(page + by)) - 1)

    def _bands(self, page: int) -> list[Box]:
        """The printed lines of a page; even bands where there is no text."""
        words = self.view.words_of(page)
        if words:
            return [box_around(line) for line in lines(words)]
        layout = self.view.layout_of_pages
        if layout is None or not 1 <= page <= layout.pages:
            return []
        size = layout.place(page).size
        margin = min(36.0, size.width / 10)
        tops = [index * _BAND for index in range(max(1, int(size.height // _BAND)))]
        return [Box(margin, top, size.width - margin, min(top + _BAND, size.height)) for top in tops]

    def _bands_box(self, page: int, first: int, last: int) -> Box:
        bands = self._bands(page)[first : last + 1]
        return Box(
            min(band.left for band in bands) - 2,
            bands[0].top - 1,
            max(band.right for band in bands) + 2,
            bands[-1].bottom + 1,
        )
