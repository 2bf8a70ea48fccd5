"""Pictures on a copy become smaller and stay legible; what would win nothing is not touched; text is never touched."""

from __future__ import annotations

import hashlib
import io
import random
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.domain.redaction import Needles, Number
from medbills_desktop.papers.lighter_pictures import lighter_copy
from medbills_desktop.papers.redacting import redact
from medbills_desktop.papers.redaction_proof import prove
from tests.papers.attacks import SECRET, recovered, scan_with_words

FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "MedBillsSans-Regular.ttf"
MOST_BYTES = 175_000
"""For a page of a colour scan of 200 dots an inch, on average."""


def scan(seed: int, dpi: int = 200) -> Image.Image:
    """A page in 9 points with the grain of a scanner, in colour."""
    size, chance = (round(8.5 * dpi), 11 * dpi), random.Random(seed)
    page = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, round(9 * dpi / 72))
    words = ("99213", "office visit", "$1,204.50", "0450", "allowed", "copay 72.00", "06/11/2024")
    for row in range(50):
        draw.text((dpi * 0.7, dpi * (0.6 + row * 0.18)), "  ".join(chance.choices(words, k=8)), (30, 30, 60), font)
    draw.rectangle((dpi * 0.7, dpi * 9.7, dpi * 3, dpi * 10.5), (30, 80, 160))
    small = Image.frombytes("RGB", (size[0] // 2, size[1] // 2), chance.randbytes(size[0] // 2 * (size[1] // 2) * 3))
    grain = small.resize(size).point([247 + value // 32 for value in range(256)] * 3)
    return ImageChops.darker(page.filter(ImageFilter.GaussianBlur(0.6)), grain)


def drawn(path: Path, *pictures: Image.Image, packing: str = "JPEG", qualities: tuple[int, ...] = (85,)) -> Path:
    """A Letter page for each picture, with a line of text below it."""
    canvas = Canvas(str(path), pagesize=(612, 792), invariant=1)
    for number, image in enumerate(pictures, 1):
        quality = qualities[(number - 1) % len(qualities)]
        file = io.BytesIO()
        image.save(file, packing, **({"quality": quality} if packing == "JPEG" else {}))
        canvas.drawImage(ImageReader(file), 0, 20, 612, 772)
        canvas.drawString(72, 8, f"Printed words of page {number}")
        canvas.showPage()
    canvas.save()
    return path


def images(path: Path) -> list[tuple[str, int, int, str, bytes]]:
    """Colours, width, bits, packing and bytes of every picture."""
    with pikepdf.open(path) as pdf:
        return [
            (
                str(each.get("/ColorSpace")),
                int(each.Width),
                int(each.BitsPerComponent),
                str(each.Filter),
                each.read_raw_bytes(),
            )
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]


def page_picture(path: Path, number: int = 1, scale: float = 1.0) -> Image.Image:
    return pypdfium2.PdfDocument(path)[number - 1].render(scale=scale).to_pil().convert("RGB")


def far(one: Path, other: Path, scale: float = 1.0) -> float:
    pictures = page_picture(one, scale=scale), page_picture(other, scale=scale)
    return max(ImageStat.Stat(ImageChops.difference(*pictures)).mean)


def test_a_colour_scan_gets_small_and_its_small_print_stays_legible(tmp_path: Path) -> None:
    paper = drawn(tmp_path / "scan.pdf", *(scan(seed) for seed in range(2)))
    before = hashlib.sha256(paper.read_bytes()).hexdigest()
    light = tmp_path / "light.pdf"
    assert lighter_copy(paper, light) == (1, 2)
    assert hashlib.sha256(paper.read_bytes()).hexdigest() == before
    assert light.stat().st_size / 2 <= MOST_BYTES < paper.stat().st_size / 4
    assert [page.extract_text().strip() for page in pypdf.PdfReader(light).pages] == [
        "Printed words of page 1",
        "Printed words of page 2",
    ]
    assert far(paper, light, scale=2) < 6
    row = page_picture(light, scale=2).convert("L").crop((100, 88, 1000, 108))
    low, high = row.getextrema()
    assert high - low > 150, "letters have lost their contrast"
    again = tmp_path / "again.pdf"
    lighter_copy(paper, again)
    assert again.read_bytes() == light.read_bytes()


def test_a_page_crammed_with_grain_gets_fewer_dots_before_its_print_gets_coarse(tmp_path: Path) -> None:
    page = scan(5).convert("L")
    grain = Image.frombytes("L", page.size, random.Random(5).randbytes(page.width * page.height))
    paper = drawn(
        tmp_path / "scan.pdf", ImageChops.darker(page, grain.point([215 + value // 6 for value in range(256)]))
    )
    light = tmp_path / "light.pdf"
    assert lighter_copy(paper, light) == (1,)
    ((_, width, _, _, data),) = images(light)
    assert width == pytest.approx(8.5 * 125, rel=0.02)
    assert len(data) <= MOST_BYTES
    row = page_picture(light, scale=2).convert("L").crop((100, 88, 1000, 108))
    low, high = row.getextrema()
    assert high - low > 150, "letters have lost their contrast"


def test_grey_stays_grey_and_colours_without_colour_become_grey(tmp_path: Path) -> None:
    grey = scan(1).convert("L")
    paper = drawn(tmp_path / "grey.pdf", grey, grey.convert("RGB"), qualities=(97,))
    light = tmp_path / "light.pdf"
    assert lighter_copy(paper, light) == (1, 2)
    assert {colours for colours, *_ in images(light)} == {"/DeviceGray"}
    assert far(paper, light) < 4


@pytest.mark.parametrize("stencil", [False, True])
def test_black_and_white_keeps_every_dot(tmp_path: Path, stencil: bool) -> None:
    bits = scan(2).convert("L").point([0] * 150 + [255] * 106).convert("1")
    paper = drawn(tmp_path / "bits.pdf", bits.convert("L"), packing="PNG")
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        picture = next(each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" in each)
        for key in ("/DecodeParms", "/SMask", "/ColorSpace"):
            if key in picture:
                del picture[key]
        picture.write(bits.tobytes())
        picture.BitsPerComponent = 1
        if stencil:
            picture.ImageMask = True
        else:
            picture.ColorSpace = pikepdf.Name.DeviceGray
        pdf.save(paper, compress_streams=True)
    light = tmp_path / "light.pdf"
    assert lighter_copy(paper, light) == (1,)
    assert images(light)[0][1:4] == (bits.width, 1, "/CCITTFaxDecode")
    assert far(paper, light, scale=2) == 0


def test_what_would_win_nothing_stays_byte_for_byte(tmp_path: Path) -> None:
    coarse = scan(3, dpi=75)
    paper = drawn(tmp_path / "mixed.pdf", scan(4), coarse, qualities=(85, 10))
    light = tmp_path / "light.pdf"
    assert lighter_copy(paper, light) == (1,)
    before, after = ({each[-1] for each in images(path)} for path in (paper, light))
    assert len(before & after) == 1
    alone = drawn(tmp_path / "alone.pdf", coarse, qualities=(10,))
    assert lighter_copy(alone, tmp_path / "none.pdf") == ()
    assert not (tmp_path / "none.pdf").exists()


def test_a_picture_is_judged_by_how_large_it_is_shown_where_it_is_largest(tmp_path: Path) -> None:
    """Also inside a form, after more than one change of scale, and on a page with a unit of its own."""
    file = io.BytesIO()
    scan(5, dpi=100).save(file, "JPEG", quality=95)
    file.seek(0)
    canvas = Canvas(str(tmp_path / "two.pdf"), pagesize=(612, 792), invariant=1)
    canvas.drawImage(ImageReader(file), 0, 0, 61, 79)
    canvas.showPage()
    canvas.beginForm("stamp")
    canvas.scale(2, 2)
    canvas.drawImage(ImageReader(file), 0, 0, 153, 198)
    canvas.endForm()
    canvas.scale(2, 2)
    canvas.doForm("stamp")
    canvas.save()
    lighter_copy(tmp_path / "two.pdf", tmp_path / "light.pdf")
    assert {each[1] for each in images(tmp_path / "light.pdf")} == {850}
    canvas = Canvas(str(tmp_path / "unit.pdf"), pagesize=(306, 396), invariant=1)
    canvas.drawImage(ImageReader(file), 0, 0, 306, 396)
    canvas.save()
    with pikepdf.open(tmp_path / "unit.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.UserUnit = 2
        pdf.save(tmp_path / "unit.pdf")
    lighter_copy(tmp_path / "unit.pdf", tmp_path / "light.pdf")
    assert {each[1] for each in images(tmp_path / "light.pdf")} == {850}


def test_what_was_taken_out_of_a_lighter_copy_is_gone(tmp_path: Path) -> None:
    paper, light, out = (tmp_path / name for name in ("paper.pdf", "light.pdf", "out.pdf"))
    scan_with_words(paper)
    assert lighter_copy(paper, light) == (1,)
    assert recovered(light)
    needles = Needles((Number("account_number", SECRET),))
    redact(light, needles, {}, out)
    assert recovered(out) == []
    assert prove(out, needles).holds
