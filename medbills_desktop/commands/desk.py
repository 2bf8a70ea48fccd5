"""The desk: the only place that changes a library. Commands go in, ChangeSets come out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from medbills_desktop.commands import safety
from medbills_desktop.commands.command import Command
from medbills_desktop.commands.history import History
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.errors import ChangedMeanwhileError
from medbills_desktop.store.library import Library
from medbills_desktop.store.refusals import BrokenRuleError
from medbills_desktop.store.work import Work

T = TypeVar("T")
Listener = Callable[[ChangeSet], None]


class Desk:
    """Performs commands on one library, remembers them for undo, and tells its listeners after each commit.

    Listeners run on the thread that performed the command. Commands of several threads are performed one at a time.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._history = History()
        self._listeners: list[Listener] = []
        self._one_at_a_time = threading.RLock()

    def listen(self, listener: Listener) -> None:
        """Have `listener` called with every ChangeSet, after its commit."""
        self._listeners.append(listener)

    def prepare(self, command: Command) -> None:
        """Make the backup that a large command wants, on another thread than the window's; `perform` then need not."""
        safety.before_command(self._library, command)

    def perform(self, command: Command) -> Any:
        """Do what the command says, all or nothing; gives the command's own result."""
        with self._one_at_a_time:
            safety.before_command(self._library, command)
            result, changes = self._change(command.label, command.run)
            if changes.rows:
                self._history.remember(changes)
        self._tell(changes)
        return result

    @property
    def undo_label(self) -> str | None:
        """Name of the step that undo would take back."""
        step = self._history.to_undo
        return step.label if step else None

    @property
    def redo_label(self) -> str | None:
        """Name of the step that redo would do again."""
        step = self._history.to_redo
        return step.label if step else None

    def undo(self) -> ChangeSet | None:
        """Take back the newest step; raises `ChangedMeanwhileError` where a row is no longer as the step left it."""
        with self._one_at_a_time:
            step = self._history.to_undo
            if step is None:
                return None
            changes = self._replay(step, f"Undo: {step.label}", step.reversed())
            self._history.was_undone()
        self._tell(changes)
        return changes

    def redo(self) -> ChangeSet | None:
        """Do the newest undone step again, under the same rule."""
        with self._one_at_a_time:
            step = self._history.to_redo
            if step is None:
                return None
            changes = self._replay(step, f"Redo: {step.label}", step)
            self._history.was_redone()
        self._tell(changes)
        return changes

    def forget(self) -> None:
        """Clear undo and redo."""
        self._history.clear()

    def _replay(self, step: ChangeSet, label: str, wanted: ChangeSet) -> ChangeSet:
        try:
            return self._change(label, lambda work: work.replay(wanted))[1]
        except BrokenRuleError as error:
            raise ChangedMeanwhileError(
                f"“{step.label}” can't be taken back or repeated: something entered meanwhile depends on it.",
                "Nothing was changed. Edit the records themselves instead.",
            ) from error

    def _change(self, label: str, act: Callable[[Work], T]) -> tuple[T, ChangeSet]:
        return self._library.perform(label, act, lambda changes: safety.before_commit(self._library, changes))

    def _tell(self, changes: ChangeSet) -> None:
        """Tell every listener, even after one failed: the change is kept, and each page must hear of it."""
        if not changes.rows:
            return
        failures: list[Exception] = []
        for listener in list(self._listeners):
            try:
                listener(changes)
            except Exception as error:  # noqa: BLE001 - raised again once all have heard
                failures.append(error)
        if failures:
            raise failures[0]
