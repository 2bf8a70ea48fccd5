"""Leaving a file or a folder of this computer to the system, to be shown by another program. Nothing else does it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_elsewhere(path: Path) -> bool:
    """Have the system open a copy of a recording, or show a folder. Returns whether some program takes it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
