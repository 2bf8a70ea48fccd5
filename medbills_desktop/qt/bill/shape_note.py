"""What is unusual about the code in the current cell, in a quiet row below the lines."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from medbills_desktop.qt.bill.line_cells import shape_warning
from medbills_desktop.qt.bill.lines_grid import LinesGrid
from medbills_desktop.qt.lengths import keep


class ShapeNote(QLabel):
    """Hidden while the current cell holds no code of an unusual shape; it never hides the cell of which it speaks."""

    def __init__(self, grid: LinesGrid, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.setObjectName("caution")
        self.setWordWrap(True)
        keep(self, margins=(8, 0, 8, 0))
        grid.selectionModel().currentChanged.connect(self.tell)
        grid.lines_model.dataChanged.connect(self.tell)
        grid.lines_model.modelReset.connect(self.tell)
        self.hide()

    @Slot()
    def tell(self) -> None:
        """Say it of the cell that is current now."""
        index = self._grid.currentIndex()
        line = self._grid.lines_model.line_at(index.row()) if index.isValid() else None
        self.setText((shape_warning(line, index.column()) if line is not None else None) or "")
        self.setVisible(bool(self.text()))

    # Qt's own names from here on

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._keep_cell_in_sight)

    @Slot()
    def _keep_cell_in_sight(self) -> None:
        self._grid.scrollTo(self._grid.currentIndex())
