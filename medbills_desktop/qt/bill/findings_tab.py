"""The Findings tab: what does not add up on one bill, strongest first."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.qt.findings.finding_cards import FindingCards
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import column


class FindingsTab(QWidget):
    """Signals: `counted` carries how many findings are not set aside; `line_wanted` the id of a line to go to;
    `place_wanted` a `PaperPlace` to show.
    """

    counted = Signal(object)
    line_wanted = Signal(object)
    place_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = session.findings
        self.bill_id: int | None = None
        self.cards = FindingCards(session)
        self.cards.line_wanted.connect(self.line_wanted)
        self.cards.place_wanted.connect(self.place_wanted)
        self.setLayout(column(self.cards))
        self._findings.changed.connect(self._news)

    def show_bill(self, bill_id: int | None) -> None:
        """Show the findings of a bill."""
        self.bill_id = bill_id
        self._findings.bring_forward(bill_id)
        self._show()

    def _show(self) -> None:
        found = self._findings.of(self.bill_id)
        self.counted.emit(sum(not one.set_aside for one in found or ()))
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
