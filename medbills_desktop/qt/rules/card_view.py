"""One rule card to be read at any text size: what it says, whom it binds, its clock, its source, how sure it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.rules.card_words import clock_words, force_words, source_words, sureness_words
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.qt.reading_pane import ReadingPane, readable
from medbills_desktop.qt.widgets import column


class CardView(ReadingPane):
    """The card that is chosen, or a hint to choose one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: RuleCard | None = None
        self.show_card(None)

    def show_card(self, card: RuleCard | None) -> None:
        """Show a card from its top, or that none is chosen."""
        self.card = card
        if card is None:
            self.show_page(self._nothing(), self.tr("No rule"), "")
        else:
            self.show_page(self._page(card), card.name, " ".join(text for _, text in self._parts(card)))

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
        layout = column(readable(card.name, "strong"), gap=6, margins=(12, 10, 12, 12))
        for role, text in self._parts(card):
            layout.addWidget(readable(text, role))
        layout.addStretch(1)
        page.setLayout(layout)
        return page

    def _nothing(self) -> QWidget:
        page = QWidget()
        hint = self.tr("Choose a rule to read what it says and where it stands.")
        page.setLayout(column(readable(hint, "muted"), None, margins=(12, 10, 12, 12)))
        return page
