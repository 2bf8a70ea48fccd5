"""The foot of every page that the program sets: what it is on the left, which page of how many on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.packet import look
from medbills_desktop.packet.fonts import REGULAR, font_for, width
from medbills_desktop.packet.typesetting import Typesetter

SIZE = 8.3
"""Size of the letters in points."""
_GAP = 16.0


def draw_foot(canvas: Any, left: str, page: int, pages: int | str, side: float = look.MARGIN_SIDE) -> None:
    """Draw the foot of a page with margins of `side` points; what is too long on the left ends in an ellipsis."""
    number = f"page {page} of {pages}"
    canvas.setFont(REGULAR, SIZE)
    canvas.setFillGray(look.BLACK)
    canvas.drawRightString(look.PAGE_WIDTH - side, look.FOOTER_LINE, number)
    canvas.setFillGray(look.MUTED)
    drawing = canvas.beginText(side, look.FOOTER_LINE)
    room = look.PAGE_WIDTH - 2 * side - width(number, REGULAR, SIZE) - _GAP
    for run, name in _runs(_fitted(Typesetter().drawable(left), room)):
        drawing.setFont(name, SIZE)
        drawing.textOut(run)
    canvas.drawText(drawing)


def footed(left: str, side: float = look.MARGIN_SIDE, first: int = 1) -> Callable[..., Canvas]:
    """A canvas for documents that stand alone: at the end each page from `first` on gets its foot, as the number of all
    is known then."""

    class Footed(Canvas):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            kept = self._kept
            for page, state in enumerate(kept, 1):
                self.__dict__.update(state)
                if page >= first:
                    draw_foot(self, left, page, len(kept), side)
                super().showPage()
            super().save()

    return Footed


def _fitted(text: str, room: float) -> str:
    if width(text, REGULAR, SIZE) <= room:
        return text
    while text and width(f"{text}…", REGULAR, SIZE) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _runs(text: str) -> list[tuple[str, str]]:
    """The text in stretches of one font each."""
    runs: list[tuple[str, str]] = []
    for char in text:
        name = font_for(char, REGULAR) or REGULAR
        if runs and runs[-1][1] == name:
            runs[-1] = (runs[-1][0] + char, name)
        else:
            runs.append((char, name))
    return runs
