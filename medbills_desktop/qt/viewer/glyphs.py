"""The few signs on the viewer's buttons, drawn as lines so that they are sharp and take the scheme's colours."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionToolButton, QStylePainter, QToolButton, QWidget

from medbills_desktop.qt.theme import px, token

_Line = tuple[tuple[float, float], ...]

GRID = 16.0
"""Signs are drawn on a square of so many units."""

LINES: dict[str, tuple[_Line, ...]] = {
    "minus": (((4, 8), (12, 8)),),
    "plus": (((4, 8), (12, 8)), ((8, 4), (8, 12))),
    "apart": (((9, 3), (13, 3), (13, 7)), ((13, 3), (9, 7)), ((7, 13), (3, 13), (3, 9)), ((3, 13), (7, 9))),
    "pages": (
        ((2.5, 3), (6.5, 3), (6.5, 13), (2.5, 13), (2.5, 3)),
        ((9, 3), (13.5, 3)),
        ((9, 8), (13.5, 8)),
        ((9, 13), (13.5, 13)),
    ),
    "up": (((4, 10), (8, 6), (12, 10)),),
    "down": (((4, 6), (8, 10), (12, 6)),),
    "close": (((4.5, 4.5), (11.5, 11.5)), ((11.5, 4.5), (4.5, 11.5))),
    "find": (((10.2, 10.2), (13.5, 13.5)),),
    "turn": (((13, 2.5), (13, 6.5), (9, 6.5)),),
}
"""Polylines of each sign; `find` and `turn` have an arc besides (see ARCS)."""

ARCS: dict[str, tuple[tuple[float, float, float, float], float, float]] = {
    "find": ((2.5, 2.5, 8.6, 8.6), 0, 360),
    "turn": ((2.8, 3, 10.4, 10.4), 20, 290),
}
"""Box (left, top, width, height), start and span in degrees, counter-clockwise from three o'clock."""


class GlyphButton(QToolButton):
    """A button with a sign instead of a word; the word is its tooltip and accessible name."""

    def __init__(self, glyph: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = glyph

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(px(32), px(30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        colour = "accent" if self.isChecked() else ("text" if self.isEnabled() else "muted")
        side = px(16)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(
            QPen(
                token(colour),
                max(1.0, px(3) / 2),
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        _draw(painter, self._glyph, box)


def _draw(painter: QPainter, glyph: str, box: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    scale = box.width() / GRID
    for line in LINES[glyph]:
        painter.drawPolyline(QPolygonF([QPointF(box.left() + x * scale, box.top() + y * scale) for x, y in line]))
    if glyph in ARCS:
        (left, top, width, height), start, span = ARCS[glyph]
        arc = QRectF(box.left() + left * scale, box.top() + top * scale, width * scale, height * scale)
        painter.drawArc(arc, round(start * 16), round(span * 16))
