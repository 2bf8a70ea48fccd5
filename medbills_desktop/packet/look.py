"""How printed pages look: one family, black on white, thin rules, figures in columns; sizes in points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from medbills_desktop.packet.fonts import BOLD, REGULAR

PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 54.0, 60.0, 58.0
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN_SIDE
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
FOOTER_LINE = 28.0
"""Height of the baseline of the page number above the lower edge, in points."""

BLACK = 0.0
MUTED = 0.22
HAIRLINE = 0.72
"""Grey values, 0 black to 1 white; muted text still prints on a printer that is short of toner."""

THIN, RULE = 0.3, 0.6
"""Thickness of hairlines between rows and of the rules that begin and end a table."""


def _style(name: str, size: float, leading: float, bold: bool = False, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=leading,
        alignment=more.pop("alignment", TA_LEFT),
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
        **more,
    )


BODY = _style("body", 9.5, 13.5, spaceAfter=5)
TIGHT = _style("tight", 9.5, 13.5, spaceAfter=3)
AFTER_TABLE = _style("after table", 9.5, 13.5, spaceBefore=7, spaceAfter=4)
FINE = _style("fine", 8.3, 11.6, spaceAfter=5)
"""Small print with numbers in it: black, since grey letters of this size break up on a fax."""
NOTE = _style("note", 8.3, 11.6, textColor=(MUTED,) * 3, spaceAfter=5)
NOTE_AFTER = _style("note after", 8.3, 11.6, textColor=(MUTED,) * 3, spaceBefore=7, spaceAfter=5)
TITLE = _style("title", 22, 27, bold=True, spaceAfter=8)
LEAD = _style("lead", 12, 17, spaceAfter=4)
SECTION = _style("section", 16, 20, bold=True, spaceAfter=10)
HEADING = _style("heading", 11, 15, bold=True, spaceBefore=12, spaceAfter=4)
BILL_HEADING = _style("bill heading", 11, 15, bold=True, spaceBefore=34, spaceAfter=4)
SUBHEADING = _style("subheading", 9.5, 13.5, bold=True, spaceBefore=8, spaceAfter=2)
CELL = _style("cell", 8.3, 11.2)
CELL_RIGHT = _style("cell right", 8.3, 11.2, alignment=TA_RIGHT)
CELL_BOLD = _style("cell bold", 8.3, 11.2, bold=True)
CELL_BOLD_RIGHT = _style("cell bold right", 8.3, 11.2, bold=True, alignment=TA_RIGHT)
FACT = _style("fact", 9.5, 13.0)
FACT_LABEL = _style("fact label", 9.5, 13.0, textColor=(MUTED,) * 3)
HEAD_CELL = _style("head cell", 8, 9.8, bold=True)
HEAD_CELL_RIGHT = _style("head cell right", 8, 9.8, bold=True, alignment=TA_RIGHT)
ENTRY = _style("entry", 9.5, 13.5, leftIndent=126, spaceAfter=3)
ENTRY_NOTE = _style("entry note", 8.3, 11.6, leftIndent=126, spaceAfter=3)
LETTER_BODY = _style("letter body", 9.5, 13.5, leftIndent=18, spaceAfter=7)
SLIP_TITLE = _style("slip title", 15, 20, bold=True, spaceAfter=8)
LETTER = _style("letter", 64, 70, bold=True)


@dataclass(frozen=True, slots=True)
class TableLook:
    """Measures of a table: space above and below the text of a row and between two columns; styles of its cells."""

    pad: float = 3.0
    gap: float = 8.0
    cells: tuple[ParagraphStyle, ParagraphStyle] = (CELL, CELL_RIGHT)
    first_cell: ParagraphStyle | None = None
    are_facts: bool = False
    """Whether each row is a label and what it says, which are read together, not found by row and column."""


PLAIN_TABLE = TableLook()
FACTS_TABLE = TableLook(pad=3.4, gap=12.0, cells=(FACT, FACT), first_cell=FACT_LABEL, are_facts=True)
LETTERED_TABLE = TableLook(first_cell=CELL_BOLD)
