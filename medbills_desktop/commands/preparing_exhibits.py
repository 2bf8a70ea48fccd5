"""Originals prepared for a packet in a process of their own, with a time limit for each."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from medbills_desktop.commands.exhibit_child import OPTION
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.left_over import WHAT_NOW, LeftOver, StillThereError, all_in_words, left_named, still_there
from medbills_desktop.domain.records import Document, Redaction
from medbills_desktop.domain.redaction import Needles
from medbills_desktop.packet.order import CantShow, ExhibitSource, TakenOut
from medbills_desktop.papers.reasons import Why, Worth, cant_show, notice
from medbills_desktop.papers.starting import worker_environment

SECONDS = 60.0
"""The most that one paper may take, and a second more for each megabyte."""

REDACTING = 5
"""So many times as long may a paper take out of which something is taken: each page is read and looked at anew."""

LIGHTENING = 3
"""The same for a paper whose pictures are unpacked and packed again."""

START_SECONDS = 30.0
"""Added for the first paper of a process, which also pays for its start."""

_MOST_NAMED = 12
_LOOK_SECONDS = 0.1

_NOT_HELD = CantShow(
    "The bytes of this paper are not in the library.", "Add the paper to the library, then export the packet again."
)


class ExhibitPreparer:
    """Prepares papers one after the other; a paper that takes too long or twice ends its process is told as such.

    Use in a `with` block. Prepared files go into `folder`, which is the caller's to remove. As soon as `cancelled` says
    so (it is asked from another thread), the paper in hand is given up: the caller looks and stops.
    """

    def __init__(self, folder: Path, seconds: float = SECONDS, cancelled: Callable[[], bool] = bool) -> None:
        self._folder = folder
        self._seconds = seconds
        self._cancelled = cancelled
        self._child: subprocess.Popen[str] | None = None

    def __enter__(self) -> ExhibitPreparer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def prepare(
        self,
        document: Document,
        original: Path | None,
        rotations: Mapping[int, int],
        password: str | None = None,
        needles: Needles | None = None,
        drawn: Sequence[Redaction] = (),
        lighter: bool = False,
    ) -> ExhibitSource:
        """One paper as it goes into the packet; `original` is `None` where its bytes are not held.

        `rotations` are the user's turns by page in degrees clockwise. The password goes to the process through its
        standard input: what starts a process can be read by every program of the computer. So do the `needles`, by
        which personal numbers are taken out together with the areas that were `drawn` by hand, if they are given.
        `lighter` asks for smaller pictures; a paper is never left out for their sake.
        """
        if original is None or not original.is_file():
            return ExhibitSource(document, _NOT_HELD)
        seconds = self._seconds + original.stat().st_size / 1_000_000
        if needles is not None:
            seconds *= REDACTING
        if lighter:
            seconds *= LIGHTENING
        job: dict[str, Any] = {
            "path": str(original.absolute()),
            "media_type": document.media_type or "",
            "rotations": {str(page): turn for page, turn in rotations.items()},
            "folder": str(self._folder.absolute()),
            "seconds": seconds,
            "password": password,
            "lighter": lighter,
        }
        if needles is not None:
            job["redact"] = {"needles": needles.told(), "drawn": _by_page(drawn)}
        told = self._ask(job, seconds)
        if told.get("refused") in (Why.CRASHED, Why.TOOK_TOO_LONG) and lighter and not self._cancelled():
            job["lighter"] = False
            told = self._ask(job, seconds)
        if told.get("refused") == Why.CRASHED and not self._cancelled():
            told = self._ask(job, seconds)
        if "path" not in told:
            reason = cant_show(Why(told["refused"]), tuple(told.get("details", ())))
            return ExhibitSource(document, CantShow(_naming(reason.sentence, reason.details), reason.what_to_do))
        notices = (
            *_notices([*told["notices"], *_pictured(told.get("pictured", ()))]),
            *_taken_out({page for page, *_ in told.get("taken", ())}),
        )
        sizes = _unturned(told["sizes"], rotations)
        taken = tuple(TakenOut(*each) for each in told.get("taken", ()))
        return ExhibitSource(document, Path(told["path"]), notices, sizes, taken, tuple(told.get("unread", ())))

    def prove(self, packet: Path, needles: Needles, kept: Sequence[LeftOver] = ()) -> None:
        """Raise StillThereError where anything of the needles can be got out of a finished packet: page, kind and in
        what of the file.

        Places that are `kept` were looked at by the person and may stay, as long as they are just these. Raises
        `UserError` where one of them is not there: the packet would tell of it. Of a packet in volumes each is searched
        for the places on its own pages.
        """
        seconds = REDACTING * (self._seconds + packet.stat().st_size / 1_000_000)
        told = self._ask({"prove": str(packet.absolute()), "needles": needles.told(), "seconds": seconds}, seconds)
        if self._cancelled():
            return
        if "left" not in told or told["revisions"]:
            raise StillThereError(NOT_PROVED, WHAT_NOW)
        found = [left_named(name, paper) for name, paper in told["left"]]
        if any(each not in kept for each in found):
            raise still_there(found, kept)
        first, last = told["pages"]
        gone = [each for each in kept if first <= (each.page or 1) <= last and each not in found]
        if gone:
            raise UserError(f"There is nothing that could stay {all_in_words(gone)}. No file was written.", LEAVE_OUT)

    def draw_fax(
        self, packet: Path, first: int, last: int, target: Path, labels: Mapping[int, tuple[str, str]]
    ) -> bool:
        """Draw pages of a finished packet for a fax machine; says whether `target` is there. `labels` by page."""
        seconds = self._seconds + last - first
        told = self._ask(
            {
                "fax": str(packet.absolute()),
                "first": first,
                "last": last,
                "target": str(target.absolute()),
                "labels": {str(page): labels[page] for page in range(first, last + 1) if page in labels},
                "seconds": seconds,
            },
            seconds,
        )
        return "drawn" in told and target.is_file()

    def end(self) -> None:
        """End the process at once."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _ask(self, job: dict[str, Any], seconds: float) -> dict[str, Any]:
        answered, late = threading.Event(), threading.Event()
        wait = seconds
        if self._child is None:
            self._child = _start()
            wait += START_SECONDS
        child = self._child
        watch = threading.Thread(target=self._watch, args=(child, wait, answered, late), daemon=True)
        watch.start()
        try:
            line = _exchange(child, json.dumps(job) + "\n")
        finally:
            answered.set()
            watch.join()
        if line:
            told: dict[str, Any] = json.loads(line)
            return told
        self.end()
        out_of_time = late.is_set() or child.returncode == _OUT_OF_PROCESSOR_TIME
        return {"refused": Why.TOOK_TOO_LONG if out_of_time else Why.CRASHED}

    def _watch(
        self, child: subprocess.Popen[str], seconds: float, answered: threading.Event, late: threading.Event
    ) -> None:
        """End the process when its time is over or nobody wants its answer any more."""
        end = time.monotonic() + seconds
        while not answered.wait(max(0.0, min(_LOOK_SECONDS, end - time.monotonic()))):
            if time.monotonic() >= end:
                late.set()
            if late.is_set() or self._cancelled():
                child.kill()
                return


_OUT_OF_PROCESSOR_TIME = -24


def _exchange(child: subprocess.Popen[str], line: str) -> str:
    """The child's answer to a line, empty where it ended instead."""
    if child.stdin is None or child.stdout is None:
        return ""
    try:
        child.stdin.write(line)
        child.stdin.flush()
        return child.stdout.readline()
    except OSError:
        return ""


def _start() -> subprocess.Popen[str]:
    frozen = getattr(sys, "frozen", False)
    words = [OPTION] if frozen else ["-s", "-P", "-m", "medbills_desktop.commands.exhibit_child"]
    return subprocess.Popen(
        [sys.executable, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        env=worker_environment(),
    )


NOT_PROVED = "It could not be proved that everything personal is out of the packet, so no file was written."
LEAVE_OUT = "Export again without naming it."


def _by_page(drawn: Sequence[Redaction]) -> dict[str, list[list[Any]]]:
    pages: dict[str, list[list[Any]]] = {}
    for area in drawn:
        pages.setdefault(str(area.page), []).append([area.kind, *area.rect[:4]])
    return pages


def _pictured(pages: Sequence[int]) -> list[list[Any]]:
    return [[Worth.PICTURED_PAGES, [str(page) for page in pages]]] if pages else []


def _taken_out(pages: Collection[int]) -> tuple[str, ...]:
    if not pages:
        return ()
    places = tuple(str(page) for page in sorted(pages))
    return (_naming("What is personal was taken out of this copy, on its pages.", places),)


def _notices(told: list[Any]) -> tuple[str, ...]:
    found = (notice(Worth(code), tuple(details)) for code, details in told)
    return tuple(_naming(one.sentence, one.details) for one in found)


def _naming(sentence: str, details: tuple[str, ...]) -> str:
    """The sentence with the pages or the files inside that it is about, as many as can be taken in."""
    if not details:
        return sentence
    more = f" and {len(details) - _MOST_NAMED} more" if len(details) > _MOST_NAMED else ""
    return f"{sentence.rstrip('.')}: {', '.join(details[:_MOST_NAMED])}{more}."


def _unturned(sizes: list[list[float]], rotations: Mapping[int, int]) -> tuple[tuple[float, float], ...]:
    """Page sizes as in the viewer before the user turned a page, in points."""
    return tuple(
        (height, width) if rotations.get(page, 0) % 180 else (width, height)
        for page, (width, height) in enumerate(sizes, start=1)
    )
