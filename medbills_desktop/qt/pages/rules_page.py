"""The Rules page: every rule card with its source, on or off, corrected or added, and a date counted from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.commands.rule_cards import SwitchRule, TakeBackCard
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Task
from medbills_desktop.domain.rules.card_filter import wished
from medbills_desktop.domain.rules.card_words import SHORT_SURENESS, length_words, plain_name
from medbills_desktop.domain.rules.deadlines import Deadline
from medbills_desktop.domain.rules.in_force import CardInForce
from medbills_desktop.qt.flow import Flow, Headed
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.rules.card_filters import CardFilters
from medbills_desktop.qt.rules.card_form import add_card, correct_card
from medbills_desktop.qt.rules.card_view import CardView
from medbills_desktop.qt.rules.day_counter import DayCounter
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, counted, label, one_above_other, panel
from medbills_desktop.store.queries.rule_cards import CARD_KINDS, ListCards

OFF, UNREADABLE = "Off", "Can’t be read"


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card in the list; `id` is its place among all cards."""

    id: int
    found: CardInForce


def _where(row: CardRow) -> str:
    return row.found.card.jurisdiction if row.found.card else "–"


def _time(row: CardRow) -> str:
    return (length_words(row.found.card) if row.found.card else "") or "–"


def _source(row: CardRow) -> str:
    return row.found.card.citation if row.found.card else UNREADABLE


def _sure(row: CardRow) -> str:
    return SHORT_SURENESS[row.found.card.confidence] if row.found.card else "–"


def _state(row: CardRow) -> str:
    yours = {"shipped": "", "corrected": ", corrected", "own": ", yours"}[row.found.origin]
    if row.found.unreadable:
        return UNREADABLE
    return f"{'On' if row.found.on else OFF}{yours}"


def _tone(row: CardRow) -> str:
    if row.found.unreadable:
        return "red"
    return "green" if row.found.on else "amber"


CARD_COLUMNS = (
    Column("Rule", lambda row: row.found.name, lambda row: row.found.name.casefold(), sentence=True),
    Column("Where", _where, lambda row: _where(row).casefold(), width=76),
    Column(
        "Time",
        _time,
        lambda row: row.found.card.length if row.found.card else None,
        width=120,
        rank=1,
        whole=True,
    ),
    Column("Source", _source, lambda row: _source(row).casefold(), width=150, rank=4),
    Column("Sure", _sure, _sure, width=104, rank=3, whole=True),
    Column("State", _state, _state, width=70, rank=2, pill=_tone),
)


class RulesPage(Page):
    """What the law and the bureaus say, in plain words; nothing here is advice."""

    KINDS: ClassVar[frozenset[str]] = CARD_KINDS
    TITLE = "Rules"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Narrow the list: a word, a state, a section …"))
        self.words.setAccessibleName(self.tr("Narrow the rules"))
        self.words.setClearButtonEnabled(True)
        self.filters = CardFilters(self.words)
        self.filters.changed.connect(self.mark_stale)
        self.count = label("", "muted")
        nothing = self.tr("No rule fits what is looked for.")
        self.view = RowsView(CARD_COLUMNS, self.tr("Rules"), nothing, step=self.tr("Show all rules"))
        self.view.chosen.connect(self._chosen)
        self.view.step_wanted.connect(self.filters.clear)
        self.card = CardView()
        keep(self.card, least_height=104)
        self.counter = DayCounter(session.writable)
        self.counter.remember.connect(self._remember)
        self._make_buttons()
        self._cards: tuple[CardInForce, ...] = ()
        self.setLayout(self._lay_out())

    def _make_buttons(self) -> None:
        may = self.session.writable
        self.add = button(self.tr("Add a card…"), self.add_card, enabled=may)
        self.switch = button(self.tr("Switch on"), self.switch_card)
        self.correct = button(self.tr("Correct this card…"), self.correct_card)
        self.take_back = button(self.tr("Take my correction back"), self.take_back_card)

    def _lay_out(self) -> QVBoxLayout:
        listing, below = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        acts = QWidget()
        inside = Flow([self.switch, self.correct, self.take_back], gap=8)
        inside.setContentsMargins(12, 8, 12, 0)
        acts.setLayout(inside)
        below.setLayout(column(acts, self.card, self.counter, gap=0, margins=(0, 0, 0, 0)))
        splitter = one_above_other(listing, below, (2, 3))
        layout = column(gap=8)
        layout.addLayout(Headed(self.words, (self.count, self.add), least=200))
        layout.addWidget(self.filters)
        layout.addWidget(splitter, 1)
        return layout

    def refresh(self) -> None:
        self._read()
        self.filters.offer_places(self._cards)
        places = {found.id: place for place, found in enumerate(self._cards, 1)}
        found = wished(self._cards, self.filters.wish)
        self.view.set_rows([CardRow(places[one.id], one) for one in found])
        self.count.setText(counted(len(found), self.tr("1 rule"), self.tr("{n} rules")))
        if self.view.current_id() is None and found:
            self.view.choose(places[found[0].id])
        if not found:
            self._chosen(None)

    def _read(self) -> None:
        self._cards = self.session.read(ListCards())

    def show_rule(self, card_id: str) -> None:
        """Show one card, whatever the list was narrowed to."""
        self.filters.clear()
        if self.isVisible() or not self._cards:
            self.refresh()
        for place, found in enumerate(self._cards, 1):
            if found.id == card_id:
                self.view.choose(place)

    @Slot(object)
    def _chosen(self, place: int | None) -> None:
        found = self._cards[place - 1] if place and place <= len(self._cards) else None
        self.card.show_card(found)
        self.counter.show_card(found.card if found else None)
        may = found is not None and self.session.writable
        for each in (self.switch, self.correct, self.take_back):
            each.setEnabled(may)
        self.switch.setVisible(found is not None)
        self.correct.setVisible(found is not None)
        self.take_back.setVisible(found is not None and found.own_id is not None)
        if found is not None:
            self._name_buttons(found)

    def _name_buttons(self, found: CardInForce) -> None:
        self.switch.setText(self.tr("Switch off") if found.on else self.tr("Switch on"))
        self.switch.setEnabled(self.switch.isEnabled() and found.card is not None)
        own = found.shipped is None
        self.correct.setText(self.tr("Change this card…") if own else self.tr("Correct this card…"))
        self.correct.setEnabled(self.correct.isEnabled() and found.card is not None)
        self.take_back.setText(self.tr("Remove this card") if own else self.tr("Take my correction back"))

    @Slot()
    def switch_card(self) -> None:
        """Switch the chosen card on or off."""
        if (found := self.card.found) is not None:
            self.session.perform(SwitchRule(found.id, not found.on))

    @Slot()
    def correct_card(self) -> None:
        """Open the chosen card to be corrected."""
        if self.card.card is not None:
            correct_card(self.session, self, self.card.card, self.show_rule)

    @Slot()
    def add_card(self) -> None:
        """Open an empty card."""
        add_card(self.session, self, self.show_rule)

    @Slot()
    def take_back_card(self) -> None:
        """Take the correction of the chosen card back, or remove an own one; undo brings it back."""
        found = self.card.found
        if found is not None and self.session.perform(TakeBackCard(found.id)) is not None:
            self.session.tell(self.tr("Done. Ctrl+Z brings it back."))

    @Slot(object)
    def _remember(self, found: Deadline) -> None:
        text = self.tr("{rule} ({source})").format(rule=plain_name(found.card), source=found.card.citation)
        self.session.perform(AddRecord(Task(text=text, due=found.due)))
        self.session.tell(
            self.tr("It stands on Today for {day}. Ctrl+Z takes it away again.").format(day=plain_day(found.due))
        )
