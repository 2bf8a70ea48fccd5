"""Packets of any size, made in a process of its own so that its memory can be told.

    python benchmarks/large_packets.py export PAPERS OUT
    python benchmarks/large_packets.py cancel PAPERS OUT
    python benchmarks/large_packets.py prepare PAPERS OUT
    python benchmarks/large_packets.py front LINES

PAPERS is a folder of make_scans.py, OUT a folder to write to. Each prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Bill,
    Call,
    CallBill,
    Document,
    DocumentLink,
    Line,
    Organization,
    Person,
    Record,
)
from medbills_desktop.packet import export as exporting
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.front_matter import draw_front_matter
from medbills_desktop.packet.lettering import lettered
from medbills_desktop.packet.order import ExhibitSource, PacketCancelledError, PacketOrder, Progress

TODAY = date(2026, 3, 20)
FIRST_DAY = date(2025, 1, 1)
_LETTER = (612.0, 792.0)
_MOMENTS = 12
_CASE: tuple[Record, ...] = (
    Person(id=1, name="Pat Example"),
    Organization(id=1, name="Example General Hospital", kind="hospital"),
    Bill(id=1, biller_id=1, person_id=1, account_number="0100-2234"),
)


def order_of_papers(folder: Path) -> PacketOrder:
    """One bill with all papers of a folder, as if they had been prepared: each is its own copy."""
    documents = [
        Document(
            id=place,
            ref=f"D{place}",
            file=path.name,
            sha256=f"{place:064x}",
            paper_number=f"P{place:04}",
            kind="bill",
            size=path.stat().st_size,
        )
        for place, path in enumerate(sorted(folder.glob("*.pdf")), 1)
    ]
    links = [DocumentLink(id=each.id, document_id=each.id, type="bill", target_id=1) for each in documents]
    sources = tuple(ExhibitSource(each, folder / each.file, (), (_LETTER,) * 40) for each in documents)
    return _order(documents + links, sources)


def order_of_lines(number: int) -> PacketOrder:
    """One bill with so many lines, every second one disputed with a reason, and a call for twenty lines."""
    lines = [
        Line(
            id=place,
            bill_id=1,
            position=place,
            number=place,
            date=Moment(FIRST_DAY + timedelta(days=place % 60)),
            code=f"A{place:05}",
            description=f"Supply {place}, sterile, for one patient, from the central store",
            units=Decimal(1),
            charge=Cents(1000 + place),
            mark="overpriced" if place % 2 else "ok",
            disputed=Cents(500) if place % 2 else None,
            reason="Asked three times more than the list price" if place % 2 else None,
        )
        for place in range(1, number + 1)
    ]
    calls: list[Record] = []
    for place in range(1, number // 20 + 1):
        said = f"They looked at item {place} and said that the price list would be sent by mail within ten days."
        started = Moment(FIRST_DAY + timedelta(days=place % 300))
        calls.append(Call(id=place, started=started, organization_id=1, representative="Sue", said=said))
        calls.append(CallBill(id=place, call_id=place, bill_id=1))
    return _order([*lines, *calls], ())


def _order(records: list[Any], sources: tuple[ExhibitSource, ...]) -> PacketOrder:
    return PacketOrder(
        case=case_of([*_CASE, *records]),
        bill_ids=(1,),
        audience="biller",
        prepared_on=TODAY,
        exhibits=sources,
        program_version="1",
    )


def front(lines: int) -> dict[str, float]:
    """All front pages of a bill with so many lines."""
    order = order_of_lines(lines)
    began = time.perf_counter()
    drawn = draw_front_matter(Book(order, lettered(order.case, (1,), ()), ""), lambda _: None, lambda: False)
    return {"pages": drawn.plan.pages, "seconds": time.perf_counter() - began, "resident": resident()}


def export(papers: Path, out: Path) -> dict[str, float]:
    """The whole export: seconds in all and for the front matter with its tags; the longest time without progress."""
    order, told = order_of_papers(papers), _Told()
    fronts, tags = _Timed(exporting.draw_front_matter), _Timed(exporting.write_with_structure)
    exporting.draw_front_matter = fronts  # type: ignore[assignment]
    exporting.write_with_structure = tags  # type: ignore[assignment]
    worked, began = time.process_time(), time.perf_counter()
    told.last = began
    made = exporting.build_packet(order, out / "packet.pdf", told, lambda: False)
    whole, worked = time.perf_counter() - began, time.process_time() - worked
    told(None)
    return {
        "pages": made.pages,
        "size": made.size,
        "seconds": whole,
        "front": fronts.seconds + tags.seconds,
        "prints": told.prints,
        "processor": worked - fronts.processor - tags.processor,
        "stamping": told.stamping,
        "longest": told.longest,
        "resident": resident(),
    }


class _Told:
    """Takes progress; keeps the longest time between two reports, and what stamping and the fingerprints took."""

    def __init__(self) -> None:
        self.last = 0.0
        self.longest = self.stamping = self.prints = 0.0
        self._doing = ""

    def __call__(self, progress: Progress | None) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self.last)
        if self._doing.startswith("Stamping"):
            self.stamping += now - self.last
        elif self._doing.startswith("Taking the fingerprint"):
            self.prints += now - self.last
        self.last, self._doing = now, progress.text if progress else ""


class _Timed:
    """A function that counts its seconds."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self._work = work
        self.seconds = self.processor = 0.0

    def __call__(self, *given: Any, **named: Any) -> Any:
        worked, began = time.process_time(), time.perf_counter()
        try:
            return self._work(*given, **named)
        finally:
            self.seconds += time.perf_counter() - began
            self.processor += time.process_time() - worked


def cancel(papers: Path, out: Path) -> dict[str, float]:
    """The longest time from asking to stop until it has stopped, over moments spread over the whole export."""
    order, out = order_of_papers(papers), out / "stopped"
    out.mkdir()
    began = time.perf_counter()
    exporting.build_packet(order, out / "packet.pdf", lambda _: None, lambda: False)
    whole, longest, stopped = time.perf_counter() - began, 0.0, 0
    for moment in range(_MOMENTS):
        asked = time.perf_counter() + whole * (moment + 0.5) / _MOMENTS
        try:
            exporting.build_packet(
                order, out / "packet.pdf", lambda _: None, lambda asked=asked: time.perf_counter() > asked
            )
        except PacketCancelledError:
            longest, stopped = max(longest, time.perf_counter() - asked), stopped + 1
    left = [path.name for path in out.iterdir() if path.name != "packet.pdf"]
    return {"stopped": stopped, "longest": longest, "left": len(left)}


def prepare(papers: Path, out: Path) -> dict[str, float]:
    """Preparing every paper in the child process, and the most that this child held."""
    order = order_of_papers(papers)
    began, pages = time.perf_counter(), 0
    with tempfile.TemporaryDirectory(dir=out) as folder, ExhibitPreparer(Path(folder)) as preparer:
        for source in order.exhibits:
            pages += len(preparer.prepare(source.document, papers / source.document.file, {}).shown_sizes)
    return {"pages": pages, "seconds": time.perf_counter() - began, "resident": resident(of_children=True)}


def resident(of_children: bool = False) -> float:
    """The most memory that this process, or the largest of its ended children, ever held, in MB; 0 on Windows.

    Linux counts what a process was before it became this one as its own, but not in the place that is looked at first.
    """
    status = Path("/proc/self/status")
    if not of_children and status.exists():
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 2**10
    try:
        import resource
    except ImportError:
        return 0.0
    usage = resource.getrusage(resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF)
    return float(usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10))


if __name__ == "__main__":
    act, *words = sys.argv[1:]
    acts: dict[str, Callable[..., dict[str, float]]] = {"export": export, "cancel": cancel, "prepare": prepare}
    print(json.dumps(front(int(words[0])) if act == "front" else acts[act](*map(Path, words))))
