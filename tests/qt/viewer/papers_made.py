"""Papers for the viewer's tests, made on the spot."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def typed_pdf(path: Path, pages: int = 3, lines: int = 30, size: tuple[float, float] = (612, 792)) -> Path:
    """Pages of numbered lines; each page also has a word of its own ("only7")."""
    canvas = Canvas(str(path), pagesize=size)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, size[1] - 60, f"Statement page {page} only{page}")
        for line in range(1, lines + 1):
            canvas.drawString(72, size[1] - 72 - 20 * line, f"Line {line} supply $ {page}.{line:02}")
        canvas.showPage()
    canvas.save()
    return path


def scanned_pdf(path: Path, pages: int = 300, side: tuple[int, int] = (850, 1100)) -> Path:
    """A scan: every page is one JPEG; ten different ones take turns."""
    canvas = Canvas(str(path), pagesize=(612, 792))
    pictures = [ImageReader(io.BytesIO(_scan(number, side))) for number in range(min(10, pages))]
    for page in range(pages):
        canvas.drawImage(pictures[page % len(pictures)], 0, 0, 612, 792)
        canvas.showPage()
    canvas.save()
    return path


def _scan(number: int, side: tuple[int, int]) -> bytes:
    image = Image.effect_noise(side, 12).convert("RGB")
    draw = ImageDraw.Draw(image)
    for row in range(40, side[1] - 40, 22):
        draw.rectangle((60, row, 60 + (row * (number + 3)) % (side[0] - 150), row + 8), fill=(40, 40, 60))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def quarters_pdf(path: Path, pages: int = 1) -> Path:
    """A page of 400 x 600 points whose quarters are red, green (right), blue (below), yellow (right below)."""
    canvas = Canvas(str(path), pagesize=(400, 600))
    for _ in range(pages):
        colours = (((1, 0, 0), 0, 300), ((0, 1, 0), 200, 300), ((0, 0, 1), 0, 0), ((1, 1, 0), 200, 0))
        for colour, left, bottom in colours:
            canvas.setFillColorRGB(*colour)
            canvas.rect(left, bottom, 200, 300, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def locked_pdf(path: Path, password: str) -> Path:
    """A typed page behind a password."""
    open_ = typed_pdf(path.with_name("open.pdf"), pages=2)
    with pikepdf.open(open_) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=password, owner="owner"))
    open_.unlink()
    return path


def photo(path: Path, kind: str = "JPEG") -> Path:
    """A picture, red above and blue below."""
    image = Image.new("RGB", (600, 800), (200, 30, 30))
    image.paste((30, 30, 200), (0, 400, 600, 800))
    image.save(path, kind)
    return path
