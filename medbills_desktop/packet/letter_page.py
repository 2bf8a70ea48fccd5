"""A letter on paper: sender, date, recipient, what it is about, the text, and room to sign."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer

from medbills_desktop.packet import look
from medbills_desktop.packet.fonts import BOLD, REGULAR, register
from medbills_desktop.packet.typesetting import Typesetter

SIDE, TOP, BOTTOM = 72.0, 64.0, 66.0
WIDTH = look.PAGE_WIDTH - 2 * SIDE
"""Margins of an inch at the sides, as letters have, in points; and the room for the text between them."""

_SIZE, _LEADING = 10.5, 15.0
_TEXT = ParagraphStyle("text", fontName=REGULAR, fontSize=_SIZE, leading=_LEADING, spaceAfter=9, splitLongWords=1)
_LINES = ParagraphStyle("lines", parent=_TEXT, spaceAfter=16)
_ABOUT = ParagraphStyle("about", parent=_TEXT, fontName=BOLD, spaceBefore=2, spaceAfter=14)
_NOTE = ParagraphStyle("note", parent=_TEXT, fontSize=8.3, leading=11.6, textColor=(look.MUTED,) * 3, spaceAfter=12)
_POINT = ParagraphStyle(
    "point", parent=_TEXT, leftIndent=22, bulletFontName=REGULAR, bulletFontSize=_SIZE, bulletIndent=0
)
_NUMBERED = re.compile(r"(\d{1,2}\.) +(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What stands on the paper, from the top; `note` is a small line above all, empty for a letter that is ready.

    In `body` an empty line parts paragraphs; each further one leaves a line free, as for a signature.
    """

    sender: tuple[str, ...]
    day: str
    recipient: tuple[str, ...]
    about: str
    body: str
    note: str = ""
    title: str = ""


def letter_pdf(page: LetterPage) -> bytes:
    """The letter as a PDF of one or more pages in US Letter size; the same letter gives the same bytes."""
    register()
    out = io.BytesIO()
    frame = Frame(SIDE, BOTTOM, WIDTH, look.PAGE_HEIGHT - TOP - BOTTOM, 0, 0, 0, 0, id="text")
    document = BaseDocTemplate(
        out,
        pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
        pageTemplates=[PageTemplate("page", [frame], onPage=_number)],
        invariant=1,
        title=page.title or page.about,
        author=page.sender[0] if page.sender else "",
    )
    document.build(_flowables(page))
    return out.getvalue()


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
    return found + _body(setter, page.body)


def _body(setter: Typesetter, body: str) -> list[Flowable]:
    """The paragraphs of the text; one that is followed by free lines stays on a page with what comes after them."""
    text = "\n".join(line.rstrip() for line in body.replace("\r\n", "\n").strip("\n").split("\n"))
    parts = re.split(r"\n\n(\n*)", text)
    found: list[Flowable] = []
    together: list[Flowable] = []
    for place in range(0, len(parts), 2):
        together.append(_text(setter, parts[place]))
        free = len(parts[place + 1]) if place + 1 < len(parts) else 0
        if free:
            together.append(Spacer(1, free * _LEADING))
            continue
        found.append(KeepTogether(together) if len(together) > 1 else together[0])
        together = []
    return [*found, *together]


def _text(setter: Typesetter, text: str) -> Paragraph:
    point = _NUMBERED.fullmatch(text)
    if point:
        return _paragraph(setter, point[2], _POINT, point[1])
    return _paragraph(setter, text, _TEXT)


def _paragraph(setter: Typesetter, text: str, style: ParagraphStyle, number: str | None = None) -> Paragraph:
    bold = style.fontName == BOLD
    return Paragraph(setter.markup(text, bold, style.fontSize, WIDTH - style.leftIndent), style, bulletText=number)


def _number(canvas: Canvas, _document: Any) -> None:
    """From the second page on the page says which one it is, as the first needs no number."""
    page = canvas.getPageNumber()
    if page > 1:
        canvas.setFont(REGULAR, 8.3)
        canvas.drawRightString(look.PAGE_WIDTH - SIDE, look.FOOTER_LINE, str(page))
