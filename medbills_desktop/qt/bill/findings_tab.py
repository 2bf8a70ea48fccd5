"""The Findings tab: what does not add up on one bill, strongest first."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from medbills_desktop.checks.decided import open_count
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.qt.findings.finding_cards import FindingCards
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.answers_form import ask_about_visit, unanswered
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.points.points_button import PointsButton
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, counted
from medbills_desktop.store.queries.belonging import FindVisitOf


class FindingsTab(QWidget):
    """Signals: `counted` carries how many findings wait for a decision, notes left out, as the next step says it;
    `line_wanted` the id of a line to go to; `place_wanted` a `PaperPlace` to show.
    """

    counted = Signal(object)
    line_wanted = Signal(object)
    place_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._findings = session.findings
        self.bill_id: int | None = None
        self.cards = FindingCards(session)
        self.cards.line_wanted.connect(self.line_wanted)
        self.cards.place_wanted.connect(self.place_wanted)
        self._visit_id: int | None = None
        self.questions = button("", self._ask, "flat", self.tr("Some checks need what no paper says"))
        layout = column(gap=4)
        self.points = PointsButton(session, self)
        head = Flow((self.points, self.questions))
        keep(head, margins=(0, 4, 0, 0))
        layout.addLayout(head)
        layout.addWidget(self.cards, 1)
        self.setLayout(layout)
        self._findings.changed.connect(self._news)
        session.herald.changed.connect(self._visit_news)

    def show_bill(self, bill_id: int | None) -> None:
        """Show the findings of a bill."""
        self.bill_id = bill_id
        self._findings.bring_forward(bill_id)
        self._show_questions()
        self.points.show_bill(bill_id)
        self._show()

    def _show(self) -> None:
        found = self._findings.of(self.bill_id)
        self.counted.emit(open_count(found or ()))
        waiting = self.tr("The bill is being checked …")
        nothing = self.tr(
            "Nothing stands out on this bill with what is entered so far. "
            "Enter its lines, its statements and the EOB, and the figures are compared as you type."
        )
        self.cards.show_findings(found or (), waiting if found is None else nothing)

    @Slot(object)
    def _news(self, bill_ids: frozenset[int]) -> None:
        if self.bill_id in bill_ids:
            self._show()

    def _show_questions(self) -> None:
        """Offer the questions about the visit, while the bill names one."""
        bill_id = self.bill_id
        visit = None if bill_id is None else self._session.read(FindVisitOf(bill_id))
        self._visit_id = visit.id if visit else None
        self.questions.setVisible(visit is not None and self._session.writable)
        if visit is not None:
            open_ones = unanswered(visit)
            text = counted(
                open_ones,
                self.tr("1 question that only you can answer"),
                self.tr("{n} questions that only you can answer"),
            )
            self.questions.setText(text if open_ones else self.tr("Your answers about the visit"))

    @Slot()
    def _ask(self) -> None:
        if self._visit_id is not None:
            ask_about_visit(self._session, self, self._visit_id)

    @Slot(object)
    def _visit_news(self, changes: ChangeSet) -> None:
        if changes.kinds & {"visit", "bill"}:
            self._show_questions()

    # Qt's own names from here on

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.points.read_if_stale()
