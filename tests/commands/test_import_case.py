"""A case goes into a library whole, comes out the same, and goes in only once."""

from __future__ import annotations

import copy
import dataclasses
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.import_case import ImportCase
from medbills_desktop.commands.matching import IN_ORDER, OWNED
from medbills_desktop.commands.papers import AddPapers, ReceivedPaper
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import (
    KIND_BY_NAME,
    KINDS,
    Bill,
    Document,
    DocumentLink,
    Letter,
    Line,
    Organization,
    Person,
    Statement,
    fields_of,
)
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from tests.support.cases import cases

TREE: dict[str, Any] = {
    "format": "medbills-case",
    "version": 1,
    "title": "A film that was billed twice",
    "today": "2025-03-01",
    "people": [{"id": "P1", "name": "Pat Example"}],
    "organizations": [{"id": "H", "name": "Example Hospital", "kind": "hospital"}],
    "bills": [
        {
            "id": "B1",
            "biller": "H",
            "person": "P1",
            "account_number": "000123",
            "statements": [{"id": "ST1", "date": "2025-02-01", "balance": "8.00", "document": "D1"}],
            "lines": [
                {
                    "id": "L1",
                    "description": "Film",
                    "charge": "4.00",
                    "evidence": [{"document": "D1", "page": 1, "rect": [1, 2, 3, 4.5]}],
                },
                {"id": "L2", "description": "Film", "charge": "4.00"},
            ],
        }
    ],
    "calls": [{"id": "CALL1", "started": "2025-02-03T10:00", "bills": ["B1"]}],
    "letters": [{"id": "LT1", "kind": "reply", "answers_to": "LT2"}, {"id": "LT2", "kind": "dispute", "bill": "B1"}],
    "prices": [{"code": "A4215", "amount": "1.00", "source": "a list"}],
    "documents": [{"id": "D1", "file": "a.pdf", "links": [{"type": "line", "id": "L2"}, {"type": "bill", "id": "B1"}]}],
}


def case_of_tree(**changes: Any) -> Case:
    return read_case(json.dumps({**copy.deepcopy(TREE), **changes}))


@contextmanager
def new_library() -> Iterator[tuple[Library, Desk]]:
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "library") as library:
        yield library, Desk(library)


@pytest.fixture
def library() -> Iterator[Library]:
    with new_library() as (made, _):
        yield made


@pytest.fixture
def desk(library: Library) -> Desk:
    return Desk(library)


def text_of(library: Library) -> str:
    return write_case(library.read(load_case))


def test_kinds_are_taken_in_an_order_in_which_every_reference_is_known() -> None:
    seen: set[str] = set()
    for kind in IN_ORDER:
        seen.add(kind.KIND)
        owned = [child for child, _ in OWNED[kind]]
        owned += [below for child in owned for below, _ in OWNED[child]]
        seen |= {child.KIND for child in owned}
        for one in (kind, *owned):
            assert {info.refers_to for info in fields_of(one) if info.refers_to} <= seen
    assert {KIND_BY_NAME[name].PLURAL for name in seen} >= {kind.PLURAL for kind in KINDS}


def test_every_shared_case_goes_through_a_library_and_comes_back_equal_and_only_once(shared: Path) -> None:
    for path in sorted(shared.glob("cases/*/case.json")):
        text = path.read_text(encoding="utf-8")
        with new_library() as (library, desk):
            report = desk.perform(ImportCase(read_case(text)))
            assert json.loads(text_of(library)) == json.loads(text), path
            assert not report.known
            again = desk.perform(ImportCase(read_case(text)))
            assert (again.added, again.renamed) == ({}, ()), path
            assert again.known == report.added


def test_all_shared_cases_live_in_one_library_and_none_is_added_twice(
    shared: Path, library: Library, desk: Desk
) -> None:
    everything = [read_case(path.read_bytes()) for path in sorted(shared.glob("cases/*/case.json"))]
    for case in everything:
        desk.perform(ImportCase(case))
    whole = text_of(library)
    assert len(library.read(load_case).all(Bill)) == sum(len(case.all(Bill)) for case in everything)
    for case in everything:
        assert desk.perform(ImportCase(case)).added == {}
    assert text_of(library) == whole
    assert write_case(read_case(whole)) == whole


def test_the_title_notes_and_day_are_taken_by_an_empty_library_only(library: Library, desk: Desk) -> None:
    desk.perform(ImportCase(case_of_tree()))
    desk.perform(ImportCase(case_of_tree(title="Another", people=[*TREE["people"], {"id": "P9", "name": "Sam"}])))
    case = library.read(load_case)
    assert (case.title, str(case.today)) == ("A film that was billed twice", "2025-03-01")


def test_an_id_that_is_taken_by_other_content_gets_a_number_and_all_that_refers_to_it_follows(
    library: Library, desk: Desk
) -> None:
    desk.perform(AddRecord(Organization(ref="H", name="Another Hospital", kind="hospital")))
    report = desk.perform(ImportCase(case_of_tree()))
    assert report.renamed == (("organization", "H", "H-2"),)
    case = library.read(load_case)
    bill = case.all(Bill)[0]
    assert case.get(Organization, bill.biller_id).name == "Example Hospital"
    assert desk.perform(ImportCase(case_of_tree())).added == {}
    assert [one.ref for one in library.read(load_case).all(Organization)] == ["H", "H-2"]


def test_a_bill_that_was_changed_since_comes_in_beside_the_changed_one_and_its_lines_do_not_mix(
    library: Library, desk: Desk
) -> None:
    desk.perform(ImportCase(case_of_tree()))
    line = library.read(load_case).all(Line)[0]
    desk.perform(EditRecord(Line, line.id, (("mark", "duplicate"),)))
    report = desk.perform(ImportCase(case_of_tree()))
    assert ("bill", "B1", "B1-2") in report.renamed
    case = library.read(load_case)
    first, second = case.all(Bill)
    assert [line.mark for line in case.lines(first.id)] == ["duplicate", None]
    assert [line.mark for line in case.lines(second.id)] == [None, None]
    assert len(case.all(Person)) == len(case.all(Organization)) == 1
    assert desk.perform(ImportCase(case_of_tree())).added == {}


def test_letters_that_answer_later_letters_keep_their_order_and_their_answers(library: Library, desk: Desk) -> None:
    desk.perform(ImportCase(case_of_tree()))
    first, second = library.read(load_case).all(Letter)
    assert (first.ref, second.ref, first.answers_to_id) == ("LT1", "LT2", second.id)


def test_letters_that_answer_each_other_in_a_circle_are_known_again(library: Library, desk: Desk) -> None:
    letters = [{"id": ref, "kind": "x", "answers_to": other} for ref, other in (("A", "B"), ("B", "C"), ("C", "A"))]
    desk.perform(ImportCase(case_of_tree(letters=letters)))
    assert desk.perform(ImportCase(case_of_tree(letters=letters))).added == {}


def test_one_undo_takes_the_whole_import_back(library: Library, desk: Desk) -> None:
    desk.perform(AddRecord(Person(name="Sam")))
    before = library.read(load_case)
    desk.perform(ImportCase(case_of_tree()))
    assert desk.undo_label == "Import case"
    desk.undo()
    assert library.read(load_case) == before
    desk.redo()
    assert len(library.read(load_case).all(Line)) == 2


def received(sha: str = "a" * 64) -> ReceivedPaper:
    return ReceivedPaper("a.pdf", sha, 1000, "application/pdf")


def test_a_paper_that_comes_with_its_bytes_gets_its_number_and_is_known_again(library: Library, desk: Desk) -> None:
    desk.perform(ImportCase(case_of_tree(), {1: received()}))
    (document,) = library.read(load_case).all(Document)
    assert (document.sha256, document.size, document.media_type) == ("a" * 64, 1000, "application/pdf")
    assert document.paper_number == "P0001"
    assert document.added_at
    assert desk.perform(ImportCase(case_of_tree(), {1: received()})).added == {}


def test_a_paper_number_that_is_taken_is_not_used_again(library: Library, desk: Desk) -> None:
    desk.perform(AddPapers((received("b" * 64),)))
    documents = [{"id": "D1", "file": "a.pdf", "paper_number": "P0001"}, {"id": "D2", "file": "b.pdf"}]
    case = case_of_tree(documents=documents)
    desk.perform(ImportCase(case))
    numbers = [document.paper_number for document in library.read(load_case).all(Document)]
    assert numbers == ["P0001", "P0002", None]
    assert desk.perform(ImportCase(case)).added == {}


def test_bytes_that_come_later_are_noted_on_the_paper_that_is_there(library: Library, desk: Desk) -> None:
    case = case_of_tree(documents=[{"id": "D1", "file": "a.pdf", "sha256": "a" * 64}])
    desk.perform(ImportCase(case))
    assert library.read(load_case).all(Document)[0].size is None
    report = desk.perform(ImportCase(case, {1: received()}))
    (document,) = library.read(load_case).all(Document)
    assert (report.added, report.received) == ({}, 1)
    assert (document.size, document.paper_number) == (1000, "P0001")


def test_bytes_that_come_as_a_paper_of_their_own_are_noted_on_the_paper_that_is_there(
    library: Library, desk: Desk
) -> None:
    desk.perform(ImportCase(case_of_tree(documents=[{"id": "D1", "file": "a.pdf", "sha256": "a" * 64}])))
    desk.perform(AddPapers((received(),)))
    (document,) = library.read(load_case).all(Document)
    assert (document.file, document.size, document.paper_number) == ("a.pdf", 1000, "P0001")
    assert document.added_at


def test_a_link_that_is_there_already_is_not_made_twice(library: Library, desk: Desk) -> None:
    desk.perform(ImportCase(case_of_tree()))
    links = library.read(load_case).all(DocumentLink)
    desk.perform(ImportCase(case_of_tree(people=[*TREE["people"], {"id": "P2", "name": "Sam"}])))
    case = library.read(load_case)
    assert case.all(DocumentLink) == links
    assert len(case.all(Statement)) == 1


def test_a_case_with_a_reference_to_nothing_leaves_the_library_as_it_was(library: Library, desk: Desk) -> None:
    broken = dataclasses.replace(case_of_tree(), records={Bill: (Bill(id=1, ref="B", biller_id=7, person_id=7),)})
    with pytest.raises(Exception, match=r"constraint|Bill|KeyError|7"):
        desk.perform(ImportCase(broken))
    assert not library.read(load_case).records


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_any_case_goes_in_and_comes_out_the_same_and_only_once(case: Case) -> None:
    with new_library() as (library, desk):
        desk.perform(ImportCase(case))
        assert text_of(library) == write_case(case)
        assert desk.perform(ImportCase(case)).added == {}
        assert text_of(library) == write_case(case)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases(), min_size=2, max_size=3))
def test_any_cases_go_into_one_library_together_and_none_is_added_twice(several: list[Case]) -> None:
    with new_library() as (library, desk):
        for case in several:
            desk.perform(ImportCase(case))
        whole = text_of(library)
        for case in several:
            assert desk.perform(ImportCase(case)).added == {}
        assert text_of(library) == whole
        assert write_case(read_case(whole)) == whole
