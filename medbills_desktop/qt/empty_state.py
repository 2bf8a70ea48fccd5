"""What stands in an empty list: what the list is for, and a button for the one next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import button, column, label, row

WIDEST = 460
"""Pixels at 100 % text beyond which a line of the sentence would be hard to read."""


class EmptyState(QWidget):
    """Signals: `wanted` carries nothing, when the next step is asked for."""

    wanted = Signal()

    def __init__(self, text: str, step: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self._words = label(text, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        keep(words, most_width=WIDEST)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.step = button(step, self._clicked)
        layout = column(gap=12, margins=(16, 24, 16, 16))
        middle = row()
        middle.addStretch(1)
        middle.addWidget(words, 100)  # aligned in its cell instead, it would get the height of one line
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addLayout(row(None, self.step, None))
        layout.addStretch(1)
        self.setLayout(layout)

    def say(self, text: str, step: str) -> None:
        """Say something else, such as that a list is only narrowed too far."""
        self._words.setText(text)
        self.step.setText(step)
        if self.step.isHidden() == bool(step):
            self.step.setVisible(bool(step))

    @Slot()
    def _clicked(self) -> None:
        self.wanted.emit()
