"""Which record a reference of a case file names, and how a record is named so that it is found again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import KIND_BY_NAME, DocumentLink, Record
from medbills_desktop.exchange.json_text import step
from medbills_desktop.exchange.layout import FieldEntry, kind_for_link, owner_of, plan_of
from medbills_desktop.exchange.values import refuse, shown


@dataclass(slots=True)
class Draft:
    """One record as read from a file, its references still the ids of the file; `path` is its JSON path."""

    kind: type[Record]
    values: dict[str, Any]
    path: str
    owner: Draft | None = None

    @property
    def ref(self) -> str:
        """The record's id in the file; empty for kinds that have none."""
        return str(self.values.get("ref", ""))


class Register:
    """All records of a file by their ids there.

    Records inside another one need an id that is unique only there. A link from a paper names such a record by its id
    alone where that is enough, else with its owner's id before it: `B2/L1`.
    """

    def __init__(self) -> None:
        self._ids: dict[type[Record], dict[str, list[int]]] = {}

    def note(self, draft: Draft) -> None:
        """Make a record known under its id, and under its owner's and its own."""
        ids = self._ids.setdefault(draft.kind, {})
        ids.setdefault(draft.ref, []).append(draft.values["id"])
        if draft.owner:
            ids.setdefault(long_ref(draft.owner.ref, draft.ref), []).append(draft.values["id"])

    def resolved(self, draft: Draft) -> Record:
        """The finished record; raises `CaseFileError` at a reference that names no record, or several."""
        values = dict(draft.values)
        if draft.kind is DocumentLink:
            kind = self._linked_kind(draft)
            values |= {"type": kind.KIND, "target_id": self._find(kind, values["target_id"], step(draft.path, "id"))}
        for name, key, kind in _references(draft.kind):
            if values.get(name) is not None:
                values[name] = self._find(kind, values[name], step(draft.path, key) if key else draft.path)
        return draft.kind(**values)

    def _linked_kind(self, draft: Draft) -> type[Record]:
        kind = kind_for_link(draft.values["type"])
        if kind is None:
            refuse(step(draft.path, "type"), f"“{shown(draft.values['type'])}” is not a kind of record")
        return kind

    def _find(self, kind: type[Record], ref: str, path: str) -> int:
        found = self._ids.get(kind, {}).get(ref, [])
        if not found:
            refuse(path, f"there is no {kind.TITLE} with the id “{shown(ref)}”")
        if len(found) > 1:
            refuse(path, f"the id “{shown(ref)}” names more than one {kind.TITLE}; put the owner's id before it")
        return found[0]


class RefNames:
    """The names by which the records of a case are referred to in a file."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._counted: dict[type[Record], Counter[str]] = {}

    def ref(self, kind: type[Record], id: int) -> str:  # noqa: A002
        """The plain id in the file of a record that stands at the top of it."""
        return self._case.get(kind, id).ref

    def link(self, link: DocumentLink) -> str:
        """The name of the record that a paper is linked to, which `Register` finds again."""
        kind = KIND_BY_NAME[link.type]
        record = self._case.get(kind, link.target_id)
        owner = owner_of(kind)
        if not owner or not owner.owner or self._counts(kind)[record.ref] == 1:
            return record.ref
        return long_ref(self.ref(KIND_BY_NAME[owner.owner.kind], getattr(record, owner.name)), record.ref)

    def _counts(self, kind: type[Record]) -> Counter[str]:
        if kind not in self._counted:
            self._counted[kind] = Counter(record.ref for record in self._case.all(kind))
        return self._counted[kind]


def long_ref(owner: str, own: str) -> str:
    """An id with its owner's before it."""
    return f"{owner}/{own}"


def _references(kind: type[Record]) -> tuple[tuple[str, str, type[Record]], ...]:
    """Fields that refer to another record: name, key in the file (empty for a bare id in a list), kind referred to."""
    bare = not plan_of(kind).has_id and len(plan_of(kind).entries) == 1
    return tuple(
        (entry.field.name, "" if bare else entry.key, KIND_BY_NAME[entry.field.to.kind])
        for entry in plan_of(kind).entries
        if isinstance(entry, FieldEntry) and entry.field.to
    )
