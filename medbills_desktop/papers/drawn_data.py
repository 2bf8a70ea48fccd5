"""The data of a PDF taken apart into what somebody could read as text and what is only notation or measure.

A stream of drawing commands holds strings and numbers; the digits of `<546869>` are letters written down as numbers, so
they are read as what they mean. A font holds tables of sixteen-bit numbers beside its names. Nothing is left out of the
search without being searched in another way.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from itertools import pairwise

_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]{2,}>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SFNT = (b"\0\1\0\0", b"true", b"OTTO", b"typ1")
_OF_NUMBERS = frozenset(
    b"OS/2,VDMX,LTSH,cmap,cvt ,fpgm,gasp,glyf,hdmx,head,hhea,hmtx,kern,loca,maxp,prep,vhea,vmtx".split(b",")
)
"""Tables of a font that hold nothing but numbers: outlines, widths and which glyph stands for which letter."""


def shown_strings(data: bytes) -> Iterator[bytes]:
    """The strings of drawing commands, which may show a number in several pieces."""
    for found in _STRING.finditer(data):
        yield _meant(found[0])


def beside_strings(data: bytes, wanted: Container[bytes]) -> bytes:
    """Drawing commands without the strings that `shown_strings` gives: their numbers, names, comments and the rest.

    A string of hexadecimal digits stays where these digits, all of them, are one of the `wanted` things themselves.
    """

    def kept(found: re.Match[bytes]) -> bytes:
        written = found[0]
        return written if written.startswith(b"<") and b"".join(written[1:-1].split()) in wanted else b" "

    return _STRING.sub(kept, data)


def _meant(written: bytes) -> bytes:
    inner = written[1:-1]
    if written.startswith(b"("):
        return _ESCAPE.sub(_unescaped, inner)
    digits = b"".join(inner.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _unescaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what[:1] in b"01234567":
        return bytes((int(what, 8) & 255,))
    return b"" if what in (b"\n", b"\r", b"\r\n") else _LETTERS.get(what, what)


def is_font_file(data: bytes) -> bool:
    """Whether these are the bytes of a TrueType or OpenType font."""
    return data[:4] in _SFNT


def tables_of_numbers(font: bytes) -> list[tuple[int, int]]:
    """Where in a font file (from, up to) tables of numbers stand; nothing where its directory can't be true."""
    count = int.from_bytes(font[4:6], "big")
    first = 12 + 16 * count
    tables = []
    for at in range(12, first, 16):
        entry = font[at : at + 16]
        start, length = int.from_bytes(entry[8:12], "big"), int.from_bytes(entry[12:16], "big")
        if len(entry) < 16 or start < first or start + length > len(font):
            return []
        tables.append((start, start + length, entry[:4] in _OF_NUMBERS))
    tables.sort()
    if any(before[1] > after[0] for before, after in pairwise(tables)):
        return []
    return [(start, end) for start, end, of_numbers in tables if of_numbers]
