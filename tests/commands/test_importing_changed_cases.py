"""A case that was changed elsewhere comes back: what differs is told, and nothing is overwritten by itself."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from medbills_desktop.commands.case_files import export_library, import_case_file
from medbills_desktop.commands.comparing import Choice, Comparison, Key, compare_cases
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.import_case import ImportCase, ImportReport
from medbills_desktop.commands.papers import ReceivedPaper
from medbills_desktop.commands.records import AddRecord, EditRecord, RemoveRecord
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Appeal,
    Authorization,
    Bill,
    Call,
    CallBill,
    Claim,
    Document,
    Enclosure,
    FindingDecision,
    Letter,
    Line,
    Organization,
    PageView,
    Person,
    PointAnswer,
    Policy,
    Promise,
    PromiseProof,
    Record,
    RecordingPlaces,
    Statement,
)
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from medbills_desktop.exchange.library_records import LIBRARY_KINDS, with_library_records, write_library_records
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from tests.commands.test_undo import snapshot
from tests.exchange.test_library_records import cases_of_libraries
from tests.support.cases import cases

DAY = date(2025, 5, 4)
NOON = Moment(DAY, time(12, 0))


def records() -> list[Record]:
    """One bill with all that is likely to be changed by whoever gets it."""
    return [
        Person(id=1, ref="P1", name="Ana Ruiz", date_of_birth=date(1980, 1, 2)),
        Organization(id=1, ref="O1", name="Blue Mesa Imaging", kind="imaging", phone="555-0100"),
        Organization(id=2, ref="O2", name="Sun Plan", kind="insurer"),
        Organization(id=3, ref="O3", name="Maria Lopez", kind="advocate"),
        Policy(id=1, ref="POL1", person_id=1, insurer_id=2, member_id="M1"),
        Bill(id=1, ref="B1", biller_id=1, person_id=1, account_number="000123", notes="As it came"),
        Statement(id=1, ref="ST1", bill_id=1, date=DAY, balance=Cents(83934)),
        Line(id=1, ref="L1", bill_id=1, position=1024, description="Film, large", code="A4550", charge=Cents(500)),
        Line(id=2, ref="L2", bill_id=1, position=2048, description="Contrast", charge=Cents(700)),
        Claim(id=1, ref="C1", policy_id=1, bill_id=1, number="77"),
        Call(id=1, ref="CALL1", started=NOON, organization_id=1, said="They will look."),
        CallBill(id=1, call_id=1, bill_id=1),
        Promise(id=1, ref="PR1", call_id=1, text="Call back"),
        Letter(id=1, ref="LT1", kind="bill_questions", bill_id=1, body="Hello", status="draft"),
        Document(id=1, ref="D1", file="scan.pdf", sha256="a" * 64, title="The bill"),
        FindingDecision(id=1, bill_id=1, check="late-fee", fingerprint="f", decision="asked"),
        PointAnswer(id=1, bill_id=1, line_id=1, call_id=1, answer="partly", said="Half"),
        PromiseProof(id=1, promise_id=1, document_id=1),
        RecordingPlaces(id=1, call_id=1, my_state="TX", their_state="NM"),
        Enclosure(id=1, letter_id=1, document_id=1, position=1),
        Appeal(id=1, claim_id=1, level="internal", filed=DAY, letter_id=1),
        Authorization(id=1, person_id=1, helper_id=3, scope="Everything", ends=date(2025, 12, 31)),
        PageView(id=1, document_id=1, page=1, rotation=90),
    ]


def original() -> Case:
    return case_of(records())


def changed(kind: type[Record], number: int = 1, **fields: object) -> Case:
    """The case with one record changed."""
    return edited(original(), kind, number, **fields)


def edited(case: Case, kind: type[Record], number: int = 1, **fields: object) -> Case:
    found = tuple(
        dataclasses.replace(one, **fields) if one.id == number else one  # type: ignore[arg-type]
        for one in case.all(kind)
    )
    return dataclasses.replace(case, records={**case.records, kind: found})


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        yield made


@pytest.fixture
def desk(library: Library) -> Desk:
    desk = Desk(library)
    desk.perform(ImportCase(original()))
    return desk


def brought(desk: Desk, case: Case, choices: Mapping[Key, Choice] | None = None) -> ImportReport:
    report = desk.perform(ImportCase(case, choices={} if choices is None else choices))
    assert isinstance(report, ImportReport)
    return report


def compared(library: Library, case: Case) -> Comparison:
    return compare_cases(library.read(load_case), case)


def told(comparison: Comparison) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.kind.KIND, one.fields) for one in comparison.differences]


def test_everything_of_a_library_comes_in_with_the_case(library: Library, desk: Desk) -> None:
    kept = library.read(load_case)
    for kind in LIBRARY_KINDS:
        assert len(kept.all(kind)) == len(original().all(kind)), kind
    (answer,) = kept.all(PointAnswer)
    assert kept.get(Line, answer.line_id or 0).description == "Film, large"


def test_the_same_twice_adds_nothing_and_differs_in_nothing(library: Library, desk: Desk) -> None:
    before = snapshot(library)
    assert told(compared(library, original())) == []
    for choices in (None, {}):
        report = desk.perform(ImportCase(original(), choices=choices))
        assert (report.added, report.renamed, report.taken, report.left) == ({}, (), 0, 0)
    assert snapshot(library) == before


def test_newer_amounts_of_theirs_are_told_and_ours_stay_until_theirs_are_chosen(library: Library, desk: Desk) -> None:
    theirs = changed(Line, charge=Cents(900), units=None)
    (difference,) = compared(library, theirs).differences
    assert (difference.kind, difference.fields, difference.choices) == (Line, ("charge",), ("ours", "theirs", "both"))
    before = snapshot(library)
    report = brought(desk, theirs)
    assert (report.added, report.left, report.taken) == ({}, 1, 0)
    assert snapshot(library) == before
    report = brought(desk, theirs, {difference.key: "theirs"})
    assert (report.added, report.left, report.taken) == ({}, 0, 1)
    assert [line.charge for line in library.read(load_case).all(Line)] == [Cents(900), Cents(700)]
    assert told(compared(library, theirs)) == []
    desk.undo()
    assert snapshot(library) == before


def test_a_call_note_that_both_changed_can_stay_be_replaced_or_stand_beside(library: Library, desk: Desk) -> None:
    desk.perform(EditRecord(Call, 1, (("said", "They will look until Friday."),)))
    theirs = changed(Call, said="They took ten dollars off.")
    assert told(compared(library, theirs)) == [("call", ("said",))]
    report = brought(desk, theirs, {("call", 1): "both"})
    kept = library.read(load_case)
    assert [one.said for one in kept.all(Call)] == ["They will look until Friday.", "They took ten dollars off."]
    assert report.added["call"] == report.added["promise"] == report.added["call_bill"] == 1
    assert ("call", "CALL1", "CALL1-2") in report.renamed
    assert [link.bill_id for link in kept.all(CallBill)] == [1, 1]


def test_what_is_new_in_theirs_comes_into_the_bill_that_is_here(library: Library, desk: Desk) -> None:
    theirs = original()
    lines = (*theirs.all(Line), Line(id=3, ref="L3", bill_id=1, position=3072, description="Needle"))
    theirs = dataclasses.replace(theirs, records={**theirs.records, Line: lines})
    theirs = dataclasses.replace(
        theirs, records={**theirs.records, Call: (*theirs.all(Call), Call(id=2, ref="CALL2", started=Moment(DAY)))}
    )
    desk.perform(AddRecord(Line(bill_id=1, ref="L3", position=3072, description="Gauze", charge=Cents(1))))
    report = brought(desk, theirs)
    assert report.added == {"line": 1, "call": 1}
    kept = library.read(load_case)
    assert len(kept.all(Bill)) == 1
    assert [line.description for line in kept.lines(1)] == ["Film, large", "Contrast", "Gauze", "Needle"]
    assert len({line.ref for line in kept.lines(1)}) == 4


def test_what_they_removed_stays_here(library: Library, desk: Desk) -> None:
    theirs = original()
    kept = {kind: found for kind, found in theirs.records.items() if kind not in (Letter, Enclosure, Appeal)}
    kept[Line] = theirs.all(Line)[1:]
    kept[PointAnswer] = ()
    before = snapshot(library)
    report = brought(desk, dataclasses.replace(theirs, records=kept))
    assert (report.added, report.left) == ({}, 0)
    assert snapshot(library) == before


def test_two_people_editing_are_told_of_every_record_that_differs(library: Library, desk: Desk) -> None:
    desk.perform(EditRecord(Bill, 1, (("notes", "Mine"),)))
    desk.perform(EditRecord(Organization, 1, (("address", "1 Mesa Road"),)))
    theirs = edited(changed(Bill, notes="Theirs", status="disputed"), Organization, phone="555-0199")
    theirs = edited(edited(theirs, Authorization, ends=date(2026, 1, 31)), Statement, balance=Cents(1))
    assert told(compared(library, theirs)) == [
        ("organization", ("phone", "address")),
        ("bill", ("status", "notes")),
        ("statement", ("balance",)),
        ("authorization", ("ends",)),
    ]
    choices: dict[Key, Choice] = {("bill", 1): "theirs", ("authorization", 1): "theirs"}
    report = brought(desk, theirs, choices)
    assert (report.added, report.taken, report.left) == ({}, 2, 2)
    kept = library.read(load_case)
    assert (kept.get(Bill, 1).notes, kept.get(Bill, 1).status) == ("Theirs", "disputed")
    assert (kept.get(Organization, 1).phone, kept.get(Organization, 1).address) == ("555-0100", "1 Mesa Road")
    assert kept.all(Authorization)[0].ends == date(2026, 1, 31)


def test_ids_of_another_case_that_clash_are_no_difference(library: Library, desk: Desk) -> None:
    other = [
        Person(id=1, ref="P1", name="Ben Cole"),
        Organization(id=1, ref="O1", name="County Hospital", kind="hospital"),
        Bill(id=1, ref="B1", biller_id=1, person_id=1, account_number="999"),
        Statement(id=1, ref="ST1", bill_id=1, date=DAY, balance=Cents(5)),
        Line(id=1, ref="L1", bill_id=1, position=1024, description="Film, large", charge=Cents(1)),
        Call(id=1, ref="CALL1", started=Moment(date(2024, 1, 1))),
    ]
    assert told(compared(library, case_of(other))) == []
    report = brought(desk, case_of(other))
    assert report.added == {"person": 1, "organization": 1, "bill": 1, "statement": 1, "line": 1, "call": 1}
    assert ("bill", "B1", "B1-2") in report.renamed
    assert brought(desk, case_of(other)).added == {}


def test_another_account_of_the_same_biller_and_patient_is_a_bill_of_its_own(library: Library, desk: Desk) -> None:
    about = (Person, Organization, Bill, Statement, Line)
    other = edited(changed(Bill, account_number="000999"), Statement, date=date(2025, 7, 1))
    other = dataclasses.replace(other, records={kind: other.all(kind) for kind in about})
    assert told(compared(library, other)) == []
    assert brought(desk, other).added["bill"] == 1


def test_the_same_paper_entered_by_two_people_is_one_bill(library: Library, desk: Desk) -> None:
    """Their ids have nothing to do with ours."""
    theirs = [dataclasses.replace(one, ref=f"Z{one.ref}") if one.ref else one for one in records()]
    theirs = [dataclasses.replace(one, due=DAY) if isinstance(one, Statement) else one for one in theirs]
    theirs = [one for one in theirs if type(one) not in LIBRARY_KINDS and not isinstance(one, Letter)]
    assert told(compared(library, case_of(theirs))) == [("statement", ("due",))]
    assert brought(desk, case_of(theirs)).added == {}


def test_an_organization_kept_beside_ours_is_the_one_that_their_new_records_name(library: Library, desk: Desk) -> None:
    theirs = changed(Organization, phone="555-0199")
    payment = Bill(id=2, ref="B2", biller_id=1, person_id=1, account_number="2")
    theirs = dataclasses.replace(theirs, records={**theirs.records, Bill: (*theirs.all(Bill), payment)})
    brought(desk, theirs, {("organization", 1): "both"})
    kept = library.read(load_case)
    first, second = kept.all(Bill)
    assert kept.get(Organization, first.biller_id).phone == "555-0100"
    assert kept.get(Organization, second.biller_id).phone == "555-0199"


def test_a_reference_that_differs_follows_to_the_record_that_came_in(library: Library, desk: Desk) -> None:
    theirs = original()
    added = Organization(id=9, ref="O9", name="County Hospital", kind="hospital")
    theirs = dataclasses.replace(theirs, records={**theirs.records, Organization: (*theirs.all(Organization), added)})
    theirs = edited(theirs, Call, organization_id=9)
    assert told(compared(library, theirs)) == [("call", ("organization_id",))]
    brought(desk, theirs, {("call", 1): "theirs"})
    kept = library.read(load_case)
    assert kept.get(Organization, kept.all(Call)[0].organization_id or 0).name == "County Hospital"


def test_without_choices_a_changed_record_comes_in_beside_and_a_second_import_adds_nothing(
    library: Library, desk: Desk
) -> None:
    theirs = edited(changed(Line, charge=Cents(900)), Authorization, ends=date(2026, 1, 31))
    report = desk.perform(ImportCase(theirs))
    assert report.added["bill"] == 1
    assert ("bill", "B1", "B1-2") in report.renamed
    assert library.read(load_case).all(Authorization)[0].ends == date(2025, 12, 31)
    assert desk.perform(ImportCase(theirs)).added == {}


def test_bytes_that_come_with_a_case_are_noted_on_the_paper_that_has_none(library: Library, desk: Desk) -> None:
    desk.perform(RemoveRecord(Document, 1))
    desk.perform(AddRecord(Document(ref="D1", file="scan.pdf", title="The bill")))
    received = ReceivedPaper("scan.pdf", "a" * 64, 10, "application/pdf")
    report = desk.perform(ImportCase(original(), {1: received}, {}))
    (document,) = library.read(load_case).all(Document)
    assert (report.received, document.sha256, document.size) == (1, "a" * 64, 10)


def test_a_library_comes_out_of_a_zip_as_it_went_in(library: Library, desk: Desk, tmp_path: Path) -> None:
    export_library(library, tmp_path / "one.zip")
    with Library.create(tmp_path / "other") as other:
        import_case_file(other, Desk(other), tmp_path / "one.zip")
        export_library(other, tmp_path / "two.zip")
        assert import_case_file(other, Desk(other), tmp_path / "one.zip").added == {}
    assert (tmp_path / "two.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()


@contextmanager
def holding(case: Case) -> Iterator[tuple[Library, Desk]]:
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "library") as library:
        desk = Desk(library)
        desk.perform(ImportCase(case))
        yield library, desk


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases_of_libraries())
def test_any_case_of_a_library_goes_in_and_comes_out_the_same_and_only_once(case: Case) -> None:
    with holding(case) as (library, desk):
        kept = library.read(load_case)
        assert write_case(kept) == write_case(case)
        once = write_library_records(kept)
        for choices in (None, {}):
            report = desk.perform(ImportCase(case, choices=choices))
            assert (report.added, report.left) == ({}, 0)
        again = library.read(load_case)
        assert (write_case(again), write_library_records(again)) == (write_case(case), once)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), cases())
def test_whatever_comes_in_with_no_choice_made_changes_no_record_that_is_here(first: Case, second: Case) -> None:
    with holding(first) as (library, desk):
        before = library.read(load_case)
        brought(desk, second)
        after = library.read(load_case)
        for kind, found in before.records.items():
            now = {one.id: one for one in after.all(kind)}
            for one in found:
                unbound = dataclasses.replace(now[one.id], paper_number=None) if kind is Document else now[one.id]
                assert unbound == (dataclasses.replace(one, paper_number=None) if kind is Document else one)
        assert brought(desk, second).added == {}


def test_what_travels_is_read_back_from_plain_text() -> None:
    text = json.loads(write_library_records(original()) or "")
    assert text["records"]["promise_proof"] == [{"promise": "CALL1/PR1", "document": "D1"}]
    assert with_library_records(read_case(write_case(original())), json.dumps(text)) == original()
