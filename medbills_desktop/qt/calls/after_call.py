"""After a call was logged: a line that offers the letter that confirms it and a day to look again; nothing is asked."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QWidget

from medbills_desktop.commands.after_calls import ConfirmCall, follow_up_day
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.records import Call, CallBill, Organization, Promise, Task
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.forms.editing import new_record
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.widgets import button, counted, label


class AfterCall(QFrame):
    """Hidden until a call was logged; goes when both are done, when it is refused, or when the call is undone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self._call_id = 0
        self._waits = False
        self._bill_id: int | None = None
        self._day: Day | None = None
        self._task = ""
        self._text = label("", "", wrap=True)
        self.letter = button(self.tr("Write the confirmation letter"), self.write_letter, "", self.tr("Drafts it"))
        self.follow = button("", self.follow_up, "", self.tr("Sets a task for that day"))
        self.other_day = button(self.tr("Another day…"), self.choose_day, "flat")
        self.close_offer = button(self.tr("Not now"), self.hide, "flat")
        layout = Headed(self._text, (self.letter, self.follow, self.other_day, self.close_offer), least=220)
        keep(layout, margins=(12, 6, 6, 6))
        self.setLayout(layout)
        self.hide()
        session.herald.changed.connect(self._news)

    @Slot(object)
    def offer(self, call_id: int) -> None:
        """Offer what follows from a call."""
        read = self._session.read
        call = read(lambda reader: reader.get(Call, call_id))
        promises = read(lambda reader: reader.find(Promise, call_id=call_id))
        self._waits = False
        links = read(lambda reader: reader.find(CallBill, call_id=call_id))
        name = self._name(call)
        self._call_id, self._bill_id = call_id, links[0].bill_id if links else None
        self._day = follow_up_day(max(call.started.day, self._session.today), tuple(promises))
        self._task = self._task_text(name, promises)
        self._text.setText(self._says(name, len(promises)))
        self.letter.setVisible(self._bill_id is not None and bool(promises or call.said))
        self.follow.setText(self.tr("Follow up on {day}").format(day=plain_day(self._day)))
        for part in (self.follow, self.other_day):
            part.show()
        self.show()

    def _name(self, call: Call) -> str:
        number = call.organization_id
        found = self._session.read(lambda reader: reader.find(Organization, id=number)) if number is not None else []
        return found[0].name if found else self.tr("them")

    def _says(self, name: str, count: int) -> str:
        if not count:
            return self.tr("The call with {name} is kept.").format(name=name)
        one = self.tr("1 promise is noted. A letter puts it in writing.")
        return counted(count, one, self.tr("{n} promises are noted. A letter puts them in writing."))

    def _task_text(self, name: str, promises: list[Promise]) -> str:
        open_ones = [one for one in promises if one.due is not None] or promises
        if not open_ones:
            return self.tr("Follow up with {name}").format(name=name)
        first = min(open_ones, key=lambda one: (one.due is None, one.due or Day.max, one.id))
        words = " ".join(first.text.split()).rstrip(".")
        return self.tr("Follow up with {name}: {promise}").format(name=name, promise=words)

    @Slot()
    def make_room(self) -> None:
        """Stand back while a call is open."""
        self._waits = self.isVisible()
        self.hide()

    @Slot()
    def come_back(self) -> None:
        """Offer what is left to offer, once no call is open any more."""
        if self._waits:
            self._waits = False
            self.show()

    @Slot()
    def write_letter(self) -> None:
        """Draft the letter and go there."""
        if self._bill_id is None:
            return
        letter = self._session.perform(ConfirmCall(self._call_id, self._bill_id))
        if letter is not None:
            self.letter.hide()
            self._done()
            self._session.go_to(Place("letter", letter.id))

    @Slot()
    def follow_up(self) -> None:
        """Set the task for the day that is offered."""
        task = Task(text=self._task, bill_id=self._bill_id, due=self._day)
        if self._session.perform(AddRecord(task)) is not None:
            self._session.tell(
                self.tr("The task is set for {day}. Ctrl+Z takes it back.").format(day=plain_day(self._day))
            )
            self._followed()

    @Slot()
    def choose_day(self) -> None:
        """Open the form of the task, to change its day or its words."""
        start = {"text": self._task, "bill_id": self._bill_id, "due": self._day}
        dialog = new_record(self._session, self.window(), Task, {"done": None}, start)
        dialog.accepted.connect(self._followed)

    @Slot()
    def _followed(self) -> None:
        for part in (self.follow, self.other_day):
            part.hide()
        self._done()

    def _done(self) -> None:
        """Go once nothing is left to offer."""
        if self.letter.isHidden() and self.follow.isHidden():
            self.hide()

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        if any(row.kind == "call" and row.id == self._call_id and row.after is None for row in changes.rows):
            self._waits = False
            self.hide()
