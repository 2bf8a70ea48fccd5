"""Keeps what is being typed safe on the disk within a second, until it has become a record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.session import Session
from medbills_desktop.store.drafts import drop_draft, find_draft, keep_draft

KEEP_AFTER_MILLISECONDS = 600
"""How long after the last key what was typed is on the disk."""
KEEP_AT_LEAST_EVERY = 3000
"""Milliseconds after which it is kept although the keys never rest."""


class DraftKeeper(QObject):
    """Signals: `kept` carries nothing.

    `collect` gives what is typed now as plain values, or `None` where there is nothing to keep.
    """

    kept = Signal()

    def __init__(
        self, session: Session, key: str, collect: Callable[[], dict[str, Any] | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._session = session
        self._collect = collect
        self._there = False
        self._soon = self._timer(KEEP_AFTER_MILLISECONDS)
        self._latest = self._timer(KEEP_AT_LEAST_EVERY)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.keep)
        return timer

    @property
    def writable(self) -> bool:
        """Whether anything can be kept in this library."""
        return self._session.library.mode == "write"

    def find(self) -> dict[str, Any] | None:
        """What was kept before, or `None`."""
        found = find_draft(self._session.library, self.key)
        self._there = found is not None
        return found

    def follow(self, key: str) -> dict[str, Any] | None:
        """Keep under another key from now on; gives what was kept there before."""
        self.keep_now_if_waiting()
        self.key = key
        return self.find()

    @Slot()
    def touch(self) -> None:
        """Something was typed."""
        if self.writable:
            self._soon.start()
            if not self._latest.isActive():
                self._latest.start()

    def keep_now_if_waiting(self) -> None:
        """Keep at once what would be kept in a moment."""
        if self._soon.isActive():
            self.keep()

    @Slot()
    def keep(self) -> None:
        """Keep what is typed now. A disk that refuses is told once by whoever saves; the text stays on screen."""
        self.rest()
        body = self._collect()
        if body is None:
            self.drop()
        elif self.writable:
            try:
                keep_draft(self._session.library, self.key, body)
            except UserError as error:
                self._session.refuse(error)
                return
            self._there = True
            self.kept.emit()

    def drop(self) -> None:
        """Forget what was kept: it has become a record, or is not wanted."""
        self.rest()
        if self._there and self.writable:
            self._there = False
            try:
                drop_draft(self._session.library, self.key)
            except UserError as error:
                self._session.refuse(error)

    def rest(self) -> None:
        """Stop waiting."""
        self._soon.stop()
        self._latest.stop()
