"""Receiving a file: is it a paper that can be kept, and its bytes safely into the vault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from medbills_desktop.commands.papers import ReceivedPaper
from medbills_desktop.domain.errors import UserError
from medbills_desktop.papers.reasons import PaperRefusedError, Why
from medbills_desktop.papers.sniffing import kind_of_file
from medbills_desktop.store.library import Library


def receive_file(library: Library, path: Path, progress: Callable[[int], bool] | None = None) -> ReceivedPaper:
    """Copy one file into the vault as it is, whatever state it is in.

    A damaged or empty PDF is kept too and shown as what it is; a file that is no paper at all (a web page under a PDF's
    name, a program) is refused. Raises `UserError` naming the file, with what to do instead.
    """
    if not path.is_file():
        raise UserError(f"“{path.name}” is not there, or is not a file.", "Check the name and add it again.")
    media_type: str | None = None
    try:
        media_type = str(kind_of_file(path))
    except PaperRefusedError as refusal:
        if refusal.reason.code is not Why.EMPTY:
            raise UserError(f"“{path.name}”: {refusal.reason.sentence}", refusal.reason.what_to_do) from refusal
    held = library.vault.take_file(path, progress)
    return ReceivedPaper(path.name, held.sha256, held.size, media_type)
