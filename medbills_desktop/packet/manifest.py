"""The list of what a packet holds, kept inside it, by which it is proved whole without the library."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pikepdf import Name, Pdf

from medbills_desktop.packet.book import Book
from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.plan import SLIP, Plan, parts_in
from medbills_desktop.packet.stamping import packed_stream

KEY = "/MedBillsManifest"
FORMAT, VERSION = "medbills-packet", 1


def manifest(book: Book, plan: Plan, page_digests: Sequence[Sequence[str]], number: int = 1) -> dict[str, Any]:
    """What the packet is made of: its exhibits with the hashes of their originals, and a digest of every page.

    `page_digests` are those of each volume; the manifest is that of the volume `number` and names the others with
    their pages and one digest over those of theirs. A packet in one file has nothing about volumes.
    """
    volume = plan.volumes[number - 1]
    return {
        "format": FORMAT,
        "version": VERSION,
        "packet_id": book.packet_id,
        "prepared_on": book.order.prepared_on.isoformat(),
        "program_version": book.order.program_version,
        "journal_head": book.order.journal_head,
        "pages": plan.pages,
        "parts": [{"title": part.title, "page": plan.firsts[part.key]} for part in parts_in(plan, volume)],
        "exhibits": [
            {
                "letter": exhibit.letter,
                "title": exhibit.title,
                "file": exhibit.source.document.file,
                "paper_number": exhibit.source.document.paper_number,
                "sha256": exhibit.source.document.sha256,
                "size": exhibit.source.document.size,
                "slip_page": plan.firsts[f"{SLIP}{place}"],
                "pages": exhibit.pages,
                "shown": exhibit.cant_show is None,
                "notices": list(exhibit.source.notices),
                **_redactions(book, exhibit),
            }
            for place, exhibit in enumerate(book.exhibits)
        ],
        "redacted": book.order.redacted,
        **_kept(book),
        **({"lighter": True} if book.order.lighter else {}),
        "page_sha256": list(page_digests[number - 1]),
        **({"volume": number, "volumes": _volumes(plan, page_digests)} if len(plan.volumes) > 1 else {}),
    }


def _volumes(plan: Plan, page_digests: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    return [
        {
            "number": volume.number,
            "first_page": volume.first,
            "last_page": volume.last,
            "pages_sha256": joined_digest(digests),
        }
        for volume, digests in zip(plan.volumes, page_digests, strict=True)
    ]


def joined_digest(page_digests: Sequence[str]) -> str:
    """One digest over those of all pages of a volume, by which the other volumes know it."""
    return hashlib.sha256("\n".join(page_digests).encode()).hexdigest()


def _redactions(book: Book, exhibit: Exhibit) -> dict[str, Any]:
    """What kinds of content were taken out of an exhibit and on which of its pages; never what."""
    if not book.order.redacted:
        return {}
    taken = [
        {"page": each.page, "kind": each.kind, "by": "rule" if each.by_rule else "hand", "count": each.count}
        for each in exhibit.source.taken
    ]
    return {"redactions": taken, "unread_pages": list(exhibit.source.unread)}


def _kept(book: Book) -> dict[str, Any]:
    """Places where something was found at the end, and which may stay since a person has looked at them."""
    kept = [{"page": each.page, "kind": each.kind, "in": each.where, "count": each.count} for each in book.order.kept]
    return {"kept_after_looking": kept} if kept else {}


def keep_manifest(pdf: Pdf, content: dict[str, Any]) -> None:
    """Put the manifest into the catalog, with its own SHA-256 beside it."""
    data = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(data).hexdigest()
    pdf.Root[KEY] = packed_stream(pdf, data, Type=Name("/MedBillsManifest"), SHA256=digest)
