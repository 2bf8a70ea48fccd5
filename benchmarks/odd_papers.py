"""One packet of every odd PDF that there is and of pictures of every form: what it costs, and what is wrong with it.

    python benchmarks/odd_papers.py FOLDER

FOLDER holds the PDFs, damaged ones among them. Every page is drawn by two engines and held against its original, its
stamps are read from the drawn page, as it is and as after a fax. The floor joins with pikepdf what it can open. Ends
with 1 where a file is missing, a page is not as its original, more than one page in a hundred can't be read after a
fax, or the packet is not valid.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pikepdf
import pymupdf

from benchmarks.packet import memory
from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.packet.verification import verify_packet
from tests.packet.drawing import ENGINES, Engine
from tests.packet.odd_papers import OddPacket, losing_words, misread_stamps, not_papers, pictures, unlike
from tests.packet.packets import build, order, papers_case

FAX_SHARE = 0.01

_Made = TypeVar("_Made")


def timed(name: str, act: Callable[[], _Made]) -> _Made:
    began = time.perf_counter()
    made = act()
    print(f"{name:52} {1000 * (time.perf_counter() - began):8.0f} ms", flush=True)
    return made


def join(files: Sequence[Path], out: Path) -> None:
    """What pikepdf opens in one file, one after the other."""
    with warnings.catch_warnings(), pikepdf.new() as whole:
        warnings.simplefilter("ignore")  # forms are not joined
        for path in files:
            try:
                paper = pikepdf.open(path, suppress_warnings=True)
                whole.pages.extend(paper.pages)
            except (pikepdf.PdfError, ValueError, RuntimeError):
                continue
        whole.save(out)


def made(files: Sequence[Path], out: Path) -> OddPacket:
    """The packet, its papers prepared by the process that the program uses."""
    (out / "work").mkdir()
    case, originals = papers_case(files)
    with ExhibitPreparer(out / "work") as preparer:
        sources = timed(
            "ours: preparing, in a process of its own",
            lambda: [preparer.prepare(one.document, Path(str(one.content)), {}) for one in originals],
        )
    packet = OddPacket(files, sources, timed("ours: making the packet", lambda: build(order(case, sources), out)))
    print(f"{'resident, this process + the other':52} {memory():>8} MB", flush=True)
    return packet


def checks(packet: OddPacket) -> list[tuple[str, Callable[[], list[str]], float]]:
    """What is looked at, and how many complaints are allowed for each page."""
    path = packet.made.path

    def by(found: Callable[..., object], engine: Engine, **more: bool) -> Callable[[], list[str]]:
        return lambda: list(found(packet, engine, **more))  # type: ignore[call-overload]

    looked: list[tuple[str, Callable[[], list[str]], float]] = [("proved whole", lambda: verify_packet(path), 0)]
    looked.append(("valid for qpdf", lambda: syntax(path), 0))
    looked.append(("words that can be copied", lambda: list(losing_words(packet)), 0))
    for engine in ENGINES:
        looked.append((f"pages as their originals, {engine.name}", by(unlike, engine), 0))
        looked.append((f"stamps as they are drawn, {engine.name}", by(misread_stamps, engine), 0))
        looked.append((f"stamps after a fax, {engine.name}", by(misread_stamps, engine, fax=True), FAX_SHARE))
    return looked


def syntax(path: Path) -> list[str]:
    with warnings.catch_warnings(), pikepdf.open(path) as pdf:
        warnings.simplefilter("ignore")  # about decoders that are not installed
        return pdf.check_pdf_syntax()


def judge(packet: OddPacket) -> bool:
    """Print what is wrong; whether nothing is."""
    pages = sum(place.pages for place in packet.made.exhibits)
    print(f"\n{len(packet.files)} files, {pages} pages of them among {packet.made.pages}; as a page that says why:")
    print(*(f"  {reason}" for reason in packet.made.not_shown), "", sep="\n")
    fine = len(packet.made.exhibits) == len(packet.files)
    for name, look, share in checks(packet):
        found = timed(f"looking: {name}", look)
        fine = fine and len(found) <= share * pages
        print(*(f"  {complaint}" for complaint in found), sep="\n", end="\n" if found else "")
    return fine


def measure(folder: Path, out: Path) -> bool:
    """Make the packet of a folder's PDFs in `out` and judge it."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    (out / "made").mkdir()
    files = [*sorted(folder.glob("*.pdf")), *pictures(out / "made"), *not_papers(out / "made")]
    timed("floor: joining what can be opened", lambda: join(files, out / "joined.pdf"))
    packet = made(files, out)
    try:
        return judge(packet)
    finally:
        packet.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the odd PDFs are")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        return 0 if measure(asked.folder, Path(place)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
