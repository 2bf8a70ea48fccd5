"""Stamps on pages of every odd kind: read by two engines, and looked at where reading is no proof."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.packet.page_geometry import PageFrame, page_frame
from medbills_desktop.packet.stamping import SIZE
from medbills_desktop.packet.verification import verify_packet
from tests.packet.drawing import ENGINES
from tests.packet.odd_papers import misread
from tests.packet.packets import build, changed, order, paper, papers_case, picture, second_picture, stamp_of, texts


def _rotate(degrees: int) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = degrees

    return change


def _crop(pdf: Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([50, 40, 500, 700])


def _crop_and_rotate(pdf: Pdf) -> None:
    _crop(pdf)
    pdf.pages[0].obj.Rotate = 90


def _inherited(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    pdf.Root.Pages.Rotate = 270
    pdf.Root.Pages.MediaBox = page.MediaBox
    pdf.Root.Pages.CropBox = Array([20, 20, 600, 700])
    del page["/MediaBox"]
    for key in ("/Rotate", "/CropBox"):
        if key in page:
            del page[key]


def _moved(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"1 0 0 1 100 -300 cm\n" + page.Contents.read_bytes())
    page.MediaBox = Array([100, -300, 712, 492])


def _inverted(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([612, 792, 0, 0])


def _user_unit(pdf: Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 2


def _scaled_without_end(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0.2 0 0 0.2 0 0 cm q q")


def _too_many_ends(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"Q Q " + page.Contents.read_bytes() + b" Q Q Q")


def _taken_font_names(pdf: Pdf) -> None:
    fonts = pdf.pages[0].obj.Resources.Font
    dingbats = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats))
    for name in ("/helv", "/Helv", "/MBFont0", "/MBFont0x1"):
        fonts[name] = dingbats


def _taken_drawing_name(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(MBPage=pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form))
    page.Resources.XObject.MBPage.BBox = Array([0, 0, 1, 1])


def _many_streams(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    data = page.Contents.read_bytes()
    middle = data.index(b"BT")
    page.Contents = Array([pdf.make_stream(data[:middle]), pdf.make_stream(data[middle:])])


def _no_resources(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"0 0 0 rg 61 79 300 16 re f")
    del page["/Resources"]


def _no_contents(pdf: Pdf) -> None:
    del pdf.pages[0].obj["/Contents"]


def _broken_box(pdf: Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([0, 0, 0, 0])


ODD = {
    "turned-90": _rotate(90),
    "turned-180": _rotate(180),
    "turned-270": _rotate(270),
    "turned-450": _rotate(450),
    "turned-back": _rotate(-90),
    "cropped": _crop,
    "cropped-and-turned": _crop_and_rotate,
    "inherited": _inherited,
    "origin-elsewhere": _moved,
    "corners-swapped": _inverted,
    "user-unit": _user_unit,
    "scale-left-open": _scaled_without_end,
    "too-many-restores": _too_many_ends,
    "font-names-taken": _taken_font_names,
    "drawing-name-taken": _taken_drawing_name,
    "several-streams": _many_streams,
    "no-resources": _no_resources,
    "no-contents": _no_contents,
    "crop-box-of-nothing": _broken_box,
}
READ_OTHERWISE = {"crop-box-of-nothing"}
"""Pages whose originals the second engine shows in another place; the stamped page is plain to both."""
SIZES = {"letter": (612, 792), "tiny": (36, 36), "huge": (14400, 14400), "receipt": (200, 3000), "banner": (3000, 200)}


def _stamped(path: Path, folder: Path) -> tuple[Path, int, PageFrame, PageFrame]:
    """The packet of one paper, the page of its first page, and the frames of the page before and after."""
    case, sources = papers_case([path])
    made = build(order(case, sources), folder)
    page = made.exhibits[0].first_page + 1
    with pikepdf.open(path) as before, pikepdf.open(made.path) as after:
        return made.path, page, page_frame(before.pages[0].obj), page_frame(after.pages[page - 1].obj)


def _assert_stamp_is_read(packet: Path, page: int, frame: PageFrame) -> None:
    """As text by two libraries, and as it is drawn by two engines: upright, at its place and of its size."""
    pages = len(texts(packet))
    stamp = stamp_of("A", 1, 1, page, pages)
    assert stamp in texts(packet)[page - 1]
    assert stamp in pypdf.PdfReader(packet).pages[page - 1].extract_text()
    for engine in ENGINES:
        with contextlib.closing(engine.opened(str(packet))) as pdf:
            assert list(misread(engine, pdf[page - 1], frame, ("P0001-1", stamp))) == []


def _shrunk(original: Image.Image, frame: PageFrame) -> tuple[int, int, int, int]:
    """Where the original stands on the stamped page's picture of the same size, in pixels from the top."""
    scale = original.width / frame.width
    left, bottom = frame.shrunk(0, 0)
    right, top = frame.shrunk(frame.width, frame.height)
    edges = (left, frame.height - top, right, frame.height - bottom)
    return tuple(round(edge * scale) for edge in edges)  # type: ignore[return-value]


def _assert_looks_like(original: Image.Image, stamped: Image.Image, frame: PageFrame) -> None:
    """Every part of the original is there at its place, a little smaller; the stamp is upright below it."""
    box = _shrunk(original, frame)
    inner = (box[0] + 3, box[1] + 3, box[2] - 3, box[3] - 3)
    expected = original.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS)
    expected = expected.crop((3, 3, expected.width - 3, expected.height - 3))
    shown = stamped.crop(inner).resize(expected.size)
    difference = ImageChops.difference(expected, shown)
    assert sum(difference.histogram()[160:]) <= 0.002 * expected.width * expected.height + 20
    below = stamped.crop((0, box[3] + 2, stamped.width, stamped.height))
    ink = below.point(lambda value: 255 if value < 140 else 0).getbbox()
    assert ink is not None
    assert ink[3] - ink[1] < 0.05 * min(stamped.size), "the letters stand upright in one line"
    assert ink[2] > 0.75 * stamped.width


@pytest.mark.parametrize("name", ODD)
def test_the_stamp_is_upright_and_the_page_is_whole(name: str, tmp_path: Path) -> None:
    path = changed(paper(tmp_path / "odd.pdf"), ODD[name])
    packet, page, before, after = _stamped(path, tmp_path)
    assert (before.width, before.height) == pytest.approx((after.width, after.height))
    _assert_stamp_is_read(packet, page, after)
    _assert_looks_like(picture(path, 1, 900), picture(packet, page, 900), after)
    if name not in READ_OTHERWISE:
        _assert_looks_like(second_picture(path, 1, 900), second_picture(packet, page, 900), after)


@pytest.mark.parametrize("name", SIZES)
def test_the_stamp_fits_pages_of_any_size(name: str, tmp_path: Path) -> None:
    path = paper(tmp_path / "size.pdf", size=SIZES[name])
    packet, page, _, after = _stamped(path, tmp_path)
    _assert_stamp_is_read(packet, page, after)
    assert 0.01 < SIZE * after.measure / after.height < 0.05 or name == "receipt"
    wide = 900 if after.width <= after.height * 2 else 3000
    _assert_looks_like(picture(path, 1, wide), picture(packet, page, wide), after)


def test_two_pages_that_share_their_content_have_a_stamp_of_their_own_each(tmp_path: Path) -> None:
    def share(pdf: Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.pages[0].obj.Contents
        pdf.pages[1].obj.Resources = pdf.pages[0].obj.Resources

    path = changed(paper(tmp_path / "shared.pdf", pages=2), share)
    case, sources = papers_case([path])
    made = build(order(case, sources), tmp_path)
    first = made.exhibits[0].first_page + 1
    shown = texts(made.path)
    for own in (1, 2):
        assert shown[first + own - 2].count("Exhibit A ·") == 1
        assert stamp_of("A", own, 2, first + own - 1, made.pages) in shown[first + own - 2]


@pytest.mark.parametrize(("ascii_name", "odd_name"), [(b"/F1", b"/F\xe4"), (b"/Helvetica", b"/Helvetic\xe4")])
def test_names_inside_a_paper_may_hold_any_bytes(ascii_name: bytes, odd_name: bytes, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "odd.pdf"), pageCompression=0)
    canvas.setFont("Helvetica", 20)
    canvas.drawString(100, 500, "Words of the paper")
    canvas.save()
    path = tmp_path / "odd.pdf"
    data = path.read_bytes()
    assert ascii_name in data
    path.write_bytes(data.replace(ascii_name, odd_name))
    packet, page, _, after = _stamped(path, tmp_path)
    _assert_stamp_is_read(packet, page, after)
    assert "Words of the paper" in texts(packet)[page - 1]
    assert verify_packet(packet) == []


def test_what_lies_outside_the_crop_box_stays_hidden_when_the_page_is_made_smaller(tmp_path: Path) -> None:
    def ink_outside(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(b"0 g 0 0 612 95 re f 0 0 95 792 re f 0 700 612 92 re f")
        page.CropBox = Array([100, 100, 512, 692])

    path = changed(paper(tmp_path / "outside.pdf"), ink_outside)
    packet, page, _, after = _stamped(path, tmp_path)
    shown = picture(packet, page, 800)
    box = _shrunk(shown, after)
    margin = shown.crop((0, 0, box[0] - 3, box[3]))
    assert margin.getextrema()[0] > 200


def test_the_same_page_object_listed_twice_is_two_pages(tmp_path: Path) -> None:
    def twice(pdf: Pdf) -> None:
        pdf.pages.append(pdf.pages[0])

    case, sources = papers_case([changed(paper(tmp_path / "twice.pdf"), twice)])
    made = build(order(case, sources), tmp_path)
    assert made.exhibits[0].pages == 2
    assert stamp_of("A", 2, 2, made.exhibits[0].first_page + 2, made.pages) in " ".join(texts(made.path))
