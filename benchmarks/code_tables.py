"""What tables of codes cost: loading a million pairs, and checking one bill with and without them.

    python benchmarks/code_tables.py [--rows 1000000] [--rounds 3]

It makes the file and a small library of its own, and throws both away. Loading goes the way of the window: the file's
fingerprint before and after, each row read and proved, the rows written beside the database, the record kept. Its floor
is plain reading in the same run: the same file through the bare `csv` reader. Times of loading are by the clock, of one
bill the best of some rounds in processor time. From one machine to another trust the ratios; the bounds are that
loading takes at most `LOADING` times as long as reading, and checking a bill at most `CHECKING` times as long as it
does without tables. Ends with 1 where a bound is not kept.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.make_library import CODES, make_library
from medbills_desktop.checks import run_checks
from medbills_desktop.commands.code_tables import LoadCodeTable, read_table
from medbills_desktop.commands.desk import Desk
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import CodeTable
from medbills_desktop.exchange.code_table_files import read_head
from medbills_desktop.store.case_loading import load_checked
from medbills_desktop.store.library import Library

LOADING, CHECKING = 12.0, 2.0
BILLS, BILL = 20, 10
"""Bills of the library, and the one that is checked."""

TODAY = Day(2026, 3, 20)
HEADINGS = "Column 1\tColumn 2\t*=in existence\tEffective Date\tDeletion Date\tModifier\tRationale\n"


def pairs(rows: int) -> Iterator[str]:
    """Rows of different pairs, among them all pairs of the fifty commonest codes of the library."""
    common = CODES[:50]
    known = [(first, second) for first in common for second in common if first < second][:rows]
    made = ((f"G{number // 1000 % 10000:04d}", f"K{number % 1000:04d}") for number in range(rows - len(known)))
    for number, (first, second) in enumerate((*known, *made)):
        yield f"{first}\t{second}\t\t{20100101 + number % 9}\t*\t{number % 2}\tMade up\n"


def make_file(path: Path, rows: int) -> Path:
    with path.open("w", encoding="cp1252", newline="") as target:
        target.write(HEADINGS)
        target.writelines(pairs(rows))
    return path


def plain(path: Path) -> int:
    """The floor: every row through the bare reader, nothing kept."""
    with path.open(encoding="cp1252", newline="") as stream:
        return sum(1 for _ in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def load(library: Library, path: Path) -> CodeTable:
    found = read_table(library, path, read_head(path), "any", datetime.now(UTC), lambda _rows: True)
    kept: CodeTable = Desk(library).perform(LoadCodeTable(found.table))
    return kept


def check(library: Library) -> int:
    """How many findings one bill has."""
    return len(run_checks(library.read(lambda reader: load_checked(reader, {BILL})), TODAY, {BILL}))


def took(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds."""
    start = clock()
    act()
    return 1000 * (clock() - start)


def row(name: str, floor: float, ours: float, bound: float) -> tuple[str, bool]:
    """A line of the table, and whether its bound was kept."""
    ratio = ours / floor
    return f"{name:36} {floor:9.1f} {ours:9.1f} {ratio:8.2f} {bound:9.1f}{'  over' if ratio > bound else ''}", (
        ratio <= bound
    )


def measure(room: Path, rows: int, rounds: int) -> list[tuple[str, bool]]:
    """Both acts, in a folder of their own."""
    path = make_file(room / "ccipra-v321r0-f1.txt", rows)
    make_library(room / "library", BILLS)
    with Library.open(room / "library") as library:
        check(library)
        without = min(took(lambda: check(library), time.process_time) for _ in range(rounds))
        before = check(library)
        floor = min(took(lambda: plain(path)) for _ in range(rounds))
        ours = took(lambda: load(library, path))
        check(library)
        within = min(took(lambda: check(library), time.process_time) for _ in range(rounds))
        more = check(library) - before
    return [
        row(f"load {rows:,} pairs", floor, ours, LOADING),
        row(f"check one bill ({more} more findings)", without, within, CHECKING),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(f"{'act':36} {'floor ms':>9} {'ours ms':>9} {'ratio':>8} {'bound':>9}")
    with tempfile.TemporaryDirectory() as room:
        rows = measure(Path(room), asked.rows, asked.rounds)
    print("\n".join(text for text, _ in rows))
    sys.exit(0 if all(kept for _, kept in rows) else 1)


if __name__ == "__main__":
    main()
