"""Import, export and check of a whole library from the window, beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from medbills_desktop.commands.case_files import export_library, import_case_file
from medbills_desktop.commands.import_case import ImportReport
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.dialogs.ask import ask_files, ask_target
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tasks import Task
from medbills_desktop.qt.widgets import counted
from medbills_desktop.store.verification import verify_library

CASE_KINDS = "Cases (*.json *.zip)"
EXPORT_KINDS = "Everything with papers (*.zip);;Case (*.json);;Spreadsheet (*.xlsx);;CSV folder (*.csv)"


def _import(session: Session, path: Path, _task: Task) -> ImportReport:
    return import_case_file(session.library, session.desk, path)


class CaseFiles(QObject):
    """Starts the long things on the pool and says how they ended."""

    def __init__(self, session: Session, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window

    def import_case(self) -> None:
        """Import case files chosen in the system's dialog, each in one step that can be undone."""
        self.import_files(ask_files(self._window, self.tr("Import a case"), CASE_KINDS))

    def import_files(self, paths: list[Path]) -> None:
        """Import these case files."""
        session = self._session
        for path in paths:
            session.tasks.start(
                partial(_import, session, path),
                self._imported,
                self._refused,
            )

    def export_case(self, folder: Path) -> None:
        """Export everything to a target chosen in the system's dialog."""
        target = ask_target(self._window, self.tr("Export everything"), str(folder / "MedBills case.zip"), EXPORT_KINDS)
        if target is not None:
            library = self._session.library
            self._session.tasks.start(lambda _task: export_library(library, target), self._session.tell, self._refused)

    def verify(self) -> None:
        """Check database, journal and every paper, and show what is found."""
        self._session.tell(self.tr("Checking the database, the journal and every paper …"))
        folder = self._session.library.folder
        self._session.tasks.start(lambda _task: verify_library(folder), self._verified, self._refused)

    def _imported(self, report: ImportReport) -> None:
        count = sum(report.added.values())
        text = counted(
            count,
            self.tr("1 record imported. Ctrl+Z takes it back."),
            self.tr("{n} records imported. Ctrl+Z takes them back."),
        )
        self._session.tell(text if count else self.tr("Everything in this file was there already; nothing was added."))

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
