"""Photographs and scans in image files, shown as pages, by Pillow."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image

from medbills_desktop.papers.geometry import Framing
from medbills_desktop.papers.picture_frames import Frame, frame_notices, frames_of, opened
from medbills_desktop.papers.protocol import Box, PageSize, PixelFormat, Word
from medbills_desktop.papers.reasons import Notice, Why
from medbills_desktop.papers.refusing import refusing
from medbills_desktop.papers.sniffing import Kind
from medbills_desktop.papers.turning import is_sideways, stored_rect, turns_for

_KEPT_PIXELS = 40_000_000
_BAND_PIXELS = 8_000_000

_CROP_MARGIN = 4
"""Stored pixels around a tile that the resampling filter may look at, so that tiles fit without a seam."""


def open_pictures(path: Path, kind: Kind) -> PicturePaper:
    """Open an image file. Raises PaperRefusedError: damaged, no-pages, too-large."""
    return PicturePaper(path, kind)


class PicturePaper:
    """An open image file; see Paper. Has no text: recognising it is another matter."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self.kind = kind
        self._path = path
        self._frames = frames_of(path, kind)
        self._kept: tuple[int, Image.Image] | None = None
        self.sizes: tuple[PageSize, ...] = tuple(frame.page for frame in self._frames)
        self.notices: tuple[Notice, ...] = frame_notices(path, kind)

    def draw(self, page: int, framing: Framing, pixels: PixelFormat) -> bytes:
        frame = self._frames[page - 1]
        turns = turns_for(frame.orientation, framing.rotation)
        across, down = framing.page_width, framing.page_height
        shown = (
            framing.left / across,
            framing.top / down,
            (framing.left + framing.width) / across,
            (framing.top + framing.height) / down,
        )
        size, whole = (framing.width, framing.height), (across, down)
        if is_sideways(turns):
            size, whole = size[::-1], whole[::-1]
        with refusing(Why.DAMAGED_PAGE):
            stored = self._decoded(page, frame, whole)
            part = _part(stored, stored_rect(shown, turns), size)
            for turn in turns:
                part = part.transpose(turn)
            if pixels is PixelFormat.BGRA:
                return part.convert("RGBA").tobytes("raw", "BGRA")
            return part.convert("RGB").tobytes()

    def words(self, page: int) -> list[Word]:  # noqa: ARG002 - see Paper
        return []

    def text(self, page: int) -> str:  # noqa: ARG002 - see Paper
        return ""

    def find(self, page: int, needle: str, limit: int) -> list[tuple[Box, ...]]:  # noqa: ARG002 - see Paper
        return []

    def close(self) -> None:
        self._kept = None

    def _decoded(self, page: int, frame: Frame, wanted: tuple[int, int]) -> Image.Image:
        """The stored picture, at least `wanted` pixels large where it is; the last one is kept for the next
        tile.

        JPEG is decoded at a half, a quarter or an eighth when that suffices, which costs half the time or
        less.
        """
        if self._kept is not None and self._kept[0] == page:
            image = self._kept[1]
            stored = (frame.width, frame.height)
            if image.size == stored or all(have >= want for have, want in zip(image.size, wanted, strict=True)):
                return image
        self._kept = None
        with opened(self._path, self.kind, frame.index) as image:
            if self.kind is Kind.JPEG:
                image.draft(None, wanted)
            image.load()
            image = image.copy() if image.width * image.height <= _KEPT_PIXELS else _detached(image)
        if image.width * image.height <= _KEPT_PIXELS:
            self._kept = (page, image)
        return image


def flat(image: Image.Image) -> Image.Image:
    """The picture in grey or colour, 8 bits, transparent parts on white."""
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    if image.mode in {"LA", "La", "PA", "RGBA", "RGBa"} or "transparency" in image.info:
        straight = image.convert("RGBA")
        white = Image.new("RGBA", straight.size, "white")
        return Image.alpha_composite(white, straight).convert("RGB")
    return image.convert("RGB")


def reduced(image: Image.Image, most: int) -> Image.Image:
    """The picture, flattened, at most `most` pixels large; a huge one is never in memory twice."""
    shrink = math.ceil(math.sqrt(image.width * image.height / most))
    if shrink <= 1:
        return flat(image)
    return _shrunk_in_bands(image, (0, 0, *image.size), shrink)


def _eight_bits(image: Image.Image) -> Image.Image:
    """16-bit greys scaled to 8 (Pillow alone would clip them); other numbers stretched over their own range."""
    numbers = image.convert("F")
    low, high = numbers.getextrema()
    if not isinstance(low, float) or not isinstance(high, float) or not math.isfinite(high - low):
        return Image.new("L", image.size, 255)
    if image.mode.startswith("I;16") or (low >= 0 and 255 < high <= 65535):
        low, high = 0.0, 65535.0
    elif low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    scale = 255.0 / (high - low) if high > low else 1.0
    shift = 0.5 - low * scale
    return numbers.point(lambda value: value * scale + shift).convert("L")


def _detached(image: Image.Image) -> Image.Image:
    """A huge decoded picture taken over without a second copy, usable after its file is closed."""
    taken = Image.Image()._new(image.im)  # noqa: SLF001 - Pillow has no public way that does not copy
    taken.info = image.info
    return taken


def _part(stored: Image.Image, share: tuple[float, float, float, float], size: tuple[int, int]) -> Image.Image:
    """The rectangle `share` of the picture, flattened and scaled to `size`."""
    box = (
        share[0] * stored.width,
        share[1] * stored.height,
        share[2] * stored.width,
        share[3] * stored.height,
    )
    shrink = max(1, int(min((box[2] - box[0]) / size[0], (box[3] - box[1]) / size[1])))
    margin = _CROP_MARGIN * (shrink + 1)
    crop = (
        max(0, math.floor(box[0]) - margin),
        max(0, math.floor(box[1]) - margin),
        min(stored.width, math.ceil(box[2]) + margin),
        min(stored.height, math.ceil(box[3]) + margin),
    )
    inner = (box[0] - crop[0], box[1] - crop[1], box[2] - crop[0], box[3] - crop[1])
    if (crop[2] - crop[0]) * (crop[3] - crop[1]) > _KEPT_PIXELS and shrink > 1:
        small = _shrunk_in_bands(stored, crop, shrink)
        inner = tuple(side / shrink for side in inner)  # type: ignore[assignment]
        inner = (inner[0], inner[1], min(inner[2], small.width), min(inner[3], small.height))
    else:
        small = flat(stored if crop == (0, 0, *stored.size) else stored.crop(crop))
    quick = 2.0 if shrink > 2 else None
    return small.resize(size, Image.Resampling.BICUBIC, box=inner, reducing_gap=quick)


def _shrunk_in_bands(stored: Image.Image, crop: tuple[int, int, int, int], shrink: int) -> Image.Image:
    """`crop` of a very large picture at 1/`shrink`, band by band, so that it is never in memory twice."""
    left, top, right, bottom = crop
    rows = max(1, _BAND_PIXELS // max(1, right - left) // shrink) * shrink
    width, height = math.ceil((right - left) / shrink), math.ceil((bottom - top) / shrink)
    small: Image.Image | None = None
    for start in range(top, bottom, rows):
        band = flat(stored.crop((left, start, right, min(start + rows, bottom)))).reduce(shrink)
        if small is None:
            small = Image.new(band.mode, (width, height))
        small.paste(band, (0, (start - top) // shrink))
    return small if small is not None else Image.new("L", (1, 1), 255)
