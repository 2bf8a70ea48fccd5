"""One run of the paper worker as a Qt process: bytes in, answers out, and an end that never warns."""

from __future__ import annotations

import sys
from typing import cast

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from medbills_desktop.papers.framing import FrameReader, request_bytes
from medbills_desktop.papers.protocol import Request
from medbills_desktop.papers.reasons import Why
from medbills_desktop.papers.starting import worker_command, worker_environment
from medbills_desktop.papers.wire import ProtocolError

_OUT_OF_PROCESSOR_TIME = 24
"""Number of the signal SIGXCPU, by which the system ends a worker that used up its processor time."""


class WorkerProcess(QObject):
    """Emits `answered` with each Answer and, once, `lost` with the Why of its end (never after `end`)."""

    answered = Signal(object)
    lost = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._frames = FrameReader()
        self._over = False
        self._process = QProcess(self)
        program, *arguments = worker_command()
        self._process.setProgram(program)
        self._process.setArguments(arguments)
        environment = QProcessEnvironment()
        for name, value in worker_environment().items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    def start(self) -> None:
        """Start the process; call it when the signals are connected, for a failure may be told at once."""
        self._process.start()

    @property
    def process_id(self) -> int:
        """The system's number of the process; 0 while it is being started."""
        return int(self._process.processId())

    def send(self, request: Request) -> None:
        """Write a request; what can't be written now is kept by Qt until it can."""
        self._process.write(request_bytes(request))

    def end(self) -> None:
        """Kill the process; the object deletes itself when the system has buried it."""
        self._over = True
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self.deleteLater()
        else:
            self._process.kill()

    def end_now(self, milliseconds: int = 2_000) -> None:
        """Kill the process and wait until it is gone; for the program's end."""
        self._over = True
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(milliseconds)
        self.deleteLater()

    @Slot()
    def _read(self) -> None:
        data = cast("bytes", self._process.readAllStandardOutput().data())
        if self._over:
            return
        try:
            answers = self._frames.feed(data)
        except ProtocolError:
            self._lose(Why.CRASHED)
            return
        for answer in answers:
            if not self._over:
                self.answered.emit(answer)

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._over:
            self.deleteLater()
            return
        crashed = status is QProcess.ExitStatus.CrashExit
        timed_out = crashed and code == _OUT_OF_PROCESSOR_TIME and sys.platform != "win32"
        self._lose(Why.TOOK_TOO_LONG if timed_out else Why.CRASHED)

    @Slot(QProcess.ProcessError)
    def _failed(self, kind: QProcess.ProcessError) -> None:
        if kind is QProcess.ProcessError.FailedToStart and not self._over:
            self._lose(Why.CRASHED)

    def _lose(self, why: Why) -> None:
        self.end()
        self.lost.emit(why)
