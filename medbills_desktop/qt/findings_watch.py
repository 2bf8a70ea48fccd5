"""Keeps the findings of every bill up to date beside the window: only bills that a change touches are checked anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from medbills_desktop.checks import run_checks
from medbills_desktop.checks.decided import DecidedFinding, decided
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import FindingDecision
from medbills_desktop.store.case_loading import load_checked
from medbills_desktop.store.queries.affected import FindAffectedBills, ListBillIds
from medbills_desktop.store.reader import Reader

if TYPE_CHECKING:
    from medbills_desktop.qt.session import Session

AT_ONCE = 10
"""Bills that are checked in one task, so that a bill in front never waits long."""

Found = dict[int, tuple[DecidedFinding, ...]]


@dataclass(frozen=True, slots=True)
class CheckBills:
    """A query: the decided findings of some bills; bills that are gone have an empty entry."""

    bill_ids: frozenset[int]
    today: Day

    def __call__(self, reader: Reader) -> Found:
        case = load_checked(reader, self.bill_ids)
        found: dict[int, list[DecidedFinding]] = {bill_id: [] for bill_id in self.bill_ids}
        for one in decided(run_checks(case, self.today, self.bill_ids), case.all(FindingDecision)):
            found[one.finding.bill_id].append(one)
        return {bill_id: tuple(ones) for bill_id, ones in found.items()}


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
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._start_next)
        session.herald.changed.connect(self._news)

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
        return sum(one.open and one.finding.level != "info" for found in self._found.values() for one in found)

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        self._ask(self._session.read(FindAffectedBills(changes)))

    def _ask(self, bill_ids: Iterable[int]) -> None:
        wanted = [bill_id for bill_id in bill_ids if bill_id not in self._waiting]
        self._again |= self._running.intersection(wanted)
        self._waiting.extend(wanted)
        if self._waiting and not self._running:
            self._next.start()

    def _batch(self) -> Sequence[int]:
        if self._front in self._waiting:
            return (self._front,)
        return self._waiting[:AT_ONCE]

    @Slot()
    def _start_next(self) -> None:
        if self._running or not self._waiting:
            return
        batch = frozenset(self._batch())
        self._waiting = [bill_id for bill_id in self._waiting if bill_id not in batch]
        self._running, self._again = batch, set()
        library, query = self._session.library, CheckBills(batch, self._session.today)
        self._session.tasks.start(lambda _task: library.read(query), self._take, self._failed)

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
