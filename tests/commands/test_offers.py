"""Negotiating: chained offers both ways, and nothing is settled before the written confirmation is attached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.commands.bills import EnterBill, SetBillStatus
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.offers import (
    AnswerOffer,
    AskConfirmation,
    AskZeroBalance,
    MakeOffer,
    MarkExpired,
    RecordConfirmation,
    RecordZeroBalance,
    SettleBill,
)
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.errors import NotFoundError, UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.outcome import outcome
from medbills_desktop.domain.records import Bill, DocumentLink, Letter, Offer, Payment, Record, Statement
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.library import Library
from tests.support.libraries import received

DAY, LATER = date(2025, 5, 4), date(2025, 5, 20)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        yield library


@pytest.fixture
def desk(library: Library) -> Desk:
    desk = Desk(library)
    statement = Statement(bill_id=0, date=DAY, balance=Cents(25_000_00))
    desk.perform(EnterBill("Blue Mesa Hospital", "hospital", "Ana Ruiz", "000123", DAY, statement))
    desk.perform(AddPapers((received(library, "offer"), received(library, "confirmation"), received(library, "zero"))))
    return desk


def offer(amount: int = 2_832_00, **given: Any) -> Offer:
    return Offer(**{"bill_id": 1, "date": DAY, "amount": Cents(amount), "direction": "from_them", **given})


def kept(library: Library, kind: type[Record] = Offer, number: int = 1) -> Any:
    return library.read(lambda reader: reader.get(kind, number))


def test_an_offer_is_kept_as_open(desk: Desk, library: Library) -> None:
    desk.perform(MakeOffer(offer(direction="from_me", lump_sum=True)))
    one = kept(library)
    assert (one.status, one.direction, one.amount) == ("open", "from_me", 2_832_00)
    assert desk.undo_label == "Make offer"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": Cents(0)}, "above zero"),
        ({"amount": Cents(-5)}, "above zero"),
        ({"direction": None}, "Whose offer"),
        ({"installments": 0}, "make no plan"),
        ({"installments": 361}, "make no plan"),
        ({"installment_amount": Cents(0)}, "installment is above zero"),
        ({"bill_id": 9}, "no longer"),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused_and_nothing_is_kept(
    desk: Desk, library: Library, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        desk.perform(MakeOffer(offer(**given)))
    assert library.read(lambda reader: reader.find(Offer)) == []


def test_a_counter_offer_is_the_next_of_the_chain_from_the_other_side(desk: Desk, library: Library) -> None:
    desk.perform(MakeOffer(offer(20_000_00)))
    mine = desk.perform(AnswerOffer(1, "countered", offer(1_500_00, direction=None, date=LATER)))
    theirs = desk.perform(AnswerOffer(2, "countered", offer(2_832_00, direction=None, date=LATER)))
    assert (mine.direction, mine.answers_to_id, mine.status) == ("from_me", 1, "open")
    assert (theirs.direction, theirs.answers_to_id) == ("from_them", 2)
    assert [kept(library, Offer, number).status for number in (1, 2, 3)] == ["countered", "countered", "open"]
    desk.undo()
    assert [one.status for one in library.read(lambda reader: reader.find(Offer))] == ["countered", "open"]


def test_a_counter_offer_without_an_amount_or_older_than_what_it_answers_is_refused(desk: Desk) -> None:
    desk.perform(MakeOffer(offer(date=LATER)))
    with pytest.raises(UserError, match="needs an amount"):
        desk.perform(AnswerOffer(1, "countered"))
    with pytest.raises(UserError, match="older than"):
        desk.perform(AnswerOffer(1, "countered", offer(date=DAY)))


@pytest.mark.parametrize("answer", ["accepted", "declined"])
def test_an_offer_is_answered_once(desk: Desk, library: Library, answer: Any) -> None:
    desk.perform(MakeOffer(offer()))
    desk.perform(AnswerOffer(1, answer))
    assert kept(library).status == answer
    with pytest.raises(UserError, match="answered already"):
        desk.perform(AnswerOffer(1, "accepted"))


def test_one_agreement_holds_at_a_time(desk: Desk) -> None:
    desk.perform(MakeOffer(offer()))
    desk.perform(MakeOffer(offer(3_000_00)))
    desk.perform(AnswerOffer(1, "accepted"))
    with pytest.raises(UserError, match=r"Another offer .* \$2,832\.00"):
        desk.perform(AnswerOffer(2, "accepted"))


def test_offers_are_marked_as_expired_by_a_command_and_only_those_whose_day_has_passed(
    desk: Desk, library: Library
) -> None:
    desk.perform(MakeOffer(offer(expires=DAY)))
    desk.perform(MakeOffer(offer(expires=LATER)))
    with pytest.raises(UserError, match="passed its last day"):
        desk.perform(MarkExpired(1, DAY))
    desk.perform(MarkExpired(1, LATER))
    assert [kept(library, Offer, number).status for number in (1, 2)] == ["expired", "open"]
    desk.perform(AnswerOffer(1, "accepted"))
    assert kept(library).status == "accepted", "they may still stand by it"


def test_a_bill_is_settled_only_with_the_confirmation_attached(desk: Desk, library: Library) -> None:
    with pytest.raises(UserError, match="No offer on this bill is accepted"):
        desk.perform(SettleBill(1))
    desk.perform(MakeOffer(offer()))
    desk.perform(AnswerOffer(1, "accepted"))
    for settle in (
        SettleBill(1),
        SetBillStatus(1, "settled"),
        EditRecord(Bill, 1, (("status", "settled"), ("notes", "x"))),
    ):
        with pytest.raises(UserError, match="not confirmed in writing") as refusal:
            desk.perform(settle)
        assert "Attach the paper" in refusal.value.todo
    desk.perform(EditRecord(Offer, 1, (("written_confirmation", True),)))
    with pytest.raises(UserError, match="not confirmed in writing"):
        desk.perform(SettleBill(1))
    desk.perform(RecordConfirmation(1, 2))
    desk.perform(SettleBill(1))
    assert kept(library, Bill).status == "settled"
    desk.undo()
    assert kept(library, Bill).status == "new"


def test_a_bill_without_an_agreement_may_still_be_called_settled(desk: Desk, library: Library) -> None:
    desk.perform(MakeOffer(offer()))
    desk.perform(SetBillStatus(1, "settled"))
    assert kept(library, Bill).status == "settled"


def test_the_paper_that_an_offer_named_before_stays_linked_to_it(desk: Desk, library: Library) -> None:
    desk.perform(MakeOffer(offer(document_id=1)))
    with pytest.raises(UserError, match="Accept the offer first"):
        desk.perform(RecordConfirmation(1, 2))
    desk.perform(AnswerOffer(1, "accepted"))
    desk.perform(RecordConfirmation(1, 2))
    assert (kept(library).document_id, kept(library).written_confirmation) == (2, True)
    links = library.read(lambda reader: reader.find(DocumentLink, type="offer", target_id=1))
    assert [link.document_id for link in links] == [1]
    with pytest.raises(NotFoundError):
        desk.perform(RecordConfirmation(1, 99))


def test_the_letters_that_end_it_name_what_was_agreed_and_are_drafted_once(desk: Desk, library: Library) -> None:
    with pytest.raises(UserError, match="accepted yet"):
        desk.perform(AskConfirmation(1))
    desk.perform(MakeOffer(offer(pay_by=LATER)))
    desk.perform(AnswerOffer(1, "accepted"))
    first = desk.perform(AskConfirmation(1))
    assert "one payment of $2,832.00, due on May 20, 2025" in first.body
    assert desk.perform(AskConfirmation(1)).id == first.id
    desk.perform(AddRecord(Payment(bill_id=1, date=LATER, amount=Cents(2_832_00))))
    ask = desk.perform(AskZeroBalance(1))
    assert ask.kind == "zero_balance_request"
    assert "$2,832.00 on May 20, 2025" in ask.body
    assert desk.perform(AskZeroBalance(1)).id == ask.id
    assert len(library.read(lambda reader: reader.find(Letter))) == 2


def test_the_zero_balance_letter_is_linked_beside_the_confirmation(desk: Desk, library: Library) -> None:
    desk.perform(MakeOffer(offer()))
    desk.perform(AnswerOffer(1, "accepted"))
    desk.perform(RecordConfirmation(1, 2))
    desk.perform(RecordZeroBalance(1, 3))
    one = kept(library)
    assert (one.document_id, one.zero_balance_letter) == (2, True)
    links = library.read(lambda reader: reader.find(DocumentLink, type="offer", target_id=1))
    assert [link.document_id for link in links] == [3]


def test_what_it_came_to_is_derived_from_the_records(desk: Desk, library: Library) -> None:
    """Scenario S28, by commands."""
    desk.perform(MakeOffer(offer(1_000_00, direction="from_me")))
    desk.perform(AnswerOffer(1, "countered", offer(2_832_00, date=LATER)))
    desk.perform(AnswerOffer(2, "accepted"))
    found = outcome(library.read(lambda reader: load_bills(reader, {1})), 1)
    assert found is not None
    assert found.sentence == "Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %) once it is settled."
    assert found.off == 0
    desk.perform(RecordConfirmation(2, 2))
    desk.perform(SettleBill(1))
    settled = outcome(library.read(lambda reader: load_bills(reader, {1})), 1)
    assert settled is not None
    assert settled.sentence == "Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %)."
