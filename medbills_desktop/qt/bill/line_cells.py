"""The columns of the lines grid: how each cell reads, what may be typed in it, and how typed text becomes a value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from medbills_desktop.commands.lines import DISPUTING
from medbills_desktop.domain import words
from medbills_desktop.domain.codes import code_warning, modifiers_warning, revenue_warning
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Line
from medbills_desktop.domain.records.bills import Mark
from medbills_desktop.qt.forms.fields import Field, read, shown

NO_TEXT = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column. `names` are the titles by which a pasted header row is recognised."""

    field: Field
    title: str
    width: int
    right: bool = False
    names: tuple[str, ...] = ()
    entry: bool = True

    @property
    def whole(self) -> bool:
        """Whether a part of it would mislead: dates, codes, figures and marks are shown whole."""
        return self.field.name not in ("description", "reason", "mark")


def _date_text(value: Any) -> str:
    if not isinstance(value, Moment):
        return NO_TEXT
    clock = f" {value.time.strftime('%H:%M')}" if value.time else ""
    return f"{value.day.month:02d}/{value.day.day:02d}/{value.day.year}{clock}"


CELLS: tuple[Cell, ...] = (
    Cell(Field("date", "Date", "moment"), "Date", 92, names=("date", "service date", "date of service", "dos")),
    Cell(Field("code", "Code"), "Code", 86, names=("code", "hcpcs", "cpt", "procedure", "proc", "hcpcs/cpt")),
    Cell(
        Field("description", "What the bill says", required=True),
        "What the bill says",
        0,
        names=("description", "what the bill says", "service", "item", "charge description"),
    ),
    Cell(Field("units", "Units", "decimal"), "Units", 56, True, ("units", "qty", "quantity", "unit count")),
    Cell(Field("unit_price", "Unit price", "money"), "Unit price", 92, True, ("unit price", "price", "rate")),
    Cell(
        Field("charge", "Charge", "money"),
        "Charge",
        96,
        True,
        ("charge", "charges", "amount", "total", "total charge"),
    ),
    Cell(Field("mark", "My mark", "choice"), "My mark", 132, names=("mark", "my mark"), entry=False),
    Cell(Field("disputed", "Disputed", "money"), "Disputed", 88, True, ("disputed",), entry=False),
    Cell(Field("accepted", "Accepted", "money"), "Accepted", 88, True, ("accepted",), entry=False),
    Cell(Field("reason", "Why"), "Why", 220, names=("why", "reason"), entry=False),
)
BY_NAME = {cell.field.name: number for number, cell in enumerate(CELLS)}
LAST_ENTRY = max(number for number, cell in enumerate(CELLS) if cell.entry)
MARK = BY_NAME["mark"]

MARK_KEYS: dict[str, Mark] = {
    "O": "ok",
    "N": "not_received",
    "T": "duplicate",
    "G": "overpriced",
    "Q": "wrong_quantity",
    "D": "wrong_date",
    "W": "wrong_code",
    "S": "bundled",
    "K": "cancelled",
    "I": "covered_by_insurance",
    "Y": "already_paid",
    "M": "not_mine",
    "A": "unclear",
    "R": "removed_by_biller",
    "X": "unreviewed",
}
"""The key of each mark: typed in the mark column, or with Alt anywhere in the grid. None is a mnemonic of a menu."""


def cell_text(line: Line, number: int) -> str:
    """What stands in a cell."""
    field = CELLS[number].field
    value = getattr(line, field.name)
    if field.name == "date":
        return _date_text(value)
    if field.name == "mark":
        return words.MARK[value] if value and value != "unreviewed" else NO_TEXT
    if field.kind == "money":
        return dollars(value, NO_TEXT)
    if isinstance(value, Decimal):
        return format(value, "f")
    return NO_TEXT if value is None else str(value)


def shape_warning(line: Line, number: int) -> str | None:
    """What is said about the shape of a code, where it is another one than that of its kind; never a reason to refuse.

    A code without a kind (`code_system`) may be the house's own, so nothing is said about it. What has no column of its
    own is said at the code.
    """
    if CELLS[number].field.name != "code":
        return None
    found = (
        code_warning(line.code, line.code_system),
        modifiers_warning(line.modifiers),
        revenue_warning(line.revenue_code or ""),
    )
    return " ".join(dict.fromkeys(warning for warning in found if warning)) or None


def edit_text(line: Line | None, number: int) -> str:
    """What the editor of a cell begins with."""
    if line is None:
        return NO_TEXT
    field = CELLS[number].field
    return shown(field, getattr(line, field.name))


def typed_value(number: int, text: str) -> Any:
    """The value that a typed text means in a column; raises `UserError` in plain words."""
    cell = CELLS[number]
    if cell.field.name == "mark":
        return mark_from_text(text)
    return read(cell.field, text)


def mark_from_text(text: str) -> str | None:
    """The mark that was typed: its key, its words, or its name in the case format."""
    wanted = text.strip()
    if not wanted:
        return None
    if wanted.upper() in MARK_KEYS:
        return MARK_KEYS[wanted.upper()]
    for mark, shown_words in words.MARK.items():
        if wanted.casefold() in (mark, shown_words.casefold()):
            return mark
    raise UserError(f"“{wanted[:30]}” is not a mark.", "Choose one from the list.")


def with_amounts(values: dict[str, Any]) -> dict[str, Any]:
    """Typed values with the amounts that a mark stands for, unless those were typed too: all disputed, or accepted."""
    mark, charge = values.get("mark"), values.get("charge")
    if mark in DISPUTING and "disputed" not in values:
        return {**values, "disputed": charge}
    if mark == "ok" and "accepted" not in values:
        return {**values, "accepted": charge}
    return values
