"""`verify` notices every changed bit, names the pages that changed, and needs nothing but the file."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pypdf.annotations
import pytest
from pikepdf import Array, Dictionary, Name

from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.order import PacketOrder, PacketReport
from medbills_desktop.packet.verification import is_packet, verify_packet
from tests.packet.packets import build, order, paper, papers_case

Sample = tuple[PacketOrder, PacketReport]
AGAIN = "Every page is as it was made, though: another program may have saved the file again."


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    case, sources = papers_case([paper(tmp_path / "a.pdf", pages=3), paper(tmp_path / "b.pdf")])
    return build(order(case, sources), tmp_path).path


def test_a_packet_just_made_is_whole(sample: Sample, packet: Path) -> None:
    assert verify_packet(sample[1].path) == []
    assert verify_packet(packet) == []
    assert is_packet(packet)


def test_every_flipped_bit_is_noticed(packet: Path, tmp_path: Path) -> None:
    data = packet.read_bytes()
    dice = random.Random(20250331)
    flipped = tmp_path / "flipped.pdf"
    for _ in range(150):
        place = dice.randrange(len(data))
        flipped.write_bytes(data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :])
        assert verify_packet(flipped), f"byte {place}"


@pytest.mark.parametrize("part", [b"", b"%%EOF", b"\n% a comment"])
def test_what_is_cut_off_or_added_at_the_end_is_noticed(part: bytes, packet: Path, tmp_path: Path) -> None:
    data = packet.read_bytes()
    other = tmp_path / "other.pdf"
    other.write_bytes(data + part if part else data[:-1])
    assert verify_packet(other)


def _turn(pdf: pikepdf.Pdf) -> None:
    pdf.pages[5].obj.Rotate = 90


def _write_on(pdf: pikepdf.Pdf) -> None:
    pdf.pages[5].obj.Contents = pdf.make_stream(pdf.pages[5].obj.Contents.read_bytes() + b" 0 0 9 9 re f")


def _note(pdf: pikepdf.Pdf) -> None:
    box = Array([0, 0, 9, 9])
    pdf.pages[5].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=box, Contents="hello")])


@pytest.mark.parametrize("change", [_turn, _write_on, _note])
def test_the_page_that_was_changed_is_named(
    change: Callable[[pikepdf.Pdf], None], packet: Path, tmp_path: Path
) -> None:
    with pikepdf.open(packet) as pdf:
        change(pdf)
        pdf.save(tmp_path / "changed.pdf")
    assert verify_packet(tmp_path / "changed.pdf")[0] == "Page 6 is not as it was made."


def test_a_picture_inside_an_exhibit_can_not_be_exchanged(sample: Sample, tmp_path: Path) -> None:
    photo = next(each for each in sample[1].exhibits if each.title.endswith("photographed"))
    number = photo.first_page + 1
    with pikepdf.open(sample[1].path) as pdf:
        drawing = pdf.pages[number - 1].obj.Resources.XObject.MBPage
        pictures = drawing.Resources.XObject
        image = pictures[next(iter(pictures.keys()))]
        image.write(image.read_raw_bytes()[:-1] + b"\x00", filter=Name.DCTDecode)
        pdf.save(tmp_path / "changed.pdf")
    assert verify_packet(tmp_path / "changed.pdf")[0] == f"Page {number} is not as it was made."


def test_a_page_that_was_taken_out_is_noticed(packet: Path, tmp_path: Path) -> None:
    with pikepdf.open(packet) as pdf:
        pages = len(pdf.pages)
        del pdf.pages[-1]
        pdf.save(tmp_path / "shorter.pdf")
    first = verify_packet(tmp_path / "shorter.pdf")[0]
    assert first == f"The packet was made with {pages} pages; this file has {pages - 1}."


@pytest.mark.parametrize("options", [{}, {"linearize": True}, {"compress_streams": False}])
def test_a_packet_that_was_only_saved_again_is_told_apart(
    options: dict[str, bool], sample: Sample, tmp_path: Path
) -> None:
    with pikepdf.open(sample[1].path) as pdf:
        pdf.save(tmp_path / "again.pdf", **options)  # type: ignore[arg-type]
    problems = verify_packet(tmp_path / "again.pdf")
    assert problems[-1] == AGAIN
    assert len(problems) == 2


def _noted_behind(packet: Path, times: int) -> Path:
    """A packet to which another program added a note behind its end, as such programs also add signatures."""
    for _ in range(times):
        writer = pypdf.PdfWriter(packet, incremental=True)
        writer.add_annotation(1, pypdf.annotations.Text(rect=(9, 9, 30, 30), text="hello"))
        packet = packet.with_name("added.pdf")
        writer.write(packet)
    return packet


@pytest.mark.parametrize("times", [1, 2])
def test_what_was_added_behind_a_packet_is_told_from_the_packet_before_it(times: int, packet: Path) -> None:
    made = packet.read_bytes()
    added = _noted_behind(packet, times)
    assert added.read_bytes().startswith(made)
    told = f"Its first {len(made):,} bytes are the packet as it was made, though"
    problems = verify_packet(added)
    assert problems[0] == "Page 2 is not as it was made."
    assert [told in each for each in problems] == [False, False, True]
    for place in (40, len(made) // 2, len(made) - 7):
        data = bytearray(added.read_bytes())
        data[place] ^= 1
        added.with_name("changed.pdf").write_bytes(data)
        assert not any(told in each for each in verify_packet(added.with_name("changed.pdf")))


def test_something_added_to_the_file_is_noticed(packet: Path, tmp_path: Path) -> None:
    with pikepdf.open(packet) as pdf:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="1")
        with pdf.open_outline() as outline:
            del outline.root[0]
        pdf.save(tmp_path / "more.pdf")
    problems = " ".join(verify_packet(tmp_path / "more.pdf"))
    assert "/OpenAction" in problems
    assert "outline" in problems


def test_a_changed_manifest_is_noticed(packet: Path, tmp_path: Path) -> None:
    with pikepdf.open(packet) as pdf:
        kept = pdf.Root.MedBillsManifest
        kept.write(kept.read_bytes().replace(b'"a.pdf"', b'"z.pdf"'))
        pdf.save(tmp_path / "changed.pdf")
    assert verify_packet(tmp_path / "changed.pdf")[0].startswith("The list of pages and exhibits inside the packet")


def test_the_manifest_holds_what_the_statement_of_copies_prints(sample: Sample) -> None:
    order_of, made = sample
    with pikepdf.open(made.path) as pdf:
        kept = json.loads(pdf.Root.MedBillsManifest.read_bytes())
    assert kept["packet_id"] == made.packet_id
    assert kept["pages"] == made.pages == len(kept["page_sha256"])
    hashes = {each["letter"]: each["sha256"] for each in kept["exhibits"]}
    originals = {source.document.shown_title: source.document.sha256 for source in order_of.exhibits}
    assert hashes == {each.letter: originals[each.title] for each in made.exhibits}


def test_other_files_are_told_apart(tmp_path: Path) -> None:
    other = paper(tmp_path / "other.pdf")
    assert verify_packet(other) == ["This file is not a packet of MedBills, or what proves it was taken out."]
    assert not is_packet(other)
    (tmp_path / "text.pdf").write_text("hello")
    assert verify_packet(tmp_path / "text.pdf")[0].startswith("This file is not a packet")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    assert verify_packet(tmp_path / "broken.pdf") == ["The file is damaged: it can’t be opened as a PDF."]
    with pytest.raises(UserError):
        verify_packet(tmp_path / "nothing.pdf")
