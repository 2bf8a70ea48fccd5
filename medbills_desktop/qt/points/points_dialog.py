"""Which of my points did their answer cover: every point of a bill, and what one call or letter said to each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from medbills_desktop.commands.points import RecordAnswers
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import PointAnswer
from medbills_desktop.qt.draft_keeper import DraftKeeper
from medbills_desktop.qt.forms.form import Choice
from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.points.point_reading import read_points, told_contact, waiting
from medbills_desktop.qt.points.point_row import PointRow
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import column, label, scrolling
from medbills_desktop.store.queries.contacts import Contact, ListContacts

WIDTH, HEIGHT = 720, 640


class PointsDialog(QDialog):
    """Opens on an answer of theirs (`contact`: its kind and id), or on the newest one.

    What is typed is on the disk within a second, and comes back where the window is closed without saving.
    """

    def __init__(
        self, session: Session, bill_id: int, contact: tuple[str, int] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Your points and their answers"))
        self._session, self._bill_id = session, bill_id
        self._contacts = session.read(ListContacts(bill_id))
        points = read_points(session, bill_id)
        self.rows = [PointRow(point, session.writable and bool(self._contacts)) for point in points]
        self.which = Choice(self)
        self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setVisible(bool(self._contacts))
        self.which.setAccessibleName(self.tr("Their answer was in"))
        for one in self._contacts:
            self.which.addItem(told_contact(one), (one.kind, one.id))
        self._count = label("", "muted", wrap=True)
        self._count.setText(self._counted(len(points), len(waiting(points))))
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._before: dict[str, Any] = {}
        self.drafts = DraftKeeper(session, "points:0", self._typed, self)
        self._build()
        if contact is not None:
            self.which.setCurrentIndex(max(self.which.findData(contact), 0))
        self.which.currentIndexChanged.connect(self._show_contact)
        self._show_contact()
        for shown in self.rows:
            shown.edited.connect(self.drafts.touch)

    def _counted(self, count: int, waits: int) -> str:
        if not count:
            return self.tr(
                "No point yet. Ask about a finding or dispute a line, and it stands here with their answers."
            )
        return self.tr("{waits} of {count} points without a full answer, those first.").format(waits=waits, count=count)

    def _build(self) -> None:
        inside = QWidget()
        inside.setLayout(column(*self.rows, None, gap=8, margins=(0, 0, 8, 0)))
        layout = column(self._count, gap=8, margins=(16, 16, 16, 16))
        if self._contacts:
            layout.addWidget(label(self.tr("Note what they said in"), "muted"))
            layout.addWidget(self.which)
        elif self.rows:
            words = self.tr("Log a call, or record a letter of theirs, and note here which points it answered.")
            layout.addWidget(label(words, "muted", wrap=True))
        layout.addWidget(scrolling(inside), 1)
        layout.addWidget(self._problem)
        buttons = QDialogButtonBox()
        if self._session.writable and self._contacts and self.rows:
            buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.setLayout(layout)
        open_at(self, WIDTH, HEIGHT)

    def _contact(self) -> Contact | None:
        number = self.which.currentIndex()
        return self._contacts[number] if 0 <= number < len(self._contacts) else None

    @Slot()
    def _show_contact(self) -> None:
        """Show what is noted in the chosen answer; what was typed for it and not saved comes back."""
        contact = self._contact()
        kind, number = (contact.kind, contact.id) if contact else ("", 0)
        typed = self.drafts.follow(f"points:{self._bill_id}:{kind}:{number}") or {}
        for place, shown in enumerate(self.rows):
            shown.blockSignals(True)
            shown.show_answer(self._kept(shown, kind, number))
            self._before[str(place)] = shown.raw()
            shown.put_back(typed.get(str(place), shown.raw()))
            shown.blockSignals(False)

    @staticmethod
    def _kept(shown: PointRow, kind: str, number: int) -> PointAnswer | None:
        for given in shown.point.answers:
            kept = given.kept
            if number and number == (kept.call_id if kind == "call" else kept.letter_id):
                return kept
        return None

    def _typed(self) -> dict[str, Any] | None:
        now = {str(place): shown.raw() for place, shown in enumerate(self.rows)}
        return {place: raw for place, raw in now.items() if raw != self._before.get(place)} or None

    def _answers(self) -> tuple[PointAnswer, ...] | None:
        found: list[PointAnswer] = []
        good = True
        for shown in self.rows:
            try:
                answer = shown.read(self._bill_id)
            except UserError as error:
                shown.say(str(error))
                good = False
                continue
            shown.say("")
            if answer is not None:
                found.append(answer)
        return tuple(found) if good else None

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        contact, answers = self._contact(), self._answers()
        if contact is None or answers is None:
            return
        where = {f"{contact.kind}_id": contact.id}
        try:
            self._session.desk.perform(RecordAnswers(self._bill_id, answers, **where))
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        self.drafts.drop()
        self._session.tell(self.tr("Their answers are noted."))
        super().accept()

    @Slot()
    def reject(self) -> None:
        self.drafts.keep_now_if_waiting()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.drafts.keep_now_if_waiting()
        super().closeEvent(event)
