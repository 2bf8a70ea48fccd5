"""Work beside the window: functions on a pool, their results back on the window's thread."""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.collecting import Collecting

log = logging.getLogger("medbills.tasks")

SWITCH_SECONDS = 0.0001
"""How long the window waits for Python while a task computes. Each call into Qt gives Python up and asks for it again;
with the usual 5 ms a repaint beside a busy task stood still for half a second."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is: `done` of `whole` units, and what it is doing now, in words."""

    what: str
    done: int
    whole: int


@dataclass(eq=False)
class Task:
    """One running function. It may call `report` and should look at `cancelled` between units of work."""

    work: Callable[[Task], Any]
    on_done: Callable[[Any], None]
    on_failed: Callable[[BaseException], None]
    on_progress: Callable[[Progress], None] | None = None
    _tell: Callable[[Any], None] | None = None
    _cancel: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the task to stop at the next unit of work."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def report(self, progress: Progress) -> None:
        """Say how far it is (from the task's own thread)."""
        if self._tell and self.on_progress:
            self._tell((self, "progress", progress))


class _Run(QRunnable):
    def __init__(self, task: Task, tell: Callable[[Any], None]) -> None:
        super().__init__()
        self._task = task
        self._tell = tell

    def run(self) -> None:
        try:
            result = self._task.work(self._task)
        except Exception as error:  # noqa: BLE001 - a boundary: every fault is handed to the window's thread
            self._tell((self._task, "failed", error))
        else:
            self._tell((self._task, "done", result))


class Tasks(QObject):
    """Starts tasks and brings their results to the window's thread; waits for all of them when closing."""

    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_SECONDS)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._running: set[Task] = set()
        self._past: deque[Task] = deque(maxlen=8)  # else the pool could be the last to hold a widget of theirs
        self._collecting = Collecting(self)
        self._closing = False
        self._told.connect(self._take)

    def start(
        self,
        work: Callable[[Task], Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[BaseException], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Task:
        """Run `work(task)` on the pool; exactly one of `on_done` and `on_failed` is called, on the window's thread."""
        task = Task(work, on_done, on_failed or self._unexpected, on_progress, self._told.emit)
        if not self._closing:
            self._running.add(task)
            self._pool.start(_Run(task, self._told.emit))
        return task

    @property
    def idle(self) -> bool:
        """Whether nothing runs and every result was handed over."""
        return not self._running

    def close(self) -> None:
        """Refuse new tasks, cancel the running ones and wait for them (at most ten seconds)."""
        self._closing = True
        for task in self._running:
            task.cancel()
        self._pool.waitForDone(10_000)
        self._running.clear()
        self._past.clear()
        self._collecting.close()

    @Slot(object)
    def _take(self, told: tuple[Task, str, Any]) -> None:
        task, what, value = told
        if self._closing:
            return
        if what == "progress":
            if task.on_progress:
                task.on_progress(value)
            return
        self._running.discard(task)
        self._past.append(task)
        if what == "done":
            task.on_done(value)
        else:
            task.on_failed(value)

    def _unexpected(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            log.info("task refused: %s", type(error).__name__)
            return
        raise error
