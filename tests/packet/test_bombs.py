"""Papers that are small on the disk and huge when opened, or locked: each is shown or named, and the packet is made."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.domain.redaction import needles_of
from medbills_desktop.packet.order import CantShow
from medbills_desktop.packet.verification import verify_packet
from tests.packet.packets import build, changed, order, paper, papers_case, texts

SIDE = 60_000
METRE = 72 / 0.0254
NEEDLES = needles_of([Bill(id=1, biller_id=1, person_id=1, account_number="7788123409")])


def _png(path: Path) -> None:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    data = part(b"IHDR", head) + part(b"IDAT", zlib.compress(bytes(100))) + part(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + data)


def _jpeg(path: Path) -> None:
    frame = struct.pack(">HBHHB", 17, 8, SIDE, SIDE, 3) + b"\1\x22\0\2\x11\1\3\x11\1"
    scan = b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0"
    path.write_bytes(b"\xff\xd8\xff\xc0" + frame + scan + bytes(64) + b"\xff\xd9")


def _tiff(path: Path) -> None:
    tags = ((256, SIDE), (257, SIDE), (258, 8), (259, 1), (262, 1), (273, 200), (277, 1), (278, SIDE), (279, 100))
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    path.write_bytes(b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + bytes(300))


def _with_picture(packing: Any, data: bytes, bits: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with Pdf.new() as pdf:
            page = pdf.add_blank_page(page_size=(300, 200))
            image = pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Filter=packing)
            image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = SIDE, SIDE, bits, Name.DeviceGray
            page.obj.Resources = Dictionary(XObject=Dictionary(I=image))
            page.contents_add(b"q 300 0 0 200 0 0 cm /I Do Q")
            pdf.save(path)

    return write


def _jbig2() -> bytes:
    """A page of that size, and one generic region on it, of which hardly anything comes."""
    information = struct.pack(">IIIIBH", SIDE, SIDE, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", SIDE, SIDE, 0, 0, 0) + b"\0\3\xff\xfd\xff\2\xfe\xfe\xfe" + bytes(40)
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
        for number, kind, data in ((0, 48, information), (1, 38, region))
    )


def _ten_metres(path: Path) -> None:
    paper(path, text="Account 7788123409", size=(10 * METRE, 10 * METRE))


def _ten_metres_by_unit(path: Path) -> None:
    paper(path, text="Account 7788123409")

    def swell(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.UserUnit = 40

    changed(path, swell)


PAPERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "bomb.png": (_png, "image/png"),
    "bomb.jpg": (_jpeg, "image/jpeg"),
    "bomb.tiff": (_tiff, "image/tiff"),
    "flate.pdf": (_with_picture(Name.FlateDecode, zlib.compress(bytes(10_000_000)), 8), "application/pdf"),
    "jbig2.pdf": (_with_picture(Name.JBIG2Decode, _jbig2(), 1), "application/pdf"),
    "ten-metres.pdf": (_ten_metres, "application/pdf"),
    "by-unit.pdf": (_ten_metres_by_unit, "application/pdf"),
}


@pytest.mark.parametrize("redacted", [False, True], ids=["whole", "redacted"])
def test_papers_that_are_huge_when_opened_never_stop_the_packet(redacted: bool, tmp_path: Path) -> None:
    files = [tmp_path / name for name in PAPERS]
    for file in files:
        PAPERS[file.name][0](file)
    case, plain = papers_case([*files, paper(tmp_path / "fine.pdf")])
    (tmp_path / "work").mkdir()
    with ExhibitPreparer(tmp_path / "work", seconds=20) as preparer:
        sources = []
        for one in plain:
            assert isinstance(one.content, Path)
            kind = PAPERS.get(one.content.name, (None, "application/pdf"))[1]
            document = Document(**{**one.document.__dict__, "media_type": kind})
            sources.append(preparer.prepare(document, one.content, {}, None, NEEDLES if redacted else None))
    for source in sources:
        if isinstance(source.content, CantShow):
            assert source.content.what.endswith(".")
            assert source.content.todo
    (tmp_path / "out").mkdir()
    made = build(order(case, sources, redacted=redacted), tmp_path / "out")
    shown = {exhibit.title for exhibit in made.exhibits if exhibit.shown}
    assert {"fine.pdf", "ten-metres.pdf", "by-unit.pdf"} <= shown
    assert not {"bomb.png", "bomb.jpg", "bomb.tiff"} & shown
    assert len(made.not_shown) == len(PAPERS) + 1 - len(shown)
    assert verify_packet(made.path) == []
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["packet.pdf"]
    if redacted:
        assert not any("7788123409" in text for text in texts(made.path))


@pytest.mark.parametrize(("password", "said"), [("guess", "password"), (None, "password"), ("open sésame", "")])
def test_a_wrong_password_is_told_as_one_and_the_paper_named(password: str | None, said: str, tmp_path: Path) -> None:
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(paper(tmp_path / "plain.pdf")) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="open sésame", owner="owner"))
    _, (plain,) = papers_case([locked])
    (tmp_path / "work").mkdir()
    with ExhibitPreparer(tmp_path / "work") as preparer:
        source = preparer.prepare(plain.document, locked, {}, password, NEEDLES)
    if said:
        assert isinstance(source.content, CantShow)
        assert said in source.content.what
        assert password is None or password not in source.content.what + source.content.todo
        assert list((tmp_path / "work").iterdir()) == []
    else:
        assert isinstance(source.content, Path)
