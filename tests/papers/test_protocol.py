"""Messages survive the pipe; what is not a message of ours is refused before anything is built from it."""

from __future__ import annotations

import json

import pytest

from medbills_desktop.papers.framing import MAX_HEADER, FrameReader, RequestReader, encode, request_bytes
from medbills_desktop.papers.protocol import (
    Box,
    ClosePaper,
    DrawPage,
    DrawThumbnail,
    Hit,
    OpenPaper,
    PageDrawn,
    PageSize,
    PaperClosed,
    PaperOpened,
    Ping,
    PixelBox,
    PixelFormat,
    Pong,
    ReadText,
    ReadWords,
    Refused,
    SearchText,
    TextFound,
    TextRead,
    Word,
    WordsRead,
    is_last,
)
from medbills_desktop.papers.reasons import Why, Worth, cant_show, notice
from medbills_desktop.papers.wire import ProtocolError

REQUESTS = [
    OpenPaper(number=1, document="a", path="/tmp/Ä \udc80.pdf", password="geheim ☂"),
    OpenPaper(number=2, document="a", path="b"),
    DrawPage(number=3, document="a", page=7, zoom=1.5, rotation=90, clip=PixelBox(1, 2, 3, 4)),
    DrawPage(number=4, document="a", page=1, zoom=2, pixels=PixelFormat.RGB),
    DrawThumbnail(number=5, document="a", page=1, side=64),
    ReadWords(number=6, document="a", page=1),
    ReadText(number=7, document="a", first_page=3, pages=2),
    SearchText(number=8, document="a", needle='"x"'),
    ClosePaper(number=9, document="a"),
    Ping(number=10),
]

DRAWN = PageDrawn(
    number=3, document="a", page=7, zoom=1.5, rotation=90, left=1, top=2, width=2, height=3, page_width=9,
    page_height=9, stride=8, pixel_format=PixelFormat.BGRA, pixels=bytes(range(24)),
)  # fmt: skip

ANSWERS = [
    PaperOpened(
        number=1,
        document="a",
        media_type="application/pdf",
        sizes=(PageSize(612.0, 792.5), PageSize(1.0, 2.0)),
        notices=(notice(Worth.ATTACHMENTS, ("scan.png", "ä.txt")),),
    ),
    DRAWN,
    WordsRead(number=6, document="a", page=1, words=(Word("größe", 1.0, 2.0, 3.0, 4.0, 0),)),
    TextRead(number=7, document="a", first_page=3, texts=("one\ntwo", ""), done=False),
    TextFound(number=8, document="a", through_page=4, hits=(Hit(2, (Box(1.0, 2.0, 3.0, 4.0),)),), done=True),
    PaperClosed(number=9, document="a"),
    Pong(number=10, open_papers=2, store_bytes=3),
    Refused(number=11, document="a", reason=cant_show(Why.PORTFOLIO, ("inner.pdf",))),
]


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_answers_come_out_as_they_went_in_however_the_pipe_chops_them(size: int) -> None:
    stream = b"".join(b"".join(encode(answer)) for answer in ANSWERS)
    reader, found = FrameReader(), []
    for start in range(0, len(stream), size):
        found += reader.feed(stream[start : start + size])
    assert found == ANSWERS


def test_requests_come_out_as_they_went_in() -> None:
    assert RequestReader().feed(b"".join(map(request_bytes, REQUESTS))) == REQUESTS


def test_only_a_piece_says_that_more_follows() -> None:
    assert [is_last(answer) for answer in ANSWERS].count(False) == 1


def test_sentences_are_looked_up_on_this_side_so_that_a_file_can_not_speak_to_the_person() -> None:
    head, _ = encode(Refused(number=1, document="", reason=cant_show(Why.DAMAGED)))
    assert b"damaged" in head
    assert b"can't" not in head


def framed(header: object, payload: bytes = b"") -> bytes:
    data = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(data).to_bytes(4, "big") + data + len(payload).to_bytes(8, "big") + payload


PONG = {"number": 1, "open_papers": 1, "store_bytes": 1}


@pytest.mark.parametrize(
    "data",
    [
        framed(b"not json"),
        framed(["Pong"]),
        framed(["Unknown", PONG]),
        framed(["Ping", {"number": 1}]),
        framed(["Pong", {"number": 1}]),
        framed(["Pong", {**PONG, "more": 1}]),
        framed(["Pong", {**PONG, "number": True}]),
        framed(["Pong", {**PONG, "number": "1"}]),
        framed(["Refused", {"number": 1, "document": "", "reason": ["no such reason", []]}]),
        framed(["Refused", {"number": 1, "document": "", "reason": ["damaged", [1]]}]),
        framed(["PaperOpened", {"number": 1, "document": "", "media_type": "", "sizes": [[1]], "notices": []}]),
        framed(b"[" * 200_000),
        (MAX_HEADER + 1).to_bytes(4, "big"),
        framed(["Pong", PONG])[:-8] + (2**63).to_bytes(8, "big"),
        b"".join(encode(DRAWN)).replace(b'"width":2', b'"width":3'),
        b"".join(encode(DRAWN)).replace(b'"stride":8', b'"stride":4'),
        b"".join(encode(DRAWN)).replace(b'"zoom":1.5', b'"zoom":NaN'),
    ],
)
def test_bytes_that_are_no_answer_end_the_conversation(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        FrameReader().feed(data)
