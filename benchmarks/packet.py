"""What an evidence packet costs: 1,000 and 5,000 scanned pages, long records, the sample case, a large library.

    python benchmarks/packet.py [DIR] [--pages 1000] [--large 5000] [--rounds 5] [--bills 20]

In each round the same papers are copied into one file and synced (the floor), merged by qpdf (its program where there
is one, else its library), and made a packet; the best of the rounds counts. Front matter is timed apart, since floor
and qpdf have none. Memory is the most that a process of its own ever held (resident, not on Windows). Papers are taken
as prepared; what preparing them costs is a line of its own. The floor of the last table joins the originals of the same
papers with pikepdf. Ends with 1 where a bound is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pikepdf
from PIL import Image

from benchmarks.large_packets import TODAY, resident
from benchmarks.make_scans import make_scans
from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.packet.order import PacketReport
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.library import Library

HEAD = f"{'packet':28} {'pages':>6} {'exhibits':>9} {'floor ms':>9} {'ours ms':>9} {'ratio':>7} {'MB':>7}  MB resident"
OWN = Path(__file__).with_name("large_packets.py")
QPDF_LIBRARY = """
import sys, pikepdf
out, *papers = sys.argv[1:]
pages = [{"file": path, "range": "1-z"} for path in papers]
pikepdf.Job({"empty": "", "outputFile": out, "pages": pages}).run()
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure against its bound, which is the most that it may be."""

    what: str
    found: float
    bound: float | None = None
    unit: str = ""

    @property
    def over(self) -> bool:
        return self.bound is not None and self.found > self.bound

    def __str__(self) -> str:
        bound = "" if self.bound is None else f"{self.bound:10,.4g}"
        return f"{self.what:56} {self.found:10,.4g} {self.unit:4} {bound:10} {'over' if self.over else ''}".rstrip()


def in_own_process(act: str, *words: object) -> dict[str, float]:
    """What large_packets.py tells of one of its acts."""
    run = [sys.executable, str(OWN), act, *map(str, words)]
    found: dict[str, float] = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    return found


def copied(papers: list[Path], out: Path) -> float:
    """Seconds for the papers' bytes into one file, one after the other, on the disk."""
    began = time.perf_counter()
    with out.open("wb") as file:
        for paper in papers:
            with paper.open("rb") as source:
                shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - began


def merged(papers: list[Path], out: Path) -> tuple[float, float]:
    """Seconds for qpdf to put all pages into one file, which it does not sync: by the clock and of the processor."""
    program, names = shutil.which("qpdf"), [str(paper) for paper in papers]
    run = [program, "--empty", "--pages", *names, "--", str(out)] if program else None
    before, began = os.times(), time.perf_counter()
    subprocess.run(run or [sys.executable, "-c", QPDF_LIBRARY, str(out), *names], check=True)
    took, after = time.perf_counter() - began, os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return took, worked


def scanned(folder: Path, pages: int, rounds: int) -> Iterator[Row]:
    """A packet of so many scanned pages against copying and merging them."""
    papers, out = make_scans(folder / f"scans-{pages}", pages), folder / f"out-{pages}"
    out.mkdir()
    size = sum(paper.stat().st_size for paper in papers)
    floor, qpdf, ours, made = [], [], [], {}
    for _ in range(rounds):
        floor.append(copied(papers, out / "copied"))
        qpdf.append(merged(papers, out / "merged.pdf"))
        made = in_own_process("export", papers[0].parent, out)
        ours.append(made)
    best = min(ours, key=lambda one: one["seconds"] - one["front"])
    apart = best["seconds"] - best["front"]
    name = f"{pages:,} pages, {len(papers)} papers"
    yield Row(f"{name}: size", size / 1e6, unit="MB")
    yield Row(f"{name}: copied and synced", min(floor), unit="s")
    yield Row(f"{name}: merged by qpdf", min(took for took, _ in qpdf), unit="s")
    yield Row(f"{name}: front matter of {int(made['pages']) - pages:,} pages", best["front"], unit="s")
    yield Row(f"{name}: stamped, linked, proved, synced", apart, unit="s")
    yield Row(f"{name}: against the copy", apart / min(floor), 3)
    merging = min(took for took, _ in qpdf)
    yield Row(f"{name}: against qpdf", apart / merging, 1.2)
    yield Row(f"{name}: the same without the fingerprints of pages", (apart - best["prints"]) / merging)
    yield Row(f"{name}: qpdf against the copy", merging / min(floor))
    worked = min(one["processor"] for one in ours), max(min(worked for _, worked in qpdf), 0.01)
    yield Row(f"{name}: time of the processor, against qpdf", worked[0] / worked[1])
    yield Row(f"{name}: stamping alone, of 1,000 pages", min(one["stamping"] for one in ours) / pages * 1000, unit="s")
    yield Row(f"{name}: packet against its papers", made["size"] / size, 1.005)
    yield Row(f"{name}: memory", made["resident"], 150, "MB")
    yield Row(f"{name}: longest without progress", min(one["longest"] for one in ours), 0.5, "s")


def stopped(folder: Path, pages: int) -> Iterator[Row]:
    """How soon an export stops, at moments spread over it, and what preparing its papers takes."""
    papers, out = folder / f"scans-{pages}", folder / f"out-{pages}"
    found = in_own_process("cancel", papers, out)
    yield Row(f"{pages:,} pages: stops within, of {int(found['stopped'])} times", found["longest"], 1, "s")
    yield Row(f"{pages:,} pages: files left by all of them", found["left"], 0)
    found = in_own_process("prepare", papers, out)
    yield Row(f"{pages:,} pages: prepared in the child, each time anew", found["seconds"], unit="s")
    yield Row(f"{pages:,} pages: memory of that child", found["resident"], unit="MB")


def long_records(rounds: int) -> Iterator[Row]:
    """A hundred pages of the packet's own, and tables of 2,000 and 20,000 rows."""
    best = {
        lines: min((in_own_process("front", lines) for _ in range(rounds)), key=lambda one: one["seconds"])
        for lines in (1200, 2000, 20_000)
    }
    shorter, short, long = best.values()
    yield Row(f"front matter of {int(shorter['pages'])} pages (1,200 lines)", shorter["seconds"], 3, "s")
    yield Row(f"a bill of 2,000 lines, {int(short['pages'])} pages", short["seconds"], unit="s")
    yield Row(f"a bill of 20,000 lines, {int(long['pages']):,} pages", long["seconds"], unit="s")
    yield Row("each of 20,000 lines against each of 2,000", long["seconds"] / short["seconds"] / 10, 1.5)
    yield Row("a bill of 20,000 lines: memory", long["resident"], unit="MB")


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
    memory = f"{resident():.0f} + {resident(of_children=True):.0f}"
    return (
        f"{name:28} {made.pages:6} {len(made.exhibits):9} {floor:9.0f} {ours:9.0f} {ours / floor:7.1f} {size:7.1f}"
        f"  {memory}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="a library of make_library.py")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--large", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bills", type=int, default=20)
    asked = parser.parse_args()
    print(f"{'what':56} {'found':>10} {'':4} {'bound':>10}")
    over = False
    with tempfile.TemporaryDirectory() as place:
        out = Path(place)
        groups = (
            scanned(out, asked.pages, asked.rounds),
            stopped(out, asked.pages),
            scanned(out, asked.large, 1 + asked.rounds // 4),
            long_records(1 + asked.rounds // 3),
        )
        for row in (row for group in groups for row in group):
            over = over or row.over
            print(row, flush=True)
        print(f"\n{HEAD}")
        make_sample(out / "sample")
        print(measure("the sample case", out / "sample", 3, 2, out), flush=True)
        if asked.folder:
            print(measure(f"{asked.bills} bills of a large library", asked.folder, asked.bills, 2, out))
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
