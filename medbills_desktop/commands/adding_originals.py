"""A packet with the originals of its exhibits: made whole first, then put into one zip with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.order import PacketCancelledError, PacketOrder, PacketReport, Progress
from medbills_desktop.packet.originals import write_with_originals
from medbills_desktop.packet.seal import file_digest
from medbills_desktop.packet.target import check_target, put_in_place

AS_THEY_CAME = (
    "The originals are the files as they came. Photographs may hold place and camera data, PDFs notes, attachments and "
    "what was changed in them before."
)


def refuse_originals(out: Path, redact: bool, fax: bool) -> None:
    """Raise `UserError` where originals can't go along with a packet."""
    if redact:
        raise UserError(
            "The originals can't go along with a packet without personal numbers: nothing is taken out of originals.",
            "Choose one of the two.",
        )
    if fax:
        raise UserError("Originals can't be faxed.", "Choose one of the two.")
    if out.suffix.lower() != ".zip":
        raise UserError("A packet with its originals is a zip.", "Give it a name that ends in .zip.")


def make_with_originals(
    order: PacketOrder,
    out: Path,
    folder: Path,
    place_of: Callable[[str], Path | None],
    report: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> PacketReport:
    """Make the zip at `out`. `folder` is on the same disk and the caller's to remove; `place_of` tells where the bytes
    with a hash are. Raises what `build_packet` raises, and `UserError` where volumes are asked for, where there are no
    exhibits, and where an original is not what came."""
    if order.limit:
        raise UserError("A packet with its originals is not cut into volumes.", "Leave out one of the two.")
    if not order.exhibits:
        raise UserError("There are no exhibits whose originals could go along.", "Make the packet without originals.")
    packet, aside = folder / "packet.pdf", folder / "packet.zip"
    made = build_packet(order, packet, report, cancelled)
    places = [place_of(source.document.sha256 or "") for source in order.exhibits]
    check_target(out, made.size + sum(place.stat().st_size for place in places if place and place.is_file()))

    def step(place: int, of: int) -> None:
        if cancelled():
            raise PacketCancelledError("The export was stopped.", "The packet that was there before is unchanged.")
        report(Progress(place, of, "Adding the originals"))

    missing = write_with_originals(packet, place_of, aside, step)
    step(len(places), len(places))
    notices = [*made.notices, AS_THEY_CAME]
    if missing:
        notices.append(f"Not held, and so not in the zip: the originals of exhibits {', '.join(missing)}.")
    size, digest = aside.stat().st_size, file_digest(aside)
    put_in_place(aside, out)
    volume = replace(made.volumes[0], path=out, size=size, sha256=digest)
    return replace(made, path=out, size=size, sha256=digest, volumes=(volume,), notices=tuple(notices))
