"""Merging two records of one organization, removing who is named nowhere, and helpers who may speak."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.people import (
    AuthorizeHelper,
    EditAuthorization,
    MergeOrganizations,
    RemoveParty,
    WriteAuthorization,
    uses_of,
)
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import (
    Authorization,
    Bill,
    Call,
    Document,
    DocumentLink,
    Letter,
    Organization,
    Person,
    Policy,
)
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.people import (
    ListAppearances,
    ListBillIdsOf,
    ListEndingHelpers,
    ListPatients,
    ListPeople,
)
from tests.commands.test_undo import snapshot

DAY = date(2025, 5, 4)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        yield made


@pytest.fixture
def desk(library: Library) -> Desk:
    """Ana has a bill of Blue Mesa; a call and a letter name the same place written otherwise."""
    desk = Desk(library)
    desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123"))
    desk.perform(AddRecord(Organization(name="Blue Mesa Img.", kind="imaging", phone="555-0100", notes="By the park")))
    desk.perform(AddRecord(Call(started=Moment(DAY), organization_id=2, said="They will look.")))
    desk.perform(AddRecord(Letter(kind="dispute", recipient_id=2, date=DAY, subject="Two films")))
    return desk


def offices(library: Library) -> list[Organization]:
    return library.read(lambda reader: reader.find(Organization))


def test_what_named_the_second_names_the_first_and_nothing_that_it_said_is_lost(library: Library, desk: Desk) -> None:
    desk.perform(AddRecord(Document(file="a.pdf")))
    desk.perform(AddRecord(DocumentLink(document_id=1, type="organization", target_id=2)))
    before = snapshot(library)
    kept = desk.perform(MergeOrganizations(1, 2))
    assert offices(library) == [kept]
    assert (kept.name, kept.phone) == ("Blue Mesa Imaging", "555-0100")
    assert kept.notes == "By the park\nMerged with a record that said: name Blue Mesa Img."
    for kind, name in ((Call, "organization_id"), (Letter, "recipient_id")):
        assert [getattr(one, name) for one in library.read(lambda reader, kind=kind: reader.find(kind))] == [1]
    assert library.read(lambda reader: reader.find(DocumentLink))[0].target_id == 1
    desk.undo()
    assert snapshot(library) == before


def test_an_organization_is_not_merged_with_itself(desk: Desk) -> None:
    with pytest.raises(UserError, match="with itself"):
        desk.perform(MergeOrganizations(1, 1))


def test_who_is_named_somewhere_stays_and_the_refusal_says_where(library: Library, desk: Desk) -> None:
    with pytest.raises(UserError, match=r"“Blue Mesa Img.” can't be removed .*: 1 × call, 1 × letter\."):
        desk.perform(RemoveParty(Organization, 2))
    with pytest.raises(UserError, match="1 × bill"):
        desk.perform(RemoveParty(Person, 1))
    desk.perform(AuthorizeHelper("Maria Lopez", "advocate", Authorization(person_id=1, helper_id=0)))
    with pytest.raises(UserError, match="1 × authorization of a helper"):
        desk.perform(RemoveParty(Organization, 3))
    desk.perform(AddRecord(Person(name="Sam")))
    desk.perform(RemoveParty(Person, 2))
    assert library.read(lambda reader: uses_of(reader, Organization, 1)) == {"bill": 1}


def test_a_helper_is_found_by_name_or_made_new(library: Library, desk: Desk) -> None:
    for _ in range(2):
        desk.perform(AuthorizeHelper("maria  lopez", "advocate", Authorization(person_id=1, helper_id=0)))
    assert [one.name for one in offices(library)][2:] == ["maria lopez"]
    with pytest.raises(UserError, match="no name"):
        desk.perform(AuthorizeHelper(" ", "advocate", Authorization(person_id=1, helper_id=0)))
    wrong = Authorization(person_id=1, helper_id=0, begins=DAY, ends=date(2025, 5, 3))
    with pytest.raises(UserError, match="before the first"):
        desk.perform(AuthorizeHelper("Maria", "advocate", wrong))
    with pytest.raises(UserError, match="before the first"):
        desk.perform(EditAuthorization(1, (("begins", DAY), ("ends", date(2025, 5, 3)))))


def test_the_letter_is_filled_from_its_own_authorization(library: Library, desk: Desk) -> None:
    given = Authorization(person_id=1, helper_id=0, scope="Speak and get copies.", ends=date(2025, 12, 31))
    first = desk.perform(AuthorizeHelper("Maria Lopez", "advocate", given))
    desk.perform(AuthorizeHelper("Ben", "other", Authorization(person_id=1, helper_id=0)))
    desk.perform(EditRecord(Organization, first.helper_id, (("address", "1 Mesa Road\nSpringfield NM"),)))
    letter = desk.perform(WriteAuthorization(first.id, 1))
    assert "Maria Lopez to speak with you" in letter.body
    assert "The address is 1 Mesa Road, Springfield NM." in letter.body
    assert "What Maria Lopez may do for me: Speak and get copies." in letter.body
    assert "until December 31, 2025." in letter.body
    assert (letter.kind, letter.recipient_id) == ("helper_authorization", 1)
    kept = library.read(lambda reader: reader.find(Authorization))
    assert [one.letter_id for one in kept] == [letter.id, None]
    desk.undo()
    assert library.read(lambda reader: reader.find(Letter, kind="helper_authorization")) == []


def test_a_last_day_that_is_not_known_stays_a_blank(desk: Desk) -> None:
    given = desk.perform(AuthorizeHelper("Maria", "advocate", Authorization(person_id=1, helper_id=0)))
    letter = desk.perform(WriteAuthorization(given.id, 1))
    assert "until [last day]." in letter.body


def test_the_letter_is_about_a_bill_of_the_patient(desk: Desk) -> None:
    desk.perform(EnterBill("County", "hospital", "Ben Ruiz"))
    given = desk.perform(AuthorizeHelper("Maria", "advocate", Authorization(person_id=1, helper_id=0)))
    with pytest.raises(UserError, match="another patient"):
        desk.perform(WriteAuthorization(given.id, 2))


def test_everybody_is_listed_with_where_they_appear_and_what_is_missing(library: Library, desk: Desk) -> None:
    desk.perform(AddRecord(Organization(name="Sun Plan", kind="insurer", address="2 Sun Way", phone="5", state="NM")))
    desk.perform(AddRecord(Policy(person_id=1, insurer_id=3, plan_name="Gold")))
    desk.perform(AuthorizeHelper("Maria", "advocate", Authorization(person_id=1, helper_id=0, ends=DAY)))
    rows = library.read(ListPeople())
    assert [(row.name, row.group, row.bills, row.calls, row.letters, row.missing) for row in rows] == [
        ("Blue Mesa Imaging", "billers", 1, 0, 0, ("address", "phone")),
        ("Blue Mesa Img.", "billers", 0, 1, 1, ("address",)),
        ("Maria", "helpers", 0, 0, 0, ("address", "phone")),
        ("Sun Plan", "insurers", 0, 0, 0, ()),
        ("Ana Ruiz", "patients", 1, 0, 0, ()),
    ]
    assert len({row.key for row in rows}) == 5
    assert [row.name for row in library.read(ListPeople("helpers"))] == ["Maria"]
    found = library.read(ListAppearances("organization", 2, DAY))
    assert [(one.kind, one.day, one.text) for one in found] == [
        ("call", DAY, "They will look."),
        ("letter", DAY, "Two films"),
    ]
    assert {one.kind for one in library.read(ListAppearances("person", 1, DAY))} == {"bill", "policy", "authorization"}


def test_an_authorization_is_reminded_of_before_it_ends_and_shortly_after(library: Library, desk: Desk) -> None:
    given = desk.perform(AuthorizeHelper("Maria", "advocate", Authorization(person_id=1, helper_id=0, ends=DAY)))

    def told(days: int) -> list[str]:
        return [one.text for one in library.read(ListEndingHelpers(DAY + timedelta(days=days)))]

    assert told(-31) == told(31) == []
    assert told(-30) == told(0) == ["Maria may speak for Ana Ruiz until May 4, 2025."]
    assert told(30) == ["Maria may no longer speak for Ana Ruiz: it ended on May 4, 2025."]
    desk.perform(EditAuthorization(given.id, (("revoked", DAY),)))
    assert told(0) == []
    longer = Authorization(person_id=1, helper_id=0, ends=date(2026, 5, 4))
    desk.perform(EditAuthorization(given.id, (("revoked", None),)))
    desk.perform(AuthorizeHelper("Maria", "advocate", longer))
    assert told(0) == []


def test_patients_are_those_who_have_bills(library: Library, desk: Desk) -> None:
    desk.perform(AddRecord(Person(name="Sam")))
    desk.perform(EnterBill("County", "hospital", "Ben Ruiz"))
    assert [one.name for one in library.read(ListPatients())] == ["Ana Ruiz", "Ben Ruiz"]
    assert library.read(ListBillIdsOf(1)) == {1}
    assert len(library.read(lambda reader: reader.find(Bill))) == 2
