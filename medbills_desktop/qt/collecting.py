"""Throwing away what Python found unused, on the window's thread alone.

Python looks for unused objects on whichever thread happens to make the next one. Where that is a thread of the pool, a
widget among them is destroyed there, which Qt forbids: the window then hangs or the program dies, seldom and anywhere.
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MILLISECONDS = 400
"""How often the window's thread looks whether enough has gathered."""


class Collecting(QObject):
    """While one of these is open Python does not look by itself; the window's thread does, by the usual thresholds."""

    _open: ClassVar[int] = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        Collecting._open += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def close(self) -> None:
        """Stop looking; with the last one Python looks by itself again. No thread of a pool may run any more."""
        if self._closed:
            return
        self._closed = True
        self._timer.stop()
        Collecting._open -= 1
        if not Collecting._open:
            gc.enable()

    @Slot()
    def _look(self) -> None:
        counts, most = gc.get_count(), gc.get_threshold()
        full = [age for age in range(len(counts)) if counts[age] > most[age]]
        if counts[0] > most[0]:
            gc.collect(max(full))
