"""The way to the points of a bill: says how many wait for an answer, and opens them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.qt.points.point_reading import read_points, waiting
from medbills_desktop.qt.points.points_dialog import PointsDialog
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import counted

KINDS = frozenset({"point_answer", "finding_decision", "line", "call", "call_bill", "letter"})


class PointsButton(QPushButton):
    """Hidden while a bill has no point; reads only while it is in sight."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flat")
        self.setAutoDefault(False)
        self.setToolTip(self.tr("What you asked or dispute, and what they answered to each"))
        self._session = session
        self._bill_id: int | None = None
        self._stale = True
        self.clicked.connect(self.open_points)
        session.herald.changed.connect(self._news)
        session.findings.changed.connect(self._found)

    def show_bill(self, bill_id: int | None) -> None:
        """Speak of another bill."""
        self._bill_id = bill_id
        self._read()

    def _read(self) -> None:
        parent = self.parentWidget()
        if parent is not None and not parent.isVisible():
            self._stale = True
            return
        self._stale = False
        points = read_points(self._session, self._bill_id) if self._bill_id is not None else ()
        left = len(waiting(points))
        text = counted(left, self.tr("1 point without an answer"), self.tr("{n} points without an answer"))
        self.setText(text if left else self.tr("All your points are answered"))
        self.setVisible(bool(points))

    def read_if_stale(self) -> None:
        """Read now what was put off while nobody could see it."""
        if self._stale:
            self._read()

    @Slot()
    def open_points(self) -> None:
        """Show every point of the bill with its answers."""
        if self._bill_id is not None:
            PointsDialog(self._session, self._bill_id, None, self.window()).open()

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        if changes.kinds & KINDS:
            self._read()

    @Slot(object)
    def _found(self, bill_ids: frozenset[int]) -> None:
        if self._bill_id in bill_ids:
            self._read()

    # Qt's own names from here on

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_if_stale()
