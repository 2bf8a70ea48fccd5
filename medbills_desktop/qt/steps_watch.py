"""Keeps the next step of every open bill up to date beside the window, for Today and the list of bills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from medbills_desktop.checks.chosen import chosen_findings
from medbills_desktop.checks.decided import open_count
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.store.queries.steps import STEP_KINDS, FoundOnBill, ListNextSteps, StepRow

if TYPE_CHECKING:
    from medbills_desktop.qt.session import Session

Answer = tuple[int, frozenset[int] | None, list[StepRow]]


def bills_named(changes: ChangeSet) -> frozenset[int] | None:
    """The bills that a change names itself, such as that of a line; `None` where it may be about any bill."""
    found: set[int] = set()
    for row in changes.rows:
        if row.kind not in STEP_KINDS:
            continue
        if row.kind == "bill":
            found.add(row.id)
            continue
        for image in (row.before, row.after):
            if image is None:
                continue
            if "bill_id" not in image:
                return None
            if image["bill_id"] is not None:
                found.add(image["bill_id"])
    return frozenset(found)


class StepsWatch(QObject):
    """The next steps of the open library; nothing is read before the first `want`.

    A change asks anew for the bills that it names, or for all where it names none; findings ask for their bills.
    Signals: `changed` carries nothing, when a step is another one now.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._rows: dict[int, StepRow] = {}
        self._wanted = False
        self._all = False
        self._some: set[int] = set()
        self._asked = 0
        self._running = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._start)
        session.herald.changed.connect(self._news)
        session.findings.changed.connect(self._found)
        session.days.changed.connect(self._ask_all)

    @property
    def whole(self) -> bool:
        """Whether nothing is under way."""
        return not self._running and not self._next.isActive()

    @property
    def rows(self) -> Mapping[int, StepRow]:
        """The steps by bill, as far as they are known."""
        return self._rows

    def want(self) -> None:
        """Begin to keep the steps, if that was not asked for before."""
        if not self._wanted:
            self._wanted = True
            self._ask_all()

    def close(self) -> None:
        """Ask for nothing more, before the library is closed."""
        self._wanted = False
        self._next.stop()

    @Slot()
    def _ask_all(self) -> None:
        if self._wanted:
            self._all = True
            self._next.start()

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        if not changes.kinds & STEP_KINDS:
            return
        bill_ids = bills_named(changes)
        if bill_ids is None:
            self._ask_all()
        else:
            self._found(bill_ids)

    @Slot(object)
    def _found(self, bill_ids: frozenset[int]) -> None:
        if self._wanted:
            self._some |= bill_ids
            self._next.start()

    @Slot()
    def _start(self) -> None:
        if self._running or not (self._all or self._some):
            return
        bill_ids = None if self._all else frozenset(self._some)
        self._all, self._some = False, set()
        self._running = True
        self._asked += 1
        asked, library = self._asked, self._session.library
        query = ListNextSteps(self._session.today, self._facts_found(bill_ids), bill_ids)
        self._session.tasks.start(lambda _task: (asked, bill_ids, library.read(query)), self._take, self._failed)

    def _facts_found(self, bill_ids: frozenset[int] | None) -> dict[int, FoundOnBill]:
        facts = {}
        for bill_id, found in self._session.findings.by_bill(bill_ids):
            facts[bill_id] = FoundOnBill(open_count(found), chosen_findings(found))
        return facts

    def _take(self, answer: Answer) -> None:
        self._running = False
        _, bill_ids, rows = answer
        fresh = {row.bill_id: row for row in rows}
        if bill_ids is not None:
            kept = {number: row for number, row in self._rows.items() if number not in bill_ids}
            fresh = dict(sorted((kept | fresh).items()))
        if self._all or self._some:
            self._next.start()
        if fresh != self._rows:
            self._rows = fresh
            self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._running = False
        raise error
