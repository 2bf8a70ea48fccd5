"""What it has come to: asked first, agreed or paid now, how much less that is, and the way there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.outcome import Outcome, OutcomeStep
from medbills_desktop.qt.widgets import column, label

STEPS = {
    "asked": "asked {amount}",
    "from_me": "I offered {amount}",
    "from_them": "they offered {amount}",
    "offer": "offer of {amount}",
    "agreed": "agreed {amount}",
}
MOST_STEPS = 12
"""Steps that are told; of a longer way the first and the latest ones."""


def way_words(steps: Sequence[OutcomeStep]) -> str:
    """`Jan 1, 2025: asked $25,000.00 → Feb 1, 2025: I offered $1,500.00`, a long way with its middle left out."""
    told = [f"{plain_day(step.day)}: {STEPS[step.kind].format(amount=dollars(step.amount))}" for step in steps]
    if len(told) > MOST_STEPS:
        told = [told[0], "…", *told[1 - MOST_STEPS :]]
    return " → ".join(told)


class OutcomeCard(QFrame):
    """Shown only where there is something to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._sentence = label("", "green", wrap=True)
        self._way = label("", "muted", wrap=True)
        for each in (self._sentence, self._way):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(self._sentence, self._way, gap=2, margins=(14, 8, 14, 8)))
        self.hide()

    @property
    def said(self) -> str:
        """The sentence as shown; empty where there is none."""
        return "" if self.isHidden() else self._sentence.text()

    def show_outcome(self, found: Outcome | None, steps: Sequence[OutcomeStep]) -> None:
        """Show what a bill has come to, in green only where something has come off."""
        self.setVisible(found is not None)
        if found is None:
            return
        self._sentence.setText(found.sentence)
        self._sentence.setObjectName("green" if found.off > 0 else "strong")
        self._sentence.style().polish(self._sentence)
        self._way.setText(way_words(steps))
        self._way.setVisible(len(steps) > 1)
