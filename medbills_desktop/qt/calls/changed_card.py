"""A call that was changed elsewhere while it was being corrected: both wordings, and the choice between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from medbills_desktop.domain import words
from medbills_desktop.domain.call_wording import DIRECTION
from medbills_desktop.qt.calls.call_fields import LINES, TEXTS
from medbills_desktop.qt.calls.recording_row import CHOICES
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.reading_pane import readable
from medbills_desktop.qt.widgets import button, column, label, scrolling

NOTHING = "–"
OTHERS = (("channel", "How"), ("direction", "Who called"), ("bill_ids", "Bills"), ("claim_ids", "Claims"))
TITLES: Mapping[str, str] = {
    **{field.name: field.title for field in LINES},
    **dict(TEXTS),
    **dict(OTHERS),
    **{field.name: field.title for field in CHOICES},
    "promises": "What they promise",
    "document_id": "Recording",
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "channel": words.CHANNEL,
    "direction": DIRECTION,
    **{field.name: dict(field.options) for field in CHOICES if field.options},
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: its title, what is typed, and what the library has now."""

    title: str
    mine: str
    theirs: str


def differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """The fields of two calls (as `CallDraft.kept_values`) that differ, in the order of the panel."""
    return [
        Difference(title, _shown(name, mine[name]), _shown(name, theirs[name]))
        for name, title in TITLES.items()
        if mine[name] != theirs[name]
    ]


def _shown(name: str, value: Any) -> str:
    if name == "promises":
        parts = (" · ".join(filter(None, (row["text"], row["by"], row["due"], _state(row)))) for row in value)
        return "\n".join(parts) or NOTHING
    if isinstance(value, list):
        return str(len(value)) if value else NOTHING
    if name == "document_id":
        return NOTHING if value is None else "Attached"
    return _WORDS.get(name, {}).get(value, str(value)) or NOTHING


def _state(row: Mapping[str, Any]) -> str:
    status = row["status"] or "open"
    return words.PROMISE_STATUS[status] if status != "open" else ""


class ChangedCard(QFrame):
    """Hidden until it is needed. Signals (all carry nothing): `mine_wanted`, `theirs_wanted`, `editing_wanted`."""

    mine_wanted = Signal()
    theirs_wanted = Signal()
    editing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._says = label("", "strong", wrap=True)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        keep(self._grid, margins=(0, 0, 0, 0), across=16, down=4)
        for place, stretch in enumerate((0, 1, 1)):
            self._grid.setColumnStretch(place, stretch)
        both = QWidget()
        both.setLayout(column(self._says, self._table, None, gap=8))
        self.mine = button(self.tr("Keep mine"), self.mine_wanted.emit)
        self.theirs = button(self.tr("Take theirs"), self.theirs_wanted.emit)
        self.editing = button(self.tr("Go on editing"), self.editing_wanted.emit)
        layout = column(gap=8, margins=(12, 10, 12, 10))
        layout.addWidget(scrolling(both), 1)
        layout.addLayout(Flow((self.mine, self.theirs, self.editing)))
        self.setLayout(layout)
        keep(self, least_height=130)
        self.hide()

    def show_differences(self, found: list[Difference]) -> None:
        """Show both wordings of a call that was changed elsewhere."""
        self._fill(
            [("", self.tr("As you typed it"), self.tr("As it is now")), *((d.title, d.mine, d.theirs) for d in found)]
        )
        self._say(self.tr("This call was changed elsewhere since you opened it. Nothing is saved yet: which counts?"))
        self.mine.setText(self.tr("Keep mine"))
        self.theirs.show()
        self.editing.setFocus()

    def show_gone(self) -> None:
        """Say that the call is no longer there; what is typed can be kept as a new one."""
        self._fill([])
        self._say(
            self.tr("This call is no longer in the library: it was removed or undone. What you typed is still here.")
        )
        self.mine.setText(self.tr("Keep it as a new call"))
        self.theirs.hide()
        self.editing.setFocus()

    def _say(self, text: str) -> None:
        self._says.setText(text)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._says, QAccessible.Event.Alert))

    def _fill(self, rows: list[tuple[str, str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, texts in enumerate(rows):
            for place, text in enumerate(texts):
                cell = readable(text, "muted" if not number or not place else "")
                self._grid.addWidget(cell, number, place, Qt.AlignmentFlag.AlignTop)
        self._table.setVisible(bool(rows))
