"""PDF pages by MuPDF, with PDFium as the second engine for what MuPDF can't draw.

MuPDF's own low-level interface is used on purpose: it opens with the PDF parser whatever the file's name
and content pretend, draws exact tiles, and fills the page white before blending. Its script engine is never
switched on.

PDFium draws a page when MuPDF refuses it, reports a picture it could not decode, or when the page holds
JBIG2 pictures: of 60 such test files MuPDF 1.28 drew 9 as a black and 3 as a wrong page without a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pymupdf
from pymupdf import mupdf

from medbills_desktop.papers.geometry import LETTER, Framing
from medbills_desktop.papers.pdf_facts import has_jbig2, notices_of
from medbills_desktop.papers.pdfium_pages import PdfiumPaper
from medbills_desktop.papers.protocol import Box, PageSize, PixelFormat, Word
from medbills_desktop.papers.reading import MAX_PAGES, Paper
from medbills_desktop.papers.reasons import Notice, PaperRefusedError, Why, Worth, notice, refused
from medbills_desktop.papers.refusing import refusing
from medbills_desktop.papers.sniffing import Kind
from medbills_desktop.papers.text import Place, folded, in_lines, lines_of, places_of

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

_TEXT_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
_MAX_WORDS = 100_000
_UNDECODED = ("cannot decode", "jbig2", "openjpeg", "jpx", "cannot load image", "unknown jpeg")


def open_pdf(path: Path, password: str | None) -> Paper:
    """Open a PDF. Raises PaperRefusedError: password, wrong-password, damaged, no-pages, too-large."""
    try:
        return MupdfPaper(path, password)
    except PaperRefusedError as refusal:
        if refusal.reason.code not in {Why.DAMAGED, Why.NO_PAGES}:
            raise
        try:
            return PdfiumPaper(path, password, (notice(Worth.REPAIRED),))
        except PaperRefusedError as second:
            raise (second if second.reason.code in {Why.PASSWORD, Why.WRONG_PASSWORD} else refusal) from None


class MupdfPaper:
    """An open PDF; see Paper."""

    kind = Kind.PDF

    def __init__(self, path: Path, password: str | None) -> None:
        self._path = path
        self._password = password
        self._second: PdfiumPaper | None = None
        self._second_tried = False
        self._drawn_second: dict[int, bool] = {}
        with refusing(Why.DAMAGED):
            self._document = mupdf.pdf_open_document(str(path))
            _unlock(self._document, password)
            count = mupdf.pdf_count_pages(self._document)
        if count < 1:
            raise refused(Why.NO_PAGES)
        if count > MAX_PAGES:
            raise refused(Why.TOO_LARGE)
        self.sizes: tuple[PageSize, ...] = tuple(self._size(page) for page in range(1, count + 1))
        with refusing(Why.DAMAGED):
            self.notices: tuple[Notice, ...] = notices_of(self._document, locked=password is not None)

    def draw(self, page: int, framing: Framing, pixels: PixelFormat) -> bytes:
        if self._belongs_to_second(page):
            try:
                return self._rescued(page, framing, pixels)
            except PaperRefusedError:
                self._drawn_second[page] = False
        pymupdf.TOOLS.reset_mupdf_warnings()
        try:
            with refusing(Why.DAMAGED_PAGE):
                drawn = _draw(self._page(page), framing, pixels)
        except PaperRefusedError:
            return self._rescued(page, framing, pixels)
        complaints = pymupdf.TOOLS.mupdf_warnings().lower()
        if any(word in complaints for word in _UNDECODED):
            try:
                drawn = self._rescued(page, framing, pixels)
            except PaperRefusedError:
                self._drawn_second[page] = False
        return drawn

    def words(self, page: int) -> list[Word]:
        with refusing(Why.DAMAGED_PAGE):
            found = pymupdf.TextPage(self._structured_text(page)).extractWORDS()
            return in_lines(Word(_clean(each[4]), each[0], each[1], each[2], each[3], 0) for each in found[:_MAX_WORDS])

    def text(self, page: int) -> str:
        return "\n".join(lines_of(self.words(page)))

    def find(self, page: int, needle: str, limit: int) -> list[tuple[Box, ...]]:
        with refusing(Why.DAMAGED_PAGE):
            structured = pymupdf.TextPage(self._structured_text(page))
            if folded(needle) not in folded(structured.extractText()):
                return []
            return places_of(needle, _places(structured.extractRAWDICT()), limit)

    def close(self) -> None:
        if self._second is not None:
            self._second.close()
            self._second = None
        self._document = None

    def _page(self, page: int) -> Any:
        return mupdf.pdf_load_page(self._document, page - 1)

    def _size(self, page: int) -> PageSize:
        try:
            with refusing(Why.DAMAGED_PAGE):
                box = mupdf.pdf_bound_page(self._page(page), mupdf.FZ_CROP_BOX)
                return PageSize(box.x1 - box.x0, box.y1 - box.y0)
        except PaperRefusedError:
            self._drawn_second[page] = True
        second = self._pdfium()
        return second.sizes[page - 1] if second is not None and page <= len(second.sizes) else LETTER

    def _structured_text(self, page: int) -> Any:
        loaded = self._page(page)
        box = mupdf.pdf_bound_page(loaded, mupdf.FZ_CROP_BOX)
        structured = mupdf.FzStextPage(mupdf.FzRect(0, 0, box.x1 - box.x0, box.y1 - box.y0))
        device = mupdf.fz_new_stext_device(structured, mupdf.FzStextOptions(_TEXT_FLAGS))
        mupdf.pdf_run_page(loaded, device, mupdf.FzMatrix(1, 0, 0, 1, -box.x0, -box.y0), mupdf.FzCookie())
        mupdf.fz_close_device(device)
        return structured

    def _belongs_to_second(self, page: int) -> bool:
        if page not in self._drawn_second:
            try:
                with refusing(Why.DAMAGED_PAGE):
                    self._drawn_second[page] = has_jbig2(self._document, page) and self._pdfium() is not None
            except PaperRefusedError:
                self._drawn_second[page] = False
        return self._drawn_second[page]

    def _rescued(self, page: int, framing: Framing, pixels: PixelFormat) -> bytes:
        second = self._pdfium()
        if second is None or page > len(second.sizes):
            raise refused(Why.DAMAGED_PAGE)
        drawn = second.draw(page, framing, pixels)
        self._drawn_second[page] = True
        return drawn

    def _pdfium(self) -> PdfiumPaper | None:
        """The paper as the second engine sees it; None when it refuses it. Tried once."""
        if not self._second_tried:
            self._second_tried = True
            try:
                self._second = PdfiumPaper(self._path, self._password, ())
            except PaperRefusedError:
                self._second = None
        return self._second


def _unlock(document: Any, password: str | None) -> None:
    """An owner's restrictions on copying are ignored: the paper is the person's own."""
    if mupdf.pdf_needs_password(document):
        if password is None:
            raise refused(Why.PASSWORD)
        if not mupdf.pdf_authenticate_password(document, password):
            raise refused(Why.WRONG_PASSWORD)


def _draw(page: Any, framing: Framing, pixels: PixelFormat) -> bytes:
    bgra = pixels is PixelFormat.BGRA
    colours = mupdf.fz_device_bgr() if bgra else mupdf.fz_device_rgb()
    right, bottom = framing.left + framing.width, framing.top + framing.height
    area = mupdf.FzIrect(framing.left, framing.top, right, bottom)
    picture = mupdf.fz_new_pixmap_with_bbox(colours, area, mupdf.FzSeparations(), int(bgra))
    mupdf.fz_clear_pixmap_with_value(picture, 255)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), picture)
    mupdf.pdf_run_page(page, device, _matrix(page, framing), mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return bytes(mupdf.fz_pixmap_samples_memoryview(picture))


def _matrix(page: Any, framing: Framing) -> Any:
    """From the engine's page space to pixels of the whole turned page."""
    box = mupdf.pdf_bound_page(page, mupdf.FZ_CROP_BOX)
    width, height = framing.page_width, framing.page_height
    if framing.rotation % 180:
        width, height = height, width
    across = width / max(box.x1 - box.x0, 1e-3)
    down = height / max(box.y1 - box.y0, 1e-3)
    left, top = -box.x0 * across, -box.y0 * down
    match framing.rotation:
        case 90:
            return mupdf.FzMatrix(0, across, -down, 0, height - top, left)
        case 180:
            return mupdf.FzMatrix(-across, 0, 0, -down, width - left, height - top)
        case 270:
            return mupdf.FzMatrix(0, -across, down, 0, top, width - left)
    return mupdf.FzMatrix(across, 0, 0, down, left, top)


def _places(raw: dict[str, Any]) -> Sequence[Place]:
    lines = [line for block in raw["blocks"] for line in block.get("lines", ())]
    return [
        (_clean(char["c"]), *char["bbox"], number)
        for number, line in enumerate(lines)
        for span in line["spans"]
        for char in span["chars"]
    ]


def _clean(printed: str) -> str:
    """Without lone surrogates and NUL, which neither a pipe's JSON reader nor a database takes."""
    if printed.isascii() and "\0" not in printed:
        return printed
    return printed.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
