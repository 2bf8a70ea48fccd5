"""What a place on disk allows: a write-ahead log needs shared memory, which network drives don't have."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from medbills_desktop.store.engine import driver_version

SOUND_LOG = (3, 51, 3)
"""The first SQLite without the fault in resetting a write-ahead log (sqlite.org/wal.html)."""

_REMOTE = frozenset(
    {"9p", "afs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "prl_fs"}
    | {"smb3", "smbfs", "vboxsf", "virtiofs"}
)
_SYNCED = ("dropbox", "onedrive", "icloud", "mobile documents", "google drive", "nextcloud", "owncloud", "syncthing")


def allows_log(folder: Path) -> bool:
    """Whether readers and the writer of a library there may work side by side through a write-ahead log.

    Not with an SQLite before 3.51.3, on network drives and in folders that a program copies elsewhere file by file.
    Where it is not known the answer is no, which only costs waiting.
    """
    if driver_version() < SOUND_LOG:
        return False
    place = folder.resolve()
    if any(word in part.lower() for part in place.parts for word in _SYNCED):
        return False
    if sys.platform == "win32":
        return _is_fixed_drive(place)
    if sys.platform == "darwin":
        return not place.is_relative_to("/Volumes")
    kind = _file_system(place)
    return bool(kind) and kind not in _REMOTE and not kind.startswith("fuse")


def _file_system(place: Path) -> str:
    """The kind of file system of the longest mount point above the place; empty where it can't be told."""
    try:
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    longest, kind = "", ""
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        point = left.split(" ")[4].replace("\\040", " ")
        if len(point) >= len(longest) and (place.is_relative_to(point)):
            longest, kind = point, right.split(" ")[0]
    return kind


def _is_fixed_drive(place: Path) -> bool:
    fixed = 3
    if os.name != "nt" or place.drive.startswith("\\\\"):
        return False
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return bool(kernel.GetDriveTypeW(f"{place.drive}\\") == fixed)
