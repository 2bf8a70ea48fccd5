"""Puts front pages and exhibits into one file in packet order; the bytes of the papers are not held in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.order import CantShow, ExhibitSource
from medbills_desktop.packet.plan import SLIP, Plan

_DAMAGED = CantShow(
    "The file can’t be opened as a PDF.", "Look at the original in the library, or ask for a fresh copy of the paper."
)
_NO_PAGES = CantShow("The file has no pages.", "Ask for a fresh copy of the paper.")
_MISSING = CantShow("The prepared copy of this paper is not there.", "Export the packet again.")


def counted_source(source: ExhibitSource) -> tuple[ExhibitSource, int]:
    """A paper with its number of pages; one that can't be merged becomes a named placeholder, never nothing."""
    if isinstance(source.content, CantShow):
        return source, 0
    reason = _MISSING
    if source.content.is_file():
        try:
            with _job([(source.content, "1-z")]).create_pdf() as merged:
                pages = len(merged.pages)
            if pages:
                return source, pages
            reason = _NO_PAGES
        except (pikepdf.PdfError, RuntimeError, ValueError, OSError):
            reason = _DAMAGED
    return replace(source, content=reason), 0


@contextlib.contextmanager
def merged_packet(front: Path, plan: Plan, exhibits: tuple[Exhibit, ...]) -> Iterator[Pdf]:
    """The packet with all pages in order, ready to be stamped; the files have to stay in place until it is saved."""
    pieces: list[tuple[Path, str]] = []
    waiting: list[int] = []
    place = 0
    for part in plan.parts:
        waiting += range(part.local_first, part.local_first + part.local_pages)
        if part.key.startswith(SLIP):
            content = exhibits[place].source.content
            place += 1
            if isinstance(content, Path):
                pieces += [(front, _range(waiting)), (content, "1-z")]
                waiting = []
    if waiting:
        pieces.append((front, _range(waiting)))
    job = _job(pieces)
    with job.create_pdf() as pdf:
        yield pdf


def _range(pages: list[int]) -> str:
    return f"{pages[0]}-{pages[-1]}"


def _job(pieces: list[tuple[Path, str]]) -> pikepdf.Job:
    """A merge whose primary file is the first piece's; nothing is written, the file name is only asked for."""
    first = str(pieces[0][0])
    pages = [{"file": "." if str(path) == first else str(path), "range": pages} for path, pages in pieces]
    return pikepdf.Job(
        {"inputFile": first, "outputFile": "-", "pages": pages, "removeUnreferencedResources": "no", "warningExit0": ""}
    )
