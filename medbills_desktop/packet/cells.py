"""What stands in a cell of a table: lines of plain text, drawn directly, or a paragraph where there is more to it.

Paragraphs of the PDF writer take ten times as long; most cells of an itemized bill need none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from reportlab.lib.enums import TA_RIGHT
from reportlab.platypus import Paragraph

from medbills_desktop.packet.fonts import REGULAR, font, font_for, width
from medbills_desktop.packet.typesetting import Markup, Typesetter

_ENDLESS = 1e6
_MOST_SQUEEZED = 1.6
"""How much wider than its column a figure may be and still be set smaller in one line instead of broken in two."""


class Cell(Protocol):
    """A measured cell; all sizes in points."""

    @property
    def height(self) -> float: ...

    def split(self, room: float, height: float) -> tuple[Cell | None, Cell | None]:
        """The part that fits into `height` and the rest."""

    def draw(self, canvas: Any, x: float, top: float, room: float) -> None:
        """Draw it with its upper left corner at `x`, `top`."""


@dataclass(frozen=True, slots=True)
class PlainCell:
    """Lines of text in the family itself, at the size of the style or smaller."""

    lines: tuple[str, ...]
    style: Any
    size: float

    @property
    def height(self) -> float:
        return float(self.style.leading) * len(self.lines)

    def lowered(self, lines: int) -> PlainCell:
        """The cell with its text at the foot of so many lines, as heads of columns stand on their rule."""
        return replace(self, lines=("",) * (lines - len(self.lines)) + self.lines)

    def split(self, room: float, height: float) -> tuple[Cell | None, Cell | None]:
        del room
        fitting = int(height // self.style.leading)
        if fitting >= len(self.lines):
            return self, None
        above = replace(self, lines=self.lines[:fitting]) if fitting > 0 else None
        return above, replace(self, lines=self.lines[max(0, fitting) :])

    def draw(self, canvas: Any, x: float, top: float, room: float) -> None:
        if not self.lines:
            return
        style = self.style
        canvas.setFillColor(style.textColor)
        base = top - style.fontSize  # as paragraphs of one font do, so that a link stands level with its row
        drawing = canvas.beginText(x, base)
        drawing.setFont(style.fontName, self.size, style.leading)
        for place, line in enumerate(self.lines):
            if style.alignment == TA_RIGHT:
                taken = width(line.rstrip(), style.fontName, self.size)
                drawing.setTextOrigin(x + room - taken, base - place * style.leading)
            drawing.textLine(line)
        canvas.drawText(drawing)


@dataclass(frozen=True, slots=True)
class MarkupCell:
    """A paragraph with links, several fonts or right-to-left text."""

    paragraph: Paragraph

    @property
    def height(self) -> float:
        return float(self.paragraph.height)

    def split(self, room: float, height: float) -> tuple[Cell | None, Cell | None]:
        if self.height <= height:
            return self, None
        parts = self.paragraph.split(room, height)
        if len(parts) < 2:
            return None, self
        for part in parts:
            part.wrap(room, _ENDLESS)
        return MarkupCell(parts[0]), MarkupCell(parts[1])

    def draw(self, canvas: Any, x: float, top: float, room: float) -> None:
        del room
        self.paragraph.drawOn(canvas, x, top - self.paragraph.height)


def cell_of(text: str, style: Any, room: float, setter: Typesetter) -> Cell:
    """The cell for a text, broken to `room` points. A figure that is a little too wide is set smaller instead."""
    if isinstance(text, Markup):
        return MarkupCell(setter.paragraph(text, style, room))
    if not _is_plain(text, style.fontName):
        markup = setter.markup(text, style.fontName != REGULAR, style.fontSize, room)
        return MarkupCell(setter.paragraph(markup, style, room))
    if not text:
        return PlainCell((), style, style.fontSize)
    taken = width(text, style.fontName, style.fontSize)
    if style.alignment == TA_RIGHT and " " not in text and room < taken <= room * _MOST_SQUEEZED:
        return PlainCell((text,), style, style.fontSize * room / taken)
    lines = (text,) if taken <= room and "\n" not in text else tuple(broken_lines(text, style, room))
    return PlainCell(lines, style, style.fontSize)


def broken_lines(text: str, style: Any, room: float) -> Iterator[str]:
    """The lines of a text broken at spaces, and inside words that are wider than `room`.

    Where words end a space stays, since a reader that goes by the text would join the words of two lines.
    """
    measure = font(style.fontName).stringWidth
    space = measure(" ", style.fontSize)
    for paragraph in text.split("\n"):
        line, taken = "", 0.0
        for word in paragraph.split(" "):
            wide = measure(word, style.fontSize)
            if line and taken + space + wide <= room:
                line, taken = f"{line} {word}", taken + space + wide
                continue
            if line:
                yield f"{line} "
            *full, line = _pieces(word, wide, style, room)
            yield from full
            taken = measure(line, style.fontSize)
        yield f"{line} "


def _pieces(word: str, wide: float, style: Any, room: float) -> list[str]:
    """A word in pieces that fit into a line each; usually the word itself."""
    if wide <= room:
        return [word]
    measure = font(style.fontName).stringWidth
    pieces, taken = [""], 0.0
    for char in word:
        more = measure(char, style.fontSize)
        if pieces[-1] and taken + more > room:
            pieces.append("")
            taken = 0.0
        pieces[-1] += char
        taken += more
    return pieces


def _is_plain(text: str, weight: str) -> bool:
    """Whether every character can be drawn as it is, in the family itself and from left to right."""
    if text.isascii():
        return text.replace("\n", " ").isprintable() if text else True
    return all(char == "\n" or (char.isprintable() and font_for(char, weight) == weight) for char in text)
