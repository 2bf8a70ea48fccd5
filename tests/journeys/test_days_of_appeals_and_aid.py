"""More cases of real patients played day by day: refunds, appeals and courts, assistance, families, itemized bills."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from medbills_desktop.commands.appeals import DecideAppeal, FileAppeal, StartAppeal
from medbills_desktop.commands.assistance import AddAssistancePapers, MoveAssistance, SendAssistancePapers
from medbills_desktop.commands.calls import ClosePromise, FinishTask
from medbills_desktop.commands.people import AuthorizeHelper
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.offers import gap_words
from medbills_desktop.domain.records import (
    Assistance,
    Authorization,
    Claim,
    Letter,
    Offer,
    Organization,
    Payment,
    Policy,
    Promise,
    Task,
)
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.days import Dispute, day

NOTHING = "Nothing to do now: no answer is awaited and no date runs. A new statement or letter changes that."


@pytest.fixture
def begin(library: Library, open_window: Callable[..., MainWindow]) -> Callable[[str], Dispute]:
    """Opens the program on its first day."""
    return lambda text: Dispute(open_window(library, day(text)))


def test_paid_before_surgery_and_the_refund_ignored(begin: Callable[[str], Dispute]) -> None:
    """S19: a letter of Dec 27 is not answered, a call of Jan 15 brings a promise that is not kept, a complaint one
    that is."""
    play = begin("2013-12-20")
    bill = play.a_bill("Lake Surgeons", date=day("2013-12-02"), balance=Cents(0))
    play.lines(bill, 3_331_88)
    play.add(Payment(bill_id=bill.id, date=day("2013-11-17"), amount=Cents(3_331_88)))
    play.on("2013-12-27")
    ask = play.letter(bill, "refund_demand", "2013-12-27", "2014-01-10", subject="Refund")
    waiting = "Nothing to do now: the answer to your letter is due on Jan 10, 2014."
    late = "Ask for the answer to your letter: it was due on Jan 10, 2014."
    play.played(
        bill.id,
        ("2013-12-31", waiting, []),
        ("2014-01-01", waiting, []),
        ("2014-01-10", waiting, ["Answer to “Refund”"]),
        ("2014-01-11", late, ["Answer to “Refund”"]),
        ("2014-01-15", late, ["Answer to “Refund”"]),
    )
    play.call(bill, "2014-01-15", ("Refund within a week", "2014-01-22"))
    promised = "Nothing to do now: they promised “Refund within a week” for Jan 22, 2014."
    again = "Ask about the promise for Jan 22, 2014: “Refund within a week”."
    both = ["Answer to “Refund”", "Refund within a week"]
    play.played(
        bill.id,
        ("2014-01-15", promised, ["Answer to “Refund”"]),
        ("2014-01-22", promised, both),
        ("2014-01-23", again, both),
    )
    (promise,) = play.window.session.read(lambda reader: reader.find(Promise))
    play.do(ClosePromise(promise.id, "broken", day("2014-01-23")))
    play.played(bill.id, ("2014-01-23", again, ["Answer to “Refund”"]))
    play.letter(bill, "complaint", "2014-01-24", "2014-03-01", subject="Complaint")
    homework = "Go through the findings: 1 thing does not add up yet."
    play.played(
        bill.id,
        ("2014-01-25", homework, ["Answer to “Refund”"]),
        ("2014-02-06", homework, ["Answer to “Refund”"]),
        ("2014-02-07", again, ["Answer to “Refund”"]),
    )
    play.call(bill, "2014-02-07", ("Check in the mail", "2014-02-21"))
    play.add(
        Letter(bill_id=bill.id, kind="reply", status="received", date=day("2014-02-08"), answers_to_id=ask.id),
        Payment(bill_id=bill.id, date=day("2014-02-20"), amount=Cents(3_331_88), kind="refund"),
    )
    newest = play.window.session.read(lambda reader: reader.find(Promise))[-1]
    play.do(ClosePromise(newest.id, "kept", day("2014-02-20")))
    play.on("2014-02-20")
    assert play.due() == []
    assert play.ahead() == [("Mar 1, 2014", "Answer to “Complaint”")]


def test_a_denial_its_levels_and_a_day_in_court(begin: Callable[[str], Dispute]) -> None:
    """S21 and S32: 180 days for the appeal, four months for the review; a court date is a task on its day."""
    play = begin("2025-01-10")
    bill = play.a_bill("Sky Ambulance", "air_ambulance", date=day("2025-01-02"), balance=Cents(474_725_00))
    play.lines(bill, 389_125_00, 85_600_00)
    (insurer,) = play.add(Organization(name="Example Plan", kind="insurer"))
    (policy,) = play.add(Policy(person_id=bill.person_id, insurer_id=insurer.id))
    (claim,) = play.add(Claim(policy_id=policy.id, bill_id=bill.id, status="denied", received=day("2025-01-10")))
    appeal = "Appeal the denial: the time for it ends on Jul 9, 2025."
    play.on("2025-05-24")
    assert play.sentence(bill.id) != appeal
    play.played(bill.id, ("2025-05-25", appeal, []), ("2025-07-09", appeal, ["Internal appeal"]))
    play.on("2025-07-10")
    assert play.sentence(bill.id) != appeal
    play.on("2025-07-01")
    level = play.do(StartAppeal(claim.id, "internal"))
    play.do(FileAppeal(level.id, day("2025-07-01")))
    play.on("2025-07-02")
    assert play.due() == []
    play.do(DecideAppeal(level.id, day("2025-08-20"), "upheld"))
    play.on("2025-08-21")
    assert play.sentence(bill.id) == (
        "Look at the next level of the appeal: the decision of Aug 20, 2025 left the denial as it was."
    )
    review = play.do(StartAppeal(claim.id, "external", notice_received=day("2025-08-31")))
    play.on("2025-11-20")
    # Four months after Aug 31: Dec 31, a Wednesday
    assert play.sentence(bill.id) == "Appeal the denial: the time for it ends on Dec 31, 2025."
    play.do(FileAppeal(review.id, day("2025-11-20")))
    court = Task(text="Court date, room 4", bill_id=bill.id, due=day("2026-01-12"))
    (task,) = play.add(court)
    play.on("2026-01-11")
    assert "Court date, room 4" not in play.due()
    play.on("2026-01-12")
    assert "Court date, room 4" in play.due()
    play.do(FinishTask(task.id, day("2026-01-12")))
    assert "Court date, room 4" not in play.due()


def test_assistance_from_the_application_to_the_whole_bill(begin: Callable[[str], Dispute]) -> None:
    """S22: apply, call after three weeks and then every one to two, send papers, 100 %."""
    play = begin("2025-03-10")
    bill = play.a_bill("Community Hospital", "hospital", date=day("2025-03-03"), balance=Cents(36_000_00))
    play.lines(bill, 36_000_00)
    hospital = play.window.session.read(lambda reader: reader.get(Organization, bill.biller_id))
    play.change(hospital, nonprofit=True)
    apply = "Apply for assistance: the hospital has to take an application until Oct 29, 2025."
    play.played(bill.id, ("2025-03-10", apply, []), ("2025-10-29", apply, ["Apply for assistance"]))
    play.on("2025-03-10")
    (aid,) = play.add(
        Assistance(bill_id=bill.id, organization_id=hospital.id, applied=day("2025-03-10"), status="applied")
    )
    wait = "Nothing to do now: you applied for assistance on Mar 10, 2025; the time to ask how it stands is {}."
    asks = "Ask how the application for assistance stands: you applied on Mar 10, 2025{}."
    play.played(
        bill.id,
        ("2025-03-11", wait.format("Mar 31, 2025"), []),
        ("2025-03-30", wait.format("Mar 31, 2025"), []),
        ("2025-03-31", asks.format(" and no contact since is noted"), []),
    )
    play.call(bill, "2025-03-31")
    play.played(
        bill.id,
        ("2025-04-01", wait.format("Apr 7, 2025"), []),
        ("2025-04-06", wait.format("Apr 7, 2025"), []),
        ("2025-04-07", asks.format(", and the last contact was on Mar 31, 2025"), []),
    )
    play.do(MoveAssistance(aid.id, "more_information", day("2025-04-08")))
    papers = play.do(AddAssistancePapers(aid.id, ("Pay stubs", "Tax return"), day("2025-04-08")))
    send = (
        "Send what the assistance office asked for on Apr 8, 2025: 2 papers are not noted as sent, "
        "and the application waits."
    )
    play.played(bill.id, ("2025-04-08", send, []))
    play.do(SendAssistancePapers(tuple(one.id for one in papers), day("2025-04-09")))
    play.on("2025-04-09")
    assert play.sentence(bill.id) != send
    play.do(MoveAssistance(aid.id, "approved", day("2025-05-01"), discount_percent=100))
    granted = "Ask for a new statement: assistance was granted on May 1, 2025, and none has come since."
    play.played(bill.id, ("2025-05-02", granted, []))


def test_a_child_and_the_helper_who_may_speak_for_it(begin: Callable[[str], Dispute]) -> None:
    """S5: two billers for a child; the mother's authorization is reminded of in its last 30 days, not before."""
    play = begin("2023-03-01")
    group = play.a_bill("Burn Doctors", patient="Little Example", date=day("2023-02-20"), balance=Cents(129_00))
    play.lines(group, 829_00)
    hospital = play.a_bill(
        "Bay Hospital", "hospital", "Little Example", date=day("2023-02-22"), balance=Cents(1_500_00)
    )
    play.lines(hospital, 1_500_00)
    leave = Authorization(person_id=group.person_id, helper_id=0, begins=day("2023-03-01"), ends=day("2023-08-31"))
    play.do(AuthorizeHelper("Mother Example", "other", leave))
    play.on("2023-07-31")
    assert [what for _, what in play.ahead() if "Mother" in what] == []
    play.on("2023-08-01")
    reminded = [(when, what) for when, what in play.ahead() if "Mother" in what]
    assert [when for when, _ in reminded] == ["Aug 31, 2023"]
    play.window.session.patients.choose(group.person_id)
    play.on("2023-08-31")
    assert len([what for what in play.due() if "Mother" in what]) == 1


def test_the_itemized_bill_and_its_clock(begin: Callable[[str], Dispute]) -> None:
    """S24: only subtotals came; the itemized bill is asked for in writing, waited for, and asked for again."""
    play = begin("2021-06-01")
    bill = play.a_bill("Coast Hospital", "facility", itemized=None, date=day("2021-05-20"), balance=Cents(32_000_00))
    ask = "Ask for the itemized bill: only single charges show whether the total is right."
    play.played(bill.id, ("2021-06-01", ask, []))
    play.letter(bill, "itemization_request", "2021-06-01", "2021-07-01", subject="Itemized bill")
    due = ["Answer to “Itemized bill”"]
    waiting = "Nothing to do now: the answer to your letter is due on Jul 1, 2021."
    late = "Ask for the answer to your letter: it was due on Jul 1, 2021."
    play.played(bill.id, ("2021-06-30", waiting, []), ("2021-07-01", waiting, due), ("2021-07-02", late, due))


def test_a_newborn_with_two_policies(begin: Callable[[str], Dispute]) -> None:
    """S7: twelve payments of 45,843.00 fall 8.00 short of the balance; an offer without an end is answered any day."""
    play = begin("2021-04-20")
    bill = play.a_bill("Orchid Hospital", "hospital", date=day("2021-04-01"), balance=Cents(550_124_00))
    play.lines(bill, 660_553_00)
    old, new = play.add(
        Organization(name="Plan of 2020", kind="insurer"), Organization(name="Plan of 2021", kind="insurer")
    )
    play.add(
        Policy(person_id=bill.person_id, insurer_id=old.id, terminated=day("2020-12-31")),
        Policy(person_id=bill.person_id, insurer_id=new.id, effective=day("2021-01-01")),
    )
    theirs = Offer(
        bill_id=bill.id,
        date=day("2021-04-20"),
        amount=Cents(550_124_00),
        direction="from_them",
        installments=12,
        installment_amount=Cents(45_843_00),
    )
    play.add(theirs)
    first = (
        "Ask about assistance before you answer their offer of $550,124.00: none was asked for yet, "
        "and it has been open since Apr 20, 2021."
    )
    play.played(bill.id, ("2021-04-20", first, []), ("2021-05-20", first, []))
    assert "$8.00 less than $550,124.00" in play.window.session.read(lambda r: gap_words(r.find(Offer)[0]))
    hold = play.call(bill, "2021-05-21", ("Hold the account until the insurers decided", "2021-06-21"))
    assert hold.id
    play.on("2021-06-21")
    assert play.due() == ["Hold the account until the insurers decided"]
    play.on("2021-06-22")
    assert play.sentence(bill.id) == first
