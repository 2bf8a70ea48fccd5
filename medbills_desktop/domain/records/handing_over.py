"""What leaves the library, kept inside it only: areas of papers to take out of copies, and packets that were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records.fields import Record, To

RedactionKind = Literal[
    "birth_date",
    "member_number",
    "account_number",
    "social_security_number",
    "diagnosis",
    "other",
]
"""What kind of content an area holds; a redaction log names it, and never the content."""


@dataclass(frozen=True, kw_only=True)
class Redaction(Record):
    """An area of a page that is taken out of copies for others; the original stays whole. `rect` as in `Evidence`."""

    KIND: ClassVar[str] = "redaction"
    TITLE: ClassVar[str] = "area to take out"

    document_id: Annotated[int, To("document", "remove")]
    page: int
    rect: tuple[float, ...]
    kind: RedactionKind


@dataclass(frozen=True, kw_only=True)
class MadePacket(Record):
    """A packet that was made: for whom, on which day, and the hash of the file, so that a copy can be told later.

    `made_at` is a UTC instant, `size` in bytes, `file` the name of the file without its folder.
    """

    KIND: ClassVar[str] = "made_packet"
    TITLE: ClassVar[str] = "packet made"

    bill_id: Annotated[int | None, To("bill", "clear")] = None
    packet_id: str
    audience: str
    prepared_on: Day
    made_at: str
    file: str
    sha256: str
    size: int
    pages: int
    redacted: bool
