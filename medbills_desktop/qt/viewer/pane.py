"""The viewer pane: one paper with its header, pages, thumbnails, find bar and footer."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.viewer.shown import ShownPaper, ShownRegion
from medbills_desktop.qt.viewer.worker_link import WorkerLink


class ViewerPane(QWidget):
    """Shows one paper at a time and tells the window what the person did with it.

    Signals carry one frozen object each (see `shown`): region_chosen RegionChosen, page_turned PageTurned,
    region_activated RegionActivated, files_dropped FilesDropped; detach_requested carries nothing.
    """

    region_chosen = Signal(object)
    page_turned = Signal(object)
    region_activated = Signal(object)
    files_dropped = Signal(object)
    detach_requested = Signal()

    def __init__(self, link: WorkerLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link

    def show_paper(self, paper: ShownPaper) -> None:
        """Show a paper; showing the one that is already shown keeps zoom and place unless it names a page."""

    def clear(self) -> None:
        """Show the empty state."""

    def set_rotations(self, rotations: Mapping[int, int]) -> None:
        """Turn pages as kept in the library (page to degrees; pages not named are not turned)."""

    def set_regions(self, regions: tuple[ShownRegion, ...]) -> None:
        """Replace the regions pointed out on the pages."""

    def go_to(self, page: int, rect: Box | None = None) -> None:
        """Bring a page, or a part of it, into sight."""
