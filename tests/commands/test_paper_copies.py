"""A single paper copied out: framed as an exhibit, with its statement of copies, filed or not, whole and provable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from medbills_desktop.commands.make_packet import PacketRequest, make_packet
from medbills_desktop.commands.paper_copies import bills_of_papers, papers_wanted
from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.records import Document
from medbills_desktop.packet.order import PacketReport
from medbills_desktop.packet.verification import verify_packet
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("copies") / "library"
    make_sample(folder)
    with Library.open(folder) as opened:
        yield opened


def _copied(library: Library, out: Path, *numbers: str, **more: object) -> PacketReport:
    papers = {paper.paper_number: paper.id for paper in library.read(lambda reader: reader.find(Document))}
    chosen = tuple(papers[number] for number in numbers)
    request = PacketRequest((), "biller", date(2026, 3, 20), out, papers=chosen, **more)  # type: ignore[arg-type]
    return make_packet(library, request, lambda _step: None, lambda: False)


def _pages(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def test_a_paper_goes_out_with_its_slip_sheet_and_the_statement_of_copies_and_nothing_else(
    library: Library, tmp_path: Path
) -> None:
    made = _copied(library, tmp_path / "copy.pdf", "P0012")
    slip, first, second, statement = _pages(made.path)
    assert "Exhibit A Itemized bill, 40 lines" in slip
    assert "Shows lines 1–40 of the bill" in slip
    for number, page in enumerate((first, second), 1):
        assert f"Exhibit A · {number} of 2 · page {number + 1} of 4" in page
    assert "Statement of copies" in statement
    assert "2026-02-10-itemized-bill.pdf" in statement
    assert all("Copy of a paper · prepared Mar 20, 2026" in page for page in (slip, statement))
    assert pypdf.PdfReader(made.path).metadata.title == "Copy of a paper: Itemized bill, 40 lines"  # type: ignore[union-attr]
    assert verify_packet(made.path) == []


def test_several_papers_come_in_the_order_of_exhibits_and_without_personal_numbers_where_asked(
    library: Library, tmp_path: Path
) -> None:
    made = _copied(library, tmp_path / "copies.pdf", "P0012", "P0006", redact=True)
    assert [exhibit.title for exhibit in made.exhibits] == ["Hospital statement, November", "Itemized bill, 40 lines"]
    whole = " ".join(_pages(made.path))
    assert "0048213907" not in whole
    assert "What was taken out" in whole
    assert "Copies of papers · prepared" in whole


def test_a_paper_that_belongs_to_nothing_yet_is_copied_like_the_others(library: Library) -> None:
    case = library.read(load_case)
    loose = Document(id=999, ref="D999", file="letter.pdf")
    assert bills_of_papers(case, (999,)) == ()
    (found,) = papers_wanted(case_of([loose]), (), (999,))
    assert (found.document, found.kind, found.reasons) == (loose, "other", ())
