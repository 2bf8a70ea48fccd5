"""What an agreement still needs is read from the records."""

from __future__ import annotations

from medbills_desktop.domain.agreement import agreement_of
from medbills_desktop.domain.records import Document
from tests.support.small_cases import one_bill

AGREED = {"amount": "400.00", "status": "accepted"}
PAPER = Document(id=1, ref="D1", file="confirmation.pdf")


def test_without_an_accepted_offer_there_is_none() -> None:
    assert agreement_of(one_bill(offers=[{"amount": "1.00", "status": "open"}]), 1) is None


def test_only_payments_since_its_day_are_under_it_and_none_is_not_zero() -> None:
    found = agreement_of(one_bill(offers=[AGREED], payments=[{"amount": "400.00", "date": "2025-01-31"}]), 1)
    assert found is not None
    assert (found.paid, found.paid_whole, found.confirmed, found.zero_balance, found.settled) == (
        None,
        False,
        False,
        False,
        False,
    )


def test_parts_add_up_to_the_whole_and_money_that_came_back_is_no_part() -> None:
    payments = [
        {"amount": "150.00", "date": "2025-02-01"},
        {"amount": "249.99", "date": "2025-03-01"},
        {"amount": "10.00", "date": "2025-03-02", "kind": "refund"},
    ]
    found = agreement_of(one_bill(offers=[AGREED], payments=payments), 1)
    assert found is not None
    assert (found.paid, found.paid_whole) == (399_99, False)
    payments.append({"amount": "0.01", "date": "2025-04-01"})
    again = agreement_of(one_bill(offers=[AGREED], payments=payments), 1)
    assert again is not None
    assert again.paid_whole


def test_one_that_is_done_says_so() -> None:
    done = {**AGREED, "written_confirmation": True, "document_id": 1, "zero_balance_letter": True}
    found = agreement_of(one_bill(bill={"status": "settled"}, offers=[done], others=[PAPER]), 1)
    assert found is not None
    assert (found.confirmed, found.zero_balance, found.settled) == (True, True, True)
