"""The words of a page that goes into the packet as a picture, laid invisibly over it, so that it can be searched."""

from __future__ import annotations

from collections.abc import Iterable

from medbills_desktop.papers.protocol import PageSize, Word
from medbills_desktop.papers.turning import shown_point, turns_for

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
"""Every letter of Courier is 0.6 of the type size wide, so no table of widths is needed."""

_LETTER_WIDTH = 0.6
_BASELINE = 0.2


def hidden_text(words: Iterable[Word], page: PageSize, rotation: int) -> bytes:
    """Drawing commands for the words of `page` (its size as the file shows it) turned by `rotation` degrees.

    The font is called /T. Words with letters that the font's encoding lacks are left out: a wrong letter would be
    found by mistake.
    """
    turns = turns_for(1, rotation)
    shown = PageSize(page.height, page.width) if rotation % 180 else page

    def at(x: float, y: float) -> tuple[float, float]:
        across, down = shown_point(x / page.width, y / page.height, turns)
        return across * shown.width, (1 - down) * shown.height

    commands = [b"BT 3 Tr /T 1 Tf"]
    for word in words:
        letters = _letters(word.text)
        height = word.bottom - word.top
        if letters and height > 0 and word.right > word.left:
            base = word.bottom - _BASELINE * height
            (x, y), (end_x, end_y), (up_x, up_y) = (
                at(word.left, base),
                at(word.right, base),
                at(word.left, base - height),
            )
            wide = _LETTER_WIDTH * len(letters)
            matrix = ((end_x - x) / wide, (end_y - y) / wide, up_x - x, up_y - y, x, y)
            place = " ".join(f"{each:.3f}" for each in matrix)
            commands.append(f"{place} Tm <{letters.hex()}20> Tj".encode("ascii"))
    return b"\n".join([*commands, b"ET"])


def _letters(printed: str) -> bytes:
    try:
        return printed.encode("cp1252")
    except UnicodeEncodeError:
        return b""
