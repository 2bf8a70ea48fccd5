"""Prepares an original for the packet: a plain PDF that shows exactly what the viewer shows and does nothing.

Runs in the packet's child process, never in the window's: it opens files that strangers made, by the same
libraries as the worker. How long one file may take is the caller's business (it kills the child).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from medbills_desktop.papers.protocol import PageSize
from medbills_desktop.papers.reasons import Notice, Why, refused
from medbills_desktop.papers.sniffing import Kind, kind_of_file


@dataclass(frozen=True)
class PreparedExhibit:
    """A PDF ready to be merged: no script, action, form, annotation, attachment or password in it.

    `path` is the original itself when `is_original`: nothing had to be done. `sizes[i]` is page i + 1 as
    shown in the packet, in points, the person's rotations applied.
    """

    path: Path
    sizes: tuple[PageSize, ...]
    notices: tuple[Notice, ...]
    is_original: bool

    @property
    def pages(self) -> int:
        return len(self.sizes)


def prepare_exhibit(
    path: Path,
    media_type: str,
    rotations: Mapping[int, int],
    password: str | None,
    target_dir: Path,
    rewrite: bool = False,
    visible_only: bool = False,
) -> PreparedExhibit:
    """Prepare the original at `path`, which is not changed. A new file, if one is needed, is put in
    `target_dir`.

    `media_type` is what the library holds; when the bytes are of another kind, the file is not the one that
    was imported and is refused as damaged. `rotations` maps pages (from 1) to the person's own turn of the
    view in degrees clockwise. `rewrite` asks for a new file in any case: for an original that the caller's
    PDF library can't open. `visible_only` makes pictures of pages with words outside their visible part.
    Raises PaperRefusedError; pages that no engine can draw are white, say so, and are named in a
    `missing-pages` notice.
    """
    kind = kind_of_file(path)
    if media_type in set(Kind) and media_type != kind.value:
        raise refused(Why.DAMAGED)
    if kind is Kind.PDF:
        from medbills_desktop.papers.exhibit_pdf import prepare_pdf

        return prepare_pdf(path, rotations, password, target_dir, rewrite, visible_only)
    from medbills_desktop.papers.exhibit_pictures import prepare_pictures

    return prepare_pictures(path, kind, rotations, target_dir)


def target_in(folder: Path, original: Path) -> Path:
    """A name in `folder` that is not taken yet, beginning like the original's."""
    stem = "".join(char if char.isascii() and char.isalnum() else "-" for char in original.stem)[:40] or "paper"
    number = 1
    while (target := folder / f"{stem}-{number}.pdf").exists():
        number += 1
    return target
