"""A timeline on paper by itself: a list under months in US Letter size, one event a row, without adjectives."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from medbills_desktop.domain.dates import Day, Moment, plain_day, plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.timeline import KIND, MonthHeading, TimelineEvent, under_months
from medbills_desktop.packet import look
from medbills_desktop.packet.fonts import REGULAR, register
from medbills_desktop.packet.page_foot import footed
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.tables import Column, Row, RowsTable
from medbills_desktop.packet.typesetting import Typesetter

_COLUMNS = (
    Column("Day", 106),
    Column("What", 60),
    Column("Who", 112),
    Column("What happened", look.TEXT_WIDTH - 106 - 60 - 112 - 58),
    Column("Amount", 58, right=True),
)
_LONGEST = 600
"""Letters of an event that are printed; the whole text stands in its record."""


@dataclass(frozen=True, slots=True)
class TimelineSheet:
    """What is printed: the events in their order, of whom, from when to when, narrowed to which words, and the day."""

    events: tuple[TimelineEvent, ...]
    title: str
    narrowed: str
    day: Day
    newest_first: bool = False


def timeline_pdf(sheet: TimelineSheet) -> bytes:
    """The PDF; the same sheet gives the same bytes."""
    register()
    out = io.BytesIO()
    frame = Frame(look.MARGIN_SIDE, look.MARGIN_BOTTOM, look.TEXT_WIDTH, look.TEXT_HEIGHT, 0, 0, 0, 0, id="list")
    document = BaseDocTemplate(
        out,
        pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
        pageTemplates=[PageTemplate("page", [frame])],
        invariant=1,
        title=f"Timeline: {sheet.title}",
    )
    foot = f"Timeline · {sheet.title} · made {plain_day(sheet.day)}"
    document.build(_flowables(sheet), canvasmaker=footed(foot))
    return out.getvalue()


def _flowables(sheet: TimelineSheet) -> list[Flowable]:
    setter = Typesetter()
    count = f"{len(sheet.events):,} {'entry' if len(sheet.events) == 1 else 'entries'}"
    facts = ". ".join(part for part in (sheet.narrowed, count, f"Made on {plain_day(sheet.day)}") if part)
    found: list[Flowable] = [
        _text(setter, "Timeline", look.SECTION),
        _text(setter, sheet.title, look.LEAD),
        _text(setter, f"{facts}.", look.NOTE),
    ]
    if sheet.events:
        found.append(RowsTable(_COLUMNS, _rows(under_months(sheet.events, sheet.newest_first)), setter))
    return found


def _text(setter: Typesetter, text: str, style: Any) -> Paragraph:
    return Paragraph(setter.markup(text, style.fontName != REGULAR, style.fontSize, look.TEXT_WIDTH), style)


def _rows(rows: Iterable[TimelineEvent | MonthHeading]) -> Sequence[Row]:
    return [_row(row) for row in rows]


def _row(row: TimelineEvent | MonthHeading) -> Row:
    if isinstance(row, MonthHeading):
        return Row((row.words,), "group")
    return Row((_when(row.when), KIND[row.kind], row.who, shortened(row.what, _LONGEST), dollars(row.amount, "")))


def _when(when: Moment | None) -> str:
    return plain_moment(when) if when else "–"
