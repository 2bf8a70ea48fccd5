"""PDF pages are drawn, measured and searched as a viewer shows them: turned, cropped, scaled."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.papers.client import PaperReader
from medbills_desktop.papers.pdf_pages import open_pdf
from medbills_desktop.papers.pdfium_pages import PdfiumPaper
from medbills_desktop.papers.protocol import PixelBox, PixelFormat
from medbills_desktop.papers.reasons import PaperRefusedError, Why, Worth
from tests.papers.specimens import BLUE, RED, changed, drawn_pdf, marked_page, near, picture_of


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return drawn_pdf(tmp_path / "letter.pdf", marked_page)


def dark_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Where black ink is."""
    return image.convert("RGB").convert("L").point(lambda value: 255 if value < 20 else 0).getbbox()


def page_change(**entries: object) -> object:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            pdf.pages[0].obj[f"/{key}"] = value

    return change


def test_a_page_is_white_with_its_marks_where_they_belong(reader: PaperReader, letter: Path) -> None:
    paper = reader.open(letter)
    image = picture_of(reader.draw(paper.document, 1, 0.5))
    assert image.size == (306, 396)
    assert image.getpixel((3, 3)) == RED
    assert image.getpixel((303, 393)) == BLUE
    assert image.getpixel((150, 200)) == (255, 255, 255)


@pytest.mark.parametrize("own", [0, 90, 180, 270])
@pytest.mark.parametrize("view", [0, 90, 180, 270])
def test_the_files_own_turn_and_the_persons_add_up(
    reader: PaperReader, letter: Path, tmp_path: Path, own: int, view: int
) -> None:
    paper = reader.open(changed(letter, tmp_path / "turned.pdf", page_change(Rotate=own)))
    size = paper.sizes[0]
    assert (size.width, size.height) == ((792, 612) if own % 180 else (612, 792))
    image = picture_of(reader.draw(paper.document, 1, 0.5, view))
    upright = image.rotate(own + view, expand=True)
    assert upright.size == (306, 396)
    assert upright.getpixel((3, 3)) == RED
    assert upright.getpixel((302, 392)) == BLUE


@pytest.mark.parametrize("own", [0, 90, 180, 270])
def test_words_and_hits_are_where_the_ink_is_on_turned_cropped_and_scaled_pages(
    reader: PaperReader, letter: Path, tmp_path: Path, own: int
) -> None:
    change = page_change(Rotate=own, CropBox=pikepdf.Array([50, 500, 500, 690]), UserUnit=2)
    paper = reader.open(changed(letter, tmp_path / "odd.pdf", change))
    size = paper.sizes[0]
    assert sorted((size.width, size.height)) == [380, 900]
    ink = dark_box(picture_of(reader.draw(paper.document, 1, 1)))
    words = reader.words(paper.document, 1)
    assert " ".join(sorted(word.text for word in words)) == "$1,204.12 Amount Muñoz due for"
    (hit,) = reader.search(paper.document, "amount DUE $1,204.12 for munoz")
    found = (
        min(box.left for box in hit.boxes),
        min(box.top for box in hit.boxes),
        max(box.right for box in hit.boxes),
        max(box.bottom for box in hit.boxes),
    )
    assert all(abs(one - other) < 12 for one, other in zip(found, ink, strict=True))
    around = (min(word.left for word in words), max(word.bottom for word in words))
    assert abs(around[0] - ink[0]) < 12
    assert abs(around[1] - ink[3]) < 12


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("zoom", [0.77, 3.1])
def test_tiles_make_up_the_page_exactly(reader: PaperReader, letter: Path, zoom: float, rotation: int) -> None:
    paper = reader.open(letter)
    whole = reader.draw(paper.document, 1, zoom, rotation)
    joined = Image.new("RGB", (whole.page_width, whole.page_height))
    for left in range(0, whole.page_width, 500):
        for top in range(0, whole.page_height, 500):
            tile = reader.draw(paper.document, 1, zoom, rotation, PixelBox(left, top, 500, 500))
            joined.paste(picture_of(tile), (left, top))
    assert ImageChops.difference(joined, picture_of(whole)).getbbox() is None


def test_bgra_is_opaque_and_shows_the_same_as_rgb(reader: PaperReader, letter: Path) -> None:
    paper = reader.open(letter)
    bgra = reader.draw(paper.document, 1, 0.7, pixels=PixelFormat.BGRA)
    assert set(bgra.pixels[3::4]) == {255}
    rgb = picture_of(reader.draw(paper.document, 1, 0.7))
    assert ImageChops.difference(picture_of(bgra), rgb).getbbox() is None


def test_a_picture_of_too_many_pixels_is_drawn_at_a_lower_zoom_and_says_which(
    reader: PaperReader, letter: Path
) -> None:
    paper = reader.open(letter)
    drawn = reader.draw(paper.document, 1, 20)
    assert drawn.zoom < 10
    assert 39_000_000 < drawn.width * drawn.height <= 40_000_000
    tile = reader.draw(paper.document, 1, 20, clip=PixelBox(0, 0, 100, 100))
    assert tile.zoom == 20
    assert (tile.page_width, tile.page_height) == (12240, 15840)


def locked(source: Path, target: Path, user: str) -> Path:
    return changed(source, target, lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user=user, R=6))


def test_a_locked_paper_asks_for_its_password_and_opens_with_it(
    reader: PaperReader, letter: Path, tmp_path: Path
) -> None:
    path = locked(letter, tmp_path / "locked.pdf", "Straße 1")
    for password, why in ((None, Why.PASSWORD), ("wrong", Why.WRONG_PASSWORD), ("", Why.WRONG_PASSWORD)):
        with pytest.raises(PaperRefusedError) as refusal:
            reader.open(path, password)
        assert refusal.value.reason.code is why
    paper = reader.open(path, "Straße 1")
    assert "Amount due" in reader.texts(paper.document)[0]
    assert paper.notices == ()


def test_a_paper_its_sender_protected_opens_with_a_remark(reader: PaperReader, letter: Path, tmp_path: Path) -> None:
    paper = reader.open(locked(letter, tmp_path / "protected.pdf", ""))
    assert [remark.code for remark in paper.notices] == [Worth.UNLOCKED]


def test_ligatures_are_spelled_out(reader: PaperReader, tmp_path: Path, shared: Path) -> None:
    paper = reader.open(shared / "samples" / "odd-pdfs" / "sample-files--crazyones-pdfa.pdf")
    text = reader.texts(paper.document)[0]
    assert not any("\ufb00" <= char <= "\ufb06" for char in text)
    assert "misfits" in text


def test_a_row_of_a_bill_is_one_line_of_text(reader: PaperReader, tmp_path: Path) -> None:
    def rows(canvas: Canvas) -> None:
        for column, words in ((500, ("418.53", "99.10")), (72, ("J1885 Injection", "A4215 Needle"))):
            for row, word in enumerate(words):
                canvas.drawString(column, 600 - 20 * row, word)

    paper = reader.open(drawn_pdf(tmp_path / "rows.pdf", rows))
    assert reader.texts(paper.document) == ["J1885 Injection 418.53\nA4215 Needle 99.10"]


def test_long_papers_are_read_and_searched_in_page_order(reader: PaperReader, tmp_path: Path) -> None:
    numbers = iter(range(1, 41))
    path = drawn_pdf(
        tmp_path / "long.pdf", lambda canvas: canvas.drawString(72, 700, f"page {next(numbers)} of 40"), 40
    )
    paper = reader.open(path)
    assert reader.texts(paper.document) == [f"page {number} of 40" for number in range(1, 41)]
    assert [hit.page for hit in reader.search(paper.document, "PAGE")] == list(range(1, 41))
    assert [hit.page for hit in reader.search(paper.document, "of", limit=20)] == list(range(1, 21))


def test_attachments_layers_and_portfolios_are_told(reader: PaperReader, letter: Path, tmp_path: Path) -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["itemised.csv"] = b"a,b"

    def envelope(pdf: pikepdf.Pdf) -> None:
        attach(pdf)
        pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)

    attached = reader.open(changed(letter, tmp_path / "attached.pdf", attach))
    assert [(remark.code, remark.details) for remark in attached.notices] == [(Worth.ATTACHMENTS, ("itemised.csv",))]
    portfolio = reader.open(changed(letter, tmp_path / "portfolio.pdf", envelope))
    assert [(remark.code, remark.details) for remark in portfolio.notices] == [(Worth.PORTFOLIO, ("itemised.csv",))]


def test_a_dynamic_form_is_shown_with_a_remark(reader: PaperReader, letter: Path, tmp_path: Path) -> None:
    def xfa(pdf: pikepdf.Pdf) -> None:
        form = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.AcroForm = pdf.make_indirect(form)
        pdf.Root.NeedsRendering = True

    paper = reader.open(changed(letter, tmp_path / "xfa.pdf", xfa))
    assert [remark.code for remark in paper.notices] == [Worth.XFA_FORM]
    assert reader.draw(paper.document, 1, 0.5).width == 306


def test_bilevel_pictures_that_the_first_engine_gets_wrong_are_drawn_by_the_second(
    reader: PaperReader, shared: Path
) -> None:
    """The first engine draws this page black or blank without saying so."""
    for name in ("bitmap-refine-refine", "bitmap-symbol-texthuffrefinecustom"):
        path = shared / "samples" / "odd-pdfs" / f"pdfjs--{name}.pdf"
        paper = reader.open(path)
        drawn = reader.draw(paper.document, 1, 1, 90, PixelBox(10, 20, 200, 150))
        with pypdfium2.PdfDocument(path) as document:
            whole = document[0].render(scale=1, rotation=90).to_pil().convert("RGB")
        tile = whole.crop((10, 20, 210, 170))
        assert near(picture_of(drawn).resize((1, 1)).getpixel((0, 0)), tile.resize((1, 1)).getpixel((0, 0)))
        counts = ImageChops.difference(picture_of(drawn).convert("L"), tile.convert("L")).histogram()
        assert sum(counts[64:]) < 300


def test_a_file_that_only_the_second_engine_opens_is_read_by_it(reader: PaperReader, shared: Path) -> None:
    paper = reader.open(shared / "samples" / "odd-pdfs" / "pdfjs--GHOSTSCRIPT-698804-1-fuzzed.pdf")
    assert paper.pages == 1
    assert [remark.code for remark in paper.notices] == [Worth.REPAIRED]
    assert reader.draw(paper.document, 1, 0.5).width > 0
    assert len(reader.texts(paper.document)) == 1


@pytest.mark.parametrize("own", [0, 90, 180, 270])
def test_the_second_engine_reads_the_same_words_at_the_same_places(letter: Path, tmp_path: Path, own: int) -> None:
    change = page_change(Rotate=own, CropBox=pikepdf.Array([50, 500, 500, 690]))
    path = changed(letter, tmp_path / "odd.pdf", change)
    first, second = open_pdf(path, None), PdfiumPaper(path, None, ())
    assert second.sizes == first.sizes
    ours, theirs = (sorted(paper.words(1), key=lambda word: word.text) for paper in (first, second))
    assert [word.text for word in ours] == [word.text for word in theirs]
    for one, other in zip(ours, theirs, strict=True):
        for side in ("left", "top", "right", "bottom"):
            assert abs(getattr(one, side) - getattr(other, side)) < 6
    assert len(second.find(1, "due", 9)) == 1
    first.close()
    second.close()


def test_the_second_engine_takes_the_same_passwords(letter: Path, tmp_path: Path) -> None:
    path = locked(letter, tmp_path / "locked.pdf", "Straße 1")
    for password, why in ((None, Why.PASSWORD), ("wrong", Why.WRONG_PASSWORD)):
        with pytest.raises(PaperRefusedError) as refusal:
            PdfiumPaper(path, password, ())
        assert refusal.value.reason.code is why
    PdfiumPaper(path, "Straße 1", ()).close()
