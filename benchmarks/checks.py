"""All checks over a large library beside the real window, and what one change costs.

    python benchmarks/checks.py [--bills 2000]

It makes two libraries of its own (one a tenth of the other) and opens the window on each. Printed are, for each: how
long it takes until every bill is checked, and how long the window's thread stood still meanwhile, by the clock and in
processor time of that thread; then how long it takes from a changed charge to the findings on screen, for bills of
about 10, 100 and 1,000 lines. The floor is an idle event loop in the same run. Trust the ratios, not the milliseconds:
a hundredfold bill may cost a hundredfold at most, and a tenfold library about the same (bound: 2).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication

from benchmarks.make_library import CODES, make_library
from benchmarks.window import Heartbeat
from medbills_desktop.app.paths import own_paths
from medbills_desktop.app.wiring import make_application
from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.lines import AddLines, EditLines
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Line
from medbills_desktop.qt import theme
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library

LINES = (10, 100, 1000)
"""Lines of the bills that are changed."""

BOUND = 2.0
"""How many times as long a change may take in a library of ten times the bills."""


@dataclass(frozen=True)
class Measured:
    """Of one library: seconds until all is checked, the longest stretches, and seconds for a change by lines."""

    bills: int
    whole: float
    wall: float
    thread: float
    changed: dict[int, float]

    def row(self) -> str:
        changes = " ".join(f"{1000 * self.changed[lines]:11.0f}" for lines in LINES)
        return f"{self.bills:8} {self.whole:10.1f} {self.wall:10.1f} {self.thread:14.1f} {changes}"


def add_bills(library: Library) -> dict[int, int]:
    """Bills of the sizes to be changed, each of a patient of its own; gives their ids."""
    desk, found = Desk(library), {}
    for lines in LINES:
        bill = desk.perform(EnterBill("Measured Hospital", "hospital", f"Patient {lines}", f"M{lines}"))
        desk.perform(AddLines(bill.id, tuple(_line(number) for number in range(lines))))
        found[lines] = bill.id
    return found


def _line(number: int) -> Line:
    day = date(2025, 1, 1 + number % 28)
    charge = Cents(1000 + number)
    code = CODES[-1 - number % 200]
    return Line(bill_id=0, date=Moment(day), code=code, description=f"Item {number}", units=Decimal(1), charge=charge)


def spin(until: Callable[[], bool], seconds: float = 600.0) -> float:
    """Run the event loop until something is so; gives the seconds that it took."""
    began = time.perf_counter()
    while not until():
        if time.perf_counter() - began > seconds:
            raise TimeoutError("waited too long")
        QApplication.processEvents()
        time.sleep(0.0005)
    return time.perf_counter() - began


def idle_floor(heart: Heartbeat) -> tuple[float, float]:
    """The longest stretches of an idle event loop, by the clock and of the thread, in milliseconds."""
    heart.reset()
    end = time.perf_counter() + 2
    spin(lambda: time.perf_counter() > end)
    return heart.gaps.wall, heart.gaps.thread


def measure(folder: Path, bills: int, heart: Heartbeat, rounds: int = 5) -> Measured:
    """Check everything beside the window, then change charges."""
    make_library(folder, bills)
    with Library.open(folder) as library:
        by_lines = add_bills(library)
        session = Session(library)
        window = MainWindow(session, Settings(), "Measured", folder)
        window.show()
        window.begin()
        end = time.perf_counter() + 1
        spin(lambda: time.perf_counter() > end)  # the first show of the window is measured by window.py
        heart.reset()
        whole = spin(lambda: session.findings.whole) + 1
        gaps = heart.gaps
        changed = {lines: _change(session, bill_id, rounds) for lines, bill_id in by_lines.items()}
        window.close()
        return Measured(bills, whole, gaps.wall, gaps.thread, changed)


def _change(session: Session, bill_id: int, rounds: int) -> float:
    """Seconds from a changed charge to the findings of its bill: the median of some rounds."""
    line = session.read(lambda reader: reader.find(Line, bill_id=bill_id))[0]
    session.findings.bring_forward(bill_id)
    took = []
    for number in range(rounds + 1):
        spin(lambda: session.findings.whole and session.tasks.idle)
        began = time.perf_counter()
        session.desk.perform(EditLines(((line.id, (("charge", Cents(5000 + number)),)),)))
        spin(lambda: session.findings.whole)
        took.append(time.perf_counter() - began)
    return statistics.median(took[1:])


def main() -> int:
    """Measure; 1 if a change costs more in the large library than the bound allows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bills", type=int, default=2000)
    asked = parser.parse_args()
    make_application(own_paths())
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, False, 100)
    heart = Heartbeat()
    wall, thread = idle_floor(heart)
    print(f"idle event loop: longest stretch {wall:.1f} ms by the clock, {thread:.1f} ms of the thread\n")
    titles = " ".join(f"{f'{lines} lines':>11}" for lines in LINES)
    print(f"{'bills':>8} {'all, s':>10} {'wall, ms':>10} {'of thread, ms':>14} {titles}   (ms for one change)")
    found = []
    for bills in (asked.bills // 10, asked.bills):
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(Path(folder) / "library", bills, heart))
        print(found[-1].row(), flush=True)
    small, large = found
    ratios = [large.changed[lines] / small.changed[lines] for lines in LINES]
    print(f"\nten times the library, the same bill: {', '.join(f'{ratio:.1f}' for ratio in ratios)} times as long")
    for one in found:
        steps = [one.changed[b] / one.changed[a] for a, b in pairwise(LINES)]
        print(f"ten times the lines, {one.bills} bills: {', '.join(f'{step:.1f}' for step in steps)} times as long")
    return int(max(ratios) > BOUND)


if __name__ == "__main__":
    raise SystemExit(main())
