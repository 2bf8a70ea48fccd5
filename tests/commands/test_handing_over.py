"""One case leaves a library for somebody else: all that belongs to it, nothing of others, and whole in itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medbills_desktop.commands.case_files import import_case_file
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.handing_over import FindBillsBeside, ReadHandOver, hand_over
from medbills_desktop.commands.import_case import ImportCase
from medbills_desktop.commands.recordings import AddRecording, receive_recording
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Authorization,
    Bill,
    Call,
    CallBill,
    Claim,
    Document,
    DocumentLink,
    FindingDecision,
    Letter,
    Line,
    Organization,
    OwnCard,
    Person,
    Policy,
    Price,
    Record,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.exchange.case_writing import write_case
from medbills_desktop.store.case_loading import load_case
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.papers import ListUnread

DAY = date(2025, 5, 4)


def household() -> list[Record]:
    """Ana and Ben: a visit of hers with two bills, and a bill of his; one call was about both of them."""
    return [
        Person(id=1, ref="P1", name="Ana Ruiz"),
        Person(id=2, ref="P2", name="Ben Ruiz"),
        Organization(id=1, ref="O1", name="Blue Mesa", kind="imaging"),
        Organization(id=2, ref="O2", name="Dr. Gray", kind="physician"),
        Organization(id=3, ref="O3", name="Ben's Dentist", kind="dental"),
        Organization(id=4, ref="O4", name="Sun Plan", kind="insurer"),
        Organization(id=5, ref="O5", name="Maria Lopez", kind="advocate"),
        Policy(id=1, ref="POL1", person_id=1, insurer_id=4),
        Policy(id=2, ref="POL2", person_id=2, insurer_id=4),
        Visit(id=1, ref="V1", person_id=1, start=Moment(DAY)),
        Visit(id=2, ref="V2", person_id=1, start=Moment(date(2024, 1, 1)), reason="Something else"),
        Bill(id=1, ref="B1", biller_id=1, person_id=1, visit_id=1),
        Bill(id=2, ref="B2", biller_id=2, person_id=1, visit_id=1),
        Bill(id=3, ref="B3", biller_id=3, person_id=2),
        Statement(id=1, ref="ST1", bill_id=1, date=DAY, document_id=1),
        Line(id=1, ref="L1", bill_id=1, position=1024, description="Film", code="A4550"),
        Line(id=2, ref="L1", bill_id=3, position=1024, description="Gauze", code="A4215"),
        Claim(id=1, ref="C1", policy_id=1, bill_id=1),
        Claim(id=2, ref="C2", policy_id=2, bill_id=3),
        Call(id=1, ref="CALL1", started=Moment(DAY), organization_id=1, private_note="I was angry."),
        CallBill(id=1, call_id=1, bill_id=1),
        CallBill(id=2, call_id=1, bill_id=3),
        Letter(id=1, ref="LT1", kind="dispute", bill_id=1, answers_to_id=2),
        Letter(id=2, ref="LT2", kind="dispute", bill_id=3),
        Task(id=1, ref="T1", text="Ask Ben", bill_id=3),
        Price(id=1, code="A4550", amount=Cents(5), source="A list"),
        Price(id=2, code="A4215", amount=Cents(5), source="A list"),
        Document(id=1, ref="D1", file="ana.pdf"),
        Document(id=2, ref="D2", file="ben.pdf"),
        DocumentLink(id=1, document_id=1, type="bill", target_id=1),
        DocumentLink(id=2, document_id=2, type="bill", target_id=3),
        FindingDecision(id=1, bill_id=1, check="late-fee", fingerprint="f", decision="asked"),
        Authorization(id=1, person_id=1, helper_id=5),
        Authorization(id=2, person_id=2, helper_id=5),
    ]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        Desk(made).perform(ImportCase(case_of(household())))
        made.perform("Card", lambda work: work.add(OwnCard(card_id="x", text="y", written_at="z")))
        yield made


def refs(case: Case) -> dict[str, list[str]]:
    return {kind.KIND: [record.ref for record in found] for kind, found in case.records.items() if kind.PREFIX}


def test_all_that_belongs_to_the_bills_goes_along_and_nothing_of_others(library: Library) -> None:
    handed = library.read(ReadHandOver((1, 2)))
    assert refs(handed.case) == {
        "person": ["P1"],
        "organization": ["O1", "O2", "O4", "O5"],
        "policy": ["POL1"],
        "visit": ["V1"],
        "bill": ["B1", "B2"],
        "statement": ["ST1"],
        "line": ["L1"],
        "claim": ["C1"],
        "call": ["CALL1"],
        "letter": ["LT1"],
        "document": ["D1"],
    }
    assert [one.code for one in handed.case.all(Price)] == ["A4550"]
    assert len(handed.case.all(Authorization)) == len(handed.case.all(FindingDecision)) == 1
    assert [link.bill_id for link in handed.case.all(CallBill)] == [1]
    assert handed.case.all(Letter)[0].answers_to_id is None
    assert not handed.case.all(OwnCard)
    assert "Ben" not in write_case(handed.case)
    assert (handed.notes_left_out, handed.patients_left_out) == (1, ("Ben Ruiz",))


def test_private_notes_go_along_only_where_they_are_wanted(library: Library) -> None:
    assert library.read(ReadHandOver((1,))).case.all(Call)[0].private_note is None
    wanted = library.read(ReadHandOver((1,), private_notes=True))
    assert wanted.case.all(Call)[0].private_note == "I was angry."
    assert wanted.notes_left_out == 0


def test_the_holder_of_a_policy_that_paid_goes_along_with_the_bill(library: Library) -> None:
    library.perform("Move", lambda work: work.change(Claim, 1, policy_id=2))
    case = library.read(ReadHandOver((1,))).case
    assert [one.name for one in case.all(Person)] == ["Ana Ruiz", "Ben Ruiz"]
    assert [one.ref for one in case.all(Bill)] == ["B1"]


def test_the_bills_of_one_visit_are_found(library: Library) -> None:
    assert library.read(FindBillsBeside(1)) == {1, 2}
    assert library.read(FindBillsBeside(3)) == {3}
    assert library.read(FindBillsBeside(99)) == set()


def test_what_was_handed_over_comes_into_another_library_and_back_without_doubles(
    library: Library, tmp_path: Path
) -> None:
    told = hand_over(library, (1, 2), False, tmp_path / "case.zip")
    assert "without 1 papers whose bytes are not held" in told
    assert zipfile.ZipFile(tmp_path / "case.zip").namelist() == ["case.json", "library.json"]
    with Library.create(tmp_path / "other") as other:
        import_case_file(other, Desk(other), tmp_path / "case.zip")
        assert refs(other.read(load_case)) == refs(library.read(ReadHandOver((1, 2))).case)
        hand_over(other, (1, 2), False, tmp_path / "back.zip")
    assert (tmp_path / "back.zip").read_bytes() == (tmp_path / "case.zip").read_bytes()


def test_a_target_in_the_library_itself_is_refused(library: Library) -> None:
    with pytest.raises(UserError, match="own folder"):
        hand_over(library, (1,), False, library.folder / "case.zip")


def test_a_recording_comes_back_as_a_sound_and_is_never_read_as_a_paper(library: Library, tmp_path: Path) -> None:
    sound = tmp_path / "call.wav"
    sound.write_bytes(b"RIFF\x24\0\0\0WAVEfmt " + bytes(64))
    document = Desk(library).perform(AddRecording(receive_recording(library, sound), DAY))
    library.perform("Link", lambda work: work.change(Call, 1, document_id=document.id))
    hand_over(library, (1,), False, tmp_path / "case.zip")
    with Library.create(tmp_path / "theirs") as theirs:
        import_case_file(theirs, Desk(theirs), tmp_path / "case.zip")
        (call,) = theirs.read(lambda reader: reader.find(Call))
        assert theirs.read(lambda reader: reader.get(Document, call.document_id)).media_type == "audio/wav"
        assert theirs.read(ListUnread()) == []
