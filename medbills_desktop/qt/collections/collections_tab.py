"""The Collections tab: each collector's notice, its thirty days, its amount against the balance, what came since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.collections import VALIDATION, MarkCreditReport, WriteDebtDispute
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Collection, Letter
from medbills_desktop.domain.rules.clock_words import cited
from medbills_desktop.qt.bill.cards_tab import CardsTab, as_high_as_its_rows, card, told
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.collections.contact_list import BALANCES, CONTACTS, key_of
from medbills_desktop.qt.collections.notice_facts import CollectionFacts, NoticeFacts, read_notices
from medbills_desktop.qt.collections.notice_forms import ask_disputed, ask_validated, edit_notice, enter_notice
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.rules.clock_row import ClockRow
from medbills_desktop.qt.session import Place
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import ElidedLabel, Pill, label
from medbills_desktop.qt.words.word_label import word_label
from medbills_desktop.store.reader import Reader


class CollectionsTab(CardsTab):
    """The collectors of one bill."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {
            "bill",
            "call",
            "call_bill",
            "collection",
            "document",
            "letter",
            "organization",
            "own_card",
            "payment",
            "rule_choice",
            "statement",
        }
    )

    def read_facts(self, reader: Reader, bill_id: int) -> CollectionFacts:
        return read_notices(reader, bill_id, self.session.today)

    def count_of(self, facts: CollectionFacts) -> int:
        return len(facts.notices)

    def read_count(self, reader: Reader, bill_id: int) -> int:
        return len(reader.find(Collection, bill_id=bill_id))

    def parts(self, facts: CollectionFacts) -> Sequence[QWidget]:
        if not facts.notices:
            return (self._empty(),)
        found = [part for one in facts.notices for part in self._notice(facts, one)]
        return [*found, self._balances(facts), self._more()]

    def _empty(self) -> QWidget:
        text = self.tr(
            "No collector has written about this bill, as far as it is entered. When a notice comes, note the day it "
            "came: a written dispute within 30 days counts most."
        )
        return card(self.tr("Collections"), (self.act(self.tr("Add notice…"), self._add, role="primary"),), told(text))

    def _more(self) -> QWidget:
        acts = QWidget()
        acts.setLayout(Flow((self.act(self.tr("Add notice…"), self._add),), gap=8))
        return acts

    def _notice(self, facts: CollectionFacts, one: NoticeFacts) -> list[QWidget]:
        placement, pill = one.placement, Pill()
        pill.show_word(*self._state(placement))
        acts = [
            self.act(self.tr("Edit notice…"), self._edit, placement),
            self.act(self.tr("Remove"), self._remove, placement, "flat"),
        ]
        if one.paper is not None:
            acts.insert(1, self.way(self.tr("Show the paper"), self._show, Place("document", one.paper.id), "flat"))
        parts = [told(self._said(placement))]
        if one.odd:
            parts.append(told(one.odd, "amber"))
        if one.missing:
            missing = self.tr("Not entered from the notice: {what}.").format(what=", ".join(one.missing))
            parts.append(told(missing, "caution"))
        if one.against is not None:
            parts.append(told(one.against.sentence, "strong" if one.against.difference else ""))
        parts.append(self._credit(placement))
        return [
            card(ElidedLabel(one.collector, "strong"), acts, *parts, pill=pill),
            self._dispute(facts, one),
            self._contacts(facts, one),
        ]

    def _state(self, placement: Collection) -> tuple[str, str]:
        if placement.validated_on:
            return self.tr("They answered"), "accent"
        if placement.disputed_on:
            return self.tr("Disputed"), "green"
        return self.tr("Not disputed"), "amber"

    def _said(self, placement: Collection) -> str:
        parts = (
            self.tr("Asks for {amount}").format(amount=dollars(placement.amount, self.tr("an amount not entered"))),
            self.tr("owed to {name}").format(name=placement.original_creditor) if placement.original_creditor else "",
            self.tr("reference {number}").format(number=placement.reference) if placement.reference else "",
            self._day(self.tr("dated {day}"), placement.notice_date),
            self._day(self.tr("it came on {day}"), placement.notice_received),
            self._day(self.tr("sums from {day} on"), placement.itemization_date),
            self._day(self.tr("disputed on {day}"), placement.disputed_on),
            self._day(self.tr("they answered on {day}"), placement.validated_on),
        )
        return f"{'; '.join(part for part in parts if part)}."

    @staticmethod
    def _day(text: str, day: Any) -> str:
        return text.format(day=plain_day(day)) if day else ""

    def _credit(self, placement: Collection) -> QWidget:
        said = {
            True: self.tr("It stands on a credit report, as you noted."),
            False: self.tr("It stands on no credit report, as you noted."),
            None: self.tr("Whether it stands on a credit report is not noted."),
        }
        line = QWidget()
        parts: list[QWidget] = [word_label(self.tr("Credit report")), label(said[placement.on_credit_report])]
        marks = ((self.tr("It does"), True), (self.tr("It does not"), False))
        parts += [
            self.act(text, self._mark, (placement.id, value), "flat")
            for text, value in marks
            if placement.on_credit_report is not value
        ]
        line.setLayout(Flow(parts, gap=8))
        return line

    def _dispute(self, facts: CollectionFacts, one: NoticeFacts) -> QWidget:
        placement = one.placement
        acts: list[QWidget] = [
            self.act(self.tr("Dispute in writing"), self._write, placement, "" if placement.disputed_on else "primary"),
            self.act(self.tr("Disputed on…"), self._disputed, placement),
        ]
        if placement.disputed_on:
            acts = [
                self.act(self.tr("They answered on…"), self._validated, placement),
                self.act(self.tr("Write again"), self._write, placement, "flat"),
            ]
        call = self.act(self.tr("Log this call"), self._call, one, "", one.ask)
        call.setAccessibleName(self.tr("Log a call: {question}").format(question=one.ask))
        parts: list[QWidget] = []
        if one.window is not None:
            line = ClockRow(one.window, facts.today, self.session.writable, doubt_told=True)
            line.rule_wanted.connect(self.rule_wanted)
            line.date_wanted.connect(self._enter_date)
            parts.append(line)
        parts += [told(text, "muted") for text in self._rules(facts, one)]
        parts.append(told(self.tr("What to ask: {question}").format(question=one.ask)))
        return card(self.tr("Dispute of the debt"), [*acts, call], *parts)

    def _rules(self, facts: CollectionFacts, one: NoticeFacts) -> list[str]:
        placement, window = one.placement, one.window
        over = bool(window and window.deadline and window.deadline.due < facts.today)
        names = []
        if placement.disputed_on:
            late = window and window.deadline and placement.disputed_on > window.deadline.due
            names.append("fdcpa.late" if late else "fdcpa.stop")
        elif over:
            names.append("fdcpa.late")
        if placement.on_credit_report:
            names.append("fdcpa.parking")
        rules = (facts.rule(name) for name in names)
        return [f"{rule.text} {cited(rule)}" for rule in rules if rule is not None]

    def _contacts(self, facts: CollectionFacts, one: NoticeFacts) -> QWidget:
        parts: list[QWidget] = []
        title = self.tr("Contacts with the collector")
        if one.contacts:
            view = RowsView(CONTACTS, title, "", key=key_of, quiet=True)
            view.opened.connect(self._open_contact)
            as_high_as_its_rows(view, one.contacts)
            parts.append(view)
        else:
            parts.append(told(self.tr("No call and no letter with this collector about the bill is noted."), "muted"))
        stopped = any(each.after_stop for each in one.contacts)
        rule = facts.rule("fdcpa.cease")
        if stopped and rule is not None:
            text = self.tr("They were in touch after your letter. What was it about? {text} {source}")
            parts.append(told(text.format(text=rule.text, source=cited(rule)), "caution"))
        stop = self.act(self.tr("Ask for no more contact"), self._stop, one.placement, "flat")
        return card(title, (stop,), *parts)

    def _balances(self, facts: CollectionFacts) -> QWidget:
        title = self.tr("What the biller asked")
        if not facts.statements:
            return card(
                title, (), told(self.tr("No statement of {name} is entered.").format(name=facts.biller), "muted")
            )
        view = RowsView(BALANCES, title, "", quiet=True)
        as_high_as_its_rows(view, facts.statements)
        return card(title, (), view)

    @Slot(object)
    def _add(self, _value: Any = None) -> None:
        if self.bill_id is not None:
            enter_notice(self.session, self.window(), self.bill_id)

    @Slot(object)
    def _edit(self, placement: Collection) -> None:
        edit_notice(self.session, self.window(), placement)

    @Slot(object)
    def _enter_date(self, about: tuple[str, int]) -> None:
        found = next((one.placement for one in self.facts.notices if one.placement.id == about[1]), None)
        if found is not None:
            self._edit(found)

    @Slot(object)
    def _remove(self, placement: Collection) -> None:
        self.session.perform(RemoveRecord(Collection, placement.id))

    @Slot(object)
    def _mark(self, value: tuple[int, bool]) -> None:
        self.session.perform(MarkCreditReport(*value))

    @Slot(object)
    def _disputed(self, placement: Collection) -> None:
        ask_disputed(self.session, self.window(), placement)

    @Slot(object)
    def _validated(self, placement: Collection) -> None:
        ask_validated(self.session, self.window(), placement)

    @Slot(object)
    def _write(self, placement: Collection) -> None:
        self._letter(placement, VALIDATION)

    @Slot(object)
    def _stop(self, placement: Collection) -> None:
        self._letter(placement, "collector_stop_contact")

    def _letter(self, placement: Collection, kind: str) -> None:
        """Go to the open draft of that kind to this collector, or make one."""
        where = {"bill_id": placement.bill_id, "kind": kind, "recipient_id": placement.collector_id, "status": "draft"}
        drafts = self.session.read(lambda reader: reader.find(Letter, **where))
        letter = drafts[-1] if drafts else self.session.perform(WriteDebtDispute(placement.id, kind))
        if letter is not None:
            self.session.go_to(Place("letter", letter.id))

    @Slot(object)
    def _call(self, one: NoticeFacts) -> None:
        self.call_wanted.emit(CallWish(one.placement.bill_id, one.collector, one.ask))

    @Slot(object)
    def _show(self, place: Place) -> None:
        self.session.go_to(place)

    @Slot(object)
    def _open_contact(self, key: int) -> None:
        self.session.go_to(Place("letter" if key % 2 else "call", key // 2))
