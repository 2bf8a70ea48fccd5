"""Writing the calendar file beside the window, and saying how it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from medbills_desktop.commands.calendar_files import export_dates
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.dialogs.dates_dialog import DatesDialog, DatesWish
from medbills_desktop.qt.widgets import counted

if TYPE_CHECKING:
    from medbills_desktop.qt.window import MainWindow


class DatesExport(QObject):
    """Asks what goes along and where to, then writes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def ask(self) -> None:
        """Open the dialog."""
        dialog = DatesDialog(self._window.session, self._window.home, self._window)
        dialog.wished.connect(self.write)
        dialog.open()

    @Slot(object)
    def write(self, wish: DatesWish) -> None:
        """Write the file on the pool."""
        library, today = self._window.session.library, self._window.session.today

        def work(_task: object) -> tuple[int, Path]:
            return export_dates(library, wish.target, today, wish.detailed), wish.target

        self._window.session.tasks.start(work, self._done, self._failed)

    def _done(self, answer: tuple[int, Path]) -> None:
        count, target = answer
        what = counted(count, self.tr("1 date is saved"), self.tr("{n} dates are saved"))
        self._window.session.tell(self.tr("{what}: {path}").format(what=what, path=target))

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._window.session.refuse(error)
