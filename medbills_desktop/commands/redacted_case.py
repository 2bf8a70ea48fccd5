"""The records of a packet without personal numbers, so that its own pages, file names and outline say none either."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, TypeVar

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Bill, Line, Person, Policy, Record
from medbills_desktop.domain.redaction import Needles, masked, needles_of
from medbills_desktop.packet.order import CantShow, ExhibitSource
from medbills_desktop.store.reader import Reader

_NOT_TEXT = frozenset({"ref", "sha256", "media_type", "fingerprint", "check", "level"})
"""Fields that hold codes and marks of the program: nothing in them is written by people about people."""

T = TypeVar("T")


def _masked(value: Any, needles: Needles) -> Any:
    """Any value of a field, texts in it masked."""
    match value:
        case str():
            return masked(value, needles)
        case tuple():
            return tuple(_masked(each, needles) for each in value)
        case dict():
            return {key: _masked(each, needles) for key, each in value.items()}
        case _:
            return value


def library_needles(reader: Reader) -> Needles:
    """What is personal in a whole library: papers of one bill speak of the others of the household, too."""
    records: list[Record] = []
    kinds: tuple[type[Record], ...] = (Person, Policy, Bill, Line)
    for kind in kinds:
        records += reader.find(kind)
    return needles_of(records)


def redacted_case(case: Case, needles: Needles) -> Case:
    """The case with all that is written in it masked, and without birth dates."""
    records = {kind: all_redacted(found, needles) for kind, found in case.records.items()}
    return dataclasses.replace(case, records=records)


def all_redacted(records: Iterable[T], needles: Needles) -> tuple[T, ...]:
    """Several records masked."""
    return tuple(redacted(record, needles) for record in records)


def redacted_source(source: ExhibitSource, needles: Needles) -> ExhibitSource:
    """A paper that goes into the packet: also what is told about it, which may name files inside it."""
    content = source.content
    if isinstance(content, CantShow):
        content = CantShow(masked(content.what, needles), masked(content.todo, needles))
    notices = tuple(masked(notice, needles) for notice in source.notices)
    document = redacted(source.document, needles)
    return dataclasses.replace(source, document=document, content=content, notices=notices)


def redacted(record: T, needles: Needles) -> T:
    """A frozen record of any kind with its texts masked."""
    changed: dict[str, Any] = {}
    for info in dataclasses.fields(record):  # type: ignore[arg-type]
        value = getattr(record, info.name)
        shown = value if info.name in _NOT_TEXT else _masked(value, needles)
        if shown != value:
            changed[info.name] = shown
    if isinstance(record, Person) and record.date_of_birth is not None:
        changed["date_of_birth"] = None
    return dataclasses.replace(record, **changed) if changed else record  # type: ignore[type-var]
