"""One rule card to be read at any text size: what it says, whom it binds, its clock, its source, how sure it is.

A corrected card stands beside the one that was shipped, so that neither is lost.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.rules.card_words import clock_words, force_words, source_words, sureness_words
from medbills_desktop.domain.rules.in_force import CardInForce
from medbills_desktop.domain.rules.own_clocks import is_added, runs_by_itself
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.qt.flow import EvenColumns
from medbills_desktop.qt.reading_pane import ReadingPane, readable
from medbills_desktop.qt.widgets import column

LEAST_COLUMN = 250
"""Pixels at 100 % text that a card needs to stand beside another."""
MOST_LETTERS = 4000
"""Letters shown of a text that can't be read; it is kept whole."""


class CardView(ReadingPane):
    """The card that is chosen, or a hint to choose one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: CardInForce | None = None
        self.show_card(None)

    @property
    def card(self) -> RuleCard | None:
        """The card that counts of what is shown."""
        return self.found.card if self.found else None

    def show_card(self, found: CardInForce | None) -> None:
        """Show a card from its top, or that none is chosen."""
        self.found = found
        if found is None:
            self.show_page(self._nothing(), self.tr("No rule"), "")
            return
        sides = self._sides(found)
        said = [self.state_words(found), *(" ".join([head, *_texts(self._parts(card))]) for head, card in sides)]
        self.show_page(self._page(found, sides), found.name, " ".join(text for text in said if text))

    def state_words(self, found: CardInForce) -> str:
        """What has to be known before the card is read: whether it counts, and whether it can be read."""
        if found.unreadable:
            what = self.tr("Your text of this card can’t be read: {why}.").format(why=found.unreadable)
            shipped = self.tr("The card as it is shipped counts until you correct it.")
            return f"{what} {shipped}" if found.shipped else what
        if not found.verified:
            if found.on:
                return self.tr("Not verified. You switched it on; check it before you rely on a date from it.")
            return self.tr("Not verified, so it is off: it starts no dates unless you switch it on.")
        return "" if found.on else self.tr("You switched this card off: it starts no dates.")

    def _sides(self, found: CardInForce) -> list[tuple[str, RuleCard]]:
        if found.card is None:
            return []
        if found.shipped is None or found.card == found.shipped:
            return [("", found.card)]
        return [
            (self.tr("Your correction, which counts"), found.card),
            (self.tr("As it is shipped"), found.shipped),
        ]

    def _parts(self, card: RuleCard) -> list[tuple[str, str]]:
        parts = [
            ("strong", card.name),
            ("reading", card.text),
            ("reading", card.effect),
            ("", self._line(self.tr("The time"), clock_words(card))),
            ("", self._start_words(card)),
            ("", self._line(self.tr("Binds"), card.binds)),
            ("", self._line(self.tr("Protects"), card.protects)),
            ("", force_words(card)),
            ("", sureness_words(card)),
            ("muted", source_words(card)),
        ]
        return [(role, text) for role, text in parts if text]

    def _start_words(self, card: RuleCard) -> str:
        """Whether a card that the user added starts by itself: no code of the program knows it."""
        if not is_added(card) or not card.has_clock:
            return ""
        if runs_by_itself(card):
            return self.tr("It starts by itself on every open bill that has this day.")
        return self.tr("No record has this day, so it starts nowhere by itself. Count its date below.")

    @staticmethod
    def _line(head: str, text: str) -> str:
        return f"{head}: {text}." if text else ""

    def _page(self, found: CardInForce, sides: list[tuple[str, RuleCard]]) -> QWidget:
        page = QWidget()
        layout = column(gap=8, margins=(12, 10, 12, 12))
        state = self.state_words(found)
        if not sides:
            layout.addWidget(readable(found.name, "strong"))
        if state:
            layout.addWidget(readable(state, "caution"))
        layout.addLayout(EvenColumns([self._side(head, card) for head, card in sides], LEAST_COLUMN, gap=20))
        if found.own_text:
            layout.addWidget(readable(self.tr("What is kept of it:"), "strong"))
            layout.addWidget(readable(found.own_text[:MOST_LETTERS], "muted"))
        layout.addStretch(1)
        page.setLayout(layout)
        return page

    def _side(self, head: str, card: RuleCard) -> QWidget:
        side = QWidget()
        layout = column(gap=6)
        if head:
            layout.addWidget(readable(head, "heading"))
        for role, text in self._parts(card):
            layout.addWidget(readable(text, role))
        layout.addStretch(1)
        side.setLayout(layout)
        return side

    def _nothing(self) -> QWidget:
        page = QWidget()
        hint = self.tr("Choose a rule to read what it says and where it stands.")
        page.setLayout(column(readable(hint, "muted"), None, margins=(12, 10, 12, 12)))
        return page


def _texts(parts: list[tuple[str, str]]) -> list[str]:
    return [text for _, text in parts[1:]]
