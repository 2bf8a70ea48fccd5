"""The Papers page: everything that came in or went out, with the inbox of what is not filed yet."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from medbills_desktop.commands.papers import LinkPaper
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.records import Document
from medbills_desktop.qt.dialogs.ask import ask_remove
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.paper_columns import PAPER_COLUMNS
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, counted, label, panel
from medbills_desktop.store.queries.bills import ListBillChoices
from medbills_desktop.store.queries.papers import ListPapers, PaperRow


class PapersPage(Page):
    """Signals: `paper_chosen` carries the id of the current paper; `add_wanted` nothing."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"document", "document_link", "bill", "organization"})
    TITLE = "Papers"
    paper_chosen = Signal(object)
    add_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._step = self.tr("Add papers…  Ctrl+P")
        empty = self._empty = self.tr(
            "No paper here. Drop PDFs or pictures anywhere in the window, paste them, or choose them from a folder. "
            "Each is kept exactly as it came."
        )
        self.view = RowsView(PAPER_COLUMNS, self.tr("Papers"), empty, step=self._step if session.writable else "")
        self.view.step_wanted.connect(self.add_wanted)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._edit)
        self.view.remove_wanted.connect(self._remove)
        self._which = QComboBox()
        self._which.setAccessibleName(self.tr("Which papers"))
        self._which.addItem(self.tr("All papers"), False)
        self._which.addItem(self.tr("Inbox: not filed yet"), True)
        self._which.activated.connect(self.mark_stale)
        self._bill = QComboBox()
        self._bill.setAccessibleName(self.tr("Bill to file under"))
        self._bill.setMinimumWidth(px(220))
        self._bill.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        listing = panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        layout = column(gap=8)
        filing = (
            label(self.tr("File under"), "muted"),
            self._bill,
            button(self.tr("File"), self._file, "", "Ctrl+M", session.writable),
            button(self.tr("Edit details"), self._edit_current, "", "Enter"),
        )
        layout.addLayout(Flow((self._which,), filing))
        layout.addWidget(listing, 1)
        self.setLayout(layout)
        session.herald.read_anew.connect(self.mark_stale)

    def refresh(self) -> None:
        chosen = self._bill.currentData()
        self._bill.clear()
        for choice in self.session.read(ListBillChoices()):
            self._bill.addItem(choice.name, choice.id)
        self._bill.setCurrentIndex(max(self._bill.findData(chosen), 0))
        self.session.read_beside(ListPapers(inbox=bool(self._which.currentData())), self._show_rows)

    def _show_rows(self, rows: list[PaperRow]) -> None:
        filed = self.tr("Every paper is filed under something. New ones wait here until you file them.")
        self.view.say_when_empty(filed if self._which.currentData() else self._empty, self._step)
        self.view.set_rows(rows)

    def show_paper(self, document_id: int) -> None:
        """Make a paper current."""
        self.view.choose(document_id)

    @Slot(object)
    def _chosen(self, document_id: int | None) -> None:
        if document_id is not None and self.isVisible():
            self.paper_chosen.emit(document_id)

    @Slot(object)
    def _edit(self, document_id: int) -> None:
        edit_record(self.session, self, Document, document_id)

    @Slot()
    def _edit_current(self) -> None:
        if (document_id := self.view.current_id()) is not None:
            self._edit(document_id)

    @Slot()
    def _file(self) -> None:
        bill_id = self._bill.currentData()
        if bill_id is None:
            self.session.tell(self.tr("Enter a bill first (Ctrl+N); then papers can be filed under it."))
            return
        for document_id in self.view.chosen_ids():
            self.session.perform(LinkPaper(document_id, "bill", bill_id))

    @Slot()
    def _remove(self) -> None:
        ids = self.view.chosen_ids()
        question = counted(
            len(ids),
            self.tr("Remove 1 paper from the library?"),
            self.tr("Remove {n} papers from the library?"),
        )
        detail = self.tr("Its links go with it. Ctrl+Z brings it back; the original stays in the library's vault.")
        if ids and ask_remove(self, question, detail):
            for document_id in ids:
                self.session.perform(RemoveRecord(Document, document_id))
