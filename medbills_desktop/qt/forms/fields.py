"""What a field of a form is: its label, what may be typed, and how that is read. No widget in here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from medbills_desktop.domain.dates import Moment, day_from_text, moment_from_typed
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents, cents_from_text, decimal_text

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\.\d+", re.ASCII)
LONGEST_NUMBER = 20
"""Signs of a quantity that may be typed."""

FieldKind = Literal["text", "long", "money", "day", "moment", "decimal", "whole", "choice", "yes_no", "record", "name"]

Notice = Callable[[Mapping[str, Any]], str | None]
"""What there is to say about a field from all that stands in the form, unread; `None` for nothing."""


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a choice: the value that is kept and the words that are read."""

    value: Any
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a form. `name` is the field of the record; `hint` stands in the empty field.

    `options` are the entries of a choice or record field; `names` the type-ahead of a name field; `of` is the title
    of the record that the field belongs to. `notice` says what looks unusual while one types, and refuses nothing.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    hint: str = ""
    options: tuple[Option, ...] = ()
    names: tuple[str, ...] = ()
    of: str = ""
    notice: Notice | None = None


def shown(field: Field, value: Any) -> str:
    """The text of a value as the person would type it."""
    if value is None:
        return ""
    if isinstance(value, Moment):
        clock = f" {value.time.strftime('%H:%M:%S' if value.with_seconds else '%H:%M')}" if value.time else ""
        return f"{value.day.month}/{value.day.day}/{value.day.year}{clock}"
    if isinstance(value, date):
        return f"{value.month}/{value.day}/{value.year}"
    if field.kind == "money":
        return decimal_text(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def read(field: Field, text: str) -> Any:
    """The value that was typed, `None` for a blank; raises `UserError` saying what is wrong and how to write it."""
    blank = not text.strip()
    if blank and field.required:
        raise UserError(f"{field.label} is needed.", "")
    if blank:
        return None
    if field.kind == "money":
        return cents_from_text(text)
    if field.kind == "day":
        return day_from_text(text)
    if field.kind == "moment":
        return moment_from_typed(text)
    if field.kind in ("decimal", "whole"):
        return _number(text.strip(), whole=field.kind == "whole")
    return text.strip() if field.kind != "long" else text.rstrip()


def _number(text: str, whole: bool) -> Decimal | int:
    value = Decimal(text.replace(",", "")) if len(text) <= LONGEST_NUMBER and _NUMBER.fullmatch(text) else None
    if value is None or (whole and value != int(value)):
        raise UserError(f"“{text[:30]}” can't be read as a number.", "Type it with digits, like 2 or 0.5.")
    return int(value) if whole else value


def money_or_none(value: Any) -> Cents | None:
    """The value of a money field."""
    return None if value is None else Cents(int(value))
