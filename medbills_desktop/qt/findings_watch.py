"""Keeps the findings of every bill up to date beside the window: only bills that a change touches are checked anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from medbills_desktop.checks.decided import DecidedFinding, open_count
from medbills_desktop.commands.checking import CheckBills, Found
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.qt.checking_process import CheckingProcess
from medbills_desktop.store.queries.affected import FindAffectedBills, ListBillIds

if TYPE_CHECKING:
    from medbills_desktop.qt.session import Session

AT_ONCE = 10
"""Bills that are checked in one task, so that a bill in front never waits long."""

MANY = 150
"""Bills from which they are checked in a process of their own, which takes a second to start. Beside a thread that
checks, the window's thread waits for Python again and again; beside a process it does not."""


class FindingsWatch(QObject):
    """What the checks find in the open library.

    Signals: `changed` carries the ids of bills whose findings or decisions are others now.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: Found = {}
        self._waiting: list[int] = []
        self._running: frozenset[int] = frozenset()
        self._again: set[int] = set()
        self._front: int | None = None
        self._process: CheckingProcess | None = None
        self._alone = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._start_next)
        session.herald.changed.connect(self._news)
        session.days.changed.connect(self._another_day)

    def begin(self) -> None:
        """Check every bill of the library, the newest first."""
        self._ask(self._session.read(ListBillIds()))

    @property
    def whole(self) -> bool:
        """Whether every bill has been checked."""
        return not self._waiting and not self._running

    def of(self, bill_id: int | None) -> tuple[DecidedFinding, ...] | None:
        """The findings of a bill, strongest first, or `None` while it has not been checked yet."""
        return self._found.get(bill_id) if bill_id is not None else ()

    def by_bill(self, bill_ids: frozenset[int] | None = None) -> list[tuple[int, tuple[DecidedFinding, ...]]]:
        """What is known so far of all bills, or of the named ones."""
        return [(number, ones) for number, ones in self._found.items() if bill_ids is None or number in bill_ids]

    def bring_forward(self, bill_id: int | None) -> None:
        """Check this bill before others: it is in front of the person."""
        self._front = bill_id
        if bill_id is not None and bill_id not in self._found and bill_id not in self._waiting:
            self._ask([bill_id])

    @property
    def all_found(self) -> list[DecidedFinding]:
        """Every finding known so far, by bill."""
        return [one for bill_id in sorted(self._found) for one in self._found[bill_id]]

    @property
    def open_count(self) -> int:
        """How many findings wait for a decision; notes are not counted."""
        return sum(open_count(found) for found in self._found.values())

    @Slot()
    def _another_day(self) -> None:
        """What is found may be another thing on another day, on every bill that was asked about."""
        self._ask(self._found)

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        self._ask(self._session.read(FindAffectedBills(changes)), at_once=True)

    def _ask(self, bill_ids: Iterable[int], at_once: bool = False) -> None:
        """Check bills; those that were just changed come before those of the first round."""
        wanted = list(bill_ids)
        self._again |= self._running.intersection(wanted)
        asked = set(wanted)
        others = [bill_id for bill_id in self._waiting if bill_id not in asked]
        self._waiting = [*wanted, *others] if at_once else [*others, *wanted]
        if len(self._waiting) > MANY and self._process is None and not self._alone:
            self._start_process()
        if self._waiting and not self._running:
            self._next.start()

    def _start_process(self) -> None:
        process = CheckingProcess(self._session.library.folder, self)
        process.ready.connect(self._start_next)
        process.found.connect(self._take)
        process.lost.connect(self._go_on_alone)
        self._process = process
        process.start()

    def close(self) -> None:
        """End the process that checks, before the library is closed."""
        self._alone = True
        if self._process is not None:
            self._process.end_now()
            self._process = None

    @Slot()
    def _go_on_alone(self) -> None:
        """The process ended by itself: what it was asked is checked here, and all the rest too."""
        self._alone = True
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        self._waiting = [*self._running, *(one for one in self._waiting if one not in self._running)]
        self._running = frozenset()
        if self._waiting:
            self._next.start()

    def _batch(self) -> Sequence[int]:
        if self._front in self._waiting:
            return (self._front,)
        return self._waiting[:AT_ONCE]

    @Slot()
    def _start_next(self) -> None:
        if self._running or not self._waiting:
            return
        starting = self._process is not None and not self._process.is_ready
        if starting and self._front not in self._waiting:
            return
        batch = frozenset(self._batch())
        self._waiting = [bill_id for bill_id in self._waiting if bill_id not in batch]
        self._running, self._again = batch, set()
        library, query = self._session.library, CheckBills(batch, self._session.today)
        if self._process is not None and not starting:
            self._process.ask(query)
            return
        self._session.tasks.start(lambda _task: library.read(query), self._take, self._failed)

    @Slot(object)
    def _take(self, found: Found) -> None:
        self._running = frozenset()
        fresh = {bill_id: ones for bill_id, ones in found.items() if bill_id not in self._again}
        changed = frozenset(bill_id for bill_id, ones in fresh.items() if self._found.get(bill_id) != ones)
        self._found.update(fresh)
        if self._waiting:
            self._next.start()
        if changed:
            self.changed.emit(changed)

    def _failed(self, error: BaseException) -> None:
        """Checking goes on with the next bills; what failed is told as any task's failure is."""
        self._running = frozenset()
        if self._waiting:
            self._next.start()
        raise error
