"""The chain of offers: shares of the balance of their day, installments that add up, offers that have lapsed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.offers import (
    balance_on,
    gap_of,
    gap_words,
    has_lapsed,
    is_confirmed,
    offer_chain,
    rest_is_named,
    state_of,
    terms_words,
)
from medbills_desktop.domain.records import Document, DocumentLink, Offer
from medbills_desktop.exchange.case_reading import read_case
from tests.support.small_cases import one_bill

DAY = date(2025, 2, 1)
TODAY = date(2025, 6, 1)


def offer(**given: Any) -> Offer:
    return Offer(**{"bill_id": 1, "date": DAY, "amount": Cents(100_00), **given})


def test_an_offer_is_a_share_of_what_was_asked_on_its_day_not_of_a_later_statement() -> None:
    case = one_bill(
        statements=[{"date": "2025-01-01", "balance": "1000.00"}, {"date": "2025-03-01", "balance": "600.00"}],
        offers=[
            {"date": "2024-12-01", "amount": "100.00"},
            {"date": "2025-01-01", "amount": "400.00"},
            {"date": "2025-03-02", "amount": "300.00"},
        ],
    )
    chain = offer_chain(case, 1, TODAY)
    assert [(step.balance, step.percent) for step in chain] == [
        (None, None),
        (1000_00, Decimal("40.0")),
        (600_00, Decimal("50.0")),
    ]
    assert balance_on(case, 1, date(2025, 2, 28)) == 1000_00


def test_a_chain_is_in_the_order_of_days_and_tells_what_each_answers() -> None:
    case = one_bill(
        offers=[
            {"date": "2025-03-01", "amount": "500.00", "direction": "from_them", "answers_to_id": 2},
            {"date": "2025-02-01", "amount": "300.00", "direction": "from_me", "status": "countered"},
        ]
    )
    chain = offer_chain(case, 1, TODAY)
    assert [(step.number, step.id, step.answers and step.answers.id) for step in chain] == [(1, 2, None), (2, 1, 2)]
    assert [step.state for step in chain] == ["countered", "open"]


@pytest.mark.parametrize(
    ("today", "lapsed"), [(date(2025, 3, 1), False), (date(2025, 3, 2), True), (date(2025, 2, 28), False)]
)
def test_an_offer_stands_on_its_last_day_and_is_shown_as_expired_from_the_next(today: date, lapsed: bool) -> None:
    one = offer(expires=date(2025, 3, 1), status="open")
    assert has_lapsed(one, today) is lapsed
    assert state_of(one, today) == ("expired" if lapsed else "open")
    assert state_of(offer(expires=date(2025, 3, 1), status="accepted"), today) == "accepted"


def test_without_a_last_day_nothing_lapses() -> None:
    assert state_of(offer(), date(2100, 1, 1)) == "open"


def test_terms_say_only_what_is_known() -> None:
    assert terms_words(offer()) == ""
    assert terms_words(offer(lump_sum=True)) == "One payment"
    assert terms_words(offer(installments=1)) == "One payment"
    assert terms_words(offer(lump_sum=False)) == "Installments"
    assert terms_words(offer(installments=12)) == "12 installments"
    assert terms_words(offer(installments=12, installment_amount=Cents(8_34))) == "12 × $8.34"


def test_twelve_payments_of_the_printed_plan_are_eight_dollars_short() -> None:
    """Scenario S7: 12 × $45,843 for $550,124."""
    plan = offer(amount=Cents(550_124_00), installments=12, installment_amount=Cents(45_843_00))
    assert gap_of(plan) == -8_00
    assert gap_words(plan) == "12 × $45,843.00 = $550,116.00, $8.00 less than $550,124.00"
    assert not rest_is_named(plan)
    assert rest_is_named(offer(**{**vars_of(plan), "conditions": "The last payment is $45,851.00."}))


def vars_of(record: Offer) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ("amount", "installments", "installment_amount")}


def test_the_plan_of_the_scenario_file_is_eight_dollars_short(shared: Path) -> None:
    case = read_case((shared / "cases" / "newborn-two-policies" / "case.json").read_bytes())
    plans = [one for one in case.all(Offer) if one.installments]
    assert [gap_of(one) for one in plans] == [-8_00]


@given(st.integers(1, 10**10), st.integers(1, 360), st.integers(1, 10**8))
def test_the_gap_is_exactly_what_is_missing(amount: int, count: int, each: int) -> None:
    gap = gap_of(offer(amount=Cents(amount), installments=count, installment_amount=Cents(each)))
    assert gap is not None
    assert amount + gap == count * each


def test_a_tick_is_no_confirmation_without_its_paper() -> None:
    ticked = {"amount": "1.00", "written_confirmation": True}
    case = one_bill(offers=[ticked])
    assert not is_confirmed(case, case.get(Offer, 1))
    paper = Document(id=1, ref="D1", file="letter.pdf")
    with_paper = one_bill(offers=[{**ticked, "document_id": 1}], others=[paper])
    assert is_confirmed(with_paper, with_paper.get(Offer, 1))
    link = DocumentLink(id=1, document_id=1, type="offer", target_id=1)
    linked = one_bill(offers=[ticked], others=[paper, link])
    assert is_confirmed(linked, linked.get(Offer, 1))
    not_ticked = one_bill(offers=[{"amount": "1.00", "document_id": 1}], others=[paper])
    assert not is_confirmed(not_ticked, not_ticked.get(Offer, 1))
