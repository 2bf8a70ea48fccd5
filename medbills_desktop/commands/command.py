"""What every command is: a frozen value that knows its name and how it changes a library."""

from __future__ import annotations

from typing import Any, Protocol

from medbills_desktop.store.work import Work


class Command(Protocol):
    """A thing that a person can do. It checks its own rule and changes records; it never commits, announces or logs.

    One that could cost much has `wants_backup: ClassVar[bool] = True`; the desk then backs up first.
    """

    @property
    def label(self) -> str:
        """The name of the step in the Edit menu, such as "Add bill"."""

    def run(self, work: Work) -> Any:
        """Change the records inside the given unit of work; raises `UserError` to refuse, then nothing is changed."""
