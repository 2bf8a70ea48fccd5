"""What was taken out of a copy can't be got back from it, whoever tries; what was not, is as it was."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PIL import Image

from medbills_desktop.domain.redaction import Needles, Number
from medbills_desktop.papers.exhibits import prepare_exhibit
from medbills_desktop.papers.protocol import PageSize
from medbills_desktop.papers.redacting import RedactedCopy, redact
from medbills_desktop.papers.redaction_areas import Drawn, drawn_on
from medbills_desktop.papers.redaction_proof import prove
from medbills_desktop.papers.sniffing import kind_of_file
from tests.papers.attacks import ATTACKS, GONE, KEPT_LINE, LEFT, SECRET, recovered, scan

NEEDLES = Needles((Number("account_number", SECRET),))
NOTHING = Needles()
LINE = (60.0, 95.0, 420.0, 125.0)
"""Where the scan of the tests shows the account, in points of a Letter page."""


def redacted(
    paper: Path, needles: Needles = NEEDLES, drawn: dict[int, list[Drawn]] | None = None, turn: int = 0
) -> RedactedCopy:
    folder = paper.parent / "prepared"
    folder.mkdir(exist_ok=True)
    made = prepare_exhibit(paper, kind_of_file(paper).value, {1: turn}, None, folder, rewrite=True)
    return redact(made.path, needles, drawn or {}, folder / f"redacted-{paper.stem}.pdf")


def pixels(path: Path, page: int = 0) -> Image.Image:
    drawn = pymupdf.open(path)[page].get_pixmap(alpha=False)
    return Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_gets_back_what_was_taken_out(name: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS[name](paper)
    assert name in ("encrypted", "letters anywhere") or recovered(paper)
    before = paper.read_bytes()
    copy = redacted(paper)
    assert recovered(copy.path) == []
    assert prove(copy.path, NEEDLES).holds
    assert {taken.kind for taken in copy.taken} == {"account_number"}
    assert copy.path.read_bytes().count(b"%%EOF") == 1
    assert paper.read_bytes() == before


@pytest.mark.parametrize("name", [name for name in ATTACKS if name != "scan with words"])
def test_the_last_four_and_all_other_words_stay(name: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS[name](paper)
    text = " ".join(pymupdf.open(redacted(paper).path)[0].get_text().split())
    assert KEPT_LINE in text
    assert LEFT in text or redacted(paper).pictured


def test_plain_pages_are_not_made_pictures(tmp_path: Path) -> None:
    for name in ("plain", "pieces of a string", "touching lines", "turned 90", "UserUnit", "form in a form", "slanted"):
        paper = tmp_path / f"{name}.pdf"
        ATTACKS[name](paper)
        assert (name, redacted(paper).pictured) == (name, ())


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs Poppler")
@pytest.mark.parametrize("name", ATTACKS)
def test_a_third_reader_gets_nothing_back_either(name: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS[name](paper)
    copy = redacted(paper).path
    for option in ("-layout", "-raw"):
        said = subprocess.run(["pdftotext", option, str(copy), "-"], capture_output=True, check=True).stdout
        assert GONE not in "".join(char for char in said.decode("utf-8", "replace") if char.isdigit())


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [("JPEG", "RGB", {"quality": 70}), ("JPEG", "L", {"quality": 60}), ("PNG", "L", {}), ("PNG", "1", {}),
     ("JPEG", "CMYK", {"quality": 80}), ("TIFF", "1", {"compression": "group4"})],
)  # fmt: skip
def test_an_area_drawn_by_hand_is_gone_from_the_picture_itself(
    kind: str, mode: str, options: dict[str, object], tmp_path: Path
) -> None:
    paper = tmp_path / f"scan.{kind.lower()}"
    scan(mode).save(paper, kind, dpi=(150, 150), **options)
    whole = redacted(paper, NOTHING)
    streams = {bytes(each) for each in image_bytes(whole.path)}
    width, height = pixels(whole.path).size
    area = (60 / 612 * width, 85 / 792 * height, 420 / 612 * width, 125 / 792 * height)
    copy = redacted(paper, NOTHING, {1: [Drawn("account_number", area)]})
    assert copy.pictured == ()
    assert copy.unread == (1,)
    assert not streams & {bytes(each) for each in image_bytes(copy.path)}
    (picture,) = decoded(copy.path)
    across, down = picture.width / width, picture.height / height
    inner = picture.convert("L").crop(
        (int(area[0] * across) + 9, int(area[1] * down) + 9, int(area[2] * across) - 9, int(area[3] * down) - 9)
    )
    low, high = inner.getextrema()
    assert high - low <= 8
    assert pixels(copy.path).getpixel((int(sum(area[::2]) / 2), int(sum(area[1::2]) / 2))) == (0, 0, 0)
    if kind == "JPEG":
        assert copy.path.stat().st_size < whole.path.stat().st_size * 1.3


def image_bytes(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return [
            thing.read_raw_bytes()
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]


def decoded(path: Path) -> list[Image.Image]:
    document = pymupdf.open(path)
    found = []
    for entry in document[0].get_images(full=True):
        drawn = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.Pixmap(document, entry[0]))
        found.append(Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples))
    return found


def test_a_picture_shared_by_two_pages_does_not_come_along_whole_on_the_other(tmp_path: Path) -> None:
    photo = tmp_path / "scan.jpg"
    scan().save(photo, "JPEG", quality=70)
    document = pymupdf.open()
    for _ in range(2):
        document.new_page()
    number = document[0].insert_image(document[0].rect, filename=str(photo))
    document[1].insert_image(pymupdf.Rect(0, 0, 300, 400), xref=number)
    paper = tmp_path / "paper.pdf"
    document.save(paper)
    before = set(image_bytes(paper))
    copy = redacted(paper, NOTHING, {1: [Drawn("other", LINE)]})
    assert not before & set(image_bytes(copy.path))
    assert copy.pictured == (2,)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_an_area_is_where_it_was_drawn_however_the_page_is_turned(turn: int, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS["turned 90"](paper)
    document = pymupdf.open(paper)
    (word,) = document[0].search_for("amount")
    box = word * document[0].rotation_matrix
    size = document[0].rect
    shown = PageSize(size.height, size.width) if turn % 180 else PageSize(size.width, size.height)
    copy = redacted(paper, NOTHING, {1: [drawn_on("other", tuple(box), shown, turn)]}, turn)
    text = pymupdf.open(copy.path)[0].get_text()
    assert "amount" not in text
    assert "Service" in text
    assert SECRET in text
    assert copy.pictured == ()


def test_letters_under_an_area_drawn_by_hand_go_and_their_neighbours_stay(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS["touching lines"](paper)
    (word,) = pymupdf.open(paper)[0].search_for("code A4565")
    copy = redacted(paper, NOTHING, {1: [Drawn("diagnosis", tuple(word))]})
    text = pymupdf.open(copy.path)[0].get_text()
    assert "A4565" not in text
    assert "06/02/2024" in text
    assert SECRET in text
    assert [(taken.kind, taken.by_rule, taken.count) for taken in copy.taken] == [("diagnosis", False, 1)]


def test_a_page_of_which_parts_can_only_be_drawn_becomes_a_picture_that_is_covered(tmp_path: Path) -> None:
    """Letters as shapes: no text is there to be taken out, and no picture either."""
    paper = tmp_path / "paper.pdf"
    document = pymupdf.open()
    page = document.new_page()
    shape = page.new_shape()
    for place in range(40):
        shape.draw_bezier((72 + place * 8, 100), (80, 60), (300, 140), (110 + place * 8, 108))
    shape.finish(color=(0, 0, 0))
    shape.commit()
    document.save(paper)
    copy = redacted(paper, NOTHING, {1: [Drawn("other", LINE)]})
    assert copy.pictured == (1,)
    assert not pymupdf.open(copy.path)[0].get_drawings()
    assert pixels(copy.path).getpixel((200, 110)) == (0, 0, 0)


def test_pages_that_cannot_be_searched_are_named(tmp_path: Path) -> None:
    paper = tmp_path / "scan.png"
    scan("L").save(paper)
    copy = redacted(paper)
    assert copy.taken == ()
    assert copy.unread == (1,)


def test_the_same_paper_gives_the_same_copy(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS["scan with words"](paper)
    assert redacted(paper).path.read_bytes() == redacted(paper).path.read_bytes()
