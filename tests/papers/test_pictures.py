"""Photographs and scans are shown upright, whole, on white, and in tiles that fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from medbills_desktop.papers.client import PaperReader
from medbills_desktop.papers.protocol import PixelBox, PixelFormat
from medbills_desktop.papers.reasons import Worth
from tests.papers.specimens import HEIC, colours_at_corners, corners, near, oriented_jpeg, picture_of


def shown(reader: PaperReader, path: Path, page: int = 1, rotation: int = 0) -> Image.Image:
    paper = reader.open(path)
    return picture_of(reader.draw(paper.document, page, 0.5, rotation))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_whatever_way_the_camera_was_held(
    reader: PaperReader, tmp_path: Path, orientation: int
) -> None:
    image = shown(reader, oriented_jpeg(tmp_path / "photo.jpg", orientation))
    assert image.width > image.height
    assert colours_at_corners(image) == (True, True)


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("orientation", [1, 5, 6])
def test_turning_the_view_turns_the_upright_picture_clockwise(
    reader: PaperReader, tmp_path: Path, orientation: int, rotation: int
) -> None:
    image = shown(reader, oriented_jpeg(tmp_path / "photo.jpg", orientation), rotation=rotation)
    assert colours_at_corners(image.rotate(rotation, expand=True)) == (True, True)


@pytest.mark.parametrize("rotation", [0, 90])
@pytest.mark.parametrize("zoom", [0.3, 4.0])
def test_tiles_make_up_the_page_without_a_seam(reader: PaperReader, tmp_path: Path, zoom: float, rotation: int) -> None:
    paper = reader.open(oriented_jpeg(tmp_path / "photo.jpg", 6, corners(1200, 900)))
    whole = reader.draw(paper.document, 1, zoom, rotation)
    joined = Image.new("RGB", (whole.page_width, whole.page_height))
    for left in range(0, whole.page_width, 301):
        for top in range(0, whole.page_height, 301):
            tile = reader.draw(paper.document, 1, zoom, rotation, PixelBox(left, top, 301, 301))
            assert (tile.left, tile.top) == (left, top)
            joined.paste(picture_of(tile), (left, top))
    difference = ImageStat.Stat(ImageChops.difference(joined, picture_of(whole)))
    assert max(difference.mean) < 0.5


def test_bgra_and_rgb_show_the_same_and_bgra_is_opaque(reader: PaperReader, tmp_path: Path) -> None:
    paper = reader.open(oriented_jpeg(tmp_path / "photo.jpg", 1))
    bgra = reader.draw(paper.document, 1, 0.5, pixels=PixelFormat.BGRA)
    rgb = reader.draw(paper.document, 1, 0.5, pixels=PixelFormat.RGB)
    assert set(bgra.pixels[3::4]) == {255}
    assert picture_of(bgra).tobytes() == picture_of(rgb).tobytes()


def test_all_frames_of_a_tiff_are_pages_but_not_its_reduced_copies(reader: PaperReader, tmp_path: Path) -> None:
    frames = [Image.new("RGB", (170, 220), colour) for colour in ("red", "white", "blue")]
    frames[1].encoderinfo = {"tiffinfo": {254: 1}}
    path = tmp_path / "fax.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(20, 20), compression="tiff_lzw")
    paper = reader.open(path)
    colours = [picture_of(reader.draw(paper.document, page, 0.2)).getpixel((9, 9)) for page in (1, 2)]
    assert paper.pages == 2
    assert colours == [(255, 0, 0), (0, 0, 255)]


def test_a_three_page_tiff_has_three_pages_of_the_size_that_it_states(reader: PaperReader, tmp_path: Path) -> None:
    frames = [Image.new("1", (1700, 2200), 1) for _ in range(3)]
    path = tmp_path / "fax.tif"
    frames[0].save(path, save_all=True, append_images=frames[1:], dpi=(200, 200), compression="group4")
    paper = reader.open(path)
    assert paper.media_type == "image/tiff"
    assert [(size.width, size.height) for size in paper.sizes] == [(612, 792)] * 3
    assert near(picture_of(reader.draw(paper.document, 3, 0.5)).getpixel((9, 9)), (255, 255, 255))


def test_a_tiff_that_states_its_orientation_is_upright(reader: PaperReader, tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    corners(90, 60).rotate(90, expand=True).save(path, tiffinfo={274: 6})
    assert colours_at_corners(shown(reader, path)) == (True, True)


def test_a_photograph_of_a_telephone_is_shown(reader: PaperReader, tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    path.write_bytes(HEIC)
    image = shown(reader, path)
    assert colours_at_corners(image) == (True, True)
    assert reader.open(path).media_type == "image/heic"


@pytest.mark.parametrize("form", ["WEBP", "GIF", "PNG"])
def test_other_forms_are_shown(reader: PaperReader, tmp_path: Path, form: str) -> None:
    path = tmp_path / "scan"
    corners().save(path, form)
    assert colours_at_corners(shown(reader, path)) == (True, True)


def test_transparent_parts_are_white_in_every_way_of_saying_so(reader: PaperReader, tmp_path: Path) -> None:
    clear = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    palette = Image.new("P", (60, 60), 3)
    palette.putpalette([0, 0, 0] * 256)
    for name, image, options in (
        ("rgba", clear, {}),
        ("la", clear.convert("LA"), {}),
        ("palette", palette, {"transparency": 3}),
        ("grey", Image.new("L", (60, 60), 7), {"transparency": 7}),
    ):
        path = tmp_path / f"{name}.png"
        image.save(path, **options)
        assert shown(reader, path).getpixel((20, 20)) == (255, 255, 255), name


def test_sixteen_bit_grey_keeps_its_tones(reader: PaperReader, tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    Image.new("I;16", (60, 60), 0x8000).save(path)
    assert near(shown(reader, path).getpixel((20, 20)), (128, 128, 128))


def test_printer_colours_become_screen_colours(reader: PaperReader, tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    Image.new("CMYK", (60, 60), (0, 255, 255, 0)).save(path, quality=95)
    assert near(shown(reader, path).getpixel((20, 20)), (255, 0, 0))


def test_a_moving_picture_shows_its_first_frame_and_says_so(reader: PaperReader, tmp_path: Path) -> None:
    path = tmp_path / "moving.gif"
    corners().save(path, save_all=True, append_images=[Image.new("RGB", (64, 48), "blue")])
    paper = reader.open(path)
    assert paper.pages == 1
    assert [remark.code for remark in paper.notices] == [Worth.FIRST_PICTURE_ONLY]
    assert colours_at_corners(shown(reader, path)) == (True, True)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_cut_off_picture_shows_what_arrived_and_says_so(reader: PaperReader, tmp_path: Path, form: str) -> None:
    path = tmp_path / "scan"
    Image.effect_noise((600, 600), 90).convert("RGB").save(path, form)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    paper = reader.open(path)
    assert [remark.code for remark in paper.notices] == [Worth.REPAIRED]
    image = picture_of(reader.draw(paper.document, 1, 0.5)).convert("L")
    assert ImageStat.Stat(image.crop((0, 0, 300, 100))).stddev[0] > 10


def test_a_thumbnail_of_a_large_photograph_is_quick_and_right(reader: PaperReader, tmp_path: Path) -> None:
    paper = reader.open(oriented_jpeg(tmp_path / "photo.jpg", 6, corners(4000, 3000)))
    drawn = reader.thumbnail(paper.document, 1, 120)
    assert (drawn.width, drawn.height) == (120, 90)
    assert colours_at_corners(picture_of(drawn)) == (True, True)


def test_a_picture_has_no_text(reader: PaperReader, tmp_path: Path) -> None:
    paper = reader.open(oriented_jpeg(tmp_path / "photo.jpg", 1))
    assert reader.texts(paper.document) == [""]
    assert reader.words(paper.document, 1) == ()
    assert reader.search(paper.document, "a") == []
