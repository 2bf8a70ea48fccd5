"""The fax of a packet: the same pages in the same order, each a picture of black and white, with a seal of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Pdf

from medbills_desktop.packet import manifest as kept
from medbills_desktop.packet.digests import PageDigests
from medbills_desktop.packet.manifest import keep_manifest
from medbills_desktop.packet.saving import save_packet
from medbills_desktop.packet.seal import keep_place_for_seal, seal
from medbills_desktop.packet.stamping import packed_stream

_KEPT = ("/Type", "/Parent")
_GONE = ("/StructTreeRoot", "/MarkInfo")
"""Tags of the front pages: there is no text that they could belong to any more."""

_DRAWING = b"q 612 0 0 792 0 0 cm /P Do Q\n"


def fax_labels(packet: Path) -> dict[int, tuple[str, str]]:
    """What the stamps of a finished packet say, left and right, by page; pages of its own have none."""
    with pikepdf.open(packet) as pdf:
        content = _manifest(pdf)
    labels: dict[int, tuple[str, str]] = {}
    for exhibit in content["exhibits"]:
        pages, paper = exhibit["pages"], exhibit["paper_number"] or ""
        for own in range(1, pages + 1):
            page = exhibit["slip_page"] + own
            left = f"{paper[:40]}-{own}" if paper else ""
            right = f"Exhibit {exhibit['letter']} · {own} of {pages} · page {page} of {content['pages']}"
            labels[page] = (left, right)
    return labels


def write_fax(packet: Path, pictures: Path, out: Path, step: Callable[[int], None]) -> tuple[int, str]:
    """Write the fax of a finished packet to `out`, a file that is not there yet; returns its size and SHA-256.

    `pictures` has a page for each page of the packet. Numbers, page labels, bookmarks and the list of exhibits are
    those of the packet; links, tags and text are gone. `step` is told each page and may raise to stop.
    """
    with pikepdf.open(packet) as pdf, pikepdf.open(pictures) as drawn:
        content = _manifest(pdf)
        for number, (page, picture) in enumerate(zip(pdf.pages, drawn.pages, strict=True), 1):
            step(number)
            _become(pdf, page.obj, picture.obj)
        for key in _GONE:
            if key in pdf.Root:
                del pdf.Root[key]
        digests = PageDigests(pdf)
        content["page_sha256"] = [digests.of(page.obj) for page in pdf.pages]
        content["made_for"] = "fax"
        keep_manifest(pdf, content)
        keep_place_for_seal(pdf)
        save_packet(pdf, out)
    return out.stat().st_size, seal(out)


def _become(pdf: Pdf, page: Any, picture: Any) -> None:
    """Put the picture in the place of everything that is on a page."""
    for key in list(page.keys()):
        if key not in _KEPT:
            del page[key]
    page.MediaBox = Array([0, 0, 612, 792])
    page.Resources = Dictionary(XObject=Dictionary(P=pdf.copy_foreign(picture.Resources.XObject.P)))
    page.Contents = packed_stream(pdf, _DRAWING)


def _manifest(pdf: Pdf) -> dict[str, Any]:
    content: Mapping[str, Any] = json.loads(pdf.Root[kept.KEY].read_bytes())
    return dict(content)
