"""A label that is a word of the glossary: a click leads to its entry, its tooltip has the first sentence."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from medbills_desktop.domain.glossary import Term, term_of
from medbills_desktop.qt.theme import px, token
from medbills_desktop.qt.widgets import label
from medbills_desktop.qt.words.asking import TERM, show_term, tip


class WordLabel(QLabel):
    """Looks like any label but for a fine dotted line below; it is no stop for Tab, Shift+F1 leads there instead."""

    def __init__(self, text: str, term: Term, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.term = term
        self.setProperty(TERM, term.id)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(role)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)
        self.setToolTip(tip(term))
        self.setAccessibleDescription(term.first_sentence)

    def _line(self) -> QRectF:
        """The place of the text: as wide as its letters, from their top to just below their foot."""
        metrics, inside = self.fontMetrics(), self.contentsRect()
        words = metrics.boundingRect(inside, int(self.alignment()), self.text())
        return QRectF(words.left(), words.top(), metrics.horizontalAdvance(self.text()), words.height())

    # Qt's own names from here on

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colour = token("accent" if self.underMouse() else "control")
        pen = QPen(colour, max(1.0, px(10) / 10), Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        place = self._line()
        foot = min(place.bottom() + 0.5, self.height() - 1.0)
        painter.drawLine(int(place.left()), int(foot), int(place.right()), int(foot))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            show_term(self, self.term)
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def enterEvent(self, event: object) -> None:
        super().enterEvent(event)  # type: ignore[arg-type]
        self.update()

    def leaveEvent(self, event: object) -> None:
        super().leaveEvent(event)  # type: ignore[arg-type]
        self.update()


def word_label(text: str, role: str = "", within: str = "") -> QLabel:
    """A label that leads to its entry where its text is a word of the glossary, else a plain one.

    `within` is the title of the form or list that the label belongs to.
    """
    term = term_of(text, within)
    return WordLabel(text, term, role) if term is not None else label(text, role)
