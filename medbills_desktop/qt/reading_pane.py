"""One text to be read at any text size: it scrolls by keys, takes the keyboard and is read aloud as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import label


class ReadingPane(QScrollArea):
    """A page at a time, from its top; a word of the glossary or a rule card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("words")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep(self, least_width=220)

    def show_page(self, page: QWidget, name: str, spoken: str) -> None:
        """Show a page instead of the one before; `name` and `spoken` are what a screen reader says."""
        before = self.takeWidget()
        if before is not None:
            before.deleteLater()
        self.setWidget(page)
        self.setAccessibleName(name)
        self.setAccessibleDescription(spoken)
        self.verticalScrollBar().setValue(0)


def readable(text: str, role: str = "") -> QWidget:
    """A wrapped text that can be selected with the mouse."""
    found = label(text, role, wrap=True)
    found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return found
