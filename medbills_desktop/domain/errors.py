"""Refusals that a person can act on, kept apart from faults of the program."""

from __future__ import annotations


class UserError(Exception):
    """Something that the program refuses, in words for the person in front of it.

    `what` says what happened, `todo` what can be done about it. Everything else that is raised is
    a fault of the program and goes to the crash report.
    """

    def __init__(self, what: str, todo: str = "") -> None:
        super().__init__(f"{what} {todo}".strip())
        self.what = what
        self.todo = todo


class NotFoundError(UserError):
    """A record that was asked for is not (or no longer) in the library."""


class ChangedMeanwhileError(UserError):
    """Undo or redo would overwrite a later change, so nothing was done."""


class CaseFileError(UserError):
    """A case file that is refused whole; `path` is the JSON path of the first fault."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"The case file is refused at {path}: {reason}.",
            "Nothing was imported. Correct the file and import it again.",
        )
        self.path = path
        self.reason = reason


class ReadOnlyError(UserError):
    """A change to a library that was opened for reading only."""


class LibraryBusyError(UserError):
    """The library is open in another window or program."""


class NewerLibraryError(UserError):
    """The library was written by a newer version of the program."""


class DamagedLibraryError(UserError):
    """The database of the library is damaged; the papers and the backups may be whole."""
