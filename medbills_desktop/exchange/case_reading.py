"""A case file in: text to `Case`, refused whole at the first thing that the format does not allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import KINDS, Line, Record
from medbills_desktop.exchange.json_text import parse_json, step
from medbills_desktop.exchange.layout import (
    FORMAT,
    TOP_KINDS,
    VERSION,
    Entry,
    FieldEntry,
    GroupEntry,
    owner_of,
    plan_of,
)
from medbills_desktop.exchange.references import Draft, Register
from medbills_desktop.exchange.values import read_day, read_list, read_object, read_text, read_value, refuse, shown

LINE_GAP = 1024
"""Distance between the positions of neighbouring lines, so that a line can be put between them."""

_TEXTS = ("title", "notes")


def read_case(text: str | bytes) -> Case:
    """Read a case file.

    Records get the ids 1, 2, 3 … of their kind in file order; their `ref` is the id in the file. Raises `CaseFileError`
    with the JSON path of the first fault; nothing is read half. A link may name a line that shares its id with a line
    of another bill as `B2/L1`.
    """
    root = read_object(parse_json(text), "$")
    _check_format(root)
    texts = {key: read_text(root[key], step("$", key)) for key in _TEXTS if key in root}
    today = read_day(root["today"], "$.today") if "today" in root else None
    reader = _Reader()
    kinds = {kind.PLURAL: kind for kind in TOP_KINDS}
    for key, raw in root.items():
        if key in kinds:
            reader.read_records(kinds[key], raw, step("$", key), None)
        elif key not in ("format", "version", "today", *_TEXTS):
            refuse(step("$", key), "the field is not known here")
    return Case(reader.finish(), texts.get("title"), texts.get("notes"), today)


def _check_format(root: Mapping[str, Any]) -> None:
    if root.get("format") != FORMAT:
        refuse("$.format", f"the file does not say that it is a case (“{FORMAT}”)")
    version = root.get("version")
    if isinstance(version, bool) or version is None:
        refuse("$.version", "the version of the format is missing")
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        known = f"this program reads version {VERSION}"
        refuse("$.version", f"version {shown(version)} is newer than the program: {known}" if newer else known)


class _Reader:
    """Gathers drafts of all records, then turns references into ids once every record is known."""

    def __init__(self) -> None:
        self._drafts: dict[type[Record], list[Draft]] = {}
        self._register = Register()

    def read_records(self, kind: type[Record], raw: Any, path: str, owner: Draft | None) -> None:
        """Read one list of records, all owned by `owner` where there is one."""
        seen: set[str] = set()
        for at, item in enumerate(read_list(raw, path)):
            draft = self._new_draft(kind, step(path, at), owner)
            if kind is Line:
                draft.values["position"] = LINE_GAP * (at + 1)
            self._read_fields(plan_of(kind).entries, draft, read_object(item, draft.path), draft.path)
            if draft.ref:
                if draft.ref in seen:
                    refuse(step(draft.path, "id"), f"the id “{shown(draft.ref)}” is given twice")
                seen.add(draft.ref)
                self._register.note(draft)

    def finish(self) -> dict[type[Record], tuple[Record, ...]]:
        """All records with their references resolved; raises `CaseFileError` for a reference that names nothing."""
        return {
            kind: tuple(self._register.resolved(draft) for draft in self._drafts[kind])
            for kind in KINDS
            if kind in self._drafts
        }

    def _new_draft(self, kind: type[Record], path: str, owner: Draft | None) -> Draft:
        drafts = self._drafts.setdefault(kind, [])
        draft = Draft(kind, {"id": len(drafts) + 1}, path, owner)
        info = owner_of(kind)
        if info and owner:
            draft.values[info.name] = owner.values["id"]
        drafts.append(draft)
        return draft

    def _read_fields(self, entries: Iterable[Entry], draft: Draft, raw: Mapping[str, Any], path: str) -> None:
        known = {entry.key: entry for entry in entries}
        for key in raw:
            if key not in known:
                refuse(step(path, key), "the field is not known here")
        for key, entry in known.items():
            if key in raw:
                self._read_entry(entry, draft, raw[key], step(path, key))
            elif isinstance(entry, FieldEntry) and entry.required:
                refuse(path, f"the field “{key}” is missing")

    def _read_entry(self, entry: Entry, draft: Draft, raw: Any, path: str) -> None:
        if isinstance(entry, FieldEntry):
            draft.values[entry.field.name] = read_value(draft.kind, entry.field, raw, path)
        elif isinstance(entry, GroupEntry):
            self._read_fields(entry.fields, draft, read_object(raw, path), path)
        elif entry.only is None:
            self.read_records(entry.kind, raw, path, draft)
        else:
            self._read_ids(entry.kind, entry.only.name, raw, path, draft)

    def _read_ids(self, kind: type[Record], name: str, raw: Any, path: str, owner: Draft) -> None:
        seen: set[str] = set()
        for at, item in enumerate(read_list(raw, path)):
            child = self._new_draft(kind, step(path, at), owner)
            child.values[name] = ref = read_text(item, child.path, least=1)
            if ref in seen:
                refuse(child.path, f"the id “{shown(ref)}” is given twice")
            seen.add(ref)
