"""Pictures of which a part was taken out, packed again about as small as they came: MuPDF leaves them unpacked."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from medbills_desktop.papers.jpeg_stream import plain_jpeg

_QUALITY = 80


@dataclass(frozen=True)
class Source:
    """How a picture was packed as JPEG before: its tables of quantization, if they can be told."""

    tables: Mapping[int, list[int]] | None
    size: tuple[int, int]


def images_of(page: Any) -> dict[int, tuple[int, int]]:
    """Pictures that a page draws, also inside of forms: object number to width and height."""
    return {entry[0]: (entry[2], entry[3]) for entry in page.get_images(full=True) if entry[0]}


def jpegs_of(document: Any, numbers: Mapping[int, tuple[int, int]]) -> dict[tuple[int, int], Source]:
    """Of pictures those packed as JPEG, by width and height."""
    found: dict[tuple[int, int], Source] = {}
    for number, size in numbers.items():
        data = _jpeg(document, number)
        if data:
            found[size] = Source(_tables(data), size)
    return found


def _jpeg(document: Any, number: int) -> bytes:
    """The JPEG that an object holds, whatever it is wrapped in; empty where it holds none."""
    packing = document.xref_get_key(number, "Filter")[1]
    if "/DCTDecode" not in packing:
        return b""
    if packing in ("/DCTDecode", "[/DCTDecode]"):
        return bytes(document.xref_stream_raw(number))
    found = document.extract_image(number)
    return bytes(found["image"]) if found and found.get("ext") in ("jpeg", "jpg") else b""


def _tables(data: bytes) -> Mapping[int, list[int]] | None:
    try:
        with Image.open(io.BytesIO(data)) as image:
            return dict(getattr(image, "quantization", None) or {}) or None
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def pack_again(document: Any, number: int, source: Source) -> None:
    """Pack a picture as JPEG as its source was; left as it is where that can't be done."""
    width, height = source.size
    if document.xref_get_key(number, "BitsPerComponent")[1] != "8":
        return
    rows = document.xref_stream(number)
    channels = len(rows) // (width * height) if rows else 0
    mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(channels)
    if mode is None or len(rows) != width * height * channels:
        return
    image = Image.frombytes(mode, (width, height), rows)
    packed = io.BytesIO()
    if source.tables is not None and len(source.tables) <= channels:
        tables = [source.tables[key] for key in sorted(source.tables)]
        image.save(packed, "JPEG", qtables=tables, subsampling=-1 if channels == 1 else 2)
    else:
        image.save(packed, "JPEG", quality=_QUALITY)
    if len(packed.getvalue()) >= len(rows):
        return
    document.update_stream(number, packed.getvalue(), compress=False)
    document.xref_set_key(number, "Filter", "/DCTDecode")
    document.xref_set_key(number, "DecodeParms", "null")
    if mode == "CMYK":
        document.xref_set_key(number, "Decode", "[1 0 1 0 1 0 1 0]")


def strip_jpegs(document: Any) -> None:
    """Take out of every JPEG what is not needed to see it: camera data, thumbnails, comments, what stands behind its
    end."""
    for number in range(1, document.xref_length()):
        data = _jpeg(document, number)
        plain = plain_jpeg(data) if data else None
        wrapped = document.xref_get_key(number, "Filter")[1] != "/DCTDecode"
        if plain is not None and (wrapped or len(plain.data) < len(data)):
            document.update_stream(number, plain.data, compress=False)
            document.xref_set_key(number, "Filter", "/DCTDecode")
            document.xref_set_key(number, "DecodeParms", "null")
