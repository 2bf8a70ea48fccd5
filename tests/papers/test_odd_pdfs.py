"""139 strange PDFs: each page that another engine draws is drawn, everything else has a reason."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from medbills_desktop.papers.client import PaperReader
from medbills_desktop.papers.reasons import PaperRefusedError, Why
from tests.papers.specimens import average_difference, picture_of

ZOOM = 0.6
FORMS = {"pdfjs--annotation-tx2.pdf", "pdfjs--annotation-tx3.pdf", "pikepdf--form.pdf"}
"""White in the other engine without its form extension; ours draws the entries."""


def blank(image: Image.Image) -> bool:
    low, high = image.convert("L").getextrema()
    return high - low < 8


def other_pages(path: Path) -> list[Image.Image | None]:
    """What PDFium draws; None for a page that it refuses, nothing for a file that it refuses."""
    pages: list[Image.Image | None] = []
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return pages
    for index in range(len(document)):
        try:
            pages.append(document[index].render(scale=ZOOM).to_pil().convert("L"))
        except pypdfium2.PdfiumError:
            pages.append(None)
    document.close()
    return pages


def complaints(reader: PaperReader, path: Path) -> list[str]:
    theirs = other_pages(path)
    try:
        paper = reader.open(path)
    except PaperRefusedError as refusal:
        drawn = [page for page in theirs if page is not None]
        return [f"{path.name}: refused ({refusal.reason.code}), PDFium draws it"] if drawn else []
    found = []
    if len(theirs) not in {0, paper.pages}:
        found.append(f"{path.name}: {paper.pages} pages, PDFium has {len(theirs)}")
    for number, other in enumerate(theirs, start=1):
        try:
            ours = picture_of(reader.draw(paper.document, number, ZOOM))
        except PaperRefusedError as refusal:
            if other is not None:
                found.append(f"{path.name} page {number}: refused ({refusal.reason.code}), PDFium draws it")
            continue
        if other is None or path.name in FORMS:
            continue
        if blank(ours) and not blank(other):
            found.append(f"{path.name} page {number}: blank, PDFium draws something")
        elif average_difference(ours, other) > 12:
            found.append(f"{path.name} page {number}: looks different")
    reader.forget(paper.document)
    return found


def test_every_page_that_pdfium_draws_is_drawn_and_looks_like_it(shared: Path, reader: PaperReader) -> None:
    papers = sorted((shared / "samples" / "odd-pdfs").glob("*.pdf"))
    assert len(papers) == 139
    assert [complaint for path in papers for complaint in complaints(reader, path)] == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("OCRmyPDF--invalid.pdf", Why.DAMAGED),
        ("pdfplumber--empty.pdf", Why.EMPTY),
        ("pdfjs--REDHAT-1531897-0.pdf", Why.NO_PAGES),
    ],
)
def test_files_that_no_engine_opens_say_why(shared: Path, reader: PaperReader, name: str, why: Why) -> None:
    with pytest.raises(PaperRefusedError) as refusal:
        reader.open(shared / "samples" / "odd-pdfs" / name)
    assert refusal.value.reason.code is why


def test_text_of_every_odd_pdf_is_read_without_losing_the_worker(shared: Path, reader: PaperReader) -> None:
    reader.ping()
    worker = reader.process_id
    read = 0
    for path in sorted((shared / "samples" / "odd-pdfs").glob("*.pdf")):
        try:
            paper = reader.open(path)
        except PaperRefusedError:
            continue
        texts = reader.texts(paper.document)
        assert len(texts) == paper.pages
        assert all("\0" not in text and text.encode("utf-8") is not None for text in texts)
        reader.search(paper.document, "e", limit=50)
        reader.words(paper.document, 1)
        read += 1
    assert read == 136
    assert reader.process_id == worker
