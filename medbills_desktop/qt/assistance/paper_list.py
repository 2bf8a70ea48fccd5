"""The papers of an application: what was asked for and when, what was sent and when, and the copy that is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from medbills_desktop.commands.assistance import AddAssistancePapers
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.assistance_way import paper_state, still_usual
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import AssistancePaper, Document
from medbills_desktop.qt.assistance.assistance_forms import add_paper, ask_asked, ask_sent, edit_paper
from medbills_desktop.qt.bill.cards_tab import as_high_as_its_rows
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, label

STATES = {"wanted": "To send", "sent": "Sent", "noted": "Noted"}
TONES = {"wanted": "amber", "sent": "green", "noted": "accent"}


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the list with the name of its copy."""

    paper: AssistancePaper
    copy: str

    @property
    def id(self) -> int:
        return self.paper.id


PAPERS = (
    Column(
        "State",
        lambda row: STATES[paper_state(row.paper)],
        lambda row: list(STATES).index(paper_state(row.paper)),
        width=80,
        pill=lambda row: TONES[paper_state(row.paper)],
    ),
    Column("Paper to send", lambda row: row.paper.text, lambda row: row.paper.text.casefold(), sentence=True),
    Column(
        "Asked for",
        lambda row: plain_day(row.paper.asked),
        lambda row: row.paper.asked.toordinal() if row.paper.asked else None,
        width=96,
        whole=True,
    ),
    Column(
        "Sent",
        lambda row: plain_day(row.paper.sent),
        lambda row: row.paper.sent.toordinal() if row.paper.sent else None,
        width=96,
        whole=True,
    ),
    Column("Copy held", lambda row: row.copy or "–", lambda row: row.copy.casefold(), width=130, rank=1),
)


class PaperList(QWidget):
    """The list with its buttons. Signals: `chosen` carries the id of the current paper."""

    chosen = Signal(object)

    def __init__(
        self,
        session: Session,
        application_id: int,
        papers: Sequence[AssistancePaper],
        copies: Sequence[Document],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._application_id = session, application_id
        self._papers = {one.id: one for one in papers}
        empty = self.tr("No paper on the list. The hospital's form or letter says what it asks for.")
        self._empty = label(empty, "", wrap=True)
        self.view = RowsView(PAPERS, self.tr("Papers to send"), empty)
        self.view.opened.connect(self._edit)
        self.view.remove_wanted.connect(self._remove)
        self.view.chosen.connect(self.chosen)
        names = {one.id: one.shown_title for one in copies}
        rows = [PaperRow(one, names.get(one.document_id or 0, "")) for one in papers]
        as_high_as_its_rows(self.view, rows, chosen=True)
        self.usual = QPushButton(self.tr("Usual papers"))
        self.usual.setAutoDefault(False)
        self.usual.setEnabled(session.writable)
        self._menu = QMenu(self.usual)
        for text in still_usual(papers):
            self._menu.addAction(text, self._add_usual)
        self.usual.setMenu(self._menu)
        writable = session.writable
        held = writable and bool(papers)
        acts = QWidget()
        parts = [
            self.usual,
            button(self.tr("Add a paper…"), self._add, "", "", writable),
            button(self.tr("Asked for on…"), self._asked, "", self.tr("For the chosen papers"), held),
            button(self.tr("Sent on…"), self._sent, "", self.tr("For the chosen papers"), held),
        ]
        if names:
            parts.append(button(self.tr("Show the copy"), self._show, "flat"))
        acts.setLayout(Flow(parts, gap=8))
        hint = label(
            self.tr("“Usual papers” are often wanted; nothing says that this hospital asks for them."), "muted"
        )
        hint.setWordWrap(True)
        self.setLayout(column(self._empty, self.view, acts, hint, gap=6))
        self._empty.setVisible(not papers)  # not before: without a parent it would be a window for a moment
        self.view.setVisible(bool(papers))

    def _chosen_papers(self) -> tuple[AssistancePaper, ...]:
        return tuple(self._papers[number] for number in self.view.chosen_ids() if number in self._papers)

    @Slot()
    def _add_usual(self) -> None:
        act = self.sender()
        text = act.property("text")
        self._session.perform(AddAssistancePapers(self._application_id, (str(text),)))

    @Slot()
    def _add(self) -> None:
        add_paper(self._session, self.window(), self._application_id)

    @Slot()
    def _asked(self) -> None:
        if papers := self._chosen_papers():
            ask_asked(self._session, self.window(), papers)

    @Slot()
    def _sent(self) -> None:
        if papers := self._chosen_papers():
            ask_sent(self._session, self.window(), papers)

    @Slot()
    def _show(self) -> None:
        for paper in self._chosen_papers():
            if paper.document_id is not None:
                self._session.go_to(Place("document", paper.document_id))
                return

    @Slot(object)
    def _edit(self, paper_id: int) -> None:
        if paper_id in self._papers:
            edit_paper(self._session, self.window(), self._papers[paper_id])

    @Slot()
    def _remove(self) -> None:
        if self._session.writable and (paper_id := self.view.current_id()) is not None:
            self._session.perform(RemoveRecord(AssistancePaper, paper_id))
