"""The herald: the one crossing at which news of a change reaches the screens, after its commit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from medbills_desktop.commands.desk import Desk
from medbills_desktop.domain.changes import ChangeSet


class Herald(QObject):
    """Announces every ChangeSet on the window's thread.

    Signals: `changed` carries the ChangeSet; `read_anew` carries nothing and says that derived data (texts of papers,
    search) is newer than before.
    """

    changed = Signal(object)
    read_anew = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        desk.listen(self._tell)

    def _tell(self, changes: ChangeSet) -> None:
        self.changed.emit(changes)
