"""`medbills packet`: the evidence packet of some bills as one PDF."""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, get_args

from medbills_desktop.cli.choosing import bills_named, day_of, papers_named
from medbills_desktop.cli.command_line import DONE, CommandLine, day, out_argument, today_argument
from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.noting_packets import NotedFile, NotePacket, note_at_rest
from medbills_desktop.commands.packet_preview import OWN_PAGES, PreviewPacket, about_volumes
from medbills_desktop.commands.paper_copies import COPY_PARTS
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.left_over import StillThereError, left_named
from medbills_desktop.domain.plain_names import as_attached, plain_name
from medbills_desktop.domain.records import Bill
from medbills_desktop.packet.figures import counted
from medbills_desktop.packet.negotiation import left_out_words
from medbills_desktop.packet.order import Audience, MadeVolume, PacketReport, Progress
from medbills_desktop.packet.parts import EXHIBITS, OFFERS, PARTS, chosen_parts, usual_parts
from medbills_desktop.packet.volumes import limit_in_bytes, megabytes
from medbills_desktop.store.library import Library

MOST_OF_PASSWORDS = 1_000_000
"""Bytes of standard input that are read."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--bill", action="append", default=[], metavar="REF", help="its id or account number; may be given again"
    )
    what.add_argument(
        "--paper",
        action="append",
        default=[],
        metavar="REF",
        help="instead of bills: a copy of this paper alone, as an exhibit; its paper number or id; may be given again",
    )
    out_argument(parser, "the PDF to write")
    parser.add_argument("--audience", choices=get_args(Audience), default="biller", help="who will read it")
    parser.add_argument("--redact", action="store_true", help="take personal numbers out of the copies and the pages")
    parser.add_argument("--lighter", action="store_true", help="make scans and photographs smaller on the copies")
    parser.add_argument(
        "--for",
        dest="made_for",
        choices=("email", "fax"),
        help="email: lighter, with a plain name; fax: black and white, Letter, 200 dpi",
    )
    parser.add_argument("--with-originals", action="store_true", help="a zip of the packet and its papers as they came")
    parser.add_argument(
        "--kept",
        action="append",
        default=[],
        metavar="PLACE",
        help="with --redact: a place that may stay, as the refusal names it; may be given again",
    )
    parser.add_argument(
        "--limit-mb",
        type=int,
        metavar="N",
        help="split it into volumes, each below N megabytes (1 MB = 1,000,000 bytes)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="make nothing; say about how many volumes there will be and what in each"
    )
    parser.add_argument(
        "--parts",
        metavar="PART,…",
        help=f"just these parts instead of the reader's usual ones: {', '.join(part.key for part in PARTS)}",
    )
    parser.add_argument("--private-notes", action="store_true", help="print the private notes of calls, too")
    parser.add_argument("--reply-by", type=day, metavar="DATE", help="the day by which an answer is asked for")
    today_argument(parser)
    parser.add_argument(
        "--passwords",
        action="store_true",
        help="read the passwords of locked papers from standard input: one JSON object, SHA-256 to password",
    )
    parser.add_argument(
        "--progress",
        action="store_true",
        help="for programs: say on standard output how far it is, and leave noting it to them",
    )


def _run(asked: argparse.Namespace) -> int:
    if asked.made_for == "email" and asked.out.name != plain_name(asked.out.name):
        raise UserError(
            f"Mail programs may garble the name “{asked.out.name}”.", f"Call it “{plain_name(asked.out.name)}”."
        )
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # it would name files on standard error
    with Library.open(asked.library, "read") as library, _stopped_by_signal() as stopped:
        day = day_of(library, asked.today)
        passwords = _passwords() if asked.passwords else {}
        bills, papers = bills_named(library, asked.bill), papers_named(library, asked.paper)
        refs = tuple(bill.ref for bill in library.read(lambda reader: reader.find_any(Bill, "id", bills)))
        parts = None if asked.parts is None else chosen_parts(filter(None, map(str.strip, asked.parts.split(","))))
        if asked.dry_run:
            print("\n".join(_foretold(library, bills, papers, asked.limit_mb, _wanted(asked.audience, papers, parts))))
            return DONE
        request = PacketRequest(
            bills,
            asked.audience,
            day,
            asked.out,
            private_notes=asked.private_notes,
            redact=asked.redact,
            parts=parts,
            kept=tuple(map(left_named, asked.kept)),
            limit_mb=asked.limit_mb,
            lighter=asked.lighter or asked.made_for == "email",
            fax=asked.made_for == "fax",
            originals=asked.with_originals,
            papers=papers,
            reply_by=asked.reply_by,
            passwords=passwords,
        )
        if asked.private_notes:
            print("\n".join(_notes_told(library, request)), flush=True)
        try:
            made = make_packet(library, request, _tell if asked.progress else _keep_quiet, stopped)
        except StillThereError as refusal:
            raise _with_places(refusal, asked.progress) from refusal
    for line in (*_told(made), *_offers_told(library, request)):
        print(line)
    if asked.made_for == "email":
        print("\n".join(as_attached(volume.size) for volume in made.volumes))
    if asked.progress:
        files, told = list(map(_file, made.volumes)), list(_to_look_at(made))
        print(f"made {json.dumps({'id': made.packet_id, 'on': str(day), 'files': files, 'told': told})}")
    elif refs and (kept_from := note_at_rest(asked.library, _note(made, refs, asked.audience, day, asked.redact))):
        print(f"Not noted in the library that it was made: {kept_from}")
    return DONE


def _notes_told(library: Library, request: PacketRequest) -> Iterator[str]:
    """What is private and will be shown, before it is."""
    notes = library.read(PreviewPacket(request.bill_ids, request.papers)).private_notes
    parts = _wanted(request.audience, request.papers, request.parts)
    if not notes or "calls" not in parts:
        yield "No private note will be in it."
        return
    yield "Private notes that will be in it:"
    yield from (f"  {note}" for note in notes)


def _wanted(audience: Audience, papers: tuple[int, ...], parts: frozenset[str] | None) -> frozenset[str]:
    """The parts that there will be, as `make_packet` takes them."""
    if parts is None:
        return COPY_PARTS if papers else usual_parts(audience)
    return parts


def _offers_told(library: Library, request: PacketRequest) -> Iterator[str]:
    """What of a negotiation is not in it."""
    if request.papers and request.parts is None:
        return  # a paper that is named is copied, and nothing else told
    if OFFERS not in _wanted(request.audience, request.papers, request.parts):
        found = library.read(PreviewPacket(request.bill_ids, request.papers))
        yield from left_out_words(found.offers_not_taken, found.offer_letters)


def _with_places(refusal: StillThereError, progress: bool) -> UserError:
    """The refusal with what the command line can do about it; a program that asked for progress is given the places."""
    names = [left.name for left in refusal.left]
    if progress:
        print(f"left {json.dumps([[left.name, left.paper] for left in refusal.left])}", flush=True)
    if progress or not names:
        return refusal
    kept = " ".join(f"--kept {name}" for name in names)
    return UserError(refusal.what, f"{refusal.todo} What may stay: say so with {kept}")


def _passwords() -> dict[str, str]:
    try:
        read = json.loads(sys.stdin.buffer.read(MOST_OF_PASSWORDS))
    except ValueError:
        read = None
    if not isinstance(read, dict) or not all(isinstance(each, str) for each in read.values()):
        raise UserError(
            "The passwords on standard input can't be read.",
            'Write one line of JSON, like {"SHA-256 of the paper": "its password"}.',
        )
    return read


def _note(made: PacketReport, refs: tuple[str, ...], audience: str, on: date, redacted: bool) -> NotePacket:
    """What the library keeps of a packet, as a window would note it."""
    first, *further = (
        NotedFile(one.path.name, one.sha256, one.size, one.last_page - one.first_page + 1) for one in made.volumes
    )
    return NotePacket(
        refs,
        made.packet_id,
        audience,
        on,
        first.file,
        first.sha256,
        first.size,
        first.pages,
        redacted,
        further=tuple(further),
    )


def _file(volume: MadeVolume) -> dict[str, object]:
    """What a window needs to note a file."""
    pages = volume.last_page - volume.first_page + 1
    return {"file": str(volume.path), "sha256": volume.sha256, "size": volume.size, "pages": pages}


def _foretold(
    library: Library,
    bills: tuple[int, ...],
    papers: tuple[int, ...],
    limit_mb: int | None,
    parts: frozenset[str],
) -> Iterator[str]:
    """About what the files will be, from the sizes of the papers."""
    whole = library.read(PreviewPacket(bills, papers))
    found = whole if OFFERS in parts else whole.without_offers or whole
    sizes = found.sizes if EXHIBITS in parts else ()
    volumes = about_volumes(sizes, sum(sizes) + 2 * OWN_PAGES if limit_mb is None else limit_in_bytes(limit_mb))
    files = "1 file" if len(volumes) == 1 else f"about {len(volumes)} volumes"
    yield f"About {megabytes(sum(sizes) + OWN_PAGES)} in {files}, by the sizes of the papers:"
    for number, one in enumerate(volumes, 1):
        own = "the packet’s own pages; " if number == 1 else ""
        letters = ", ".join(one.exhibits)
        yield f"  {number}: {own}{f'exhibits {letters}' if letters else 'no exhibits'}, about {megabytes(one.size)}"
    if OFFERS not in parts:
        yield from left_out_words(whole.offers_not_taken, whole.offer_letters)
    yield "Nothing was made."


def _told(made: PacketReport) -> Iterator[str]:
    if len(made.volumes) > 1:
        yield f"{len(made.volumes)} volumes: {made.pages} pages, {counted(len(made.exhibits), 'exhibit')}."
        for one in made.volumes:
            yield f"  {one.path}: pages {one.first_page} to {one.last_page}, {megabytes(one.size)}. {one.holds}."
    else:
        yield f"{made.path}: {made.pages} pages, {counted(len(made.exhibits), 'exhibit')}."
    yield from (f"  {line}" for line in _to_look_at(made))


def _to_look_at(made: PacketReport) -> Iterator[str]:
    """What somebody has to know before the packet is handed over."""
    yield from (f"By name only, since it can’t be shown: {line}" for line in made.not_shown)
    yield from made.notices
    if made.missing_characters:
        yield f"Characters that no font of the program has: {', '.join(made.missing_characters)}."


def _tell(progress: Progress) -> None:
    sys.stdout.write(f"{progress.done}/{progress.total} {progress.text}\n")
    sys.stdout.flush()


def _keep_quiet(progress: Progress) -> None:
    del progress


@contextmanager
def _stopped_by_signal() -> Iterator[Callable[[], bool]]:
    """Let the usual signals stop the export in order, so that nothing half-made is left."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def stop(_number: int, _frame: Any) -> None:
        asked.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


PACKET = CommandLine(_arguments, _run)
