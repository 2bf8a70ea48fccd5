"""A person at work, as a script that can be killed at any moment: bills, lines, calls, papers, undo, backups.

    python -m tests.support.scripted_session FOLDER SEED

After each step that the program acknowledged it prints the journal's newest entry, its hash and what was done.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.lines import AddLines, MarkLines, RemoveLines
from medbills_desktop.commands.papers import AddPapers, ReceivedPaper
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Call, Line, Promise, Statement
from medbills_desktop.store.drafts import keep_draft
from medbills_desktop.store.library import Library

DAY = date(2025, 5, 4)


class Person:
    """Someone who works through the library in an order drawn from a seed."""

    def __init__(self, library: Library, seed: int) -> None:
        self.library, self.desk, self.draw = library, Desk(library), random.Random(seed)
        self.turns: list[Callable[[], object]] = [
            self.enter,
            self.enter,
            self.lines,
            self.lines,
            self.call,
            self.call,
            self.paper,
            self.paper,
            self.mark,
            self.undo,
            self.undo,
            self.redo,
            self.remove,
            self.draft,
            self.backup,
        ]

    def work(self) -> None:
        """One step after another until killed."""
        while True:
            turn = self.draw.choice(self.turns)
            try:
                turn()
            except UserError as refused:
                if refused.what.startswith(("The disk", "Another program", "The library")):
                    raise
                continue
            seq, digest = self.library.journal_head()
            sys.stdout.write(f"{seq} {digest} {turn.__name__}\n")
            sys.stdout.flush()

    def bill_id(self) -> int:
        found = self.library.read(lambda reader: [row[0] for row in reader.rows("SELECT id FROM bill")])
        return self.draw.choice(found) if found else self.enter().id

    def enter(self) -> Bill:
        number = f"{self.draw.randrange(10**6):06d}"
        statement = Statement(bill_id=0, date=DAY, balance=Cents(self.draw.randrange(10**6)))
        bill: Bill = self.desk.perform(
            EnterBill(f"Hospital {number[:1]}", "hospital", "Ana Ruiz", number, DAY, statement)
        )
        return bill

    def lines(self) -> None:
        count = self.draw.randrange(1, 12)
        lines = tuple(Line(bill_id=0, description=f"Supply {n}", charge=Cents(n * 100)) for n in range(count))
        self.desk.perform(AddLines(self.bill_id(), lines))

    def call(self) -> None:
        promise = Promise(call_id=0, text="Call back", due=DAY)
        self.desk.perform(LogCall(Call(started=Moment(DAY), said="x" * 500), None, (self.bill_id(),), (), (promise,)))

    def paper(self) -> None:
        data = self.draw.randbytes(self.draw.choice((10, 5_000, 300_000)))
        held = self.library.vault.take(io.BytesIO(data))
        paper = ReceivedPaper("scan.bin", held.sha256, held.size)
        (document,) = self.desk.perform(AddPapers((paper,), self.bill_id()))
        with self.library.working() as work:
            work.put_page_texts(document.id, [(1, f"scan {held.sha256}")])

    def mark(self) -> None:
        found = self.library.read(lambda reader: [row[0] for row in reader.rows("SELECT id FROM line")])
        self.desk.perform(MarkLines(tuple(self.draw.sample(found, min(3, len(found)))), "overpriced"))

    def undo(self) -> None:
        self.desk.undo()

    def redo(self) -> None:
        self.desk.redo()

    def remove(self) -> None:
        found = self.library.read(lambda reader: [row[0] for row in reader.rows("SELECT id FROM line")])
        self.desk.perform(RemoveLines(tuple(self.draw.sample(found, min(25, len(found))))))
        self.desk.perform(RemoveRecord(Bill, self.bill_id()))

    def draft(self) -> None:
        keep_draft(self.library, "call", {"said": "typed " * self.draw.randrange(200)})

    def backup(self) -> None:
        self.library.back_up()


def main(folder: Path, seed: int) -> None:
    """Open the library and work in it."""
    Person(Library.open(folder), seed).work()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
