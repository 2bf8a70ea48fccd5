"""Appeals level by level, and what a collector's notice is answered with: what is kept, drafted and refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medbills_desktop.commands.appeals import DecideAppeal, FileAppeal, StartAppeal, WriteAppealLetter
from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.claims import EnterClaim
from medbills_desktop.commands.collections import MarkDisputed, MarkValidated, WriteDebtDispute
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Appeal, Claim, Collection, Organization
from medbills_desktop.store.library import Library


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        desk = Desk(library)
        desk.perform(EnterBill("Lakeside Imaging", "imaging", "Ana Ruiz", "1", None, None))
        for number, day in (("C-1", date(2026, 1, 5)), ("C-2", date(2026, 2, 5))):
            claim = Claim(policy_id=0, bill_id=1, number=number, status="denied", date=day)
            desk.perform(EnterClaim("Example Health", claim))
        yield desk


def test_a_level_goes_from_begun_to_filed_to_decided(desk: Desk) -> None:
    begun = desk.perform(
        StartAppeal(1, "internal", date(2026, 1, 5), date(2026, 1, 9), date(2026, 7, 31), " Coded wrong ")
    )
    assert begun.reason == "Coded wrong"
    assert desk.perform(FileAppeal(begun.id, date(2026, 2, 1))).filed == date(2026, 2, 1)
    decided = desk.perform(DecideAppeal(begun.id, date(2026, 3, 1), "upheld", notes="See page 2"))
    assert (decided.decided, decided.outcome, decided.notes) == (date(2026, 3, 1), "upheld", "See page 2")


def test_what_can_not_be_is_refused_and_an_odd_receipt_is_not(desk: Desk) -> None:
    begun = desk.perform(StartAppeal(1, "internal", date(2026, 1, 5), date(2026, 1, 2)))
    with pytest.raises(UserError, match="begun already"):
        desk.perform(StartAppeal(1, "internal"))
    with pytest.raises(UserError, match="is of Jan 5, 2026, after this day"):
        desk.perform(FileAppeal(begun.id, date(2026, 1, 4)))
    desk.perform(FileAppeal(begun.id, date(2026, 2, 1)))
    with pytest.raises(UserError, match="filed on Feb 1, 2026, after this day"):
        desk.perform(DecideAppeal(begun.id, date(2026, 1, 31), "upheld"))
    with pytest.raises(UserError, match="last day can't be before"):
        desk.perform(StartAppeal(1, "external", date(2026, 3, 1), None, date(2026, 2, 1)))


def test_the_letter_of_a_level_speaks_of_its_own_claim_and_notice(desk: Desk) -> None:
    begun = desk.perform(StartAppeal(1, "internal", date(2026, 1, 7), None, None, "The scan was ordered by my doctor."))
    letter = desk.perform(WriteAppealLetter(begun.id))
    assert (letter.kind, letter.status) == ("internal_appeal", "draft")
    assert "C-1" in (letter.subject or "")
    assert "C-2" not in f"{letter.subject}{letter.body}"
    assert "January 7, 2026" in (letter.body or "")
    assert "1. The scan was ordered by my doctor." in (letter.body or "")
    kept = desk._library.read(lambda reader: reader.get(Appeal, begun.id))
    assert kept.letter_id == letter.id


def test_a_court_has_no_letter(desk: Desk) -> None:
    begun = desk.perform(StartAppeal(1, "court"))
    with pytest.raises(UserError, match="no letter for this level"):
        desk.perform(WriteAppealLetter(begun.id))


def test_each_dispute_goes_to_its_own_collector(desk: Desk) -> None:
    for number, name in ((1, "Red Fork Recovery"), (2, "Blue Fork Recovery")):
        collector = desk.perform(AddRecord(Organization(name=name, kind="collector")))
        placement = Collection(
            bill_id=1,
            collector_id=collector.id,
            reference=f"R-{number}",
            amount=Cents(number * 100_00),
            notice_date=date(2026, number, 5),
            notice_received=date(2026, number, 9),
        )
        desk.perform(AddRecord(placement))
    letters = [desk.perform(WriteDebtDispute(number)) for number in (1, 2)]
    assert [letter.subject for letter in letters] == [f"Dispute of the debt, your reference R-{n}" for n in (1, 2)]
    assert "Red Fork Recovery" in letters[0].body
    assert "$100.00" in letters[0].body
    assert letters[0].recipient_id != letters[1].recipient_id
    with pytest.raises(UserError, match="came on Jan 9, 2026, after this day"):
        desk.perform(MarkDisputed(1, date(2026, 1, 8)))
    desk.perform(MarkDisputed(1, date(2026, 1, 20)))
    with pytest.raises(UserError, match="disputed the debt on Jan 20, 2026"):
        desk.perform(MarkValidated(1, date(2026, 1, 19)))
    assert desk.perform(MarkValidated(1, date(2026, 2, 2))).validated_on == date(2026, 2, 2)
