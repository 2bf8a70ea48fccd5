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
from medbills_desktop.packet.plan import Plan

DAMAGED = CantShow(
    "The file can’t be opened as a PDF.", "Look at the original in the library, or ask for a fresh copy of the paper."
)
_NO_PAGES = CantShow("The file has no pages.", "Ask for a fresh copy of the paper.")
_MISSING = CantShow("The prepared copy of this paper is not there.", "Export the packet again.")


class MergeFailedError(RuntimeError):
    """The papers can't be merged together although each could be opened; one of them is damaged inside."""


class ExhibitFailedError(RuntimeError):
    """One paper can be merged but not be made an exhibit, since something inside it is not what it has to be."""

    def __init__(self, document_id: int) -> None:
        super().__init__("a paper could not be made an exhibit")
        self.document_id = document_id


@contextlib.contextmanager
def blamed_on(document_id: int | None) -> Iterator[None]:
    """Raise `ExhibitFailedError` for whatever goes wrong with the objects of a paper; they are made by strangers."""
    try:
        yield
    except (
        pikepdf.PdfError,
        RuntimeError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
    ) as fault:
        if document_id is None:
            raise
        raise ExhibitFailedError(document_id) from fault


def counted_source(source: ExhibitSource, thorough: bool = False) -> tuple[ExhibitSource, int]:
    """A paper with its number of pages; one that can't be merged becomes a named placeholder, never nothing.

    `thorough` tries the merge as well, which costs as much as opening it again.
    """
    if isinstance(source.content, CantShow):
        return source, 0
    reason = _MISSING
    if source.content.is_file():
        try:
            pages = _pages_of(source.content, thorough)
            if pages:
                return source, pages
            reason = _NO_PAGES
        except (pikepdf.PdfError, RuntimeError, SystemError, ValueError, OSError):
            reason = DAMAGED
    return replace(source, content=reason), 0


def _pages_of(path: Path, thorough: bool) -> int:
    with Pdf.open(path, suppress_warnings=True) as pdf:
        pages = len(pdf.pages)
    if thorough and pages:
        with merge_job([(path, f"1-{pages}")]).create_pdf() as merged:
            return len(merged.pages)
    return pages


@contextlib.contextmanager
def merged_packet(front: Path, plan: Plan, exhibits: tuple[Exhibit, ...]) -> Iterator[Pdf]:
    """The packet with all pages in order, ready to be stamped; the files have to stay in place until it is saved.

    Raises `MergeFailedError`.
    """
    pieces: list[tuple[Path, str]] = []
    waiting: list[int] = []
    for part in plan.parts:
        waiting += range(part.local_first, part.local_first + part.local_pages)
        content = None if part.place is None else exhibits[part.place].source.content
        if isinstance(content, Path) and part.exhibit_pages:
            last = part.own_first + part.exhibit_pages - 1
            pieces += [(front, _range(waiting)), (content, f"{part.own_first}-{last}")]
            waiting = []
    if waiting:
        pieces.append((front, _range(waiting)))
    try:
        merged = merge_job(pieces).create_pdf()
    except (pikepdf.PdfError, RuntimeError, SystemError, ValueError) as fault:
        raise MergeFailedError from fault
    with merged as pdf:
        yield pdf


def _range(pages: list[int]) -> str:
    return f"{pages[0]}-{pages[-1]}"


def merge_job(pieces: list[tuple[Path, str]]) -> pikepdf.Job:
    """A merge of ranges of pages whose primary file is the first piece's; it is only asked for a name to write to."""
    first = str(pieces[0][0])
    pages = [{"file": "." if str(path) == first else str(path), "range": pages} for path, pages in pieces]
    return pikepdf.Job(
        {
            "inputFile": first,
            "outputFile": "-",
            "pages": pages,
            "removeUnreferencedResources": "no",
            "warningExit0": "",
            "noWarn": "",
        }
    )
