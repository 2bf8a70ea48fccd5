"""Takes the pictures of the README anew, from the sample case: a bill in the window, and the summary of its packet.

    .venv/bin/python packaging/readme_pictures.py

They are stored with 256 colours of their own choice, which nobody sees and which makes them small enough for a README.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image

from medbills_desktop.papers.client import PaperReader

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "docs" / "pictures"
BILL_PICTURES: Final = {"bill-lines-light.png": "bills-light.png", "findings-light.png": "findings-light.png"}
"""What the pictures of the window are called, and what they are called in the README."""
SUMMARY_PAGE: Final = 2


def medbills(home: Path, *words: object, module: str = "medbills_desktop") -> None:
    """Run a part of the program, with a home of its own so that no setting of a person shows in a picture."""
    environ = {**os.environ, "MEDBILLS_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", module, *(str(word) for word in words)]
    subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)


def keep(picture: Image.Image, name: str) -> None:
    """Store a picture small."""
    colours = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    colours.save(TARGET / name, optimize=True)
    print(f"{TARGET / name}  {(TARGET / name).stat().st_size:,} bytes")


def summary_of(packet: Path) -> Image.Image:
    """The summary page of a packet, with a hairline around it, since paper is white and so is a README."""
    with PaperReader() as reader:
        drawn = reader.draw(reader.open(packet).document, SUMMARY_PAGE, 1.4)
    page = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels, "raw", "RGB", drawn.stride)
    framed = Image.new("RGB", (page.width + 2, page.height + 2), "#C9CFD8")
    framed.paste(page, (1, 1))
    return framed


def main() -> int:
    """Make the sample case, its pictures and its packet aside, and keep what the README shows."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="medbills-pictures-") as name:
        home, library, packet = Path(name), Path(name) / "library", Path(name) / "packet.pdf"
        medbills(home, "sample", library)
        medbills(home, "--library", library, "--out", home, module="medbills_desktop.app.pictures")
        for taken, kept in BILL_PICTURES.items():
            keep(Image.open(home / taken), kept)
        medbills(home, "packet", "--library", library, "--bill", "B1", "--audience", "court", "-o", packet)
        keep(summary_of(packet), "packet-summary.png")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
