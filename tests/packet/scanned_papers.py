"""Papers of pictures that can't be packed any smaller, for what depends on the size of files."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def scanned(path: Path, pages: int, side: int = 240) -> Path:
    """A paper of pictures that can't be packed any smaller."""
    dice = random.Random(path.stem)
    canvas = Canvas(str(path), invariant=1)
    for page in range(1, pages + 1):
        picture = path.with_suffix(f".{page}.jpg")
        Image.frombytes("L", (side, side), dice.randbytes(side * side)).save(picture, quality=90)
        canvas.drawImage(str(picture), 72, 200, 400, 400)
        canvas.drawString(72, 700, f"{path.stem} {page}")
        canvas.showPage()
        picture.unlink()
    canvas.save()
    return path
