"""The automatic backup before a change that could cost much: an import, or a removal of many records."""

from __future__ import annotations

from medbills_desktop.commands.command import Command
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.store.library import Library

MANY = 20
"""A step that removes more records than this (a bill with its lines, an import taken back) is a bulk removal."""


def before_command(library: Library, command: Command) -> None:
    """Back up first where the command says of itself `wants_backup = True`.

    Nothing is done where nothing changed since the last backup; a new library has nothing to lose, so a first import
    into it is not slowed down. Raises `UserError` where the backup can't be made; the change must then not be made.
    """
    if getattr(command, "wants_backup", False):
        back_up_if_changed(library)


def before_commit(library: Library, changes: ChangeSet) -> None:
    """Back up before a bulk removal is committed: the backup still holds what is about to go.

    It sees the state before the running transaction, whichever command made it, undo and redo included.
    """
    if sum(row.after is None for row in changes.rows) > MANY:
        back_up_if_changed(library)


def back_up_if_changed(library: Library) -> None:
    """Make a proved backup if anything was entered since the last one."""
    if library.changed_since_backup():
        library.back_up()
