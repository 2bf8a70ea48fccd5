"""Checking bills of a library: as a query, and as a process of its own that leaves the window's thread alone.

The process answers requests on standard input, a JSON object a line, with the findings as our own frozen records in
Python's pickle format: four bytes of length, then the bytes. Only the program itself, which started it, reads them.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from medbills_desktop.checks import run_checks
from medbills_desktop.checks.decided import DecidedFinding, decided
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Bill, FindingDecision
from medbills_desktop.store.case_loading import load_checked
from medbills_desktop.store.known_charges import known_charges
from medbills_desktop.store.library import Library
from medbills_desktop.store.reader import Reader

OPTION = "--check-bills"
"""Starts this process, followed by the folder of the library."""

LENGTH_BYTES = 4

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


def checking_command(folder: Path) -> list[str]:
    """Program and arguments that start the process for a library."""
    start = [] if getattr(sys, "frozen", False) else ["-P", "-m", "medbills_desktop"]
    return [sys.executable, *start, OPTION, str(folder)]


def request_bytes(query: CheckBills) -> bytes:
    """A request as the process reads it."""
    return json.dumps({"bills": sorted(query.bill_ids), "today": query.today.isoformat()}).encode() + b"\n"


def answer_of(body: bytes) -> Found | None:
    """What the process answered; `None` says that it is ready."""
    found: Found | None = pickle.loads(body)  # noqa: S301 - see above
    return found


def main(folder: Path) -> int:
    """Say that it is ready, then answer requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    with Library.open(folder, "read") as library:
        library.read(lambda reader: known_charges(reader, reader.find(Bill), ()))
        _answer(answers, None)
        for line in sys.stdin.buffer:
            asked = json.loads(line)
            query = CheckBills(frozenset(asked["bills"]), date.fromisoformat(asked["today"]))
            _answer(answers, library.read(query))
    return 0


def _answer(answers: IO[bytes], found: Found | None) -> None:
    body = pickle.dumps(found, protocol=5)
    answers.write(len(body).to_bytes(LENGTH_BYTES, "big") + body)
    answers.flush()
