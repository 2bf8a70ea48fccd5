"""Drawing on pixels: text, grain, light and perspective for the photographed letter and the scanned receipt.

Everything random comes from a seed, so that a rebuild gives the same picture.
"""

from __future__ import annotations

import math
import random

from PIL import Image, ImageDraw, ImageFont

from workshop.sheet import FONTS

FACES = {
    "Sans": FONTS / "MedBillsSans-Regular.ttf",
    "SansBold": FONTS / "MedBillsSans-SemiBold.ttf",
    "Mono": FONTS / "NanumGothicCoding.ttf",
}
Point = tuple[float, float]


def face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels, laid out by Pillow itself on every machine."""
    return ImageFont.truetype(str(FACES[name]), size, layout_engine=ImageFont.Layout.BASIC)


def wrapped(words: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Lines no wider than `width` pixels."""
    lines: list[str] = []
    line = ""
    for word in words.split(" "):
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def grain(size: tuple[int, int], seed: int, low: int, high: int) -> Image.Image:
    """A grey picture of even noise between `low` and `high`."""
    width, height = size
    noise = Image.frombytes("L", size, random.Random(seed).randbytes(width * height))
    span = high - low
    return noise.point([low + value * span // 255 for value in range(256)])


def light(size: tuple[int, int], source: Point, bright: float, dark: float) -> Image.Image:
    """A soft lamp: brightest at `source` (fractions of the picture), falling off with distance."""
    columns, rows = 36, 48
    values = bytearray()
    for row in range(rows):
        for column in range(columns):
            away = math.hypot(column / columns - source[0], row / rows - source[1])
            values.append(round(255 * min(1.0, max(dark, bright - 0.42 * away))))
    small = Image.frombytes("L", (columns, rows), bytes(values))
    return small.resize(size, Image.Resampling.BICUBIC)


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a small system of linear equations by elimination with pivoting."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[index][size] / rows[index][index] for index in range(size)]


def perspective(corners: list[Point], size: tuple[int, int]) -> list[float]:
    """Pillow's eight numbers that lay a picture of `size` onto the four corners (clockwise from top left)."""
    width, height = size
    matrix: list[list[float]] = []
    right: list[float] = []
    flat = [(0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height))]
    for (x, y), (u, v) in zip(corners, flat, strict=True):
        matrix.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        matrix.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        right += [u, v]
    return solve(matrix, right)


def squiggle(draw: ImageDraw.ImageDraw, points: list[Point], color: tuple[int, int, int], weight: int) -> None:
    """A pen stroke through those points."""
    draw.line(points, fill=color, width=weight, joint="curve")
