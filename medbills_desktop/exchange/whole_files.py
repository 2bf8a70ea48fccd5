"""Files and folders that appear under their name only when they are whole."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from medbills_desktop.domain.errors import UserError


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a path beside `target` to write to; when the block ends it is synced and takes the name of `target`.

    Where the block raises, nothing is left and an existing `target` stays as it is. Trouble with the disk becomes a
    `UserError`.
    """
    with _explained(target):
        if target.is_dir():
            raise UserError(f"{target} is a folder.", "Choose a file name.")
        if target.exists() and not target.is_file():  # it would be taken away and a file put in its place
            raise UserError(f"{target} is a device, and no file.", "Choose a file name.")
        _check_parent(target)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name[:60]}.", suffix=".part", dir=target.parent))
        try:
            made = aside / "whole"
            yield made
            _sync(made)
            os.replace(made, target)
            _sync(target.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def whole_folder(target: Path, is_ours: Callable[[str], bool]) -> Iterator[Path]:
    """Give a folder beside `target` to fill; when the block ends it takes the name of `target`.

    An existing folder is replaced only where each file in it has a name that `is_ours`; any other that is not empty is
    refused with a `UserError`.
    """
    with _explained(target):
        _check_replaceable(target, is_ours)
        _check_parent(target)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name[:60]}.", suffix=".part", dir=target.parent))
        try:
            made, before = aside / "whole", aside / "before"
            made.mkdir(mode=0o700)
            yield made
            for entry in (*made.iterdir(), made):
                _sync(entry)
            _exchange(made, target, before)
            _sync(target.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _exchange(made: Path, target: Path, before: Path) -> None:
    replaced = target.exists()
    if replaced:
        os.replace(target, before)
    try:
        os.replace(made, target)
    except OSError:
        if replaced:
            os.replace(before, target)
        raise


def _check_replaceable(target: Path, is_ours: Callable[[str], bool]) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise UserError(f"{target} is a file.", "Choose the name of a new folder.")
    if not all(entry.is_file() and not entry.is_symlink() and is_ours(entry.name) for entry in target.iterdir()):
        raise UserError(
            f"The folder {target} holds other files, so it was left alone.", "Choose a new or an empty folder."
        )


def _check_parent(target: Path) -> None:
    if not target.parent.is_dir():
        raise UserError(f"There is no folder {target.parent}.", "Make the folder first, or choose another place.")


def _sync(path: Path) -> None:
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_TROUBLE = {
    errno.ENOSPC: ("the disk is full", "Make room on the disk, or choose another place."),
    errno.EDQUOT: ("the space that you may use there is full", "Make room, or choose another place."),
    errno.EACCES: ("you may not write there", "Choose a folder that is yours."),
    errno.EPERM: ("you may not write there", "Choose a folder that is yours."),
    errno.EROFS: ("the place can only be read", "Choose a place that can be written to."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name."),
}


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason, todo = _TROUBLE.get(
            error.errno or 0, (error.strerror or "the place can't be used", "Choose another place, or try again.")
        )
        raise UserError(f"{target} could not be written: {reason}. Nothing was changed.", todo) from error
