"""Search in the paper that is shown: results as one types, Enter and Shift+Enter from place to place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.qt.theme import px
from medbills_desktop.qt.viewer.glyphs import GlyphButton
from medbills_desktop.qt.viewer.paper_search import MOST_HITS
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.widgets import label, row


class FindBar(QWidget):
    """`moved` carries the Hit to go to; `left` that the person is done."""

    moved = Signal(object)
    left = Signal()

    def __init__(self, source: PaperSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._first_page = 1
        self.field = QLineEdit()
        self.field.setObjectName("search")
        self.field.setPlaceholderText(self.tr("Find in this paper"))
        self.field.setAccessibleName(self.tr("Find in this paper"))
        self.field.textEdited.connect(self._look)
        self.count = label("", "muted")
        self.count.setMinimumWidth(px(72))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.previous = self._button("up", self.tr("Previous place (Shift+Enter)"))
        self.following = self._button("down", self.tr("Next place (Enter)"))
        self.shut = self._button("close", self.tr("Close (Esc)"))
        self.previous.clicked.connect(self.step_back)
        self.following.clicked.connect(self.step_on)
        self.shut.clicked.connect(self.finish)
        self.setLayout(row(self.field, self.count, self.previous, self.following, self.shut, gap=4))
        source.found.connect(self._tell)
        source.changed.connect(self._look_anew)
        self._tell()

    def _button(self, glyph: str, tip: str) -> GlyphButton:
        button = GlyphButton(glyph)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def begin(self, page: int) -> None:
        """Show the bar; the first place from `page` on is gone to."""
        self._first_page = max(1, page)
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        if self.field.text() and self._source.search is None:
            self._look()

    @Slot()
    def finish(self) -> None:
        """Hide the bar and take the marks from the pages."""
        self.hide()
        self._source.look_for("", 1)
        self.left.emit()

    @Slot()
    def step_on(self) -> None:
        """The next place."""
        self._step(forward=True)

    @Slot()
    def step_back(self) -> None:
        """The previous place."""
        self._step(forward=False)

    def _step(self, forward: bool) -> None:
        search = self._source.search
        hit = search.step(forward) if search is not None else None
        self._tell()
        if hit is not None:
            self.moved.emit(hit)

    @Slot()
    def _look(self) -> None:
        self._source.look_for(self.field.text(), self._first_page)

    @Slot()
    def _look_anew(self) -> None:
        """Another paper: the same words are looked for in it."""
        self._first_page = 1
        if self.isVisible() and self._source.opened is not None:
            self._look()
        else:
            self._tell()

    @Slot()
    def _tell(self) -> None:
        search = self._source.search
        several = search is not None and bool(search.hits)
        self.previous.setEnabled(several)
        self.following.setEnabled(several)
        text = self._told()
        self.count.setText(text)
        self.count.setAccessibleName(text)
        self.field.setAccessibleDescription(text)

    def _told(self) -> str:
        search = self._source.search
        if search is None:
            return ""
        if not search.hits:
            if not search.done:
                return self.tr("Searching …")
            opened = self._source.opened
            picture = opened is not None and opened.media_type.startswith("image/")
            return self.tr("A picture has no text to search") if picture else self.tr("Not found")
        more = "+" if not search.done or len(search.hits) >= MOST_HITS else ""
        place = "–" if search.current is None else str(search.current + 1)
        return self.tr("{place} of {count}").format(place=place, count=f"{len(search.hits)}{more}")

    # Qt's own names from here on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._step(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)
