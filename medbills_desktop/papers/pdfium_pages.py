"""PDF pages by PDFium, the second engine; see pdf_pages for when it is asked."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

from medbills_desktop.papers.geometry import LETTER, Framing
from medbills_desktop.papers.protocol import Box, PageSize, PixelFormat, Word
from medbills_desktop.papers.reasons import Notice, Why, refused
from medbills_desktop.papers.refusing import refusing
from medbills_desktop.papers.sniffing import Kind
from medbills_desktop.papers.text import Place, in_lines, lines_of, places_of

_MAX_PAGES = 20_000


class PdfiumPaper:
    """An open PDF; see Paper. The library is loaded only when the first such paper is needed."""

    kind = Kind.PDF

    def __init__(self, path: Path, password: str | None, notices: tuple[Notice, ...]) -> None:
        import pypdfium2
        import pypdfium2.raw

        self._raw: Any = pypdfium2.raw
        self._document: Any = None
        with refusing(Why.DAMAGED):
            try:
                self._document = pypdfium2.PdfDocument(path, password=password)
            except pypdfium2.PdfiumError as fault:
                if "password" in str(fault).lower():
                    raise refused(Why.PASSWORD if password is None else Why.WRONG_PASSWORD) from fault
                raise
            if self._document.get_formtype() == self._raw.FORMTYPE_ACRO_FORM:
                self._document.init_forms()  # so that form entries are drawn; this build runs no scripts
            count = len(self._document)
        if not 1 <= count <= _MAX_PAGES:
            self.close()
            raise refused(Why.TOO_LARGE if count else Why.NO_PAGES)
        self.sizes: tuple[PageSize, ...] = tuple(self._size(index) for index in range(count))
        self.notices = notices

    def draw(self, page: int, framing: Framing, pixels: PixelFormat) -> bytes:
        raw = self._raw
        with refusing(Why.DAMAGED_PAGE):
            loaded = self._document[page - 1]
            try:
                layout = raw.FPDFBitmap_BGRA if pixels is PixelFormat.BGRA else raw.FPDFBitmap_BGR
                per_pixel = 4 if pixels is PixelFormat.BGRA else 3
                stride = framing.width * per_pixel
                rows = (ctypes.c_ubyte * (stride * framing.height))()
                picture = raw.FPDFBitmap_CreateEx(framing.width, framing.height, layout, rows, stride)
                if not picture:
                    raise MemoryError
                self._paint(loaded, picture, framing, swap=pixels is PixelFormat.RGB)
                return bytes(rows)
            finally:
                loaded.close()

    def words(self, page: int) -> list[Word]:
        words: list[Word] = []
        for char, left, top, right, bottom, line in [*self._places(page), (" ", 0.0, 0.0, 0.0, 0.0, -1)]:
            if char.isspace():
                words.append(Word("", 0, 0, 0, 0, -1))
            elif words and words[-1].text and words[-1].line == line:
                last = words[-1]
                words[-1] = Word(
                    last.text + char,
                    min(last.left, left),
                    min(last.top, top),
                    max(last.right, right),
                    max(last.bottom, bottom),
                    line,
                )
            else:
                words.append(Word(char, left, top, right, bottom, line))
        return in_lines(word for word in words if word.text)

    def text(self, page: int) -> str:
        return "\n".join(lines_of(self.words(page)))

    def find(self, page: int, needle: str, limit: int) -> list[tuple[Box, ...]]:
        return places_of(needle, self._places(page), limit)

    def letters(self, page: int) -> list[Place]:
        """Every character with its place, in the file's order."""
        return self._places(page)

    def plain_text(self, page: int) -> str:
        """The characters alone, which costs a fraction of finding their places."""
        with refusing(Why.DAMAGED_PAGE):
            loaded = self._document[page - 1]
            try:
                read = loaded.get_textpage()
                try:
                    return str(read.get_text_range(errors="replace"))
                finally:
                    read.close()
            finally:
                loaded.close()

    def close(self) -> None:
        if self._document is not None:
            self._document.close()
            self._document = None

    def _size(self, index: int) -> PageSize:
        with refusing(Why.DAMAGED_PAGE):
            width, height = self._document.get_page_size(index)
        return PageSize(width, height) if width > 0 and height > 0 else LETTER

    def _paint(self, page: Any, picture: Any, framing: Framing, swap: bool) -> None:
        raw = self._raw
        try:
            raw.FPDFBitmap_FillRect(picture, 0, 0, framing.width, framing.height, 0xFFFFFFFF)
            flags = raw.FPDF_ANNOT | (raw.FPDF_REVERSE_BYTE_ORDER if swap else 0)
            turn = framing.rotation // 90
            where = (-framing.left, -framing.top, framing.page_width, framing.page_height)
            raw.FPDF_RenderPageBitmap(picture, page.raw, *where, turn, flags)
            if self._document.formenv is not None:
                raw.FPDF_FFLDraw(self._document.formenv, picture, page.raw, *where, turn, flags)
        finally:
            raw.FPDFBitmap_Destroy(picture)

    def _places(self, page: int) -> list[Place]:
        """Characters with their places as shown; PDFium's own are in the unturned page, origin bottom left."""
        raw = self._raw
        size = self.sizes[page - 1]
        scale = 8.0  # device units per point, since PDFium's conversion gives whole numbers
        with refusing(Why.DAMAGED_PAGE):
            loaded = self._document[page - 1]
            read = loaded.get_textpage()
            try:
                places: list[Place] = []
                line = 0
                for index in range(read.count_chars()):
                    char = chr(raw.FPDFText_GetUnicode(read.raw, index) or 0xFFFD)
                    if char in "\r\n":
                        line += char == "\n"
                        continue
                    box = self._shown(loaded, read.get_charbox(index), size, scale)
                    places.append((char, *box, line))
                return places
            finally:
                read.close()
                loaded.close()

    def _shown(
        self, page: Any, box: tuple[float, float, float, float], size: PageSize, scale: float
    ) -> tuple[float, float, float, float]:
        raw = self._raw
        across, down = [], []
        for x, y in (box[:2], box[2:]):
            device_x, device_y = ctypes.c_int(), ctypes.c_int()
            area = (0, 0, int(size.width * scale), int(size.height * scale), 0)
            raw.FPDF_PageToDevice(page.raw, *area, x, y, ctypes.byref(device_x), ctypes.byref(device_y))
            across.append(device_x.value / scale)
            down.append(device_y.value / scale)
        return min(across), min(down), max(across), max(down)
