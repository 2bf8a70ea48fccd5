"""Counting a rule's time from a day that one types: the date, and each step of how it was counted."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.domain.dates import moment_from_typed, plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.rules.calendar import BeyondCalendarError
from medbills_desktop.domain.rules.card_words import ANCHORS
from medbills_desktop.domain.rules.deadlines import Deadline, Event, deadline
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import button, column, label


class DayCounter(QWidget):
    """Signals: `remember` carries the `Deadline` that is to stand on Today."""

    remember = Signal(object)

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: RuleCard | None = None
        self._writable = writable
        self.found: Deadline | None = None
        self._from = label(self.tr("Count from"))
        self.day = QLineEdit()
        self.day.setPlaceholderText(self.tr("a day, like 11/3/2025"))
        self.day.textChanged.connect(self._count)
        keep(self.day, least_width=150)
        self._from.setBuddy(self.day)
        self.keep_it = button(self.tr("Put it on Today"), self._remember)
        self.answer = label("", "strong", wrap=True)
        self.steps = label("", "muted", wrap=True)
        head = QWidget()
        head.setLayout(Flow([self._from, self.day, self.keep_it], gap=8))
        self.setLayout(column(head, self.answer, self.steps, gap=4, margins=(12, 8, 12, 10)))
        self.show_card(None)

    def show_card(self, card: RuleCard | None) -> None:
        """Count by another card; one without a clock hides the counter. What was typed stays."""
        self._card = card
        self.setVisible(bool(card and card.has_clock))
        if card and card.anchor:
            words = self.tr("Count from {event}").format(event=ANCHORS[card.anchor])
            self._from.setText(words)
            self.day.setAccessibleName(words)
        self._count()

    @Slot()
    def _count(self) -> None:
        self.found = None
        answer, steps = self._counted()
        self.answer.setText(answer)
        self.answer.setVisible(bool(answer))
        self.steps.setText(steps)
        self.steps.setVisible(bool(steps))
        self.keep_it.setEnabled(self._writable and self.found is not None)

    def _counted(self) -> tuple[str, str]:
        if self._card is None or not self.day.text().strip():
            return "", ""
        try:
            start = moment_from_typed(self.day.text())
            self.found = deadline(self._card, Event(received=start)) if start else None
        except UserError as error:
            return "", f"{error.what} {error.todo}"
        except BeyondCalendarError as error:
            return "", self.tr("No date can be given: {why}.").format(why=error)
        if self.found is None:
            return "", self.tr("The rule was not in force on that day, or it needs the time of day, like 2:30 pm.")
        doubt = (
            "" if self._card.verified else self.tr("This rule is not verified; check it before you rely on the date.")
        )
        return plain_day(self.found.due), " ".join(filter(None, (*self.found.steps, doubt)))

    @Slot()
    def _remember(self) -> None:
        if self.found is not None:
            self.remember.emit(self.found)
