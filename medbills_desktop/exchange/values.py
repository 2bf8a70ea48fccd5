"""Single values of the case format: one reader and one writer for each type that a record's field can have."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import CaseFileError
from medbills_desktop.domain.money import Cents, cents_from_decimal_text, decimal_text
from medbills_desktop.domain.records import Call, DocumentLink, Evidence, Letter, Record
from medbills_desktop.domain.records.fields import FieldInfo
from medbills_desktop.exchange.json_text import NotKept, step

Reader = Callable[[Any, str], Any]

_LARGEST_WHOLE = 2**63 - 1
_LONGEST_QUANTITY = 40
_AMOUNT = re.compile(r"-?\d+\.\d{2}", re.ASCII)
_QUANTITY = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_MAY_BE_BLANK = {(Letter, "kind"), (DocumentLink, "type")}
"""Required texts for which the format sets no least length."""

_PLAIN_NUMBERS = {(Call, "minutes")}
"""Exact numbers that stand as JSON numbers; all other quantities are decimal strings."""

_LEAST: dict[tuple[type[Record], str], int] = {(Evidence, "page"): 1, (Call, "minutes"): 0}
_LENGTHS: dict[tuple[type[Record], str], int] = {(Evidence, "rect"): 4}


def read_value(kind: type[Record], info: FieldInfo, raw: Any, path: str) -> Any:
    """The value of one field of a record from its JSON form; raises `CaseFileError` that names `path`."""
    place = (kind, info.name)
    if info.to or info.name in ("ref", "target_id"):
        return read_text(raw, path, least=1)
    reader: Reader = _number if place in _PLAIN_NUMBERS else _READERS[info.type]
    value = reader(raw, path)
    if info.choices and value not in info.choices:
        refuse(path, f"“{shown(value)}” is not one of: {', '.join(info.choices)}")
    if info.type is str and not info.optional and not value and place not in _MAY_BE_BLANK:
        refuse(path, "the text is empty")
    if place in _LEAST and value < _LEAST[place]:
        refuse(path, f"it is less than {_LEAST[place]}")
    if place in _LENGTHS and len(value) != _LENGTHS[place]:
        refuse(path, f"it has {len(value)} numbers where {_LENGTHS[place]} are needed")
    return None if value in ((), {}) else value


def write_value(kind: type[Record], info: FieldInfo, value: Any) -> Any:
    """The JSON form of one field of a record, `value` not being `None`."""
    if (kind, info.name) in _PLAIN_NUMBERS:
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent >= 0 else float(value)
    return _WRITERS.get(info.type, _as_it_is)(value)


def refuse(path: str, reason: str) -> NoReturn:
    """Refuse the file for what stands at `path`."""
    raise CaseFileError(path, reason)


def shown(value: Any) -> str:
    """A short, printable form of a value for a reason."""
    return str(value)[:40].encode("utf-8", "backslashreplace").decode("utf-8")


def read_text(raw: Any, path: str, least: int = 0) -> str:
    """A text of at least `least` characters."""
    if not isinstance(raw, str):
        refuse(path, f"it must be text, not {_kind_of(raw)}")
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError:
        refuse(path, "the text holds half a character (a lone surrogate)")
    if len(raw) < least:
        refuse(path, "the text is empty")
    return raw


def read_day(raw: Any, path: str) -> date:
    """A day that exists, as `YYYY-MM-DD`."""
    text = read_text(raw, path)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        refuse(path, f"“{shown(text)}” is not a day that exists")
    refuse(path, f"“{shown(text)}” is not a date like 2025-03-31")


def read_list(raw: Any, path: str) -> list[Any]:
    """A JSON list."""
    if not isinstance(raw, list):
        refuse(path, f"it must be a list, not {_kind_of(raw)}")
    return raw


def read_object(raw: Any, path: str) -> Mapping[str, Any]:
    """A JSON object in which no key is given twice."""
    if not isinstance(raw, dict):
        refuse(path, f"it must be an object, not {_kind_of(raw)}")
    repeated = getattr(raw, "repeated", None)
    if repeated is not None:
        refuse(step(path, repeated), "the field is given twice")
    return raw


def _moment(raw: Any, path: str) -> Moment:
    text = read_text(raw, path)
    try:
        return Moment.from_text(text)
    except ValueError:
        refuse(path, f"“{shown(text)}” is not a date like 2025-03-31 or 2025-03-31T14:05")


def _cents(raw: Any, path: str) -> Cents:
    if not isinstance(raw, str) or not _AMOUNT.fullmatch(raw):
        refuse(path, f"“{shown(raw)}” is not an amount in text with two decimal places, like “1234.50”")
    try:
        return cents_from_decimal_text(raw)
    except ValueError:
        refuse(path, f"“{shown(raw)}” is too large for an amount")


def _quantity(raw: Any, path: str) -> Decimal:
    if not isinstance(raw, str) or not _QUANTITY.fullmatch(raw):
        refuse(path, f"“{shown(raw)}” is not a quantity in text, like “2” or “0.5”")
    if len(raw) > _LONGEST_QUANTITY:
        refuse(path, "the quantity has too many digits")
    return Decimal(raw)


def _number(raw: Any, path: str) -> Decimal:
    if isinstance(raw, NotKept):
        refuse(path, f"“{raw.text}” is not a number that can be kept")
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        refuse(path, f"it must be a number, not {_kind_of(raw)}")
    value = Decimal(raw)
    if not math.isfinite(float(value)):
        refuse(path, f"“{shown(raw)}” is not a number that can be kept")
    return value


def _whole(raw: Any, path: str) -> int:
    value = _number(raw, path)
    if value.adjusted() > 18 or value != value.to_integral_value():
        refuse(path, f"“{shown(raw)}” is not a whole number that can be kept")
    if not -_LARGEST_WHOLE <= int(value) <= _LARGEST_WHOLE:
        refuse(path, f"“{shown(raw)}” is too large")
    return int(value)


def _yes_or_no(raw: Any, path: str) -> bool:
    if not isinstance(raw, bool):
        refuse(path, f"it must be true or false, not {_kind_of(raw)}")
    return raw


def _texts(raw: Any, path: str) -> tuple[str, ...]:
    return tuple(read_text(item, step(path, at)) for at, item in enumerate(read_list(raw, path)))


def _plain_number(raw: Any, path: str) -> float:
    value = _number(raw, path)
    return raw if isinstance(raw, int) else float(value)


def _numbers(raw: Any, path: str) -> tuple[float, ...]:
    return tuple(_plain_number(item, step(path, at)) for at, item in enumerate(read_list(raw, path)))


def _answers(raw: Any, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in read_object(raw, path).items():
        place = step(path, key)
        read_text(key, place)
        if isinstance(value, str):
            found[key] = read_text(value, place)
        else:
            found[key] = value if isinstance(value, bool) else _plain_number(value, place)
    return found


def _as_it_is(value: Any) -> Any:
    return value


def _kind_of(raw: Any) -> str:
    for known, words in _KIND_WORDS:
        if isinstance(raw, known):
            return words
    return "null"


_KIND_WORDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "text"),
    (list, "a list"),
    (dict, "an object"),
    (int, "a number"),
    (Decimal, "a number"),
    (NotKept, "a number"),
)

_READERS: dict[Any, Reader] = {
    str: read_text,
    int: _whole,
    bool: _yes_or_no,
    Cents: _cents,
    Decimal: _quantity,
    date: read_day,
    Moment: _moment,
    tuple[str, ...]: _texts,
    tuple[float, ...]: _numbers,
    dict[str, Any]: _answers,
}

_WRITERS: dict[Any, Callable[[Any], Any]] = {
    Cents: decimal_text,
    Decimal: lambda value: format(value, "f"),
    date: date.isoformat,
    Moment: Moment.text,
    tuple[str, ...]: list,
    tuple[float, ...]: list,
}
