"""A JPEG without its private parts, not decoded: what a PDF may carry unchanged, less camera data and places.

Markers are those of ITU-T T.81, table B.1. Everything that is not needed to decode the picture is left out:
Exif with its GPS position and thumbnail, XMP, Photoshop and maker's segments, comments, and whatever
follows the end of the picture (phones append a second one).
"""

from __future__ import annotations

from dataclasses import dataclass

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_FRAMES = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES = (0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
_TABLES = (0xC4, 0xDB, 0xDD)
_JFIF, _ADOBE = 0xE0, 0xEE
_RESTARTS = frozenset(range(0xD0, 0xD8))


@dataclass(frozen=True)
class PlainJpeg:
    """The stripped stream and what a PDF has to say about it; `inverted` for CMYK as Adobe's programs write
    it."""

    data: bytes
    width: int
    height: int
    components: int
    inverted: bool


def plain_jpeg(data: bytes) -> PlainJpeg | None:
    """The stream stripped, or None when a PDF can't carry it as it is: lossless, arithmetic, 12-bit, cut
    off, RGB without a mark that says so."""
    kept: list[bytes] = [b"\xff\xd8"]
    frame: bytes | None = None
    adobe: int | None = None
    at = 2
    while (marker := _marker_at(data, at)) is not None:
        code, at = marker
        if code == _EOI:
            return _described(b"".join([*kept, b"\xff\xd9"]), frame, adobe)
        length = int.from_bytes(data[at : at + 2], "big")
        segment = data[at : at + length]
        if length < 2 or len(segment) < length or code in _OTHER_FRAMES:
            return None
        at += length
        if code in _FRAMES:
            frame = segment
        if code == _ADOBE and segment[2:7] == b"Adobe" and length >= 14:
            adobe = segment[13]
        if code in _FRAMES or code in _TABLES or code in {_JFIF, _ADOBE, _SOS}:
            kept.append(bytes((0xFF, code)) + _short(code, segment))
        if code == _SOS:
            end = _scan_end(data, at)
            if end is None:
                return None
            kept.append(data[at:end])
            at = end
    return None


def _marker_at(data: bytes, at: int) -> tuple[int, int] | None:
    """The marker code at or after fill bytes, and where its segment starts."""
    while at + 1 < len(data) and data[at] == 0xFF:
        if data[at + 1] != 0xFF:
            return data[at + 1], at + 2
        at += 1
    return None


def _scan_end(data: bytes, at: int) -> int | None:
    """Where the next real marker after compressed picture data is."""
    while (found := data.find(b"\xff", at)) >= 0 and found + 1 < len(data):
        if data[found + 1] == 0xFF:
            at = found + 1
        elif data[found + 1] == 0 or data[found + 1] in _RESTARTS:
            at = found + 2
        else:
            return found
    return None


def _short(code: int, segment: bytes) -> bytes:
    """A JFIF segment without the thumbnail that it may hold; other segments as they are."""
    if code == _JFIF and segment[2:7] == b"JFIF\0" and len(segment) >= 16:
        return b"\0\x10" + segment[2:14] + b"\0\0"
    return segment


def _described(data: bytes, frame: bytes | None, adobe: int | None) -> PlainJpeg | None:
    if frame is None or len(frame) < 8 or frame[2] != 8:
        return None
    height, width, components = int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[5:7], "big"), frame[7]
    names = frame[8 : 8 + 3 * components : 3]
    if components not in {1, 3, 4} or 0 in {width, height} or (names == b"RGB" and adobe is None):
        return None
    return PlainJpeg(data, width, height, components, inverted=components == 4 and adobe is not None)
