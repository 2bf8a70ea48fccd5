"""What is written out of a library never lands inside it: a packet named `library.db` would replace all records."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from medbills_desktop.domain.errors import UserError


def keep_out_of(folder: Path, target: Path) -> None:
    """Raise `UserError` for a target that is the library's folder or lies in it, by whatever name it is reached."""
    for place in (target, *target.absolute().parents):
        with suppress(OSError):
            if place.samefile(folder):
                raise UserError(
                    f"{target} lies in the library's own folder, where only the library is kept.",
                    "Choose a place outside of it.",
                )
