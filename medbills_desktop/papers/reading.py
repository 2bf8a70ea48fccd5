"""Opens a paper of any kind as numbered pages. Imported only in the worker and in child processes of the
packet.

The engine libraries are loaded when the first paper of their kind is opened, so a worker that only ever
sees PDFs starts quickly.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from medbills_desktop.papers.geometry import Framing
from medbills_desktop.papers.protocol import Box, PageSize, PixelFormat, Word
from medbills_desktop.papers.reasons import Notice
from medbills_desktop.papers.sniffing import Kind, kind_of_file

MAX_PAGES = 20_000
"""A paper with more pages is refused as too large: it would only ever be an attempt to hang the program."""


class Paper(Protocol):
    """An open paper. Pages count from 1; every method may raise PaperRefusedError and nothing else."""

    kind: Kind
    sizes: tuple[PageSize, ...]
    notices: tuple[Notice, ...]

    def draw(self, page: int, framing: Framing, pixels: PixelFormat) -> bytes:
        """Rows of `framing.width` pixels without gaps, white where the page is empty."""

    def words(self, page: int) -> list[Word]:
        """Printed words in the order of rows."""

    def text(self, page: int) -> str:
        """Printed rows, one a line, ligatures spelled out."""

    def find(self, page: int, needle: str, limit: int) -> list[tuple[Box, ...]]:
        """Where `needle` stands, see text.places_of."""

    def close(self) -> None:
        """Free the memory; the paper can't be used after."""


def open_paper(path: Path, password: str | None = None) -> Paper:
    """Open the file at `path` with the reader for the kind its bytes say. Raises PaperRefusedError."""
    kind = kind_of_file(path)
    if kind is Kind.PDF:
        from medbills_desktop.papers.pdf_pages import open_pdf

        return open_pdf(path, password)
    from medbills_desktop.papers.pictures import open_pictures

    return open_pictures(path, kind)
