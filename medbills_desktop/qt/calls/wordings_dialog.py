"""The earlier wordings of a call: what was changed and when, with both texts side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from medbills_desktop.domain.call_wording import call_fields
from medbills_desktop.domain.dates import moment_from_datetime, plain_moment
from medbills_desktop.qt.flow import EvenColumns
from medbills_desktop.qt.lengths import keep, open_at
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column, label, one_above_other
from medbills_desktop.store.queries.wordings import ListWordings, Wording

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One field that was changed: when, by which step, what stood there and what it became."""

    id: int
    at: datetime
    step: str
    field: str
    was: str
    became: str


COLUMNS = (
    Column("When", lambda row: plain_moment(moment_from_datetime(row.at)), lambda row: row.at.isoformat(), whole=True),
    Column("Field", lambda row: row.field, lambda row: row.field.casefold(), width=130),
    Column("It said", lambda row: _line(row.was), sentence=True),
    Column("It became", lambda row: _line(row.became), sentence=True),
    Column("Step", lambda row: row.step, lambda row: row.step.casefold(), width=130, rank=1),
)


def wording_rows(wordings: list[Wording]) -> list[WordingRow]:
    """What differs between each wording and the one before it, the newest first."""
    found: list[WordingRow] = []
    for before, after in pairwise(wordings):
        was, became = _fields(before), _fields(after)
        for title in dict.fromkeys((*was, *became)):
            if was.get(title, "") != became.get(title, ""):
                texts = was.get(title, ""), became.get(title, "")
                found.append(WordingRow(len(found) + 1, after.at, after.label, title, *texts))
    return found[::-1]


def _fields(wording: Wording) -> dict[str, str]:
    return call_fields(wording.call, wording.organization, wording.promises, len(wording.bill_ids))


def _line(text: str) -> str:
    return " ".join(text.split()) or NOTHING


class WordingsDialog(QDialog):
    """A list of changed fields; below it both texts of the chosen one."""

    def __init__(self, session: Session, call_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Earlier wordings of this call"))
        wordings = session.read(ListWordings(call_id))
        empty = self.tr("This call was never corrected.")
        self.view = RowsView(COLUMNS, self.tr("What was corrected"), empty)
        self.was, self.became = self._text(self.tr("It said")), self._text(self.tr("It became"))
        self.view.chosen.connect(self._chosen)
        logged = plain_moment(moment_from_datetime(wordings[0].at)) if wordings else NOTHING
        head = self.tr("Logged on {day}. Every wording stays in the journal of this library.").format(day=logged)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = column(gap=8, margins=(16, 16, 16, 16))
        layout.addWidget(label(head, "muted", wrap=True))
        layout.addWidget(one_above_other(self.view, self._both(), (1, 1)), 1)
        layout.addWidget(buttons)
        self.setLayout(layout)
        open_at(self, 820, 560)
        self.view.set_rows(wording_rows(wordings))
        self.view.setFocus()

    def _text(self, title: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setAccessibleName(title)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        keep(text, least_height=96)
        return text

    def _both(self) -> QWidget:
        parts = []
        for title, text in ((self.tr("It said"), self.was), (self.tr("It became"), self.became)):
            part = QWidget()
            part.setLayout(column(label(title, "muted"), text, gap=2))
            parts.append(part)
        both = QWidget()
        both.setLayout(EvenColumns(parts, least=220))
        return both

    @Slot(object)
    def _chosen(self, number: int | None) -> None:
        row = next((each for each in self.view.rows_model.rows if each.id == number), None)
        self.was.setPlainText(row.was or NOTHING if row else "")
        self.became.setPlainText(row.became or NOTHING if row else "")
