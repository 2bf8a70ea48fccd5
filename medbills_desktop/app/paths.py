"""Every folder and file that the program owns, in one place.

Nothing else in the program builds a path of its own outside a library folder: what the program may touch on
a person's computer can be read here in a minute, and one variable moves all of it somewhere else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import appdirs

HOME_VARIABLE: Final = "MEDBILLS_HOME"
"""Names a folder that takes the place of all the usual ones: for a stick, a trial or a test."""

PRIVATE_UMASK: Final = 0o077
"""New files are the owner's alone (0600, folders 0700): medical papers on a shared computer."""

_PRIVATE_FOLDER: Final = 0o700
_NAME: Final = "medbills"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things are. The folders need not exist yet; `make_folder` makes one when it is first needed."""

    data: Path
    """Libraries; the one folder worth a backup."""
    config: Path
    """Settings, and Qt's own notes about file dialogs (which would otherwise name folders in a shared file)."""
    cache: Path
    """Can be deleted at any time."""
    logs: Path
    """What the program did, without names, amounts or texts."""

    @property
    def default_library(self) -> Path:
        """The library that opens when no other is named."""
        return self.data / "Library"

    @property
    def sample_library(self) -> Path:
        """The worked sample case: a library of its own, so that trying things out never touches the person's."""
        return self.data / "Sample case"

    @property
    def settings_file(self) -> Path:
        """Choices of the person: scheme, text size, last library, layout."""
        return self.config / "settings.toml"

    @property
    def qt_settings(self) -> Path:
        """The folder Qt is told to keep its own settings in."""
        return self.config / "qt"

    @property
    def temporary(self) -> Path:
        """For files that live for a moment, on the person's own disk instead of a shared folder (`momentary.py`)."""
        return self.cache / "temporary"

    @property
    def log_file(self) -> Path:
        """The newest log; older ones have a number behind the name."""
        return self.logs / "medbills.log"

    @property
    def fault_file(self) -> Path:
        """Where the interpreter notes the lines it was in when it was killed; read at the next start."""
        return self.logs / "fault.txt"

    def is_sample(self, library: Path) -> bool:
        """Whether `library` is the sample, which the window's title says, so that nobody keeps a real bill there."""
        return library.resolve() == self.sample_library.resolve()


def own_paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """The paths of this person on this system, or below `MEDBILLS_HOME` where that is set (and not empty)."""
    home = environ.get(HOME_VARIABLE, "")
    if home:
        root = Path(home).expanduser().absolute()
        return Paths(data=root / "data", config=root / "config", cache=root / "cache", logs=root / "logs")
    return Paths(
        data=Path(appdirs.user_data_dir(_NAME, appauthor=False)),
        config=Path(appdirs.user_config_dir(_NAME, appauthor=False)),
        cache=Path(appdirs.user_cache_dir(_NAME, appauthor=False)),
        logs=Path(appdirs.user_log_dir(_NAME, appauthor=False)),
    )


def keep_private() -> None:
    """Make every file written from here on readable by its owner alone; the first thing the program does."""
    os.umask(PRIVATE_UMASK)


def make_folder(folder: Path) -> Path:
    """Make one of the folders above with its parents, and return it.

    A folder of ours that others could look into is closed; one that the system does not let us close (a stick
    without permissions) is used as it is. Raises OSError when it can't be made.
    """
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & PRIVATE_UMASK:
        try:
            folder.chmod(_PRIVATE_FOLDER)
        except PermissionError:
            return folder
    return folder
