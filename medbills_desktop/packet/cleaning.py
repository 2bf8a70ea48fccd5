"""A second net under the papers room: what acts, hides or tells about a computer is taken out of merged pages."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Collection
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream

_FROM_STREAMS = frozenset(
    (
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
)
_LOSSLESS = frozenset(
    (
        "/FlateDecode",
        "/Fl",
        "/LZWDecode",
        "/LZW",
        "/ASCII85Decode",
        "/A85",
        "/ASCIIHexDecode",
        "/AHx",
        "/RunLengthDecode",
        "/RL",
    )
)
_FROM_CATALOG_KEPT = ("/Type", "/Pages")
TAGS = ("/StructTreeRoot", "/MarkInfo")
"""What else may be kept in a catalog of which it is known that the program has made it."""


class Cleaner:
    """Takes attachments, private data, metadata and actions out of everything that pages draw; each object once."""

    def __init__(self) -> None:
        self._seen: set[int] = set()  # by number alone: in a merged file no object has another generation

    def clean(self, resources: Any) -> None:
        """Clean a resource dictionary and all that hangs on it."""
        waiting = [resources]
        while waiting:
            value = waiting.pop()
            if not isinstance(value, Object) or not isinstance(value, Array | Dictionary | Stream):
                continue
            if value.is_indirect:
                number = value.objgen[0]
                if number in self._seen:
                    continue
                self._seen.add(number)
            if isinstance(value, Array):
                waiting.extend(value)
                continue
            is_stream = isinstance(value, Stream)
            if is_stream:
                _pack(value)
            entries = value.stream_dict if is_stream else value
            held = dict(entries.items())
            unwanted = _unwanted(held, is_stream)
            for key in unwanted:
                del entries[key]
            waiting.extend(each for key, each in held.items() if key != "/Parent" and key not in unwanted)


def _unwanted(held: dict[str, Any], is_stream: bool) -> Collection[str]:
    if is_stream:
        return _FROM_STREAMS & held.keys()
    return tuple(held) if held.get("/Type") in _ACTING else ()


_ACTING = ("/Action", "/Filespec", "/EmbeddedFile", "/Rendition", "/MediaClip")


def clean_catalog(root: Any, ours: tuple[str, ...] = ()) -> None:
    """Leave nothing in the catalog but the pages and `ours`.

    Scripts, forms, attachments, layers and outlines of the papers go.
    """
    for key in list(root.keys()):
        if key not in _FROM_CATALOG_KEPT and key not in ours:
            del root[key]


def clean_front_page(page: Any, cleaner: Cleaner) -> None:
    """Take out what the writer of the front pages adds without need, such as an empty page transition."""
    _drop(page, ("/Trans", "/Rotate"))
    cleaner.clean(page.Resources)
    _pack(page.Contents)


def _pack(stream: Any) -> None:
    """Pack anew what is packed in none of the usual ways, so that no program that saves the packet has a reason to.

    That is plain data, and what is written in letters or in the old ways that lose nothing; pictures are not touched.
    What can't be unpacked stays as it came.
    """
    filters = stream.get("/Filter")
    if isinstance(filters, Name) and (filters == Name.FlateDecode or str(filters) not in _LOSSLESS):
        return
    if isinstance(filters, Array) and len(filters) == 1:
        filters = stream.Filter = filters[0]
        parameters = stream.get("/DecodeParms")
        if isinstance(parameters, Array) and len(parameters) == 1:
            stream.DecodeParms = parameters[0]
    named = list(filters) if isinstance(filters, Array) else [] if filters is None else [filters]
    if [str(each) for each in named] == ["/FlateDecode"] or not all(str(each) in _LOSSLESS for each in named):
        return
    with contextlib.suppress(PdfError):
        stream.write(zlib.compress(stream.read_bytes(), 6), filter=Name.FlateDecode)


def _drop(entries: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in entries:
            del entries[key]
