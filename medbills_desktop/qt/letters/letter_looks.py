"""The row of buttons above the text of a letter: bold, italic and lists."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QToolButton, QWidget

from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.letters.letter_text import LetterText
from medbills_desktop.qt.widgets import label


class LetterLooks(QWidget):
    """Follows the cursor of a text, and gives the keyboard back to it after each press."""

    def __init__(self, text: LetterText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.bold = self._button(self.tr("B"), self.tr("Bold (Ctrl+B)"), self.tr("Bold"))
        self.italic = self._button(self.tr("I"), self.tr("Italic (Ctrl+I)"), self.tr("Italic"))
        self.bullets = self._button(self.tr("• List"), self.tr("Makes items of the chosen lines"), self.tr("List"))
        self.numbers = self._button(
            self.tr("1. List"), self.tr("Makes numbered items of the chosen lines"), self.tr("Numbered list")
        )
        for made, look in ((self.bold, "bold"), (self.italic, "italic")):
            made.setCheckable(True)
            font = QFont(made.font())
            font.setBold(look == "bold")
            font.setItalic(look == "italic")
            made.setFont(font)
        self.bold.clicked.connect(text.toggle_bold)
        self.italic.clicked.connect(text.toggle_italic)
        self.bullets.clicked.connect(text.toggle_bullets)
        self.numbers.clicked.connect(text.toggle_numbers)
        self.pages = label("", "muted")
        self.setLayout(Flow((self.bold, self.italic, self.bullets, self.numbers), (self.pages,), gap=4))
        text.looks_changed.connect(self._follow)

    def _button(self, words: str, tip: str, name: str) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setToolTip(tip)
        made.setAccessibleName(name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    @Slot()
    def _follow(self) -> None:
        self.bold.setChecked(self._text.bold)
        self.italic.setChecked(self._text.italic)
