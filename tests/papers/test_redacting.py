"""What was taken out of a copy can't be got back from it, whoever tries; what was not, is as it was."""

from __future__ import annotations

import json
import shutil
import subprocess
import zlib
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from PIL import Image

from medbills_desktop.domain.records import Bill
from medbills_desktop.domain.redaction import Needles, Number, needles_of
from medbills_desktop.papers.exhibits import prepare_exhibit
from medbills_desktop.papers.pdf_pages import MupdfPaper
from medbills_desktop.papers.protocol import PageSize
from medbills_desktop.papers.redacting import RedactedCopy, redact
from medbills_desktop.papers.redaction_areas import Area, Drawn, drawn_on
from medbills_desktop.papers.redaction_check import Checked
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


ON_PICTURES = ("scan with words", "picture over text", "layer that is off")
"""Here the words lie over a picture, and nothing of a number stays."""


@pytest.mark.parametrize("name", [name for name in ATTACKS if name not in ON_PICTURES])
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


def test_of_a_number_on_a_scan_nothing_stays_since_its_words_lie_only_about_where_it_is_seen(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS["scan with words"](paper)
    copy = redacted(paper)
    assert copy.pictured == ()
    assert LEFT not in pymupdf.open(copy.path)[0].get_text()
    (picture,) = decoded(copy.path)
    printed = picture.convert("L").crop((310, 205, 520, 235))
    assert printed.getextrema()[0] > 150
    (line,) = (area for area in pymupdf.open(copy.path)[0].get_drawings() if area["fill"] == (0.0, 0.0, 0.0))
    assert line["rect"].width < 200
    assert copy.path.stat().st_size < paper.stat().st_size * 1.1


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


@pytest.mark.parametrize("name", [name for name in ATTACKS if name not in ("encrypted", "beside the page")])
def test_the_proof_finds_what_nobody_has_taken_out(name: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    ATTACKS[name](paper)
    proof = prove(paper, NEEDLES)
    assert {left.kind for left in proof.left} == {"account_number"}
    assert not proof.holds


@pytest.mark.parametrize("where", ["xmp", "title", "name", "utf-16", "hex", "comment", "letters", "revision"])
def test_the_proof_finds_it_in_each_place_by_itself(where: str, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        match where:
            case "xmp":
                pdf.pages[0].obj.Metadata = pdf.make_stream(f"<x>{SECRET}</x>".encode())
            case "title":
                pdf.docinfo["/Title"] = f"Bill {SECRET[:3]}-{SECRET[3:]}"
            case "name":
                pdf.pages[0].obj[pikepdf.Name(f"/A{SECRET}")] = 1
            case "utf-16":
                pdf.Root.Own = pdf.make_stream(
                    zlib.compress(SECRET.encode("utf-16-be")), Filter=pikepdf.Name.FlateDecode
                )
            case "hex":
                pdf.Root.Own = pdf.make_stream(b"<" + SECRET.encode().hex().encode() + b">")
            case "letters":
                pieces = "".join(f"({char}) Tj 5 0 Td " for char in SECRET)
                pdf.pages[0].contents_add(f"BT /F1 9 Tf 10 10 Td {pieces} ET".encode())
        pdf.save(paper)
    if where == "comment":
        paper.write_bytes(paper.read_bytes() + f"\n%{SECRET}\n".encode())
    if where == "revision":
        paper.write_bytes(paper.read_bytes() + b"\n%%EOF\n")
    proof = prove(paper, NEEDLES)
    assert not proof.holds
    assert proof.earlier_revisions == (where == "revision")


def test_a_statement_loses_its_account_number_and_keeps_every_line(shared: Path, tmp_path: Path) -> None:
    folder = shared / "samples" / "statements"
    for told in sorted(folder.glob("d*-0.json")):
        known = json.loads(told.read_text())
        account = known["header"]["account"]
        paper = tmp_path / f"{told.stem}.pdf"
        paper.write_bytes((folder / paper.name).read_bytes())
        needles = needles_of([Bill(id=1, biller_id=1, person_id=1, account_number=account)])
        copy = redacted(paper, needles)
        assert (told.stem, copy.pictured, copy.unread) == (told.stem, (), ())
        assert prove(copy.path, needles).holds
        digits = "".join(char for char in account if char.isalnum())
        assert recovered(copy.path, digits) == []
        before, after = ("\n".join(page.get_text() for page in pymupdf.open(path)) for path in (paper, copy.path))
        for item in known["items"]:
            for value in filter(None, (item.get("code"), item.get("charge"))):
                assert after.count(value) == before.count(value)


@pytest.mark.parametrize("change", ["nothing", "elsewhere", "not covered", "words left"])
def test_a_copy_that_differs_elsewhere_or_shows_or_says_too_much_is_noticed(change: str, tmp_path: Path) -> None:
    paper, copy = tmp_path / "paper.pdf", tmp_path / "copy.pdf"
    ATTACKS["plain"](paper)
    (line,) = pymupdf.open(paper)[0].search_for(SECRET)
    document = pymupdf.open(paper)
    page = document[0]
    if change != "words left":
        page.add_redact_annot(line, fill=(1, 1, 1) if change == "not covered" else (0, 0, 0))
        page.apply_redactions()
    else:
        page.draw_rect(line, color=None, fill=(0, 0, 0))
    if change == "elsewhere":
        page.draw_rect(pymupdf.Rect(300, 500, 360, 530), fill=(1, 0, 0))
    document.save(copy)
    area = Area("account_number", by_rule=True, boxes=[tuple(line)], letters=[tuple(line)])
    original = MupdfPaper(paper, None)
    bad = list(Checked(original, copy, NEEDLES, {1: [area]}, set()).bad_pages())
    original.close()
    assert bad == ([] if change == "nothing" else [1])
