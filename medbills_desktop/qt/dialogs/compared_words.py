"""Words for what two cases say differently: what a record is called, and each of its fields on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medbills_desktop.commands.comparing import Comparison, Difference
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment, plain_day, plain_moment
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import KIND_BY_NAME, FieldInfo, Person, Record, fields_of
from medbills_desktop.exchange.library_records import LIBRARY_KINDS
from medbills_desktop.exchange.names import name_of
from medbills_desktop.qt.forms.record_forms import LABELS, WORDS

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field as both sides have it, in words."""

    label: str
    ours: str
    theirs: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One record that differs, as the list shows it; `id` is its place among the differences."""

    id: int
    kind: str
    name: str
    fields: str
    choice: str


def compared_row(compared: Comparison, number: int, choice: str) -> ComparedRow:
    """The row of one difference."""
    difference = compared.differences[number]
    infos = {info.name: info for info in fields_of(difference.kind)}
    fields = ", ".join(field_label(infos[name]) for name in difference.fields)
    return ComparedRow(number, titled(difference.kind), record_name(compared.ours, difference.ours), fields, choice)


def compared_fields_of(compared: Comparison, difference: Difference) -> list[ComparedField]:
    """Every field that either side knows, what differs first."""
    differing = set(difference.fields)
    rows = []
    for info in fields_of(difference.kind):
        if info.name in ("id", "ref") or info.local_only or (info.owner and difference.kind not in LIBRARY_KINDS):
            continue
        ours = value_words(compared.ours, difference.ours, info)
        theirs = value_words(compared.theirs, difference.theirs, info)
        if info.name in differing or (ours, theirs) != (NOTHING, NOTHING):
            rows.append(ComparedField(field_label(info), ours, theirs, info.name in differing))
    return sorted(rows, key=lambda row: not row.differs)


def titled(kind: type[Record]) -> str:
    """The title of a kind as a word at the head of a row."""
    return "Patient" if kind is Person else f"{kind.TITLE[0].upper()}{kind.TITLE[1:]}"


def field_label(info: FieldInfo) -> str:
    """What a field is called in forms."""
    return LABELS.get(info.name, info.name.removesuffix("_id").replace("_", " ").capitalize())


def record_name(case: Case, record: Record) -> str:
    """What a record is called: its own name, or that of what it is about."""
    try:
        return name_of(case, record)
    except KeyError:
        named = (info for info in fields_of(type(record)) if info.refers_to)
        texts = (_referred(case, record, info) for info in named)
        return " · ".join(text for text in texts if text != NOTHING) or record.ref or NOTHING


def value_words(case: Case, record: Record, info: FieldInfo) -> str:
    """The value of a field as a person reads it."""
    value = getattr(record, info.name)
    if value is None or value == "":
        return NOTHING
    if info.refers_to:
        return _referred(case, record, info)
    if info.choices:
        return WORDS.get((record.KIND, info.name), {}).get(value, str(value).replace("_", " ").capitalize())
    if info.type is Cents:
        return dollars(value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Moment):
        return plain_moment(value)
    if hasattr(value, "isoformat"):
        return plain_day(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {_plain(one)}" for name, one in value.items())
    return str(value)


def _referred(case: Case, record: Record, info: FieldInfo) -> str:
    found = case.find(KIND_BY_NAME[str(info.refers_to)], getattr(record, info.name))
    return NOTHING if found is None else record_name(case, found)
