"""A word on its soft colour: how states are shown in lists and beside names."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from medbills_desktop.qt.theme import font, px, token

WORD = 12
"""Pixels of a pill's letters at 100 % text."""


def pill_width(text: str) -> int:
    """Pixels that a pill takes for its word in full."""
    return QFontMetrics(font(WORD, strong=True)).horizontalAdvance(text) + px(18)


def paint_pill(painter: QPainter, place: QRect, text: str, tone: str) -> None:
    """Draw a pill at the left of a place, in the middle of its height; the word elides where there is no room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    letters = font(WORD, strong=True)
    painter.setFont(letters)
    metrics = QFontMetrics(letters)
    width, height = min(pill_width(text), place.width()), px(20)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width - px(14), px(8)))
    pill = QRect(place.left(), place.top() + (place.height() - height + 1) // 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(token(f"{tone}_soft"))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(token(tone))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
