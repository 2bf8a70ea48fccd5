"""Makes papers as a scanner and a printer at home make them: always the same bytes, a thousand pages in seconds.

    python benchmarks/make_scans.py DIR [--pages 1000]

Four pages of five are pictures of 200 dots to the inch in grey or colour (0.28 MB each), the fifth is printed text. A
few pictures are drawn and packed; each page gets one of them with a head of its own, so that no two pages are the same
object and none can be kept once for two. The papers have 1 to 40 pages, 8 on average.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = 1700, 2200
_DRAWN = 8
_LENGTHS = (1, 14, 2, 40, 6, 1, 3, 2, 4, 10)
"""Pages of ten papers; the fifth and the tenth are printed, the others scanned."""
_WORDS = ("charge", "99213", "1,204.50", "ward", "visit", "0450", "06/11/2024", "allowed", "copay", "72.00")
_QUALITY = {"L": 20, "RGB": 17}


def make_scans(folder: Path, pages: int) -> list[Path]:
    """Papers with so many pages together in a new folder, in order."""
    folder.mkdir(parents=True)
    pictures = [_scan(seed) for seed in range(_DRAWN)]
    made: list[Path] = []
    numbers = count(1)
    for place, length in enumerate(_lengths(pages), 1):
        path = folder / f"paper-{place:04}.pdf"
        kind = _printed if place % 5 == 0 else _scanned
        kind(path, [next(numbers) for _ in range(length)], pictures)
        made.append(path)
    return made


def _lengths(pages: int) -> Iterator[int]:
    """Numbers of pages of one paper after the other."""
    for usual in cycle(_LENGTHS):
        if pages <= 0:
            return
        yield min(usual, pages)
        pages -= usual


def _scan(seed: int) -> tuple[str, bytes]:
    """A picture of a page full of words with the grain of a scanner, as its kind and its JPEG."""
    chance = random.Random(seed)
    grain = Image.frombytes("L", (_WIDTH, _HEIGHT), chance.randbytes(_WIDTH * _HEIGHT))
    page = grain.point([236 + value // 16 for value in range(256)])
    draw = ImageDraw.Draw(page)
    for row in range(62):
        draw.text((150, 150 + row * 30), " ".join(chance.choices(_WORDS, k=14)), fill=24, font_size=22)
    kind = "L" if seed % 2 else "RGB"
    out = io.BytesIO()
    page.convert(kind).save(out, "JPEG", quality=_QUALITY[kind])
    return kind, out.getvalue()


def _for_page(jpeg: bytes, number: int) -> bytes:
    """The picture with another width of its dots in its head, which no reader of PDF looks at."""
    return jpeg[:14] + number.to_bytes(2, "big") * 2 + jpeg[18:]


def _scanned(path: Path, numbers: list[int], pictures: list[tuple[str, bytes]]) -> None:
    with Pdf.new() as pdf:
        for number in numbers:
            kind, jpeg = pictures[number % len(pictures)]
            picture = Stream(pdf, _for_page(jpeg, number))
            picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
            picture.Width, picture.Height, picture.BitsPerComponent = _WIDTH, _HEIGHT, 8
            picture.ColorSpace = Name.DeviceGray if kind == "L" else Name.DeviceRGB
            page = pdf.add_blank_page(page_size=(612, 792)).obj
            page.Resources = Dictionary(XObject=Dictionary(Scan=pdf.make_indirect(picture)))
            page.Contents = Array([pdf.make_indirect(Stream(pdf, b"q 612 0 0 792 0 0 cm /Scan Do Q"))])
        pdf.save(path, static_id=True)


def _printed(path: Path, numbers: list[int], _pictures: list[tuple[str, bytes]]) -> None:
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=1)
    for number in numbers:
        chance = random.Random(number)
        canvas.setFont("Helvetica", 9)
        for row in range(50):
            canvas.drawString(60, 730 - row * 13, f"{number}.{row} {' '.join(chance.choices(_WORDS, k=12))}")
        canvas.showPage()
    canvas.save()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    asked = parser.parse_args()
    made = make_scans(asked.folder, asked.pages)
    print(f"{len(made)} papers, {sum(path.stat().st_size for path in made) / 1e6:.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
