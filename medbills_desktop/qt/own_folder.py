"""A folder for what is shown, played or printed in a moment: of this user alone, and gone when the program ends."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

from medbills_desktop.domain.errors import UserError


class OwnFolder:
    """Made when it is first needed, where the program keeps what lives for a moment (`app/momentary.py`)."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._end: weakref.finalize[[Path], OwnFolder] | None = None

    def place(self) -> Path:
        """The folder; raises `UserError` where the system has no room for one."""
        if self._path is None:
            try:
                self._path = Path(tempfile.mkdtemp(prefix="medbills-"))
            except OSError as error:
                raise UserError(
                    f"There is no place for a copy to be shown, played or printed: {error.strerror or error}.",
                    "Make room on the disk, then try again.",
                ) from error
            self._end = weakref.finalize(self, _throw_away, self._path)
        return self._path

    def throw_away(self) -> None:
        """Remove the folder with all that is in it; the next `place` makes another."""
        if self._end is not None:
            self._end()
        self._path = self._end = None


def _throw_away(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
