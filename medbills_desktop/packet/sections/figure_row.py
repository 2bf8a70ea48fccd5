"""The few figures that matter, large, side by side between two rules."""

from __future__ import annotations

from reportlab.platypus import Flowable

from medbills_desktop.packet import look
from medbills_desktop.packet.fonts import BOLD, REGULAR, width

_LABEL, _LARGEST_FIGURE = 8.3, 20.0
_HEIGHT = 50.0
_GAP = 18.0


class FigureRow(Flowable):  # type: ignore[misc]
    """Labels with their figures in equal columns; long figures are set smaller, all alike, so that none is cut."""

    def __init__(self, figures: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.figures = figures
        self.width, self.height = look.TEXT_WIDTH, _HEIGHT

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        column = self.width / len(self.figures)
        widest = max(width(figure, BOLD, _LARGEST_FIGURE) for _, figure in self.figures)
        size = min(_LARGEST_FIGURE, _LARGEST_FIGURE * (column - _GAP) / widest)
        self.canv.setLineWidth(look.RULE)
        self.canv.setStrokeGray(look.BLACK)
        self.canv.line(0, self.height, self.width, self.height)
        self.canv.line(0, 0, self.width, 0)
        for place, (label, figure) in enumerate(self.figures):
            self.canv.drawn_as = self.canv.tags.here.add("P")
            self.canv.setFillGray(look.MUTED)
            self.canv.setFont(REGULAR, _LABEL)
            self.canv.drawString(place * column, self.height - 15, label)
            self.canv.setFillGray(look.BLACK)
            self.canv.setFont(BOLD, size)
            self.canv.drawString(place * column, 12, figure)
        self.canv.drawn_as = None
