"""What the window remembers of its layout from one start to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter

from medbills_desktop.qt.settings import packed, unpacked
from medbills_desktop.qt.theme import px

if TYPE_CHECKING:
    from medbills_desktop.qt.window import MainWindow

FIRST_SIZE = (1400, 880)
FRAME = (8, 40)
"""Pixels that the system's own frame takes; a first window of the whole screen would have its foot below the screen."""

LEAST_WITH_VIEWER = 960
"""Pixels at 100 % text under which a first window opens without the viewer beside; F8 brings it."""


class WindowState:
    """Saves and restores geometry and splitters through the settings; a window is never restored off screen."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def _splitters(self) -> dict[str, QSplitter]:
        window = self._window
        return {"beside": window.beside, "middle": window.middle, "bills": window.bills.splitter}

    def restore(self) -> None:
        """Put the layout back, or the first one."""
        window, kept = self._window, self._window.settings.layout
        screen = QGuiApplication.primaryScreen().availableGeometry()
        room = screen.width() - FRAME[0], screen.height() - FRAME[1]
        window.resize(min(FIRST_SIZE[0], room[0]), min(FIRST_SIZE[1], room[1]))
        if "geometry" in kept:
            window.restoreGeometry(QByteArray(unpacked(kept["geometry"])))
            if not any(
                screen.availableGeometry().intersects(window.frameGeometry()) for screen in QGuiApplication.screens()
            ):
                window.move(screen.topLeft())
        window.beside.setSizes([px(800), px(400)])
        for name, splitter in self._splitters().items():
            if name in kept:
                splitter.restoreState(QByteArray(unpacked(kept[name])))
        is_wide = window.width() >= px(LEAST_WITH_VIEWER)
        window.viewer.setVisible(window.settings.viewer and (is_wide or "beside" in kept))

    def save(self) -> None:
        """Note the layout in the settings."""
        window, kept = self._window, self._window.settings.layout
        kept["geometry"] = packed(bytes(window.saveGeometry().data()))
        for name, splitter in self._splitters().items():
            kept[name] = packed(bytes(splitter.saveState().data()))
