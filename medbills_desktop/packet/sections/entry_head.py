"""The first line of an entry of the contact log: when, with whom, how long, above a hairline."""

from __future__ import annotations

from reportlab.platypus import Flowable

from medbills_desktop.packet import look
from medbills_desktop.packet.fonts import BOLD, REGULAR, font_for, width

_HEIGHT, _SIZE = 27.0, 9.5


class EntryHead(Flowable):  # type: ignore[misc]
    """One line; what is too long for it ends in an ellipsis (the whole then stands below)."""

    def __init__(self, when: str, who: str, how_long: str) -> None:
        super().__init__()
        self.when, self.who, self.how_long = when, who, how_long
        self.keepWithNext = 1

    def wrap(self, *_: float) -> tuple[float, float]:
        self.width, self.height = look.TEXT_WIDTH, _HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(look.THIN)
        self.canv.setStrokeGray(look.HAIRLINE)
        self.canv.line(0, self.height - 8, self.width, self.height - 8)
        self.canv.setFillGray(look.BLACK)
        base = 3.0
        self.canv.drawn_as = self.canv.tags.here.add("H3")
        self.canv.tags.speak(self.canv.drawn_as, [[self.when, " ", self.who, " ", self.how_long]])
        _draw(self.canv, 0, base, fitted(self.when, look.ENTRY.leftIndent - 6))
        _draw(self.canv, look.ENTRY.leftIndent, base, fitted(self.who, self._room))
        self.canv.setFont(REGULAR, _SIZE)
        self.canv.drawRightString(self.width, base, self.how_long)
        self.canv.drawn_as = None

    @property
    def is_cut(self) -> bool:
        """Whether the name does not fit, so that it has to stand below as well."""
        return fitted(self.who, self._room) != self.who

    @property
    def _room(self) -> float:
        indent = float(look.ENTRY.leftIndent)
        return look.TEXT_WIDTH - indent - width(self.how_long, REGULAR, _SIZE) - 10


def fitted(text: str, room: float) -> str:
    """The text cut to `room` points, with an ellipsis where something was cut."""
    if width(text, BOLD, _SIZE) <= room:
        return text
    while text and width(f"{text}…", BOLD, _SIZE) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _draw(canvas: object, x: float, y: float, text: str) -> None:
    """Draw bold text, changing font where the family lacks a character."""
    drawing = canvas.beginText(x, y)  # type: ignore[attr-defined]
    for char in text:
        drawing.setFont(font_for(char, BOLD) or BOLD, _SIZE)
        drawing.textOut(char)
    canvas.drawText(drawing)  # type: ignore[attr-defined]
