"""The next step of a bill on Today, with the one click that does it; and the section of all of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.step_words import ACT_WORDS, step_order, step_tone
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.focus import first_focus
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.today.open_item_row import days_words, pill_beside
from medbills_desktop.qt.widgets import ElidedLabel, button, column, label, show_all, take_all
from medbills_desktop.store.queries.steps import StepRow

READS_ONLY = frozenset(
    {
        "answer_offer",
        "appeal",
        "apply",
        "ask_assistance",
        "finish_letter",
        "look_at_appeal",
        "look_at_assistance",
        "look_at_dates",
        "look_at_findings",
        "look_at_offer",
        "wait",
    }
)
"""Clicks that only go somewhere, and so can be done in a library that can't be changed."""


class StepCard(QFrame):
    """Signals: `wanted` carries the `StepRow`."""

    wanted = Signal(object)

    def __init__(self, step_row: StepRow, today: Day, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.step_row = step_row
        step = step_row.step
        text = (
            days_words(step.day, today) if step.dated else self.tr("waiting") if step.act == "wait" else self.tr("now")
        )
        names = (step_row.biller, step_row.patient, step_row.account_number)
        about = " · ".join(name for name in names if name)
        words = QWidget()
        words.setLayout(column(label(step.sentence, "", wrap=True), ElidedLabel(about, "muted"), gap=0))
        head = pill_beside(text, step_tone(step, today), words)
        self.act = button(ACT_WORDS[step.act], self._clicked, enabled=writable or step.act in READS_ONLY)
        self.act.setAccessibleName(f"{ACT_WORDS[step.act]}: {step_row.biller}: {step.sentence}")
        layout = Headed(head, (self.act,), least=300)
        keep(layout, margins=(14, 8, 10, 8))
        self.setLayout(layout)

    @Slot()
    def _clicked(self) -> None:
        self.wanted.emit(self.step_row)


class StepsSection(QWidget):
    """The next step for each bill: what presses first, then what can be done now, then what is waited for.

    Signals: `wanted` carries the `StepRow` that was clicked.
    """

    wanted = Signal(object)

    def __init__(self, first: int, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = self._first = first
        self._writable = writable
        self._rows: list[StepRow] = []
        self._today = Day.min
        self.cards: list[StepCard] = []
        """What is shown, from the top."""
        self._list = column(gap=8)
        self.setLayout(self._list)
        self.hide()

    def show_rows(self, rows: Iterable[StepRow], today: Day) -> None:
        """Show the steps; the same as before change nothing on the screen."""
        fresh = sorted(rows, key=lambda one: (*step_order(one.step, today), one.bill_id))
        if fresh != self._rows or today != self._today:
            self._rows, self._today = fresh, today
            self._build()

    def _build(self) -> None:
        focus = QApplication.focusWidget()
        number = next((place for place, card in enumerate(self.cards) if focus and card.isAncestorOf(focus)), -1)
        take_all(self._list)
        self.cards = []
        self.setVisible(bool(self._rows))
        if self._rows:
            self._list.addWidget(label(self.tr("Next step for each bill"), "heading"))
        for one in self._rows[: self._most]:
            card = StepCard(one, self._today, self._writable)
            card.wanted.connect(self.wanted)
            self._list.addWidget(card)
            self.cards.append(card)
        if (more := len(self._rows) - self._most) > 0:
            self._list.addWidget(button(self.tr("Show %n more", "", more), self._show_more, "flat"))
        show_all(self._list)
        if number >= 0 and self.cards:
            first_focus(self.cards[min(number, len(self.cards) - 1)])

    @Slot()
    def _show_more(self) -> None:
        self._most *= 10
        self._build()
