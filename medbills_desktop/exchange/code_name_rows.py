"""Names of codes as CMS publishes them (the alpha-numeric file of HCPCS Level II): which columns, and the rows.

The file also has modifiers, and codes whose texts belong to others. Only names of Level II codes are taken, which are
free for everybody to use. A long name goes on over several rows of the same code: by the record layout of CMS the
first has the record identification 3 and those that go on 4 (7 and 8 for modifiers), in the order of a sequence number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from medbills_desktop.domain.codes import normal_form

MOST_PARTS = 60
"""Rows over which one name may go on."""
LONGEST_NAME = 8000

_LEVEL_II = re.compile(r"[A-CE-V]\d{4}", re.ASCII)
_CPT = re.compile(r"\d{4}[0-9A-Z]", re.ASCII)
_CDT = re.compile(r"D\d{4}", re.ASCII)
_MODIFIER = re.compile(r"[0-9A-Z]{2}", re.ASCII)
_RELEASE = re.compile(r"HCPC[A-Z]*(\d{4})[_ -]*([A-Z]{3})[A-Z]*[_ -]*A-?N", re.IGNORECASE)
_MONTHS = {
    month[:3].upper(): month
    for month in (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    )
}
_FIRST, _GOES_ON = "3", "4"

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One row of a name, with its number in the file; `order` and `record` are empty where the file has no such."""

    number: int
    code: str
    order: str
    record: str
    long: str
    short: str


def name_columns(named: list[str]) -> tuple[int, ...] | None:
    """Where code, long name, short name, sequence number and record identification stand, -1 for what is not there.

    `named` are the headings in small letters without blanks; `None` where they are those of another table.
    """

    def place(*beginnings: str) -> int:
        return next((at for at, name in enumerate(named) if name.startswith(beginnings)), -1)

    code, long = place("hcpc"), place("longdesc")
    if code < 0 or long < 0:
        return None
    return code, long, place("shortdesc"), place("seq"), place("recid", "recordid")


def name_release(file_names: str) -> str | None:
    """The release by the name of the file, such as `HCPC2026_JAN_ANWEB.xlsx`."""
    found = _RELEASE.search(file_names)
    month = _MONTHS.get(found[2].upper()) if found else None
    return f"{month} {found[1]}" if found and month else None


def name_rows(
    rows: Iterable[tuple[int, list[str]]], columns: tuple[int, ...], refuse: Callable[[int, str], None]
) -> Iterator[Row]:
    """Code, long and short name of each Level II code. `refuse` gets the number of each other row and why."""
    seen: set[str] = set()
    for code, parts in groupby(_taken(rows, columns, refuse), lambda part: part.code):
        # One part after another, so that a file of one code without end is not gathered.
        whole = _joined(parts, refuse)
        if whole is None:
            continue
        if code in seen:
            refuse(whole[0].number, f"{code} is there twice")
            continue
        seen.add(code)
        long = " ".join(part.long for part in whole if part.long)
        short = next((part.short for part in whole if part.short), "")
        if long or short:
            yield code, (long or short)[:LONGEST_NAME], short[:LONGEST_NAME]
        else:
            refuse(whole[0].number, f"{code} has no name")


def _taken(
    rows: Iterable[tuple[int, list[str]]], columns: tuple[int, ...], refuse: Callable[[int, str], None]
) -> Iterator[_Part]:
    for number, cells in rows:
        code, long, short, order, record = (_cell(cells, at) for at in columns)
        code = normal_form(code)
        if why := _not_taken(code):
            refuse(number, why)
        else:
            yield _Part(number, code, order.lstrip("0") or order, record, long, short)


def _joined(parts: Iterable[_Part], refuse: Callable[[int, str], None]) -> list[_Part] | None:
    """The rows of one code in their order; those that don't belong are refused, `None` where no first one is there."""
    whole: list[_Part] = []
    for part in parts:
        first_again = part.record == _FIRST and any(other.record == _FIRST for other in whole)
        if first_again or (whole and not part.order and part.record != _GOES_ON):
            refuse(part.number, f"{part.code} is there twice")
        elif any(part.order == other.order for other in whole if part.order):
            refuse(part.number, f"{part.code} has the sequence number {part.order[:9]} twice")
        elif len(whole) >= MOST_PARTS:
            refuse(part.number, f"the name of {part.code} goes on over too many rows")
        else:
            whole.append(part)
    whole.sort(key=lambda part: int(part.order) if _is_number(part.order) else 0)
    if whole and whole[0].record == _GOES_ON:
        for part in whole:
            refuse(part.number, f"it goes on with {part.code}, whose first row is not above it")
        return None
    return whole or None


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,9}", text) is not None


def _not_taken(code: str) -> str | None:
    shown = code[:20]
    if _LEVEL_II.fullmatch(code):
        return None
    if _MODIFIER.fullmatch(code):
        return f"“{shown}” is a modifier; only names of codes are taken"
    if _CDT.fullmatch(code):
        return f"“{shown}” is a dental code, whose name belongs to the American Dental Association"
    if _CPT.fullmatch(code):
        return f"“{shown}” is a CPT code, whose name belongs to the American Medical Association"
    return f"“{shown}” has not the letter (A to V, not D) and four digits of a Level II code"


def _cell(cells: list[str], at: int) -> str:
    """The text of a cell on one line, without the quotation marks that spreadsheets write around it."""
    text = " ".join(cells[at].split()) if 0 <= at < len(cells) else ""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"').strip()
    return text
