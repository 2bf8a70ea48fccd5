"""The process that checks bills of a large library, as the window sees it: one request under way, findings back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from medbills_desktop.commands.checking import LENGTH_BYTES, CheckBills, answer_of, checking_command, request_bytes


class CheckingProcess(QObject):
    """Signals: `ready` once it takes requests, `found` with the findings of each, `lost` when it ended by itself."""

    ready = Signal()
    found = Signal(object)
    lost = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.is_ready = False
        self._over = False
        self._heard = b""
        self._process = QProcess(self)
        program, *arguments = checking_command(folder)
        self._process.setProgram(program)
        self._process.setArguments(arguments)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
        self._process.setProcessEnvironment(environment)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._failed)

    def start(self) -> None:
        """Start it; it is asked once `ready` is told."""
        self._process.start()

    @property
    def process_id(self) -> int:
        """The system's number of the process; 0 while there is none."""
        return int(self._process.processId())

    def ask(self, query: CheckBills) -> None:
        """Ask for the findings of some bills."""
        self._process.write(request_bytes(query))

    def end_now(self, milliseconds: int = 2_000) -> None:
        """Kill it and wait until it is gone: it only reads, so nothing is lost."""
        self._over = True
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(milliseconds)
        self.deleteLater()

    @Slot()
    def _read(self) -> None:
        self._heard += cast("bytes", self._process.readAllStandardOutput().data())
        while not self._over and len(self._heard) >= LENGTH_BYTES:
            end = LENGTH_BYTES + int.from_bytes(self._heard[:LENGTH_BYTES], "big")
            if len(self._heard) < end:
                return
            body, self._heard = self._heard[LENGTH_BYTES:end], self._heard[end:]
            answer = answer_of(body)
            if answer is None:
                self.is_ready = True
                self.ready.emit()
            else:
                self.found.emit(answer)

    @Slot(int, QProcess.ExitStatus)
    def _ended(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._lose()

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._lose()

    def _lose(self) -> None:
        if not self._over:
            self._over = True
            self.lost.emit()
