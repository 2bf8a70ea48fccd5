"""Doing a next step by one click: a call, a letter, a form, or the tab where it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from medbills_desktop.domain.assistance_way import SCRIPT as ASSISTANCE_SCRIPT
from medbills_desktop.domain.itemized_words import QUESTION, SCRIPT
from medbills_desktop.domain.records import KIND_BY_NAME, Letter, Statement
from medbills_desktop.domain.step_facts import Act
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.letters.letter_forms import begin_letter
from medbills_desktop.qt.session import Place
from medbills_desktop.store.queries.steps import StepRow

if TYPE_CHECKING:
    from medbills_desktop.qt.window import MainWindow

LETTERS: Mapping[Act, str] = {
    "confirm": "settlement_confirmation",
    "dispute_debt": "debt_validation",
    "dispute_estimate": "estimate_dispute",
    "write_points": "bill_questions",
    "zero_balance": "zero_balance_request",
}
"""The kind of letter that a step begins."""

TABS: Mapping[Act, str] = {
    "answer_offer": "offers",
    "appeal": "appeals",
    "apply": "assistance",
    "ask_assistance": "assistance",
    "look_at_appeal": "appeals",
    "look_at_assistance": "assistance",
    "look_at_dates": "dates",
    "look_at_findings": "findings",
    "look_at_offer": "offers",
}
"""The tab of the bill on which a step is done."""


@dataclass(frozen=True, slots=True)
class StepWish:
    """An act that somebody clicked on: about which bill, which record of it, with whom and what to ask on a call.

    Only a call can be about no bill in particular.
    """

    act: Act
    bill_id: int | None
    about: tuple[str, int] | None = None
    question: str = ""
    whom: str = ""


def wish_of(row: StepRow) -> StepWish:
    """The act of a bill's next step."""
    step = row.step
    return StepWish(step.act, row.bill_id, step.about, step.question, row.whom)


class StepActs(QObject):
    """The clicks of the next steps, for Today and the list of bills."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @Slot(object)
    def do(self, wish: StepWish) -> None:
        """Do an act about a bill or one of its records."""
        window = self._window
        if wish.act == "ask_itemized":
            window.call.begin_about(CallWish(wish.bill_id, wish.whom, QUESTION, SCRIPT))
        elif wish.act == "call_assistance":
            window.call.begin_about(CallWish(wish.bill_id, wish.whom, wish.question, ASSISTANCE_SCRIPT))
        elif wish.act == "chase":
            window.call.begin_about(CallWish(wish.bill_id, wish.whom, wish.question))
        elif wish.act in LETTERS:
            begin_letter(window.session, window, wish.bill_id, self._written, LETTERS[wish.act])
        elif wish.act == "finish_letter" and wish.about:
            window.going.go_to(Place("letter", wish.about[1]))
        elif wish.act == "enter_statement":
            new_record(window.session, window, Statement, {"bill_id": wish.bill_id})
        elif wish.act in ("enter_date", "do_task") and wish.about:
            self.enter(wish.about)
        elif wish.bill_id is not None:
            self._open(wish.bill_id, wish.act)

    @Slot(object)
    def enter(self, about: tuple[str, int]) -> None:
        """Open the form of the record whose date is missing, or of a task."""
        kind, number = about
        edit_record(self._window.session, self._window, KIND_BY_NAME[kind], number)

    def _open(self, bill_id: int, act: Act) -> None:
        window = self._window
        window.going.go_to(Place("bill", bill_id))
        if act == "enter_lines":
            window.acts.type_lines()
        elif act in TABS:
            window.bills.bill.show_tab(TABS[act])

    def _written(self, letter: Letter) -> None:
        window = self._window
        window.going.go_to(Place("letter", letter.id))
        window.session.tell(self.tr("The letter is filled from your records. What they lack stands in brackets."))
