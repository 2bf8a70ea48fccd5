"""Import, export and check of a whole library from the window, beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from medbills_desktop.commands.case_files import (
    OpenedCase,
    compare_with,
    export_library,
    import_opened,
    open_case_file,
)
from medbills_desktop.commands.comparing import Choice, Comparison, Key
from medbills_desktop.commands.handing_over import hand_over
from medbills_desktop.commands.import_case import ImportReport
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.dialogs.ask import ask_files, ask_target
from medbills_desktop.qt.dialogs.compare_dialog import CompareDialog
from medbills_desktop.qt.dialogs.hand_over_dialog import HandOverDialog, HandOverWish
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tasks import Task
from medbills_desktop.qt.widgets import counted
from medbills_desktop.store.verification import verify_library

CASE_KINDS = "Cases (*.json *.zip)"
EXPORT_KINDS = "Everything with papers (*.zip);;Case (*.json);;Spreadsheet (*.xlsx);;CSV folder (*.csv)"


Read = tuple[OpenedCase, Comparison]


def _read(session: Session, path: Path, _task: Task) -> Read:
    opened = open_case_file(path)
    return opened, compare_with(session.library, opened)


def _import(session: Session, opened: OpenedCase, choices: Mapping[Key, Choice], _task: Task) -> ImportReport:
    return import_opened(session.library, session.desk, opened, choices)


def _hand_over(session: Session, wish: HandOverWish, _task: Task) -> str:
    return hand_over(session.library, wish.bill_ids, wish.private_notes, wish.target)


class CaseFiles(QObject):
    """Starts the long things on the pool and says how they ended."""

    def __init__(self, session: Session, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._waiting: deque[Path] = deque()
        self._opened: OpenedCase | None = None

    def import_case(self) -> None:
        """Import case files chosen in the system's dialog, each in one step that can be undone."""
        self.import_files(ask_files(self._window, self.tr("Import a case"), CASE_KINDS))

    def import_files(self, paths: list[Path]) -> None:
        """Import these case files one after the other, each compared with what the one before brought."""
        idle = not self._waiting and self._opened is None
        self._waiting.extend(paths)
        if idle:
            self._next()

    def _next(self) -> None:
        self._opened = None
        if self._waiting:
            path = self._waiting.popleft()
            self._session.tasks.start(partial(_read, self._session, path), self._was_read, self._not_imported)

    def _was_read(self, read: Read) -> None:
        """Import at once where nothing differs, else after the choices are made."""
        self._opened, compared = read
        if not compared.differences:
            self._take({})
            return
        dialog = CompareDialog(compared, self._opened.path.name, self._window)
        dialog.chosen.connect(self._take)
        dialog.rejected.connect(self._left)
        dialog.open()

    @Slot(object)
    def _take(self, choices: Mapping[Key, Choice]) -> None:
        if self._opened is not None:
            work = partial(_import, self._session, self._opened, choices)
            self._session.tasks.start(work, self._imported, self._not_imported)

    @Slot()
    def _left(self) -> None:
        self._session.tell(self.tr("Nothing was imported."))
        self._next()

    def _not_imported(self, error: BaseException) -> None:
        self._next()
        self._refused(error)

    def export_case(self, folder: Path) -> None:
        """Export everything to a target chosen in the system's dialog."""
        target = ask_target(self._window, self.tr("Export everything"), str(folder / "MedBills case.zip"), EXPORT_KINDS)
        if target is not None:
            library = self._session.library
            self._session.tasks.start(lambda _task: export_library(library, target), self._session.tell, self._refused)

    def hand_over(self, bill_id: int | None, folder: Path) -> None:
        """Choose bills and write their case, with papers, for somebody who helps."""
        dialog = HandOverDialog(self._session, bill_id, folder, self._window)
        dialog.wished.connect(self.write_hand_over)
        dialog.open()

    @Slot(object)
    def write_hand_over(self, wish: HandOverWish) -> None:
        """Write what was chosen, beside the window."""
        work = partial(_hand_over, self._session, wish)
        self._session.tasks.start(work, self._session.tell, self._refused)

    def verify(self) -> None:
        """Check database, journal and every paper, and show what is found."""
        self._session.tell(self.tr("Checking the database, the journal and every paper …"))
        folder = self._session.library.folder
        self._session.tasks.start(lambda _task: verify_library(folder), self._verified, self._refused)

    def _imported(self, report: ImportReport) -> None:
        count = sum(report.added.values())
        told = " ".join(
            counted(number, one, many)
            for number, one, many in (
                (count, self.tr("1 record imported."), self.tr("{n} records imported.")),
                (report.taken, self.tr("1 taken as theirs."), self.tr("{n} taken as theirs.")),
                (report.left, self.tr("1 left as it was here."), self.tr("{n} left as they were here.")),
            )
            if number
        )
        if count or report.taken or report.received:
            self._session.tell(f"{told} {self.tr('Ctrl+Z takes it back.')}".strip())
        else:
            none = self.tr("Everything in this file was there already; nothing was added.")
            self._session.tell(f"{none} {told}".strip())
        self._next()

    def _verified(self, problems: list[str]) -> None:
        if not problems:
            self._session.tell(self.tr("Everything is whole: database, journal and every paper."))
            return
        text = self.tr("Not everything is whole:")
        shown = "\n".join(f"• {problem}" for problem in problems[:12])
        box = QMessageBox(QMessageBox.Icon.Warning, "MedBills", text, QMessageBox.StandardButton.Ok, self._window)
        box.setInformativeText(shown)
        box.open()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._session.refuse(error)
            return
        raise error
