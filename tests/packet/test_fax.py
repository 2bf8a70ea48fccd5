"""A packet for a fax machine: Letter, black and white, every number where it was, and nothing that was legible lost."""

from __future__ import annotations

import random
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.domain.records import Organization
from medbills_desktop.packet.fax import fax_labels, write_fax
from medbills_desktop.packet.verification import verify_packet
from medbills_desktop.papers.fax_pages import HEIGHT, SMALLEST_LETTERS, WIDTH, black_and_white, write_fax_pages
from tests.packet.packets import ROOT, build, order, paper, papers_case, reader

FONT = ROOT / "resources" / "fonts" / "MedBillsSans-Regular.ttf"


@pytest.fixture(scope="module")
def faxed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A packet with an upright, a wide and a very long paper, and its fax."""
    folder = tmp_path_factory.mktemp("fax")
    papers = [
        paper(folder / "upright.pdf", 2),
        paper(folder / "wide.pdf", 1, size=(842, 595)),
        paper(folder / "receipt.pdf", 1, size=(220, 1500)),
    ]
    case, sources = papers_case(papers, Organization(id=2, name="Elsewhere", kind="other"))
    made = build(order(case, sources, fax=True), folder)
    return made.path, fax_of(made.path, folder / "fax.pdf")


def fax_of(packet: Path, out: Path) -> Path:
    pages = out.with_name("pages.pdf")
    write_fax_pages(packet, 1, len(reader(packet).pages), pages, fax_labels(packet), FONT)
    write_fax(packet, pages, out, lambda _page: None)
    return out


def sheet(path: Path, page: int) -> Image.Image:
    """A page of a fax at its own dots, as another library draws it."""
    return pypdfium2.PdfDocument(path)[page - 1].render(scale=200 / 72).to_pil().convert("L")


def test_every_page_is_one_sheet_of_black_and_white_for_fax_machines(faxed: tuple[Path, Path]) -> None:
    packet, fax = faxed
    assert len(reader(fax).pages) == len(reader(packet).pages)
    for page in reader(fax).pages:
        assert [float(side) for side in page.mediabox] == [0, 0, 612, 792]
        assert page.get("/Rotate", 0) == 0
        assert "/Annots" not in page
        (image,) = (each.get_object() for each in page["/Resources"]["/XObject"].values())
        assert (image["/Filter"], image["/BitsPerComponent"]) == ("/CCITTFaxDecode", 1)
        assert (image["/Width"], image["/Height"]) == (WIDTH, HEIGHT)
        assert page.extract_text() == ""


def test_a_fax_is_whole_and_has_the_numbers_bookmarks_and_exhibits_of_its_packet(faxed: tuple[Path, Path]) -> None:
    _, fax = faxed
    assert verify_packet(fax) == []
    read = [pypdf.PdfReader(path) for path in faxed]
    assert read[0].page_labels == read[1].page_labels
    titles = [[entry.title for entry in each.outline] for each in read]
    assert titles[0] == titles[1]
    pages = [[each.get_destination_page_number(entry) for entry in each.outline] for each in read]
    assert pages[0] == pages[1]
    raw = bytearray(fax.read_bytes())
    raw[len(raw) // 2] ^= 1
    changed = fax.with_name("changed.pdf")
    changed.write_bytes(raw)
    assert verify_packet(changed)
    with pikepdf.open(fax) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_the_same_packet_gives_the_same_fax(faxed: tuple[Path, Path], tmp_path: Path) -> None:
    packet, fax = faxed
    assert fax_of(packet, tmp_path / "again.pdf").read_bytes() == fax.read_bytes()


def test_a_wide_page_is_turned_and_a_stamp_that_got_too_small_is_printed_once_more(faxed: tuple[Path, Path]) -> None:
    packet, fax = faxed
    labels = fax_labels(packet)
    wide, receipt = sorted(labels)[-2:]
    turned = sheet(fax, wide).rotate(90, expand=True)
    expected = pypdfium2.PdfDocument(packet)[wide - 1].render(scale=turned.width / 842).to_pil().convert("L")
    shift = (turned.height - expected.height) // 2
    part = turned.crop((0, shift, turned.width, shift + expected.height))
    assert ImageStat.Stat(ImageChops.difference(part, expected.resize(part.size))).mean[0] < 3
    band = sheet(fax, receipt).crop((0, HEIGHT - 70, WIDTH, HEIGHT)).point(lambda value: 255 if value < 128 else 0)
    assert ImageFont.truetype(FONT, 28).getbbox(labels[receipt][1])[3] >= SMALLEST_LETTERS
    alone = Image.new("L", band.size, 0)
    draw = ImageDraw.Draw(alone)
    draw.fontmode = "1"
    draw.text((WIDTH - 85, 29), labels[receipt][1], 255, ImageFont.truetype(FONT, 28), anchor="rs")
    right = (WIDTH // 2, 0, WIDTH, 70)
    assert ImageChops.difference(band.crop(right), alone.crop(right)).getbbox() is None
    assert f"page {receipt} of {len(reader(packet).pages)}" in labels[receipt][1]


def test_grey_rules_pale_print_fills_and_shadows_stay_legible() -> None:
    """Print on white, white on a fill, in the shadow of a photograph; a hairline; and what is covered stays black."""
    picture = Image.new("L", (1000, 1000), 255)
    draw, letters = ImageDraw.Draw(picture), ImageFont.truetype(FONT, 25)
    draw.text((40, 40), "Pale print", 150, letters)
    draw.line((40, 100, 960, 100), 205, 1)
    draw.rectangle((40, 140, 960, 190), 90)
    draw.text((60, 150), "White print", 255, letters)
    draw.rectangle((0, 300, 1000, 640), 110)
    draw.text((60, 450), "In the shadow", 45, letters)
    draw.rectangle((0, 700, 1000, 1000), 0)
    drawn = black_and_white(picture, 15).convert("L")

    def ink(*box: int) -> float:
        return 1 - ImageStat.Stat(drawn.crop(box)).mean[0] / 255

    assert 0.05 < ink(40, 40, 160, 75) < 0.5
    assert ink(40, 100, 960, 101) > 0.99
    assert 0.5 < ink(60, 145, 190, 185) < 0.95
    assert 0.05 < ink(60, 450, 230, 485) < 0.5
    assert ink(0, 705, 1000, 1000) == 1
    assert ink(0, 200, 1000, 290) == 0


def test_a_photograph_is_made_of_dots_and_print_beside_it_is_not(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "photo.pdf"), pagesize=(612, 792), invariant=1)
    blobs = Image.frombytes("L", (20, 20), random.Random(1).randbytes(400)).resize((400, 400), Image.Resampling.BICUBIC)
    shades = blobs.point([60 + value // 2 for value in range(256)])
    canvas.drawImage(ImageReader(shades), 100, 100, 300, 300)
    canvas.drawString(100, 600, "Print beside it")
    canvas.save()
    write_fax_pages(tmp_path / "photo.pdf", 1, 1, tmp_path / "fax.pdf", {}, FONT)
    page = sheet(tmp_path / "fax.pdf", 1)
    middle = ImageStat.Stat(page.crop((500, 1200, 900, 1800)))
    assert 90 < middle.mean[0] < 160
    assert middle.stddev[0] > 100
    words = page.crop((275, 500, 600, 540)).getcolors()
    assert words is not None
    assert {value for _, value in words} == {0, 255}
