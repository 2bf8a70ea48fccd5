"""Pictures made ready for a PDF: unchanged where they are JPEG, without loss where that is not absurdly
large."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from PIL import Image

from medbills_desktop.papers.jpeg_stream import plain_jpeg
from medbills_desktop.papers.pdf_writing import Matrix, StoredPicture
from medbills_desktop.papers.picture_frames import Frame, opened
from medbills_desktop.papers.pictures import flat, reduced
from medbills_desktop.papers.protocol import PageSize
from medbills_desktop.papers.sniffing import Kind
from medbills_desktop.papers.turning import is_sideways, shown_point, turns_for

PRINT_PIXELS = 50_000_000
"""A larger picture (JPEG excepted, which is not touched) is reduced: on Letter this is 730 dots an inch."""

LOSSLESS_BYTES = 8_000_000
LOSSLESS_BYTES_OF_LOSSY = 1_500_000
"""Above these a picture is stored as JPEG of high quality: one that was stored without, or with, loss before."""

JPEG_QUALITY = 92


def stored_frame(path: Path, kind: Kind, frame: Frame) -> StoredPicture:
    """One picture of an image file, as stored there (not turned). Raises what Pillow raises."""
    if kind is Kind.JPEG:
        plain = plain_jpeg(path.read_bytes())
        if plain is not None and (plain.width, plain.height) == (frame.width, frame.height):
            colours = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}[plain.components]
            size = (plain.width, plain.height)
            return StoredPicture(*size, colours, 8, "DCTDecode", plain.data, inverted=plain.inverted)
    with opened(path, kind, frame.index) as image:
        image.load()
        if image.mode != "1":
            image = reduced(image, PRINT_PIXELS)
        lossy = kind in {Kind.JPEG, Kind.HEIC, Kind.WEBP}
        return stored_image(image, LOSSLESS_BYTES_OF_LOSSY if lossy else LOSSLESS_BYTES)


def stored_image(image: Image.Image, most: int) -> StoredPicture:
    """A decoded picture; without loss when that takes at most `most` bytes."""
    if image.mode != "1":
        image = flat(image)
    colours = "DeviceRGB" if image.mode == "RGB" else "DeviceGray"
    lossless = _png_rows(image)
    if image.mode == "1" or len(lossless) <= most:
        bits = 1 if image.mode == "1" else 8
        return StoredPicture(*image.size, colours, bits, "FlateDecode", lossless, predicted=True)
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=JPEG_QUALITY, subsampling=0, comment=b"")
    return StoredPicture(*image.size, colours, 8, "DCTDecode", packed.getvalue())


def upright(page: PageSize, orientation: int, rotation: int) -> tuple[PageSize, Matrix]:
    """The page turned by the person's `rotation`, and where a PDF has to put the stored picture on it.

    `page` is the size as the file shows it. A PDF draws a picture into the unit square, origin bottom left.
    """
    turns = turns_for(orientation, rotation)
    if is_sideways(turns_for(1, rotation)):
        page = PageSize(page.height, page.width)
    corners = [shown_point(x, y, turns) for x, y in ((0.0, 1.0), (1.0, 1.0), (0.0, 0.0))]
    (ox, oy), (ux, uy), (vx, vy) = [(x * page.width, (1 - y) * page.height) for x, y in corners]
    return page, (ux - ox, uy - oy, vx - ox, vy - oy, ox, oy)


def _png_rows(image: Image.Image) -> bytes:
    """The compressed rows out of a PNG of the picture, which a PDF can hold as they are."""
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    data = file.getvalue()
    at, rows = 8, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            rows.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(rows) or zlib.compress(b"")
