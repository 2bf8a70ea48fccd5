"""Whether a file is a recording, told by its first bytes and never by its name."""

from __future__ import annotations

from pathlib import Path

HEAD_BYTES = 64
"""How much of a file has to be looked at."""

SUFFIXES = {
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
    "audio/mp4": ".m4a",
    "audio/ogg": ".ogg",
    "audio/flac": ".flac",
    "audio/amr": ".amr",
    "audio/aiff": ".aiff",
    "audio/x-caf": ".caf",
    "audio/basic": ".au",
    "audio/webm": ".webm",
    "audio/x-ms-wma": ".wma",
}
"""The media types that are known, each with the ending by which a player knows it."""

_HEADS = (
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"caff", "audio/x-caf"),
    (b".snd", "audio/basic"),
    (b"\x1a\x45\xdf\xa3", "audio/webm"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "audio/x-ms-wma"),
)
_PICTURES = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"avif", b"crx "}
)
"""Brands of the same container that are pictures."""


def kind_of_sound(head: bytes) -> str | None:
    """The media type of a recording that begins with `head`, or `None` for anything else.

    Phones write sound and film into the same containers (MP4, WebM, Ogg), so a film counts as a recording too.
    """
    for beginning, kind in _HEADS:
        if head.startswith(beginning):
            return kind
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if head[4:8] == b"ftyp" and head[8:12] not in _PICTURES:
        return "audio/mp4"
    return _bare_frames(head)


def kind_of_sound_file(path: Path) -> str | None:
    """The media type of the recording at `path`, or `None`. Raises `OSError` where it can't be read."""
    with path.open("rb") as file:
        return kind_of_sound(file.read(HEAD_BYTES))


def _bare_frames(head: bytes) -> str | None:
    """MP3 and AAC without a beginning of their own: a frame header of eleven or twelve set bits, then sensible values.

    Layer I is left out: nothing records in it, and a text in UTF-16 begins like it.
    """
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, frequency = head[2] >> 4, head[2] >> 2 & 3
    sensible = version != 1 and layer in (1, 2) and rate not in (0, 15) and frequency != 3
    return "audio/mpeg" if head[1] & 0xE0 == 0xE0 and sensible else None
