"""Reminders about offers: each appears where the records ask for it, names its rule, and is silent otherwise."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.offer_warnings import (
    OLD_ENOUGH_DAYS,
    OfferWarning,
    first_day,
    missing_confirmation,
    offer_warnings,
    state_code,
)
from medbills_desktop.domain.records import Assistance, Bill, Collection, Document, Organization
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.exchange.case_reading import read_case
from tests.support.small_cases import one_bill

TODAY = date(2025, 6, 1)
CARDS = {card.id: card for card in shipped_cards() if card.verified}
RECENT = [{"date": "2025-01-01", "balance": "1000.00"}]
AGREED = {"amount": "400.00", "status": "accepted", "direction": "from_them"}


def kinds(case: Case, today: date = TODAY) -> list[str]:
    return [one.kind for one in offer_warnings(case, 1, today, CARDS)]


def only(case: Case, kind: str, today: date = TODAY) -> OfferWarning:
    (found,) = [one for one in offer_warnings(case, 1, today, CARDS) if one.kind == kind]
    return found


def with_biller(case: Case, **fields: Any) -> Case:
    records = dict(case.records)
    records[Organization] = tuple(
        dataclasses.replace(one, **fields) if one.id == 1 else one for one in case.all(Organization)
    )
    return Case(records)


def test_assistance_is_asked_about_before_an_offer_and_never_after_it_was_asked_for() -> None:
    offered = {"amount": "400.00", "direction": "from_me", "status": "open"}
    assert kinds(one_bill(statements=RECENT, offers=[offered])) == ["assistance"]
    assert kinds(one_bill(statements=RECENT)) == ["assistance"], "a hospital is asked before anything is offered"
    for given in ({"applied": date(2025, 1, 20)}, {"decided": date(2025, 1, 20)}):
        asked = [Assistance(id=1, bill_id=1, **given)]
        assert kinds(one_bill(statements=RECENT, offers=[offered], others=asked)) == []
    considering = [Assistance(id=1, bill_id=1, status="considering")]
    assert kinds(one_bill(statements=RECENT, offers=[offered], others=considering)) == ["assistance"]
    laboratory = with_biller(one_bill(statements=RECENT), kind="laboratory")
    assert kinds(laboratory) == []
    assert kinds(one_bill(bill={"status": "paid"}, statements=RECENT)) == []


def test_an_agreement_without_its_paper_asks_to_wait_with_paying() -> None:
    found = only(one_bill(statements=RECENT, offers=[AGREED]), "unconfirmed")
    assert "The agreement on $400.00 of Feb 1, 2025 is not confirmed" in found.text
    assert found.offer_ids == (1,)


def test_a_payment_before_the_confirmation_is_told_with_its_day_and_sum() -> None:
    case = one_bill(statements=RECENT, offers=[AGREED], payments=[{"amount": "150.00", "date": "2025-02-03"}])
    found = only(case, "paid_early")
    assert "$150.00" in found.text
    assert "unconfirmed" not in kinds(case)
    before = one_bill(statements=RECENT, offers=[AGREED], payments=[{"amount": "150.00", "date": "2025-01-31"}])
    assert kinds(before) == ["unconfirmed"], "a payment from before the agreement is none under it"
    refund = {"amount": "10.00", "kind": "refund", "date": "2025-02-03"}
    assert kinds(one_bill(statements=RECENT, offers=[AGREED], payments=[refund])) == ["unconfirmed"]


def test_a_confirmation_of_a_later_day_than_the_payment_is_told_too() -> None:
    def case(paper_day: date | None) -> Case:
        paper = Document(id=1, ref="D1", file="confirmation.pdf", date=paper_day)
        return one_bill(
            statements=RECENT,
            offers=[{**AGREED, "written_confirmation": True, "document_id": 1, "zero_balance_letter": True}],
            payments=[{"amount": "400.00", "date": "2025-02-10"}],
            others=[paper],
        )

    assert kinds(case(date(2025, 2, 11))) == ["paid_early"]
    assert kinds(case(date(2025, 2, 10))) == []
    assert kinds(case(None)) == []


def test_a_payment_is_asked_about_only_under_an_agreement_without_its_paper() -> None:
    open_only = one_bill(offers=[{**AGREED, "status": "open"}])
    assert missing_confirmation(open_only, 1, TODAY) is None
    agreed = one_bill(offers=[AGREED])
    found = missing_confirmation(agreed, 1, TODAY)
    assert found is not None
    assert found.id == 1
    assert missing_confirmation(agreed, 1, date(2025, 1, 31)) is None


def test_once_all_is_paid_the_zero_balance_letter_is_asked_for(shared: Path) -> None:
    """Scenario S8: $1,699 settled and paid, then a collector asks for the discount."""
    case = read_case((shared / "cases" / "settled-then-collected" / "case.json").read_bytes())
    found = kinds(case, case.today or TODAY)
    assert found[:2] == ["paid_early", "zero_balance"]
    partly = one_bill(offers=[AGREED], payments=[{"amount": "399.99", "date": "2025-02-03"}])
    assert "zero_balance" not in kinds(partly)
    held = [{**AGREED, "zero_balance_letter": True}]
    assert "zero_balance" not in kinds(one_bill(offers=held, payments=[{"amount": "400.00", "date": "2025-02-03"}]))


@pytest.mark.parametrize(("age", "told"), [(OLD_ENOUGH_DAYS - 1, False), (OLD_ENOUGH_DAYS, True)])
def test_the_time_for_a_lawsuit_is_told_of_debts_that_are_old_enough(age: int, told: bool) -> None:
    first = (TODAY - timedelta(days=age)).isoformat()
    case = with_biller(one_bill(statements=[{"date": first, "balance": "10.00"}]), state="TX")
    assert ("limitation" in kinds(case)) is told


def test_the_card_of_the_state_is_shown_with_its_source_and_day_and_without_one_the_general_rule() -> None:
    old = one_bill(statements=[{"date": "2023-01-01", "balance": "10.00"}])
    texas = only(with_biller(old, state=" tx "), "limitation")
    card = CARDS["state.limitation.tx"]
    assert texas.card_id == card.id
    assert card.text in texas.text
    assert card.effect in texas.text
    assert card.citation in texas.source
    assert "Checked on" in texas.source
    assert "not legal advice" in texas.source
    general = only(old, "limitation")
    assert general.card_id == "fdcpa.timebarred"
    assert "Enter the biller's state" in general.text
    assert "Checked on" in general.source
    bare = offer_warnings(old, 1, TODAY, {})
    assert [(one.kind, one.source) for one in bare if one.kind == "limitation"] == [("limitation", "")]


def test_with_a_collector_it_is_told_whatever_the_age() -> None:
    placed = [Collection(id=1, bill_id=1, collector_id=2)]
    assert "limitation" in kinds(one_bill(statements=RECENT, others=placed))
    assert "limitation" in kinds(one_bill(statements=RECENT, bill={"status": "sued"}))


def test_the_first_day_is_of_the_first_bill_else_the_oldest_statement_else_the_visit() -> None:
    case = one_bill(
        bill={"first_bill_date": "2024-01-01"}, statements=[{"date": "2025-01-01"}], visit={"start": "2023-01-01"}
    )
    assert first_day(case, case.get(Bill, 1)) == date(2024, 1, 1)
    case = one_bill(statements=[{"date": "2025-02-01"}, {"date": "2025-01-01"}], visit={"start": "2023-01-01"})
    assert first_day(case, case.get(Bill, 1)) == date(2025, 1, 1)
    case = one_bill(visit={"start": "2023-01-01"})
    assert first_day(case, case.get(Bill, 1)) == date(2023, 1, 1)
    case = one_bill()
    assert first_day(case, case.get(Bill, 1)) is None
    assert state_code(case, case.get(Bill, 1)) == ""


@pytest.mark.parametrize(
    ("offers", "expected"),
    [
        ([{"amount": "1000.01"}], "above_balance"),
        ([{"amount": "1000.00"}], None),
        ([{"amount": "2000.00", "status": "declined"}], None),
        ([{"amount": "9.00", "expires": "2025-07-01", "pay_by": "2025-07-02"}], "pay_by"),
        ([{"amount": "9.00", "expires": "2025-07-01", "pay_by": "2025-07-01"}], None),
        ([{"amount": "9.00"}, {"amount": "8.00"}], "two_open"),
        ([{"amount": "9.00"}, {"amount": "8.00", "status": "countered"}], None),
        ([{"amount": "9.00"}, {"amount": "8.00", "expires": "2025-05-31"}], "lapsed"),
        ([{"amount": "100.00", "installments": 12, "installment_amount": "8.00"}], "gap"),
        ([{"amount": "100.00", "installments": 12, "installment_amount": "8.33"}], None),
    ],
)
def test_what_is_unusual_about_an_offer_is_said(offers: list[dict[str, Any]], expected: str | None) -> None:
    case = with_biller(
        one_bill(statements=RECENT, offers=[{"direction": "from_them", **one} for one in offers]), kind="laboratory"
    )
    assert kinds(case) == ([expected] if expected else [])
