"""Scrolling by keys: a short glide instead of a jump, so that the eye keeps its line."""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPropertyAnimation, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QStyle

GLIDE_MILLISECONDS = 120
_FAR = 2**31 - 1
_PART_OF_VIEW = 0.9
"""Of a view's height goes by with Page Down, so that the last lines read are still in sight."""

_WAYS: dict[int, str] = {
    Qt.Key.Key_Down: "line",
    Qt.Key.Key_Up: "-line",
    Qt.Key.Key_PageDown: "view",
    Qt.Key.Key_PageUp: "-view",
    Qt.Key.Key_Space: "view",
    Qt.Key.Key_Home: "-all",
    Qt.Key.Key_End: "all",
}


class ScrollKeys(QObject):
    """Moves the vertical bar of a scroll area. Does without the glide where the system shows no animations."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._bar = area.verticalScrollBar()
        self._glide = QPropertyAnimation(self._bar, b"value", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.setDuration(GLIDE_MILLISECONDS)

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key was one of these, and the pages are on their way."""
        plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        way = _WAYS.get(event.key())
        if way is None or event.modifiers() & ~plain:
            return False
        lengths = {"line": self._bar.singleStep(), "view": self._bar.pageStep() * _PART_OF_VIEW, "all": _FAR}
        back = way.startswith("-") != bool(
            event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        )
        self.move(-lengths[way.lstrip("-")] if back else lengths[way])
        return True

    def move(self, by: float) -> None:
        """Glide by device pixels, from where a glide that is under way would end."""
        running = self._glide.state() is QAbstractAnimation.State.Running
        start = int(self._glide.endValue()) if running else self._bar.value()
        end = min(max(round(start + by), self._bar.minimum()), self._bar.maximum())
        self._glide.stop()
        if self._area.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._area) <= 0:
            self._bar.setValue(end)
            return
        self._glide.setStartValue(self._bar.value())
        self._glide.setEndValue(end)
        self._glide.start()

    def stop(self) -> None:
        """Stay where the pages are now."""
        self._glide.stop()
