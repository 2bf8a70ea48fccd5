"""A button that says what it is about: many rows share one slot, and no row needs a function of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget


class ValueButton(QPushButton):
    """Signals: `taken` carries the value that the button was made with."""

    taken = Signal(object)

    def __init__(
        self,
        text: str,
        value: Any = None,
        role: str = "",
        tip: str = "",
        enabled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.value = value
        self.setObjectName(role)
        self.setAutoDefault(False)
        self.setToolTip(tip)
        self.setEnabled(enabled)
        self.clicked.connect(self._clicked)

    @Slot()
    def _clicked(self) -> None:
        self.taken.emit(self.value)
