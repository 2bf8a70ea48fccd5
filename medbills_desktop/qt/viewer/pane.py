"""The viewer pane: one paper with its header, pages, thumbnails, find bar and footer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QWidget

from medbills_desktop.papers.protocol import Box, Hit
from medbills_desktop.qt.viewer.find_bar import FindBar
from medbills_desktop.qt.viewer.header import Header
from medbills_desktop.qt.viewer.message_area import MessageArea
from medbills_desktop.qt.viewer.page_layout import Fit
from medbills_desktop.qt.viewer.pages_scroll import ZOOM_STEP
from medbills_desktop.qt.viewer.pages_view import PagesView
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.viewer.shown import (
    FilesDropped,
    PagePart,
    PageTurned,
    RegionActivated,
    RegionChosen,
    ShownPaper,
    ShownRegion,
)
from medbills_desktop.qt.viewer.thumbnails import Thumbnails
from medbills_desktop.qt.viewer.view_actions import MENU, build_actions, pressed
from medbills_desktop.qt.viewer.worker_link import WorkerLink
from medbills_desktop.qt.widgets import ElidedLabel, column, label


class ViewerPane(QFrame):
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
        self.setObjectName("panel")
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Viewer"))
        self._paper: ShownPaper | None = None
        self.source = PaperSource(link, self)
        self.view = PagesView(self.source)
        self.thumbnails = Thumbnails(self.source)
        self.thumbnails.hide()
        self.find_bar = FindBar(self.source)
        self.find_bar.hide()
        self.message = MessageArea()
        self.actions_by_id = build_actions(self, self._handlers())
        self.header = Header(self.actions_by_id)
        self.notice = label("", "muted", wrap=True)
        self.footer = ElidedLabel("", "muted")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._paper_changed()

    def _lay_out(self) -> None:
        pages = QHBoxLayout()
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(0)
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.view, 1)
        beside = QWidget()
        beside.setLayout(pages)
        self._stack.addWidget(self.message)
        self._stack.addWidget(beside)
        layout = column(self.header, self.find_bar, self._stack, self.notice, self.footer, margins=(12, 10, 12, 10))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.source.changed.connect(self._paper_changed)
        self.view.moved.connect(self._moved)
        self.view.chosen.connect(self._chosen)
        self.view.activated.connect(self._activated)
        self.view.choosing_changed.connect(self._choosing_changed)
        self.view.menu_wanted.connect(self._show_menu)
        self.header.page_wanted.connect(self._page_wanted)
        self.thumbnails.page_wanted.connect(self._page_picked)
        self.find_bar.moved.connect(self._show_hit)
        self.find_bar.left.connect(self.view.setFocus)
        self.message.password_typed.connect(self.source.try_again)
        self.message.again_wanted.connect(self._try_again)

    # what the window says

    def show_paper(self, paper: ShownPaper) -> None:
        """Show a paper; showing the one that is already shown keeps zoom and place unless it names a page."""
        same = self._paper is not None and self.source.shows(paper.path)
        self._paper = paper
        self.header.show_title(paper.title)
        self.footer.set_text(paper.footer)
        self.footer.setVisible(bool(paper.footer))
        if same:
            self.set_rotations(paper.rotations)
            self.set_regions(paper.regions)
            if paper.page is not None:
                self.view.go_to(paper.page)
        else:
            self.source.rotations = dict(paper.rotations)
            self.view.expect(paper.page or 1)
            self.source.show(paper.path)
            self.set_regions(paper.regions)
        if paper.focus_region is not None:
            self.view.point_out(paper.focus_region)

    def clear(self) -> None:
        """Show the empty state."""
        self._paper = None
        self.header.show_title("")
        self.footer.set_text("")
        self.view.set_regions(())
        self.source.leave()

    def set_rotations(self, rotations: Mapping[int, int]) -> None:
        """Turn pages as kept in the library (page to degrees; pages not named are not turned)."""
        turned = {page: turn for page, turn in rotations.items() if turn % 360}
        if turned != {page: turn for page, turn in self.source.rotations.items() if turn % 360}:
            self.source.rotations = turned
            self.view.relay()
            self.thumbnails.viewport().update()

    def set_regions(self, regions: tuple[ShownRegion, ...]) -> None:
        """Replace the regions pointed out on the pages."""
        self.view.set_regions(regions)
        self._moved()

    def go_to(self, page: int, rect: Box | None = None) -> None:
        """Bring a page, or a part of it, into sight."""
        self.view.go_to(page, rect)

    def begin_region(self) -> None:
        """Let the person choose a region of the page, by mouse or with the arrow keys and Enter."""
        if self.source.opened is not None:
            self.view.set_choosing(on=True)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def current_page(self) -> int:
        """The page in front; 0 when no paper is shown."""
        return self.view.current_page

    # what the actions do

    def _handlers(self) -> dict[str, object]:
        names = (
            "zoom_out zoom_in fit fit_width fit_page actual_size turn turn_back thumbnails go_to_page next_page "
            "previous_page find find_next find_previous choose_region next_region previous_region copy select_page "
            "detach"
        )
        return {name: getattr(self, f"_{name}") for name in names.split()}
