"""One finding: its figures, how they were worked out, where it says so, the question to ask, and the three acts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from medbills_desktop.checks.decided import DecidedFinding
from medbills_desktop.commands.findings import AskAboutFinding, AskFindingInLetter, DisputeFinding, ReopenFinding
from medbills_desktop.domain import words
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.findings.reason_row import ReasonRow
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.widgets import Pill, button, column, label, row
from medbills_desktop.store.queries.places import ListPlaces, PaperPlace

DECISION_TONE = {"asked": "accent", "disputed": "amber", "not_a_problem": "green"}


class FindingCard(QFrame):
    """Signals: `line_wanted` carries the id of its first line, `place_wanted` a `PaperPlace` to show beside it."""

    line_wanted = Signal(object)
    place_wanted = Signal(object)

    def __init__(self, session: Session, shown: DecidedFinding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shown = shown
        finding = shown.finding
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{words.LEVEL[finding.level]}: {finding.title}")
        self.setAccessibleDescription(f"{finding.explanation} {finding.ask}")
        self._reason = ReasonRow(session, finding)
        layout = column(gap=6, margins=(14, 12, 14, 8))
        layout.addLayout(self._head())
        layout.addWidget(self._words(finding.title, "strong"))
        layout.addWidget(self._words(finding.explanation))
        layout.addWidget(self._words(self.tr("Ask: “{words}”").format(words=finding.ask), "muted"))
        if finding.evidence:
            layout.addWidget(self._words("\n".join(finding.evidence), "muted"))
        if shown.decision is not None and shown.decision.decision == "not_a_problem" and shown.decision.reason:
            layout.addWidget(self._words(self.tr("You wrote: {words}").format(words=shown.decision.reason)))
        for place in self._places():
            layout.addLayout(row(self._place_button(place), None, gap=0))
        layout.addWidget(self._reason)
        acts = Flow(self._acts(), self._ways())
        keep(acts, margins=(0, 4, 0, 4))
        layout.addLayout(acts)
        self.setLayout(layout)

    def _head(self) -> QHBoxLayout:
        finding, decision = self.shown.finding, self.shown.decision
        level, state = Pill(), Pill()
        level.show_word(words.LEVEL[finding.level], words.LEVEL_TONE[finding.level])
        kind = decision.decision if decision else ""
        state.show_word(words.DECISION.get(kind, ""), DECISION_TONE.get(kind, "accent"))
        return row(level, state, None, label(dollars(finding.amount, ""), "strong"))

    @staticmethod
    def _words(text: str, role: str = "") -> QWidget:
        found = label(text, role, wrap=True)
        found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return found

    def _places(self) -> list[PaperPlace]:
        finding = self.shown.finding
        wanted = ListPlaces(finding.line_ids, finding.statement_ids, finding.claim_ids, finding.payment_ids)
        return self._session.read(wanted)

    def _place_button(self, place: PaperPlace) -> QPushButton:
        found = button(place.label, self._show_place, "link", self.tr("Show it on the paper"))
        found.setProperty("place", place)
        return found

    def _acts(self) -> list[QWidget]:
        if self._session.library.mode != "write":
            return []
        again = button(self.tr("Bring back"), self._reopen, "", self.tr("Decide anew"))
        if self.shown.set_aside:
            return [again]
        decision = self.shown.decision.decision if self.shown.decision else ""
        found: list[QWidget] = []
        if decision == "":
            tip = self.tr("Puts the question on the list for the next call")
            found.append(button(self.tr("Ask on the next call"), self._ask, "", tip))
        tip = self.tr("Puts the question into the letter with your questions about this bill")
        found.append(button(self.tr("Ask in a letter"), self._ask_in_letter, "", tip))
        if decision != "disputed":
            tip = self.tr("Marks the lines, with this amount as disputed")
            found.append(button(self.tr("Dispute"), self._dispute, "", tip))
        if decision:
            found.append(again)
        found.append(button(self.tr("Not a problem…"), self._reason.begin, "", self.tr("Sets it aside, with a reason")))
        for one in found:
            one.setAccessibleName(f"{one.property('text')}: {self.shown.finding.title}")
        return found

    def _ways(self) -> list[QWidget]:
        found: list[QWidget] = [button(self.tr("Copy the question"), self._copy, "flat")]
        if self.shown.finding.line_ids:
            found.append(button(self.tr("Go to the line"), self._go, "flat"))
        elif self.shown.finding.call_ids:
            found.append(button(self.tr("Go to the call"), self._go_to_call, "flat"))
        return found

    @Slot()
    def _ask(self) -> None:
        if self._session.perform(AskAboutFinding(self.shown.finding, self._session.today)):
            self._session.tell(self.tr("The question is on the list for the next call."))

    @Slot()
    def _ask_in_letter(self) -> None:
        if self._session.perform(AskFindingInLetter(self.shown.finding, self._session.today)):
            self._session.tell(self.tr("The question is in the draft of your letter; Ctrl+8 shows it."))

    @Slot()
    def _dispute(self) -> None:
        finding = self.shown.finding
        if self._session.perform(DisputeFinding(finding, self._session.today)):
            amount = dollars(finding.amount, self.tr("type the amount on the line"))
            self._session.tell(self.tr("Disputed: {amount}. Ctrl+Z takes it back.").format(amount=amount))

    @Slot()
    def _reopen(self) -> None:
        self._session.perform(ReopenFinding(self.shown.finding))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.shown.finding.ask)
        self._session.tell(self.tr("The question is copied."))

    @Slot()
    def _go(self) -> None:
        self.line_wanted.emit(self.shown.finding.line_ids[0])

    @Slot()
    def _go_to_call(self) -> None:
        self._session.go_to(Place("call", self.shown.finding.call_ids[0]))

    @Slot()
    def _show_place(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.place_wanted.emit(sender.property("place"))
