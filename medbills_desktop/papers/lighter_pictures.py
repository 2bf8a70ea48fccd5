"""The pictures of a prepared paper made smaller on its copy, for a packet that has to pass by e-mail or an upload form.

Only pictures are touched. Text, drawings and places stay as they are, and so does, byte for byte, every picture that
would not get clearly smaller.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from medbills_desktop.papers.page_pictures import average_difference
from medbills_desktop.papers.pdf_pages import MupdfPaper
from medbills_desktop.papers.picture_packing import Packed, packed_bits, packed_shades
from medbills_desktop.papers.reasons import Why
from medbills_desktop.papers.refusing import refusing

TARGET_DPI = 150
"""Dots an inch on the page that pictures are brought down to; small print of a bill can be read well."""

ABOVE_DPI = 165
"""Finer pictures are brought down; those only a little finer would lose sharpness and win nothing."""

SMALLEST_BYTES = 8_000
"""A smaller picture (a logo, a signature) is not looked at."""

GAIN, GAIN_OF_BITS = 0.9, 0.98
"""A picture is replaced when it takes less than this share of its bytes; the second where no dot of it changes."""

MOST_DIFFERENT = 8.0
"""Average difference of a page, of 255, above which the copy is thrown away: a colour or a sense was mistaken."""

_DEEPEST = 8
_MATRIX = tuple[float, float, float, float, float, float]


@dataclass
class _Shown:
    """A picture and how large it is shown where it is shown largest, in points, and on which pages (from 1)."""

    picture: Any
    across: float = 0.0
    down: float = 0.0
    pages: set[int] = field(default_factory=set)


def lighter_copy(prepared: Path, target: Path) -> tuple[int, ...]:
    """Write a copy of a prepared PDF with smaller pictures to `target`; returns the pages (from 1) they are on.

    Where nothing would be won nothing is written, and no page is returned. Raises PaperRefusedError where the PDF can't
    be read; the same input gives the same bytes.
    """
    with refusing(Why.DAMAGED), pikepdf.open(prepared, suppress_warnings=True) as pdf:
        pages: set[int] = set()
        for shown in _pictures_of(pdf).values():
            if _made_smaller(shown):
                pages |= shown.pages
        if not pages:
            return ()
        _save(pdf, target)
    if target.stat().st_size >= prepared.stat().st_size or not _look_alike(prepared, target, pages):
        target.unlink()
        return ()
    return tuple(sorted(pages))


def _look_alike(prepared: Path, target: Path, pages: set[int]) -> bool:
    before, after = MupdfPaper(prepared, None), MupdfPaper(target, None)
    try:
        return all(average_difference(before, after, page) <= MOST_DIFFERENT for page in sorted(pages))
    finally:
        before.close()
        after.close()


def _save(pdf: Pdf, target: Path) -> None:
    aside = target.with_name(target.name + ".part")
    try:
        pdf.save(
            aside,
            static_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _made_smaller(shown: _Shown) -> bool:
    picture = shown.picture
    before = len(picture.read_raw_bytes())
    packed = _packed(shown)
    if packed is None or len(packed.data) >= before * (GAIN if packed.rows is None else GAIN_OF_BITS):
        return False
    picture.write(packed.data, filter=Name(f"/{packed.filter}"), decode_parms=packed.parameters())
    if packed.width is not None:
        picture.Width, picture.Height = packed.width, packed.height
    if packed.colours is not None:
        picture.ColorSpace = Name(f"/{packed.colours}")
        picture.BitsPerComponent = 8
    return True


def _packed(shown: _Shown) -> Packed | None:
    picture = shown.picture
    try:
        if picture.get("/ImageMask", False) or picture.get("/BitsPerComponent") == 1:
            return packed_bits(picture)
        dots = min(72 * picture.Width / shown.across, 72 * picture.Height / shown.down)
        inches = shown.across * shown.down / 72**2
        return packed_shades(picture, TARGET_DPI / dots if dots > ABOVE_DPI else 1.0, inches)
    except (pikepdf.PdfError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
        return None  # packed in a way of its own: it stays as it is
    except (NotImplementedError, RuntimeError):
        return None


# Where pictures are on the pages


def _pictures_of(pdf: Pdf) -> dict[tuple[int, int], _Shown]:
    """Every picture worth looking at that a page draws, by its object number."""
    found: dict[tuple[int, int], _Shown] = {}
    for number, page in enumerate(pdf.pages, 1):
        resources = _inherited(page.obj, "/Resources")
        unit = float(page.obj.get("/UserUnit", 1))
        for picture, matrix in _drawn(page, resources, (unit, 0.0, 0.0, unit, 0.0, 0.0), 0):
            shown = found.setdefault(picture.objgen, _Shown(picture))
            shown.across = max(shown.across, math.hypot(matrix[0], matrix[1]))
            shown.down = max(shown.down, math.hypot(matrix[2], matrix[3]))
            shown.pages.add(number)
    return found


def _drawn(content: Any, resources: Any, matrix: _MATRIX, depth: int) -> Iterator[tuple[Any, _MATRIX]]:
    """Pictures that a page or form draws, with the matrix of each; content that draws none is not read."""
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(things, Dictionary) or depth > _DEEPEST or not any(map(_matters, things.values())):
        return
    kept: list[_MATRIX] = []
    for instruction in pikepdf.parse_content_stream(content, "q Q cm Do"):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "q":
                kept.append(matrix)
            case "Q" if kept:
                matrix = kept.pop()
            case "cm" if len(operands) == 6:
                matrix = _product([float(each) for each in operands], matrix)
            case "Do":
                thing = things.get(str(operands[0])) if operands else None
                if not isinstance(thing, pikepdf.Stream):
                    continue
                if _is_picture(thing):
                    yield thing, matrix
                elif thing.get("/Subtype") == "/Form":
                    own = thing.get("/Matrix")
                    inner = _product([float(each) for each in own], matrix) if isinstance(own, Array) else matrix
                    yield from _drawn(thing, thing.get("/Resources", resources), inner, depth + 1)


def _matters(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Stream) and (_is_picture(thing) or thing.get("/Subtype") == "/Form")


def _is_picture(thing: Any) -> bool:
    return bool(
        thing.get("/Subtype") == "/Image" and thing.objgen[0] and int(thing.get("/Length", 0)) >= SMALLEST_BYTES
    )


def _product(inner: list[float], outer: _MATRIX) -> _MATRIX:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _inherited(page: Any, key: str) -> Any:
    node = page
    for _ in range(50):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(key)
