"""What the list of rules is narrowed by: words, place, whom a rule binds, where it is from, and its state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from medbills_desktop.domain.rules.card_filter import ORIGIN, STATE, WHOM, CardWish, places
from medbills_desktop.domain.rules.in_force import CardInForce
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.form import Choice
from medbills_desktop.qt.lengths import keep


class CardFilters(QWidget):
    """Signals: `changed` (nothing) when something else is looked for."""

    changed = Signal()

    def __init__(self, words: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.where = self._combo(self.tr("Where it holds"), self.tr("Everywhere"), ())
        self.whom = self._combo(self.tr("Whom it binds"), self.tr("Binds anybody"), WHOM.items())
        self.origin = self._combo(self.tr("Where it is from"), self.tr("From anywhere"), ORIGIN.items())
        self.state = self._combo(self.tr("On or off"), self.tr("On or off"), STATE.items())
        self.setLayout(Flow([self.where, self.whom, self.origin, self.state], gap=8))
        words.textChanged.connect(self.changed)

    def _combo(self, name: str, everything: str, entries: Iterable[tuple[Any, str]]) -> QComboBox:
        combo = Choice()
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.addItem(everything, None)
        for value, text in entries:
            combo.addItem(text, value)
        combo.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        keep(combo, least_width=138)
        combo.currentIndexChanged.connect(self._tell)
        return combo

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()

    @property
    def wish(self) -> CardWish:
        """What is looked for now."""
        return CardWish(
            self._words.text(),
            self.where.currentData(),
            self.whom.currentData(),
            self.origin.currentData(),
            self.state.currentData(),
        )

    def offer_places(self, cards: Iterable[CardInForce]) -> None:
        """Offer the places that the cards hold in; the one that was chosen stays."""
        chosen, found = self.where.currentData(), places(cards)
        if [self.where.itemData(place) for place in range(1, self.where.count())] == [place for place, _ in found]:
            return
        with QSignalBlocker(self.where):
            while self.where.count() > 1:
                self.where.removeItem(1)
            for place, text in found:
                self.where.addItem(text, place)
            self.where.setCurrentIndex(max(self.where.findData(chosen), 0))

    def clear(self) -> None:
        """Look for everything again."""
        self._words.clear()
        for combo in (self.where, self.whom, self.origin, self.state):
            combo.setCurrentIndex(0)
