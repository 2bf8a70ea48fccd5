"""What the whole-window stories share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from tests.support.windows import (
    _fonts,
    library,
    nothing_left_behind,
    open_window,
    sample,
    sample_source,
    sample_window,
    session,
    usual_look,
    window,
)

__all__ = [
    "_fonts",
    "library",
    "nothing_left_behind",
    "open_window",
    "sample",
    "sample_source",
    "sample_window",
    "session",
    "usual_look",
    "window",
    "window_manager",
]


class WindowManager(QObject):
    """What a desktop does and the offscreen platform does not: when a dialog or a list closes, the keyboard goes to
    the window in front. Qt tells of it by no signal, so it looks each time the event loop has nothing to do."""

    def __init__(self) -> None:
        super().__init__()
        self._look = QTimer(self)
        self._look.timeout.connect(self.bring_forward)
        self._look.start(0)

    @Slot()
    def bring_forward(self) -> None:
        if QApplication.focusWindow() is not None:
            return
        seen = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.objectName() == "main"]
        front = QApplication.activeModalWidget() or next(iter(seen), None)
        if front is not None:
            front.activateWindow()
            QApplication.processEvents()

    def stop(self) -> None:
        self._look.stop()


@pytest.fixture(autouse=True)
def window_manager(nothing_left_behind: None) -> Iterator[None]:
    """The keyboard is never left with nobody while a window is open."""
    manager = WindowManager()
    yield
    manager.stop()
