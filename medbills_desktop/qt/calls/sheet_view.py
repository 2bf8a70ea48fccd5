"""The sheet for a call on screen: parts with their headings, to be read at a glance and copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from medbills_desktop.domain.call_sheet import SheetPart, sheet_text
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.reading_pane import readable
from medbills_desktop.qt.widgets import label


class SheetView(QWidget):
    """The parts one below the other. `text` is all of them as plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[SheetPart, ...] = ()
        self._inside = QVBoxLayout(self)
        keep(self._inside, margins=(0, 4, 4, 0), spacing=2)

    @property
    def text(self) -> str:
        """The whole sheet as text."""
        return sheet_text(self._parts)

    def show_parts(self, parts: Sequence[SheetPart]) -> None:
        """Show these parts instead of those before."""
        if tuple(parts) == self._parts:
            return
        self._parts = tuple(parts)
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, part in enumerate(self._parts):
            heading = label(part.heading, "strong", wrap=True)
            heading.setContentsMargins(0, 8 if number else 0, 0, 0)
            for each in (heading, *(readable(line) for line in part.lines)):
                self._inside.addWidget(each)
                each.show()
        self._inside.addStretch(1)
        self.setAccessibleDescription(self.text)
