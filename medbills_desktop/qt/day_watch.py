"""Notices that it is another day while the program stays open, so that nothing due is told by yesterday's calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from medbills_desktop.qt.session import Session

EVERY = 60_000
"""Milliseconds between two looks; a computer that slept through midnight is noticed at the next one, or at once when a
window of the program comes to the front."""


class DayWatch(QObject):
    """Signals: `changed` carries nothing, when it is another day than at the look before."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._day = session.today
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on."""
        self._timer.start()
        application = QGuiApplication.instance()
        self._looking = True
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Tell if it is another day."""
        if (today := self._session.today) != self._day:
            self._day = today
            self.changed.emit()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()
        application = QGuiApplication.instance()
        if self._looking and isinstance(application, QGuiApplication):
            application.applicationStateChanged.disconnect(self.look)
        self._looking = False
