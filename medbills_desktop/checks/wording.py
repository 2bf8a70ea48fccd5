"""How lines, quantities and sums are put in the sentences of findings, alike in every check."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Line

_UNIT_WORDS = {
    "minutes": ("minute", "minutes"),
    "hours": ("hour", "hours"),
    "days": ("day", "days"),
    "miles": ("mile", "miles"),
    "mg": ("mg", "mg"),
    "ml": ("mL", "mL"),
}
_LONGEST_NAME = 60


def named(line: Line) -> str:
    """A line by its printed name in quotation marks, shortened where it is very long."""
    return f"“{shortened(line.description, _LONGEST_NAME) or on_one_line(line.code) or 'a line'}”"


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut after a word with an ellipsis where it is longer than `longest` characters."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    whole_words = plain[:longest].rsplit(" ", 1)[0]
    return f"{whole_words[: longest - 1].rstrip(' ,;:.')}…"


def on_one_line(text: str | None) -> str:
    """A short text, a code say, as it stands in a sentence: without blanks around it or doubled in it."""
    return " ".join(text.split()) if text else ""


def on_day(line: Line) -> str:
    """` on Nov 3, 1996`, or nothing where the line has no date."""
    return f" on {plain_day(line.date.day)}" if line.date else ""


def service_key(line: Line) -> str:
    """What tells one service from another: its code, or without one its printed name; case and spacing don't count."""
    code = "".join(line.code.split()).upper() if line.code else ""
    return f"code {code}" if code else f"name {words_of(line)}"


def words_of(line: Line) -> str:
    """The printed name without case, punctuation and spacing."""
    return " ".join(re.findall(r"[^\W_]+", line.description.casefold()))


def number_text(value: Decimal) -> str:
    """A quantity as one writes it: `57`, `0.333`, `1,415`."""
    return f"{value.normalize():,f}" if value else "0"


def quantity(line: Line) -> str:
    """`57 hours`, `1,415 miles`, or the bare number where the unit says nothing."""
    units = line.units if line.units is not None else Decimal(0)
    words = _UNIT_WORDS.get(line.unit or "")
    if not words:
        return number_text(units)
    return f"{number_text(units)} {words[0] if units == 1 else words[1]}"


Row = tuple[str, str, int]
"""One figure of a sum: its sign (or nothing), what it is, and cents."""


def sum_lines(rows: Iterable[Row]) -> str:
    """A sum to redo on paper, a line for each figure: `Total charges: $100.00`, `− insurer paid: $75.00`."""
    return "\n".join(
        f"{f'{sign} {what}' if sign else sentence(what)}: {dollars(amount)}" for sign, what, amount in rows
    )


def sentence(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str) -> str:
    """`1 line`, `4 lines`."""
    return f"{number:,} {one if number == 1 else many}"
