"""A page drawn as a picture with areas covered in the pixels themselves, and the words that may stay laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

from medbills_desktop.papers.geometry import framing
from medbills_desktop.papers.hidden_text import hidden_text
from medbills_desktop.papers.page_pictures import DOTS_PER_INCH, LOSSLESS_BYTES
from medbills_desktop.papers.pdf_writing import PicturePdf
from medbills_desktop.papers.picture_storing import stored_image
from medbills_desktop.papers.protocol import PixelFormat, Word
from medbills_desktop.papers.reading import Paper

_MARGIN = 1.0
"""Points around an area that are covered too."""

_CLEAR = 0.3
_ROW = 0.3


def write_covered(
    paper: Paper, page: int, boxes: Sequence[tuple[float, ...]], target: Path, words: bool = True
) -> None:
    """A PDF of one page at `target`; `boxes` are left, top, right, bottom in points of the page as shown."""
    size = paper.sizes[page - 1]
    frame = framing(size, DOTS_PER_INCH / 72, 0)
    image = Image.frombytes("RGB", (frame.width, frame.height), paper.draw(page, frame, PixelFormat.RGB))
    across, down = image.width / size.width, image.height / size.height
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        draw.rectangle(
            (
                (left - _MARGIN) * across,
                (top - _MARGIN) * down,
                (right + _MARGIN) * across,
                (bottom + _MARGIN) * down,
            ),
            fill="black",
        )
    text = b""
    if words:
        kept = [word for word in paper.words(page) if not any(_touches(word, box) for box in boxes)]
        text = hidden_text(kept, size, 0)
    with PicturePdf(target) as pdf:
        pdf.add(size, stored_image(image, LOSSLESS_BYTES), text=text)


def _touches(word: Word, box: tuple[float, ...]) -> bool:
    """A word of which any character lies in the box goes; one that only comes near it from the line above stays."""
    left, top, right, bottom = box
    across = min(word.right, right) - max(word.left, left)
    down = min(word.bottom, bottom) - max(word.top, top)
    return across > _CLEAR and down > _ROW * min(word.bottom - word.top, bottom - top)
