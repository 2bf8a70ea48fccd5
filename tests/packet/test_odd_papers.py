"""139 odd PDFs and pictures of every form in one packet: each is there as it looks, or a page says why it is not."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pymupdf
import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.packet.verification import verify_packet
from tests.packet.drawing import ENGINES, MOST_OFF, MUPDF, PDFIUM, Engine, dots_off
from tests.packet.odd_papers import (
    OddPacket,
    losing_words,
    make_packet_of,
    misread_stamps,
    not_papers,
    pictures,
    unlike,
)
from tests.packet.packets import links, stamp_of, texts
from tests.packet.test_active_content import FORBIDDEN, names_and_data

NOT_SHOWN = {
    "OCRmyPDF--invalid.pdf": "This file is damaged",
    "pdfjs--REDHAT-1531897-0.pdf": "This PDF has no pages",
    "pdfplumber--empty.pdf": "This file is empty",
    "scan.bmp": "This kind of file can't be shown here",
    "photo.avif": "This kind of file can't be shown here",
    "letter.docx": "This kind of file can't be shown here",
    "nothing.pdf": "This file is empty",
    "portal.pdf": "This file holds a web page, not a PDF",
    "half.pdf": "This file is damaged",
    "cut.jpg": "This file is damaged",
}
TOLD = {
    "OCRmyPDF--livecycle.pdf": "a kind that only Adobe's viewer shows fully",
    "pdfjs--Pages-tree-refs.pdf": "Some pages of this file are damaged and can't be shown: 2.",
    "pdfjs--PDFBOX-4352-0.pdf": "Some pages are in the packet as pictures of what is shown",
    "pdfjs--annotation-fileattachment.pdf": "Other files are attached inside this PDF; they are not shown: Test.txt.",
    "sample-files--with-attachment.pdf": "Other files are attached inside this PDF; they are not shown: image.png.",
    "pdfjs--bug1028735.pdf": "The file is slightly damaged; it was repaired for showing.",
    "moving.gif": "This picture moves; its first picture is shown.",
}


@pytest.fixture(scope="module")
def odd(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OddPacket]:
    folder = tmp_path_factory.mktemp("odd")
    places = [folder / name for name in ("originals", "work", "out")]
    for place in places:
        place.mkdir()
    originals, work, out = places
    files = sorted((shared / "samples" / "odd-pdfs").glob("*.pdf"))
    files += [*pictures(originals), *not_papers(originals)]
    before = _hashes(files)
    pymupdf.TOOLS.mupdf_display_errors(False)
    packet = make_packet_of(files, work, out)
    bitmaps = sorted(path.name for path in files if path.name.startswith("pdfjs--bitmap-"))
    # All of them show the same face, stored in another way each; `benchmarks/odd_papers.py` looks at every one.
    packet.unwatched = frozenset(bitmaps) - frozenset(bitmaps[::8])
    yield packet
    packet.close()
    pymupdf.TOOLS.mupdf_display_errors(True)
    assert _hashes(files) == before, "originals are never changed"
    assert [path.name for path in out.iterdir()] == ["packet.pdf"]


def _hashes(files: list[Path]) -> list[str]:
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]


def test_every_file_is_there_or_a_page_says_why_it_is_not(odd: OddPacket) -> None:
    assert len(odd.made.exhibits) == len(odd.files) == 139 + 21 + 7
    assert {place.title for place in odd.made.exhibits if not place.shown} == NOT_SHOWN.keys()
    assert len(odd.made.not_shown) == len(NOT_SHOWN)
    for title, reason in NOT_SHOWN.items():
        assert "This paper can’t be shown here" in odd.slip(title)
        assert reason in odd.slip(title), title
    pages = {place.title: place.pages for place in odd.made.exhibits}
    assert pages["fax.tiff"] == 3
    others = {path.name for path in odd.files if path.suffix != ".pdf"} - {"fax.tiff"} - NOT_SHOWN.keys()
    assert {pages[name] for name in others} == {1}


def test_what_was_done_to_a_paper_or_is_missing_from_it_is_told(odd: OddPacket) -> None:
    for title, notice in TOLD.items():
        assert notice in odd.slip(title), title


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_every_page_shows_what_its_original_shows(engine: Engine, odd: OddPacket) -> None:
    assert list(unlike(odd, engine)) == []


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_missing_line_of_small_print_would_be_noticed(engine: Engine, tmp_path: Path) -> None:
    for name, left_out in (("whole", None), ("less", 7)):
        canvas = Canvas(str(tmp_path / name), pagesize=(612, 792))
        canvas.setFont("Helvetica", 8)
        for line in range(40):
            if line != left_out:
                canvas.drawString(72, 700 - 10 * line, "Amount due 12.50")
        canvas.save()
    whole, less = (engine.paper(engine.opened(str(tmp_path / name))[0]) for name in ("whole", "less"))
    assert dots_off(whole, less) > 3 * MOST_OFF


def test_words_that_could_be_copied_from_an_original_can_be_copied_from_the_packet(odd: OddPacket) -> None:
    assert list(losing_words(odd)) == []


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_both_stamps_of_every_page_are_seen_upright_in_their_corner_and_on_nothing(
    engine: Engine, odd: OddPacket
) -> None:
    assert list(misread_stamps(odd, engine)) == []


def test_stamps_are_still_read_after_a_page_was_printed_and_sent_by_fax(odd: OddPacket) -> None:
    pages = sum(place.pages for place, _, _ in odd.watched)
    assert len(list(misread_stamps(odd, PDFIUM, fax=True))) <= pages / 100


def test_the_stamps_of_every_page_are_found_as_text_and_no_number_stands_twice(odd: OddPacket) -> None:
    shown = texts(odd.made.path)
    papers = {source.document.shown_title: source.document.paper_number for source in odd.sources}
    own_numbers = []
    for place, _, _ in odd.shown:
        for own in range(1, place.pages + 1):
            number = place.first_page + own
            assert stamp_of(place.letter, own, place.pages, number, odd.made.pages) in shown[number - 1], place.title
            own_numbers.append(f"{papers[place.title]}-{own}")
            assert re.search(rf"\b{own_numbers[-1]}\b", shown[number - 1]), place.title
    assert len(own_numbers) == len(set(own_numbers)) > 190


def test_nothing_acts_and_nothing_tells_where_a_photograph_was_taken(odd: OddPacket) -> None:
    with pikepdf.open(odd.made.path) as pdf:
        assert len(pdf.pages) == odd.made.pages
        for item in names_and_data(pdf):
            if isinstance(item, bytes):
                assert b"SECRET" not in item
                assert b"Exif\0" not in item
            else:
                assert item not in FORBIDDEN
                assert "SECRET" not in item


def test_photographs_inside_a_paper_are_the_same_byte_for_byte(odd: OddPacket) -> None:
    with pikepdf.open(odd.made.path) as pdf:
        there = {hashlib.sha256(data).hexdigest() for data in _jpegs(pdf)}
    seen = 0
    for place, original, _ in odd.shown:
        if original.suffix == ".pdf" and "pictures of what is shown" not in odd.slip(place.title):
            with contextlib.suppress(pikepdf.PdfError), pikepdf.open(original) as pdf:
                for data in _jpegs(pdf):
                    seen += 1
                    assert hashlib.sha256(data).hexdigest() in there, place.title
    assert seen == 4


def _jpegs(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """The photographs that pages draw, from where their dots begin: what a camera writes before is taken out."""
    for page in pdf.pages:
        waiting, seen = [page.obj.get("/Resources")], set()
        while waiting:
            resources = waiting.pop()
            for drawn in (resources or {}).get("/XObject", {}).values():
                if drawn.objgen in seen:
                    continue
                seen.add(drawn.objgen)
                if "/DCTDecode" in str(drawn.get("/Filter")):
                    data = drawn.read_raw_bytes()
                    data = zlib.decompress(data) if "/FlateDecode" in str(drawn.Filter) else data
                    yield data[data.index(b"\xff\xda") :].rstrip(b"\r\n")
                waiting.append(drawn.get("/Resources"))


def test_what_was_repaired_is_marked_in_the_manifest(odd: OddPacket) -> None:
    with pikepdf.open(odd.made.path) as pdf:
        manifest = json.loads(pdf.Root.MedBillsManifest.read_bytes())
    notices = {each["title"]: " ".join(each["notices"]) for each in manifest["exhibits"]}
    repaired = {title for title, told in notices.items() if "repaired for showing" in told}
    assert {"pdfjs--PDFBOX-4352-0.pdf", "pikepdf--378014596.pdf", "pdfplumber--issue-848.pdf"} <= repaired
    assert len(repaired) == 8


def test_a_paper_that_only_one_engine_opens_is_shown(odd: OddPacket) -> None:
    title = "pdfjs--GHOSTSCRIPT-698804-1-fuzzed.pdf"
    [(original, copy)] = [(original, copy) for place, original, copy in odd.shown if place.title == title]
    with contextlib.closing(MUPDF.opened(str(original))) as paper:
        assert len(paper) == 0
    with (
        contextlib.closing(PDFIUM.opened(str(original))) as paper,
        contextlib.closing(PDFIUM.opened(str(copy))) as shown,
    ):
        assert dots_off(PDFIUM.paper(paper[0]), PDFIUM.paper(shown[0])) <= MOST_OFF


def test_every_link_of_many_contents_pages_leads_to_the_page_that_it_names(odd: OddPacket) -> None:
    found = [link for link in links(odd.made.path) if link.words]
    assert len(found) > len(odd.files)
    for link in found:
        assert re.findall(r"\d+", link.words)[-1] == str(link.target), link


@pytest.mark.filterwarnings("ignore:pikepdf is missing some specialized decoders")
def test_the_packet_is_valid_and_whole(odd: OddPacket) -> None:
    assert verify_packet(odd.made.path) == []
    assert len(pypdf.PdfReader(odd.made.path).pages) == odd.made.pages
    with pikepdf.open(odd.made.path) as pdf:
        assert pdf.check_pdf_syntax() == []
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", odd.made.path], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
