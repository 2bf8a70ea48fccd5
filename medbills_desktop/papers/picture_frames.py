"""The pictures inside an image file, without decoding them: sizes, which way is up, resolution, and limits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFile

from medbills_desktop.papers.geometry import picture_page
from medbills_desktop.papers.protocol import PageSize
from medbills_desktop.papers.reasons import Notice, Why, Worth, notice, refused
from medbills_desktop.papers.refusing import refusing
from medbills_desktop.papers.sniffing import Kind
from medbills_desktop.papers.turning import EXIF, ORIENTATION_TAG, is_sideways, turns_for

MAX_PICTURE_PIXELS = 200_000_000
MAX_PICTURE_SIDE = 20_000
MAX_FRAMES = 2_000

Image.MAX_IMAGE_PIXELS = None  # our own limits are checked before anything is decoded
ImageFile.LOAD_TRUNCATED_IMAGES = True  # what arrived of a cut-off photograph is shown, with a notice

_FORMATS = {
    Kind.JPEG: "JPEG",
    Kind.PNG: "PNG",
    Kind.TIFF: "TIFF",
    Kind.HEIC: "HEIF",
    Kind.WEBP: "WEBP",
    Kind.GIF: "GIF",
}
_ENDS = {Kind.JPEG: b"\xff\xd9", Kind.PNG: b"IEND"}
_REDUCED_COPY_TAG = 0x00FE
_TAIL_BYTES = 65_536


@dataclass(frozen=True)
class Frame:
    """One picture: its number in the file (from 0), pixels as stored, how to make it upright, its page in
    points."""

    index: int
    width: int
    height: int
    orientation: int
    page: PageSize


@contextmanager
def opened(path: Path, kind: Kind, frame: int = 0) -> Iterator[Image.Image]:
    """The image file, positioned at a frame, not decoded yet, read by the decoder of `kind` and no other."""
    if kind is Kind.HEIC:
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    with Image.open(path, formats=[_FORMATS[kind]]) as image:
        if frame:
            image.seek(frame)
        yield image


def frames_of(path: Path, kind: Kind) -> tuple[Frame, ...]:
    """The frames of a file that become pages: all of a TIFF, the first of everything else.

    Raises PaperRefusedError: damaged, no-pages, too-large (MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE, MAX_FRAMES).
    """
    with refusing(Why.DAMAGED), opened(path, kind) as image:
        if kind is not Kind.TIFF:
            return (_frame(image, 0, kind),)
        count = getattr(image, "n_frames", 1)
        if count > MAX_FRAMES:
            raise refused(Why.TOO_LARGE)
        frames = []
        for index in range(count):
            image.seek(index)
            if not _is_reduced_copy(image):
                frames.append(_frame(image, index, kind))
    if not frames:
        raise refused(Why.NO_PAGES)
    return tuple(frames)


def frame_notices(path: Path, kind: Kind) -> tuple[Notice, ...]:
    """Whether the file was cut off, or moves while only its first picture is shown."""
    found = []
    with refusing(Why.DAMAGED):
        if kind in _ENDS and _ENDS[kind] not in _tail(path):
            found.append(notice(Worth.REPAIRED))
        if kind in {Kind.GIF, Kind.WEBP}:
            with opened(path, kind) as image:
                if getattr(image, "is_animated", False):
                    found.append(notice(Worth.FIRST_PICTURE_ONLY))
    return tuple(found)


def _frame(image: Image.Image, index: int, kind: Kind) -> Frame:
    width, height = image.size
    if width * height > MAX_PICTURE_PIXELS or max(width, height) > MAX_PICTURE_SIDE:
        raise refused(Why.TOO_LARGE)
    if min(width, height) < 1:
        raise refused(Why.DAMAGED)
    orientation = _orientation(image, kind)
    dpi = _resolution(image)
    if is_sideways(turns_for(orientation, 0)):
        page = picture_page(height, width, dpi and (dpi[1], dpi[0]))
    else:
        page = picture_page(width, height, dpi)
    return Frame(index, width, height, orientation, page)


def _orientation(image: Image.Image, kind: Kind) -> int:
    """1 for TIFF and HEIC, whose decoders turn the picture themselves while loading it."""
    if kind in {Kind.TIFF, Kind.HEIC}:
        return 1
    try:
        stated = image.getexif().get(ORIENTATION_TAG, 1)
    except (SyntaxError, ValueError, OSError, KeyError, IndexError, TypeError, EOFError):
        return 1
    return stated if stated in EXIF else 1


def _resolution(image: Image.Image) -> tuple[float, float] | None:
    stated = image.info.get("dpi")
    try:
        across, down = (float(each) for each in stated or ())
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if math.isfinite(across) and math.isfinite(down) else None


def _is_reduced_copy(image: Image.Image) -> bool:
    tags = getattr(image, "tag_v2", None) or {}
    stated = tags.get(_REDUCED_COPY_TAG, 0)
    return isinstance(stated, int) and bool(stated & 1)


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL_BYTES))
        return file.read()
