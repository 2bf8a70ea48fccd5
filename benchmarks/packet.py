"""What an evidence packet costs: of the sample case, and of some bills of a large library.

    python benchmarks/packet.py [DIR] [--bills 20] [--rounds 2]

The floor joins the originals of the same papers with pikepdf and writes nothing of its own (pictures are wrapped into a
page by Pillow). Times are by the clock, the best of the rounds, since most of the work is done in other processes.
Memory is the most that this process and the largest of its children ever held (resident, not on Windows).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pikepdf
from PIL import Image

from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.packet.order import PacketReport
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.library import Library

TODAY = Day(2026, 3, 20)
HEAD = f"{'packet':28} {'pages':>6} {'exhibits':>9} {'floor ms':>9} {'ours ms':>9} {'ratio':>7} {'MB':>7}  MB resident"


def best(act: Callable[[], object], rounds: int) -> float:
    """The shortest of some rounds, in milliseconds by the clock."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return min(found)


def join(library: Library, case: Case, out: Path) -> None:
    """Every paper's pages one after the other in one file, and nothing else."""
    with pikepdf.new() as whole:
        for document in case.all(Document):
            if not library.vault.holds(document.sha256):
                continue
            source = library.vault.path(document.sha256 or "")
            if document.media_type != "application/pdf":
                source = as_page(source, out.with_name(f"{document.id}.pdf"))
            with pikepdf.open(source) as paper:
                whole.pages.extend(paper.pages)
        whole.save(out)


def as_page(picture: Path, out: Path) -> Path:
    with Image.open(picture) as image:
        image.convert("RGB").save(out, "PDF")
    return out


def memory() -> str:
    """The most that was resident, of this process and of the largest child, in megabytes."""
    try:
        import resource
    except ImportError:
        return "-"
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return " + ".join(str(round(resource.getrusage(kind).ru_maxrss / unit)) for kind in kinds)


def measure(name: str, folder: Path, bills: int, rounds: int, out: Path) -> str:
    """One row: the packet of the first bills of a library."""
    with Library.open(folder, "read") as library:
        ids = tuple(bill.id for bill in library.read(lambda reader: reader.find(Bill))[:bills])
        case = library.read(lambda reader: load_bills(reader, ids))
        request = PacketRequest(ids, "biller", TODAY, out / "packet.pdf")
        reports: list[PacketReport] = []
        floor = best(lambda: join(library, case, out / "joined.pdf"), rounds)
        ours = best(lambda: reports.append(make_packet(library, request, lambda _: None, lambda: False)), rounds)
    made, size = reports[-1], (out / "packet.pdf").stat().st_size / 1e6
    return (
        f"{name:28} {made.pages:6} {len(made.exhibits):9} {floor:9.0f} {ours:9.0f} {ours / floor:7.1f} {size:7.1f}"
        f"  {memory()}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="a library of make_library.py")
    parser.add_argument("--bills", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    print(HEAD)
    with tempfile.TemporaryDirectory() as place:
        out = Path(place)
        make_sample(out / "sample")
        print(measure("the sample case", out / "sample", 3, asked.rounds, out), flush=True)
        if asked.folder:
            name = f"{asked.bills} bills of a large library"
            print(measure(name, asked.folder, asked.bills, asked.rounds, out))


if __name__ == "__main__":
    main()
