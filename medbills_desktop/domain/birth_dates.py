"""How a birth date is written on papers: every usual form as a pattern whose group `out` is all but the year."""

from __future__ import annotations

import re

from medbills_desktop.domain.dates import Day

_MONTHS = (
    ("January", "Jan", "enero"),
    ("February", "Feb", "febrero"),
    ("March", "Mar", "marzo"),
    ("April", "Apr", "abril"),
    ("May", "mayo"),
    ("June", "Jun", "junio"),
    ("July", "Jul", "julio"),
    ("August", "Aug", "agosto"),
    ("September", "Sept", "Sep", "septiembre"),
    ("October", "Oct", "octubre"),
    ("November", "Nov", "noviembre"),
    ("December", "Dec", "diciembre"),
)
_BETWEEN = r"\s{0,4}[-/.]\s{0,4}"
_LOOSE = r"(?:\s|[-/.,])+(?:of\s+|de\s+)?"
_NO_DIGIT_BEFORE = r"(?<!\d)(?<!\d[/.-])"
_SHORT_YEAR_ENDS = r"(?!\d|[.,]\d)"


def birth_patterns(day: Day) -> tuple[re.Pattern[str], ...]:
    """Patterns for one birth date, to be used on text made flat. The year is kept, with four digits or with two."""
    month, number = _two(day.month), _two(day.day)
    whole, short = _spaced(f"{day.year:04}"), _spaced(f"{day.year % 100:02}")
    padded = f"{_spaced(f'{day.month:02}')}\\s{{1,4}}{_spaced(f'{day.day:02}')}\\s{{1,4}}"
    names = "|".join(map(_spaced, sorted(_MONTHS[day.month - 1], key=len, reverse=True)))
    name, nth = rf"(?:{names})\.?", rf"{number}(?:st|nd|rd|th)?"
    digits = f"{_spaced(f'{day.month:02}{day.day:02}')}\\s?"
    ends = rf"(?:{whole}(?!\d)|'?{short}{_SHORT_YEAR_ENDS})"
    first = (
        rf"{_NO_DIGIT_BEFORE}(?P<out>{month}{_BETWEEN}{number}{_BETWEEN}){ends}",
        rf"{_NO_DIGIT_BEFORE}(?P<out>{padded}){ends}",
        rf"(?<!\w)(?P<out>{name}(?:{_LOOSE})?{nth}{_LOOSE}){ends}",
        rf"{_NO_DIGIT_BEFORE}(?P<out>{nth}(?:{_LOOSE})?{name}(?:{_LOOSE})?){ends}",
        rf"{_NO_DIGIT_BEFORE}{whole}(?P<out>{_BETWEEN}{month}{_BETWEEN}{number})(?!\d)",
        rf"{_NO_DIGIT_BEFORE}(?P<out>{digits}){whole}(?!\d)",
        rf"{_NO_DIGIT_BEFORE}{whole}(?P<out>\s?{_spaced(f'{day.month:02}{day.day:02}')})(?!\d)",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in first)


def _two(number: int) -> str:
    """A month or day with or without its leading zero."""
    return rf"(?:0\s?)?{number}" if number < 10 else _spaced(str(number))


def _spaced(text: str) -> str:
    """The characters of a text, a blank allowed between any two: some papers set numbers widely."""
    return r"\s?".join(map(re.escape, text))
