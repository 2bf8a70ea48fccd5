"""One rule card to be read at any text size: what it says, whom it binds, its clock, its source, how sure it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from medbills_desktop.domain.rules.card_words import clock_words, force_words, source_words, sureness_words
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import column, label


class CardView(QScrollArea):
    """It takes the keyboard, so that a long card can be scrolled and is read aloud as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: RuleCard | None = None
        self.setObjectName("words")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep(self, least_width=220)
        self.show_card(None)

    def show_card(self, card: RuleCard | None) -> None:
        """Show a card from its top, or that none is chosen."""
        self.card = card
        before = self.takeWidget()
        if before is not None:
            before.deleteLater()
        self.setWidget(self._page(card) if card else self._nothing())
        self.setAccessibleName(card.name if card else self.tr("No rule"))
        self.setAccessibleDescription(" ".join(text for _, text in self._parts(card)) if card else "")
        self.verticalScrollBar().setValue(0)

    def _parts(self, card: RuleCard) -> list[tuple[str, str]]:
        parts = [
            ("reading", card.text),
            ("reading", card.effect),
            ("", self._line(self.tr("The time"), clock_words(card))),
            ("", self._line(self.tr("Binds"), card.binds)),
            ("", self._line(self.tr("Protects"), card.protects)),
            ("", force_words(card)),
            ("", sureness_words(card)),
            ("muted", source_words(card)),
        ]
        return [(role, text) for role, text in parts if text]

    @staticmethod
    def _line(head: str, text: str) -> str:
        return f"{head}: {text}." if text else ""

    def _page(self, card: RuleCard) -> QWidget:
        page = QWidget()
        layout = column(_words(card.name, "strong"), gap=6, margins=(12, 10, 12, 12))
        for role, text in self._parts(card):
            layout.addWidget(_words(text, role))
        layout.addStretch(1)
        page.setLayout(layout)
        return page

    def _nothing(self) -> QWidget:
        page = QWidget()
        hint = self.tr("Choose a rule to read what it says and where it stands.")
        page.setLayout(column(_words(hint, "muted"), None, margins=(12, 10, 12, 12)))
        return page


def _words(text: str, role: str) -> QWidget:
    found = label(text, role, wrap=True)
    found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return found
