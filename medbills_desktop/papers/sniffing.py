"""What kind of file a paper is, told by its first bytes and never by its name."""

from __future__ import annotations

import enum
from pathlib import Path

from medbills_desktop.papers.reasons import Why, refused

HEAD_BYTES = 4096
"""How much of a file has to be looked at."""


class Kind(enum.StrEnum):
    """The kinds of paper that can be shown; the value is the media type that is stored with the paper."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    WEBP = "image/webp"
    GIF = "image/gif"


_HEADS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_HTML_HEADS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!-- ")


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins with `head` (the first HEAD_BYTES bytes, or all of a shorter file).

    A PDF may have up to 1,000 stray bytes before its own first line, as mail programs and printers leave
    them. Raises PaperRefusedError: empty, not-a-pdf (a web page, whatever its name), unknown-kind.
    """
    if not head:
        raise refused(Why.EMPTY)
    for beginning, kind in _HEADS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and _HEIC_BRANDS & _brands(head):
        return Kind.HEIC
    if b"%PDF" in head[:1024]:
        return Kind.PDF
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").replace(b"\0", b"").lower().startswith(_HTML_HEADS):
        raise refused(Why.NOT_A_PDF)
    raise refused(Why.UNKNOWN_KIND)


def kind_of_file(path: Path) -> Kind:
    """The kind of the file at `path`. Raises PaperRefusedError, with `missing` when it can't be read."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD_BYTES))
    except (OSError, ValueError) as fault:
        raise refused(Why.MISSING) from fault


def _brands(head: bytes) -> set[bytes]:
    """Major and compatible brands of an ISO base media file."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    return {head[8:12]} | {head[at : at + 4] for at in range(16, size - 3, 4)}
