"""What every screen of one open library shares, handed to it when it is made; there are no globals."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from medbills_desktop.commands.command import Command
from medbills_desktop.commands.desk import Desk
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.day_watch import DayWatch
from medbills_desktop.qt.findings_watch import FindingsWatch
from medbills_desktop.qt.herald import Herald
from medbills_desktop.qt.people.patient_choice import PatientFilter
from medbills_desktop.qt.steps_watch import StepsWatch
from medbills_desktop.qt.tasks import Task, Tasks
from medbills_desktop.store.library import Library
from medbills_desktop.store.reader import Reader

T = TypeVar("T")
log = logging.getLogger("medbills.window")


@dataclass(frozen=True, slots=True)
class Notice:
    """A short message for the person: what happened, and what to do; `bad` when something was refused. `made` is the
    file that was made, whose folder can be opened from there."""

    text: str
    bad: bool = False
    made: Path | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Something to go to: a record (`kind`, `id`), or a page of a paper with the region on it."""

    kind: str
    id: int
    page: int | None = None
    rect: tuple[float, ...] | None = None


class Session(QObject):
    """One open library with its desk, herald and tasks.

    Signals: `noticed` carries a `Notice` for the status line; `wanted` carries a `Place` that the window should show.
    """

    noticed = Signal(object)
    wanted = Signal(object)

    def __init__(self, library: Library, scenario_day: date | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library = library
        self.desk = Desk(library)
        self.herald = Herald(self.desk, self)
        self.tasks = Tasks(self)
        self._scenario_day = scenario_day
        self.days = DayWatch(self)
        self.patients = PatientFilter(self)
        self.findings = FindingsWatch(self)
        self.steps = StepsWatch(self)

    @property
    def today(self) -> date:
        """The day it is; in a scenario the day on which it is played."""
        return self._scenario_day or date.today()  # noqa: DTZ011 - the user's own calendar day is meant

    def move_to(self, day: date) -> None:
        """In a scenario: let it be another day."""
        self._scenario_day = day
        self.days.look()

    @property
    def writable(self) -> bool:
        """Whether anything can be changed in this library."""
        return self.library.mode == "write"

    @property
    def in_scenario(self) -> bool:
        """Whether `today` is a fixed day."""
        return self._scenario_day is not None

    def read(self, query: Callable[[Reader], T]) -> T:
        """Read at once, on the window's thread: for what takes a few milliseconds."""
        return self.library.read(query)

    def read_beside(self, query: Callable[[Reader], T], on_done: Callable[[T], None]) -> Task:
        """Read on the pool, for lists that may be long; the result comes back on the window's thread."""
        return self.tasks.start(lambda _task: self.library.read(query), on_done, self._failed)

    def perform(self, command: Command) -> Any:
        """Do a command now. A refusal becomes a notice and gives `None`; typed text stays where it is."""
        try:
            return self.desk.perform(command)
        except UserError as error:
            self.refuse(error)
            return None

    def refuse(self, error: UserError) -> None:
        """Show a refusal in the status line."""
        self.noticed.emit(Notice(str(error), bad=True))

    def tell(self, text: str, made: Path | None = None) -> None:
        """Show a short message in the status line; where a file was made, with a way to its folder."""
        self.noticed.emit(Notice(text, made=made))

    def go_to(self, place: Place) -> None:
        """Ask the window to show something."""
        self.wanted.emit(place)

    def close(self) -> None:
        """Wait for tasks; the library itself is closed by whoever opened it."""
        self.days.close()
        self.steps.close()
        self.findings.close()
        self.tasks.close()

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.refuse(error)
            return
        raise error
