"""What belongs to which bill: the bill of any record of the sample, and the paper that stands beside a bill."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.records import Bill, ClaimLine, Document, DocumentLink, Line, Policy, Statement
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.belonging import FindBillOf, FindPaperBeside, FindVisitOf
from medbills_desktop.store.queries.papers import ListPapers


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("sample") / "library"
    make_sample(folder)
    with Library.open(folder) as opened:
        yield opened


def hospital(library: Library) -> Bill:
    (bill,) = library.read(lambda reader: reader.find(Bill, account_number="0048213907"))
    return bill


def test_the_itemized_bill_stands_beside_a_bill(library: Library) -> None:
    (paper,) = library.read(lambda reader: reader.find(Document, kind="itemized_bill"))
    assert library.read(FindPaperBeside(hospital(library).id)) == paper.id


def test_a_paper_of_the_bill_that_is_shown_already_stays(library: Library) -> None:
    bill = hospital(library)
    papers = [row.id for row in library.read(ListPapers(bill.id)) if row.held]
    assert len(papers) > 5
    assert [library.read(FindPaperBeside(bill.id, paper)) for paper in papers] == papers


def test_a_paper_of_another_bill_gives_way(library: Library) -> None:
    bill = hospital(library)
    own = {row.id for row in library.read(ListPapers(bill.id))}
    others = {link.document_id for link in library.read(lambda reader: reader.find(DocumentLink))} - own
    assert others
    assert {library.read(FindPaperBeside(bill.id, paper)) for paper in others} <= own


def test_a_bill_that_is_not_there_has_no_paper_and_no_visit(library: Library) -> None:
    assert library.read(FindPaperBeside(10_000)) is None
    assert library.read(FindVisitOf(10_000)) is None


@pytest.mark.parametrize("kind", [Line, Statement])
def test_records_of_a_bill_lead_to_it(library: Library, kind: type[Line | Statement]) -> None:
    for record in library.read(lambda reader: reader.find(kind)):
        assert library.read(FindBillOf(kind.KIND, record.id)) == record.bill_id


def test_people_places_and_policies_lead_to_a_bill_of_theirs(library: Library) -> None:
    bill = hospital(library)
    bills = {one.id: one for one in library.read(lambda reader: reader.find(Bill))}
    for kind, key, name in (("person", bill.person_id, "person_id"), ("organization", bill.biller_id, "biller_id")):
        assert getattr(bills[library.read(FindBillOf(kind, key)) or 0], name) == key
    for kind in (Policy, ClaimLine):
        first, *_ = library.read(lambda reader, kind=kind: reader.find(kind))
        assert library.read(FindBillOf(kind.KIND, first.id)) in bills
    assert library.read(FindBillOf("price", 1)) is None
