"""The desk: the only place that changes a library. Commands go in, ChangeSets come out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from medbills_desktop.commands.command import Command
from medbills_desktop.commands.history import History
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.store.library import Library

Listener = Callable[[ChangeSet], None]


class Desk:
    """Performs commands on one library, remembers them for undo, and tells its listeners after each commit.

    Listeners run on the thread that performed the command.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._history = History()
        self._listeners: list[Listener] = []
        self._one_at_a_time = threading.RLock()

    def listen(self, listener: Listener) -> None:
        """Have `listener` called with every ChangeSet, after its commit."""
        self._listeners.append(listener)

    def perform(self, command: Command) -> Any:
        """Do what the command says, all or nothing; gives the command's own result."""
        with self._one_at_a_time:
            result, changes = self._library.perform(command.label, command.run)
            if changes.rows:
                self._history.remember(changes)
        self._tell(changes)
        return result

    @property
    def undo_label(self) -> str | None:
        """Name of the step that undo would take back."""
        return self._history.to_undo.label if self._history.to_undo else None

    @property
    def redo_label(self) -> str | None:
        """Name of the step that redo would do again."""
        return self._history.to_redo.label if self._history.to_redo else None

    def undo(self) -> ChangeSet | None:
        """Take back the newest step; raises `ChangedMeanwhileError` where a row is no longer as the step left it."""
        return self._replay(self._history.to_undo, "Undo", self._history.was_undone, backwards=True)

    def redo(self) -> ChangeSet | None:
        """Do the newest undone step again, under the same rule."""
        return self._replay(self._history.to_redo, "Redo", self._history.was_redone, backwards=False)

    def forget(self) -> None:
        """Clear undo and redo."""
        self._history.clear()

    def _replay(self, step: ChangeSet | None, verb: str, done: Callable[[], None], backwards: bool) -> ChangeSet | None:
        if step is None:
            return None
        with self._one_at_a_time:
            wanted = step.reversed() if backwards else step
            _, changes = self._library.perform(f"{verb}: {step.label}", lambda work: work.replay(wanted))
            done()
        self._tell(changes)
        return changes

    def _tell(self, changes: ChangeSet) -> None:
        if changes.rows:
            for listener in self._listeners:
                listener(changes)
