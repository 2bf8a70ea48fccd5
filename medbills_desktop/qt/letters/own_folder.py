"""A folder for what is shown or printed in a moment: of this user alone, and gone when the program ends."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

from medbills_desktop.domain.errors import UserError


class OwnFolder:
    """Made when it is first needed."""

    def __init__(self) -> None:
        self._path: Path | None = None

    def place(self) -> Path:
        """The folder; raises `UserError` where the system has no room for one."""
        if self._path is None:
            try:
                self._path = Path(tempfile.mkdtemp(prefix="medbills-"))
            except OSError as error:
                raise UserError(
                    f"The letter can't be shown as a paper: {error.strerror or error}.", "Make room on the disk."
                ) from error
            weakref.finalize(self, shutil.rmtree, self._path, ignore_errors=True)
        return self._path
