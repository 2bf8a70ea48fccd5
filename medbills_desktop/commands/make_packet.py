"""The packet of some bills of a library: findings, papers and records gathered, then written whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from medbills_desktop import __version__
from medbills_desktop.checks import Finding, run_checks
from medbills_desktop.commands.adding_originals import make_with_originals, refuse_originals
from medbills_desktop.commands.faxing import make_fax
from medbills_desktop.commands.noting_packets import NOTED
from medbills_desktop.commands.packet_rules import packet_rules
from medbills_desktop.commands.packet_words import spoken_of_patient
from medbills_desktop.commands.paper_copies import COPY_PARTS, bills_of_papers, papers_wanted
from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.commands.redacted_case import all_redacted, library_needles, redacted_case, redacted_source
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.left_over import LeftOver
from medbills_desktop.domain.records import Document, FindingDecision, PageView
from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.domain.redaction import Needles, masked
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.linked import LinkedDocument
from medbills_desktop.packet.negotiation import without_offers, without_offers_alone
from medbills_desktop.packet.order import (
    Audience,
    CantShow,
    ExhibitSource,
    PacketCancelledError,
    PacketFinding,
    PacketOrder,
    PacketReport,
    Progress,
    Prove,
)
from medbills_desktop.packet.parts import EXHIBITS, OFFERS, chosen_parts, usual_parts
from medbills_desktop.packet.target import check_target, work_folder
from medbills_desktop.packet.volumes import limit_in_bytes
from medbills_desktop.store.case_loading import load_bills, load_case, load_checked
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_name import find_sender
from medbills_desktop.store.own_place import keep_out_of
from medbills_desktop.store.queries.made_packets import HeadWithout
from medbills_desktop.store.queries.rule_cards import ListCards
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PacketRequest:
    """Which bills, for whom, prepared on which day, and where to; `passwords` of locked papers by their SHA-256.

    `redact` takes personal numbers out of the copies and of what the packet says itself, and the areas drawn by hand.
    `kept` are places that the person has looked at after an export was refused for them, and that may stay.
    `parts` are the keys of the parts that are wanted, `None` the usual ones of the reader.
    A file of `limit_mb` megabytes (1,000,000 bytes each) or more is split into volumes.
    `lighter` makes the pictures of the copies smaller, `fax` draws every page for a fax machine.
    `originals` puts the packet and the papers as they came into one zip.
    `papers` are the only papers that are wanted: then they alone are copied, framed as exhibits, unless other parts are
    named, and `bill_ids` may be empty. `reply_by` is the day by which an answer is asked for.
    """

    bill_ids: tuple[int, ...]
    audience: Audience
    prepared_on: Day
    out: Path
    private_notes: bool = False
    redact: bool = False
    parts: frozenset[str] | None = None
    kept: tuple[LeftOver, ...] = ()
    limit_mb: int | None = None
    lighter: bool = False
    fax: bool = False
    originals: bool = False
    papers: tuple[int, ...] = ()
    reply_by: Day | None = None
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)


def make_packet(
    library: Library,
    request: PacketRequest,
    report: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> PacketReport:
    """Make a packet; the old file at the target stays until the new one is whole.

    Raises `UserError` where it can't be made, `PacketCancelledError` where `cancelled` says so; nothing is left then.
    """
    request, limit = _possible(library, request), _limit(request)
    parts = usual_parts(request.audience) if request.parts is None else chosen_parts(request.parts)
    keep_out_of(library.folder, request.out)
    case, checked = library.read(partial(_cases, request, OFFERS in parts))
    check_target(request.out, 0)
    folder = work_folder(request.out, os.getpid())
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise UserError(
            f"Nothing can be written in “{request.out.parent}”: {error.strerror or error}.", "Choose another place."
        ) from error
    try:
        needles = library.read(library_needles) if request.redact else None
        wanted = papers_wanted(case, request.bill_ids, request.papers) if EXHIBITS in parts else ()
        exhibits = _exhibits(library, case, wanted, request, folder, report, cancelled, needles)
        findings = _findings(checked, request)
        rules = packet_rules(case, library.read(ListCards()), request.bill_ids)
        if needles is not None:
            case, findings = redacted_case(case, needles), all_redacted(findings, needles)
            rules = all_redacted(rules, needles)
        order = PacketOrder(
            case=case,
            bill_ids=request.bill_ids,
            audience=request.audience,
            prepared_on=request.prepared_on,
            findings=findings,
            include_private_notes=request.private_notes,
            exhibits=exhibits,
            program_version=__version__,
            journal_head=library.read(HeadWithout(NOTED)),
            redacted=request.redact,
            rules=rules,
            parts=parts,
            kept=request.kept,
            limit=limit,
            lighter=request.lighter,
            fax=request.fax,
            reply_by=request.reply_by,
            sender=library.read(partial(_sender, needles)),
        )
        proof = _proof(folder, needles, request.kept, cancelled)
        if request.originals:
            return make_with_originals(order, request.out, folder, partial(_place, library), report, cancelled)
        if request.fax:
            return make_fax(order, request.out, folder, report, cancelled, proof)
        return build_packet(order, request.out, report, cancelled, proof)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cases(request: PacketRequest, offers: bool, reader: Reader) -> tuple[Case, Case]:
    """What the packet tells of, and what the checks look at; both without offers where these are not wanted."""
    case = load_case(reader) if request.papers else load_bills(reader, request.bill_ids)
    checked = load_checked(reader, request.bill_ids)
    return (case, checked) if offers else (without_offers(case), without_offers_alone(checked))


def _limit(request: PacketRequest) -> int | None:
    """The size in bytes below which each file stays. Raises `UserError` for kinds of files that are not split."""
    if request.limit_mb is None:
        return None
    if request.fax or request.originals:
        raise UserError(
            "A fax and a zip with the originals are not split into volumes.", "Leave the limit out, or make a packet."
        )
    return limit_in_bytes(request.limit_mb)


def _possible(library: Library, request: PacketRequest) -> PacketRequest:
    """The request, refused where it can't be done as it is; one for some papers with the bills that they belong to, and
    with nothing but copies unless told else.
    """
    if not request.bill_ids and not request.papers:
        raise UserError("No bill is chosen for the packet.", "Choose one or more bills.")
    if request.originals:
        refuse_originals(request.out, request.redact, request.fax)
    if request.kept and not request.redact:
        raise UserError("Places can be kept only where personal numbers are taken out.", "Ask for that, too.")
    if request.papers:
        bills = request.bill_ids or bills_of_papers(library.read(load_case), request.papers)
        request = replace(request, bill_ids=bills, parts=COPY_PARTS if request.parts is None else request.parts)
    _refuse_day(request)
    return request


def _refuse_day(request: PacketRequest) -> None:
    """Raise `UserError` where the day by which an answer is asked for can't be meant, or would nowhere be printed."""
    day, parts = request.reply_by, request.parts
    if day is None:
        return
    if day < request.prepared_on:
        asked, prepared = plain_day(day), plain_day(request.prepared_on)
        raise UserError(
            f"The day by which an answer is asked for, {asked}, lies before the packet is prepared, {prepared}.",
            "Choose a later day, or none.",
        )
    if request.audience == "court" or not (parts is None or {"cover", "summary"} & parts):
        raise UserError(
            "A day for the answer is printed on the cover and the summary, and never for a court.", "Leave the day out."
        )


def _exhibits(
    library: Library,
    case: Case,
    linked: Sequence[LinkedDocument],
    request: PacketRequest,
    folder: Path,
    report: Callable[[Progress], None],
    cancelled: Callable[[], bool],
    needles: Needles | None,
) -> tuple[ExhibitSource, ...]:
    made: list[ExhibitSource] = []
    with ExhibitPreparer(folder, cancelled=cancelled) as preparer:
        for at, one in enumerate(linked):
            if cancelled():
                raise PacketCancelledError("The export was stopped.", "The packet that was there before is unchanged.")
            report(Progress(at, len(linked), "Preparing the papers"))
            turns = {view.page: view.rotation for view in case.of(PageView, "document_id", one.document.id)}
            password = request.passwords.get(one.document.sha256 or "")
            original = _original(library, one.document)
            if isinstance(original, CantShow):
                made.append(ExhibitSource(one.document, original))
                continue
            drawn = case.of(Redaction, "document_id", one.document.id)
            made.append(preparer.prepare(one.document, original, turns, password, needles, drawn, request.lighter))
    if needles is None:
        return tuple(made)
    return tuple(redacted_source(each, needles) for each in made)


def _proof(
    folder: Path, needles: Needles | None, kept: Sequence[LeftOver], cancelled: Callable[[], bool]
) -> Prove | None:
    """What searches the finished packet, in a process of its own: it opens what strangers made."""
    if needles is None:
        return None

    def prove(packet: Path) -> None:
        with ExhibitPreparer(folder, cancelled=cancelled) as preparer:
            preparer.prove(packet, needles, kept)

    return prove


def _original(library: Library, document: Document) -> Path | CantShow | None:
    """Where the bytes of a paper are; the reason why it can't be shown where they are not those that came in."""
    place = _place(library, document.sha256)
    fault = None if place is None else library.vault.fault(place.name)
    if fault is None:
        return place
    return CantShow(
        f"This paper is not as it was received: {fault}.",
        "Bring it back from a backup of the library, then export the packet again.",
    )


def _sender(needles: Needles | None, reader: Reader) -> tuple[str, ...]:
    """Who hands the packet over and where answers go, as above one's letters."""
    lines = find_sender(reader).lines
    return lines if needles is None else tuple(masked(line, needles) for line in lines)


def _place(library: Library, sha256: str | None) -> Path | None:
    return library.vault.path(sha256) if sha256 and library.vault.holds(sha256) else None


def _findings(case: Case, request: PacketRequest) -> tuple[PacketFinding, ...]:
    settled = {
        (decision.bill_id, decision.check, decision.fingerprint)
        for decision in case.all(FindingDecision)
        if decision.decision == "not_a_problem"
    }
    found = run_checks(case, request.prepared_on, request.bill_ids)
    return tuple(
        _for_packet(finding)
        for finding in found
        if (finding.bill_id, finding.check, finding.fingerprint) not in settled
    )


def _for_packet(finding: Finding) -> PacketFinding:
    return PacketFinding(
        title=spoken_of_patient(finding.title),
        level=finding.level,
        amount=finding.amount,
        explanation=spoken_of_patient(finding.explanation),
        ask=finding.ask,
        bill_id=finding.bill_id,
        line_ids=finding.line_ids,
        check=finding.check,
        statement_ids=finding.statement_ids,
        claim_ids=finding.claim_ids,
        call_ids=finding.call_ids,
        payment_ids=finding.payment_ids,
        fingerprint=finding.fingerprint,
    )
