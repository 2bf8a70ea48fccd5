from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Collection, Document, DocumentLink, Organization, Record
from tests.support.small_cases import findings, make, one_bill

NOTICE = "collector-notice"
ITEMIZED = "collection-before-itemization"
WHOLE = {
    "notice_date": "2025-05-20",
    "notice_received": "2025-05-25",
    "amount": "500.00",
    "reference": "R-1",
    "original_creditor": "Example Hospital",
    "itemization_date": "2025-04-01",
}
LAST = {"date": "2025-04-01", "balance": "500.00"}


def notice(**given: Any) -> list[Record]:
    row = {name: value for name, value in {**WHOLE, **given}.items() if value is not None}
    collector = Organization(id=7, name="Example Recovery", kind="collector")
    return [collector, make(Collection, {"bill_id": 1, "collector_id": 7, **row}, id=1)]


def case(*records: Record, **given: Any) -> Case:
    return one_bill(**{"statements": [LAST], "others": records or notice(), **given})


def test_an_amount_above_the_last_balance_is_asked_about() -> None:
    (finding,) = findings(case(*notice(amount="560.00")), NOTICE)
    assert (finding.level, finding.amount, finding.statement_ids) == ("strong", 6000, (1,))
    assert finding.title == "Example Recovery asks for $560.00; by the last balance $500.00 is open, $60.00 more."
    assert "A written dispute until Jun 24, 2025 stops collection" in finding.explanation
    assert findings(case(*notice(amount="450.00")), NOTICE)[0].title.endswith("$50.00 less.")


def test_what_was_paid_since_the_last_statement_is_taken_off() -> None:
    paid = [{"date": "2025-04-15", "amount": "100.00"}]
    assert findings(case(payments=paid), NOTICE)[0].amount == 10000
    assert findings(case(*notice(amount="400.00"), payments=paid), NOTICE) == []
    crossing = [{"date": "2025-05-15", "amount": "100.00"}]
    assert findings(case(payments=crossing), NOTICE) == []
    assert findings(case(*notice(amount="400.00"), payments=crossing), NOTICE) == []


def test_a_settlement_that_was_paid_leaves_nothing_to_collect() -> None:
    offers = [{"date": "2025-04-02", "amount": "425.00", "status": "accepted"}]
    paid = [{"date": "2025-04-03", "amount": "425.00"}]
    (finding,) = findings(case(*notice(amount="75.00"), offers=offers, payments=paid), NOTICE)
    assert finding.amount == 7500
    assert "on an account that was settled and paid" in finding.title
    assert finding.payment_ids == (1,)
    half = [{**paid[0], "amount": "200.00"}]
    assert findings(case(*notice(amount="300.00"), offers=offers, payments=half), NOTICE) == []


def test_more_than_the_eobs_leave_is_asked_about() -> None:
    claims = [{"status": "paid", "date": "2025-03-01", "patient_responsibility": "60.00"}]
    (finding,) = findings(case(claims=claims), NOTICE)
    assert (finding.amount, finding.claim_ids) == (44000, (1,))
    assert findings(case(claims=[{**claims[0], "status": "pending"}]), NOTICE) == []
    assert findings(case(claims=[{**claims[0], "patient_responsibility": "500.00"}]), NOTICE) == []


def test_points_that_a_notice_has_to_show_are_listed() -> None:
    (finding,) = findings(case(*notice(original_creditor=None, itemization_date=None)), NOTICE)
    assert finding.amount is None
    assert finding.title == (
        "The notice of Example Recovery does not show, as entered here, the creditor it is owed to and the itemization "
        "date."
    )
    (none,) = findings(case(*notice(amount=None)), NOTICE)
    assert none.amount is None
    assert "the amount" in none.title


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (case(), "whole, with the last balance"),
        (
            case(*notice(notice_date="2021-11-29", notice_received=None, itemization_date=None), statements=[]),
            "an old notice",
        ),
        (case(*notice(), statements=[]), "no balance is known"),
        (
            case(*notice(), statements=[{**LAST, "date": "2025-05-21", "balance": "600.00"}]),
            "that statement is younger",
        ),
        (one_bill(statements=[LAST]), "no notice"),
    ],
)
def test_a_notice_that_is_whole_and_right_is_left_alone(given: Case, why: str) -> None:
    assert findings(given, NOTICE) == [], why


def test_the_clock_tells_what_is_known() -> None:
    for given, today, words in (
        ({}, date(2025, 6, 24), "until Jun 24, 2025"),
        ({}, date(2025, 6, 25), "ended on Jun 24, 2025"),
        ({"notice_received": None}, date(2025, 6, 1), "it prints the last day"),
        ({"disputed_on": "2025-05-30"}, date(2025, 6, 1), "You disputed the debt on May 30, 2025"),
    ):
        (finding,) = findings(case(*notice(amount="560.00", **given)), NOTICE, today)
        assert words in finding.explanation


def test_two_notices_are_two_findings() -> None:
    second = make(Collection, {"bill_id": 1, "collector_id": 7, **WHOLE, "amount": "570.00", "reference": "R-2"}, id=2)
    found = findings(case(*notice(amount="560.00"), second), NOTICE)
    assert [one.amount for one in found] == [7000, 6000]
    assert len({one.fingerprint for one in found}) == 2


TEXAS = Organization(id=5, name="Lone Hospital", kind="hospital", state="tx ")


def texan(*more: Record, biller: Organization = TEXAS, row: Any = None, **given: Any) -> Case:
    return one_bill(
        **{
            "bill": {"biller_id": 5, "first_bill_date": "2025-02-01"},
            "statements": [LAST],
            "others": [biller, *notice(**(row or {})), *more],
            **given,
        }
    )


def test_in_texas_an_itemized_bill_comes_before_a_collector() -> None:
    (finding,) = findings(texan(), ITEMIZED)
    assert (finding.level, finding.amount) == ("strong", None)
    assert finding.title == (
        "A collector wrote on May 20, 2025 and no itemized bill from before that day is entered; "
        "in Texas one has to come first."
    )
    late = [LAST, {"date": "2025-05-25", "itemized": True}]
    assert len(findings(texan(statements=late), ITEMIZED)) == 1


def itemised(kind: str = "itemized_bill") -> list[Record]:
    return [
        Document(id=4, file="a.pdf", kind=kind),  # type: ignore[arg-type]
        DocumentLink(id=1, document_id=4, type="bill", target_id=1),
    ]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (texan(statements=[{**LAST, "itemized": True}]), "an itemized statement came before"),
        (texan(*itemised()), "an itemized paper is held"),
        (texan(lines=[{"code": "G0463", "charge": "500.00"}]), "its lines are entered"),
        (texan(biller=Organization(id=5, name="A", kind="hospital", state="OH")), "another state"),
        (texan(biller=Organization(id=5, name="A", kind="hospital")), "state not known"),
        (texan(biller=Organization(id=5, name="A", kind="physician", state="TX")), "not a facility"),
        (texan(row={"notice_date": None, "notice_received": None}), "day of the notice not known"),
        (texan(bill={"biller_id": 5, "first_bill_date": "2023-08-31"}), "before the rule"),
        (one_bill(bill={"biller_id": 5}, statements=[LAST], others=[TEXAS]), "no collector"),
    ],
)
def test_the_rule_of_the_state_is_silent_where_it_was_kept_or_does_not_apply(given: Case, why: str) -> None:
    assert findings(given, ITEMIZED) == [], why


def test_a_subtotal_without_code_or_date_is_no_itemized_bill() -> None:
    assert len(findings(texan(*itemised("bill"), lines=[{"charge": "500.00"}]), ITEMIZED)) == 1
