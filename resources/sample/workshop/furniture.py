"""What papers of billing offices have in common: perforations, barcodes, payment grids, stamps, logos, signatures."""

from __future__ import annotations

import math
import random
from typing import Any

from reportlab.graphics.barcode import code128, qr
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, HexColor

from workshop.sheet import INK, Sheet

GREY = "#6B6B6B"


def perforation(sheet: Sheet, y: float, words: str = "") -> None:
    """The dashed tear line across the page, with its instruction in the middle."""
    sheet.rule(0, y, sheet.width, 0.5, "#8C8C8C", (3.2, 2.6))
    if words:
        width = sheet.measure(words, "Helvetica", 6.5) + 12
        sheet.box(sheet.width / 2 - width / 2, y - 5, width, 10, fill="#FFFFFF")
        sheet.text(sheet.width / 2, y + 2.2, words, "Helvetica", 6.5, GREY, "center")


def stripes(sheet: Sheet, x: float, y: float, content: str, height: float = 18, bar: float = 0.72) -> None:
    """A linear barcode whose top left corner is at (x, y)."""
    code: Any = code128.Code128(content, barWidth=bar, barHeight=height, quiet=0)
    code.drawOn(sheet.canvas, x, sheet.height - y - height)


def square_code(sheet: Sheet, x: float, y: float, content: str, side: float = 62) -> None:
    """A square code with its top left corner at (x, y)."""
    widget: Any = qr.QrCodeWidget(content, barLevel="M", barBorder=0)
    left, bottom, right, top = widget.getBounds()
    scale = side / max(right - left, top - bottom)
    drawing: Any = Drawing(side, side, transform=[scale, 0, 0, scale, 0, 0])
    drawing.add(widget)
    drawing.drawOn(sheet.canvas, x, sheet.height - y - side)


def mailing_marks(sheet: Sheet, seed: int) -> None:
    """The short bars that inserting machines read, in the left margin, and the fold ticks on both sides."""
    dice = random.Random(seed)
    for row in range(9):
        if row in (0, 8) or dice.random() < 0.55:
            sheet.rule(14, 230 + row * 9, 25, 1.5, "#222222")
    for y in (264.0, 528.0):
        for x in (3.0, sheet.width - 8):
            sheet.rule(x, y, x + 5, 0.4, "#9A9A9A")


def scan_line(sheet: Sheet, x: float, y: float, account: str, amount: int) -> None:
    """The machine-readable line at the foot of a payment slip: account and amount with a check digit."""
    digits = "".join(sign for sign in account if sign.isdigit())
    body = f"{digits:0>12}{amount:09d}"
    check = sum((index % 3 + 1) * int(digit) for index, digit in enumerate(body)) % 10
    sheet.text(x, y, f"{body[:12]}  {body[12:]}  {check}", "Courier", 10.5, INK, spread=1.1)


def received_stamp(sheet: Sheet, x: float, y: float, day: str, tilt: float = -4, color: str = "#2E4E9E") -> None:
    """The family's own date stamp, a little crooked and unevenly inked."""
    pen = sheet.canvas
    pen.saveState()
    pen.translate(x, sheet.height - y)
    pen.rotate(tilt)
    ink = HexColor(color)
    pen.setStrokeColor(Color(ink.red, ink.green, ink.blue, alpha=0.62))
    pen.setFillColor(Color(ink.red, ink.green, ink.blue, alpha=0.68))
    pen.setLineWidth(1.3)
    pen.roundRect(0, 0, 92, 30, 2.5, stroke=1, fill=0)
    pen.setFont("Helvetica-Bold", 9)
    pen.drawCentredString(46, 17.5, "RECEIVED")
    pen.setFont("Courier-Bold", 10)
    pen.drawCentredString(46, 6, day)
    pen.restoreState()


def signature(sheet: Sheet, x: float, y: float, seed: int, width: float = 120, color: str = "#22335F") -> None:
    """A written name: one looping stroke on the baseline `y` with a tall start and a tail."""
    points = [(x + px, sheet.height - y + py) for px, py in scribble(seed, width)]
    path = sheet.canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    sheet.canvas.setStrokeColor(HexColor(color))
    sheet.canvas.setLineWidth(1.0)
    sheet.canvas.setLineCap(1)
    sheet.canvas.setLineJoin(1)
    sheet.canvas.drawPath(path, stroke=1, fill=0)
    sheet.canvas.setLineCap(0)
    sheet.canvas.setLineJoin(0)


def scribble(seed: int, width: float) -> list[tuple[float, float]]:
    """Points of a handwritten stroke that begins at the origin; y grows upwards."""
    dice = random.Random(seed)
    heights = [dice.uniform(5, 9) for _ in range(9)]
    heights[0] = 23
    heights[dice.randrange(3, 6)] = 19
    points = []
    for step in range(9 * 24):
        turn, part = divmod(step, 24)
        angle = 2 * math.pi * part / 24
        following = heights[min(turn + 1, 8)]
        tall = heights[turn] + (following - heights[turn]) * part / 24
        forward = width * (step / (9 * 24)) ** 1.1
        lean = tall * 0.28
        points.append((forward - lean * math.sin(angle) + lean, tall / 2 * (1 - math.cos(angle))))
    end = points[-1][0]
    tail = [(end + 3 * step, 3 * math.sin(step / 2.2) - step * 0.25) for step in range(1, 13)]
    return [(round(px, 2), round(py, 2)) for px, py in points + tail]


def lantern(sheet: Sheet, x: float, y: float, size: float, color: str, glow: str) -> None:
    """The hospital's sign: a lantern on a hill; (x, y) is the top left corner of a square."""
    unit = size / 20
    sheet.box(x, y, size, size, fill=color, radius=size * 0.2)
    sheet.polygon([(x + 7.2 * unit, y + 7 * unit), (x + 12.8 * unit, y + 7 * unit),
                   (x + 13.6 * unit, y + 13 * unit), (x + 6.4 * unit, y + 13 * unit)], glow)  # fmt: skip
    sheet.box(x + 6.6 * unit, y + 4.9 * unit, 6.8 * unit, 1.3 * unit, fill="#FFFFFF")
    sheet.box(x + 8.6 * unit, y + 3.1 * unit, 2.8 * unit, 1.3 * unit, fill="#FFFFFF")
    sheet.polygon([(x + 2.4 * unit, y + 17 * unit), (x + 6.5 * unit, y + 14.2 * unit),
                   (x + 13.5 * unit, y + 14.2 * unit), (x + 17.6 * unit, y + 17 * unit)], "#FFFFFF")  # fmt: skip


def card_boxes(sheet: Sheet, x: float, y: float, face: str = "Helvetica") -> None:
    """The fields for paying by card on a payment slip, 250 points wide."""
    for column, name in enumerate(("CREDIT", "DEBIT", "HSA / FSA", "CHECK")):
        sheet.box(x + column * 62, y, 6.5, 6.5, edge="#555555")
        sheet.text(x + column * 62 + 10, y + 6, name, face, 6.5, GREY)
    for left, width, label in ((0, 178, "CARD NUMBER"), (184, 66, "EXP. DATE")):
        sheet.box(x + left, y + 12, width, 19, edge="#777777", weight=0.5)
        sheet.text(x + left + 3, y + 18, label, face, 5, GREY)
    for left, width, label in ((0, 178, "SIGNATURE"), (184, 66, "AMOUNT PAID")):
        sheet.box(x + left, y + 34, width, 19, edge="#777777", weight=0.5)
        sheet.text(x + left + 3, y + 40, label, face, 5, GREY)
