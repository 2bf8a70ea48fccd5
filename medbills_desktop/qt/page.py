"""What all pages are: stale or fresh. News marks a page stale; it reads anew when it is seen."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.qt.session import Session


class Page(QWidget):
    """A page of the window or a tab of a bill. It reads by queries and never calls another page.

    A subclass names the kinds of record that it shows in `KINDS` (empty: all) and fills itself in `refresh`.
    """

    KINDS: ClassVar[frozenset[str]] = frozenset()
    TITLE: ClassVar[str] = ""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True
        session.herald.changed.connect(self._news)
        session.days.changed.connect(self.mark_stale)

    def refresh(self) -> None:
        """Read anew and show; called only while the page is seen."""

    @Slot()
    def mark_stale(self) -> None:
        """Read anew now if the page is seen, else when it is shown next."""
        self._stale = True
        if self.isVisible():
            self._freshen()

    def _freshen(self) -> None:
        self._stale = False
        self.refresh()

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        if not self.KINDS or self.KINDS & changes.kinds:
            self.mark_stale()

    # Qt's own names from here on

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._freshen()
