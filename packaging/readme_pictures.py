"""Takes the pictures of the README anew, from the sample case: a bill in the window, and pages of its packet.

    .venv/bin/python packaging/readme_pictures.py

They are stored with few colours of their own choice, which nobody sees and which makes them small enough for a README.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pikepdf
from PIL import Image

from medbills_desktop.papers.client import PaperReader

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "docs" / "pictures"
BILL_PICTURES: Final = {"bill-lines-light.png": "bills-light.png", "findings-light.png": "findings-light.png"}
"""What the pictures of the window are called, and what they are called in the README."""
PACKET_PAGES: Final = {
    "Cover": "packet-cover.png",
    "Summary": "packet-summary.png",
    "Disputed lines": "packet-lines.png",
    "Contact log": "packet-contacts.png",
    "Exhibit E": "packet-exhibit.png",
    "Statement of copies": "packet-copies.png",
}
"""How the outline of the packet begins for each page that is shown; of an exhibit its first page, behind the sheet."""
SCALE: Final = 1.3
LARGEST: Final = 120_000
"""Bytes that a picture may have."""


def medbills(home: Path, *words: object, module: str = "medbills_desktop") -> None:
    """Run a part of the program, with a home of its own so that no setting of a person shows in a picture."""
    environ = {**os.environ, "MEDBILLS_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", module, *(str(word) for word in words)]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)


def keep(picture: Image.Image, name: str, colours: int = 256) -> None:
    """Store a picture small. Raises `ValueError` where it is too large for a README."""
    kept = picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    kept.save(TARGET / name, optimize=True)
    size = (TARGET / name).stat().st_size
    print(f"{TARGET / name}  {size:,} bytes")
    if size > LARGEST:
        raise ValueError(f"{name} has {size:,} bytes, which is more than {LARGEST:,}")


def pages_of(packet: Path) -> dict[str, int]:
    """The page, from 1, of everything in the outline of a packet."""
    with pikepdf.open(packet) as pdf, pdf.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        entries = [entry for root in outline.root for entry in (root, *root.children)]
        return {entry.title: numbers[entry.destination[0].objgen] for entry in entries}


def keep_pages(packet: Path) -> None:
    """Store the pages that the README shows, with a hairline around each, since paper is white and so is a README."""
    pages = pages_of(packet)
    with PaperReader() as reader:
        document = reader.open(packet).document
        for begins, name in PACKET_PAGES.items():
            number = next(page for title, page in pages.items() if title.startswith(begins))
            drawn = reader.draw(document, number + begins.startswith("Exhibit"), SCALE)
            page = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels, "raw", "RGB", drawn.stride)
            framed = Image.new("RGB", (page.width + 2, page.height + 2), "#C9CFD8")
            framed.paste(page, (1, 1))
            keep(framed, name, 64)


def main() -> int:
    """Make the sample case, its pictures and its packet aside, and keep what the README shows."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="medbills-pictures-") as name:
        home, library, packet = Path(name), Path(name) / "library", Path(name) / "packet.pdf"
        medbills(home, "sample", library)
        medbills(home, "--library", library, "--out", home, module="medbills_desktop.app.pictures")
        for taken, kept in BILL_PICTURES.items():
            keep(Image.open(home / taken), kept)
        bills = ("--bill", "B1", "--bill", "B2", "--bill", "B3")
        medbills(home, "packet", "--library", library, *bills, "--audience", "court", "-o", packet)
        keep_pages(packet)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
