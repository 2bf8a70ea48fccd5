"""Small parts that screens are made of: labels with a role, pills, cards, quiet buttons, and rows of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from medbills_desktop.qt.tables import paint_pill
from medbills_desktop.qt.theme import font, px


class ElidedLabel(QLabel):
    """A name that elides in the middle when there is no room; the whole text is in its tooltip and accessible name."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(role)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def _fit(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, max(self.width(), px(40)))
        )

    # Qt's own names from here on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Pill(QWidget):
    """A word on its soft colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = "", "accent"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_word(self, text: str, tone: str) -> None:
        """Show a word in a tone; an empty word hides the pill."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font(12, strong=True)).horizontalAdvance(self._text)
        return QSize(width + px(18) + px(12), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRect(-px(6), 0, self.width() + px(32), self.height() - 2)
        paint_pill(painter, room, self._text, self._tone)


def label(text: str, role: str = "", wrap: bool = False) -> QLabel:
    """A label; `role` picks its look from the style sheet (title, heading, muted, figure, red …)."""
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setObjectName(role)
    found.setWordWrap(wrap)
    return found


def button(text: str, act: Callable[[], object], role: str = "", tip: str = "") -> QPushButton:
    """A button that calls a bound method."""
    found = QPushButton(text)
    found.setObjectName(role)
    found.setAutoDefault(False)
    found.setToolTip(tip)
    found.clicked.connect(act)
    return found


def row(*parts: QWidget | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Widgets side by side: a number is a fixed gap, `None` takes the free room."""
    layout = QHBoxLayout()
    _fill(layout, parts, gap, margins)
    return layout


def column(
    *parts: QWidget | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Widgets one below the other; as `row`."""
    layout = QVBoxLayout()
    _fill(layout, parts, gap, margins)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    parts: tuple[QWidget | int | None, ...],
    gap: int,
    margins: tuple[int, int, int, int],
) -> None:
    left, top, right, bottom = (px(side) for side in margins)
    layout.setContentsMargins(left, top, right, bottom)
    layout.setSpacing(px(gap))
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(px(part))
        else:
            layout.addWidget(part)


def panel(name: str = "panel") -> QFrame:
    """A surface with a border and rounded corners."""
    frame = QFrame()
    frame.setObjectName(name)
    return frame
