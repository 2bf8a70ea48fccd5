"""The Codes page: tables of codes that the user loaded, and what they say of one code."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from medbills_desktop.commands.code_tables import RemoveCodeTable
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.exchange.code_table_files import TableHead, read_head
from medbills_desktop.qt.codes.code_words import KIND, SETTING, found_lines, place_line
from medbills_desktop.qt.codes.load_dialog import LoadDialog
from medbills_desktop.qt.dialogs.ask import ask_files
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.tasks import Task
from medbills_desktop.qt.widgets import button, column, label, one_above_other, panel, scrolling
from medbills_desktop.store.queries.code_tables import FoundCode, ListTables, LookUpCode, TableRow

FILES = "Tables of codes (*.txt *.csv *.xlsx *.zip);;All files (*)"
GUIDE = (
    "<b>Code pairs</b> (NCCI) say which codes are usually part of another one. With them, charges that belong together "
    "are asked about.",
    "<b>Unit limits</b> (MUE) say how many units of a code are usual on one day. With them, unusual numbers are asked "
    "about.",
    "<b>Names of codes</b> (HCPCS Level II) say what a code that begins with a letter stands for.",
    "All are published on cms.gov, the pairs and limits under “National Correct Coding Initiative Edits”, the names "
    "under “HCPCS Quarterly Update”. Download the file in your browser and load it here; MedBills itself never goes "
    "online. Type a code or a place of service above to look it up.",
)


def _when(row: TableRow) -> str:
    """The day of loading; an instant that a fault has changed takes the table from nobody."""
    try:
        return plain_day(datetime.fromisoformat(row.table.loaded_at).date())
    except ValueError:
        return "Not known when"


TABLE_COLUMNS = (
    Column("Table", lambda row: KIND[row.table.kind], lambda row: row.table.kind, width=130, whole=True),
    Column("For the bills of", lambda row: SETTING[row.table.setting], lambda row: row.table.setting, width=150),
    Column("Release", lambda row: row.table.release or "–", lambda row: row.table.release or "", width=190, rank=2),
    Column("File", lambda row: row.table.file, lambda row: row.table.file.casefold()),
    Column("Rows", lambda row: f"{row.table.rows:,}", lambda row: row.table.rows, right=True, rank=1),
    Column("Loaded", _when, lambda row: row.table.loaded_at, width=110, whole=True, rank=3),
    Column(
        "State",
        lambda row: "Here" if row.here else "Load the file again",
        lambda row: int(row.here),
        width=90,
        pill=lambda row: "green" if row.here else "amber",
        rank=4,
    ),
)


class CodesPage(Page):
    """Nothing of such tables is shipped: the user loads what he may use."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"code_table"})
    TITLE = "Codes"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.dialog: LoadDialog | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Look up a code or a place of service: A4215, 22 …"))
        self.words.setAccessibleName(self.tr("Look up a code"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._look_up)
        self._load = button(self.tr("Load a table…"), self.load)
        self._load.setEnabled(session.writable)
        empty = self.tr("No table is loaded. Everything works without one; two checks need them.")
        self.view = RowsView(TABLE_COLUMNS, self.tr("Tables of codes"), empty)
        self.view.remove_wanted.connect(self._remove)
        self.answer = label("", wrap=True)
        self.answer.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.answer.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._lay_out())
        self._look_up()

    def _lay_out(self) -> QVBoxLayout:
        listing, below, inside = panel(), panel(), QWidget()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        inside.setLayout(column(self.answer, None, margins=(12, 10, 12, 12)))
        below.setLayout(column(scrolling(inside), gap=0, margins=(2, 2, 2, 2)))
        splitter = one_above_other(listing, below, (2, 3))
        splitter.setSizes([200, 300])
        layout = column(gap=8)
        layout.addLayout(Headed(self.words, (self._load,), least=200))
        layout.addWidget(splitter, 1)
        return layout

    def refresh(self) -> None:
        self.view.set_rows(self.session.read(ListTables()))
        self._look_up()

    @Slot()
    def _look_up(self) -> None:
        text = self.words.text()
        if not text.strip():
            self.answer.setTextFormat(Qt.TextFormat.RichText)
            self.answer.setText("".join(f"<p>{self.tr(part)}</p>" for part in GUIDE))
            return
        found: FoundCode = self.session.read(LookUpCode(text))
        lines = [line for line in (place_line(text), *found_lines(found)) if line]
        if not lines:
            lines = [self.tr("No loaded table says anything of “{code}”.").format(code=text.strip())]
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setText("\n\n".join(lines))

    @Slot()
    def load(self) -> None:
        """Choose a file and show what it is before anything is loaded."""
        for path in ask_files(self, self.tr("Load a table of codes"), FILES)[:1]:
            self.begin(path)

    def begin(self, path: Path) -> None:
        """Read the head of a file beside the window, then ask whether it may be used."""

        def work(_task: Task) -> TableHead:
            return read_head(path)

        self.session.tasks.start(work, lambda head: self._ask(path, head), self._refused)

    def _ask(self, path: Path, head: TableHead) -> None:
        self.dialog = LoadDialog(self.session, path, head, self.window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.loaded.connect(self._loaded)
        self.dialog.open()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.session.refuse(error)

    @Slot(object)
    def _loaded(self, _table: object) -> None:
        self.session.tell(self.tr("The table is loaded; bills with its codes are checked with it. Ctrl+Z removes it."))

    @Slot()
    def _remove(self) -> None:
        if (table_id := self.view.current_id()) is not None:
            self.session.perform(RemoveCodeTable(table_id))
            self.session.tell(self.tr("The table was removed. Ctrl+Z brings it back."))
