"""The Dates tab: every date of this bill that follows from a rule, how it was counted, and which can't be yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import KIND_BY_NAME
from medbills_desktop.domain.rules.bill_dates import BillDates, EndedClock
from medbills_desktop.domain.rules.card_words import plain_name
from medbills_desktop.domain.rules.clock_words import cited, counted_words
from medbills_desktop.domain.rules.running import Clock
from medbills_desktop.qt.bill.cards_tab import CardsTab, card, told
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.rules.clock_row import ClockRow
from medbills_desktop.qt.widgets import column
from medbills_desktop.store.queries.bill_dates import ReadBillDates
from medbills_desktop.store.queries.clocks import CLOCK_KINDS
from medbills_desktop.store.reader import Reader


class DatesTab(CardsTab):
    """The clocks of one bill; nothing here is advice."""

    KINDS: ClassVar[frozenset[str]] = CLOCK_KINDS

    def read_facts(self, reader: Reader, bill_id: int) -> BillDates:
        return ReadBillDates(bill_id, self.session.today)(reader)

    def count_of(self, facts: BillDates) -> int:
        return len(facts.running) + len(facts.missing)

    def parts(self, facts: BillDates) -> Sequence[QWidget]:
        groups = (
            (self.tr("Running"), facts.running),
            (self.tr("A date is missing"), facts.missing),
            (self.tr("Passed"), facts.passed),
        )
        found: list[QWidget] = [self._group(title, clocks) for title, clocks in groups if clocks]
        if facts.ended:
            found.append(card(self.tr("Ended"), (), *(self._ended(one) for one in facts.ended)))
        return [*found, self._foot(bool(found))]

    def _group(self, title: str, clocks: tuple[Clock, ...]) -> QWidget:
        rows = []
        for clock in clocks:
            one = ClockRow(clock, self.session.today, self.session.writable)
            one.rule_wanted.connect(self.rule_wanted)
            one.date_wanted.connect(self._enter)
            rows.append(one)
        return card(title, (), *rows)

    def _ended(self, one: EndedClock) -> QWidget:
        clock, due = one.clock, one.clock.deadline
        day = self.tr("its day was {day}.").format(day=plain_day(due.due)) if due else ""
        head = f"{plain_name(clock.card)}: {day} {one.why}".strip()
        text = QWidget()
        steps, source = counted_words(clock), f"{clock.card.text} {cited(clock.card)}"
        text.setLayout(column(told(head), told(steps, "muted"), told(source, "muted"), gap=2))
        rule = self.way(self.tr("Read the rule"), self._rule, clock.card.id, "flat", clock.card.name)
        rule.setAccessibleName(self.tr("Read the rule: {name}").format(name=clock.card.name))
        found = QWidget()
        found.setLayout(Headed(text, (rule,), least=280))
        return found

    def _foot(self, any_dates: bool) -> QWidget:
        if any_dates:
            return told(
                self.tr(
                    "Counted from your records by the rules that are switched on; the date on your own notice counts "
                    "before every counted one. Information, not legal advice."
                ),
                "muted",
            )
        return card(
            self.tr("No date follows from a rule yet"),
            (),
            told(
                self.tr(
                    "A date appears here once something starts it: a first bill of a hospital, a denial, a "
                    "collector's notice, a letter that was sent. Each shows how it was counted and where it stands."
                )
            ),
        )

    @Slot(object)
    def _rule(self, card_id: Any) -> None:
        self.rule_wanted.emit(card_id)

    @Slot(object)
    def _enter(self, about: Any) -> None:
        """Open the form of the record whose date is missing."""
        kind, number = about
        edit_record(self.session, self, KIND_BY_NAME[kind], number)
