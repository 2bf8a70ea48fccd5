"""Small parts that screens are made of: labels with a role, pills, cards, quiet buttons, and rows of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.pills import paint_pill, pill_width
from medbills_desktop.qt.theme import px


class ElidedLabel(QLabel):
    """A name that elides in the middle when there is no room; the whole text is in its tooltip and accessible name."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    @property
    def whole(self) -> str:
        """The text in full."""
        return self._whole

    def rescale(self) -> None:
        """Elide anew for another text size."""
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, max(self.width(), px(40)))
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

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
        if self.parentWidget() is not None or not text:
            self.setVisible(bool(text))  # without a parent it would be a window of its own for a moment
        self.rescale()

    def rescale(self) -> None:
        """Take the room that the word needs at the text size in use."""
        self.updateGeometry()
        self.update()

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._text), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_pill(QPainter(self), self.rect(), self._text, self._tone)


def label(text: str, role: str = "", wrap: bool = False) -> QLabel:
    """A label; `role` picks its look from the style sheet (title, heading, muted, figure, red …)."""
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setObjectName(role)
    found.setWordWrap(wrap)
    return found


def button(text: str, act: Callable[[], object], role: str = "", tip: str = "", enabled: bool = True) -> QPushButton:
    """A button that calls a bound method; greyed out where the library can't be changed."""
    found = QPushButton(text)
    found.setObjectName(role)
    found.setAutoDefault(False)
    found.setToolTip(tip)
    found.setEnabled(enabled)
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
    gaps: list[tuple[int, int]] = []
    keep(layout, margins=margins, spacing=gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            gaps.append((layout.count(), part))
            layout.addSpacing(px(part))
        else:
            layout.addWidget(part)
    if gaps:
        keep(layout, gaps=gaps)


def show_all(layout: QLayout) -> None:
    """Show what was put into a layout whose window is on screen already: it would stay hidden there else."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.show()


def take_all(layout: QLayout) -> None:
    """Empty a layout; what was in it is gone from the screen at once."""
    while (old := layout.takeAt(0)) is not None:
        if widget := old.widget():
            widget.hide()
            widget.deleteLater()


def counted(count: int, one: str, many: str) -> str:
    """How many there are, in words: `one` for exactly one, else `many` with the number in place of `{n}`."""
    return one if count == 1 else many.format(n=f"{count:,}")


def scrolling(inside: QWidget) -> QScrollArea:
    """A part that scrolls up and down with whatever has the keyboard in it; the keyboard never stops at the frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def one_above_other(upper: QWidget, lower: QWidget, shares: tuple[int, int]) -> QSplitter:
    """A list above what is chosen in it: a splitter that never hides either, with the shares of the height at first."""
    found = QSplitter(Qt.Orientation.Vertical)
    found.setChildrenCollapsible(False)
    keep(found, handle=8)
    for place, (part, share) in enumerate(zip((upper, lower), shares, strict=True)):
        found.addWidget(part)
        found.setStretchFactor(place, share)
    return found


def panel(name: str = "panel") -> QFrame:
    """A surface with a border and rounded corners."""
    frame = QFrame()
    frame.setObjectName(name)
    return frame
