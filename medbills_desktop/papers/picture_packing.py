"""Pictures inside a PDF packed smaller: shades as JPEG, black and white as fax machines do it (CCITT group 4)."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, ImageChops, TiffImagePlugin

QUALITIES = (60, 50, 40, 30)
"""Of JPEG, the first that keeps to `BYTES_AN_INCH`; the last is the worst that small print of a bill looks clean in."""

LOWER_DPI = 125
"""Dots an inch for a picture that does not keep to it even so: fewer dots hurt print of 8 points less than a worse
quality does. What does not keep to it then, either, stays at that."""

LOWER_QUALITIES = (50, 40, 30)
"""Of a picture of fewer dots."""

BYTES_AN_INCH = 1_800
"""To a square inch of paper: 168 kB for a Letter page that is one picture."""

_TIFF_ROWS_PER_STRIP, _TIFF_STRIPS = 278, 273
_TIFF_COUNTS = 279
_MOST_PIXELS = 200_000_000
_SHADES = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3}


@dataclass(frozen=True)
class Packed:
    """New bytes for a picture. Where `width` or `colours` is None the picture keeps what it says of itself."""

    data: bytes
    filter: str
    width: int | None = None
    height: int | None = None
    colours: str | None = None
    rows: tuple[int, int] | None = None
    """Width and height of a picture in black and white, which its packing has to know."""

    def parameters(self) -> Any:
        """The DecodeParms of a PDF; nothing where the packing needs none."""
        if self.rows is None:
            return None
        return pikepdf.Dictionary(K=-1, Columns=self.rows[0], Rows=self.rows[1])


def packed_shades(picture: Any, scale: float, inches: float) -> Packed | None:
    """A picture of greys or colours at `scale` of its size as JPEG, for so many square inches of paper.

    None where it is of another kind. Grey stays grey; colours that are all grey become so. Raises what pikepdf and
    Pillow raise.
    """
    channels = _channels(picture.get("/ColorSpace"))
    plain = "/Decode" not in picture and not isinstance(picture.get("/Mask"), pikepdf.Array)
    soft = picture.get("/SMask")
    if channels is None or not plain or (soft is not None and "/Matte" in soft) or _pixels(picture) > _MOST_PIXELS:
        return None
    image = pikepdf.PdfImage(picture).as_pil_image()
    indexed = image.mode == "P"
    if indexed:
        image = image.convert("RGB")
    if image.mode not in ("L", "RGB") or (not indexed and len(image.getbands()) != channels):
        return None
    colours = None
    if image.mode == "RGB" and (grey := _grey(image)) is not None:
        image, colours = grey, "DeviceGray"
    elif indexed:
        colours = "DeviceRGB"
    if scale < 1:
        image = _smaller(image, scale)
    most = int(inches * BYTES_AN_INCH)
    data = _jpeg(image, QUALITIES, most)
    lower = LOWER_DPI * math.sqrt(inches / (image.width * image.height))
    if len(data) > most and lower < 1:
        image = _smaller(image, lower)
        data = _jpeg(image, LOWER_QUALITIES, most)
    return Packed(data, "DCTDecode", image.width, image.height, colours)


def _smaller(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=3.0)


def _jpeg(image: Image.Image, qualities: tuple[int, ...], most: int) -> bytes:
    """The picture in the first quality in which it takes no more bytes, else in the last."""
    data = b""
    for quality in qualities:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, optimize=True)
        data = file.getvalue()
        if len(data) <= most:
            break
    return data


def packed_bits(picture: Any) -> Packed | None:
    """A picture in black and white, or a stencil, with the same bits, in the packing of fax machines.

    None where it is packed so already, or better.
    """
    kinds = picture.get("/Filter")
    names = [str(each) for each in kinds] if isinstance(kinds, pikepdf.Array) else [str(kinds)]
    width, height = int(picture.Width), int(picture.Height)
    if names[-1] in ("/CCITTFaxDecode", "/JBIG2Decode") or width * height > _MOST_PIXELS:
        return None
    bits = picture.read_bytes()
    if len(bits) < (width + 7) // 8 * height:
        return None
    return Packed(group4(Image.frombytes("1", (width, height), bits)), "CCITTFaxDecode", rows=(width, height))


def group4(image: Image.Image) -> bytes:
    """A picture of mode 1 in the packing of fax machines, as PDF holds it with `/K -1`: no white is written."""
    file = io.BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[_TIFF_ROWS_PER_STRIP] = image.height
    ImageChops.invert(image).save(file, "TIFF", compression="group4", tiffinfo=tags)  # TIFF counts ink, PDF light
    with Image.open(file) as tiff:
        found = getattr(tiff, "tag_v2")  # noqa: B009 - only TIFF has it
        offsets, counts = found[_TIFF_STRIPS], found[_TIFF_COUNTS]
        if len(offsets) != 1:
            raise ValueError("a picture was packed in several strips")
    data = file.getvalue()
    return data[offsets[0] : offsets[0] + counts[0]]


def _pixels(picture: Any) -> int:
    return math.prod((int(picture.Width), int(picture.Height)))


def _channels(space: Any) -> int | None:
    """How many colours a colour space has; None for those that JPEG can't stand for."""
    if isinstance(space, pikepdf.Name):
        return _SHADES.get(str(space))
    if not isinstance(space, pikepdf.Array) or not len(space):
        return None
    family = str(space[0])
    if family == "/ICCBased":
        count = int(space[1].get("/N", 0))
        return count if count in (1, 3) else None
    if family == "/Indexed":
        return 3 if _channels(space[1]) in (1, 3) else None
    return _SHADES.get(family)


def _grey(image: Image.Image) -> Image.Image | None:
    """The picture in grey where none of its pixels has a colour."""
    red, green, blue = image.split()
    same = ImageChops.difference(red, green).getbbox() is None and ImageChops.difference(red, blue).getbbox() is None
    return red if same else None
