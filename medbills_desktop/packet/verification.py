"""Proves a packet whole by what is kept in it; no library is needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Pdf

from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet import manifest as kept
from medbills_desktop.packet import seal
from medbills_desktop.packet.digests import PageDigests

_CATALOG = frozenset(
    (
        "/Type",
        "/Pages",
        "/Outlines",
        "/PageLabels",
        "/PageMode",
        "/ViewerPreferences",
        "/Lang",
        "/Metadata",
        "/MarkInfo",
        "/StructTreeRoot",
        kept.KEY,
        seal.KEY,
    )
)
_MOST_NAMED = 12
_NOT_A_PACKET = "This file is not a packet of MedBills, or what proves it was taken out."


def is_packet(path: Path) -> bool:
    """Whether a file claims to be a packet, so that `verify` knows what to do with it."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return kept.KEY in pdf.Root
    except (pikepdf.PdfError, OSError):
        return False


def verify_packet(path: Path) -> list[str]:
    """What is not as it was when the packet was made, a sentence each; an empty list when it is whole.

    Compares every byte with the seal and, if they differ, every page with the digest that the manifest holds, so that
    the pages that changed are named. It can't notice a forger who makes both anew. Raises `UserError` where there is no
    file that can be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as fault:
        raise UserError(f"“{path.name}” can’t be read.", "Check the name and whether you may open it.") from fault
    if b"%PDF-" not in head:
        return [_NOT_A_PACKET]
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            problems = list(_problems(pdf))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError) as fault:
        del fault
        return ["The file is damaged: it can’t be opened as a PDF."]
    if problems == [_NOT_A_PACKET]:
        return problems
    holds = seal.seal_holds(path)
    if holds is None:
        problems.append("The seal over the whole file is missing.")
    elif not holds:
        problems.append("The file is not byte for byte the one that was made.")
    if holds is False and (whole := seal.whole_before(path)):
        problems.append(
            f"Its first {whole:,} bytes are the packet as it was made, though: what is behind them was added later, "
            "as by a program that signs."
        )
    elif not holds and len(problems) == 1:
        problems.append("Every page is as it was made, though: another program may have saved the file again.")
    return problems


def _problems(pdf: Pdf) -> Iterator[str]:
    content = read_manifest(pdf)
    if content is None:
        yield _NOT_A_PACKET
        return
    if isinstance(content, str):
        yield content
        return
    expected = content["page_sha256"]
    yield from _labels(pdf, content)
    if len(pdf.pages) != len(expected):
        yield f"The packet was made with {len(expected):,} pages; this file has {len(pdf.pages):,}."
    yield from _pages(pdf, expected, _first_page(content))
    foreign = sorted(key.encode("ascii", "backslashreplace").decode() for key in set(pdf.Root.keys()) - _CATALOG)
    if foreign:
        yield f"Something was added to the file that packets don’t have: {', '.join(foreign)[:200]}."
    if _outline_entries(pdf) != len(content["parts"]):
        yield "The outline (bookmarks) was changed."


def _labels(pdf: Pdf, content: dict[str, Any]) -> Iterator[str]:
    """Labels of pages are no part of a page, and have to say what is printed on it."""
    first = _first_page(content)
    if len(pdf.pages) and [pdf.pages[0].label, pdf.pages[-1].label] != [str(first), str(first + len(pdf.pages) - 1)]:
        yield "The numbers that programs show for the pages were changed."


def _first_page(content: dict[str, Any]) -> int:
    """The number that is printed on the first page of the file: pages count through all volumes."""
    return int(content["volumes"][content["volume"] - 1]["first_page"]) if "volume" in content else 1


def read_manifest(pdf: Pdf) -> dict[str, Any] | str | None:
    """What the packet says of itself, a sentence where that can't be trusted, nothing where it says nothing."""
    stream = pdf.Root.get(kept.KEY)
    if not isinstance(stream, pikepdf.Stream):
        return None
    damaged = "The list of pages and exhibits inside the packet was changed or damaged."
    try:
        data = stream.read_bytes()
        content = json.loads(data)
        if hashlib.sha256(data).hexdigest() != str(stream.get("/SHA256")):
            return damaged
        if content["format"] != kept.FORMAT or not isinstance(content["page_sha256"], list):
            return damaged
        if content["version"] > kept.VERSION:
            return (
                f"The packet was made by a newer MedBills (packet version {content['version']}); update to verify it."
            )
        len(content["parts"])
        if "volume" in content:
            int(content["volumes"][content["volume"] - 1]["first_page"])
    except (pikepdf.PdfError, ValueError, KeyError, TypeError):
        return damaged
    return dict(content)


def _outline_entries(pdf: Pdf) -> int | None:
    """How many entries the outline has, `None` where it can't be read."""
    try:
        with pdf.open_outline() as outline:
            return len(outline.root)
    except (pikepdf.OutlineStructureError, pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError):
        return None


def _pages(pdf: Pdf, expected: list[str], first: int) -> Iterator[str]:
    digests = PageDigests(pdf)
    changed = []
    for number, (page, wanted) in enumerate(zip(pdf.pages, expected, strict=False), first):
        try:
            same = digests.of(page.obj) == wanted
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
            same = False
        if not same:
            changed.append(number)
    for number in changed[:_MOST_NAMED]:
        yield f"Page {number:,} is not as it was made."
    if len(changed) > _MOST_NAMED:
        yield f"{len(changed) - _MOST_NAMED:,} further pages are not as they were made."
