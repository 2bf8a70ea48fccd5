"""A case out: `Case` to the text of a case file, the same bytes for the same case."""

from __future__ import annotations

import json
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import KIND_BY_NAME, DocumentLink, Record
from medbills_desktop.exchange.layout import (
    FORMAT,
    TOP_KINDS,
    VERSION,
    FieldEntry,
    GroupEntry,
    ListEntry,
    owner_of,
    plan_of,
)
from medbills_desktop.exchange.references import RefNames
from medbills_desktop.exchange.values import write_value


def write_case(case: Case) -> str:
    """The text of a case file, ending in a newline.

    Keys stand in the order of the format; what is not known and lists without entries are left out. Reading the text
    and writing it again gives the same text.
    """
    root: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for key, value in (("title", case.title), ("notes", case.notes), ("today", case.today)):
        if value is not None:
            root[key] = str(value)
    writer = _Writer(case)
    for kind in TOP_KINDS:
        if case.all(kind):
            root[kind.PLURAL] = [writer.record(record) for record in case.all(kind)]
    return json.dumps(root, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


class _Writer:
    def __init__(self, case: Case) -> None:
        self._case = case
        self._names = RefNames(case)

    def record(self, record: Record) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for entry in plan_of(type(record)).entries:
            if isinstance(entry, FieldEntry):
                written = self._field(record, entry)
            elif isinstance(entry, GroupEntry):
                pairs = ((inner.key, self._field(record, inner)) for inner in entry.fields)
                written = {key: value for key, value in pairs if value is not None}
            else:
                written = self._owned(record, entry)
            if written not in (None, [], {}) or (isinstance(entry, ListEntry) and entry.always):
                found[entry.key] = written
        return found

    def _owned(self, record: Record, entry: ListEntry) -> list[Any]:
        owner = owner_of(entry.kind)
        children = self._case.of(entry.kind, owner.name, record.id) if owner else ()
        if entry.only and entry.only.to:
            target = KIND_BY_NAME[entry.only.to.kind]
            return [self._names.ref(target, getattr(child, entry.only.name)) for child in children]
        return [self.record(child) for child in children]

    def _field(self, record: Record, entry: FieldEntry) -> Any:
        value = getattr(record, entry.field.name)
        if value is None:
            return None
        if isinstance(record, DocumentLink) and entry.field.name == "target_id":
            return self._names.link(record)
        if entry.field.to:
            return self._names.ref(KIND_BY_NAME[entry.field.to.kind], value)
        return write_value(type(record), entry.field, value)
