"""What to know before one offers, agrees or pays: a calm card for each, with the one thing that can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from medbills_desktop.domain.offer_warnings import OfferWarning
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.widgets import button, column, label

ACTS = {
    "assistance": "Go to assistance",
    "unconfirmed": "Draft the confirmation",
    "paid_early": "Draft the confirmation",
    "zero_balance": "Ask for it",
    "lapsed": "Mark as expired",
    "limitation": "Read the rule",
}
"""What the button of a card says, by the kind of the warning; the others have none."""

READS_ONLY = frozenset({"assistance", "limitation"})
"""Kinds whose button changes nothing, so that it works in a library that is open for reading only."""


class WarningCard(QFrame):
    """One reminder. Signals: `wanted` carries its `OfferWarning`."""

    wanted = Signal(object)

    def __init__(self, warning: OfferWarning, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.warning = warning
        self.setObjectName("card")
        words = QWidget()
        inside = column(label(warning.title, "caution", wrap=True), label(warning.text, "", wrap=True), gap=2)
        if warning.source:
            inside.addWidget(label(warning.source, "muted", wrap=True))
        words.setLayout(inside)
        for each in words.findChildren(QLabel):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        act = ACTS.get(warning.kind, "") if warning.kind != "limitation" or warning.card_id else ""
        self.act: QPushButton | None = None
        if act:
            self.act = button(self.tr(act), self._act, "", enabled=writable or warning.kind in READS_ONLY)
            self.act.setAccessibleDescription(warning.title)
        whole = column(gap=0, margins=(14, 8, 10, 8))
        if self.act is None:
            whole.addWidget(words)
        else:
            whole.addLayout(Headed(words, (self.act,), least=300))
        self.setLayout(whole)

    @Slot()
    def _act(self) -> None:
        self.wanted.emit(self.warning)


class WarningCards(QWidget):
    """The reminders of a bill, one below the other; nothing is shown where there is none. `wanted` as in a card."""

    wanted = Signal(object)

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writable = writable
        self.cards: list[WarningCard] = []
        self._list = column(gap=6)
        self.setLayout(self._list)
        self.hide()

    def show_warnings(self, warnings: Sequence[OfferWarning]) -> None:
        """Show these reminders."""
        if [card.warning for card in self.cards] == list(warnings):
            return
        for old in self.cards:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = [WarningCard(warning, self._writable) for warning in warnings]
        for card in self.cards:
            card.wanted.connect(self.wanted)
            self._list.addWidget(card)
            card.show()
        self.setVisible(bool(self.cards))
