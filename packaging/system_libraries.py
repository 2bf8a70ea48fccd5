"""Which libraries of the system Qt needs on Linux, which are missing, and how they get there.

The Qt wheel brings nearly everything; these it takes from the system. On a computer with a desktop they are all
there. The table is what `readelf -d` says of the libraries and platform plugins in PySide6-Essentials 6.11,
confirmed in a bare Debian 12. Standard library only, since this runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALWAYS, X11, WAYLAND = "always", "x11", "wayland"


class SetUpError(Exception):
    """The set-up can't go on; the text says why and what to do about it."""


@dataclass(frozen=True)
class Library:
    """One library: the file that Qt loads, when it does, and the Debian packages that hold it (newest name first)."""

    file: str
    when: str
    debian: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """Something that the system lacks: what it is, and the Debian packages that hold it (newest name first)."""

    what: str
    debian: tuple[str, ...]


NEEDED = (
    Library("libglib-2.0.so.0", ALWAYS, ("libglib2.0-0t64", "libglib2.0-0")),
    Library("libdbus-1.so.3", ALWAYS, ("libdbus-1-3",)),
    Library("libfontconfig.so.1", ALWAYS, ("libfontconfig1",)),
    Library("libfreetype.so.6", ALWAYS, ("libfreetype6",)),
    Library("libEGL.so.1", ALWAYS, ("libegl1",)),
    Library("libGL.so.1", ALWAYS, ("libgl1",)),
    Library("libX11.so.6", ALWAYS, ("libx11-6",)),
    Library("libxkbcommon.so.0", ALWAYS, ("libxkbcommon0",)),
    Library("libxkbcommon-x11.so.0", X11, ("libxkbcommon-x11-0",)),
    Library("libX11-xcb.so.1", X11, ("libx11-xcb1",)),
    Library("libxcb-cursor.so.0", X11, ("libxcb-cursor0",)),
    Library("libxcb-icccm.so.4", X11, ("libxcb-icccm4",)),
    Library("libxcb-image.so.0", X11, ("libxcb-image0",)),
    Library("libxcb-keysyms.so.1", X11, ("libxcb-keysyms1",)),
    Library("libxcb-randr.so.0", X11, ("libxcb-randr0",)),
    Library("libxcb-render-util.so.0", X11, ("libxcb-render-util0",)),
    Library("libxcb-shape.so.0", X11, ("libxcb-shape0",)),
    Library("libxcb-shm.so.0", X11, ("libxcb-shm0",)),
    Library("libxcb-sync.so.1", X11, ("libxcb-sync1",)),
    Library("libxcb-xfixes.so.0", X11, ("libxcb-xfixes0",)),
    Library("libxcb-xkb.so.1", X11, ("libxcb-xkb1",)),
    Library("libwayland-client.so.0", WAYLAND, ("libwayland-client0",)),
    Library("libwayland-cursor.so.0", WAYLAND, ("libwayland-cursor0",)),
)

_APT_OPTIONS = ("-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120")


def screens(environ: Mapping[str, str]) -> set[str]:
    """Which kinds of screen there are on Linux; an empty set means that no window can be shown."""
    if environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return set()
    if environ.get("DISPLAY"):
        return {X11}
    return {WAYLAND} if environ.get("WAYLAND_DISPLAY") else set()


def has_screen(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be shown. Only Linux leaves a doubt about it."""
    return not sys.platform.startswith("linux") or bool(screens(environ))


def missing(environ: Mapping[str, str] = os.environ) -> list[Library]:
    """The libraries that Qt would look for here and not find; found by loading each, as Qt itself would."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = {ALWAYS} | screens(environ)
    return [library for library in NEEDED if library.when in wanted and not _loads(library.file)]


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _prefix() -> list[str] | None:
    """What goes in front of apt-get so that it may install; None where only the person can allow it."""
    if _is_root():
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    allowed = subprocess.run([sudo, "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return [sudo, "-n"] if allowed.returncode == 0 else None


def _is_known(package: str) -> bool:
    if shutil.which("apt-cache") is None:
        return False
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0


def _names(choices: Sequence[tuple[str, ...]]) -> list[str]:
    """One package name for each choice: the first that this release of the distribution knows, else the oldest."""
    return [next((name for name in names if _is_known(name)), names[-1]) for names in choices]


def apt_command(names: Sequence[str]) -> str:
    """The command for a person to type."""
    words = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"
    if _is_root():
        return words
    return words.replace("apt-get", "sudo apt-get") if shutil.which("sudo") else f"su -c '{words}'"


def _apt(prefix: list[str], words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [*prefix, "apt-get", *words], env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def _install(choices: Sequence[tuple[str, ...]]) -> None:
    """Install one package of each choice through apt. Raises SetUpError with the command where it may not or can't."""
    prefix = _prefix()
    if prefix is None:
        raise SetUpError(
            "MedBills needs system packages that are not installed. Run this, then start again:\n\n"
            f"    {apt_command(_names(choices))}"
        )
    if not all(any(_is_known(name) for name in names) for names in choices):
        _apt(prefix, ["update", "-q"])
    names = _names(choices)
    print(f"  Installing system packages through apt: {' '.join(names)}", flush=True)
    done = _apt(prefix, ["install", *_APT_OPTIONS, *names])
    if done.returncode != 0:
        _apt(prefix, ["update", "-q"])
        done = _apt(prefix, ["install", *_APT_OPTIONS, *names])
    if done.returncode != 0:
        said = "\n".join(f"    {line}" for line in (done.stdout + done.stderr).strip().splitlines()[-6:])
        raise SetUpError(f"apt could not install them:\n\n{said}\n\nOnce apt works, run:\n\n    {apt_command(names)}")


def ensure(environ: Mapping[str, str] = os.environ, also: Sequence[Missing] = ()) -> None:
    """See to it that Qt finds its libraries, and that what else is missing (`also`) gets there in the same go.

    Raises SetUpError naming what is missing, and the command that brings it where one is known.
    """
    absent = [Missing(library.file, library.debian) for library in missing(environ)] + list(also)
    if not absent:
        return
    if shutil.which("apt-get") is None:
        files = " ".join(each.what for each in absent)
        raise SetUpError(
            f"MedBills needs these parts of the system, which are not installed:\n\n    {files}\n\n"
            "Install the packages of your distribution that hold them, then start again."
        )
    _install([each.debian for each in absent])
    still = missing(environ)
    if still:
        raise SetUpError(f"Installed, but still not found: {' '.join(library.file for library in still)}")
