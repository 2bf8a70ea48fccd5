"""Photographs and scans go into the packet upright, whole, and without what the camera wrote down."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from medbills_desktop.papers.exhibits import PreparedExhibit, prepare_exhibit
from medbills_desktop.papers.jpeg_stream import plain_jpeg
from medbills_desktop.papers.reasons import PaperRefusedError, Why, Worth
from medbills_desktop.papers.sniffing import kind_of_file
from tests.papers.specimens import HEIC, colours_at_corners, corners, near, oriented_jpeg, picture_in


def prepared(path: Path, rotations: dict[int, int] | None = None) -> PreparedExhibit:
    return prepare_exhibit(path, kind_of_file(path).value, rotations or {}, None, path.parent)


def page_image(exhibit: PreparedExhibit, page: int = 1) -> Image.Image:
    with pikepdf.open(exhibit.path) as pdf:
        assert pdf.check_pdf_syntax() == []
    with pypdfium2.PdfDocument(exhibit.path) as document:
        assert len(document) == exhibit.pages
        size = exhibit.sizes[page - 1]
        assert document.get_page_size(page - 1) == pytest.approx((size.width, size.height), abs=0.01)
        return document[page - 1].render(scale=0.5).to_pil().convert("RGB")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_upright_and_turned_as_the_person_turned_it(
    tmp_path: Path, orientation: int, rotation: int
) -> None:
    exhibit = prepared(oriented_jpeg(tmp_path / "photo.jpg", orientation), {1: rotation})
    image = page_image(exhibit).rotate(rotation, expand=True)
    assert image.width > image.height
    assert colours_at_corners(image) == (True, True)


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}, {"quality": 20}])
def test_a_jpeg_is_not_encoded_again_and_loses_camera_place_and_comment(
    tmp_path: Path, options: dict[str, object]
) -> None:
    path = tmp_path / "photo.jpg"
    oriented_jpeg(path, 6)
    with Image.open(path) as image:
        image.save(path, exif=image.getexif(), comment=b"SECRETCOMMENT", **options)
    exhibit = prepared(path)
    data = exhibit.path.read_bytes()
    assert b"SECRET" not in data
    assert b"Exif" not in data
    coding, _, _, raw = picture_in(exhibit.path)
    assert coding == "/DCTDecode"
    with Image.open(path) as before, Image.open(io.BytesIO(raw)) as after:
        assert before.tobytes() == after.tobytes()
        assert dict(after.getexif()) == {}


def test_a_second_picture_hidden_behind_the_first_is_cut_off(tmp_path: Path) -> None:
    data = oriented_jpeg(tmp_path / "photo.jpg", 1).read_bytes()
    plain = plain_jpeg(data + b"SECRET" + data)
    assert plain is not None
    assert plain.data.endswith(b"\xff\xd9")
    assert b"SECRET" not in plain.data
    assert len(plain.data) < len(data)


@pytest.mark.parametrize("cut", [4, 30, 2000, -1])
def test_a_cut_off_jpeg_is_not_taken_as_it_is_but_what_arrived_is_shown(tmp_path: Path, cut: int) -> None:
    path = oriented_jpeg(tmp_path / "photo.jpg", 1, corners(600, 400))
    data = path.read_bytes()[:cut]
    assert plain_jpeg(data) is None
    path.write_bytes(data)
    if cut in {4, 30}:
        with pytest.raises(PaperRefusedError) as refusal:
            prepared(path)
        assert refusal.value.reason.code is Why.DAMAGED
    else:
        assert [remark.code for remark in prepared(path).notices] == [Worth.REPAIRED]


def test_printer_colours_are_kept_and_shown_right(tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    Image.new("CMYK", (300, 300), (0, 255, 255, 0)).save(path, quality=95)
    exhibit = prepared(path)
    assert near(page_image(exhibit).getpixel((50, 50)), (255, 0, 0))


def test_every_frame_of_a_fax_is_a_page_of_its_size_in_one_bit(tmp_path: Path) -> None:
    frames = [Image.new("1", (1728, 2200), 1) for _ in range(3)]
    frames[2].paste(0, (0, 0, 800, 800))
    path = tmp_path / "fax.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(204, 196), compression="group4")
    exhibit = prepared(path, {3: 90})
    assert exhibit.pages == 3
    assert (exhibit.sizes[0].width, exhibit.sizes[0].height) == pytest.approx((609.9, 808.2), abs=0.1)
    assert exhibit.sizes[2].width > exhibit.sizes[2].height
    image = page_image(exhibit, 3)
    assert image.getpixel((image.width - 5, 5)) == (0, 0, 0)
    assert image.getpixel((5, 5)) == (255, 255, 255)
    assert picture_in(exhibit.path, 3)[2] == 1
    assert exhibit.path.stat().st_size < 20_000


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_other_forms_become_one_page_without_loss(tmp_path: Path, form: str) -> None:
    path = tmp_path / "scan"
    options = {"lossless": True} if form == "WEBP" else {}
    corners(300, 200).save(path, form, **options)
    exhibit = prepared(path)
    assert colours_at_corners(page_image(exhibit)) == (True, True)
    assert picture_in(exhibit.path)[0] == "/FlateDecode"


def test_a_photograph_of_a_telephone_becomes_a_page(tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(HEIC)
    assert colours_at_corners(page_image(prepared(path))) == (True, True)


def test_transparency_and_sixteen_bits_are_made_plain(tmp_path: Path) -> None:
    clear = tmp_path / "clear.png"
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(clear)
    assert page_image(prepared(clear)).getpixel((20, 20)) == (255, 255, 255)
    deep = tmp_path / "deep.png"
    Image.new("I;16", (60, 60), 0x8000).save(deep)
    assert near(page_image(prepared(deep)).getpixel((20, 20)), (128, 128, 128))


def test_a_large_noisy_scan_is_stored_small_enough(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.merge("RGB", [Image.effect_noise((2200, 1700), 60) for _ in range(3)]).save(path, compress_level=1)
    exhibit = prepared(path)
    assert picture_in(exhibit.path)[0] == "/DCTDecode"
    assert exhibit.path.stat().st_size < path.stat().st_size


def test_the_same_picture_gives_the_same_bytes_and_a_name_of_its_own(tmp_path: Path) -> None:
    path = oriented_jpeg(tmp_path / "phöto of *.jpg", 6)
    one, other = prepared(path), prepared(path)
    assert one.path != other.path
    assert one.path.name.isascii()
    assert one.path.read_bytes() == other.path.read_bytes()


def test_nothing_is_left_behind_by_a_picture_that_can_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "bad.png"
    corners().save(path)
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(PaperRefusedError):
        prepared(path)
    assert list(tmp_path.iterdir()) == [path]
