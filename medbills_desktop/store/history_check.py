"""The journal against the records: told again from its first entry, it must lead to exactly the rows that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from medbills_desktop.domain.records import KIND_BY_NAME, KINDS, Record
from medbills_desktop.store import journal
from medbills_desktop.store.codec import from_values, layout_of

Images = dict[tuple[str, int], dict[str, Any]]
"""Each row that should be there, by kind and id."""


def history_faults(connection: Any) -> Iterator[str]:
    """What the journal of a raw connection's file and its rows don't agree on, in words."""
    yield from journal.faults(connection)
    images: Images = {}
    for seq, text in connection.execute("SELECT seq, changes FROM journal ORDER BY seq"):
        try:
            yield from _told(images, seq, json.loads(text))
        except (ValueError, KeyError, TypeError):
            yield f"Journal entry {seq} can't be read."
    for kind in KINDS:
        yield from _compared(connection, kind, images)
    for name, id_ in images:
        yield f"{_name(name, id_)} is in the journal, but not in the library any more."


def value_faults(connection: Any) -> Iterator[str]:
    """Records with a value that is not of its field's form, such as a day that does not exist."""
    for kind in KINDS:
        for values in _rows(connection, kind):
            try:
                from_values(kind, values)
            except (ValueError, TypeError, ArithmeticError):
                yield f"{_name(kind.KIND, values[0])} holds a value that can't be read."


def _told(images: Images, seq: int, rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        key = (str(row["kind"]), int(row["id"]))
        if images.pop(key, None) != row["before"]:
            yield f"Journal entry {seq} changed {_name(*key)} from a state that it was not in."
        if row["after"] is not None:
            images[key] = row["after"]


def _compared(connection: Any, kind: type[Record], images: Images) -> Iterator[str]:
    names = layout_of(kind).names
    for values in _rows(connection, kind):
        image = images.pop((kind.KIND, values[0]), None)
        if image is None:
            yield f"{_name(kind.KIND, values[0])} is in the library, but not in the journal."
            continue
        changed = [name for name, value in zip(names, values, strict=True) if image.get(name) != value]
        if changed:
            fields = ", ".join(name.replace("_", " ") for name in changed)
            yield f"{_name(kind.KIND, values[0])} was changed outside of the journal ({fields})."


def _rows(connection: Any, kind: type[Record]) -> Any:
    names = layout_of(kind).names
    columns = ", ".join(f'"{name}"' for name in names)
    return connection.execute(f"SELECT {columns} FROM {kind.KIND} ORDER BY id")  # noqa: S608 - our own names


def _name(kind: str, id_: int) -> str:
    title = KIND_BY_NAME[kind].TITLE if kind in KIND_BY_NAME else kind
    return f"{title[:1].upper()}{title[1:]} {id_}"
