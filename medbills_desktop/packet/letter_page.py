"""A letter on paper: sender, date, recipient, what it is about, the text, and room to sign."""

from __future__ import annotations

import io
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer

from medbills_desktop.domain.letter_markup import Block, blocks_of
from medbills_desktop.domain.letter_paper import LetterPage
from medbills_desktop.packet import look
from medbills_desktop.packet.fonts import BOLD, REGULAR, register
from medbills_desktop.packet.page_foot import footed
from medbills_desktop.packet.typesetting import Typesetter

SIDE, TOP, BOTTOM = 72.0, 64.0, 66.0
WIDTH = look.PAGE_WIDTH - 2 * SIDE
"""Margins of an inch at the sides, as letters have, in points; and the room for the text between them."""

_SIZE, _LEADING = 10.5, 15.0
_TEXT = ParagraphStyle("text", fontName=REGULAR, fontSize=_SIZE, leading=_LEADING, spaceAfter=9, splitLongWords=1)
_LINES = ParagraphStyle("lines", parent=_TEXT, spaceAfter=16)
_ABOUT = ParagraphStyle("about", parent=_TEXT, fontName=BOLD, spaceBefore=2, spaceAfter=14)
_NOTE = ParagraphStyle("note", parent=_TEXT, fontSize=8.3, leading=11.6, textColor=(look.MUTED,) * 3, spaceAfter=12)
_TIGHT = ParagraphStyle("tight", parent=_TEXT, spaceAfter=0)
_ITEM = ParagraphStyle(
    "item", parent=_TEXT, leftIndent=22, bulletFontName=REGULAR, bulletFontSize=_SIZE, bulletIndent=0
)
_TIGHT_ITEM = ParagraphStyle("tight item", parent=_ITEM, spaceAfter=2)
_SMALL_HEAD = ParagraphStyle("small head", parent=_TEXT, fontName=BOLD, fontSize=9.5, leading=13, spaceAfter=2)
_SMALL_ITEM = ParagraphStyle("small item", parent=_ITEM, fontSize=9.5, leading=13, bulletFontSize=9.5, spaceAfter=1)


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A finished letter: the bytes of its PDF and how many pages it has."""

    pdf: bytes
    pages: int


def letter_pdf(page: LetterPage) -> MadeLetter:
    """The letter as a PDF of one or more pages in US Letter size; the same letter gives the same bytes."""
    register()
    out = io.BytesIO()
    frame = Frame(SIDE, BOTTOM, WIDTH, look.PAGE_HEIGHT - TOP - BOTTOM, 0, 0, 0, 0, id="text")
    document = BaseDocTemplate(
        out,
        pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
        pageTemplates=[PageTemplate("page", [frame])],
        invariant=1,
        title=page.title or page.about,
        author=page.sender[0] if page.sender else "",
    )
    document.build(_flowables(page), canvasmaker=footed(page.about, SIDE, first=2))
    return MadeLetter(out.getvalue(), document.page)


def _flowables(page: LetterPage) -> list[Flowable]:
    setter = Typesetter()
    found: list[Flowable] = []
    for lines, style in (
        ((page.note,), _NOTE),
        (page.sender, _LINES),
        ((page.day,), _LINES),
        (page.recipient, _LINES),
        ((page.about,), _ABOUT),
    ):
        text = "\n".join(line for line in lines if line)
        if text:
            found.append(_paragraph(setter, text, style))
    return [*found, *_body(setter, page.body), *_enclosures(setter, page.enclosures)]


def _body(setter: Typesetter, body: str) -> list[Flowable]:
    """The blocks of the text; one that is followed by free lines stays on a page with what comes after them."""
    found: list[Flowable] = []
    together: list[Flowable] = []
    for block in blocks_of(body):
        together.append(_block(setter, block))
        if block.free:
            together.append(Spacer(1, block.free * _LEADING))
            continue
        found.append(KeepTogether(together) if len(together) > 1 else together[0])
        together = []
    return [*found, *together]


def _block(setter: Typesetter, block: Block) -> Paragraph:
    style = (_TIGHT_ITEM if block.tight else _ITEM) if block.mark else (_TIGHT if block.tight else _TEXT)
    markup = setter.rich(block.lines, style.fontSize, WIDTH - style.leftIndent)
    return Paragraph(markup, style, bulletText=block.mark or None)


def _enclosures(setter: Typesetter, lines: tuple[str, ...]) -> list[Flowable]:
    """The list of the copies, heading and first entry on one page."""
    if not lines:
        return []
    heading, *entries = lines
    shown: list[Flowable] = [Spacer(1, 10), _paragraph(setter, heading, _SMALL_HEAD)]
    shown += [_paragraph(setter, text, _SMALL_ITEM, f"{number}.") for number, text in enumerate(entries, 1)]
    return [KeepTogether(shown[:3]), *shown[3:]]


def _paragraph(setter: Typesetter, text: str, style: ParagraphStyle, number: str | None = None) -> Paragraph:
    bold = style.fontName == BOLD
    return Paragraph(setter.markup(text, bold, style.fontSize, WIDTH - style.leftIndent), style, bulletText=number)
