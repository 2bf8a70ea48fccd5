"""What a packet is ordered with and what comes back: plain frozen values that cross the border of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.left_over import LeftOver
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Document

Audience = Literal["biller", "insurer", "regulator", "court", "advocate"]
Level = Literal["fact", "strong", "question", "info"]


class PacketCancelledError(UserError):
    """The person stopped the export; what was at the target before is still there."""


@dataclass(frozen=True, slots=True)
class PacketFinding:
    """One thing that does not add up, as it is printed; the caller makes it from a finding of the checks.

    `amount` is in cents, `None` where no figure can be derived. `explanation` may have several lines. The ids name the
    records that it speaks of, by which its proof is found among the exhibits.
    """

    title: str
    level: Level
    amount: Cents | None
    explanation: str
    ask: str
    bill_id: int
    line_ids: tuple[int, ...] = ()
    check: str = ""
    statement_ids: tuple[int, ...] = ()
    claim_ids: tuple[int, ...] = ()
    call_ids: tuple[int, ...] = ()
    payment_ids: tuple[int, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class PacketRule:
    """A rule card as it is printed: what it says, where that stands, when it was checked and how sure it is.

    `started` says what its clock ran from for these bills, `ends` until when; `corrected` that the user changed it.
    """

    card_id: str
    name: str
    text: str
    citation: str
    where: str
    checked: date
    sureness: str
    binds: str = ""
    started: str = ""
    ends: str = ""
    corrected: bool = False
    bill_id: int | None = None


@dataclass(frozen=True, slots=True)
class CantShow:
    """Why a paper stands in the packet only as a page that names it."""

    what: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """So many things of a kind are gone from a page of a paper (from 1), by rule or by hand; never what they were."""

    page: int
    kind: str
    by_rule: bool
    count: int


@dataclass(frozen=True, slots=True)
class ExhibitSource:
    """One paper as it goes into the packet: `content` is the path of a prepared PDF, or the reason that there is none.

    The PDF holds only this paper, turned as the user turned it, with forms and notes drawn in. `shown_sizes` are width
    and height in points of each page in the viewer before it was turned; regions are scaled from them where they differ
    from the PDF's own. `notices` say what was done to the paper on its way, a sentence each. `taken` is what is gone
    from it; on `unread` pages no text can be searched by rule.
    """

    document: Document
    content: Path | CantShow
    notices: tuple[str, ...] = ()
    shown_sizes: tuple[tuple[float, float], ...] = ()
    taken: tuple[TakenOut, ...] = ()
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PacketOrder:
    """Everything a packet is made from. The same order gives the same file, byte for byte.

    `kept` are places where something was found at the end and that a person has looked at.
    `prepared_on` is the only date of making that the packet shows; no clock is read. `journal_head` is the last hash of
    the library's journal, if there is one. `parts` are the keys of the parts that are wanted (`packet/parts.py`);
    `None` means the usual ones of the reader. Where exhibits are not wanted `exhibits` is empty; where offers are
    not, `case`, `exhibits` and `findings` come without those that were not taken. `redacted` says that
    the papers and the records come without personal numbers, which the packet then tells.
    `lighter` says that pictures on the copies were made smaller, `fax` that the pages will be drawn for a fax machine.
    `reply_by` is the day by which an answer is asked for, where one is. `sender` are the lines of whoever hands it
    over, the name first and then where answers go.
    """

    case: Case
    bill_ids: tuple[int, ...]
    audience: Audience
    prepared_on: date
    findings: Sequence[PacketFinding] = ()
    include_private_notes: bool = False
    exhibits: tuple[ExhibitSource, ...] = ()
    program_version: str = ""
    journal_head: str | None = None
    redacted: bool = False
    kept: tuple[LeftOver, ...] = ()
    rules: Sequence[PacketRule] = ()
    parts: frozenset[str] | None = None
    limit: int | None = None
    """A file of so many bytes or more is split into volumes."""
    lighter: bool = False
    fax: bool = False
    reply_by: date | None = None
    sender: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export is: `done` of `total` steps (about one for each page), and what is being done now."""

    done: int
    total: int
    text: str


Prove = Callable[[Path], None]
"""Raises `UserError` where the finished file may not be given away; called before it takes its place."""

Report = Callable[[Progress], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class ExhibitPlace:
    """Where an exhibit stands in the finished packet; pages count from 1, `first_page` is its slip sheet."""

    letter: str
    title: str
    first_page: int
    pages: int
    shown: bool


@dataclass(frozen=True, slots=True)
class MadeVolume:
    """One file of a packet: its pages, size in bytes, the hash of its bytes, and what is in it in a few words."""

    path: Path
    number: int
    first_page: int
    last_page: int
    size: int
    sha256: str
    holds: str = ""


@dataclass(frozen=True, slots=True)
class PacketReport:
    """What was made. `missing_characters` are those that no font of the program can draw; they stand as `[U+…]`.

    `volumes` are the files, one or more; `path` and `sha256` are those of the first, `size` is that of all together.
    """

    path: Path
    packet_id: str
    pages: int
    size: int
    sha256: str
    exhibits: tuple[ExhibitPlace, ...]
    not_shown: tuple[str, ...]
    missing_characters: tuple[str, ...]
    notices: tuple[str, ...]
    volumes: tuple[MadeVolume, ...] = ()
