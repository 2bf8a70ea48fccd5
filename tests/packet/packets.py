"""What the packet's tests share: small orders, papers made by another library, and ways to read a packet back."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pikepdf
import pymupdf
import pypdf
import pypdfium2
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.records import (
    Bill,
    Document,
    DocumentLink,
    Organization,
    Person,
    Record,
)
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.linked import linked_documents
from medbills_desktop.packet.order import CantShow, ExhibitSource, PacketFinding, PacketOrder, PacketReport
from medbills_desktop.packet.page_geometry import PageFrame
from medbills_desktop.papers.exhibits import prepare_exhibit
from medbills_desktop.papers.sniffing import kind_of_file

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
DAY = date(2025, 3, 31)
SMALL = (
    Person(id=1, name="Pat Example"),
    Organization(id=1, name="Example General Hospital", kind="hospital"),
    Bill(id=1, biller_id=1, person_id=1, account_number="0100-2234"),
)


def never() -> bool:
    return False


def quiet(_progress: object) -> None:
    """Takes progress and does nothing with it."""


def small_case(*records: Record) -> Case:
    """One bill of one hospital, and what a test adds."""
    return case_of([*SMALL, *records])


def order(case: Case, exhibits: Sequence[ExhibitSource] = (), **more: object) -> PacketOrder:
    """An order of all bills of a case, for a billing office."""
    fields = {"audience": "biller", "prepared_on": DAY, "program_version": "1.0", **more}
    bill_ids = tuple(bill.id for bill in case.all(Bill))
    return PacketOrder(case=case, bill_ids=bill_ids, exhibits=tuple(exhibits), **fields)  # type: ignore[arg-type]


def build(asked: PacketOrder, folder: Path) -> PacketReport:
    return build_packet(asked, folder / "packet.pdf", quiet, never)


def papers_case(files: Sequence[Path], *records: Record, **fields: object) -> tuple[Case, list[ExhibitSource]]:
    """A case whose bill is linked to some files, and the files as exhibits, in the order of the files."""
    documents = [
        Document(
            **{
                "id": place,
                "ref": f"D{place}",
                "file": path.name,
                "sha256": f"{place:064x}",
                "paper_number": f"P{place:04}",
                "kind": "bill",
                "size": path.stat().st_size if path.exists() else 0,
                **fields,
            }
        )
        for place, path in enumerate(files, 1)
    ]
    links = [DocumentLink(id=each.id, document_id=each.id, type="bill", target_id=1) for each in documents]
    sources = [ExhibitSource(document, path) for document, path in zip(documents, files, strict=True)]
    return small_case(*documents, *links, *records), sources


def paper(path: Path, pages: int = 1, text: str = "paper", size: tuple[float, float] = (612, 792)) -> Path:
    """A born-digital paper of some pages, each with its own words and a black bar."""
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", min(size) / 30)
        canvas.drawString(size[0] * 0.1, size[1] * 0.8, f"{text} {page}")
        canvas.rect(size[0] * 0.1, size[1] * 0.1, size[0] * 0.5, size[1] * 0.02, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def changed(path: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    """The paper after a change to its objects."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return path


def sample_order(folder: Path, findings: Sequence[PacketFinding] = (), **more: object) -> PacketOrder:
    """The order of the whole sample case, its papers prepared as the program does."""
    case = read_case((SAMPLE / "case.json").read_bytes())
    bill_ids = [bill.id for bill in case.all(Bill)]
    sources = []
    for linked in linked_documents(case, bill_ids):
        path = SAMPLE / "documents" / linked.document.file.rsplit("/", 1)[-1]
        document = dataclasses.replace(linked.document, size=path.stat().st_size)
        prepared = prepare_exhibit(path, kind_of_file(path).value, {}, None, folder)
        sources.append(ExhibitSource(document, prepared.path))
    return order(case, sources, findings=tuple(findings), **more)


def texts(path: Path) -> list[str]:
    """The text of every page, as one engine reads it."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def whole_text(path: Path) -> str:
    """The text of the packet with all white space drawn together, since lines are broken anywhere."""
    return re.sub(r"\s+", " ", " ".join(texts(path)))


def picture(path: Path, page: int, width: int = 600) -> Image.Image:
    """A page (from 1) as a grey picture `width` pixels wide."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        shown = pdf[page - 1]
        return shown.render(scale=width / shown.get_width()).to_pil().convert("L")
    finally:
        pdf.close()


def second_picture(path: Path, page: int, width: int = 600) -> Image.Image:
    """The same, drawn by another engine."""
    with pymupdf.open(path) as pdf:
        shown = pdf[page - 1]
        scale = width / shown.rect.width
        drawn = shown.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False)
        return Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def _side_by_side(original: Image.Image, stamped: Image.Image, frame: PageFrame) -> tuple[Image.Image, Image.Image]:
    """A paper made as small as its exhibit page shows it, and what is there; the outermost pixels are left out."""
    scale, edge = original.width / frame.width, 3
    left, bottom = frame.shrunk(0, 0)
    right, top = frame.shrunk(frame.width, frame.height)
    sides = [round(side * scale) for side in (left, frame.height - top, right, frame.height - bottom)]
    expected = original.resize((sides[2] - sides[0], sides[3] - sides[1]), Image.Resampling.LANCZOS)
    inner = (edge, edge, expected.width - edge, expected.height - edge)
    return expected.crop(inner), stamped.crop((sides[0], sides[1], sides[2], sides[3])).crop(inner)


def far_off(original: Image.Image, stamped: Image.Image, frame: PageFrame) -> float:
    """The share of a paper's pixels that look clearly different on its exhibit page, which shows it smaller.

    Both pictures are grey and of the same width; `frame` is that of the exhibit page.
    """
    expected, shown = _side_by_side(original, stamped, frame)
    return sum(ImageChops.difference(expected, shown).histogram()[150:]) / (expected.width * expected.height)


def stamp_of(letter: str, own: int, of: int, page: int, pages: int) -> str:
    return f"Exhibit {letter} · {own} of {of} · page {page} of {pages}"


@dataclasses.dataclass(frozen=True)
class Link:
    """A link as another library reads it: where it is, the words under it, and where it leads (pages from 1)."""

    page: int
    words: str
    target: int
    top: float | None


def links(path: Path) -> list[Link]:
    """Every link of a packet, in page order."""
    read, pdf, found = reader(path), pypdfium2.PdfDocument(path), []
    numbers = {page.indirect_reference.idnum: place for place, page in enumerate(read.pages, 1)}  # type: ignore[union-attr]
    for place, page in enumerate(read.pages):
        for annotation in page.get("/Annots", []):
            link = annotation.get_object()
            left, bottom, right, top = (float(side) for side in link["/Rect"])
            said = pdf[place].get_textpage().get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
            page_of, height = (list.__getitem__(link["/Dest"], item) for item in (0, 3))
            is_number = not isinstance(height, pypdf.generic.NullObject)
            words = re.sub(r"\s+", " ", said).strip()
            found.append(Link(place + 1, words, numbers[page_of.idnum], float(height) if is_number else None))
    pdf.close()
    return found


def reader(path: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(path.read_bytes()))


__all__ = ["CantShow", "ExhibitSource", "PacketFinding"]
