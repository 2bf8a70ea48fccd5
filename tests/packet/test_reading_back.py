"""The packet of the sample case, read back by two other libraries."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest

from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Line
from medbills_desktop.packet.order import PacketOrder, PacketReport
from medbills_desktop.packet.page_geometry import MARKED_BAND, PageFrame, page_frame
from tests.packet.packets import far_off, picture, reader, stamp_of, texts

Sample = tuple[PacketOrder, PacketReport]


@pytest.fixture(scope="module")
def pages(sample: Sample) -> list[str]:
    return texts(sample[1].path)


@pytest.fixture(scope="module")
def read(sample: Sample) -> pypdf.PdfReader:
    return reader(sample[1].path)


def test_every_page_prints_the_number_that_it_has(sample: Sample, pages: list[str], read: pypdf.PdfReader) -> None:
    made = sample[1]
    assert len(pages) == len(read.pages) == made.pages
    assert read.page_labels == [str(number) for number in range(1, made.pages + 1)]
    for number, text in enumerate(pages, 1):
        assert f"page {number} of {made.pages}" in text


def test_the_outline_names_every_part_with_its_page(sample: Sample, read: pypdf.PdfReader) -> None:
    made = sample[1]
    entries: list[Any] = list(read.outline)
    titles = [entry.title for entry in entries]
    assert titles[:3] == ["Cover (p. 1)", "Summary (p. 2)", "Contents (p. 3)"]
    for entry in entries:
        named = int(re.search(r"\(p\. (\d+)\)$", entry.title)[1])  # type: ignore[index]
        assert read.get_destination_page_number(entry) == named - 1
        assert entry["/Type"] == "/XYZ"
        assert entry.get("/Zoom") in (None, 0) or isinstance(entry.get("/Zoom"), pypdf.generic.NullObject)
    exhibits = [title for title in titles if title.startswith("Exhibit ")]
    assert len(exhibits) == len(made.exhibits) == 17
    assert [f"Exhibit {each.letter}: {each.title} (p. {each.first_page})" for each in made.exhibits] == exhibits


def test_every_link_leads_to_the_page_that_its_words_name(sample: Sample, read: pypdf.PdfReader) -> None:
    pdf = pypdfium2.PdfDocument(sample[1].path)
    numbers = {page.indirect_reference.idnum: place for place, page in enumerate(read.pages, 1)}  # type: ignore[union-attr]
    links = 0
    for place, page in enumerate(read.pages):
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            assert link["/Subtype"] == "/Link"
            assert link["/Dest"][1] == "/XYZ"
            assert isinstance(link["/Dest"][4], pypdf.generic.NullObject), "the reader's zoom is kept"
            target = numbers[list.__getitem__(link["/Dest"], 0).idnum]
            left, bottom, right, top = (float(side) for side in link["/Rect"])
            said = pdf[place].get_textpage().get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
            assert int(re.findall(r"\d+", said)[-1]) == target, said
            links += 1
    pdf.close()
    assert links > 100


def test_every_row_of_the_contents_is_a_link(sample: Sample, read: pypdf.PdfReader) -> None:
    contents = read.pages[2]
    rows = [annotation.get_object() for annotation in contents["/Annots"]]
    assert len(rows) == len(read.outline)
    for row in rows:
        left, _, right, _ = (float(side) for side in row["/Rect"])
        assert right - left > 490


def test_the_cover_counts_the_packet_right(sample: Sample, pages: list[str]) -> None:
    made = sample[1]
    told = re.sub(r"\s+", " ", pages[0])
    assert f"This packet has {made.pages} pages, numbered 1 to {made.pages}, and 17 exhibits, A to Q." in told


def test_every_page_of_every_exhibit_is_there_with_its_stamp(sample: Sample, pages: list[str]) -> None:
    order, made = sample
    number = 0
    by_title = {source.document.shown_title: source for source in order.exhibits}
    for exhibit in made.exhibits:
        source = by_title[exhibit.title]
        assert isinstance(source.content, Path)
        with pikepdf.open(source.content) as paper:
            assert len(paper.pages) == exhibit.pages
        for own in range(1, exhibit.pages + 1):
            number = exhibit.first_page + own
            assert stamp_of(exhibit.letter, own, exhibit.pages, number, made.pages) in pages[number - 1]
            assert f"{source.document.paper_number}-{own}" in pages[number - 1]


def test_every_exhibit_page_looks_like_its_paper(sample: Sample) -> None:
    order, made = sample
    by_title = {source.document.shown_title: source for source in order.exhibits}
    with pikepdf.open(made.path) as pdf:
        frames = [page_frame(page.obj) for page in pdf.pages]
        shrinks = [page.obj.Contents.read_bytes().split(b"q ", 1)[-1].split()[0] for page in pdf.pages]
    for exhibit in made.exhibits:
        content = by_title[exhibit.title].content
        assert isinstance(content, Path)
        for own in range(1, exhibit.pages + 1):
            number = exhibit.first_page + own
            frame = frames[number - 1]
            marked = abs(float(shrinks[number - 1]) - frame.shrink) > 1e-4
            if marked:
                frame = PageFrame(frame.left, frame.bottom, frame.right, frame.top, frame.rotation, 1.0, MARKED_BAND)
            differing = far_off(picture(content, own), picture(made.path, number), frame)
            assert differing < (0.02 if marked else 0.006), f"exhibit {exhibit.letter}, page {own}"


def test_nothing_in_the_packet_acts_or_is_attached(sample: Sample) -> None:
    with pikepdf.open(sample[1].path) as pdf:
        assert set(pdf.Root.keys()) == {
            "/Type",
            "/Pages",
            "/Outlines",
            "/PageLabels",
            "/PageMode",
            "/ViewerPreferences",
            "/Lang",
            "/Metadata",
            "/MarkInfo",
            "/StructTreeRoot",
            "/MedBillsManifest",
        }
        assert pdf.Root.PageMode == "/UseOutlines"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_the_file_tells_nothing_of_the_computer(sample: Sample, read: pypdf.PdfReader) -> None:
    assert read.metadata is not None
    assert set(read.metadata) == {"/Title", "/Producer", "/MedBillsPacket"}
    assert str(read.metadata.title).startswith("Evidence packet: Lantern Hill Medical Center, Copperline")
    with pikepdf.open(sample[1].path) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
    assert sample[1].packet_id.encode() in xmp
    assert b"Date" not in xmp


def test_the_disputed_lines_add_up_to_the_figure_of_summary_and_cover(sample: Sample, pages: list[str]) -> None:
    lines = sample[0].case.all(Line)
    disputed = sum(line.disputed or 0 for line in lines)
    assert dollars(disputed) == "$525.95"
    for number in (1, 2, 4):
        assert "$525.95" in pages[number - 1]


def test_all_fonts_of_the_front_pages_are_embedded(sample: Sample) -> None:
    with pikepdf.open(sample[1].path) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        assert len(fonts.keys()) >= 2
        for name in fonts.keys():  # noqa: SIM118
            assert "/FontFile2" in fonts[name].FontDescriptor


def test_the_packet_is_valid_by_qpdf(sample: Sample) -> None:
    with pikepdf.open(sample[1].path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7"
    assert sample[1].path.read_bytes().count(b"%%EOF") == 1
