"""Messages of the paper protocol to bytes and back, incrementally, however a pipe chops them. Pure.

Frame: 4 bytes length of the header, the header (JSON, UTF-8), 8 bytes length of the payload, the payload
(pixels or nothing). Lengths are unsigned, big-endian. Frames that exceed the limits below, or don't match
`protocol`, raise ProtocolError: kill the worker then.
"""

from __future__ import annotations

import json
from typing import Any

from medbills_desktop.papers.protocol import (
    MAX_PIXELS,
    Answer,
    ClosePaper,
    DrawPage,
    DrawThumbnail,
    OpenPaper,
    PageDrawn,
    PaperClosed,
    PaperOpened,
    Ping,
    PixelFormat,
    Pong,
    ReadText,
    ReadWords,
    Refused,
    Request,
    SearchText,
    TextFound,
    TextRead,
    WordsRead,
)
from medbills_desktop.papers.wire import ProtocolError, field_hints, from_plain, to_plain

MAX_HEADER = 64 * 1024 * 1024
MAX_PAYLOAD = 256 * 1024 * 1024
"""Bytes; a whole-page picture of MAX_PIXELS fits."""

_REQUESTS: dict[str, type[Request]] = {
    kind.__name__: kind
    for kind in (OpenPaper, DrawPage, DrawThumbnail, ReadWords, ReadText, SearchText, ClosePaper, Ping)
}
_ANSWERS: dict[str, type[Answer]] = {
    kind.__name__: kind for kind in (PaperOpened, PageDrawn, WordsRead, TextRead, TextFound, PaperClosed, Pong, Refused)
}


def encode(message: Request | Answer) -> tuple[bytes, bytes]:
    """(head, payload) to be written one after the other; apart, so that pixels are not copied once more."""
    kind: type = type(message)
    hints = dict(field_hints(kind))
    payload = b""
    if isinstance(message, PageDrawn):
        payload = message.pixels
        del hints["pixels"]
    plain = {name: to_plain(hint, getattr(message, name)) for name, hint in hints.items()}
    header = json.dumps([kind.__name__, plain], separators=(",", ":")).encode("utf-8", "replace")
    return b"".join((len(header).to_bytes(4, "big"), header, len(payload).to_bytes(8, "big"))), payload


def request_bytes(request: Request) -> bytes:
    """A request as one piece, ready for QProcess.write or a pipe."""
    return b"".join(encode(request))


class _Frames:
    """Cuts a byte stream into (name, fields, payload), however the pipe happened to chop it."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def _cut(self, data: bytes) -> list[tuple[str, dict[str, Any], bytes]]:
        self._buffer += data
        frames = []
        start = 0
        while (frame := self._frame_at(start)) is not None:
            start, header, payload = frame
            frames.append((*_named(header), payload))
        if start:
            del self._buffer[:start]
        return frames

    def _frame_at(self, start: int) -> tuple[int, bytes, bytes] | None:
        buffer = self._buffer
        if len(buffer) < start + 4:
            return None
        header_length = int.from_bytes(buffer[start : start + 4], "big")
        if header_length > MAX_HEADER:
            raise ProtocolError("the header is too long")
        payload_at = start + 4 + header_length + 8
        if len(buffer) < payload_at:
            return None
        payload_length = int.from_bytes(buffer[payload_at - 8 : payload_at], "big")
        if payload_length > MAX_PAYLOAD:
            raise ProtocolError("the payload is too long")
        end = payload_at + payload_length
        if len(buffer) < end:
            return None
        with memoryview(buffer) as view:
            return end, bytes(view[start + 4 : payload_at - 8]), bytes(view[payload_at:end])


class FrameReader(_Frames):
    """Answers out of the worker's output, incrementally: feed it whatever bytes have arrived."""

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that are complete now, in order. Raises ProtocolError: then kill the worker."""
        return [_answer(name, fields, payload) for name, fields, payload in self._cut(data)]


class RequestReader(_Frames):
    """The worker's side of the same thing."""

    def feed(self, data: bytes) -> list[Request]:
        """The requests that are complete now, in order. Raises ProtocolError."""
        return [_built(_REQUESTS, name, fields) for name, fields, _ in self._cut(data)]


def _named(header: bytes) -> tuple[str, dict[str, Any]]:
    try:
        parts = json.loads(header)
    except (ValueError, RecursionError) as fault:
        raise ProtocolError("the header is not JSON") from fault
    match parts:
        case [str(name), dict(fields)]:
            return name, fields
    raise ProtocolError("the header is not a message")


def _answer(name: str, fields: dict[str, Any], payload: bytes) -> Answer:
    extra: dict[str, Any] = {"pixels": payload} if name == PageDrawn.__name__ else {}
    answer: Answer = _built(_ANSWERS, name, fields, extra)
    if isinstance(answer, PageDrawn):
        per_pixel = 4 if answer.pixel_format is PixelFormat.BGRA else 3
        if (
            min(answer.width, answer.height) < 1
            or answer.width * answer.height > MAX_PIXELS
            or answer.stride < answer.width * per_pixel
            or len(payload) != answer.stride * answer.height
        ):
            raise ProtocolError("the pixels do not fit their description")
    return answer


def _built(kinds: dict[str, Any], name: str, fields: dict[str, Any], extra: dict[str, Any] | None = None) -> Any:
    kind = kinds.get(name)
    if kind is None:
        raise ProtocolError("an unknown message")
    values = dict(extra or {})
    hints = field_hints(kind)
    if set(hints) - set(values) != set(fields):
        raise ProtocolError("fields are missing or unknown")
    for field, value in fields.items():
        values[field] = from_plain(hints[field], value)
    return kind(**values)
