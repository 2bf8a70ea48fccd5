"""After a call or a letter of theirs: a line that offers to note what it answered, and never stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QWidget

from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.records import CallBill, Letter
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.points.point_reading import read_points, waiting
from medbills_desktop.qt.points.points_dialog import PointsDialog
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, counted, label


class AnswerOffer(QFrame):
    """Hidden until something of theirs was kept that could answer a point; goes when it is used, refused or undone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self._contact: tuple[str, int] = ("", 0)
        self._bill_id = 0
        self._text = label("", "", wrap=True)
        acts = (
            button(self.tr("Note their answers…"), self.note, "", self.tr("Point by point")),
            button(self.tr("Not now"), self.hide, "flat"),
        )
        layout = Headed(self._text, acts, least=220)
        keep(layout, margins=(12, 6, 6, 6))
        self.setLayout(layout)
        self.hide()
        session.herald.changed.connect(self._news)

    @Slot(object)
    def after_call(self, call_id: int) -> None:
        """Offer it for a call, for the first of its bills that has a point without an answer."""
        links = self._session.read(lambda reader: reader.find(CallBill, call_id=call_id))
        self._offer("call", call_id, [link.bill_id for link in links])

    @Slot(object)
    def after_letter(self, letter_id: int) -> None:
        """Offer it for a letter that came."""
        letter = self._session.read(lambda reader: reader.get(Letter, letter_id))
        self._offer("letter", letter_id, [letter.bill_id] if letter.bill_id else [])

    def _offer(self, kind: str, number: int, bill_ids: list[int]) -> None:
        self.hide()
        for bill_id in bill_ids:
            left = len(waiting(read_points(self._session, bill_id)))
            if left:
                self._contact, self._bill_id = (kind, number), bill_id
                text = counted(
                    left,
                    self.tr("1 of your points waits for an answer. Did they answer it?"),
                    self.tr("{n} of your points wait for an answer. Which did they answer?"),
                )
                self._text.setText(text)
                self.show()
                return

    @Slot()
    def note(self) -> None:
        """Open the points on this answer."""
        self.hide()
        PointsDialog(self._session, self._bill_id, self._contact, self.window()).open()

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        kind, number = self._contact
        gone = any(row.kind == kind and row.id == number and row.after is None for row in changes.rows)
        if gone:
            self.hide()
