"""The window's side of the paper worker: one process, one request under way, chosen when the worker is free.

A worker that dies or overruns its time is replaced; what it was working on is asked once more and then
refused. The window never waits for it.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QTimer, Slot
from shiboken6 import isValid

from medbills_desktop.papers.protocol import Answer, OpenPaper, PaperOpened, Ping, Refused, Request, is_last
from medbills_desktop.papers.reasons import Why, cant_show
from medbills_desktop.qt.viewer.asking import Asker, Urgency, seconds_for
from medbills_desktop.qt.viewer.worker_process import WorkerProcess

START_SECONDS = 30.0
"""Added for the first answer of a worker, which also pays for its start on a busy machine."""

SLOW_SECONDS = 1.0
"""A request that takes longer and is of no use any more is cut short by replacing the worker (about 0.3 s)."""

MOST_FAILURES = 2
_PAUSES = (0, 250, 1_000, 3_000, 10_000)
"""Milliseconds before a lost worker is replaced, by the number of workers lost without any answer between."""


@dataclasses.dataclass(frozen=True)
class _Errand:
    """What the worker is busy with, and for whom. Opening again after a restart has the asker that needs it."""

    request: Request
    asker: Asker | None


class WorkerLink(QObject):
    """Owns the worker process for all viewers of the program. Call `close` before the program ends."""

    def __init__(self, parent: QObject | None = None, patience: float = 1.0) -> None:
        """`patience` multiplies every waiting time, for slow machines and for tests."""
        super().__init__(parent)
        self.sent = 0
        self.losses = 0
        self._patience = patience
        self._closed = False
        self._worker: WorkerProcess | None = None
        self._greeted = False
        self._errand: _Errand | None = None
        self._askers: list[Asker] = []
        self._opens: dict[str, OpenPaper] = {}
        self._opened: dict[str, PaperOpened] = {}
        self._open_here: set[str] = set()
        self._failures: dict[Request, int] = {}
        self._lost_in_a_row = 0
        self._since_sent = QElapsedTimer()
        self._overrun = self._timer(self._out_of_time)
        self._slow = self._timer(self._cut_short)
        self._next = self._timer(self._ask_next)
        self._pause = self._timer(self._ask_next)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.close)

    def _timer(self, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        return timer

    @property
    def process_id(self) -> int:
        """The worker's process; 0 while there is none."""
        return self._worker.process_id if self._worker is not None else 0

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing is about to be asked."""
        return self._errand is None and not self._next.isActive() and not self._pause.isActive()

    def warm_up(self) -> None:
        """Start the worker ahead of need; call it after the window's first paint."""
        if not self._closed and self._worker is None:
            worker = self._started()
            if worker is not None:
                self._send(worker, Ping(number=0), None)

    def join(self, asker: Asker) -> None:
        """Let somebody ask. Who joined last is asked first for wishes of the same urgency."""
        self.leave(asker)
        self._askers.insert(0, asker)
        self.wake()

    def leave(self, asker: Asker) -> None:
        """Ask somebody no more, and bring no more answers; nothing happens when they had not joined."""
        self._askers = [each for each in self._askers if each is not asker]

    def wake(self) -> None:
        """Somebody's wishes have changed."""
        if self._closed:
            return
        if self._errand is None:
            self._next.start(0)
        elif self._since_sent.elapsed() > SLOW_SECONDS * 1_000:
            self._cut_short()

    def opened(self, document: str) -> PaperOpened | None:
        """What is known of a paper that was opened before, so that it can be shown without waiting."""
        return self._opened.get(document)

    @property
    def passwords(self) -> dict[Path, str]:
        """The passwords that opened papers since the program was started; they are nowhere but in memory."""
        return {Path(each.path): each.password for each in self._opens.values() if each.password}

    def forget(self, document: str) -> None:
        """Open the paper anew, without its password, when it is next asked for."""
        self._opens.pop(document, None)
        self._opened.pop(document, None)
        self._open_here.discard(document)

    @Slot()
    def close(self) -> None:
        """End the worker; nothing is asked any more. Passwords are forgotten."""
        self._closed = True
        for timer in (self._overrun, self._slow, self._next, self._pause):
            timer.stop()
        for worker in self.findChildren(WorkerProcess):
            worker.end_now()
        self._worker = None
        self._errand = None
        self._askers.clear()
        self._opens.clear()
        self._opened.clear()

    @Slot()
    def _ask_next(self) -> None:
        if self._closed or self._errand is not None or self._pause.isActive():
            return
        wish = self._most_wanted()
        if wish is None:
            return
        worker = self._worker or self._started()
        request, asker = wish.request, wish.asker
        known = self._opens.get(getattr(request, "document", ""))
        if known is not None and known.document not in self._open_here and not isinstance(request, OpenPaper):
            request = known
        if worker is None:
            self._blame(_Errand(request, asker), Why.CRASHED)
        else:
            self._send(worker, request, asker)

    def _living(self) -> list[Asker]:
        """Who may still ask: a viewer that was deleted without a word is dropped."""
        self._askers = [each for each in self._askers if _is_there(each)]
        return self._askers

    def _most_wanted(self) -> _Errand | None:
        askers = self._living()
        for urgency in Urgency:
            for asker in askers:
                request = asker.wish(urgency)
                if request is not None:
                    return _Errand(request, asker)
        return None

    def _started(self) -> WorkerProcess | None:
        """A new worker; None when the system would not even start it."""
        self._worker = WorkerProcess(self)
        self._worker.answered.connect(self._answered)
        self._worker.lost.connect(self._lost)
        self._greeted = False
        self._open_here.clear()
        self._worker.start()
        return self._worker

    def _send(self, worker: WorkerProcess, request: Request, asker: Asker | None) -> None:
        self.sent += 1
        request = dataclasses.replace(request, number=self.sent)
        self._errand = _Errand(request, asker)
        worker.send(request)
        self._since_sent.start()
        self._allow_time(request)
        self._slow.start(round(SLOW_SECONDS * 1_000))

    def _allow_time(self, request: Request) -> None:
        seconds = seconds_for(request) + (0.0 if self._greeted else START_SECONDS)
        self._overrun.start(round(seconds * self._patience * 1_000))

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        errand = self._errand
        if errand is None or answer.number != errand.request.number:
            self._drop_worker(Why.CRASHED)
            return
        self._greeted = True
        self._lost_in_a_row = 0
        self._note(errand.request, answer)
        if is_last(answer):
            self._rest()
            self._failures.pop(_unnumbered(errand.request), None)
        else:
            self._allow_time(errand.request)
        self._deliver(errand, answer)
        if self._errand is None:
            self._ask_next()

    def _note(self, request: Request, answer: Answer) -> None:
        if isinstance(request, OpenPaper):
            if isinstance(answer, PaperOpened):
                self._opens[request.document] = request
                self._opened[request.document] = answer
                self._open_here.add(request.document)
            else:
                self.forget(request.document)

    def _deliver(self, errand: _Errand, answer: Answer) -> None:
        if errand.asker is not None and any(each is errand.asker for each in self._living()):
            errand.asker.take(errand.request, answer)

    def _rest(self) -> None:
        self._errand = None
        self._overrun.stop()
        self._slow.stop()

    @Slot()
    def _out_of_time(self) -> None:
        self._drop_worker(Why.TOOK_TOO_LONG)

    def _drop_worker(self, why: Why) -> None:
        if self._worker is not None:
            self._worker.end()
            self._lost(why)

    @Slot()
    def _cut_short(self) -> None:
        """Replace a worker that is busy with something slow which nobody waits for any more."""
        errand = self._errand
        if errand is None or not self._greeted or self._worker is None:
            return
        askers = self._living()
        asker = next((each for each in askers if each is errand.asker), None)
        if asker is not None and asker.still_wants(errand.request):
            return
        if any(each.wish(urgency) for urgency in (Urgency.OPENING, Urgency.VISIBLE) for each in askers):
            self._worker.end()
            self._worker = None
            self._rest()
            self._next.start(0)

    @Slot(object)
    def _lost(self, why: Why) -> None:
        """The worker is gone: count it against what it was doing, and start another after a pause."""
        if self._closed:
            return
        errand = self._errand
        self._worker = None
        self._rest()
        self.losses += 1
        pause = _PAUSES[min(self._lost_in_a_row, len(_PAUSES) - 1)]
        self._lost_in_a_row += 1
        self._pause.start(pause)
        if errand is not None:
            self._blame(errand, why)

    def _blame(self, errand: _Errand, why: Why) -> None:
        key = _unnumbered(errand.request)
        self._failures[key] = self._failures.get(key, 0) + 1
        if self._failures[key] < MOST_FAILURES:
            return
        del self._failures[key]
        document = getattr(errand.request, "document", "")
        if isinstance(errand.request, OpenPaper):
            self.forget(document)
        self._deliver(errand, Refused(number=errand.request.number, document=document, reason=cant_show(why)))


def _unnumbered(request: Request) -> Request:
    return dataclasses.replace(request, number=0)


def _is_there(asker: object) -> bool:
    return not isinstance(asker, QObject) or isValid(asker)
