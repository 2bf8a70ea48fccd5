"""The paper worker: `python -m medbills_desktop.papers.worker`. Opens papers so that the program need not.

MuPDF and its kin parse files that strangers made. They run here, without the right to write a file, with
little memory and processor time, and nothing but two pipes to the program; when a paper takes them down,
the program starts another worker and says so. Standard output carries frames of `framing` only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import medbills_desktop.papers.pdf_pages  # noqa: F401 - loads MuPDF before the first request has to wait for it
from medbills_desktop.papers import limits
from medbills_desktop.papers.engine_memory import store_bytes, trim_store
from medbills_desktop.papers.framing import RequestReader, encode
from medbills_desktop.papers.geometry import Framing, framing, thumbnail_zoom
from medbills_desktop.papers.protocol import (
    DOCUMENT_SECONDS,
    OPEN_SECONDS,
    PAGE_SECONDS,
    Answer,
    ClosePaper,
    DrawPage,
    DrawThumbnail,
    Hit,
    OpenPaper,
    PageDrawn,
    PaperClosed,
    PaperOpened,
    Ping,
    PixelFormat,
    Pong,
    ReadText,
    ReadWords,
    Refused,
    Request,
    SearchText,
    TextFound,
    TextRead,
    WordsRead,
)
from medbills_desktop.papers.reasons import PaperRefusedError, Why
from medbills_desktop.papers.refusing import refusing
from medbills_desktop.papers.shelf import Shelf

PIECE_PAGES = 16
"""Pages answered in one piece of a whole-document answer."""

_SECONDS = {OpenPaper: OPEN_SECONDS, ReadText: DOCUMENT_SECONDS, SearchText: DOCUMENT_SECONDS}


def main() -> int:
    """Serve requests from standard input until it ends."""
    requests, answers = _pipes()
    limits.confine()
    limits.refuse_writes_and_network()
    shelf = Shelf()
    reader = RequestReader()
    while data := os.read(requests, 1 << 16):
        for request in reader.feed(data):
            for answer in answers_to(request, shelf):
                for part in encode(answer):
                    answers.write(part)
                answers.flush()
            trim_store()
    return 0


def answers_to(request: Request, shelf: Shelf) -> Iterator[Answer]:
    """What to say to one request: one answer, or pieces of one. Never raises for a paper's sake."""
    limits.allow_processor_seconds(_SECONDS.get(type(request), PAGE_SECONDS))
    try:
        with refusing(Why.DAMAGED):
            yield from _answers(request, shelf)
    except PaperRefusedError as refusal:
        yield Refused(number=request.number, document=getattr(request, "document", ""), reason=refusal.reason)


def _answers(request: Request, shelf: Shelf) -> Iterator[Answer]:
    match request:
        case DrawPage() | DrawThumbnail():
            yield _drawn(request, shelf)
        case ReadWords():
            words = shelf.paper(request.document, request.page).words(request.page)
            yield WordsRead(number=request.number, document=request.document, page=request.page, words=tuple(words))
        case ReadText():
            yield from _text(request, shelf)
        case SearchText():
            yield from _found(request, shelf)
        case OpenPaper():
            yield _opened(request, shelf)
        case ClosePaper():
            shelf.close(request.document)
            yield PaperClosed(number=request.number, document=request.document)
        case Ping():
            yield Pong(number=request.number, open_papers=len(shelf), store_bytes=store_bytes())


def _opened(request: OpenPaper, shelf: Shelf) -> PaperOpened:
    paper = shelf.open(request.document, Path(request.path), request.password)
    return PaperOpened(
        number=request.number,
        document=request.document,
        media_type=paper.kind.value,
        sizes=paper.sizes,
        notices=paper.notices,
    )


def _drawn(request: DrawPage | DrawThumbnail, shelf: Shelf) -> PageDrawn:
    paper = shelf.paper(request.document, request.page)
    size = paper.sizes[request.page - 1]
    if isinstance(request, DrawPage):
        frame = framing(size, request.zoom, request.rotation, request.clip)
    else:
        frame = framing(size, thumbnail_zoom(size, request.side), request.rotation)
    return _page_drawn(request, frame, paper.draw(request.page, frame, request.pixels))


def _page_drawn(request: DrawPage | DrawThumbnail, frame: Framing, pixels: bytes) -> PageDrawn:
    return PageDrawn(
        number=request.number,
        document=request.document,
        page=request.page,
        zoom=frame.zoom,
        rotation=frame.rotation,
        left=frame.left,
        top=frame.top,
        width=frame.width,
        height=frame.height,
        page_width=frame.page_width,
        page_height=frame.page_height,
        stride=frame.width * (4 if request.pixels is PixelFormat.BGRA else 3),
        pixel_format=request.pixels,
        pixels=pixels,
    )


def _text(request: ReadText, shelf: Shelf) -> Iterator[TextRead]:
    """Pages that can't be read give an empty text, so that the rest of the paper can be searched."""
    paper = shelf.paper(request.document, request.first_page)
    for start, stop, done in _pieces(request, len(paper.sizes)):
        limits.allow_processor_seconds(DOCUMENT_SECONDS)
        texts = []
        for page in range(start, stop):
            try:
                texts.append(paper.text(page))
            except PaperRefusedError:
                texts.append("")
        yield TextRead(
            number=request.number, document=request.document, first_page=start, texts=tuple(texts), done=done
        )


def _found(request: SearchText, shelf: Shelf) -> Iterator[TextFound]:
    paper = shelf.paper(request.document, request.first_page)
    left = max(0, request.limit)
    for start, stop, done in _pieces(request, len(paper.sizes)):
        limits.allow_processor_seconds(DOCUMENT_SECONDS)
        hits: list[Hit] = []
        for page in range(start, stop):
            try:
                hits += [Hit(page, boxes) for boxes in paper.find(page, request.needle, left - len(hits))]
            except PaperRefusedError:
                continue
        left -= len(hits)
        yield TextFound(
            number=request.number,
            document=request.document,
            through_page=stop - 1,
            hits=tuple(hits),
            done=done or left <= 0,
        )
        if left <= 0:
            return


def _pieces(request: ReadText | SearchText, pages: int) -> Iterator[tuple[int, int, bool]]:
    """(first page, page after the last, whether it is the last piece), PIECE_PAGES pages at a time."""
    end = pages + 1 if request.pages is None else min(pages + 1, request.first_page + max(1, request.pages))
    for start in range(request.first_page, end, PIECE_PAGES):
        stop = min(start + PIECE_PAGES, end)
        yield start, stop, stop == end


def _pipes() -> tuple[int, BinaryIO]:
    """Requests' descriptor and answers' file; descriptors 1 and 2 then lead nowhere, whoever writes to them."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return 0, answers


if __name__ == "__main__":
    sys.exit(main())
