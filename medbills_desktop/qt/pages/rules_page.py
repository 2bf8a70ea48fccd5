"""The Rules page: every rule card with its source, and a date counted from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Task
from medbills_desktop.domain.rules.card_words import SHORT_SURENESS, find_cards, length_words
from medbills_desktop.domain.rules.deadlines import Deadline
from medbills_desktop.domain.rules.rule_cards import RuleCard, shipped_cards
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.rules.card_view import CardView
from medbills_desktop.qt.rules.day_counter import DayCounter
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column, counted, label, one_above_other, panel


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card in the list; `id` is its place among all cards."""

    id: int
    card: RuleCard


CARD_COLUMNS = (
    Column("Rule", lambda row: row.card.name, lambda row: row.card.name.casefold(), sentence=True),
    Column("Where", lambda row: row.card.jurisdiction, lambda row: row.card.jurisdiction.casefold(), width=76),
    Column(
        "Time", lambda row: length_words(row.card) or "–", lambda row: row.card.length, width=120, rank=1, whole=True
    ),
    Column("Source", lambda row: row.card.citation, lambda row: row.card.citation.casefold(), width=210, rank=3),
    Column(
        "Sure",
        lambda row: SHORT_SURENESS[row.card.confidence],
        lambda row: row.card.confidence,
        width=110,
        rank=2,
        whole=True,
    ),
)


class RulesPage(Page):
    """What the law and the bureaus say, in plain words; nothing here is advice."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"rule_choice"})
    TITLE = "Rules"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Narrow the list: a word, a state, a section …"))
        self.words.setAccessibleName(self.tr("Narrow the rules"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.mark_stale)
        self.count = label("", "muted")
        self.view = RowsView(CARD_COLUMNS, self.tr("Rules"), self.tr("No rule fits. Try another word."))
        self.view.chosen.connect(self._chosen)
        self.card = CardView()
        self.counter = DayCounter(session.writable)
        self.counter.remember.connect(self._remember)
        self._cards: tuple[RuleCard, ...] = ()
        self.setLayout(self._lay_out())

    def _lay_out(self) -> QVBoxLayout:
        listing, below = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        below.setLayout(column(self.card, self.counter, gap=0, margins=(0, 0, 0, 0)))
        splitter = one_above_other(listing, below, (1, 1))
        layout = column(gap=8)
        layout.addLayout(Headed(self.words, (self.count,), least=200))
        layout.addWidget(splitter, 1)
        return layout

    def refresh(self) -> None:
        self._cards = shipped_cards()
        places = {card.id: place for place, card in enumerate(self._cards, 1)}
        found = find_cards(self._cards, self.words.text())
        self.view.set_rows([CardRow(places[card.id], card) for card in found])
        self.count.setText(counted(len(found), self.tr("1 rule"), self.tr("{n} rules")))
        if self.view.current_id() is None and found:
            self.view.choose(places[found[0].id])
        if not found:
            self._chosen(None)

    def show_rule(self, card_id: str) -> None:
        """Show one card, whatever the list was narrowed to."""
        self.words.clear()
        if self.isVisible():
            self.refresh()
        for place, card in enumerate(self._cards or shipped_cards(), 1):
            if card.id == card_id:
                self.view.choose(place)

    @Slot(object)
    def _chosen(self, place: int | None) -> None:
        card = self._cards[place - 1] if place else None
        self.card.show_card(card)
        self.counter.show_card(card)

    @Slot(object)
    def _remember(self, found: Deadline) -> None:
        text = self.tr("{rule} ({source})").format(rule=found.card.name, source=found.card.citation)
        self.session.perform(AddRecord(Task(text=text, due=found.due)))
        self.session.tell(
            self.tr("It stands on Today for {day}. Ctrl+Z takes it away again.").format(day=plain_day(found.due))
        )
