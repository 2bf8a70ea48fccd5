"""The Today page: what is due, the next step of every bill, and how far one has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from medbills_desktop.commands.calls import ClosePromise, FinishTask
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.itemized_words import QUESTION, SCRIPT
from medbills_desktop.domain.progress import Progress
from medbills_desktop.domain.records import Letter, Task
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.empty_state import EmptyState
from medbills_desktop.qt.focus import first_focus
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.letters.letter_forms import note_reply
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.people.patient_choice import PatientChoice
from medbills_desktop.qt.people.people_forms import edit_authorization
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.step_acts import StepWish, wish_of
from medbills_desktop.qt.today.open_item_row import OpenItemRow
from medbills_desktop.qt.today.progress_panel import ProgressPanel
from medbills_desktop.qt.today.step_row import StepsSection
from medbills_desktop.qt.widgets import button, column, label, panel, row, scrolling, show_all, take_all
from medbills_desktop.store.queries.answers import CountLateAnswers, ListAwaitedAnswers
from medbills_desktop.store.queries.clocks import CLOCK_KINDS, ListClocks
from medbills_desktop.store.queries.itemized import ITEMIZED_KINDS, ListOverdueItemized
from medbills_desktop.store.queries.people import ListEndingHelpers
from medbills_desktop.store.queries.progress import PROGRESS_KINDS, ReadProgress
from medbills_desktop.store.queries.steps import StepRow
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
    later: bool = False
    """Whether it stands below the next steps, since nothing of it presses."""


def grouped(items: list[OpenItem], today: Day) -> list[Group]:
    """Overdue, due today, in the next two weeks, later, without a day; empty groups are left out."""

    def pick(title: str, fits: Callable[[OpenItem], object], later: bool = False) -> Group:
        return Group(title, tuple(item for item in items if fits(item)), later)

    groups = [
        pick("Overdue", lambda item: item.due and item.due < today),
        pick("Today", lambda item: item.due == today),
        pick("In the next two weeks", lambda item: item.due and 0 < (item.due - today).days <= SOON_DAYS),
        pick("Later", lambda item: item.due and (item.due - today).days > SOON_DAYS, later=True),
        pick("Without a day", lambda item: item.due is None, later=True),
    ]
    return [group for group in groups if group.items]


@dataclass(frozen=True, slots=True)
class TodayRead:
    """What is open, and the progress over the bills of the patient that was asked for, or everyone's."""

    items: tuple[OpenItem, ...]
    progress: Progress


def read_today(reader: Reader, today: Day, person_id: int | None = None) -> TodayRead:
    """Promises and tasks, answers awaited, itemized bills that are overdue, and dates that follow from rules, the
    earliest due first. A date that a rule gives for a letter is left out where the letter itself is there.
    The progress is that of the bills of `person_id`, or of all.
    """
    answers = ListAwaitedAnswers()(reader)
    letters = {item.about for item in answers}
    clocks = [item for item in ListClocks(today)(reader) if item.about not in letters]
    items = [*ListOpenItems()(reader), *answers, *ListOverdueItemized(today)(reader), *clocks]
    items += ListEndingHelpers(today)(reader)
    items.sort(key=lambda item: (item.due is None, item.due or today))
    return TodayRead(tuple(items), ReadProgress(today, person_id)(reader))


class TodayPage(Page):
    """What is due, the next step of each bill, and how far one has come.

    Signals: `itemized_wanted` carries a `CallWish` for an itemized bill; `rule_wanted` the id of a rule card;
    `step_wanted` a `StepWish`; `replied` the id of a reply that was noted; `counted` how much is due by now.
    """

    KINDS: ClassVar[frozenset[str]] = ITEMIZED_KINDS | CLOCK_KINDS | {"task", "authorization"}
    TITLE = "Today"
    itemized_wanted = Signal(object)
    rule_wanted = Signal(object)
    step_wanted = Signal(object)
    replied = Signal(object)
    counted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._most = SHOWN_FIRST
        self._asked = 0
        self.cards: list[OpenItemRow] = []
        """What is shown, from the top."""
        self.progress = ProgressPanel()
        self._due, self._later = column(gap=16), column(gap=16)
        self.steps = StepsSection(SHOWN_FIRST, session.writable)
        self.steps.wanted.connect(self._step)
        inside = QWidget()
        within = column(self.progress, gap=16, margins=(0, 0, 8, 8))
        within.addLayout(self._due)
        within.addWidget(self.steps)
        within.addLayout(self._later)
        within.addStretch(1)
        inside.setLayout(within)
        scroll = scrolling(inside)
        session.steps.changed.connect(self._steps_changed)
        layout = column(gap=8)
        self.patients = PatientChoice(session)
        session.patients.changed.connect(self.mark_stale)
        layout.addWidget(self.patients, 0, Qt.AlignmentFlag.AlignLeft)
        self._add = button(self.tr("Add task"), self._add_task, "", "Ctrl+T")
        self._add.setEnabled(session.writable)
        self._head = QWidget()
        self._head.setLayout(row(label(self.tr("What is open, the earliest first"), "muted"), None, self._add))
        layout.addWidget(self._head)
        layout.addWidget(scroll, 1)
        self.setLayout(layout)
        self.patients.settle()

    def mark_stale(self) -> None:
        """What is due is counted in the side bar, so that is read at once; the cards only when they are seen."""
        self.count()
        super().mark_stale()

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        """What only moves the figures, such as a line that is typed, changes nothing that is counted."""
        if changes.kinds & self.KINDS:
            self.mark_stale()
        elif changes.kinds & PROGRESS_KINDS:
            super().mark_stale()

    def count(self) -> None:
        """Count what is due by now."""
        today = self.session.today
        late = self.session.read(ListOverdueItemized(today))
        answers = self.session.read(CountLateAnswers(today))
        self.counted.emit(self.session.read(CountDue(today)) + len(late) + answers)

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
        read = partial(read_today, today=today, person_id=self.session.patients.person_id)
        self.session.tasks.start(lambda _task: (asked, library.read(read)), self._show)
        self.session.steps.want()
        self._show_steps()

    def _show(self, answer: tuple[int, TodayRead]) -> None:
        if answer[0] == self._asked:
            self.progress.show_progress(answer[1].progress)
            self._show_items([item for item in answer[1].items if self.session.patients.shows(item.bill_id)])

    @Slot()
    def _steps_changed(self) -> None:
        if self.isVisible():
            self._show_steps()

    def _show_steps(self) -> None:
        shows, steps = self.session.patients.shows, self.session.steps.rows
        self.steps.show_rows([one for number, one in steps.items() if shows(number)], self.session.today)

    @Slot(object)
    def _step(self, chosen: StepRow) -> None:
        self.step_wanted.emit(wish_of(chosen))

    def _show_items(self, items: list[OpenItem]) -> None:
        number, today = self._card_with_keyboard(), self.session.today
        for part in (self._due, self._later):
            take_all(part)
        self.cards = []
        groups = grouped(items, today)
        for group in groups:
            (self._later if group.later else self._due).addWidget(self._section(group, today))
        self._head.setVisible(bool(items))
        if not items:
            self._due.addWidget(self._nothing())
        elif all(group.later for group in groups):
            self._due.addWidget(label(self.tr("Nothing is due in the next two weeks."), "muted"))
        for part in (self._due, self._later):
            show_all(part)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # else many rows are seen squeezed for a moment
        if number >= 0:
            self._give_keyboard(number)

    def _section(self, group: Group, today: Day) -> QWidget:
        """A heading with its cards; those that are too many at once come when asked for."""
        found = QWidget()
        inside = column(label(group.title, "heading"), gap=8)
        for item in group.items[: self._most]:
            card = OpenItemRow(item, today, self.session.writable)
            card.acted.connect(self._acted)
            inside.addWidget(card)
            self.cards.append(card)
        if (more := len(group.items) - self._most) > 0:
            inside.addWidget(button(self.tr("Show %n more", "", more), self._show_all, "flat"))
        found.setLayout(inside)
        return found

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
        elif act == "edit_helper":
            edit_authorization(self.session, self, item.id)
        elif act == "ask_itemized" and item.bill_id is not None:
            self.itemized_wanted.emit(CallWish(item.bill_id, "", QUESTION, SCRIPT))
        elif act == "step" and item.act:
            whom = item.who if item.whom is None else item.whom
            self.step_wanted.emit(StepWish(item.act, item.bill_id, item.about, item.question, whom))
        elif act == "answered":
            self._answered(item.id)
        elif act == "letter":
            self.session.go_to(Place("letter", item.id))
        elif act == "rule":
            self.rule_wanted.emit(item.rule_id)
        elif act == "open" and item.bill_id is not None:
            self.session.go_to(Place("bill", item.bill_id))

    def _answered(self, letter_id: int) -> None:
        letter = self.session.read(lambda reader: reader.get(Letter, letter_id))
        note_reply(self.session, self, letter, self._noted)

    def _noted(self, reply: Letter) -> None:
        self.replied.emit(reply.id)

    @Slot()
    def _add_task(self) -> None:
        new_record(self.session, self, Task, {"done": None})
