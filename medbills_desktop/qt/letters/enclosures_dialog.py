"""Which papers go with a letter as copies: those of its bill first, ticked ones in the order of the letter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from medbills_desktop.commands.letter_heads import enclosed_papers
from medbills_desktop.commands.letter_parts import EncloseInLetter
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Letter
from medbills_desktop.qt.lengths import keep, open_at
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, label, row
from medbills_desktop.store.queries.papers import ListPapers, PaperRow

WIDTH, HEIGHT = 560, 520
NEVER_COPIES = frozenset({"recording"})
"""Kinds of papers that have no pages to copy."""


class EnclosuresDialog(QDialog):
    """Ticking a paper adds it at the end of the ticked ones; Up and Down change their order."""

    def __init__(self, session: Session, letter: Letter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Enclosures"))
        self._session, self._letter = session, letter
        self.papers = QListWidget()
        self.papers.setAccessibleName(self.tr("Papers that can go with the letter"))
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.papers.setObjectName("offers")
        keep(self.papers, spacing=3)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._fill()
        self._build()

    def _fill(self) -> None:
        chosen = [paper.id for paper in self._session.read(lambda reader: enclosed_papers(reader, self._letter.id))]
        own = self._session.read(ListPapers(self._letter.bill_id))
        every = {paper.id: paper for paper in [*own, *self._session.read(ListPapers())]}
        order = [*chosen, *(number for number in every if number not in chosen)]
        for number in order:
            paper = every.get(number)
            if paper is None or paper.kind in NEVER_COPIES or number == self._letter.document_id:
                continue
            item = QListWidgetItem(_told(paper))
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if number in chosen else Qt.CheckState.Unchecked)
            self.papers.addItem(item)
        self.papers.setCurrentRow(0)

    def _build(self) -> None:
        text = self.tr("Tick what goes with the letter as a copy. Send copies only; the originals stay with you.")
        nothing = self.tr("There is no paper in the library yet. Add papers first.")
        hint = label(text if self.papers.count() else nothing, "muted", wrap=True)
        moves = row(button(self.tr("Up"), self._up), button(self.tr("Down"), self._down), None)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = column(hint, self.papers, gap=8, margins=(16, 16, 16, 16))
        layout.addLayout(moves)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        self.setLayout(layout)
        open_at(self, WIDTH, HEIGHT)

    def chosen(self) -> tuple[int, ...]:
        """The ticked papers from the top."""
        items = [self.papers.item(number) for number in range(self.papers.count())]
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return tuple(int(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)

    @Slot()
    def _up(self) -> None:
        self._move(-1)

    @Slot()
    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        here = self.papers.currentRow()
        if 0 <= here < self.papers.count() and 0 <= here + by < self.papers.count():
            self.papers.insertItem(here + by, self.papers.takeItem(here))
            self.papers.setCurrentRow(here + by)

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        try:
            self._session.desk.perform(EncloseInLetter(self._letter.id, self.chosen()))
        except UserError as error:
            self._problem.setText(str(error))
            self._problem.show()
            return
        super().accept()


def _told(paper: PaperRow) -> str:
    parts = (paper.title, plain_day(paper.date, ""), paper.bills, paper.paper_number or "")
    return " · ".join(part for part in parts if part)


def choose_enclosures(session: Session, parent: QWidget, letter: Letter) -> EnclosuresDialog:
    """Open the choice."""
    dialog = EnclosuresDialog(session, letter, parent)
    dialog.open()
    return dialog
