"""Papers as they really come in, from the original to the packet: there and looking as they did, or named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.packet.order import ExhibitSource, PacketReport
from medbills_desktop.packet.page_geometry import page_frame
from medbills_desktop.packet.verification import verify_packet
from tests.packet.odd_papers import pictures
from tests.packet.packets import build, changed, order, paper, papers_case, picture, second_picture, texts
from tests.packet.test_active_content import names_and_data
from tests.papers.specimens import colours_at_corners, oriented_jpeg


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the originals are; what is prepared goes elsewhere."""
    made = tmp_path / "originals"
    made.mkdir()
    return made


def _packet(files: list[Path], tmp_path: Path) -> tuple[list[ExhibitSource], PacketReport]:
    """The packet of some originals, prepared as the program prepares them."""
    (tmp_path / "work").mkdir()
    (tmp_path / "out").mkdir()
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    case, originals = papers_case(files)
    with ExhibitPreparer(tmp_path / "work") as preparer:
        sources = [preparer.prepare(one.document, one.content, {}) for one in originals]  # type: ignore[arg-type]
    made = build(order(case, sources), tmp_path / "out")
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == before
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["packet.pdf"]
    assert verify_packet(made.path) == []
    return sources, made


def _slip(made: PacketReport, title: str) -> str:
    place = next(place for place in made.exhibits if place.title == title)
    return re.sub(r"\s+", " ", texts(made.path)[place.first_page - 1])


def test_pictures_of_every_form_are_upright_pages_without_the_place_where_they_were_taken(
    folder: Path, tmp_path: Path
) -> None:
    files = pictures(folder)
    _, made = _packet(files, tmp_path)
    assert [exhibit.pages for exhibit in sorted(made.exhibits, key=lambda one: one.title == "fax.tiff")][-1] == 3
    for exhibit in made.exhibits:
        for own in range(1, exhibit.pages + 1):
            inked = _inked_part(made.path, exhibit.first_page + own)
            if exhibit.title in OTHER_COLOURS:
                upper, lower = (_middle(inked, at) for at in (1 / 6, 5 / 6))
                assert 160 > upper > lower + 20, exhibit.title
            else:
                assert colours_at_corners(inked) == (True, True), exhibit.title
    assert b"SECRET" not in b"".join(_data(made.path))
    assert b"Exif" not in made.path.read_bytes()


OTHER_COLOURS = {"printer.jpg", "grey.png", "one-bit.png", "deep.png", "fax.tiff"}


def _middle(image: Image.Image, at: float) -> int:
    """The grey in the middle of one of both blocks, as seen from far enough that dots run together."""
    return int(image.convert("L").resize((30, 20), Image.Resampling.BOX).getpixel((int(30 * at), int(20 * at))))


def _inked_part(path: Path, number: int) -> Image.Image:
    """The picture on an exhibit page: red at its upper left and blue at its lower right."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        image = pdf[number - 1].render(scale=1).to_pil().convert("RGB")
    with pikepdf.open(path) as read:
        frame = page_frame(read.pages[number - 1].obj)
    scale = image.width / frame.width
    left, bottom = (value * scale for value in frame.shrunk(0, 0))
    right, top = (value * scale for value in frame.shrunk(frame.width, frame.height))
    box = (round(left) + 2, round(image.height - top) + 2, round(right) - 2, round(image.height - bottom) - 2)
    return image.crop(_inked(image.crop(box), box))


def _inked(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Where on the page the picture itself is: a photograph's page may have a white margin."""
    found = image.convert("L").point(lambda value: 255 if value < 200 else 0).getbbox()
    assert found is not None
    return box[0] + found[0], box[1] + found[1], box[0] + found[2], box[1] + found[3]


def _data(path: Path) -> Iterator[bytes]:
    with pikepdf.open(path) as pdf:
        for item in names_and_data(pdf):
            yield item if isinstance(item, bytes) else str(item).encode("utf-8", "replace")


def test_a_photograph_is_in_the_packet_bit_by_bit(folder: Path, tmp_path: Path) -> None:
    path = oriented_jpeg(folder / "photo.jpg", 1)
    _, made = _packet([path], tmp_path)
    scan = path.read_bytes()
    scan = scan[scan.index(b"\xff\xda") :]
    assert any(item.endswith(scan) for item in _data(made.path))


def _form(value: str) -> Pdf:
    """A form with one entry, always of the same name, without stored looks."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 200)).obj
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("amount"), V=String(value), F=4,
        Rect=Array([20, 120, 280, 160]), DA=String("/Helv 20 Tf 0 g"),
    )  # fmt: skip
    field = pdf.make_indirect(field)
    page.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=Dictionary(Font=Dictionary(Helv=font)), DA=String("/Helv 20 Tf 0 g"),
        NeedAppearances=True,
    )  # fmt: skip
    return pdf


def test_two_forms_with_the_same_field_names_both_show_what_was_typed(folder: Path, tmp_path: Path) -> None:
    for name, value in (("one.pdf", "1204.12"), ("two.pdf", "77.10")):
        _form(value).save(folder / name)
    _, made = _packet([folder / "one.pdf", folder / "two.pdf"], tmp_path)
    shown = texts(made.path)
    for exhibit, value in zip(made.exhibits, ("1204.12", "77.10"), strict=True):
        assert value in shown[exhibit.first_page]
        for drawn in (picture, second_picture):
            field = drawn(made.path, exhibit.first_page + 1, 600).crop((60, 80, 500, 160))
            assert sum(field.histogram()[:100]) > 200, "the entry is seen"
    with pikepdf.open(made.path) as pdf:
        assert "/AcroForm" not in pdf.Root


def _unseen_choice(pdf: Pdf) -> None:
    """A chosen word and a ticked box, both without stored looks."""
    chosen = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Ch, Ff=1 << 17, T=String("plan"), V=String("Bronze"), F=4,
        Opt=Array([String("Silver"), String("Bronze")]), Rect=Array([20, 60, 200, 100]), DA=String("/Helv 20 Tf 0 g"),
    )  # fmt: skip
    ticked = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("agree"), V=Name.Yes, AS=Name.Yes, F=4,
        Rect=Array([220, 60, 260, 100]), DA=String("/ZaDb 0 Tf 0 g"), MK=Dictionary(CA=String("4")),
    )  # fmt: skip
    fields = [pdf.make_indirect(each) for each in (chosen, ticked)]
    pdf.pages[0].obj.Annots.extend(fields)
    pdf.Root.AcroForm.Fields.extend(fields)


def test_a_chosen_word_and_a_ticked_box_without_stored_looks_are_seen(folder: Path, tmp_path: Path) -> None:
    form = _form("1204.12")
    _unseen_choice(form)
    form.save(folder / "form.pdf")
    _, made = _packet([folder / "form.pdf"], tmp_path)
    number = made.exhibits[0].first_page + 1
    assert "Bronze" in texts(made.path)[number - 1]
    for drawn in (picture, second_picture):
        box = drawn(made.path, number, 600).crop((455, 190, 515, 260))
        assert sum(box.histogram()[:100]) > 60, "the tick is seen"


def test_what_is_written_in_a_sticky_note_stays_out_and_its_mark_is_seen(folder: Path, tmp_path: Path) -> None:
    def stick(pdf: Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=Array([100, 400, 120, 420]), Contents=String("SECRET thought"),
            Name=Name.Note, C=Array([1, 0, 0]),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    path = changed(paper(folder / "note.pdf"), stick)
    _, made = _packet([path], tmp_path)
    number = made.exhibits[0].first_page + 1
    assert b"SECRET" not in b"".join(_data(made.path))
    assert "SECRET" not in texts(made.path)[number - 1]
    mark = picture(made.path, number, 612).crop((100, 340, 140, 400))
    assert mark.getextrema()[0] < 200, "that there was a note is seen"


def _envelope(pdf: Pdf) -> None:
    pdf.attachments["itemized bill.pdf"] = b"%PDF"
    pdf.attachments["EOB.pdf"] = b"%PDF"
    pdf.Root.Collection = Dictionary(Type=Name.Collection)


def _needs_adobe(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root.NeedsRendering = True


def _enclosing(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = b"SECRET"


@pytest.mark.parametrize(
    ("change", "told", "shown"),
    [
        (_envelope, "This PDF is an envelope that holds other files: EOB.pdf, itemized bill.pdf.", False),
        (_needs_adobe, "This is a form of a kind that only Adobe's viewer shows fully", True),
        (_enclosing, "Other files are attached inside this PDF; they are not shown: notes.txt.", True),
    ],
)
def test_what_is_not_shown_of_a_pdf_is_said_on_its_slip_sheet(
    change: object, told: str, shown: bool, folder: Path, tmp_path: Path
) -> None:
    path = changed(paper(folder / "odd.pdf"), change)  # type: ignore[arg-type]
    _, made = _packet([path, paper(folder / "fine.pdf")], tmp_path)
    assert told in _slip(made, "odd.pdf")
    assert {exhibit.title: exhibit.shown for exhibit in made.exhibits} == {"odd.pdf": shown, "fine.pdf": True}
    assert b"SECRET" not in b"".join(_data(made.path))


BAD: dict[str, tuple[bytes, str]] = {
    "empty.pdf": (b"", "This file is empty"),
    "page.pdf": (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "holds a web page, not a PDF"),
    "half.pdf": (b"%PDF-1.7\n1 0 obj\n<</Type/Cat", "damaged"),
    "letter.docx": (b"PK\x03\x04 no", "kind of file"),
    "photo.jpg": (b"\xff\xd8\xff\xe0 no picture", "damaged"),
}


def test_each_bad_file_has_its_own_reason_and_the_others_are_in_the_packet(folder: Path, tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    locked = folder / "locked.pdf"
    with pikepdf.open(paper(folder / "fine.pdf")) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="open", owner="sesame"))
    _, made = _packet([folder / name for name in (*BAD, "locked.pdf", "fine.pdf")], tmp_path)
    for name, (_, reason) in BAD.items():
        assert reason in _slip(made, name), name
    assert "locked with a password" in _slip(made, "locked.pdf")
    assert [exhibit.title for exhibit in made.exhibits if exhibit.shown] == ["fine.pdf"]
    not_held = next(text for text in reversed(texts(made.path)) if "How it is known" in text)
    assert all(name in re.sub(r"\s+", "", not_held) for name in (*BAD, "locked.pdf"))
