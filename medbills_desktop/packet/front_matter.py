"""Draws the packet's own pages: passes are repeated until every printed page number is right."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.cycles import kept_until_drawn, let_go
from medbills_desktop.packet.fonts import REGULAR, font, register
from medbills_desktop.packet.order import Cancelled, PacketCancelledError, Progress, Report
from medbills_desktop.packet.page_foot import draw_foot
from medbills_desktop.packet.plan import SLIP, VOLUME, Plan, plan_of
from medbills_desktop.packet.recording import PartStart, Recorder, canvas_maker
from medbills_desktop.packet.sections import AFTER_EXHIBITS, BEFORE_EXHIBITS, CONTENTS, Section, wanted
from medbills_desktop.packet.sections.slip import slip_sheet
from medbills_desktop.packet.sections.volume_sheet import volume_sheet
from medbills_desktop.packet.tagging import FOOTER, Tags
from medbills_desktop.packet.typesetting import code_point

_MOST_PASSES = 5
_USUAL_PASSES = 3
_EVERY = 5
"""How far it is is told again after so many pages."""
_STAMP_CHARACTERS = "".join(map(chr, range(32, 127))) + "·"


@dataclass(frozen=True)
class StampCodes:
    """How stamps are written in the family's font of the front file: subset names, and code and width by character."""

    subsets: tuple[str, ...]
    codes: dict[str, tuple[int, int]]
    widths: dict[str, float]


@dataclass(frozen=True)
class FrontMatter:
    """The packet's own pages as one PDF, and where everything in it belongs."""

    pdf: bytes
    plan: Plan
    recorder: Recorder
    stamps: StampCodes


class PassesDisagreeError(RuntimeError):
    """The pages would not settle: a fault of the program, since each pass is given the numbers of the one before."""


def draw_front_matter(book: Book, report: Report, cancelled: Cancelled) -> FrontMatter:
    """Draw all front pages, slip sheets and closing pages. Sets the packet's id and plan in `book`.

    Raises `PacketCancelledError` as soon as `cancelled` says so, and `UserError` where the chosen parts are all empty.
    """
    register()
    rl_config.useA85 = 0
    rl_config.trustedSchemes = ["data"]
    with kept_until_drawn():
        return _settled(book, report, cancelled)


def _settled(book: Book, report: Report, cancelled: Cancelled) -> FrontMatter:
    """Pass after pass, until one has the numbers of the one before."""
    exhibit_pages = tuple(exhibit.pages for exhibit in book.exhibits)
    expected = book.guessed_pages
    for attempt in range(_MOST_PASSES):
        drawing = _Drawing(book, _Teller(report, attempt, expected), cancelled)
        drawing.run()
        let_go()
        expected = drawing.pages
        plan = plan_of(drawing.recorder.parts, drawing.pages, exhibit_pages, book.breaks)
        anchors = {name: plan.packet_page(local) for name, (local, _) in drawing.recorder.anchors.items()}
        if not book.packet_id:
            book.packet_id = _packet_id(book, drawing.pdf)
        elif (plan, anchors) == (book.plan, book.anchors):
            return FrontMatter(drawing.pdf, plan, drawing.recorder, drawing.stamps)
        book.plan, book.anchors = plan, anchors
    raise PassesDisagreeError("the page numbers of the packet did not settle")


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells how far the passes are together; a pass more than usual stays at the end."""

    report: Report
    attempt: int
    expected: int

    def tell(self, page: int) -> None:
        total = _USUAL_PASSES * self.expected
        done = min(self.attempt * self.expected + min(page, self.expected), total)
        self.report(Progress(done, total, "Writing the pages of the packet"))


def _packet_id(book: Book, first_pass: bytes) -> str:
    """A name for the packet that follows from what is printed in it and from the papers' own hashes."""
    digest = hashlib.sha256(first_pass)
    for exhibit in book.exhibits:
        document = exhibit.source.document
        digest.update(f"{exhibit.letter} {document.sha256} {exhibit.pages}\n".encode())
    return digest.hexdigest()


class _Drawing:
    """One pass: builds every section anew and draws it."""

    def __init__(self, book: Book, teller: _Teller, cancelled: Cancelled) -> None:
        self.book = book
        self.teller = teller
        self.cancelled = cancelled
        self.recorder = Recorder(tags=Tags(turned=book.setter.turned))
        self.stamps = StampCodes((), {}, {})
        self.pages = 0
        self.pdf = b""

    def run(self) -> None:
        out = io.BytesIO()
        frame = Frame(look.MARGIN_SIDE, look.MARGIN_BOTTOM, look.TEXT_WIDTH, look.TEXT_HEIGHT, 0, 0, 0, 0, id="text")
        document = BaseDocTemplate(
            out,
            pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
            pageTemplates=[PageTemplate("page", [frame], onPage=self._begin_page)],
            invariant=1,
            pageCompression=1,
        )
        flowables = self._flowables()
        try:
            document.build(flowables, canvasmaker=canvas_maker(self.recorder))
        except PacketCancelledError:
            raise _stopped() from None  # ReportLab puts words of its own before those of whatever passes through it
        self.pdf = out.getvalue()

    def _flowables(self) -> list[Flowable]:
        """Every part on pages of its own; the contents are written last, when it is known what there is."""
        sections = wanted(self.book, BEFORE_EXHIBITS[self.book.order.audience])
        for place, exhibit in enumerate(self.book.exhibits):
            title = f"Exhibit {exhibit.letter}: {exhibit.title}"
            sections.append(Section(f"{SLIP}{place}", title, slip_sheet(place)))
        sections.extend(wanted(self.book, AFTER_EXHIBITS))
        built = {section.key: self._built(section) for section in sections if section.key != CONTENTS}
        there = [section for section in sections if section.key == CONTENTS or built[section.key]]
        if not there:
            raise UserError("None of the chosen parts has anything to tell about these bills.", "Choose further parts.")
        there = _with_sheets(there, self.book)
        self.book.coming = tuple((section.key, section.title) for section in there)
        flowables: list[Flowable] = []
        for section in there:
            content = built.get(section.key) or self._built(section)
            flowables += [PageBreak(), PartStart(section.key, section.title), *content]
        return flowables[1:]

    def _built(self, section: Section) -> list[Flowable]:
        self._stop_if_cancelled()
        self.teller.tell(0)
        self.book.here = section.key
        return section.build(self.book)

    def _stop_if_cancelled(self) -> None:
        if self.cancelled():
            raise _stopped()

    def _begin_page(self, canvas: Canvas, _document: Any) -> None:
        self._stop_if_cancelled()
        self.pages = canvas.getPageNumber()
        if self.pages % _EVERY == 0:
            self.teller.tell(self.pages)
        if self.pages == 1:
            self.stamps = _stamp_codes(canvas)
        page, pages = self.book.plan.packet_page(self.pages), self.book.plan.pages or self.book.no_page
        volumes = self.book.plan.volumes
        told = [self.book.called, self._part_on(self.pages)]
        told.append(f"volume {self.book.plan.volume_of(page)} of {len(volumes)}" if len(volumes) > 1 else "")
        told.append(f"prepared {plain_day(self.book.order.prepared_on)}")
        canvas.drawn_as = FOOTER
        draw_foot(canvas, " · ".join(filter(None, told)), page, pages)
        canvas.drawn_as = None

    def _part_on(self, local: int) -> str:
        """The title of the part that a page of the front file goes on with; of the pages that say it large, none."""
        found = [part for part in self.book.plan.parts if part.local_first <= local]
        if not found or found[-1].local_first == local or found[-1].place is not None:
            return ""
        return dict(self.book.coming).get(found[-1].key, "")


def _stopped() -> PacketCancelledError:
    return PacketCancelledError("The export was stopped.", "The packet that was there before is unchanged.")


def _with_sheets(sections: list[Section], book: Book) -> list[Section]:
    """The sections with the sheet of each further volume where that begins: before a part, or behind the slip sheet of
    the exhibit that it goes on with."""
    found = list(sections)
    for number, begins in enumerate(book.breaks, 2):
        at = next((at for at, section in enumerate(found) if section.key == begins.key), None)
        if at is None:
            raise PassesDisagreeError("a volume of the packet would begin before a part that is not there")
        if begins.own:
            at += 1
            while at < len(found) and found[at].key.startswith(VOLUME):
                at += 1
        title = f"Volume {number} of {len(book.breaks) + 1}"
        found.insert(at, Section(f"{VOLUME}{number}", title, volume_sheet(number)))
    return found


def _stamp_codes(canvas: Any) -> StampCodes:
    """Reserve glyphs for everything that stamps can say in the font that the front pages embed anyway."""
    family = font(REGULAR)
    codes: dict[str, tuple[int, int]] = {}
    for char in _STAMP_CHARACTERS:
        subset, coded = family.splitString(char, canvas._doc)[0]  # noqa: SLF001
        codes[char] = (subset, coded[0])
    last = max(subset for subset, _ in codes.values())
    subsets = tuple(family.getSubsetInternalName(n, canvas._doc) for n in range(last + 1))  # noqa: SLF001
    return StampCodes(subsets, codes, {char: family.stringWidth(char, 1) for char in codes})


def stampable(text: str) -> str:
    """A text reduced to what stamps can say: other characters stand as their numbers."""
    return "".join(char if char in _STAMP_CHARACTERS else code_point(char) for char in text)
