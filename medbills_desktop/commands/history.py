"""What can be undone and redone in this session."""

from __future__ import annotations

from collections import deque

from medbills_desktop.domain.changes import ChangeSet

STEPS = 500
"""How many steps can be taken back."""

LARGEST_STEP = 100_000
"""A step that changed more rows than this is not remembered (an import of a very large case)."""


class History:
    """Two stacks of ChangeSets: done and undone. A new step forgets the undone ones."""

    def __init__(self) -> None:
        self._done: deque[ChangeSet] = deque(maxlen=STEPS)
        self._undone: deque[ChangeSet] = deque(maxlen=STEPS)

    def remember(self, changes: ChangeSet) -> None:
        """Take a new step in."""
        self._undone.clear()
        if len(changes.rows) > LARGEST_STEP:
            self._done.clear()
        else:
            self._done.append(changes)

    @property
    def to_undo(self) -> ChangeSet | None:
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> ChangeSet | None:
        return self._undone[-1] if self._undone else None

    def was_undone(self) -> None:
        """The newest done step was taken back."""
        self._undone.append(self._done.pop())

    def was_redone(self) -> None:
        """The newest undone step was done again."""
        self._done.append(self._undone.pop())

    def clear(self) -> None:
        """Forget everything, as after a restore."""
        self._done.clear()
        self._undone.clear()
