"""Loading a table of codes: what the file is, the notice in it, the tick that one may use it, and the rows left out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QPlainTextEdit, QProgressBar, QWidget

from medbills_desktop.commands.code_tables import LoadCodeTable, ReadTable, read_table
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.exchange.code_table_files import TableHead
from medbills_desktop.qt.codes.code_words import KIND, SETTING
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tasks import Progress, Task
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, counted, label, row

SIZE = (680, 560)
MOST_NAMED = 100
"""Refused rows that are named one by one."""
TELL_EVERY = 20_000
"""Rows between two reports."""

OURS = (
    "The codes in this file belong to others, many of them to the American Medical Association. MedBills ships none of "
    "them. The table stays on this computer and goes into no packet, export or backup. Load it only if its notice "
    "allows you to use it for your own bills."
)
FREE = (
    "These are the public names of the codes that begin with a letter (HCPCS Level II), as the Centers for Medicare & "
    "Medicaid Services publish them. They are shown where one of the codes stands, with this file as their source."
)


class LoadDialog(QDialog):
    """Signals: `loaded` carries the kept `CodeTable`. It closes when the table is kept or given up."""

    loaded = Signal(object)

    def __init__(self, session: Session, path: Path, head: TableHead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Load a table of codes"))
        self._session, self._path, self._head = session, path, head
        self._left = False
        self._task: Task | None = None
        self._read: ReadTable | None = None
        self.notice = QPlainTextEdit(head.notice or self.tr("The file has no notice of its own."))
        self.notice.setReadOnly(True)
        self.notice.setTabChangesFocus(True)
        self.notice.setAccessibleName(self.tr("The notice in the file"))
        self.setting = QComboBox()
        self.setting.setAccessibleName(self.tr("Whose bills the table is for"))
        for value, words in SETTING.items():
            self.setting.addItem(words, value)
        if head.setting is not None:
            self.setting.setCurrentIndex(self.setting.findData(head.setting))
        else:
            self.setting.setCurrentIndex(-1)
        self.notice.setVisible(head.asks)
        self.agreed = QCheckBox(self.tr("I have read this and may use the table for my own bills"))
        self.agreed.setVisible(head.asks)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Rows read"))
        self.bar.hide()
        self.said = label("", "muted", wrap=True)
        self.refused = QPlainTextEdit()
        self.refused.setReadOnly(True)
        self.refused.setTabChangesFocus(True)
        self.refused.setAccessibleName(self.tr("Rows that can't be read"))
        self.refused.hide()
        self.load = button(self.tr("Load"), self._load, "primary")
        self.leave = button(self.tr("Cancel"), self.reject)
        self.agreed.toggled.connect(self._freshen)
        self.setting.currentIndexChanged.connect(self._freshen)
        self._lay_out()
        self._freshen()

    def _lay_out(self) -> None:
        head = self._head
        facts = [KIND[head.kind], self._path.name]
        if head.release:
            facts.append(self.tr("release {words}").format(words=head.release))
        if head.effective:
            facts.append(self.tr("from {day}").format(day=plain_day(head.effective)))
        layout = column(gap=10, margins=(16, 16, 16, 12))
        layout.addWidget(label(" · ".join(facts), "strong", wrap=True))
        layout.addWidget(label(self.tr(OURS if head.asks else FREE), wrap=True))
        if head.asks:
            layout.addWidget(label(self.tr("What the file itself says:"), "muted"))
        layout.addWidget(self.notice, 2)
        whose = label(self.tr("For the bills of"))
        whose.setBuddy(self.setting)
        layout.addLayout(row(whose, self.setting, None))
        layout.addWidget(self.agreed)
        layout.addWidget(self.bar)
        layout.addWidget(self.said)
        layout.addWidget(self.refused, 1)
        layout.addLayout(row(None, self.leave, self.load))
        self.setLayout(layout)
        room = self.screen().availableGeometry()
        self.resize(min(px(SIZE[0]), room.width() - px(24)), min(px(SIZE[1]), room.height() - px(48)))

    @Slot()
    def _freshen(self) -> None:
        allowed = self.agreed.isChecked() or not self._head.asks
        ready = allowed and self.setting.currentIndex() >= 0 and self._task is None
        self.load.setEnabled(ready)
        self.said.setVisible(bool(self.said.text()))

    @Slot()
    def _load(self) -> None:
        if self._read is not None:
            self._keep(self._read)
            return
        self.bar.setRange(0, 0)
        self.bar.show()
        setting, accepted = self.setting.currentData(), datetime.now(UTC) if self._head.asks else None
        library, path, head, what = self._session.library, self._path, self._head, self.tr("Rows read")

        def work(task: Task) -> ReadTable:
            def go_on(rows: int) -> bool:
                if rows % TELL_EVERY == 0:
                    task.report(Progress(what, rows, 0))
                return not task.cancelled

            return read_table(library, path, head, setting, accepted, go_on)

        self._task = self._session.tasks.start(work, self._done, self._failed, self._told)
        self._freshen()

    def _told(self, progress: Progress) -> None:
        if self._left:
            return
        self._say(self.tr("{n} rows read").format(n=f"{progress.done:,}"))

    def _done(self, found: ReadTable) -> None:
        if self._left:
            return
        self._task, self._read = None, found
        self.bar.hide()
        if not found.refused:
            self._keep(found)
            return
        count = counted(found.table.refused, self.tr("1 row can't be read"), self.tr("{n} rows can't be read"))
        rows = counted(found.table.rows, self.tr("1 row can"), self.tr("{n} rows can"))
        self._say(self.tr("{refused}, {rows}. Nothing is loaded yet.").format(refused=count, rows=rows))
        named = [f"{self.tr('Row')} {one.number:,}: {one.reason}" for one in found.refused[:MOST_NAMED]]
        self.refused.setPlainText("\n".join(named))
        self.refused.show()
        self.load.setText(self.tr("Load the rest"))
        self._freshen()

    def _keep(self, found: ReadTable) -> None:
        kept = self._session.perform(LoadCodeTable(found.table))
        if kept is not None:
            self.loaded.emit(kept)
            self.accept()

    def _failed(self, error: BaseException) -> None:
        if self._left:
            return
        self._task = None
        self.bar.hide()
        if not isinstance(error, UserError):
            raise error
        self._say(f"{error.what} {error.todo}")
        self._freshen()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    # Qt's own names from here on

    def done(self, result: int) -> None:
        self._left = True
        if self._task is not None:
            self._task.cancel()
        super().done(result)
