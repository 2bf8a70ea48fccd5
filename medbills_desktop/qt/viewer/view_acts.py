"""What the viewer's actions do, apart from the pane so that the table of actions and this list face each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medbills_desktop.qt.viewer.page_layout import Fit
from medbills_desktop.qt.viewer.pages_scroll import ZOOM_STEP

if TYPE_CHECKING:
    from medbills_desktop.qt.viewer.pane import ViewerPane


class ViewActs(QObject):
    """One method for each action of `view_actions.ACTIONS`."""

    def __init__(self, pane: ViewerPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._view = pane.view

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What to call, by the action's id."""
        return {
            "zoom_out": self.zoom_out,
            "zoom_in": self.zoom_in,
            "fit": self.fit,
            "fit_width": self.fit_width,
            "fit_page": self.fit_page,
            "actual_size": self.actual_size,
            "turn": self.turn,
            "turn_back": self.turn_back,
            "thumbnails": self.thumbnails,
            "go_to_page": self.go_to_page,
            "next_page": self.next_page,
            "previous_page": self.previous_page,
            "find": self.find,
            "find_next": self.find_next,
            "find_previous": self.find_previous,
            "choose_region": self.choose_region,
            "take_out": self.take_out,
            "next_region": self.next_region,
            "previous_region": self.previous_region,
            "copy": self._view.copy,
            "select_page": self._view.select_page,
            "detach": self.detach,
        }

    def zoom_out(self) -> None:
        self._view.zoom_by(1 / ZOOM_STEP)

    def zoom_in(self) -> None:
        self._view.zoom_by(ZOOM_STEP)

    def fit(self) -> None:
        """Fit the width; when it fits already, the whole page."""
        self._view.set_fit(Fit.PAGE if self._view.fit is Fit.WIDTH else Fit.WIDTH)

    def fit_width(self) -> None:
        self._view.set_fit(Fit.WIDTH)

    def fit_page(self) -> None:
        self._view.set_fit(Fit.PAGE)

    def actual_size(self) -> None:
        self._view.set_zoom(1.0)

    def turn(self) -> None:
        self._pane.turn_page(90)

    def turn_back(self) -> None:
        self._pane.turn_page(-90)

    def thumbnails(self) -> None:
        strip = self._pane.thumbnails
        strip.setVisible(self._pane.actions_by_id["thumbnails"].isChecked())
        strip.follow(self._view.current_page)

    def go_to_page(self) -> None:
        self._pane.header.edit_page()

    def next_page(self) -> None:
        self._view.step_page(1)

    def previous_page(self) -> None:
        self._view.step_page(-1)

    def find(self) -> None:
        self._pane.find_bar.begin(self._view.current_page)

    def find_next(self) -> None:
        self._step_found(forward=True)

    def find_previous(self) -> None:
        self._step_found(forward=False)

    def _step_found(self, forward: bool) -> None:
        bar = self._pane.find_bar
        if not bar.isVisible() or self._pane.source.search is None:
            self.find()
        elif forward:
            bar.step_on()
        else:
            bar.step_back()

    def choose_region(self) -> None:
        if self._view.choosing and not self._pane.marking:
            self._view.leave_choosing()
        else:
            self._pane.begin_region()

    def take_out(self) -> None:
        if self._view.choosing and self._pane.marking:
            self._view.leave_choosing()
        else:
            self._pane.begin_marking()

    def next_region(self) -> None:
        self._view.step_region(1)

    def previous_region(self) -> None:
        self._view.step_region(-1)

    def detach(self) -> None:
        self._pane.detach_requested.emit()
