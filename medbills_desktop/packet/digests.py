"""A digest of everything that a page draws, the same before and after saving, whatever the objects are numbered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

_NOT_COUNTED = ("/Parent", "/Length")
_MAY_BE_LISTED = ("/Filter", "/DecodeParms")
"""Entries that programs write with or without a list around a single item, to the same effect."""

_MOST_KNOWN = 1000
"""So many digests of shared objects are kept at a time; in a file of thousands of pages all would be megabytes."""

_by_name = itemgetter(0)


class PageDigests:
    """SHA-256 of pages of one file: of their dictionaries, resources, and the bytes of their streams as stored.

    Objects that several pages share are read once. Links to pages count as the page's place, so that a page's digest
    does not hold the pages that it leads to.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pages = {page.obj.objgen[0]: place for place, page in enumerate(pdf.pages)}
        self._known: dict[int, bytes] = {}
        self._open: set[int] = set()

    def of(self, page: Any) -> str:
        """The digest of a page dictionary, in hexadecimal."""
        return hashlib.sha256(b"".join(self._dictionary(page))).hexdigest()

    def _token(self, value: Any) -> bytes:
        if isinstance(value, Object) and value.is_indirect and isinstance(value, Array | Dictionary | Stream):
            return self._shared(value)
        return self._direct(value)

    def _shared(self, value: Any) -> bytes:
        key = value.objgen[0]  # no two objects of a file have the same number
        if key in self._pages:
            return b"page%d;" % self._pages[key]
        if key in self._open:
            return b"again;"
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:  # all but a few are used on one page
                self._known.clear()
            self._open.add(key)
            self._known[key] = hashlib.sha256(self._direct(value)).digest()
            self._open.discard(key)
        return self._known[key]

    def _direct(self, value: Any) -> bytes:
        if value is None:
            return b"null;"
        if isinstance(value, Name):
            return bytes(value.unparse(resolved=True)) + b";"  # not as text: names may hold any bytes
        if isinstance(value, bool | int | Decimal | float):
            return b"%s;" % str(value).encode()
        if isinstance(value, Stream):
            buffer = value.get_raw_stream_buffer()
            return b"stream{" + b"".join(self._dictionary(value.stream_dict)) + hashlib.sha256(buffer).digest() + b"}"
        if isinstance(value, Dictionary):
            return b"{" + b"".join(self._dictionary(value)) + b"}"
        if isinstance(value, Array):
            return b"[" + b"".join(self._token(item) for item in value) + b"]"
        if isinstance(value, String):
            return b"(%s)" % hashlib.sha256(bytes(value)).digest()
        return bytes(value.unparse(resolved=True)) if isinstance(value, Object) else repr(value).encode()

    def _dictionary(self, value: Any) -> Iterator[bytes]:
        for key, entry in sorted(value.items(), key=_by_name):
            if key not in _NOT_COUNTED:
                if key in _MAY_BE_LISTED and isinstance(entry, Array) and len(entry) == 1:
                    entry = entry[0]
                yield key.encode("utf-8", "surrogateescape") + b" " + self._token(entry)
