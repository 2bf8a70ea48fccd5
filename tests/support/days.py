"""A dispute played day by day in the window: what stands on Today and in the list of bills on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QPushButton

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.command import Command
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Day, Moment, plain_day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Call, Document, Letter, Line, Organization, Promise, Record, Statement
from medbills_desktop.domain.step_words import list_words
from medbills_desktop.qt.today.open_item_row import OpenItemRow
from medbills_desktop.qt.today.step_row import StepCard
from medbills_desktop.qt.window import MainWindow
from tests.support.libraries import received
from tests.support.windows import settle

QUIET = ""
"""The sentence of a bill on which nothing is to do and nothing is waited for."""


def day(text: str) -> Day:
    """`day("2026-03-20")`."""
    return date.fromisoformat(text)


@dataclass
class Dispute:
    """A window that stays open while the days go by."""

    window: MainWindow

    def on(self, text: str) -> None:
        """Let it be that day, with Today in front."""
        self.window.session.move_to(day(text))
        self.window.going.show_page("today")
        settle(self.window)

    def do(self, command: Command) -> Any:
        """Do what a form or a button would; it must not be refused."""
        found = self.window.session.desk.perform(command)
        settle(self.window)
        return found

    def add(self, *records: Record) -> list[Any]:
        """Keep records as their forms would."""
        return [self.do(AddRecord(record)) for record in records]

    def step(self, bill_id: int) -> StepCard | None:
        """The card of a bill's next step on Today."""
        self.window.going.show_page("today")
        settle(self.window)
        return next((one for one in self.window.today.steps.cards if one.step_row.bill_id == bill_id), None)

    def sentence(self, bill_id: int) -> str:
        """The next step of a bill as Today says it; the list of bills has to say the same."""
        card = self.step(bill_id)
        said = card.step_row.step.sentence if card else QUIET
        self.window.going.show_page("bills")
        settle(self.window)
        row = next(row for row in self.window.bills.view.rows_model.rows if row.id == bill_id)
        assert row.next_step == (list_words(card.step_row.step) if card else "")
        self.window.going.show_page("today")
        return said

    @property
    def cards(self) -> list[OpenItemRow]:
        """What is open, from the top."""
        return self.window.today.cards

    def due(self) -> list[str]:
        """What is overdue or due on this day; the number in the side bar is the same but for rules and helpers."""
        today = self.window.session.today
        found = [card.item for card in self.cards if card.item.due and card.item.due <= today]
        badge = sum(item.kind not in ("clock", "helper") for item in found)
        button = next(each for each in self.window.side.findChildren(QPushButton) if each.text() == "Today")
        assert button.accessibleName() == (f"Today, {badge}" if badge else "Today")
        return [item.text for item in found]

    def ahead(self) -> list[tuple[str, str]]:
        """What is due later, each with its day."""
        today = self.window.session.today
        items = [card.item for card in self.cards if card.item.due and card.item.due > today]
        return [(plain_day(item.due), item.text) for item in items]

    def played(self, bill_id: int, *days: tuple[str, str, list[str]]) -> None:
        """On each day the sentence of the bill and what is due are these."""
        for text, sentence, due in days:
            self.on(text)
            found = (text, self.sentence(bill_id), self.due())
            assert found == (text, sentence, due), f"{found} is not {sentence!r}, {due}"

    def a_bill(self, biller: str, kind: Any = "physician", patient: str = "Robin Example", **stated: Any) -> Bill:
        """A bill with its first statement."""
        visit = stated.pop("visit", None)
        first = Statement(bill_id=0, **{"itemized": True, **stated})
        return self.do(EnterBill(biller, kind, patient, "4471-09", visit, first))

    def lines(self, bill: Bill, *charges: int) -> None:
        """The charges of the itemized bill, so that the homework is done."""
        for number, charge in enumerate(charges, 1):
            code, when = f"A{4200 + number}", Moment(day("2020-01-02"))
            self.add(Line(bill_id=bill.id, code=code, description=f"Supply {number}", charge=Cents(charge), date=when))

    def call(self, bill: Bill, on: str, *promises: tuple[str, str], **told: Any) -> Call:
        """A call with the biller, or another by its name, and what they promised by when."""
        kept = tuple(Promise(call_id=0, text=text, due=day(due), status="open") for text, due in promises)
        name = told.pop("whom", None) or self.window.session.read(lambda r: r.get(Organization, bill.biller_id).name)
        entry = Call(started=Moment(day(on)), direction="out", channel="phone", **told)
        return self.do(LogCall(entry, name, (bill.id,), (), kept))

    def letter(self, bill: Bill, kind: str, on: str, due: str | None = None, **told: Any) -> Letter:
        """A letter that went out."""
        record = Letter(
            bill_id=bill.id, kind=kind, status="sent", date=day(on), reply_due=day(due) if due else None, **told
        )
        return self.add(record)[0]

    def paper(self, bill: Bill, words: str) -> Document:
        """A paper that came for the bill."""
        found = self.do(AddPapers((received(self.window.session.library, words),), bill.id))
        return found[0]

    def change(self, record: Record, **values: Any) -> None:
        """Edit fields of a record."""
        self.do(EditRecord(type(record), record.id, tuple(values.items())))

    def only(self, kind: type[Record]) -> Any:
        """The one record of its kind."""
        (found,) = self.window.session.read(lambda reader: reader.find(kind))
        return found
