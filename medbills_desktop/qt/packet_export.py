"""Exporting a packet from the window: our own command line in a process of its own, with progress and cancel."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, Signal, Slot

from medbills_desktop.commands.noting_packets import NotedFile, NotePacket
from medbills_desktop.domain.left_over import LeftOver, left_named
from medbills_desktop.domain.plain_names import as_attached
from medbills_desktop.packet.target import remove_leftovers
from medbills_desktop.qt.tasks import Progress

_MADE = "made "
"""How the line of the command line begins that tells of the finished file."""

_LEFT = "left "
"""And the one that tells the places for which there is none."""

_OF_PROGRAM = "medbills: "
"""How a refusal begins on the command line; in the window nobody has to be told which program speaks."""

_VARIANTS: dict[str, list[str]] = {
    "": [],
    "email": ["--for", "email"],
    "fax": ["--for", "fax"],
    "originals": ["--with-originals"],
}
"""Words of the command line for what a packet is made as."""


@dataclass(frozen=True, slots=True)
class PacketWish:
    """What to export: ids of case files (`refs`) of the bills, for whom, and where to; `passwords` of locked papers by
    their SHA-256. `limit_mb` is the size in megabytes below which each file stays, 0 for none. `redact` takes personal
    numbers out, but for the places that are `kept` after looking. `parts` are those that were ticked, nothing means the
    usual ones of the reader. `variant` is what it is made as: nothing, `email`, `fax` or `originals`; `print_it` asks
    for a printer when it is made. `papers` are the numbers of papers that are copied out by themselves, instead of
    bills. `reply_by` is the day by which an answer is asked for."""

    refs: tuple[str, ...]
    audience: str
    target: Path
    private_notes: bool = False
    redact: bool = False
    parts: tuple[str, ...] = ()
    kept: tuple[LeftOver, ...] = ()
    limit_mb: int = 0
    variant: str = ""
    print_it: bool = False
    papers: tuple[str, ...] = ()
    reply_by: date | None = None
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class PacketDone:
    """How it ended: `problem` is empty when the packet is there, else the sentence to show. `note` is the command that
    notes it in the library. `left` are the places for which a packet without personal numbers was refused. `target` is
    the file, the first of several volumes; `files` are all of them. `more` is what else there is to say, and `told`
    what there is to look at before the packet is handed over."""

    target: Path
    problem: str
    cancelled: bool = False
    note: NotePacket | None = None
    left: tuple[LeftOver, ...] = ()
    files: tuple[Path, ...] = ()
    print_it: bool = False
    more: str = ""
    told: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Where the packet is, as it is told; names of volumes differ by their number only."""
        if len(self.files) < 2:
            return QCoreApplication.translate("PacketExport", "The packet is saved: {path}").format(path=self.target)
        words = QCoreApplication.translate("PacketExport", "The packet is saved in {n} volumes in {folder}: {names}")
        names = f"{self.files[0].name} … {self.files[-1].name}"
        return words.format(n=len(self.files), folder=self.target.parent, names=names)


class PacketExport(QObject):
    """Signals: `progressed` carries a `Progress`, `finished` a `PacketDone`; one export at a time."""

    progressed = Signal(object)
    finished = Signal(object)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._process: QProcess | None = None
        self._wish: PacketWish | None = None
        self._cancelled = False
        self._heard = ""
        self._made: dict[str, Any] = {}
        self._left: tuple[LeftOver, ...] = ()

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self, wish: PacketWish) -> None:
        """Begin; the old file at the target stays until the new one is whole."""
        self._wish, self._cancelled, self._heard, self._made, self._left = wish, False, "", {}, ()
        process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._never_started)
        self._process = process
        process.start(sys.executable, [*_program(), *self._arguments(wish)])
        process.write(json.dumps(dict(wish.passwords)).encode())
        process.closeWriteChannel()

    def cancel(self) -> None:
        """Stop at once; nothing is left behind."""
        if self._process is not None:
            self._cancelled = True
            process = self._process.processId()
            self._process.terminate()
            if self._process is not None and not self._process.waitForFinished(2000):
                self._kill(process)

    def close(self) -> None:
        """Stop whatever runs, before the window goes."""
        if self._process is not None:
            self._cancelled = True
            self._process.blockSignals(True)
            self._kill(self._process.processId())
            self._process = None

    def _kill(self, process: int) -> None:
        """End the process at once, and take away what it has left."""
        if self._process is not None:
            self._process.kill()
            self._process.waitForFinished(2000)
        if self._wish is not None and process:
            remove_leftovers(self._wish.target, process)

    def _arguments(self, wish: PacketWish) -> list[str]:
        more = ["--redact"] if wish.redact else []
        more += ["--limit-mb", str(wish.limit_mb)] if wish.limit_mb else []
        more += ["--private-notes"] if wish.private_notes else []
        more += _VARIANTS[wish.variant]
        more += ["--reply-by", wish.reply_by.isoformat()] if wish.reply_by else []
        more += ["--parts", ",".join(wish.parts)] if wish.parts else []
        more += [word for place in wish.kept for word in ("--kept", place.name)]
        bills = [part for ref in wish.refs for part in ("--bill", ref)]
        bills += [part for number in wish.papers for part in ("--paper", number)]
        return [
            "packet",
            "--library",
            str(self._library),
            *bills,
            "--audience",
            wish.audience,
            *more,
            "--progress",
            "--passwords",
            "-o",
            str(wish.target),
        ]

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        self._heard += bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        *lines, self._heard = self._heard.split("\n")
        for line in lines:
            done, _, rest = line.partition("/")
            whole, _, what = rest.partition(" ")
            if done.isdigit() and whole.isdigit():
                self.progressed.emit(Progress(what, int(done), int(whole)))
            elif line.startswith(_MADE):
                self._made = json.loads(line.removeprefix(_MADE))
            elif line.startswith(_LEFT):
                places = json.loads(line.removeprefix(_LEFT))
                self._left = tuple(left_named(name, paper) for name, paper in places)

    @Slot(int, QProcess.ExitStatus)
    def _ended(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._read()
        process, wish = self._process, self._wish
        self._process = None
        if process is None or wish is None:
            return
        said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        said = said.removeprefix(_OF_PROGRAM)
        problem = "" if code == 0 and not self._cancelled else said or self.tr("The packet could not be made.")
        process.deleteLater()
        note = _note(wish, self._made) if self._made and not problem and not self._cancelled else None
        files = tuple(Path(each["file"]) for each in self._made["files"]) if note else ()
        target = files[0] if files else wish.target
        left = self._left if problem else ()
        more = as_attached(note.size) if note and wish.variant == "email" and len(files) == 1 else ""
        prints = wish.print_it and len(files) == 1
        told = tuple(self._made["told"]) if note else ()
        note = note if wish.refs else None
        self.finished.emit(PacketDone(target, problem, self._cancelled, note, left, files, prints, more, told))

    @Slot(QProcess.ProcessError)
    def _never_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._wish is not None:
            self._process = None
            self.finished.emit(PacketDone(self._wish.target, self.tr("The packet could not be started.")))


def _note(wish: PacketWish, made: dict[str, Any]) -> NotePacket:
    first, *further = (NotedFile(**{**each, "file": Path(each["file"]).name}) for each in made["files"])
    return NotePacket(
        refs=wish.refs,
        packet_id=made["id"],
        audience=wish.audience,
        prepared_on=date.fromisoformat(made["on"]),
        file=first.file,
        sha256=first.sha256,
        size=first.size,
        pages=first.pages,
        redacted=wish.redact,
        further=tuple(further),
    )


def _program() -> list[str]:
    return [] if getattr(sys, "frozen", False) else ["-P", "-m", "medbills_desktop"]


def _environment() -> QProcessEnvironment:
    """Ours with texts in UTF-8; and the process is of this tree, not of another one that is installed."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    environment.insert("PYTHONIOENCODING", "utf-8")
    environment.insert("PYTHONUTF8", "1")
    return environment
