"""The window's side of the paper worker: one process, one request under way, chosen when the worker is free."""

from __future__ import annotations

from PySide6.QtCore import QObject


class WorkerLink(QObject):
    """Owns the worker process for all viewers of the program. Call `close` before the program ends."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def warm_up(self) -> None:
        """Start the worker ahead of need; call it after the window's first paint."""

    def close(self) -> None:
        """End the worker; nothing is asked any more."""
