"""Printing from the window: what the viewer shows, or a file that was made for it; one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from medbills_desktop.qt.printing import Printing
    from medbills_desktop.qt.window import MainWindow


class Prints(QObject):
    """Asks for a printer and shows how far it is; what printing needs is loaded only then."""

    def __init__(self, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._printing: Printing | None = None

    def print_shown(self) -> None:
        """Print what the viewer shows: a packet that was just made, or a paper, turned as the person turned it."""
        shown = self._window.viewer.paper
        if shown is None:
            self._window.session.tell(self.tr("Choose a paper, or make a packet; what the viewer shows is printed."))
        else:
            self.print_file(shown.path, shown.title, shown.rotations)

    def print_file(self, path: Path, title: str, turns: Mapping[int, int] | None = None) -> None:
        """Ask for a printer and print a file; `turns` of its pages are in degrees clockwise."""
        from medbills_desktop.qt.printing import Printing

        if self._printing is not None:
            self._window.session.tell(self.tr("Something is being printed. Cancel it or wait until it is done."))
            return
        self._printing = Printing(self._window.session, self._window.link, self._window)
        self._printing.progressed.connect(self._window.notices.show_progress)
        self._printing.finished.connect(self._finished)
        self._printing.ask_and_print(path, title, turns)

    def cancel(self) -> None:
        """Stop after the page in hand."""
        if self._printing is not None:
            self._printing.cancel()

    @Slot()
    def _finished(self) -> None:
        if self._printing is not None:
            self._printing.deleteLater()
        self._printing = None
