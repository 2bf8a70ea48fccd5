"""What every section of the front pages is written from: the records, the exhibits, and where things stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.platypus import CondPageBreak, Flowable

from medbills_desktop.domain.records import DocumentLink, Evidence, Line, Organization, Person, Record
from medbills_desktop.packet import look
from medbills_desktop.packet.bidi import starts_rtl
from medbills_desktop.packet.fonts import REGULAR
from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.linked import line_names
from medbills_desktop.packet.order import PacketOrder
from medbills_desktop.packet.parts import PART_KEYS, WITHOUT_SECTION, parts_of
from medbills_desktop.packet.plan import SLIP, Break, Plan
from medbills_desktop.packet.scope import Scope
from medbills_desktop.packet.tables import Column, Row, RowsTable
from medbills_desktop.packet.tagging import Element, TaggedParagraph
from medbills_desktop.packet.typesetting import Markup, Typesetter

UNKNOWN = "–"


@dataclass
class Book:
    """The order with everything that is derived from it once; `plan` is the one of the pass before."""

    order: PacketOrder
    exhibits: tuple[Exhibit, ...]
    packet_id: str
    plan: Plan = field(default_factory=Plan)
    setter: Typesetter = field(default_factory=Typesetter)
    anchors: dict[str, int] = field(default_factory=dict)
    """Page of the packet on which each anchor stood in the pass before."""
    coming: tuple[tuple[str, str], ...] = ()
    """Key and title of every part of the packet, known before the contents are drawn."""
    breaks: tuple[Break, ...] = ()
    """Where the volumes from the second on begin; nothing for a packet in one file."""
    here: str = ""
    """The key of the part that is being written."""

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.order.case, self.order.bill_ids)

    @cached_property
    def line_names(self) -> dict[int, str]:
        return line_names(self.scope)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {exhibit.source.document.id: place for place, exhibit in enumerate(self.exhibits)}

    @cached_property
    def called(self) -> str:
        """What the whole is: a packet, or nothing but copies of papers."""
        if parts_of(self.order) - WITHOUT_SECTION - {"copies"}:
            return "Evidence packet"
        return "Copy of a paper" if len(self.exhibits) == 1 else "Copies of papers"

    @cached_property
    def patients(self) -> tuple[str, ...]:
        """Names of the patients of the bills, each once."""
        found = (self.order.case.find(Person, bill.person_id) for bill in self.scope.bills)
        return tuple(dict.fromkeys(person.name for person in found if person))

    @cached_property
    def sender(self) -> str:
        """Whoever hands the packet over: the one who signs letters, else the household's own self, if one is named."""
        if self.order.sender:
            return self.order.sender[0]
        found = (person.name for person in self.order.case.all(Person) if (person.relationship or "").lower() == "self")
        return next(found, "")

    def name(self, organization_id: int | None) -> str:
        """The name of an organization, or a dash."""
        found = self.order.case.find(Organization, organization_id)
        return found.name if found else UNKNOWN

    def has(self, key: str) -> bool:
        """Whether a part is wanted in this packet."""
        return key in parts_of(self.order)

    # Where things stand

    @cached_property
    def guessed_pages(self) -> int:
        """About how many pages of its own the packet gets, until they have been drawn once."""
        return 12 + len(self.exhibits) + len(self.scope.lines) // 24 + len(self.scope.calls) // 4

    @cached_property
    def no_page(self) -> str:
        """What stands for a page number in the first pass: as long as most numbers will be, so that lines break as they
        will break. Where it is too short, a pass more is needed."""
        pages = self.guessed_pages + sum(exhibit.pages for exhibit in self.exhibits)
        return "0" * max(3, len(str(pages)))

    def page(self, key: str) -> str:
        """The printed page number of a part; a placeholder in the first pass."""
        found = self.plan.firsts.get(key)
        return self.no_page if found is None else str(found)

    def link(self, text: str, target: str, long: bool = False) -> Markup:
        """Text that leads somewhere, underlined finely so that it is seen to be a link; bare where it leads to a part
        that is not wanted, and with the number of the volume where it leads to another file."""
        inner = text if isinstance(text, Markup) else self.setter.markup(text)
        if target in PART_KEYS and not self.has(target):
            return inner
        if volume := self.elsewhere(target):
            named = unbroken(f"{'volume' if long else 'vol.'} {volume}")
            return Markup(f"{inner} ({named})")
        return Markup(
            f'<link href="#{target}" color="black" underline="1" ucolor="#8a8a8a" uwidth="0.4">{inner}</link>'
        )

    def elsewhere(self, target: str) -> int | None:
        """The number of the volume in which a place stands, where that is another file than the part being written."""
        if not self.breaks:
            return None
        page = self.plan.firsts.get(target, self.anchors.get(target))
        if page is None and target.startswith(SLIP):
            place, own = target.removeprefix(SLIP).split(":")[:2]
            page = self.plan.exhibit_page(int(place), int(own))
        here = self.plan.firsts.get(self.here)
        if page is None or here is None:
            return None
        volume = self.plan.volume_of(page)
        return None if volume == self.plan.volume_of(here) else volume

    def exhibit_link(
        self, document_id: int | None, page: int | None = None, long: bool = False, mark: int | None = None
    ) -> Markup | None:
        """A link to a paper (`page` counts its own pages from 1), such as `B, 41` or `Exhibit B, page 41`.

        `mark` is the line whose region on that page is looked for; without one the link leads to the top of the page.
        """
        place = None if document_id is None else self._places.get(document_id)
        if place is None:
            return None
        exhibit = self.exhibits[place]
        number = self.plan.exhibit_page(place, page or 1)
        shown = self.no_page if number is None else str(number)
        text = f"Exhibit {exhibit.letter}, page {shown}" if long else f"{exhibit.letter}, {shown}"
        region = f":{mark}" if mark is not None else ""
        return self.link(unbroken(text), f"{SLIP}{place}:{page or 1}{region}", long)

    def record_link(self, record: Record, long: bool = False) -> Markup | None:
        """A link to the paper of a record: the one that it names, or the first that is linked to it."""
        found = self.exhibit_link(getattr(record, "document_id", None), None, long)
        if found:
            return found
        for link in self.order.case.of(DocumentLink, "target_id", record.id):
            if link.type in (record.KIND, record.PLURAL):
                found = self.exhibit_link(link.document_id, link.page, long)
                if found:
                    return found
        return None

    def call_link(self, call_id: int | None, long: bool = False) -> Markup | None:
        """A link to a contact in the log, where what was said stands; nothing where the log does not tell of it."""
        if call_id is None or not self.has("calls") or all(call.id != call_id for call in self.scope.calls):
            return None
        anchor = f"call:{call_id}"
        page = self.anchors.get(anchor)
        text = f"Contact log, {'page ' if long else ''}{self.no_page if page is None else page}"
        return self.link(unbroken(text), anchor, long)

    def line_link(self, line: Line, long: bool = False) -> Markup | None:
        """A link to the page on which a line stands."""
        for evidence in self.order.case.of(Evidence, "line_id", line.id):
            found = self.exhibit_link(evidence.document_id, evidence.page, long, line.id if evidence.rect else None)
            if found:
                return found
        return self.record_link(line, long)

    # Pieces of a page

    def text(self, text: str, style: Any = look.BODY, room: float = look.TEXT_WIDTH) -> TaggedParagraph:
        """A paragraph of plain text or markup; one that starts in a right-to-left script is set to the right."""
        if isinstance(text, Markup):
            return TaggedParagraph(text, style)
        if style.alignment == TA_LEFT and starts_rtl(text):
            style = style.clone(f"{style.name} rtl", alignment=TA_RIGHT)
        bold = style.fontName != REGULAR
        return TaggedParagraph(self.setter.markup(text, bold, style.fontSize, room - style.leftIndent), style)

    def items(self, texts: Iterable[str], style: Any = look.TIGHT) -> list[Flowable]:
        """Texts of a list, a paragraph each."""
        paragraphs = [self.text(text, style) for text in texts]
        lists: list[Element] = []
        for each in paragraphs:
            each.lists = lists
        return paragraphs

    def markup(self, text: str, bold: bool = False) -> Markup:
        """Plain text as markup, to be put together with links."""
        shown = self.setter.markup(text, bold)
        return Markup(f"<b>{shown}</b>") if bold else shown

    def heading(self, text: str, style: Any = look.HEADING, keep: float = 110) -> list[Flowable]:
        """A heading that never stands alone: it goes to the next page unless `keep` points are left under it."""
        return [CondPageBreak(keep), self.text(text, style)]

    def table(self, columns: Sequence[Column], rows: Sequence[Row], **options: Any) -> RowsTable:
        """A table whose columns fill the width of the text: a column of width 0 takes what the others leave."""
        left = look.TEXT_WIDTH - sum(column.width for column in columns)
        flexible = sum(1 for column in columns if not column.width)
        fitted = [column if column.width else replace(column, width=left / flexible) for column in columns]
        return RowsTable(fitted, rows, self.setter, **options)

    def facts(self, pairs: Sequence[tuple[str, str]], label_width: float = 116) -> RowsTable:
        """Labels with their values; a pair without value is left out."""
        rows = [Row((label, value)) for label, value in pairs if value]
        return self.table((Column("", label_width), Column("", 0)), rows, table_look=look.FACTS_TABLE)


def unbroken(text: str) -> Markup:
    """A few words and a number of the program's own that stay on one line, so that each link has its number on it."""
    return Markup(text.replace(" ", "\N{NO-BREAK SPACE}"))


def height_of(pieces: Sequence[Flowable]) -> float:
    """What pieces of a page take in points, the space between them included (the larger of two that meet)."""
    total, before = 0.0, 0.0
    for piece in pieces:
        total += piece.wrap(look.TEXT_WIDTH, look.TEXT_HEIGHT)[1] + max(before, piece.getSpaceBefore())
        before = piece.getSpaceAfter()
    return float(total)
