"""Makes a packet from an order: front pages drawn, papers merged and stamped, everything linked, written whole."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import pikepdf
from pikepdf import Dictionary, Pdf

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.left_over import LeftOver, StillThereError, kept_in_words, still_there
from medbills_desktop.packet.assembling import (
    DAMAGED,
    ExhibitFailedError,
    MergeFailedError,
    blamed_on,
    counted_source,
    merged_packet,
)
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.cleaning import TAGS, Cleaner, clean_catalog, clean_front_page
from medbills_desktop.packet.digests import PageDigests
from medbills_desktop.packet.figures import counted
from medbills_desktop.packet.front_matter import FrontMatter, draw_front_matter, stampable
from medbills_desktop.packet.hashed_file import hashed_file
from medbills_desktop.packet.lettering import Exhibit, lettered
from medbills_desktop.packet.manifest import keep_manifest, manifest
from medbills_desktop.packet.navigation import add_links, add_names, add_outline, mend_text_layer
from medbills_desktop.packet.order import (
    Cancelled,
    CantShow,
    ExhibitPlace,
    ExhibitSource,
    MadeVolume,
    PacketCancelledError,
    PacketOrder,
    PacketReport,
    Progress,
    Prove,
    Report,
)
from medbills_desktop.packet.page_geometry import page_frame
from medbills_desktop.packet.plan import SLIP, Break, Plan, Volume, parts_in
from medbills_desktop.packet.region_marks import marks_of_page, place_of_mark, regions_by_document, rotations
from medbills_desktop.packet.saving import save_packet
from medbills_desktop.packet.seal import keep_place_for_seal, seal
from medbills_desktop.packet.sections.taken_out import pages_in_words
from medbills_desktop.packet.sections.volume_sheet import what_is_in
from medbills_desktop.packet.splitting import cut_out
from medbills_desktop.packet.stamping import Stamp, StampFont, stamp_page
from medbills_desktop.packet.structure import (
    Structure,
    copy_in_words,
    framed_in_words,
    keep_parts,
    may_have_words,
    write_with_structure,
)
from medbills_desktop.packet.tagging import Tags
from medbills_desktop.packet.target import Aside, check_target, whole_targets
from medbills_desktop.packet.typesetting import code_point
from medbills_desktop.packet.volumes import Cutting, others_of_that_name, volume_path
from medbills_desktop.packet.weights import Weights

_EVERY = 50
_MOST_CUTS = 8
"""How often volumes are cut anew where one came out larger than it was weighed."""


def build_packet(
    order: PacketOrder, out: Path, report: Report, cancelled: Cancelled, prove: Prove | None = None
) -> PacketReport:
    """Write the packet to `out`, replacing what is there only when the new one is whole.

    `report` is told how far it is, `cancelled` asked at every page. Raises `PacketCancelledError` when it says yes, and
    `UserError` where the packet can't be written; in both cases nothing is left and the old file is untouched. A paper
    that can't be merged never stops the packet: it stands there as a page that says why. `prove` may refuse the
    finished file before it takes its place.
    """
    return _Export(order, out, report, cancelled, prove).run()


class _Export:
    def __init__(
        self, order: PacketOrder, out: Path, report: Report, cancelled: Cancelled, prove: Prove | None
    ) -> None:
        self.order, self.out = order, out
        self._prove = prove
        self._report, self._cancelled = report, cancelled
        self._doing = ""
        self.annotations_dropped: dict[int, int] = {}
        self._marks: dict[str, tuple[float, float]] = {}
        self._unusable: set[int] = set()

    def run(self) -> PacketReport:
        """Try until only papers are left that can be merged and stamped; the others stand in the packet by name."""
        thorough = False
        while True:
            try:
                return self._run(thorough)
            except MergeFailedError:
                if thorough:
                    raise
                thorough = True
            except ExhibitFailedError as fault:
                if fault.document_id in self._unusable:
                    raise
                self._unusable.add(fault.document_id)

    def _run(self, thorough: bool) -> PacketReport:
        sources = tuple(self._counted(thorough))
        check_target(self.out, _size_of(self.order) * (2 if self.order.limit else 1))
        exhibits = lettered(self.order.case, self.order.bill_ids, sources)
        with whole_targets(self.out) as aside:
            return self._fitted(exhibits, aside)

    def _fitted(self, exhibits: tuple[Exhibit, ...], aside: Aside) -> PacketReport:
        """Write the packet in one file or, where that gets too large, cut into volumes until each is small enough."""
        breaks: tuple[Break, ...] = ()
        limit = budget = self.order.limit or 0
        for _ in range(_MOST_CUTS):
            book = Book(self.order, exhibits, "", breaks=breaks)
            front = draw_front_matter(book, self._report, self._cancelled)
            self.annotations_dropped.clear()
            self._marks.clear()
            front_file = aside.folder / "front.pdf"
            with front_file.open("wb") as file:
                write_with_structure(front, file, self._check_cancelled)
            front.recorder.tags = Tags()  # of a long bill it takes more memory than anything else
            front = replace(front, pdf=b"")
            with merged_packet(front_file, front.plan, book.exhibits) as pdf:
                self._finish(pdf, book, front)
                plan = front.plan
                del front  # what is written takes its room
                weights = Weights(pdf) if limit else None
                made: list[MadeVolume] = []
                if weights is None or book.breaks or weights.of_all() < limit:
                    made = self._written(pdf, book, plan, aside)
                    largest = max(volume.size for volume in made)
                    if weights is None or largest < limit:
                        self._prove_all(aside)
                        return self._told(book, plan, made)
                    budget = int(min(budget * 0.99, budget * limit / largest * 0.995))
                breaks = Cutting(plan, book.exhibits, weights, budget, limit).breaks()
            aside.forget()
        raise UserError("The packet could not be cut into files below the limit.", "Choose a larger limit.")

    def _prove_all(self, aside: Aside) -> None:
        if self._prove is not None:
            self._report(Progress(99, 100, "Searching the packet for what was taken out"))
            found: list[LeftOver] = []
            for path in aside.files:
                try:
                    self._prove(path)
                except StillThereError as refusal:
                    if not refusal.left:
                        raise
                    found += refusal.left
                self._check_cancelled()
            if found:  # the person looks at the places of all volumes at once
                raise still_there(found, self.order.kept)

    def _written(self, pdf: Pdf, book: Book, plan: Plan, aside: Aside) -> list[MadeVolume]:
        """The files of the packet, each with its manifest and its seal."""
        volumes = plan.volumes
        if len(volumes) == 1:
            hashes = [self._hashes(pdf, book, plan, volumes[0])]
            return [self._sealed(pdf, book, plan, hashes, volumes[0], aside)]
        whole = aside.folder / "whole.pdf"
        self._save(pdf, whole, "Writing the packet")
        hashes, made = [], []
        for volume in volumes:  # all pages first, since each file has a digest over those of every other
            with cut_out(whole, volume) as file:
                hashes.append(self._hashes(file, book, plan, volume))
        for volume in volumes:
            with cut_out(whole, volume) as file:
                made.append(self._sealed(file, book, plan, hashes, volume, aside))
        whole.unlink()
        return made

    def _sealed(
        self, pdf: Pdf, book: Book, plan: Plan, hashes: list[list[str]], volume: Volume, aside: Aside
    ) -> MadeVolume:
        of = len(plan.volumes)
        title, target, doing = _title(book), self.out, "Writing the packet"
        if of > 1:
            which = f"volume {volume.number} of {of}"
            title, target, doing = f"{title}, {which}", volume_path(self.out, volume.number, of), f"Writing {which}"
            keep_parts(pdf, plan, parts_in(plan, volume))
        add_outline(pdf, plan, volume)
        add_names(pdf, title, book.packet_id, volume)
        keep_manifest(pdf, manifest(book, plan, hashes, volume.number))
        keep_place_for_seal(pdf)
        path = aside.file_for(target)
        with hashed_file(path) as file:
            self._save(pdf, cast("BinaryIO", file), doing)
        self._check_cancelled()
        size, digest = path.stat().st_size, seal(path, self._sealing, file.begun)
        return MadeVolume(target, volume.number, volume.first, volume.last, size, digest, what_is_in(book, volume))

    def _counted(self, thorough: bool) -> Iterator[tuple[ExhibitSource, int]]:
        total = len(self.order.exhibits)
        for done, source in enumerate(self.order.exhibits):
            self._check_cancelled()
            self._report(Progress(done, total, "Looking at the papers"))
            usable = source.document.id not in self._unusable
            yield counted_source(source if usable else replace(source, content=DAMAGED), thorough)

    def _finish(self, pdf: Pdf, book: Book, front: FrontMatter) -> None:
        """Everything between merging and saving, all in memory."""
        plan = front.plan
        pages = [page.obj for page in pdf.pages]  # asking for one by its number takes longer the more there are
        fonts = pages[0].Resources.Font
        structure, cleaner = Structure(pdf), Cleaner()
        clean_catalog(pdf.Root, TAGS)
        for part in plan.parts:
            first = plan.firsts[part.key]
            for number in range(first, first + part.local_pages):
                clean_front_page(pages[number - 1], cleaner)
        self._stamp(pdf, pages, book, plan, _stamp_font(pdf, front, fonts), structure, cleaner)
        mend_text_layer(pdf, fonts)
        add_links(pages, front, self._marks, structure.links)
        structure.keep(plan)

    def _hashes(self, pdf: Pdf, book: Book, plan: Plan, volume: Volume) -> list[str]:
        owners = array("q", bytes(8 * (plan.pages + 1)))  # numbers of papers by page, 0 for pages of our own
        for place, exhibit in enumerate(book.exhibits):
            for own in range(1, exhibit.pages + 1):
                owners[plan.exhibit_page(place, own) or 0] = exhibit.source.document.id
        digests = PageDigests(pdf)
        hashes = []
        for number, page in enumerate(pdf.pages, volume.first):
            self._step(number - 1, plan.pages, "Taking the fingerprint of each page")
            with blamed_on(owners[number] or None):
                hashes.append(digests.of(page.obj))
        return hashes

    def _stamp(
        self,
        pdf: Pdf,
        pages: Sequence[Any],
        book: Book,
        plan: Plan,
        font: StampFont,
        structure: Structure,
        cleaner: Cleaner,
    ) -> None:
        regions = regions_by_document(book)
        for place, exhibit in enumerate(book.exhibits):
            document_id = exhibit.source.document.id
            marked = regions.get(document_id, {})
            turned = rotations(book, exhibit) if marked else {}
            sizes = exhibit.source.shown_sizes
            for own in range(1, exhibit.pages + 1):
                number = plan.exhibit_page(place, own) or 0
                self._step(number, plan.pages, f"Stamping exhibit {exhibit.letter}")
                shown = sizes[own - 1] if own <= len(sizes) else None
                with blamed_on(document_id):
                    page = pages[number - 1]
                    self._count_annotations(document_id, page)
                    there = marked.get(own)
                    marks = marks_of_page(there, page_frame(page), turned.get(own, 0), shown) if there else []
                    is_picture = not may_have_words(page)
                    frame = stamp_page(pdf, page, font, _stamp(exhibit, own, number, plan.pages), marks, is_picture)
                    structure.add_exhibit_page(
                        plan.part_at(number), page, copy_in_words(exhibit, own), is_picture, framed_in_words(marks)
                    )
                    for (_, _, line_id), mark in zip(there or (), marks, strict=True):
                        self._marks.setdefault(f"{SLIP}{place}:{own}:{line_id}", place_of_mark(mark, frame))
                    cleaner.clean(page.Resources.XObject.MBPage)  # all else on a stamped page is ours

    def _count_annotations(self, document_id: int, page: Any) -> None:
        annotations = page.get("/Annots")
        if isinstance(annotations, pikepdf.Array):
            drawn = sum(1 for each in annotations if isinstance(each, pikepdf.Dictionary) and "/AP" in each)
            if drawn:
                self.annotations_dropped[document_id] = self.annotations_dropped.get(document_id, 0) + drawn

    def _save(self, pdf: Pdf, out: Path | BinaryIO, doing: str) -> None:
        def progress(percent: int) -> None:
            self._check_cancelled()
            self._report(Progress(percent, 100, doing))

        save_packet(pdf, out, progress)

    def _sealing(self, done: int, total: int) -> None:
        self._check_cancelled()
        self._report(Progress(100 * done // total, 100, "Sealing the packet"))

    def _step(self, done: int, total: int, text: str) -> None:
        if done % _EVERY == 0 or text != self._doing:
            self._doing = text
            self._report(Progress(done, total, text))
        self._check_cancelled()

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise PacketCancelledError("The export was stopped.", "The packet that was there before is unchanged.")

    def _told(self, book: Book, plan: Plan, made: list[MadeVolume]) -> PacketReport:
        places = tuple(
            ExhibitPlace(
                exhibit.letter,
                exhibit.title,
                plan.firsts[f"{SLIP}{place}"],
                exhibit.pages,
                exhibit.cant_show is None,
            )
            for place, exhibit in enumerate(book.exhibits)
        )
        return PacketReport(
            path=made[0].path,
            packet_id=book.packet_id,
            pages=plan.pages,
            size=sum(volume.size for volume in made),
            sha256=made[0].sha256,
            exhibits=places,
            not_shown=tuple(_not_shown(exhibit) for exhibit in book.exhibits if exhibit.cant_show),
            missing_characters=tuple(code_point(char) for char in sorted(book.setter.missing)),
            notices=tuple(self._notices(book, [volume.path for volume in made])),
            volumes=tuple(made),
        )

    def _notices(self, book: Book, made: list[Path]) -> Iterator[str]:
        if book.order.kept:
            yield kept_in_words(book.order.kept)
        if left := others_of_that_name(self.out, made) if len(made) > 1 or self.order.limit else []:
            yield f"Left from an earlier packet of that name: {', '.join(path.name for path in left)}."
        for exhibit in book.exhibits:
            dropped = self.annotations_dropped.get(exhibit.source.document.id, 0)
            if dropped:
                entries = counted(dropped, "note or form field", "notes or form fields")
                yield f"Exhibit {exhibit.letter}: {entries} not drawn."
            if book.order.redacted and exhibit.source.unread:
                pages = pages_in_words(exhibit.source.unread)
                yield (
                    f"Exhibit {exhibit.letter}: what is printed in pictures can’t be searched; look through its pages: "
                    f"{pages}."
                )


def _stamp_font(pdf: Pdf, front: FrontMatter, fonts: Any) -> StampFont:
    named = Dictionary({f"/MBFont{place}": fonts[name] for place, name in enumerate(front.stamps.subsets)})
    return StampFont(pdf.make_indirect(named), front.stamps.codes, front.stamps.widths)


def _stamp(exhibit: Exhibit, own: int, number: int, pages: int) -> Stamp:
    paper = exhibit.source.document.paper_number
    left = f"{stampable(paper[:40])}-{own}" if paper else ""
    return Stamp(left, f"Exhibit {exhibit.letter} · {own} of {exhibit.pages} · page {number} of {pages}")


def _title(book: Book) -> str:
    names = dict.fromkeys(book.name(bill.biller_id) for bill in book.scope.bills)
    titles = [exhibit.title for exhibit in book.exhibits] if book.called.startswith("Cop") else []
    return f"{book.called}: {', '.join((titles or list(names))[:3])}"


def _not_shown(exhibit: Exhibit) -> str:
    reason: CantShow | None = exhibit.cant_show
    return f"Exhibit {exhibit.letter}, {exhibit.title}: {reason.what if reason else ''}"


def _size_of(order: PacketOrder) -> int:
    """About how large the packet gets, in bytes: its papers and a megabyte of its own."""
    contents = [source.content for source in order.exhibits]
    return 1_000_000 + sum(path.stat().st_size for path in contents if isinstance(path, Path) and path.is_file())
