"""One clock of a bill as it stands on a card: by when, how it was counted, its source, and what leads on from it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.rules.card_words import plain_name
from medbills_desktop.domain.rules.clock_words import cited, counted_words, due_tone, due_words
from medbills_desktop.domain.rules.running import Clock
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.value_button import ValueButton
from medbills_desktop.qt.widgets import column, label


class ClockRow(QWidget):
    """Signals: `rule_wanted` carries the id of the card; `date_wanted` what the missing date belongs to (kind, id)."""

    rule_wanted = Signal(object)
    date_wanted = Signal(object)

    def __init__(
        self, clock: Clock, today: Day, writable: bool, parent: QWidget | None = None, doubt_told: bool = False
    ) -> None:
        super().__init__(parent)
        self.clock = clock
        words = QWidget()
        due = f"{plain_name(clock.card)}: {due_words(clock, today)}."
        layout = column(label(due, due_tone(clock, today), wrap=True), gap=2)
        self.due, self.steps = due, counted_words(clock)
        doubt = clock.deadline.doubt if clock.deadline and not doubt_told else ""
        roles = ("caution", "muted", "muted")
        for text, role in zip((doubt, self.steps, f"{clock.card.text} {cited(clock.card)}"), roles, strict=True):
            if text:
                layout.addWidget(label(text, role, wrap=True))
        words.setLayout(layout)
        rule = ValueButton(self.tr("Read the rule"), clock.card.id, "flat", clock.card.name)
        rule.setAccessibleName(self.tr("Read the rule: {name}").format(name=clock.card.name))
        rule.taken.connect(self.rule_wanted)
        acts = [rule]
        if clock.deadline is None:
            enter = ValueButton(self.tr("Enter the date…"), clock.about, "", clock.missing, writable)
            if clock.about[0] == "organization":
                enter.setText(self.tr("Say so…"))
            enter.setAccessibleName(self.tr("Enter {what}").format(what=clock.missing))
            enter.taken.connect(self._enter)
            acts.insert(0, enter)
        self.setLayout(Headed(words, acts, least=280))

    @Slot(object)
    def _enter(self, about: object) -> None:
        self.date_wanted.emit(about)
