"""The characters of a page with their places, read in several ways, so that what one reading takes apart another finds.

Two engines read, since each sees text that the other does not; MuPDF once as the file says that its text is to be
copied and once as it is drawn; and its lines once in the file's order and once in printed rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pymupdf

from medbills_desktop.papers.pdfium_pages import PdfiumPaper
from medbills_desktop.papers.reasons import PaperRefusedError
from medbills_desktop.papers.spots import Spot, moved

Letter = tuple[str, Spot | None]
"""A character and its box in points of the page as shown, `None` for a blank or a line end that is put in."""

_Line = tuple[Spot, list[Letter]]

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE
_BREAK: Letter = ("\n", None)
_GAP: Letter = (" ", None)
_UNKNOWN = "\ufffd"


def readings(
    page: Any, second: PdfiumPaper | None = None, number: int = 0, wanted: Callable[[str], bool] = bool
) -> Iterator[list[Letter]]:
    """The characters of a page of MuPDF, which is `number` (from 1) in the second engine.

    Finding places is slow in the second engine, so its reading comes only where its text is `wanted`.
    """
    known: set[str] = set()
    for flags in (_FLAGS, _FLAGS | pymupdf.TEXT_IGNORE_ACTUALTEXT):
        lines = _lines(page, flags)
        for reading in (_joined(lines), _joined_rows(lines)):
            text = text_of(reading)
            if text not in known:
                known.add(text)
                yield reading
    if second is not None:
        try:
            places = second.letters(number) if wanted(second.plain_text(number)) else []
        except PaperRefusedError:
            return
        if places:
            width = second.sizes[number - 1].width
            yield _of_second(places, page.rect.width / width if width else 1.0)


def text_of(letters: Iterable[Letter]) -> str:
    """The characters alone."""
    return "".join([char for char, _ in letters])


def inked_spots(reading: Iterable[Letter]) -> Iterator[Spot]:
    """The boxes of all characters but blanks."""
    for char, spot in reading:
        if spot is not None and not char.isspace():
            yield spot


def can_be_read(letters: Sequence[Letter]) -> bool:
    """Whether there are characters, and most of them are known: some files hold shapes only."""
    marks = [char for char, _ in letters if not char.isspace()]
    unknown = sum(char == _UNKNOWN or "\ue000" <= char <= "\uf8ff" or ord(char) < 32 for char in marks)
    return bool(marks) and unknown * 4 < len(marks)


def _lines(page: Any, flags: int) -> list[_Line]:
    turn = page.rotation
    shown = tuple(page.rotation_matrix)
    if turn:
        page.set_rotation(0)
    try:
        raw = page.get_text("rawdict", flags=flags)
    finally:
        if turn:
            page.set_rotation(turn)
    found: list[_Line] = []
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            letters: list[Letter] = [(each["c"], each["bbox"]) for span in line["spans"] for each in span["chars"]]
            box = line["bbox"]
            if turn:
                letters = [(char, moved(spot, shown)) for char, spot in letters if spot is not None]
                box = moved(box, shown)
            if letters:
                found.append((box, letters))
    return found


def _joined(lines: list[_Line]) -> list[Letter]:
    return [letter for _, line in lines for letter in (*line, _BREAK)]


def _joined_rows(lines: list[_Line]) -> list[Letter]:
    """Lines of about the same height one after the other, from the left: files store the parts of a row anywhere."""
    rows: list[list[_Line]] = []
    reach = float("-inf")
    for box, line in sorted(lines, key=_height):
        middle = (box[1] + box[3]) / 2
        if rows and middle < reach:
            rows[-1].append((box, line))
        else:
            rows.append([(box, line)])
            reach = middle + (box[3] - box[1]) / 4
    out: list[Letter] = []
    for row in rows:
        for _, line in sorted(row, key=_left):
            out += [*line, _GAP]
        out.append(_BREAK)
    return out


def _height(line: _Line) -> float:
    return line[0][1] + line[0][3]


def _left(line: _Line) -> float:
    return line[0][0]


def _of_second(places: Sequence[tuple[str, float, float, float, float, int]], scale: float) -> list[Letter]:
    """Only the first engine counts the unit that a page may set for itself."""
    out: list[Letter] = []
    line = 0
    for char, left, top, right, bottom, its_line in places:
        if its_line != line:
            out.append(_BREAK)
            line = its_line
        out.append((char, (left * scale, top * scale, right * scale, bottom * scale)))
    return out
