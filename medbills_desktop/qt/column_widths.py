"""How the columns of a list share its width: figures and pills whole, names what is left, the least needed go first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from medbills_desktop.qt.pills import pill_width
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.theme import font, px

LEAST_OF_THE_REST = 150
"""Pixels at 100 % text that a column without a width keeps."""
LEAST_OF_A_NAME = 96
"""Pixels at 100 % text to which a column of names gives way, before a list has to be scrolled sideways."""
MOST_WHOLE = 190
"""Pixels at 100 % text beyond which even a date, a code or a figure is cut."""
CELL_SIDES = 22
"""Pixels at 100 % text beside the text of a cell, both sides together."""


def whole_widths(columns: Sequence[Column], rows: Sequence[Any]) -> dict[int, int]:
    """Pixels that the columns whose cells are never cut need, by the place of the column.

    Only the longest text of each is measured, which is near enough with tabular figures.
    """
    found: dict[int, int] = {}
    for number, column in enumerate(columns):
        if not column.uncut:
            continue
        texts = {column.text(row) for row in rows}
        if column.pill:
            found[number] = max((pill_width(text) for text in texts), default=0) + px(CELL_SIDES)
        elif texts:
            found[number] = min(text_width(max(texts, key=len)), px(MOST_WHOLE))
    return found


def text_width(text: str) -> int:
    """Pixels that a column needs to show a text whole."""
    return QFontMetrics(font()).horizontalAdvance(text) + px(CELL_SIDES) + 2


def title_width(title: str) -> int:
    """Pixels that a column's title needs, with room for the arrow that shows the order."""
    return QFontMetrics(font(strong=True)).horizontalAdvance(title) + px(CELL_SIDES) if title else 0


def wanted_widths(columns: Sequence[Column], whole: dict[int, int], by_hand: dict[int, float]) -> list[int]:
    """The width that each column would like, in pixels; 0 for those that take what is left."""
    found = []
    for number, column in enumerate(columns):
        if number in by_hand:
            found.append(px(by_hand[number]))
        elif column.width == 0 and number not in whole:
            found.append(0)
        else:
            found.append(max(px(column.width), whole.get(number, 0), title_width(column.title)))
    return found


def kept_columns(columns: Sequence[Column], widths: Sequence[int], room: int) -> set[int]:
    """The places of the columns that are shown in that many pixels: ranked ones go, the highest first."""
    kept = set(range(len(columns)))

    def needed() -> int:
        return sum(widths[number] or px(LEAST_OF_THE_REST) for number in kept)

    for number in sorted(kept, key=lambda number: (-columns[number].rank, -number)):
        if needed() <= room or columns[number].rank == 0:
            break
        kept.discard(number)
    return kept


def narrowed(
    columns: Sequence[Column], wanted: Sequence[int], room: int, kept: set[int], firm: Collection[int]
) -> list[int]:
    """The widths, with names cut shorter where the kept columns need more than there is, the widest first.

    `firm` are the places of columns that the person sized: these stay as they are.
    """
    found = list(wanted)
    over = sum(found[number] or px(LEAST_OF_THE_REST) for number in kept) - room
    gives_way = [number for number in kept - set(firm) if found[number] and not columns[number].uncut]
    for number in sorted(gives_way, key=lambda number: -found[number]):
        spare = found[number] - max(px(LEAST_OF_A_NAME), title_width(columns[number].title))
        taken = max(min(spare, over), 0)
        found[number] -= taken
        over -= taken
    return found


def share_width(
    header: QHeaderView, columns: Sequence[Column], wanted: Sequence[int], room: int, firm: Collection[int] = ()
) -> None:
    """Show, hide and size the sections of a header for that many pixels; `firm` as in `narrowed`."""
    kept = kept_columns(columns, wanted, room)
    widths = narrowed(columns, wanted, room, kept, firm)
    rest = [number for number in kept if not widths[number]]
    left = room - sum(widths[number] for number in kept)
    each = max(left // len(rest), px(LEAST_OF_A_NAME)) if rest else 0
    for number in range(len(columns)):
        header.setSectionHidden(number, number not in kept)
        if number in kept:
            header.resizeSection(number, widths[number] or each)
