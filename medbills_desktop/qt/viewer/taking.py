"""Taking words off a page with the mouse: a click takes a word, a drag along a printed line takes what it covers."""

from __future__ import annotations

from PySide6.QtCore import Qt

from medbills_desktop.papers.protocol import Word
from medbills_desktop.qt.viewer.pointer import SelectText
from medbills_desktop.qt.viewer.text_selection import box_around, word_at


class TakeText(SelectText):
    """As selecting, but what is clicked or dragged over is handed over at once, with its place."""

    def release(self, x: float, y: float) -> None:
        chosen = self._chosen(x, y)
        self.selection = None
        if chosen is not None:
            page, words = chosen
            self.view.take(page, box_around(words), " ".join(word.text for word in words))

    def _chosen(self, x: float, y: float) -> tuple[int, list[Word]] | None:
        if self.selection is not None:
            page = self.selection.pages[0]
            words = list(self.selection.words(page, self.view.words_of(page) or ()))
            return (page, words) if words else None
        place = self.place_under(x, y)
        known = self.view.words_of(place.page) or () if place is not None else ()
        index = word_at(known, *place.point_of(x, y)) if place is not None else None
        return (place.page, [known[index]]) if place is not None and index is not None else None

    def cursor_at(self, x: float, y: float) -> Qt.CursorShape:
        place = self.place_under(x, y)
        if place is None:
            return self.cursor
        over_word = word_at(self.view.words_of(place.page) or (), *place.point_of(x, y)) is not None
        return Qt.CursorShape.PointingHandCursor if over_word else self.cursor
