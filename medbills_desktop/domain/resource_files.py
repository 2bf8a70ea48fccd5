"""Where the files lie that are shipped with the program: fonts, icons, texts, the sample case."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def resource(name: str) -> Path:
    """The path of a shipped file or folder, such as `fonts/MedBillsSans-Regular.ttf`.

    Works for an installed program (`resources` lies inside the package) and in the source tree (beside it). Raises
    `FileNotFoundError` where the program was installed without it, which is a fault of the installation.
    """
    for place in _PLACES:
        path = place / name
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} is missing from the program's resources; install the program again")
