"""Automatic backups while one works: every thirty minutes if anything changed, beside the window."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.session import Session
from medbills_desktop.store.backup_clock import backup_due

LOOK_EVERY = 60_000
"""Milliseconds between looks at whether a backup is due."""


class Safety(QObject):
    """Signals: `backed_up` carries the UTC time of the newest proved backup."""

    backed_up = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._last = datetime.now(UTC)
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Make a backup if one is due."""
        library = self._session.library
        if library.mode == "write" and backup_due(self._last, library.changed_since_backup(), datetime.now(UTC)):
            self.back_up()

    @Slot()
    def back_up(self) -> None:
        """Make and prove a backup now, on the pool."""
        if self._running or self._session.library.mode != "write":
            return
        self._running = True
        self._session.tasks.start(lambda _task: self._session.library.back_up(), self._done, self._failed)

    def _done(self, _made: object) -> None:
        self._running = False
        self._last = datetime.now(UTC)
        self.backed_up.emit(self._last)

    def _failed(self, error: BaseException) -> None:
        self._running = False
        if isinstance(error, UserError):
            self._session.refuse(error)
            return
        raise error
