"""A prepared PDF shows what the original shows, and holds nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.papers.client import PaperReader
from medbills_desktop.papers.exhibits import PreparedExhibit, prepare_exhibit
from medbills_desktop.papers.reasons import PaperRefusedError, Why, Worth
from tests.papers.specimens import (
    BLUE,
    RED,
    average_difference,
    changed,
    drawn_pdf,
    marked_page,
    picture_in,
    picture_of,
)

ACTIVE = frozenset({
    "/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/RichMedia",
    "/OpenAction", "/AA", "/XFA", "/EmbeddedFile", "/EmbeddedFiles", "/AcroForm", "/Annots", "/URI", "/AF",
    "/Collection",
})  # fmt: skip


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return drawn_pdf(tmp_path / "letter.pdf", marked_page, pages=3)


def prepared(path: Path, tmp_path: Path, **options: object) -> PreparedExhibit:
    folder = tmp_path / "prepared"
    folder.mkdir(exist_ok=True)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    arguments = {"rotations": {}, "password": None, **options}
    try:
        return prepare_exhibit(path, "application/pdf", target_dir=folder, **arguments)
    finally:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before
        assert not [left for left in folder.iterdir() if left.suffix != ".pdf"]


def names_in(value: object, depth: int = 0) -> Iterator[str]:
    """Every key and name below an object, without following references."""
    if isinstance(value, pikepdf.Stream | Dictionary):
        for key, item in value.items():
            yield key
            if depth < 50 and not getattr(item, "is_indirect", False):
                yield from names_in(item, depth + 1)
    elif isinstance(value, Array):
        for item in value:
            if depth < 50 and not getattr(item, "is_indirect", False):
                yield from names_in(item, depth + 1)
    elif isinstance(value, Name):
        yield str(value)


def active_names(path: Path) -> set[str]:
    with pikepdf.open(path) as pdf:
        return {name for each in pdf.objects for name in names_in(each)} & ACTIVE


def as_shown(reader: PaperReader, path: Path, page: int = 1, rotation: int = 0) -> Image.Image:
    return picture_of(reader.draw(reader.open(path).document, page, 0.6, rotation))


def codes(exhibit: PreparedExhibit) -> list[tuple[Worth, tuple[str, ...]]]:
    return [(remark.code, remark.details) for remark in exhibit.notices]


def test_a_file_that_needs_nothing_is_passed_through_as_it_is(letter: Path, tmp_path: Path) -> None:
    exhibit = prepared(letter, tmp_path)
    assert exhibit.is_original
    assert exhibit.path == letter
    assert exhibit.pages == 3
    assert exhibit.notices == ()
    assert list((tmp_path / "prepared").iterdir()) == []


def test_a_rewrite_can_be_asked_for_and_gives_the_same_bytes_each_time(letter: Path, tmp_path: Path) -> None:
    one, other = (prepared(letter, tmp_path, rewrite=True) for _ in range(2))
    assert not one.is_original
    assert one.path != other.path
    assert one.path.read_bytes() == other.path.read_bytes()


@pytest.mark.parametrize("own", [0, 90, 270])
def test_the_persons_turns_are_applied_on_top_of_the_files_own(letter: Path, tmp_path: Path, own: int) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Rotate = own

    source = changed(letter, tmp_path / "turned.pdf", turn)
    exhibit = prepared(source, tmp_path, rotations={2: 90, 3: 180, 99: 90})
    with pypdfium2.PdfDocument(exhibit.path) as document:
        for index, turn_of_page in enumerate((0, 90, 180)):
            image = document[index].render(scale=0.5).to_pil().convert("RGB")
            size = exhibit.sizes[index]
            assert image.size == (size.width / 2, size.height / 2)
            upright = image.rotate(own + turn_of_page, expand=True)
            assert (upright.getpixel((3, 3)), upright.getpixel((302, 392))) == (RED, BLUE)


def dangerous(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    link = {"Type": Name.Annot, "Subtype": Name.Link, "Rect": [0, 0, 99, 99]}
    pdf.attachments["virus.exe"] = b"MZ"
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))
    for page in pdf.pages:
        page.obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))
        page.obj.Annots = Array([
            Dictionary(**link, A=Dictionary(S=Name.URI, URI=String("http://tracker.invalid/"))),
            Dictionary(**link, A=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
        ])  # fmt: skip


def test_scripts_actions_links_and_attachments_stay_behind(letter: Path, tmp_path: Path, reader: PaperReader) -> None:
    source = changed(letter, tmp_path / "dangerous.pdf", dangerous)
    assert active_names(source) >= {"/JavaScript", "/Launch", "/URI", "/EmbeddedFiles"}
    exhibit = prepared(source, tmp_path)
    assert active_names(exhibit.path) == set()
    data = exhibit.path.read_bytes()
    assert not any(word in data for word in (b"cmd.exe", b"tracker.invalid", b"virus.exe", b"MZ"))
    assert codes(exhibit) == [(Worth.ATTACHMENTS, ("virus.exe",))]
    assert ImageChops.difference(as_shown(reader, source), as_shown(reader, exhibit.path)).getbbox() is None
    assert "Amount due" in pypdf.PdfReader(exhibit.path).pages[2].extract_text()


def filled_form(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="amount", value="1204.12", x=100, y=500, width=200, height=30, fontSize=14)
    canvas.acroForm.checkbox(name="agree", checked=True, x=100, y=450, size=20)


def test_form_entries_and_marks_become_part_of_the_page(tmp_path: Path, reader: PaperReader) -> None:
    def mark(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Highlight, Rect=[60, 590, 260, 615], C=[1, 1, 0],
            QuadPoints=[60, 615, 260, 615, 60, 590, 260, 590],
        )  # fmt: skip
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))

    form = drawn_pdf(tmp_path / "form.pdf", lambda canvas: (marked_page(canvas), filled_form(canvas)))
    source = changed(form, tmp_path / "marked.pdf", mark)
    exhibit = prepared(source, tmp_path)
    assert active_names(exhibit.path) == set()
    assert Worth.FLATTENED in {code for code, _ in codes(exhibit)}
    assert "1204.12" in pypdf.PdfReader(exhibit.path).pages[0].extract_text()
    ours, theirs = as_shown(reader, exhibit.path), as_shown(reader, source)
    assert ImageChops.difference(ours, theirs).convert("L").point(lambda v: 255 if v > 48 else 0).getbbox() is None
    yellow = ours.crop((36, 107, 156, 120)).getcolors(10_000)
    assert any(colour[2] < 80 and colour[0] > 180 for _, colour in yellow)


def hide_layer(pdf: pikepdf.Pdf) -> None:
    """The text of page 1 goes on a layer that is switched off; pages 2 and 3 have none."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page = pdf.pages[0]
    page.obj.Resources.Properties = Dictionary(L0=layer)
    page.contents_add(b"/OC /L0 BDC", prepend=True)
    page.contents_add(b"EMC 1 0 0 rg 0 692 100 100 re f")


def test_layers_that_are_off_stay_hidden_and_unreadable(letter: Path, tmp_path: Path, reader: PaperReader) -> None:
    source = changed(letter, tmp_path / "layers.pdf", hide_layer)
    exhibit = prepared(source, tmp_path)
    assert codes(exhibit) == [(Worth.HIDDEN_LAYERS, ()), (Worth.PICTURED_PAGES, ("1",))]
    pages = pypdf.PdfReader(exhibit.path).pages
    assert pages[0].extract_text().strip() == ""
    assert "Amount due" in pages[1].extract_text()
    image = as_shown(reader, exhibit.path)
    assert image.getpixel((4, 4)) == RED
    assert image.getpixel((image.width - 4, image.height - 4)) == (255, 255, 255)
    assert picture_in(exhibit.path)[1] == 1700


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_became_a_picture_can_be_searched_at_the_right_place(
    letter: Path, tmp_path: Path, reader: PaperReader, turn: int
) -> None:
    def hide_the_block(pdf: pikepdf.Pdf) -> None:
        hide_layer(pdf)
        pdf.pages[0].contents_add(b"BT /F1 12 Tf 0 g 72 400 Td (Balance 77.10) Tj ET")

    source = changed(letter, tmp_path / "layers.pdf", hide_the_block)
    exhibit = prepared(source, tmp_path, rotations={1: turn})
    assert "Balance 77.10" in pypdf.PdfReader(exhibit.path).pages[0].extract_text()
    key = reader.open(exhibit.path).document
    (hit,) = reader.search(key, "balance 77.10")
    ink = picture_of(reader.draw(key, 1, 1)).convert("L").point(lambda value: 255 if value < 40 else 0).getbbox()
    (box,) = hit.boxes if turn in {0, 180} else (hit.boxes[0],)
    assert abs((box.left + box.right) / 2 - (ink[0] + ink[2]) / 2) < 45
    assert abs((box.top + box.bottom) / 2 - (ink[1] + ink[3]) / 2) < 45


def test_the_transparency_group_of_a_page_is_copied_and_nothing_that_hangs_on_it(letter: Path, tmp_path: Path) -> None:
    """Without it colours that are mixed come out different."""

    def group(pdf: pikepdf.Pdf) -> None:
        profile = Array([Name.ICCBased, pdf.make_stream(b"profile", N=3, Alternate=Name.DeviceRGB)])
        kept = {"S": Name.Transparency, "CS": profile, "K": True}
        pdf.pages[1].obj.Group = Dictionary(Type=Name.Group, **kept, AA=Dictionary(S=Name.Launch))

    exhibit = prepared(changed(letter, tmp_path / "group.pdf", group), tmp_path, rewrite=True)
    with pikepdf.open(exhibit.path) as pdf:
        assert ["/Group" in page.obj for page in pdf.pages] == [False, True, False]
        copied = pdf.pages[1].obj.Group
        assert set(copied.keys()) == {"/S", "/CS", "/K"}
        assert copied.CS[1].read_bytes() == b"profile"


def test_files_pinned_to_a_page_stay_behind_and_are_named_with_the_attached_ones(letter: Path, tmp_path: Path) -> None:
    def pin(pdf: pikepdf.Pdf) -> None:
        data = pdf.make_stream(b"SECRET", Type=Name.EmbeddedFile)
        file = Dictionary(Type=Name.Filespec, F=String("call.wav"), EF=Dictionary(F=data))
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[9, 9, 29, 29], FS=file)
        pdf.pages[2].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.attachments["notes.txt"] = b"SECRET"

    exhibit = prepared(changed(letter, tmp_path / "pinned.pdf", pin), tmp_path)
    assert dict(codes(exhibit))[Worth.ATTACHMENTS] == ("notes.txt", "call.wav")
    assert active_names(exhibit.path) == set()
    assert b"SECRET" not in exhibit.path.read_bytes()


def test_a_locked_file_is_unlocked_in_the_copy_only(letter: Path, tmp_path: Path) -> None:
    encryption = pikepdf.Encryption(owner="o", user="secret", R=6)
    source = changed(letter, tmp_path / "locked.pdf", lambda pdf: None, encryption=encryption)
    with pytest.raises(PaperRefusedError) as refusal:
        prepared(source, tmp_path)
    assert refusal.value.reason.code is Why.PASSWORD
    exhibit = prepared(source, tmp_path, password="secret")
    with pikepdf.open(exhibit.path) as pdf:
        assert not pdf.is_encrypted
        assert len(pdf.pages) == 3


def test_a_cut_off_file_is_repaired_and_says_so(letter: Path, tmp_path: Path, reader: PaperReader) -> None:
    source = tmp_path / "cut.pdf"
    source.write_bytes(letter.read_bytes()[:-300])
    exhibit = prepared(source, tmp_path)
    assert codes(exhibit) == [(Worth.REPAIRED, ())]
    assert len(pypdf.PdfReader(exhibit.path).pages) == exhibit.pages
    assert as_shown(reader, exhibit.path).getpixel((4, 4)) == RED


def test_a_portfolio_is_refused_with_its_members(letter: Path, tmp_path: Path) -> None:
    def envelope(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["bill.pdf"] = b"%PDF"
        pdf.Root.Collection = Dictionary(Type=Name.Collection)

    with pytest.raises(PaperRefusedError) as refusal:
        prepared(changed(letter, tmp_path / "envelope.pdf", envelope), tmp_path)
    assert refusal.value.reason.code is Why.PORTFOLIO
    assert refusal.value.reason.details == ("bill.pdf",)


def test_boxes_and_user_units_survive_the_rewrite(letter: Path, tmp_path: Path) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([50, 500, 500, 690])
        pdf.pages[0].obj.UserUnit = 2

    exhibit = prepared(changed(letter, tmp_path / "cropped.pdf", crop), tmp_path, rewrite=True)
    assert (exhibit.sizes[0].width, exhibit.sizes[0].height) == (900, 380)
    with pikepdf.open(exhibit.path) as pdf:
        assert list(pdf.pages[0].CropBox) == [50, 500, 500, 690]
        assert pdf.pages[0].obj.UserUnit == 2


@pytest.mark.parametrize("rewrite", [False, True])
def test_words_outside_the_visible_part_are_told_or_left_behind(letter: Path, tmp_path: Path, rewrite: bool) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([0, 620, 612, 792])  # the words stand at 600
        pdf.pages[0].obj.Rotate = 90
        pdf.pages[1].obj.CropBox = Array([10, 10, 602, 782])  # cuts nothing but blank paper

    source = changed(letter, tmp_path / "cropped.pdf", crop)
    exhibit = prepared(source, tmp_path, rewrite=rewrite)
    assert exhibit.is_original is not rewrite
    assert codes(exhibit) == [(Worth.OUTSIDE_WORDS, ("1",))]
    assert "Amount due" in pypdf.PdfReader(exhibit.path).pages[0].extract_text()
    shared = prepared(source, tmp_path, rewrite=rewrite, visible_only=True)
    assert codes(shared) == [(Worth.PICTURED_PAGES, ("1",))]
    assert ["Amount due" in page.extract_text() for page in pypdf.PdfReader(shared.path).pages] == [False, True, True]


def test_a_page_that_can_not_be_drawn_keeps_its_place_and_is_named(shared: Path, tmp_path: Path) -> None:
    exhibit = prepared(shared / "samples" / "odd-pdfs" / "pdfjs--Pages-tree-refs.pdf", tmp_path)
    assert exhibit.pages == 2
    assert codes(exhibit) == [(Worth.MISSING_PAGES, ("2",))]
    assert len(pypdf.PdfReader(exhibit.path).pages) == 2


def test_a_file_of_another_kind_than_was_imported_is_refused(letter: Path, tmp_path: Path) -> None:
    with pytest.raises(PaperRefusedError) as refusal:
        prepare_exhibit(letter, "image/png", {}, None, tmp_path)
    assert refusal.value.reason.code is Why.DAMAGED


def looks_different(original: Image.Image, copy: Image.Image, pictured: bool) -> bool:
    """A page that was drawn and stored as a picture has softer edges, but the same layout."""
    if pictured:
        return average_difference(original, copy) > 2
    return sum(ImageChops.difference(original.convert("L"), copy.convert("L")).histogram()[64:]) > 40


def faults(exhibit: PreparedExhibit, path: Path, reader: PaperReader) -> Iterator[str]:
    with pikepdf.open(exhibit.path) as pdf:
        counts = {len(pdf.pages), len(pypdf.PdfReader(exhibit.path).pages), exhibit.pages}
    if len(counts) != 1:
        yield f"{path.name}: numbers of pages {counts}"
    if exhibit.is_original:
        return
    if active_names(exhibit.path):
        yield f"{path.name}: {active_names(exhibit.path)}"
    pictured = dict(codes(exhibit)).get(Worth.PICTURED_PAGES, ())
    for page in range(1, min(exhibit.pages, 3) + 1):
        try:
            original = as_shown(reader, path, page)
        except PaperRefusedError:
            continue
        if looks_different(original, as_shown(reader, exhibit.path, page), str(page) in pictured):
            yield f"{path.name} page {page}: looks different"


def test_every_odd_pdf_is_prepared_as_it_is_shown_or_refused_with_a_reason(
    shared: Path, tmp_path: Path, reader: PaperReader
) -> None:
    refusals, complaints = {}, []
    for path in sorted((shared / "samples" / "odd-pdfs").glob("*.pdf")):
        try:
            complaints += faults(prepared(path, tmp_path), path, reader)
        except PaperRefusedError as refusal:
            refusals[path.name] = refusal.reason.code
    assert complaints == []
    assert refusals == {
        "OCRmyPDF--invalid.pdf": Why.DAMAGED,
        "pdfplumber--empty.pdf": Why.EMPTY,
        "pdfjs--REDHAT-1531897-0.pdf": Why.NO_PAGES,
    }
