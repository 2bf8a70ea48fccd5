"""A packet for a fax machine: made whole first, then every page drawn in black and white by the process for papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf

from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.fax import fax_labels, write_fax
from medbills_desktop.packet.order import PacketCancelledError, PacketOrder, PacketReport, Progress, Prove
from medbills_desktop.packet.target import put_in_place

AT_ONCE = 8
"""So many pages are drawn before it is told how far it is."""


def make_fax(
    order: PacketOrder,
    out: Path,
    folder: Path,
    report: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    prove: Prove | None,
) -> PacketReport:
    """Make the fax of a packet at `out`. `folder` is on the same disk and the caller's to remove.

    What was to be taken out is proved gone from the packet before it is drawn. Raises what `build_packet` raises, and
    `UserError` where volumes are asked for.
    """
    if order.limit:
        raise UserError("A fax is not cut into volumes.", "Leave out the size limit, or make a plain packet.")
    packet, pictures, fax = (folder / name for name in ("packet.pdf", "pages.pdf", "fax.pdf"))
    made = build_packet(order, packet, report, cancelled, prove)
    _draw(packet, made.pages, pictures, report, cancelled)

    def step(page: int) -> None:
        _stop_if(cancelled)
        if page % AT_ONCE == 0:
            report(Progress(page, made.pages, "Writing the fax"))

    size, digest = write_fax(packet, pictures, fax, step)
    _stop_if(cancelled)
    put_in_place(fax, out)
    volume = replace(made.volumes[0], path=out, size=size, sha256=digest)
    return replace(made, path=out, size=size, sha256=digest, volumes=(volume,))


def _draw(
    packet: Path,
    pages: int,
    pictures: Path,
    report: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> None:
    """A PDF with the picture of every page; only a few of them are in memory at a time."""
    labels = fax_labels(packet)
    pieces: list[Path] = []
    with ExhibitPreparer(pictures.parent, cancelled=cancelled) as preparer:
        for first in range(1, pages + 1, AT_ONCE):
            _stop_if(cancelled)
            report(Progress(first - 1, pages, "Drawing the pages in black and white"))
            piece = pictures.with_name(f"pages-{first}.pdf")
            last = min(first + AT_ONCE - 1, pages)
            drawn = preparer.draw_fax(packet, first, last, piece, labels)
            _stop_if(cancelled)
            if not drawn:
                raise UserError(
                    f"Pages {first} to {last} could not be drawn for a fax.", "Export the packet without the fax."
                )
            pieces.append(piece)
    _joined(pieces, pictures)


def _joined(pieces: list[Path], target: Path) -> None:
    """All pieces in one file, streamed from disk to disk."""
    job = {
        "inputFile": str(pieces[0]),
        "outputFile": str(target),
        "pages": [{"file": str(piece), "range": "1-z"} for piece in pieces],
        "staticId": "",
    }
    pikepdf.Job(job).run()
    for piece in pieces:
        piece.unlink()


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise PacketCancelledError("The export was stopped.", "The packet that was there before is unchanged.")
