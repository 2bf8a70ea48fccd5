"""Hypothesis strategies for whole cases: valid, odd, and in the exact form in which a case file gives them back."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import KIND_BY_NAME, KINDS, DocumentLink, Line, Record
from medbills_desktop.domain.records.fields import FieldInfo, fields_of
from medbills_desktop.exchange.layout import KEPT_IN_LIBRARY

Draw = Any
LARGEST = 10**14 - 1

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
words = texts.filter(bool)
amounts = st.integers(-LARGEST, LARGEST) | st.integers(-99_999, 99_999)
quantities = st.decimals(-10_000, 10_000, places=3) | st.integers(0, 99).map(Decimal)
minutes = st.integers(0, 600).map(Decimal) | st.integers(1, 999).map(lambda tenths: Decimal(tenths) / 8)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
numbers = st.integers(-9999, 9999) | st.floats(-1e6, 1e6).map(lambda number: number + 0.0)
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(1, 9999),
    bool: st.booleans(),
    Cents: amounts.map(Cents),
    Decimal: quantities,
    date: days,
    Moment: st.builds(Moment, days)
    | st.builds(lambda day, h, m: Moment(day, time(h, m)), days, st.integers(0, 23), st.integers(0, 59))
    | st.builds(lambda day, s: Moment(day, time(7, 5, s), True), days, st.integers(0, 59)),
    tuple[str, ...]: st.lists(texts, min_size=1, max_size=3).map(tuple),
    tuple[float, ...]: st.tuples(numbers, numbers, numbers, numbers),
    dict[str, Any]: st.dictionaries(texts, texts | st.booleans() | numbers, min_size=1, max_size=3),
}


@st.composite
def cases(draw: Draw, most: int = 2) -> Case:
    """A random valid case with up to `most` records of each kind at the top and in each owner.

    It is what reading its own case file gives: ids 1, 2, 3 … of each kind, owned records beside one another.
    """
    counts: dict[type[Record], int] = {}
    for kind in KINDS:
        if kind.PLURAL:
            possible = all(counts.get(target) for target in _needed(kind))
            counts[kind] = draw(st.integers(0, most)) if possible else 0
    records: dict[type[Record], tuple[Record, ...]] = {}
    for kind in KINDS:
        if kind in KEPT_IN_LIBRARY:
            continue
        made = _top(draw, kind, counts) if kind.PLURAL else _owned(draw, kind, counts, records, most)
        counts[kind] = len(made)
        if made:
            records[kind] = tuple(made)
    if not records:
        return Case({}, draw(st.none() | texts), draw(st.none() | texts), draw(st.none() | days))
    return Case(records, draw(st.none() | texts), draw(st.none() | texts), draw(st.none() | days))


def _needed(kind: type[Record]) -> list[type[Record]]:
    return [KIND_BY_NAME[info.to.kind] for info in fields_of(kind) if info.to and not info.optional]


def _top(draw: Draw, kind: type[Record], counts: dict[type[Record], int]) -> list[Record]:
    refs = draw(_refs(counts[kind]))
    return [_record(draw, kind, at + 1, refs[at], counts, {}) for at in range(counts[kind])]


def _owned(
    draw: Draw,
    kind: type[Record],
    counts: dict[type[Record], int],
    records: dict[type[Record], tuple[Record, ...]],
    most: int,
) -> list[Record]:
    owner = next(info for info in fields_of(kind) if info.owner)
    made: list[Record] = []
    if not all(counts.get(target) for target in _needed(kind)):
        return made
    for parent in records.get(KIND_BY_NAME[owner.refers_to or ""], ()):
        number = draw(st.integers(0, most))
        if kind.KIND in ("call_bill", "call_claim"):
            number = min(number, 1)
        refs = draw(_refs(number))
        for at in range(number):
            given: dict[str, Any] = {owner.name: parent.id}
            if kind is Line:
                given["position"] = 1024 * (at + 1)
            if kind is DocumentLink:
                given |= draw(_targets(records))
            made.append(_record(draw, kind, len(made) + 1, refs[at], counts, given))
    return made


def _refs(number: int) -> st.SearchStrategy[list[str]]:
    plain = st.just([f"X{at + 1}" for at in range(number)])
    return plain | st.lists(words.filter(lambda ref: "/" not in ref), min_size=number, max_size=number, unique=True)


def _targets(records: dict[type[Record], tuple[Record, ...]]) -> st.SearchStrategy[dict[str, Any]]:
    choices = [(kind.KIND, record.id) for kind, found in records.items() if kind.PREFIX for record in found]
    return st.sampled_from(choices).map(lambda choice: {"type": choice[0], "target_id": choice[1]})


def _record(
    draw: Draw, kind: type[Record], number: int, ref: str, counts: dict[type[Record], int], given: dict[str, Any]
) -> Record:
    values = {"id": number, **given}
    if kind.PREFIX:
        values["ref"] = ref
    for info in fields_of(kind):
        if info.name not in values and info.name != "ref" and not info.local_only and not info.owner:
            value = draw(_value(kind, info, counts))
            if info.name == "paper_number" and value is not None:
                value = f"P{number:04d}"
            if value is not None:
                values[info.name] = value
    return kind(**values)


def _value(kind: type[Record], info: FieldInfo, counts: dict[type[Record], int]) -> st.SearchStrategy[Any]:
    if info.to:
        known = counts.get(KIND_BY_NAME[info.to.kind], 0)
        wanted: st.SearchStrategy[Any] = st.integers(1, known) if known else st.none()
    elif info.choices:
        wanted = st.sampled_from(info.choices)
    elif info.name == "minutes":
        wanted = minutes
    elif info.type is str and not info.optional:
        wanted = words
    else:
        wanted = BY_TYPE[info.type]
    return st.none() | wanted if info.optional else wanted
