"""The viewer pane: one paper with its header, pages, thumbnails, find bar and footer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHBoxLayout, QMenu, QStackedWidget, QWidget
from shiboken6 import isValid

from medbills_desktop.papers.protocol import Box, Hit
from medbills_desktop.qt.viewer.find_bar import FindBar
from medbills_desktop.qt.viewer.header import Header
from medbills_desktop.qt.viewer.kind_menu import KindMenu
from medbills_desktop.qt.viewer.message_area import MessageArea
from medbills_desktop.qt.viewer.page_layout import Fit
from medbills_desktop.qt.viewer.pages_view import PagesView
from medbills_desktop.qt.viewer.paper_source import PaperSource
from medbills_desktop.qt.viewer.shown import (
    AreaMarked,
    FilesDropped,
    PagePart,
    PageTurned,
    PaperUnlocked,
    RegionActivated,
    RegionChosen,
    ShownPaper,
    ShownRegion,
    TextTaken,
)
from medbills_desktop.qt.viewer.thumbnails import Thumbnails
from medbills_desktop.qt.viewer.view_actions import MENU, build_actions, pressed
from medbills_desktop.qt.viewer.view_acts import ViewActs
from medbills_desktop.qt.viewer.worker_link import WorkerLink
from medbills_desktop.qt.widgets import ElidedLabel, column, label

_ALWAYS = frozenset({"detach", "thumbnails"})
"""Actions that make sense without a paper."""


class ViewerPane(QFrame):
    """Shows one paper at a time and tells the window what the person did with it.

    Signals carry one frozen object each (see `shown`): region_chosen RegionChosen, area_marked AreaMarked, text_taken
    TextTaken, page_turned PageTurned, region_activated RegionActivated, files_dropped FilesDropped, unlocked
    PaperUnlocked; detach_requested carries nothing.
    """

    region_chosen = Signal(object)
    area_marked = Signal(object)
    text_taken = Signal(object)
    page_turned = Signal(object)
    region_activated = Signal(object)
    files_dropped = Signal(object)
    unlocked = Signal(object)
    detach_requested = Signal()

    def __init__(self, link: WorkerLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Viewer"))
        self._paper: ShownPaper | None = None
        self._came_from: QWidget | None = None
        self.marking = False
        """Whether what is chosen on the page is to be taken out of copies, not to be linked."""
        self._tried = ""
        self.source = PaperSource(link, self)
        self.view = PagesView(self.source)
        self.thumbnails = Thumbnails(self.source)
        self.thumbnails.hide()
        self.find_bar = FindBar(self.source)
        self.find_bar.hide()
        self.message = MessageArea()
        self.actions_by_id = build_actions(self, ViewActs(self).handlers())
        self.header = Header(self.actions_by_id)
        self.hint = label("", "muted", wrap=True)
        self.hint.hide()
        self._kinds = KindMenu(self)
        self._kinds.chosen.connect(self._kind_chosen)
        self.notice = label("", "muted", wrap=True)
        self.footer = ElidedLabel("", "muted")
        self._stack = QStackedWidget()
        self._lay_out()
        self.setFocusProxy(self.view)
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
        parts = (self.header, self.hint, self.find_bar, self._stack, self.notice, self.footer)
        layout = column(*parts, margins=(12, 10, 12, 10))
        layout.setStretch(parts.index(self._stack), 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.source.changed.connect(self._paper_changed)
        self.view.moved.connect(self._moved)
        self.view.chosen.connect(self._chosen)
        self.view.taken.connect(self._taken)
        self.view.activated.connect(self._activated)
        self.view.choosing_changed.connect(self._choosing_changed)
        self.view.menu_wanted.connect(self._show_menu)
        self.header.page_wanted.connect(self._page_wanted)
        self.thumbnails.page_wanted.connect(self._page_picked)
        self.find_bar.moved.connect(self._show_hit)
        self.find_bar.left.connect(self._focus_view)
        self.message.password_typed.connect(self._password_typed)
        self.message.again_wanted.connect(self._try_again)

    # what the window says

    def show_paper(self, paper: ShownPaper) -> None:
        """Show a paper; showing the one that is already shown keeps zoom and place unless it names a page."""
        same = self._paper is not None and self.source.shows(paper.path)
        self._tried = ""
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

    def begin_region(self) -> bool:
        """Let the person choose a region of the page, by mouse or with the arrow keys and Enter; the keyboard goes
        back to where it was then. False when no page is shown."""
        self.marking = False
        return self._begin_choosing()

    def begin_marking(self) -> bool:
        """As `begin_region`, but what is chosen is taken out of copies for others."""
        self.marking = True
        return self._begin_choosing()

    def _begin_choosing(self) -> bool:
        if self.source.opened is None:
            return False
        if self.view.choosing:
            self._choosing_changed()
            return True
        had = QApplication.focusWidget()
        self._came_from = _stays(had) if had is not None and not self.isAncestorOf(had) else None
        self.view.set_choosing(on=True)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_taking(self, on: bool) -> None:
        """Let a click on a word hand it to where one types, or leave that."""
        self.view.set_taking(on)

    @property
    def paper(self) -> ShownPaper | None:
        """What is shown."""
        return self._paper

    @property
    def current_page(self) -> int:
        """The page in front; 0 when no paper is shown."""
        return self.view.current_page

    def turn_page(self, by: int) -> None:
        """Turn the page in front, and tell the window, which keeps the turn."""
        page = self.view.current_page
        if not page or self._paper is None:
            return
        turn = (self.source.rotations.get(page, 0) + by) % 360
        self.set_rotations({**self.source.rotations, page: turn})
        self.page_turned.emit(PageTurned(self._paper.document_id, page, turn))

    # what changes

    @Slot()
    def _paper_changed(self) -> None:
        """Show the pages, or why there are none, and switch off what makes no sense without them."""
        source = self.source
        if source.refusal is not None:
            self.message.show_reason(source.refusal)
        elif not source.document:
            self.message.show_empty()
        self._tell_unlocked()
        shown = bool(source.document) and source.refusal is None
        if shown and self.message.isAncestorOf(QApplication.focusWidget() or self):
            self._stack.setCurrentIndex(1)
            self._focus_view()
        self._stack.setCurrentIndex(1 if shown else 0)
        self.header.setVisible(bool(source.document))
        self.header.show_tools(shown)
        for name, action in self.actions_by_id.items():
            action.setEnabled(source.opened is not None or name in _ALWAYS)
        if source.opened is None:
            self.find_bar.hide()
        self._tell_notices()
        self._moved()

    def _tell_unlocked(self) -> None:
        """Once the typed password has opened the paper; one that was refused is forgotten."""
        if self._tried and (self.source.opened is not None or self.source.refusal is not None):
            tried, self._tried = self._tried, ""
            if self.source.opened is not None and self._paper is not None and self._paper.document_id:
                self.unlocked.emit(PaperUnlocked(self._paper.document_id, tried))

    def _tell_notices(self) -> None:
        notices = self.source.opened.notices if self.source.opened is not None else ()
        said = [QCoreApplication.translate("papers", notice.sentence) for notice in notices]
        more = [
            "\n".join((QCoreApplication.translate("papers", notice.what_to_do), *notice.details)).strip()
            for notice in notices
        ]
        self.notice.setText(" ".join(said))
        self.notice.setToolTip("\n".join(each for each in more if each))
        self.notice.setVisible(bool(said))

    @Slot()
    def _moved(self) -> None:
        view, page = self.view, self.view.current_page
        self.header.show_page(page, self.source.pages)
        self.header.show_zoom(view.current_zoom, view.fit is not Fit.NONE)
        pointed_out = next((each for each in view.regions if each.key == view.pointed_out), None)
        self.header.chip.show_word(pointed_out.label if pointed_out is not None and self.source.opened else "")
        self.thumbnails.follow(page)

    @Slot(object)
    def _chosen(self, part: PagePart) -> None:
        if self._paper is None:
            return
        if not self.marking:
            self.region_chosen.emit(RegionChosen(self._paper.document_id, part.page, part.rect))
        elif self._paper.document_id:
            self._kinds.ask(self._paper.document_id, part, self.view.place_on_screen(part.page, part.rect))

    @Slot(object)
    def _kind_chosen(self, marked: AreaMarked) -> None:
        self.area_marked.emit(marked)

    @Slot(object)
    def _taken(self, found: tuple[PagePart, str]) -> None:
        part, text = found
        if self._paper is not None and self._paper.document_id:
            self.text_taken.emit(TextTaken(self._paper.document_id, part.page, part.rect, text))

    @Slot(object)
    def _activated(self, region: ShownRegion) -> None:
        self.region_activated.emit(RegionActivated(region.key))

    @Slot()
    def _choosing_changed(self) -> None:
        self.actions_by_id["choose_region"].setChecked(self.view.choosing and not self.marking)
        self.actions_by_id["take_out"].setChecked(self.view.choosing and self.marking)
        how = self.tr("Draw a rectangle, click a printed line, or use the arrow keys and Enter. Esc leaves.")
        what = self.tr("Mark what has to go from copies for others; the paper itself stays whole.")
        self.hint.setText(f"{what} {how}" if self.marking else how)
        self.hint.setVisible(self.view.choosing)
        if not self.view.choosing:
            back, self._came_from = self._came_from, None
            if back is not None and isValid(back) and back.isVisible() and self.view.hasFocus():
                back.window().activateWindow()
                back.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _page_wanted(self, page: int) -> None:
        self.view.go_to(page)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _page_picked(self, page: int) -> None:
        self.view.go_to(page)

    @Slot(object)
    def _show_hit(self, hit: Hit) -> None:
        self.view.go_to(hit.page, hit.boxes[0] if hit.boxes else None)
        self.view.viewport().update()

    @Slot()
    def _focus_view(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _password_typed(self, password: str) -> None:
        self._tried = password
        self.source.try_again(password)

    @Slot()
    def _try_again(self) -> None:
        self.source.try_again()

    @Slot(object)
    def _show_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in MENU:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.actions_by_id[name])
        self.actions_by_id["copy"].setEnabled(bool(self.view.selecting.text()))
        menu.aboutToHide.connect(self._menu_gone)
        menu.popup(where)

    @Slot()
    def _menu_gone(self) -> None:
        self.actions_by_id["copy"].setEnabled(self.source.opened is not None)

    # Qt's own names from here on

    def event(self, event: QEvent) -> bool:
        """Claim the pane's keys before the window's own shortcuts of the same keys are tried."""
        asked = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if asked and pressed(self.actions_by_id, cast("QKeyEvent", event)) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = pressed(self.actions_by_id, event)
        if action is None:
            super().keyPressEvent(event)
        else:
            action.trigger()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(FilesDropped(paths))


def _stays(had: QWidget) -> QWidget:
    """What is still there to give the keyboard back to: the table around an open cell, else the field itself."""
    around: QWidget | None = had
    while around is not None and not isinstance(around, QAbstractItemView):
        around = around.parentWidget()
    return around or had


def _local_files(data: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
