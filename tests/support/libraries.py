"""Small real libraries for the tests of the store and the commands, and ways to compare and to damage them."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.papers import AddPapers, LinkLineRegion, ReceivedPaper
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KINDS, Call, Line, Payment, Promise, Statement, Task
from medbills_desktop.store.engine import driver
from medbills_desktop.store.library import Library

DAY = date(2025, 5, 4)
PAGE = 4096
"""Bytes of a page of the database."""


def fill(library: Library, bills: int = 2) -> Desk:
    """Enter bills with lines, statements, a call with a promise, a task, a payment and a linked paper each."""
    desk = Desk(library)
    for number in range(1, bills + 1):
        bill = desk.perform(
            EnterBill(
                f"Blue Mesa Imaging {number % 3}",
                "imaging",
                "Ana Ruiz",
                f"{number:06d}",
                DAY,
                Statement(bill_id=0, date=DAY, balance=Cents(10_000 + number)),
            )
        )
        lines = tuple(
            Line(
                bill_id=0, number=place, code="A4215", description=f"Supply {number}-{place}", charge=Cents(place * 100)
            )
            for place in range(1, 6)
        )
        kept = desk.perform(AddLines(bill.id, lines))
        promise = Promise(call_id=0, text="Send the itemized bill", due=DAY)
        desk.perform(LogCall(Call(started=Moment(DAY), said=f"On hold {number}"), None, (bill.id,), (), (promise,)))
        desk.perform(AddRecord(Task(text="Ask again", bill_id=bill.id)))
        desk.perform(AddRecord(Payment(bill_id=bill.id, date=DAY, amount=Cents(500))))
        (document,) = desk.perform(AddPapers((received(library, f"paper {number}"),), bill.id))
        desk.perform(LinkLineRegion(kept[0].id, document.id, 1, (72.0, 100.0, 300.0, 112.0)))
        with library.working() as work:
            work.put_page_texts(document.id, [(1, f"Statement of account {number:06d}")])
    return desk


def received(library: Library, text: str) -> ReceivedPaper:
    """A paper whose bytes are put into the vault."""
    held = library.vault.take(io.BytesIO(text.encode()))
    return ReceivedPaper(f"{text}.txt", held.sha256, held.size, "text/plain")


def records_of(library: Library) -> dict[str, Any]:
    """Everything that a library says about the case, apart from its journal: records, facts, search index."""

    def take(reader: Any) -> dict[str, Any]:
        found: dict[str, Any] = {kind.KIND: reader.find(kind) for kind in KINDS}
        found["search"] = sorted(tuple(row) for row in reader.rows("SELECT rowid, body FROM search"))
        found["facts"] = sorted(tuple(row) for row in reader.rows("SELECT key, value FROM library_info"))
        return found

    return library.read(take)


def dump(folder: Path) -> list[str]:
    """Every row of a closed library's file as SQL, without the search index's inner tables."""
    connection = driver().connect(f"file:{folder / 'library.db'}?mode=ro", uri=True)
    try:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name"
        ).fetchall()
        rows = [(name, row) for (name,) in tables for row in connection.execute(f"SELECT * FROM {name}")]
        return sorted(f"{name} {row!r}" for name, row in rows)
    finally:
        connection.close()


def tamper(folder: Path, *statements: str) -> None:
    """Run SQL on a closed library as another program could."""
    connection = driver().connect(str(folder / "library.db"), isolation_level=None)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def pages_of(folder: Path, table: str) -> list[int]:
    """The leaf pages of a table, found by the text that stands in them."""
    connection = driver().connect(f"file:{folder / 'library.db'}?mode=ro", uri=True)
    try:
        root = int(connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])
    finally:
        connection.close()
    data = (folder / "library.db").read_bytes()
    found, waiting = [], [root]
    while waiting:
        number = waiting.pop()
        page = data[(number - 1) * PAGE : number * PAGE]
        if page[0] in (5, 2):
            cells = int.from_bytes(page[3:5], "big")
            places = [int.from_bytes(page[12 + 2 * i : 14 + 2 * i], "big") for i in range(cells)]
            waiting += [int.from_bytes(page[place : place + 4], "big") for place in places]
            waiting.append(int.from_bytes(page[8:12], "big"))
        else:
            found.append(number)
    return sorted(found)


def overwrite_page(folder: Path, number: int, with_bytes: bytes | None = None) -> None:
    """Put other bytes in place of one page, counted from 1."""
    with (folder / "library.db").open("r+b") as stream:
        stream.seek((number - 1) * PAGE)
        stream.write(with_bytes if with_bytes is not None else os.urandom(PAGE))


def mounted(*words: str) -> None:
    """Run `mount`, or skip the test where that is not permitted."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting needs root")
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own with that much room; gone afterwards."""
    place.mkdir()
    mounted("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill_up(disk: Path) -> Path:
    """Leave no byte free on a file system; gives the file that takes the room."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(4096)):
            pass
    return filler


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """The same folder under another name where nothing can be written, not even by root."""
    place = folder.with_name(f"{folder.name}-read-only")
    place.mkdir()
    mounted("--bind", str(folder), str(place))
    try:
        mounted("-o", "remount,ro,bind", str(place))
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
