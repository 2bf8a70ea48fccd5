"""Filling the grid from the paper: what is clicked on a page goes into the current cell, and its place is linked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from medbills_desktop.commands.papers import LinkLineRegion, TakeFromPaper
from medbills_desktop.domain.errors import UserError
from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.bill.line_cells import CELLS, typed_value
from medbills_desktop.qt.bill.lines_grid import LinesGrid
from medbills_desktop.qt.bill.lines_model import BLANK
from medbills_desktop.qt.viewer.shown import TextTaken

Rect = tuple[float, float, float, float]


class LineTaking(QObject):
    """Signals: `refused` carries a `UserError`; `taken` nothing, once a text stands in its cell."""

    refused = Signal(object)
    taken = Signal()

    def __init__(self, grid: LinesGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._waiting: dict[tuple[int, int], Box] = {}
        """Places of the cells of the blank row, by paper and page, until it has become a line."""

    def forget(self) -> None:
        """Another bill is shown."""
        self._waiting = {}

    @Slot(object)
    def take(self, taken: TextTaken) -> None:
        """Put a text into the current cell and go on to the next one. What was being typed there stays before it."""
        grid, index = self._grid, self._grid.currentIndex()
        if not index.isValid() or not CELLS[index.column()].entry:
            self.refused.emit(
                UserError(self.tr("No cell is chosen."), self.tr("Click a cell of the list first, then the word."))
            )
            return
        before = grid.delegate.set_aside()
        text = f"{before.rstrip()} {taken.text}" if before.strip() else taken.text
        line = grid.lines_model.line_at(index.row())
        if line is None:
            self._into_blank(text, taken)
        elif not self._into_line(line.id, text, taken):
            return
        self.taken.emit()
        grid.move_on("next")

    def _into_line(self, line_id: int, text: str, taken: TextTaken) -> bool:
        grid, index = self._grid, self._grid.currentIndex()
        try:
            value = typed_value(index.column(), text)
        except UserError as error:
            grid.lines_model.hold(index, text)
            self.refused.emit(error)
            return False
        grid.lines_model.let_go(index)
        field = CELLS[index.column()].field.name
        grid.session.perform(TakeFromPaper(line_id, field, value, taken.document_id, taken.page, _rect(taken.rect)))
        return True

    def _into_blank(self, text: str, taken: TextTaken) -> None:
        grid, index = self._grid, self._grid.currentIndex()
        known = {line.id for line in grid.lines_model.lines}
        place = (taken.document_id, taken.page)
        self._waiting[place] = _around(self._waiting.get(place), taken.rect)
        grid.lines_model.setData(index, text)
        for line in grid.lines_model.lines:
            if line.id not in known and line.id != BLANK:
                for (document_id, page), box in self._waiting.items():
                    grid.session.perform(LinkLineRegion(line.id, document_id, page, _rect(box)))
                self._waiting = {}


def _around(first: Box | None, second: Box) -> Box:
    if first is None:
        return second
    return Box(
        min(first.left, second.left),
        min(first.top, second.top),
        max(first.right, second.right),
        max(first.bottom, second.bottom),
    )


def _rect(box: Box) -> Rect:
    return (round(box.left, 2), round(box.top, 2), round(box.right, 2), round(box.bottom, 2))
