"""What a large library costs without its window: open, list, sort, search, load, check, change.

    python benchmarks/make_library.py DIR
    python benchmarks/library.py DIR [--rounds 5]

Each act is timed beside a floor in the same run: the bare driver fetching the same rows, or plain Python doing the same
sorting. Times are the best of some rounds, in processor time of this process, which other work on the machine disturbs
least; where the disk has to answer (opening, changing) it is the clock. What matters from machine to machine is the
ratio; the bound in milliseconds is what a person may be asked to wait on two cores.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from medbills_desktop.checks import run_checks
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.lines import EditLines
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KINDS, Bill, Line, PageView
from medbills_desktop.qt.pages.bills_page import BILL_COLUMNS
from medbills_desktop.qt.rows_model import RowsModel
from medbills_desktop.store import known_charges
from medbills_desktop.store.case_loading import load_bills, load_case, load_checked
from medbills_desktop.store.engine import DATABASE, raw_connection
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.bills import ListBills
from medbills_desktop.store.queries.calls import ListCalls
from medbills_desktop.store.queries.papers import ListPapers
from medbills_desktop.store.queries.searching import Search
from medbills_desktop.store.queries.timeline import ListEvents
from medbills_desktop.store.search_words import match_expression

TODAY = Day(2026, 3, 20)
TYPED = ("c", "ca", "card", "ward 1", "1,2", "1,234.5", "harbor light")
MIDDLE = 20
"""The bill that is looked at alone."""

Timed = Callable[[], object]


@dataclass(frozen=True)
class Act:
    """One act, its floor, and how many milliseconds it may take; `clock` where waiting for the disk is part of it."""

    name: str
    floor: Timed
    ours: Timed
    bound: float
    clock: bool = False
    before: Timed = lambda: None
    """What is done before each round of ours and not timed."""

    def row(self, rounds: int) -> tuple[str, bool]:
        """The line of the table, and whether the bound was kept."""
        floor = best(self.floor, rounds, self.clock)
        ours = best(self.ours, rounds, self.clock, self.before)
        late = ours > self.bound
        ratio = f"{ours / floor:8.1f}" if floor > 0.05 else f"{'–':>8}"
        return f"{self.name:36} {floor:9.1f} {ours:9.1f} {ratio} {self.bound:9.0f}{'  over' if late else ''}", not late


def best(act: Timed, rounds: int, clock: bool, before: Timed = lambda: None) -> float:
    """The shortest of some rounds, in milliseconds."""
    now = time.perf_counter if clock else time.process_time
    found = []
    for _ in range(rounds):
        before()
        began = now()
        act()
        found.append((now() - began) * 1000)
    return min(found)


def fetch(connection: Any, *statements: str) -> int:
    """The rows of some statements, read by the driver alone."""
    return sum(len(connection.execute(statement).fetchall()) for statement in statements)


def opening(folder: Path) -> Iterator[Act]:
    """Opening a library that was closed in good order, and one that has to be read through first."""

    def bare() -> None:
        with closing(raw_connection(folder / DATABASE, "ro")) as connection:
            fetch(connection, "SELECT count(*) FROM bill")

    def through() -> None:
        with closing(raw_connection(folder / DATABASE, "ro")) as connection:
            fetch(connection, "PRAGMA integrity_check")

    def unknown() -> None:
        os.utime(folder / DATABASE)
        Library.open(folder).close()

    Library.open(folder).close()
    yield Act("open and close", bare, lambda: Library.open(folder).close(), 500, clock=True)
    yield Act("open after it was touched", through, unknown, 5000, clock=True)
    Library.open(folder).close()


def listing(library: Library, bare: Any) -> Iterator[Act]:
    """The lists of the pages, and sorting the longest of them by each column."""
    bills = library.read(ListBills())
    all_of = "SELECT * FROM {} ORDER BY id".format
    for name, query, floor in (
        ("list bills", ListBills(), [all_of("bill"), all_of("statement")]),
        ("list calls", ListCalls(), [all_of("call"), all_of("call_bill")]),
        ("list papers", ListPapers(), [all_of("document"), all_of("document_link")]),
        ("list the timeline", ListEvents(), [all_of("call"), all_of("statement"), all_of("payment")]),
    ):
        yield Act(name, lambda floor=floor: fetch(bare, *floor), lambda query=query: library.read(query), 100)
    model = RowsModel(BILL_COLUMNS)
    model.set_rows(bills)
    sortable = [number for number, column in enumerate(BILL_COLUMNS) if column.sort]
    plain = [(bill.biller, bill.id) for bill in bills]
    yield Act(
        "sort bills by every column",
        lambda: [sorted(plain) for _ in sortable],
        lambda: [model.sort(number) for number in sortable],
        100,
    )


def searching(library: Library, bare: Any) -> Iterator[Act]:
    """Each keystroke of a search."""
    sql = "SELECT rowid, body FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 100"
    for typed in TYPED:
        expression = match_expression(typed)
        yield Act(
            f"search “{typed}”",
            lambda expression=expression: bare.execute(sql, (expression,)).fetchall(),
            lambda typed=typed: library.read(Search(typed)),
            50,
        )


def checking(library: Library, bare: Any) -> Iterator[Act]:
    """One bill as its tabs load it, its checks after a change, and everything at once."""
    of_one = [
        f"SELECT * FROM {table} WHERE {field} = {MIDDLE}"
        for table, field in (("bill", "id"), ("statement", "bill_id"), ("line", "bill_id"), ("claim", "bill_id"))
    ]
    whole = ("person", "organization", "policy", "visit", "price")
    around = [*of_one, *(f"SELECT * FROM {table}" for table in whole)]
    mine = f"SELECT policy.id FROM policy JOIN bill ON bill.person_id = policy.person_id WHERE bill.id = {MIDDLE}"
    years = f"SELECT * FROM claim WHERE policy_id IN ({mine})"
    everything = [f"SELECT * FROM {kind.KIND}" for kind in KINDS if kind is not PageView]
    desk = Desk(library)
    line = library.read(lambda reader: reader.find(Line, bill_id=MIDDLE))[0]
    charges = itertools.cycle((Cents((line.charge or 0) + 100), line.charge))

    def check_one() -> object:
        return run_checks(library.read(lambda reader: load_checked(reader, {MIDDLE})), TODAY, {MIDDLE})

    def change() -> None:
        desk.perform(EditLines(((line.id, (("charge", next(charges)),)),)))

    yield Act(
        "load one bill",
        lambda: fetch(bare, *around),
        lambda: library.read(lambda reader: load_bills(reader, {MIDDLE})),
        50,
    )
    yield Act("load and check one bill, alone", lambda: fetch(bare, *around, years), check_one, 500, before=forget)
    library.read(lambda reader: load_checked(reader, set(range(1, 41))))
    yield Act("check it after a change", lambda: fetch(bare, *around, years), check_one, 50, before=change)
    some = set(range(1, 41))
    yield Act(
        "load and check forty bills",
        lambda: fetch(bare, *around, years),
        lambda: run_checks(library.read(lambda reader: load_checked(reader, some)), TODAY, some),
        1000,
    )
    yield Act("load the whole library", lambda: fetch(bare, *everything), lambda: library.read(load_case), 5000)
    # Read only now: with so many records in memory Python's own collecting of garbage would slow what is above.
    case: Case = library.read(load_case)
    yield Act(
        "check the whole library", lambda: fetch(bare, *everything), lambda: run_checks(fresh(case), TODAY), 10_000
    )


def forget() -> None:
    """As in a program that was just started: no sums of charges are kept yet."""
    known_charges._LAST.clear()  # noqa: SLF001 - there is no other need for it


def fresh(case: Case) -> Case:
    """The same records without what the case has worked out already."""
    return Case(case.records, case.title, case.notes, case.today)


def changing(library: Library) -> Iterator[Act]:
    """One charge typed over, and taken back, against the same row written by the bare driver."""
    desk = Desk(library)
    line = library.read(lambda reader: reader.find(Line, bill_id=MIDDLE))[0]
    edit = EditLines(((line.id, (("charge", Cents((line.charge or 0) + 100)),)),))

    def bare() -> None:
        with closing(raw_connection(library.folder / DATABASE, "rw")) as connection:
            for charge in ((line.charge or 0) + 100, line.charge):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE line SET charge = ? WHERE id = ?", (charge, line.id))
                connection.execute("COMMIT")

    def ours() -> None:
        desk.perform(edit)
        desk.undo()

    yield Act("change a charge and undo it", bare, ours, 100, clock=True)


def acts(folder: Path) -> Iterator[Act]:
    yield from opening(folder)
    with Library.open(folder) as library, closing(raw_connection(folder / DATABASE, "ro")) as bare:
        assert library.read(lambda reader: reader.find(Bill, id=MIDDLE)), "make the library with make_library.py"
        for some in (listing, searching, checking):
            yield from some(library, bare)
        yield from changing(library)


def main() -> int:
    """Measure a library; 1 if an act took longer than its bound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    print(f"{'act':36} {'floor ms':>9} {'ours ms':>9} {'ratio':>8} {'bound ms':>9}")
    kept = []
    for act in acts(asked.folder):
        line, in_time = act.row(asked.rounds)
        print(line, flush=True)
        kept.append(in_time)
    return int(not all(kept))


if __name__ == "__main__":
    raise SystemExit(main())
