"""What the case format has no place for, as a text of its own beside it: `library.json` in a case zip.

Answers to points, decisions on findings, appeals, authorizations and their like. They name the records of the case by
its ids, one that stands inside another with its owner's id before its own (`B2/L1`). A reader that does not know the
file loses nothing of the case itself.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import (
    KIND_BY_NAME,
    KINDS,
    CodeTable,
    Enclosure,
    OwnCard,
    PageView,
    Record,
    Redaction,
    RuleChoice,
)
from medbills_desktop.domain.records.fields import FieldInfo, fields_of
from medbills_desktop.exchange.json_text import parse_json, step
from medbills_desktop.exchange.layout import KEPT_IN_LIBRARY, owner_of
from medbills_desktop.exchange.references import long_ref
from medbills_desktop.exchange.values import read_list, read_object, read_text, read_value, refuse, shown, write_value

FORMAT, VERSION = "medbills-library-records", 1

OF_THE_LIBRARY: frozenset[type[Record]] = frozenset({CodeTable, OwnCard, RuleChoice})
"""Kinds that are about the library as a whole, not about a case: they never travel with one."""

LIBRARY_KINDS: tuple[type[Record], ...] = tuple(
    kind for kind in KINDS if kind in KEPT_IN_LIBRARY and kind not in OF_THE_LIBRARY
)
"""Kinds that travel beside a case, in the order of the file."""

_ROOT = "library.json:$"
_FROM_ONE: set[tuple[type[Record], str]] = {(PageView, "page"), (Enclosure, "position"), (Redaction, "page")}
_TURNS = (0, 90, 180, 270)


def write_library_records(case: Case) -> str | None:
    """The text of `library.json` for a case, the same for the same case; `None` where there is nothing to write.

    A record that names something which is not in the case is left out: it would have nothing to hold on to.
    """
    names = _Names(case)
    found = {kind.KIND: _written(case, kind, names) for kind in LIBRARY_KINDS}
    records = {kind: rows for kind, rows in found.items() if rows}
    if not records:
        return None
    root = {"format": FORMAT, "version": VERSION, "records": records}
    return json.dumps(root, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def with_library_records(case: Case, text: str | bytes) -> Case:
    """The case with the records of a `library.json` that stood beside it.

    Raises `CaseFileError` with the place of the first fault. A file of a later version than this program knows is
    passed over, since the case itself is whole without it.
    """
    root = read_object(parse_json(text), _ROOT)
    if root.get("format") != FORMAT:
        refuse(f"{_ROOT}.format", f"the file does not say what it holds (“{FORMAT}”)")
    version = root.get("version")
    if isinstance(version, bool) or not isinstance(version, int):
        refuse(f"{_ROOT}.version", "the version of the format is missing")
    if version > VERSION:
        return case
    reader = _Reading(_Names(case))
    place = f"{_ROOT}.records"
    records: dict[type[Record], tuple[Record, ...]] = {}
    for name, raw in read_object(root.get("records", {}), place).items():
        kind = KIND_BY_NAME.get(name)
        if kind not in LIBRARY_KINDS or kind is None:
            refuse(step(place, name), "the kind of record is not known here")
        records[kind] = reader.records(kind, raw, step(place, name))
    ordered = {**case.records, **records}
    return dataclasses.replace(case, records={kind: ordered[kind] for kind in KINDS if ordered.get(kind)})


def _kept_fields(kind: type[Record]) -> list[FieldInfo]:
    return [info for info in fields_of(kind) if info.name not in ("id", "ref")]


def _key(info: FieldInfo) -> str:
    return info.name.removesuffix("_id") if info.refers_to else info.name


class _Names:
    """Names of the records of a case, both ways."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._ids: dict[type[Record], dict[str, list[int]]] = {}

    def name(self, kind: type[Record], id: int) -> str | None:  # noqa: A002
        """The name of a record, with its owner's before it where it has one; `None` where it is not in the case."""
        record = self._case.find(kind, id)
        if record is None:
            return None
        owner = owner_of(kind)
        if owner is None or owner.owner is None:
            return record.ref
        above = self.name(KIND_BY_NAME[owner.owner.kind], getattr(record, owner.name))
        return None if above is None else long_ref(above, record.ref)

    def id(self, kind: type[Record], name: str, path: str) -> int:
        """The id of the one record with that name; raises `CaseFileError` for none or several."""
        if kind not in self._ids:
            self._ids[kind] = {}
            for record in self._case.all(kind):
                self._ids[kind].setdefault(self.name(kind, record.id) or "", []).append(record.id)
        found = self._ids[kind].get(name, [])
        if len(found) != 1:
            many = "more than one" if found else "no"
            refuse(path, f"there is {many} {kind.TITLE} with the id “{shown(name)}”")
        return found[0]


def _written(case: Case, kind: type[Record], names: _Names) -> list[dict[str, Any]]:
    rows = (_row(kind, record, names) for record in case.all(kind))
    return [row for row in rows if row is not None]


def _row(kind: type[Record], record: Record, names: _Names) -> dict[str, Any] | None:
    row: dict[str, Any] = {}
    for info in _kept_fields(kind):
        value = getattr(record, info.name)
        if value is None:
            continue
        if not info.refers_to:
            row[_key(info)] = write_value(kind, info, value)
            continue
        name = names.name(KIND_BY_NAME[info.refers_to], value)
        if name is None and not info.optional:
            return None
        if name is not None:
            row[_key(info)] = name
    return row


class _Reading:
    def __init__(self, names: _Names) -> None:
        self._names = names

    def records(self, kind: type[Record], raw: Any, path: str) -> tuple[Record, ...]:
        found = [
            self._record(kind, number, read_object(item, step(path, number - 1)), step(path, number - 1))
            for number, item in enumerate(read_list(raw, path), 1)
        ]
        return tuple(found)

    def _record(self, kind: type[Record], number: int, raw: Mapping[str, Any], path: str) -> Record:
        known = {_key(info): info for info in _kept_fields(kind)}
        for key in raw:
            if key not in known:
                refuse(step(path, key), "the field is not known here")
        values: dict[str, Any] = {"id": number}
        for key, info in known.items():
            if key in raw:
                values[info.name] = self._value(kind, info, raw[key], step(path, key))
            elif not info.optional:
                refuse(path, f"the field “{key}” is missing")
        return kind(**values)

    def _value(self, kind: type[Record], info: FieldInfo, raw: Any, path: str) -> Any:
        if info.refers_to:
            return self._names.id(KIND_BY_NAME[info.refers_to], read_text(raw, path, least=1), path)
        value = read_value(kind, info, raw, path)
        if (kind, info.name) in _FROM_ONE and value < 1:
            refuse(path, "it is less than 1")
        if (kind, info.name) == (Redaction, "rect") and len(value or ()) != 4:
            refuse(path, "an area has four numbers")
        if (kind, info.name) == (PageView, "rotation") and value not in _TURNS:
            refuse(path, f"“{shown(raw)}” is not a quarter turn: 0, 90, 180 or 270")
        return value
