"""A second net under the papers room: what acts, hides or tells about a computer is taken out of merged pages."""

from __future__ import annotations

import zlib
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Stream

_FROM_STREAMS = (
    "/AF",
    "/PieceInfo",
    "/Metadata",
    "/OPI",
    "/Alternates",
    "/LastModified",
    "/StructParent",
    "/StructParents",
    "/Measure",
    "/PtData",
)
_FROM_CATALOG_KEPT = ("/Type", "/Pages")


class Cleaner:
    """Takes attachments, private data, metadata and actions out of everything that pages draw; each object once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()

    def clean(self, resources: Any) -> None:
        """Clean a resource dictionary and all that hangs on it."""
        waiting = [resources]
        while waiting:
            value = waiting.pop()
            if not isinstance(value, Object) or not isinstance(value, Array | Dictionary | Stream):
                continue
            if value.is_indirect:
                if value.objgen in self._seen:
                    continue
                self._seen.add(value.objgen)
            if isinstance(value, Array):
                waiting.extend(value)
                continue
            entries = value.stream_dict if isinstance(value, Stream) else value
            if isinstance(value, Stream):
                _drop(entries, _FROM_STREAMS)
                _pack(value)
            elif entries.get("/Type") in _ACTING:
                _drop(entries, tuple(entries.keys()))
            waiting.extend(entries[key] for key in entries.keys() if key != "/Parent")  # noqa: SIM118


_ACTING = ("/Action", "/Filespec", "/EmbeddedFile", "/Rendition", "/MediaClip")


def clean_catalog(root: Any) -> None:
    """Leave nothing in the catalog but the pages: no scripts, forms, attachments, layers or outlines of the papers."""
    for key in list(root.keys()):
        if key not in _FROM_CATALOG_KEPT:
            del root[key]


def clean_front_page(page: Any) -> None:
    """Take out what the writer of the front pages adds without need, such as an empty page transition."""
    _drop(page, ("/Trans", "/Rotate"))


def _pack(stream: Any) -> None:
    """Compress what came without a filter, so that no program that saves the packet again has a reason to touch it."""
    if "/Filter" not in stream:
        stream.write(zlib.compress(stream.read_raw_bytes(), 6), filter=Name.FlateDecode)


def _drop(entries: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in entries:
            del entries[key]
