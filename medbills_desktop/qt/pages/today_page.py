"""The Today page: promises and tasks that are open, by date."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from medbills_desktop.commands.calls import ClosePromise, FinishTask
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.itemized_words import QUESTION, SCRIPT
from medbills_desktop.domain.records import Task
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.empty_state import EmptyState
from medbills_desktop.qt.focus import first_focus
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import ElidedLabel, Pill, button, column, counted, label, panel, row, scrolling
from medbills_desktop.store.queries.clocks import CLOCK_KINDS, ListClocks
from medbills_desktop.store.queries.itemized import ITEMIZED_KINDS, ListOverdueItemized
from medbills_desktop.store.queries.today import CountDue, ListOpenItems, OpenItem
from medbills_desktop.store.reader import Reader

SOON_DAYS = 14
SHOWN_FIRST = 12
"""Items of a group that are shown at once; more come when asked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """One heading of the page with what belongs below it."""

    title: str
    items: tuple[OpenItem, ...]


def grouped(items: list[OpenItem], today: Day) -> list[Group]:
    """Overdue, due today, in the next two weeks, later, without a day; empty groups are left out."""

    def pick(title: str, fits: object) -> Group:
        return Group(title, tuple(item for item in items if fits(item)))  # type: ignore[operator]

    groups = [
        pick("Overdue", lambda item: item.due and item.due < today),
        pick("Today", lambda item: item.due == today),
        pick("In the next two weeks", lambda item: item.due and 0 < (item.due - today).days <= SOON_DAYS),
        pick("Later", lambda item: item.due and (item.due - today).days > SOON_DAYS),
        pick("Without a day", lambda item: item.due is None),
    ]
    return [group for group in groups if group.items]


def _all_open(reader: Reader, today: Day) -> list[OpenItem]:
    """Promises and tasks, itemized bills that are overdue, and dates that follow from rules, the earliest due first."""
    items = ListOpenItems()(reader) + ListOverdueItemized(today)(reader) + ListClocks(today)(reader)
    return sorted(items, key=lambda item: (item.due is None, item.due or today))


class OpenItemRow(QFrame):
    """One open promise or task with what can be done about it. Signals: `acted` carries (item, act)."""

    acted = Signal(object)

    def __init__(self, item: OpenItem, today: Day, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.item = item
        pill = Pill()
        late = item.due is not None and item.due < today
        pill.show_word(self._when(today), "red" if late else "amber" if item.due == today else "accent")
        what = ElidedLabel(item.text, "strong")
        kinds = {
            "promise": self.tr("They promised"),
            "itemized": self.tr("Itemized bill"),
            "clock": self.tr("By a rule, not advice"),
        }
        kind = kinds.get(item.kind, self.tr("Task"))
        about = ElidedLabel(" · ".join(part for part in (kind, item.who, plain_day(item.due, "")) if part), "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(14), px(8), px(10), px(8))
        layout.setSpacing(px(12))
        pill.setFixedWidth(max(px(112), pill.sizeHint().width()))
        layout.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(column(what, about, gap=0), 1)
        for text, act in self._acts():
            one = button(text, self._act)
            one.setProperty("act", act)
            one.setEnabled(writable)
            one.setAccessibleName(f"{text}: {item.text}")
            layout.addWidget(one)

    def _when(self, today: Day) -> str:
        if self.item.due is None:
            return self.tr("no day")
        days = (self.item.due - today).days
        if days == 0:
            return self.tr("today")
        if days < 0:
            return counted(-days, self.tr("1 day late"), self.tr("{n} days late"))
        return counted(days, self.tr("tomorrow"), self.tr("in {n} days"))

    def _acts(self) -> tuple[tuple[str, str], ...]:
        if self.item.kind == "task":
            return ((self.tr("Done"), "done"), (self.tr("Edit"), "edit"))
        if self.item.kind == "itemized":
            return ((self.tr("Call"), "ask_itemized"), (self.tr("Open bill"), "open"))
        if self.item.kind == "clock":
            return ((self.tr("Rule"), "rule"), (self.tr("Open bill"), "open"))
        return ((self.tr("Kept"), "kept"), (self.tr("Not kept"), "broken"), (self.tr("Call"), "call"))

    @Slot()
    def _act(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.acted.emit((self.item, sender.property("act")))


class TodayPage(Page):
    """Signals: `call_wanted` carries the id of a bill or None, `itemized_wanted` a `CallWish` for an itemized bill;
    `rule_wanted` the id of a rule card; `counted` how much is due by now."""

    KINDS: ClassVar[frozenset[str]] = ITEMIZED_KINDS | CLOCK_KINDS | {"task"}
    TITLE = "Today"
    call_wanted = Signal(object)
    itemized_wanted = Signal(object)
    rule_wanted = Signal(object)
    counted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._most = SHOWN_FIRST
        self._asked = 0
        self.cards: list[OpenItemRow] = []
        """What is shown, from the top."""
        self._inside = QWidget()
        self._list = column(gap=8, margins=(0, 0, 8, 8))
        self._inside.setLayout(self._list)
        scroll = scrolling(self._inside)
        layout = column(gap=8)
        self._add = button(self.tr("Add task"), self._add_task, "", "Ctrl+T")
        self._add.setEnabled(session.writable)
        self._head = QWidget()
        self._head.setLayout(row(label(self.tr("What is open, the earliest first"), "muted"), None, self._add))
        layout.addWidget(self._head)
        layout.addWidget(scroll, 1)
        self.setLayout(layout)

    def mark_stale(self) -> None:
        """What is due is counted in the side bar, so that is read at once; the cards only when they are seen."""
        self.count()
        super().mark_stale()

    def count(self) -> None:
        """Count what is due by now."""
        today = self.session.today
        late = self.session.read(ListOverdueItemized(today))
        self.counted.emit(self.session.read(CountDue(today)) + len(late))

    @Slot()
    def _show_all(self) -> None:
        self._most = 10 * self._most
        self.refresh()

    def _card_with_keyboard(self) -> int:
        """The place of the card that has the keyboard among the cards, or -1."""
        focus = QApplication.focusWidget()
        return next((number for number, card in enumerate(self.cards) if focus and card.isAncestorOf(focus)), -1)

    def _give_keyboard(self, number: int) -> None:
        """After a card is gone the one in its place has the keyboard, so that several can be done in a row."""
        if self.cards:
            card = self.cards[min(number, len(self.cards) - 1)]
            card.show()
            first_focus(card)

    def refresh(self) -> None:
        self._asked += 1
        asked, library, today = self._asked, self.session.library, self.session.today
        self.session.tasks.start(lambda _task: (asked, library.read(partial(_all_open, today=today))), self._show)

    def _show(self, answer: tuple[int, list[OpenItem]]) -> None:
        if answer[0] == self._asked:
            self._show_items(answer[1])

    def _show_items(self, items: list[OpenItem]) -> None:
        number, today = self._card_with_keyboard(), self.session.today
        while (old := self._list.takeAt(0)) is not None:
            if widget := old.widget():
                widget.hide()
                widget.deleteLater()
        self.cards = []
        for group in grouped(items, today):
            self._list.addWidget(label(group.title, "heading"))
            for item in group.items[: self._most]:
                card = OpenItemRow(item, today, self.session.writable)
                card.acted.connect(self._acted)
                self._list.addWidget(card)
                self.cards.append(card)
            if (more := len(group.items) - self._most) > 0:
                self._list.addWidget(button(self.tr("Show %n more", "", more), self._show_all, "flat"))
        self._head.setVisible(bool(items))
        if not items:
            self._list.addWidget(self._nothing())
        self._list.addStretch(1)
        if number >= 0:
            self._give_keyboard(number)

    def _nothing(self) -> QWidget:
        quiet = panel()
        text = self.tr(
            "Nothing is due. Promises that you note during a call, and tasks that you add, come back here on their day."
        )
        state = EmptyState(text, self.tr("Add task  Ctrl+T"))
        state.step.setVisible(self.session.writable)
        state.wanted.connect(self._add_task)
        quiet.setLayout(column(state))
        return quiet

    @Slot(object)
    def _acted(self, told: tuple[OpenItem, str]) -> None:
        item, act = told
        if act in ("kept", "broken"):
            self.session.perform(ClosePromise(item.id, act, self.session.today))  # type: ignore[arg-type]
        elif act == "done":
            self.session.perform(FinishTask(item.id, self.session.today))
        elif act == "edit":
            edit_record(self.session, self, Task, item.id)
        elif act == "ask_itemized" and item.bill_id is not None:
            self.itemized_wanted.emit(CallWish(item.bill_id, "", QUESTION, SCRIPT))
        elif act == "rule":
            self.rule_wanted.emit(item.rule_id)
        elif act == "open" and item.bill_id is not None:
            self.session.go_to(Place("bill", item.bill_id))
        elif act == "call":
            self.call_wanted.emit(item.bill_id)

    @Slot()
    def _add_task(self) -> None:
        new_record(self.session, self, Task, {"done": None})
