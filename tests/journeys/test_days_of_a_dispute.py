"""Cases of real patients played day by day: each due thing and each next step on its day, none on the day before."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from medbills_desktop.commands.bills import SetBillStatus
from medbills_desktop.commands.collections import EnterNotice, MarkDisputed, MarkValidated
from medbills_desktop.commands.offers import AnswerOffer, MakeOffer, RecordConfirmation
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.outcome import outcome
from medbills_desktop.domain.records import (
    Collection,
    Letter,
    Offer,
    Payment,
)
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.library import Library
from tests.support.days import QUIET, Dispute, day

ANSWER_ZERO = "Answer to “Request for a zero-balance letter”"
NOTHING = "Nothing to do now: no answer is awaited and no date runs. A new statement or letter changes that."
ITEMIZED = "Ask for the itemized bill: only single charges show whether the total is right."


@pytest.fixture
def begin(library: Library, open_window: Callable[..., MainWindow]) -> Callable[[str], Dispute]:
    """Opens the program on its first day."""
    return lambda text: Dispute(open_window(library, day(text)))


def test_settled_then_collected(begin: Callable[[str], Dispute]) -> None:
    """S8: 1,998.82 asked, 1,699.00 agreed and paid; seven months later a collector asks for the discount."""
    play = begin("2024-10-20")
    bill = play.a_bill("Delaware Clinic", date=day("2024-10-01"), balance=Cents(1_998_82))
    play.lines(bill, 1_998_82)
    theirs = Offer(
        bill_id=bill.id,
        date=day("2024-11-01"),
        amount=Cents(1_699_00),
        direction="from_them",
        expires=day("2024-11-10"),
    )
    play.on("2024-11-01")
    offer = play.do(MakeOffer(theirs))
    answer = "Answer their offer of $1,699.00: it ends on Nov 10, 2024."
    play.played(bill.id, ("2024-11-02", answer, []), ("2024-11-10", answer, []))
    play.do(AnswerOffer(offer.id, "accepted"))
    in_writing = "Ask for the settlement in writing: nothing in writing is noted for the accepted offer."
    play.played(bill.id, ("2024-11-11", in_writing, []))
    play.do(RecordConfirmation(offer.id, play.paper(bill, "agreed").id))
    play.add(Payment(bill_id=bill.id, date=day("2024-11-20"), amount=Cents(1_699_00)))
    zero = (
        "Ask for a letter that says the balance is zero: the agreed $1,699.00 was paid by Nov 20, 2024, "
        "and no such letter is noted."
    )
    play.played(bill.id, ("2024-11-21", zero, []))
    play.do(SetBillStatus(bill.id, "settled"))
    assert play.sentence(bill.id) == zero
    asked = play.letter(bill, "zero_balance_request", "2024-11-21", "2024-12-06")
    play.played(
        bill.id,
        ("2024-12-06", "Nothing to do now: the answer to your letter is due on Dec 6, 2024.", [ANSWER_ZERO]),
        ("2024-12-07", "Ask for the answer to your letter: it was due on Dec 6, 2024.", [ANSWER_ZERO]),
    )
    play.add(Letter(bill_id=bill.id, kind="reply", status="received", date=day("2024-12-08"), answers_to_id=asked.id))
    play.change(offer, zero_balance_letter=True)
    play.played(bill.id, ("2024-12-09", QUIET, []), ("2025-06-04", QUIET, []))

    notice = Collection(
        bill_id=bill.id,
        collector_id=0,
        notice_date=day("2025-06-01"),
        notice_received=day("2025-06-05"),
        amount=Cents(300_00),
    )
    play.on("2025-06-05")
    play.do(EnterNotice("North Recovery", notice))
    dispute = "Dispute the debt in writing: the collector's 30 days end on Jul 5, 2025."
    play.played(bill.id, ("2025-06-05", dispute, []), ("2025-07-05", dispute, ["Dispute the debt in writing"]))
    assert [card.act.text() for card in play.window.today.steps.cards] == ["Write letter"]
    late = "Ask the collector in writing what the debt is: no dispute is noted, and its 30 days ended on Jul 5, 2025."
    play.played(bill.id, ("2025-07-06", late, []))
    kept = play.only(Collection)
    play.do(MarkDisputed(kept.id, day("2025-07-05")))
    silent = "Nothing to do now: the collector has not answered your dispute of Jul 5, 2025."
    play.played(bill.id, ("2025-07-07", silent, []))
    play.do(MarkValidated(kept.id, day("2025-08-01")))
    play.played(bill.id, ("2025-08-02", QUIET, []))
    found = outcome(play.window.session.read(lambda reader: load_bills(reader, {bill.id})), bill.id)
    assert found is not None
    assert (found.off, found.percent) == (299_82, Decimal("15.0"))
    assert play.window.today.progress.figures[2].value.text() == "$299.82"


def test_a_collector_for_a_clinic_that_was_never_visited(begin: Callable[[str], Dispute]) -> None:
    """S27: the 30 days from the day the notice came, or five business days after its date without it."""
    play = begin("2024-02-01")
    bill = play.a_bill("Urgent Care of Elsewhere", date=day("2024-01-10"), balance=Cents(71_00))
    play.lines(bill, 71_00)
    play.played(bill.id, ("2024-02-01", NOTHING, []))
    notice = Collection(bill_id=bill.id, collector_id=0, notice_date=day("2024-02-01"), amount=Cents(71_00))
    play.do(EnterNotice("North Recovery", notice))
    # Feb 1 is a Thursday: business days 2, 5, 6, 7, 8; 30 days after Feb 8 in a leap year
    by_date = "Dispute the debt in writing: the collector's 30 days end on Mar 9, 2024."
    play.played(bill.id, ("2024-02-03", by_date, []), ("2024-03-09", by_date, ["Dispute the debt in writing"]))
    play.change(play.only(Collection), notice_received=day("2024-02-05"))
    late = "Ask the collector in writing what the debt is: no dispute is noted, and its 30 days ended on Mar 6, 2024."
    play.played(bill.id, ("2024-03-07", late, []))
    play.on("2024-03-06")
    assert play.due() == ["Dispute the debt in writing"]
    assert [what for _, what in play.ahead()] == []


def test_offers_both_ways_save_twenty_two_thousand(begin: Callable[[str], Dispute]) -> None:
    """S28: $25,000.00 came to $2,832.00; $22,168.00 and 88.7 % less, counted once the bill is settled."""
    play = begin("2009-03-02")
    bill = play.a_bill("Elbow Surgeons", date=day("2009-01-05"), balance=Cents(25_000_00))
    play.lines(bill, 25_000_00)
    mine = Offer(
        bill_id=bill.id, date=day("2009-03-02"), amount=Cents(1_500_00), direction="from_me", expires=day("2009-03-16")
    )
    offer = play.do(MakeOffer(mine))
    waiting = "Nothing to do now: your offer of $1,500.00 is open until Mar 16, 2009."
    asking = "Ask what they say to your offer of $1,500.00: it ended on Mar 16, 2009 without an answer."
    play.played(bill.id, ("2009-03-03", waiting, []), ("2009-03-16", waiting, []), ("2009-03-17", asking, []))
    counter = Offer(bill_id=bill.id, date=day("2009-03-18"), amount=Cents(2_832_00), expires=day("2009-04-01"))
    theirs = play.do(AnswerOffer(offer.id, "countered", counter))
    answer = "Answer their offer of $2,832.00: it ends on Apr 1, 2009."
    play.played(bill.id, ("2009-03-18", answer, []), ("2009-04-01", answer, []))
    play.do(AnswerOffer(theirs.id, "accepted"))
    play.change(theirs, pay_by=day("2009-04-20"))
    written = "Ask for the settlement in writing first: its payment falls due on Apr 20, 2009."
    play.played(bill.id, ("2009-04-02", written, []))
    play.do(RecordConfirmation(theirs.id, play.paper(bill, "agreed").id))
    pay = "Look at the agreement: it is confirmed in writing, and its payment falls due on Apr 20, 2009."
    over = "Look at the agreement: its payment fell due on Apr 20, 2009, and none is entered."
    play.played(bill.id, ("2009-04-20", pay, []), ("2009-04-21", over, []))
    assert play.window.today.progress.figures[2].value.text() == "$0.00"
    tab = play.window.bills.bill
    play.window.going.show_page("bills")
    play.window.bills.show_bill(bill.id)
    tab.show_tab("offers")
    words = "Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %)"
    assert tab.offers.outcome.said == f"{words} once it is settled."
    play.add(Payment(bill_id=bill.id, date=day("2009-04-21"), amount=Cents(2_832_00)))
    play.do(SetBillStatus(bill.id, "settled"))
    assert tab.offers.outcome.said == f"{words}."
    play.on("2009-04-22")
    assert play.window.today.progress.figures[2].value.text() == "$22,168.00"
    assert play.sentence(bill.id).startswith("Ask for a letter that says the balance is zero: the agreed $2,832.00 ")
