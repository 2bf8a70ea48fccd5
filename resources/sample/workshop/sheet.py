"""The drawing board for papers: ReportLab with the origin at the top left, as the case file counts points.

Page streams and fonts are left uncompressed and the document id is fixed, so that the same facts and the same
ReportLab give the same bytes on every machine.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import reportlab
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

LETTER = (612.0, 792.0)
FONTS = Path(__file__).resolve().parents[2] / "fonts"
VERA = Path(reportlab.__file__).resolve().parent / "fonts"
FACES = {
    "Sans": FONTS / "MedBillsSans-Regular.ttf",
    "SansBold": FONTS / "MedBillsSans-SemiBold.ttf",
    "Vera": VERA / "Vera.ttf",
    "VeraBold": VERA / "VeraBd.ttf",
}
INK = "#1B1B1B"


@dataclass(frozen=True)
class Place:
    """Where something stands: page from 1, and left, top, right, bottom in points from the top left corner."""

    page: int
    rect: tuple[float, float, float, float]


def register_faces() -> None:
    """Make the embedded faces known to ReportLab; call once before drawing."""
    rl_config.useA85 = 0
    for name, path in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(path)))


class Sheet:
    """One PDF while it is drawn. All places are points from the top left corner of the page; y is a baseline."""

    def __init__(self, title: str, author: str, size: tuple[float, float] = LETTER) -> None:
        self.width, self.height = size
        self.page = 1
        self._bytes = io.BytesIO()
        self.canvas: Any = canvas.Canvas(self._bytes, pagesize=size, invariant=1, pageCompression=0)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject("Invented sample paper")

    def place(self, left: float, top: float, right: float, bottom: float) -> Place:
        """That rectangle of the present page, to the tenth of a point."""
        edges = (float(left), float(top), float(right), float(bottom))
        return Place(self.page, (round(edges[0], 1), round(edges[1], 1), round(edges[2], 1), round(edges[3], 1)))

    def finish(self) -> bytes:
        """Close the last page and return the whole file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._bytes.getvalue()

    def next_page(self) -> None:
        """Begin the following page."""
        self.canvas.showPage()
        self.page += 1

    def text(self, x: float, y: float, words: str, face: str = "Sans", size: float = 9, color: str = INK,
             align: str = "left", spread: float = 0) -> float:  # fmt: skip
        """Draw one line of text and return its width; `spread` is extra space between letters, in points."""
        width = self.measure(words, face, size) + spread * max(len(words) - 1, 0)
        left = x - {"left": 0.0, "right": width, "center": width / 2}[align]
        run = self.canvas.beginText(left, self.height - y)
        run.setFont(face, size)
        run.setFillColor(HexColor(color))
        run.setCharSpace(spread)
        run.textOut(words)
        self.canvas.drawText(run)
        return width

    def measure(self, words: str, face: str, size: float) -> float:
        """Width of a line of text, in points."""
        return float(pdfmetrics.stringWidth(words, face, size))

    def wrap(self, words: str, face: str, size: float, width: float) -> list[str]:
        """Break a text into lines no wider than `width`; a line break in the text is kept."""
        lines: list[str] = []
        for paragraph in words.split("\n"):
            line = ""
            for word in paragraph.split(" "):
                longer = f"{line} {word}" if line else word
                if line and self.measure(longer, face, size) > width:
                    lines.append(line)
                    longer = word
                line = longer
            lines.append(line)
        return lines

    def paragraph(self, x: float, y: float, words: str, width: float, face: str = "Sans", size: float = 9,
                  leading: float | None = None, color: str = INK) -> float:  # fmt: skip
        """Draw a wrapped text from baseline `y` down and return the baseline after its last line."""
        step = leading or size * 1.36
        for line in self.wrap(words, face, size, width):
            self.text(x, y, line, face, size, color)
            y += step
        return y

    def rule(self, x0: float, y: float, x1: float, weight: float = 0.5, color: str = INK,
             dash: tuple[float, ...] = ()) -> None:  # fmt: skip
        """A horizontal line."""
        self.line(x0, y, x1, y, weight, color, dash)

    def line(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.5, color: str = INK,
             dash: tuple[float, ...] = ()) -> None:  # fmt: skip
        """A straight line."""
        self.canvas.setDash(*([list(dash)] if dash else [[], 0]))
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeColor(HexColor(color))
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        self.canvas.setDash([], 0)

    def box(self, x: float, y: float, width: float, height: float, fill: str | None = None,
            edge: str | None = None, weight: float = 0.6, radius: float = 0) -> None:  # fmt: skip
        """A rectangle whose top left corner is at (x, y)."""
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        if edge:
            self.canvas.setStrokeColor(HexColor(edge))
            self.canvas.setLineWidth(weight)
        bottom = self.height - y - height
        self.canvas.roundRect(x, bottom, width, height, radius, stroke=int(bool(edge)), fill=int(bool(fill)))

    def polygon(self, points: list[tuple[float, float]], fill: str) -> None:
        """A filled shape through those corners."""
        path = self.canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        path.close()
        self.canvas.setFillColor(HexColor(fill))
        self.canvas.drawPath(path, stroke=0, fill=1)

    def disc(self, x: float, y: float, radius: float, fill: str | None = None, edge: str | None = None,
             weight: float = 0.8) -> None:  # fmt: skip
        """A circle around (x, y)."""
        if fill:
            self.canvas.setFillColor(HexColor(fill))
        if edge:
            self.canvas.setStrokeColor(HexColor(edge))
            self.canvas.setLineWidth(weight)
        self.canvas.circle(x, self.height - y, radius, stroke=int(bool(edge)), fill=int(bool(fill)))
