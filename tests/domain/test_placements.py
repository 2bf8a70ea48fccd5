"""A collector's notice against the balance, its dates, and contacts after they were asked to stop."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.placements import against_balance, contacts, dates_question, not_entered, what_to_ask
from medbills_desktop.domain.records import (
    Bill,
    Call,
    CallBill,
    Collection,
    Letter,
    Organization,
    Payment,
    Record,
    Statement,
)


def case(*records: Record) -> Case:
    return case_of(
        (
            Organization(id=1, name="Clinic", kind="physician"),
            Organization(id=2, name="Red Fork Recovery", kind="collector"),
            Bill(id=1, biller_id=1, person_id=1),
            *records,
        )
    )


def notice(**values: Any) -> Collection:
    return Collection(
        **{"id": 1, "bill_id": 1, "collector_id": 2, "notice_date": date(2026, 3, 2), "amount": Cents(300_00), **values}
    )


def test_a_discount_that_is_collected_is_asked_about_to_the_cent() -> None:
    """Scenario S8: $1,998.82 less 15 percent was paid, the biller says zero, the collector wants $300."""
    zero = Statement(id=1, bill_id=1, date=date(2025, 8, 1), balance=Cents(0))
    found = against_balance(case(zero), notice())
    assert found is not None
    assert found.difference == 300_00
    assert found.sentence.endswith("asks for $300.00 more: could it show what the difference is made of?")


def test_what_was_paid_between_counts_and_what_came_later_does_not() -> None:
    balance = Statement(id=1, bill_id=1, date=date(2026, 1, 5), balance=Cents(500_00))
    later = Statement(id=2, bill_id=1, date=date(2026, 3, 9), balance=Cents(900_00))
    paid = Payment(id=1, bill_id=1, date=date(2026, 2, 1), amount=Cents(200_01))
    after = Payment(id=2, bill_id=1, date=date(2026, 3, 5), amount=Cents(50_00))
    found = against_balance(case(balance, later, paid, after), notice())
    assert found is not None
    assert (found.paid_since, found.expected, found.difference) == (200_01, 299_99, 1)
    same = against_balance(case(balance, paid), notice(amount=Cents(299_99)))
    assert same is not None
    assert same.sentence.endswith("The collector asks for the same.")


def test_nothing_is_compared_where_something_is_not_stated() -> None:
    bare = Statement(id=1, bill_id=1, date=date(2026, 1, 5))
    assert against_balance(case(bare), notice()) is None
    assert against_balance(case(), notice()) is None
    with_balance = Statement(id=1, bill_id=1, date=date(2026, 1, 5), balance=Cents(1))
    assert against_balance(case(with_balance), notice(amount=None)) is None


def test_odd_dates_are_asked_about() -> None:
    odd = notice(notice_received=date(2026, 2, 27))
    assert dates_question(odd).startswith("The notice is dated Mar 2, 2026, after the day it came, Feb 27, 2026.")
    assert dates_question(odd).endswith("?")
    assert "before the notice came" in dates_question(notice(disputed_on=date(2026, 3, 1)))
    both = notice(disputed_on=date(2026, 3, 9), validated_on=date(2026, 3, 8))
    assert "before your dispute" in dates_question(both)
    assert dates_question(notice(notice_received=date(2026, 3, 2))) == ""
    assert dates_question(notice(notice_date=None)) == ""


def test_what_is_not_entered_is_asked_for() -> None:
    """Scenario S27: $71 for a clinic never visited."""
    bare = notice(amount=Cents(71_00), reference="")
    assert not_entered(bare) == (
        "the creditor it is owed to",
        "the account or reference number",
        "the itemization date",
    )
    assert what_to_ask(bare) == (
        "Could you show in writing how the $71.00 is made up, the creditor it is owed to, the account or reference "
        "number and the itemization date? Until then I dispute the debt."
    )


def test_contacts_after_a_letter_that_asked_for_none_are_marked() -> None:
    stop = Letter(
        id=1,
        kind="collector_stop_contact",
        bill_id=1,
        recipient_id=2,
        status="sent",
        date=date(2026, 3, 10),
        subject="Stop",
    )
    came = Letter(id=2, kind="reply", bill_id=1, recipient_id=2, status="received", date=date(2026, 3, 20))
    calls = [
        Call(id=at, started=Moment(day), organization_id=whom, direction=way)  # type: ignore[arg-type]
        for at, (day, whom, way) in enumerate(
            (
                (date(2026, 3, 9), 2, "in"),
                (date(2026, 3, 10), 2, "in"),
                (date(2026, 3, 11), 2, "in"),
                (date(2026, 3, 12), 2, "out"),
                (date(2026, 3, 13), 1, "in"),
            ),
            1,
        )
    ]
    links = [CallBill(id=one.id, call_id=one.id, bill_id=1) for one in calls]
    found = contacts(case(stop, came, *calls, *links), notice())
    assert [(one.kind, one.id, one.after_stop is not None) for one in found] == [
        ("call", 1, False),
        ("call", 2, False),
        ("letter", 1, False),
        ("call", 3, True),
        ("call", 4, False),
        ("letter", 2, True),
    ]


@pytest.mark.parametrize("status", ["draft", "received"])
def test_a_letter_that_was_not_sent_stops_nobody(status: Any) -> None:
    stop = Letter(id=1, kind="collector_stop_contact", bill_id=1, recipient_id=2, status=status, date=date(2026, 3, 10))
    later = Call(id=1, started=Moment(date(2026, 3, 11)), organization_id=2, direction="in")
    found = contacts(case(stop, later, CallBill(id=1, call_id=1, bill_id=1)), notice())
    assert not any(one.after_stop for one in found)
