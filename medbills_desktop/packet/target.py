"""The place where the packet is written: made aside, synced, renamed, so that the target is always a whole file."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import platform
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from medbills_desktop.domain.errors import UserError

_OLD = 24 * 3600
_SPARE = 8 * 1024 * 1024


def partial_folder(out: Path, process: int) -> Path:
    """Where a process of this computer with that id keeps the unfinished packet for `out`."""
    return out.parent / f".medbills-{_short(out.name)}-{_HERE}-{process}.part"


def work_folder(out: Path, process: int) -> Path:
    """Where it keeps the prepared papers for that packet: on the disk of the packet, since it may need much room."""
    return out.parent / f".medbills-{_short(out.name)}-papers-{_HERE}-{process}.part"


def remove_leftovers(out: Path, process: int) -> None:
    """Take away what a process that was killed has left of the packet for `out`: whoever kills it calls this."""
    for left in (partial_folder(out, process), work_folder(out, process)):
        shutil.rmtree(left, ignore_errors=True)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]


_HERE = _short(platform.node())
"""A mark of this computer: another one may be at work in the same folder, with processes of the same ids."""
_LEFT = re.compile(rf"\.medbills-[0-9a-z-]+-{_HERE}-(\d+)\.part")


def check_target(out: Path, needed: int) -> None:
    """Refuse a place where the packet can't be written, before any work is done. `needed` is in bytes."""
    with _in_plain_words(out):
        is_folder, is_other = out.is_dir(), out.exists() and not out.is_file()
    if is_folder:
        raise UserError(f"“{out.name}” is a folder.", "Choose a file name for the packet.")
    if is_other:  # a printer port, a pipe, /dev/null: it would be taken away and a file put in its place
        raise UserError(f"“{out.name}” is a device, and no file.", "Choose a file name for the packet.")
    if not out.parent.is_dir():
        raise UserError(f"The folder “{out.parent}” does not exist.", "Make it, or choose another place.")
    free = shutil.disk_usage(out.parent).free
    if free < needed + _SPARE:
        raise UserError(
            f"There is not enough room for the packet: about {needed // 1_000_000 + 9} MB are needed.",
            "Free some space, or choose another place.",
        )


class Aside:
    """A folder in which files are made before all of them take their places."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._targets: list[tuple[Path, Path]] = []

    def file_for(self, target: Path) -> Path:
        """Where to write the file that is to become `target`."""
        path = self.folder / f"made-{len(self._targets)}.pdf"
        self._targets.append((path, target))
        return path

    @property
    def files(self) -> list[Path]:
        """The files as they lie here."""
        return [path for path, _ in self._targets]

    def forget(self) -> None:
        """Give up what was made so far, to begin anew."""
        for path, _ in self._targets:
            path.unlink(missing_ok=True)
        self._targets.clear()

    def put_in_place(self) -> None:
        """Let every file take its place; if one can't, those that were there before come back."""
        for path, target in self._targets:
            if target.is_dir():
                raise UserError(f"“{target.name}” is a folder.", "Choose another name for the packet.")
            _sync(path)
        placed: list[tuple[Path, Path | None]] = []
        try:
            for path, target in self._targets:
                before = self._set_aside(target) if len(self._targets) > 1 else None
                os.replace(path, target)
                placed.append((target, before))
        except BaseException:
            for target, before in reversed(placed):
                with contextlib.suppress(OSError):
                    if before is not None:
                        os.replace(before, target)
                    else:
                        target.unlink(missing_ok=True)
            raise

    def _set_aside(self, target: Path) -> Path | None:
        """A second name for the file that is there, from which it can come back; it stays until it is replaced."""
        if not target.exists():
            return None
        before = self.folder / f"before-{len(list(self.folder.glob('before-*')))}"
        try:
            os.link(target, before)
        except OSError:  # a file system without second names
            shutil.copy2(target, before)
        return before


@contextlib.contextmanager
def whole_targets(out: Path) -> Iterator[Aside]:
    """A folder beside `out` to write files in; when the block ends well, all take their places, else nothing is left.

    Raises `UserError` where the place is full or may not be written.
    """
    folder = partial_folder(out, os.getpid())
    with _in_plain_words(out):
        _remove_old(out.parent)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            aside = Aside(folder)
            yield aside
            aside.put_in_place()
            _sync_folder(out.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def put_in_place(made: Path, out: Path) -> None:
    """Let a file that lies whole on the same disk take the place of `out`. Raises `UserError` where it may not."""
    with _in_plain_words(out):
        _sync(made)
        os.replace(made, out)
        _sync_folder(out.parent)


@contextlib.contextmanager
def _in_plain_words(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise UserError(
                "There is no room left where the packet was to be written.", "Free some space, or choose another place."
            ) from fault
        if fault.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EISDIR):
            raise UserError(
                f"“{out.name}” can’t be written there: the place is read-only, or the file is open elsewhere.",
                "Close it, or choose another place.",
            ) from fault
        if fault.errno == errno.ENAMETOOLONG:
            raise UserError("The name of the packet is too long.", "Choose a shorter one.") from fault
        raise


def _remove_old(folder: Path) -> None:
    """Take away what crashed or killed exports left there: those of this computer whose process is over, all others
    after a day."""
    for left in folder.glob(".medbills-*.part"):
        own = _LEFT.fullmatch(left.name)
        with contextlib.suppress(OSError):
            if (own and _is_over(int(own[1]))) or time.time() - left.stat().st_mtime > _OLD:
                shutil.rmtree(left, ignore_errors=True)


def _is_over(process: int) -> bool:
    """Whether no process has that id any more; where that can't be asked without harm, nobody knows."""
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass
    return False


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
