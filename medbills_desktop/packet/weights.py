"""What pages weigh in bytes, each object that several pages share counted once in a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pikepdf import Array, Dictionary, Object, Pdf, Stream

_AROUND = 40
"""Bytes that an object takes besides its content: its head, its place in the table of objects."""
_PER_PAGE = 150
"""Bytes of a page's entries in the outline and in the list by which the packet is proved."""
_PER_FILE = 8_000
"""Bytes of what every file has once: catalog, names, description, seal, and the sheet with which a volume begins."""

Key = tuple[int, int]


class Weights:
    """The sizes of the objects of a packet that is ready to be saved."""

    def __init__(self, pdf: Pdf) -> None:
        self._pages = [page.obj for page in pdf.pages]
        self._page_keys = {page.objgen for page in self._pages}
        self._known: dict[Key, tuple[int, tuple[Any, ...]]] = {}

    @property
    def base(self) -> set[Key]:
        """What every volume has, as its sheet is drawn with it: the fonts of the packet's own pages."""
        found: set[Key] = set()
        self._walk([self._pages[0].get("/Resources")], found)
        return found

    @staticmethod
    def of_file() -> int:
        """The bytes of a file without pages."""
        return _PER_FILE

    def more(self, numbers: Iterable[int], there: set[Key]) -> tuple[int, set[Key]]:
        """How many bytes pages (from 1) add to a file that holds some objects already, and the objects they bring."""
        found: set[Key] = set()
        total = 0
        for number in numbers:
            page = self._pages[number - 1]
            size, children = self._content(page)
            total += size + _PER_PAGE + self._walk(list(children), found, there)
        return total, found

    def of_all(self) -> int:
        """The bytes of one file with all pages."""
        return _PER_FILE + self.more(range(1, len(self._pages) + 1), set())[0]

    def of_objects(self, keys: set[Key]) -> int:
        return sum(self._known[key][0] for key in keys)

    def _walk(self, waiting: list[Any], found: set[Key], there: set[Key] | None = None) -> int:
        total = 0
        while waiting:
            value = waiting.pop()
            if not isinstance(value, Object) or value.objgen in self._page_keys:
                continue
            key = value.objgen
            if key in found or (there and key in there):
                continue
            found.add(key)
            if key not in self._known:
                self._known[key] = self._content(value)
            size, children = self._known[key]
            total += size
            waiting += children
        return total

    def _content(self, value: Any) -> tuple[int, tuple[Any, ...]]:
        """The bytes of one object and the objects that it names."""
        children: list[Any] = []
        inner: list[Any] = [value]
        while inner:
            each = inner.pop()
            if isinstance(each, Stream):
                entries: Iterable[Any] = [each.stream_dict[key] for key in each.stream_dict.keys()]  # noqa: SIM118
            elif isinstance(each, Dictionary):
                entries = [each[key] for key in each.keys() if key != "/Parent"]  # noqa: SIM118
            elif isinstance(each, Array):
                entries = list(each)
            else:
                continue
            for entry in entries:
                if isinstance(entry, Array | Dictionary | Stream):
                    (children if entry.is_indirect else inner).append(entry)
        if isinstance(value, Stream):
            length = int(value.stream_dict.get("/Length", 0)) or len(value.get_raw_stream_buffer())
            return _AROUND + length + len(value.stream_dict.unparse()), tuple(children)
        return _AROUND + len(value.unparse(resolved=True)), tuple(children)
