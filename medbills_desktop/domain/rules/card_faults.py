"""What is wrong with a rule card, field by field: the same for shipped cards and for those of the user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Any, get_args

from medbills_desktop.domain.dates import EARLIEST_YEAR, LATEST_YEAR, Day
from medbills_desktop.domain.rules.rule_card import Anchor, Confidence, RuleCard, Unit, Whose

LONGEST_LENGTH = 9999
"""The longest time of a clock in its unit, to either side of its anchor."""
LONGEST_PRESUMPTION = 365
"""The most days after which a notice counts as received."""

NEEDED_TEXTS = ("id", "name", "binds", "text", "citation", "where")
"""Fields that no card may leave blank."""

_CHOICES: Mapping[str, tuple[Any, ...]] = {
    "anchor": get_args(Anchor),
    "unit": get_args(Unit),
    "whose": get_args(Whose),
    "confidence": get_args(Confidence),
}
_DAYS = frozenset({"first_day", "until", "checked"})
_OPTIONAL = frozenset({"anchor", "length", "presumption", "later_of", "first_day", "until"})
_FIELDS = {field.name: field for field in fields(RuleCard) if field.name != "own"}


@dataclass(frozen=True, slots=True)
class CardFault:
    """One fault: the field that it is about, and what is wrong, as a part of a sentence."""

    field: str
    what: str


def faults_of(values: Mapping[str, Any]) -> tuple[CardFault, ...]:
    """Everything that keeps `values`, as read from TOML, from being a card; empty where it is one."""
    return tuple(_faults(values))


def _faults(values: Mapping[str, Any]) -> Iterator[CardFault]:
    for name in values:
        if name not in _FIELDS:
            yield CardFault(name, f"the field {name} is not known")
    for name, field in _FIELDS.items():
        if name not in values:
            if field.default is MISSING:
                yield CardFault(name, f"the field {name} is missing")
            continue
        what = _wrong_kind(name, values[name])
        if what:
            yield CardFault(name, what)
    yield from _wrong_together(values)


def _wrong_kind(name: str, value: Any) -> str:
    if value is None and name in _OPTIONAL:
        return ""
    if name in _CHOICES:
        return "" if value in _CHOICES[name] else f"{name} is “{str(value)[:40]}”"
    if name in _DAYS:
        return _wrong_day(name, value)
    if name == "length":
        return _wrong_number(name, value, -LONGEST_LENGTH, LONGEST_LENGTH)
    if name == "roll":
        return "" if isinstance(value, bool) else "roll is neither true nor false"
    if name == "presumption":
        return _wrong_presumption(value)
    if name == "facts":
        return _wrong_facts(value)
    if not isinstance(value, str):
        return f"{name} is not a text"
    return f"{name}: a text is empty" if name in NEEDED_TEXTS and not value.strip() else ""


def _wrong_day(name: str, value: Any) -> str:
    if not isinstance(value, Day) or isinstance(value, datetime):
        return f"{name} is not a day"
    return "" if EARLIEST_YEAR <= value.year <= LATEST_YEAR else f"{name} lies too far away"


def _wrong_number(name: str, value: Any, least: int, most: int) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{name} is not a whole number"
    return "" if least <= value <= most else f"{name} is not between {least} and {most}"


def _wrong_presumption(value: Any) -> str:
    units = ("calendar_day", "business_day")
    if not isinstance(value, Mapping) or set(value) != {"length", "unit"} or value["unit"] not in units:
        return "presumption is not a number of days with its unit"
    return _wrong_number("presumption", value["length"], 1, LONGEST_PRESUMPTION)


def _wrong_facts(value: Any) -> str:
    if not isinstance(value, Mapping):
        return "facts is not a table"
    whole = all(isinstance(one, str | int) and not isinstance(one, bool) for one in value.values())
    return "" if whole else "facts holds something other than texts and whole numbers"


def _wrong_together(values: Mapping[str, Any]) -> Iterator[CardFault]:
    if (values.get("anchor") is None) != (values.get("length") is None):
        missing = "anchor" if values.get("anchor") is None else "length"
        yield CardFault(missing, "a clock needs an anchor and a length")
    first, last = values.get("first_day"), values.get("until")
    whole = not _wrong_kind("first_day", first) and not _wrong_kind("until", last)
    if whole and first is not None and last is not None and last < first:
        yield CardFault("until", "it ends before it begins")
