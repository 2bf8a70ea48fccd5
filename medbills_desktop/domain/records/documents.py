"""The papers and recordings, kept byte for byte, and what they are linked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records.fields import LocalOnly, Owner, Record

DocumentKind = Literal[
    "bill",
    "itemized_bill",
    "eob",
    "letter_sent",
    "letter_received",
    "collection_notice",
    "estimate",
    "consent",
    "medical_record",
    "payment_proof",
    "assistance",
    "denial",
    "appeal",
    "price_evidence",
    "recording",
    "photo",
    "other",
]


@dataclass(frozen=True, kw_only=True)
class Document(Record):
    """One paper or recording. `sha256` is of the bytes as received; absent while the bytes are not held.

    `file` is the name it came with (its path below `documents/` in a case zip). `paper_number` is given once at import,
    printed on exhibits, and never used again. `size` is in bytes; `added_at` the UTC instant of import.
    """

    KIND: ClassVar[str] = "document"
    PLURAL: ClassVar[str] = "documents"
    PREFIX: ClassVar[str] = "D"
    TITLE: ClassVar[str] = "paper"

    file: str
    sha256: str | None = None
    paper_number: str | None = None
    title: str | None = None
    kind: DocumentKind | None = None
    date: Day | None = None
    received: Day | None = None
    sender: str | None = None
    tags: tuple[str, ...] | None = None
    media_type: Annotated[str | None, LocalOnly()] = None
    size: Annotated[int | None, LocalOnly()] = None
    added_at: Annotated[str | None, LocalOnly()] = None

    @property
    def shown_title(self) -> str:
        """What the paper is called on screen: its title, or the name of the file it came as."""
        return self.title or self.file.rsplit("/", 1)[-1]


@dataclass(frozen=True, kw_only=True)
class DocumentLink(Record):
    """A record that a paper belongs to, as `type` (a kind of record) and that record's id; `rect` as in `Evidence`.

    The case format has no place for `rect` here, so it stays inside the library.
    """

    KIND: ClassVar[str] = "document_link"
    TITLE: ClassVar[str] = "link of a paper"

    document_id: Annotated[int, Owner("document", "links")]
    type: str
    target_id: int
    page: int | None = None
    rect: Annotated[tuple[float, ...] | None, LocalOnly()] = None


@dataclass(frozen=True, kw_only=True)
class PageView(Record):
    """How a page is turned on screen and in packets; the original stays as it is. `rotation` in degrees clockwise."""

    KIND: ClassVar[str] = "page_view"
    TITLE: ClassVar[str] = "page view"

    document_id: Annotated[int, Owner("document", "page_views")]
    page: int
    rotation: int
