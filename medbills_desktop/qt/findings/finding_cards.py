"""The findings of one bill as cards, those that were set aside out of the way below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from medbills_desktop.checks.decided import DecidedFinding
from medbills_desktop.qt.findings.finding_card import FindingCard
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, counted, label


class FindingCards(QScrollArea):
    """Signals: `line_wanted` carries the id of a line, `place_wanted` a `PaperPlace`."""

    line_wanted = Signal(object)
    place_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: tuple[tuple[DecidedFinding, ...], str] = ((), "")
        self._shown: tuple[tuple[DecidedFinding, ...], str] | None = None
        self._cards: list[FindingCard] = []
        self._aside_open = False
        inside = QWidget()
        self._list = column(gap=8, margins=(0, 8, 8, 8))
        inside.setLayout(self._list)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def show_findings(self, found: tuple[DecidedFinding, ...], empty: str) -> None:
        """Show findings, or a sentence where there are none, as soon as this is seen.

        A card that says the same as before stays as it is.
        """
        self._wanted = (found, empty)
        if self.isVisible():
            self._build()

    def _build(self) -> None:
        if self._wanted == self._shown:
            return
        self._shown = self._wanted
        found, empty = self._wanted
        kept = {card.shown: card for card in self._cards if card.shown in found}
        self._clear(list(kept.values()))
        self._cards = []
        active = [one for one in found if not one.set_aside]
        self._add(active, kept)
        if not active:
            self._list.addWidget(label(empty, "muted", wrap=True))
        aside = [one for one in found if one.set_aside]
        if aside:
            text = counted(len(aside), self.tr("1 set aside"), self.tr("{n} set aside"))
            self._list.addWidget(
                button(text, self._toggle_aside, "flat", self.tr("Show or hide what is not a problem"))
            )
            if self._aside_open:
                self._add(aside, kept)
        for card in kept.values():
            if card not in self._cards:
                card.deleteLater()
        self._list.addStretch(1)

    def _add(self, found: Sequence[DecidedFinding], kept: dict[DecidedFinding, FindingCard]) -> None:
        for one in found:
            card = kept.get(one)
            if card is None or card in self._cards:
                card = FindingCard(self._session, one)
                card.line_wanted.connect(self.line_wanted)
                card.place_wanted.connect(self.place_wanted)
            self._list.addWidget(card)
            self._cards.append(card)
            # Said out loud: Qt keeps the height that a card had without its parts where it shows both at once.
            card.show()

    def _clear(self, kept: list[FindingCard]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                if widget not in kept:
                    widget.deleteLater()

    @Slot()
    def _toggle_aside(self) -> None:
        self._aside_open = not self._aside_open
        self._shown = None
        self._build()

    # Qt's own names from here on

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._build()
