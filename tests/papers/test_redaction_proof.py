"""The proof of a finished packet finds every real leak, and takes no notation, measure or hash for a number."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from medbills_desktop.domain.left_over import LeftOver, left_named
from medbills_desktop.domain.records import Bill
from medbills_desktop.domain.redaction import Needles, needles_of
from medbills_desktop.packet import manifest
from medbills_desktop.papers.drawn_data import is_font_file, tables_of_numbers
from medbills_desktop.papers.redaction_proof import prove
from tests.packet.packets import build, order, paper, papers_case
from tests.papers.attacks import ATTACKS, SECRET

NUMBER = "7788123409"


def account(number: str) -> Needles:
    return needles_of([Bill(id=1, biller_id=1, person_id=1, account_number=number)])


def places(path: Path, number: str) -> list[tuple[int, str, int]]:
    left = prove(path, account(number), manifest.KEY).left
    assert {each.kind for each in left} <= {"account_number"}
    return [(each.page, each.where, each.count) for each in left]


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proved")
    case, sources = papers_case([paper(folder / "a.pdf", pages=2)])
    return build(order(case, sources, redacted=True), folder).path


def _page(path: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(path)
    return path


def _fonts(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        streams = (each for each in pdf.objects if isinstance(each, pikepdf.Stream))
        return [data for data in (each.read_bytes() for each in streams) if is_font_file(data)]


def test_a_number_like_the_tables_of_a_font_can_have_its_packet(packet: Path) -> None:
    fonts = _fonts(packet)
    number = "0123456789"
    assert any(number.encode("utf-16-be") in font for font in fonts), "no font has its letters in a row any more"
    assert places(packet, number) == []


def test_digits_in_the_outlines_of_our_fonts_are_no_number(packet: Path) -> None:
    found = next((match for font in _fonts(packet) if (match := _digits(font))), None)
    assert found is not None, "no outline holds seven digits in a row any more"
    assert places(packet, found) == []


def _digits(data: bytes) -> str | None:
    runs = "".join(chr(byte) if 48 <= byte <= 57 else " " for byte in data).split()
    return next((run for run in runs if len(run) >= 7), None)


def test_digits_inside_the_packets_own_hashes_are_no_number(packet: Path) -> None:
    with pikepdf.open(packet) as pdf:
        told = json.loads(pdf.Root[manifest.KEY].read_bytes())
    hashes = [*told["page_sha256"], told["packet_id"], *(exhibit["sha256"] for exhibit in told["exhibits"])]
    for each in hashes:
        part = each[20:32]
        if sum(char.isdecimal() for char in part) >= 3 and len(set(part)) > 1:
            assert places(packet, part) == []
            assert prove(packet, account(part)).left, "it is not even found where nobody says that it is a hash"


def test_letters_written_as_hexadecimal_digits_are_read_as_letters(tmp_path: Path) -> None:
    def draw(written: bytes) -> Callable[[pikepdf.Pdf], None]:
        return lambda pdf: pdf.pages[0].contents_add(b"BT /F1 9 Tf 10 10 Td <" + written + b"> Tj ET")

    words = _page(tmp_path / "words.pdf", draw(b"Thin 2 pages of it".hex().encode()))
    assert b"2032207" in b"Thin 2 pages of it".hex().encode()
    assert places(words, "2032207") == []
    as_letters = _page(tmp_path / "letters.pdf", draw(f"No. {NUMBER}".encode().hex().encode()))
    assert (1, "drawing", 1) in places(as_letters, NUMBER)
    alone = _page(tmp_path / "alone.pdf", draw(NUMBER.encode()))
    assert (1, "numbers", 1) in places(alone, NUMBER)


@pytest.mark.parametrize(
    ("drawn", "where"),
    [
        (f"% {NUMBER}", "numbers"),
        (f"/N{NUMBER} gs", "numbers"),
        (f"0.{NUMBER} 0 0 1 0 0 cm", "numbers"),
        (f"BT /F1 9 Tf (a {NUMBER} b) Tj ET", "drawing"),
        ("BT /F1 9 Tf [(77) -40 (88) 9 (12) (34) -5 (09)] TJ ET", "drawing"),
        (f"/Span << /ActualText ({NUMBER}) >> BDC EMC", "drawing"),
    ],
)
def test_what_the_page_is_drawn_by_is_told_by_its_place(drawn: str, where: str, tmp_path: Path) -> None:
    path = _page(tmp_path / "a.pdf", lambda pdf: pdf.pages[0].contents_add(drawn.encode()))
    assert where in [each for _, each, _ in places(path, NUMBER)]


def _sfnt(*tables: tuple[bytes, int, bytes]) -> bytes:
    """A font file of tables: tag, where its entry says that it stands (0: where it does), data."""
    head = 12 + 16 * len(tables)
    entries, data = b"", b""
    for tag, stands, content in tables:
        at = stands or head + len(data)
        entries += tag + bytes(4) + at.to_bytes(4, "big") + len(content).to_bytes(4, "big")
        data += content
    return b"\0\1\0\0" + len(tables).to_bytes(2, "big") + bytes(6) + entries + data


def _with_font(data: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(zlib.compress(data), Filter=Name.FlateDecode)
        descriptor = pdf.make_indirect(Dictionary(Type=Name.FontDescriptor, FontFile2=stream))
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, FontDescriptor=descriptor)
        pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=font))

    return change


def test_names_in_a_font_are_searched_and_tables_of_numbers_are_not(tmp_path: Path) -> None:
    wide = NUMBER.encode("utf-16-be")
    honest = _sfnt((b"cmap", 0, b"\0\0" + wide), (b"name", 0, b"Some Sans"))
    assert len(tables_of_numbers(honest)) == 1
    assert places(_page(tmp_path / "a.pdf", _with_font(honest)), NUMBER) == []
    named = _sfnt((b"cmap", 0, b"\0\0"), (b"name", 0, b"Font of " + wide))
    assert places(_page(tmp_path / "b.pdf", _with_font(named)), NUMBER) == [(1, "font", 1)]
    behind = honest + b" " + NUMBER.encode()
    assert places(_page(tmp_path / "c.pdf", _with_font(behind)), NUMBER) == [(1, "font", 1)]
    own = _sfnt((b"OWN ", 0, NUMBER.encode()))
    assert places(_page(tmp_path / "d.pdf", _with_font(own)), NUMBER) == [(1, "font", 1)]


def test_a_font_that_hides_its_names_under_a_table_of_numbers_is_searched_whole(tmp_path: Path) -> None:
    secret = b"Font of " + NUMBER.encode()
    first = 12 + 32
    lying = _sfnt((b"name", 0, secret), (b"cmap", first, b"0" * len(secret)))
    assert tables_of_numbers(lying) == []
    assert places(_page(tmp_path / "a.pdf", _with_font(lying)), NUMBER) == [(1, "font", 1)]
    cut = _sfnt((b"cmap", 0, NUMBER.encode()))[:-2]
    assert tables_of_numbers(cut) == []
    assert tables_of_numbers(b"\0\1\0\0\xff\xff") == []


def test_the_dots_of_a_picture_are_told_as_such_with_the_page_that_shows_it(tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        dots = f"...{NUMBER}...".encode()
        image = pdf.make_stream(zlib.compress(dots), Filter=Name.FlateDecode, Type=Name.XObject, Subtype=Name.Image)
        image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = len(dots), 1, 8, Name.DeviceGray
        pdf.add_blank_page()
        inner = pdf.make_stream(b"/I Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        inner.Resources = Dictionary(XObject=Dictionary(I=image))
        pdf.pages[1].obj.Resources = Dictionary(XObject=Dictionary(F=inner))

    assert places(_page(tmp_path / "a.pdf", change), NUMBER) == [(2, "picture", 1)]


def test_a_hash_that_the_list_does_not_name_is_searched(packet: Path, tmp_path: Path) -> None:
    hidden = f"{'ab' * 20}{NUMBER}{'cd' * 7}"
    assert len(hidden) == 64
    with pikepdf.open(packet) as pdf:
        pdf.Root.Own = pdf.make_stream(hidden.encode())
        pdf.save(tmp_path / "a.pdf")
    assert (0, "data", 1) in places(tmp_path / "a.pdf", NUMBER)


def test_pages_of_a_packet_are_told_with_the_paper_that_is_there(packet: Path, tmp_path: Path) -> None:
    with pikepdf.open(packet) as pdf:
        told = json.loads(pdf.Root[manifest.KEY].read_bytes())
        slip = told["exhibits"][0]["slip_page"]
        pdf.pages[slip + 1].contents_add(f"% {NUMBER}".encode())
        pdf.save(tmp_path / "a.pdf")
    (left,) = prove(tmp_path / "a.pdf", account(NUMBER), manifest.KEY).left
    assert (left.page, left.paper) == (slip + 2, "Exhibit A, page 2")
    assert left_named(left.name) == left == LeftOver(slip + 2, "account_number", "numbers", 1)


@pytest.mark.parametrize("name", ["plain", "form in a form", "hidden and white text", "inline picture", "form field"])
def test_what_is_found_on_a_page_is_told_with_that_page(name: str, tmp_path: Path) -> None:
    ATTACKS[name](tmp_path / "a.pdf")
    assert 1 in [page for page, _, _ in places(tmp_path / "a.pdf", SECRET)]
