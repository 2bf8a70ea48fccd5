from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money_views import (
    Difference,
    InsurerSays,
    ISay,
    LineTotals,
    ProviderSays,
    asked,
    asked_statement,
    line_totals,
    money_views,
)
from medbills_desktop.domain.records import Line
from medbills_desktop.exchange.case_reading import read_case
from tests.support.small_cases import one_bill


def parts(sentence: str, **given: Any) -> Difference:
    found = money_views(one_bill(**given), 1).difference
    assert found.sentence == sentence
    return found


def says(balance: str | None = None, day: str = "2025-05-01", **more: Any) -> dict[str, Any]:
    return {"date": day, **({} if balance is None else {"balance": balance}), **more}


def eob(share: str | None = None, **more: Any) -> dict[str, Any]:
    return {"status": "paid", **({} if share is None else {"patient_responsibility": share}), **more}


def test_an_empty_bill_has_dashes_everywhere() -> None:
    views = money_views(one_bill(), 1)
    assert views.provider_says == ProviderSays()
    assert views.insurer_says == InsurerSays()
    assert views.i_say == ISay()
    assert views.lines == LineTotals(None, None, None)
    assert views.difference == Difference(None, "No statement with a balance is entered yet.")


def test_a_bill_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        money_views(one_bill(), 2)


def test_each_figure_is_the_one_of_the_latest_statement_that_states_it() -> None:
    papers = [
        says("500.00", "2025-03-01", total_charges="900.00", adjustments="300.00", insurer_paid="100.00"),
        says("450.00", "2025-04-01", adjustments="350.00", patient_paid="0.00"),
        says(None, "2025-04-20", total_charges="910.00"),
    ]
    provider = money_views(one_bill(statements=papers), 1).provider_says
    assert provider == ProviderSays(
        charges=91000,
        adjustments=35000,
        insurer_paid=10000,
        patient_paid=0,
        asked=45000,
        statement_date=date(2025, 4, 1),
        older=("insurer_paid",),
    )


def test_what_is_asked_is_the_balance_of_the_latest_statement_that_states_one() -> None:
    papers = [says("450.00", "2025-04-01"), says("500.00", "2025-03-01"), says(None, "2025-05-01")]
    case = one_bill(statements=papers)
    found = asked_statement(case, 1)
    assert asked(case, 1) == 45000
    assert found is not None
    assert found.id == 1
    assert asked(one_bill(statements=[says(None)]), 1) is None
    assert asked(one_bill(statements=[says("1.00"), says("2.00")]), 1) == 200


def test_charges_that_no_statement_states_are_the_sum_of_the_lines_and_say_so() -> None:
    lines = [{"charge": "100.00"}, {"charge": "50.00"}, {"charge": "7.00", "mark": "removed_by_biller"}]
    provider = money_views(one_bill(lines=lines), 1).provider_says
    assert (provider.charges, provider.charges_from_lines) == (15000, True)
    unknown = money_views(one_bill(lines=[*lines, {}]), 1).provider_says
    assert (unknown.charges, unknown.charges_from_lines) == (None, False)


def test_a_column_of_the_insurer_is_known_only_if_every_eob_states_it() -> None:
    claims = [
        eob("40.00", billed="300.00", allowed="100.00", deductible="40.00", copay="0.00"),
        eob("20.00", billed="200.00", allowed="50.00", plan_paid="30.00"),
        eob("999.00", billed="999.00", status="reversed"),
        eob(status="pending"),
    ]
    insurer = money_views(one_bill(claims=claims), 1).insurer_says
    assert (insurer.billed, insurer.allowed, insurer.your_share) == (50000, 15000, 6000)
    assert (insurer.plan_paid, insurer.deductible, insurer.copay, insurer.not_covered) == (None, None, None, None)
    assert (insurer.claim_ids, insurer.pending_ids) == ((1, 2), (4,))


def test_totals_and_lines_of_an_eob_are_never_added_together() -> None:
    inner = [{"allowed": "60.00", "plan_paid": "50.00"}, {"allowed": "40.00"}]
    insurer = money_views(one_bill(claims=[eob(allowed="90.00", lines=inner)]), 1).insurer_says
    assert insurer.allowed == 9000
    assert insurer.plan_paid is None
    assert money_views(one_bill(claims=[eob(lines=inner)]), 1).insurer_says.allowed == 10000


def test_two_insurers_on_the_same_charges_are_not_counted_twice() -> None:
    first = eob(
        "100.00", billed="500.00", discount="200.00", allowed="300.00", plan_paid="200.00", coinsurance="100.00"
    )
    second = eob("20.00", billed="500.00", allowed="300.00", plan_paid="80.00", coinsurance="20.00", policy_id=2)
    policies = [{"order": "primary"}, {"order": "secondary"}]
    insurer = money_views(one_bill(claims=[first, second], policies=policies), 1).insurer_says
    assert (insurer.billed, insurer.discount, insurer.allowed) == (50000, 20000, 30000)
    assert (insurer.plan_paid, insurer.coinsurance, insurer.your_share) == (28000, 2000, 2000)


def test_running_totals_add_what_is_known_and_leave_out_what_was_taken_off() -> None:
    def line(**given: Any) -> Line:
        return Line(bill_id=1, description="Item", **given)

    found = [
        line(charge=100, disputed=100),
        line(charge=50, accepted=50),
        line(charge=30),
        line(),
        line(charge=900, disputed=900, mark="removed_by_biller"),
    ]
    assert line_totals(found) == LineTotals(180, 100, 50)
    assert line_totals([line(charge=5)]) == LineTotals(5, None, None)
    assert line_totals(iter(())) == LineTotals(None, None, None)


def mine(**given: Any) -> ISay:
    return money_views(one_bill(**given), 1).i_say


def test_what_i_hold_to_be_open_follows_the_eobs_and_what_i_paid() -> None:
    payments = [{"amount": "25.00"}, {"amount": "5.00", "kind": "refund"}]
    found = mine(claims=[eob("60.00")], payments=payments)
    assert (found.paid, found.still_open, found.basis) == (2000, 4000, "share")
    assert mine(claims=[eob("60.00")], payments=[{"amount": "100.00"}]).still_open == -4000
    assert mine(claims=[eob("60.00"), eob(status="pending")]).still_open is None


def test_an_accepted_offer_comes_before_the_eobs() -> None:
    offers = [{"amount": "50.00", "date": "2025-02-01", "status": "accepted"}, {"amount": "1.00", "status": "declined"}]
    payments = [{"amount": "10.00", "date": "2025-01-01"}, {"amount": "30.00", "date": "2025-02-01"}]
    found = mine(claims=[eob("60.00")], offers=offers, payments=payments)
    assert (found.paid, found.still_open, found.basis) == (4000, 2000, "offer")


def test_without_insurance_it_is_what_i_accept_once_every_line_is_decided() -> None:
    lines = [{"charge": "100.00", "accepted": "80.00"}, {"charge": "50.00", "disputed": "50.00"}, {"charge": "0.00"}]
    found = mine(lines=lines, payments=[{"amount": "30.00"}])
    assert (found.accepted, found.disputed, found.still_open, found.basis) == (8000, 5000, 5000, "lines")
    assert mine(lines=[{"charge": "100.00", "disputed": "40.00"}]).still_open == 6000
    assert mine(lines=[*lines, {"charge": "9.00"}]).basis is None
    assert mine(lines=[*lines, {"disputed": "9.00"}]).basis is None
    assert mine().still_open is None


def test_the_difference_says_where_they_part() -> None:
    assert parts(
        "The biller asks for $450.00, the EOBs leave you $60.00 to pay: $390.00 more is asked.",
        statements=[says("450.00")],
        claims=[eob("60.00")],
    ).amount == 39000  # fmt: skip
    assert parts(
        "The biller asks for $30.00, the EOBs and what you paid leave you $40.00 to pay: $10.00 less is asked.",
        statements=[says("30.00")],
        claims=[eob("60.00")],
        payments=[{"amount": "20.00"}],
    ).amount == -1000  # fmt: skip
    assert parts(
        "The biller asks for $60.00, which is what the EOBs leave you to pay.",
        statements=[says("60.00")],
        claims=[eob("60.00")],
    ).amount == 0  # fmt: skip
    assert parts(
        "By the EOBs you have paid $40.00 more than your share, and the biller asks for $5.00.",
        statements=[says("5.00")],
        claims=[eob("60.00")],
        payments=[{"amount": "100.00"}],
    ).amount == 4500  # fmt: skip


def test_payments_around_the_day_of_the_statement_are_told() -> None:
    crossing = [{"amount": "10.00", "date": "2025-04-28"}, {"amount": "7.00", "date": "2025-05-02"}]
    parts(
        "The biller asks for $60.00, which is what the EOBs leave you to pay. "
        "$10.00 paid just before the statement may not be on it yet. $7.00 was paid after the statement.",
        statements=[says("60.00")],
        claims=[eob("60.00")],
        payments=crossing,
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"claims": [eob("60.00")]}, "No statement with a balance is entered yet."),
        ({"statements": [says("5.00")]}, "No EOB is entered for this bill yet, so there is nothing to compare."),
        (
            {"statements": [says("5.00")], "claims": [eob()]},
            "The EOBs don't state your share, so there is nothing to compare.",
        ),
        (
            {"statements": [says("5.00")], "claims": [eob("1.00", status="pending")]},
            "The insurer has not decided every claim yet, so there is nothing to compare.",
        ),
    ],
)
def test_a_missing_figure_is_named_and_nothing_is_guessed(given: dict[str, Any], sentence: str) -> None:
    assert parts(sentence, **given).amount is None


def scenario(shared: Path, name: str) -> Case:
    return read_case((shared / "cases" / name / "case.json").read_bytes())


@pytest.mark.parametrize(
    ("name", "bill_id", "difference"),
    [
        ("control-clinic-ledger", 1, 0),
        ("control-eob-balances", 1, 0),
        ("colonoscopy-eob-does-not-add-up", 1, 100000),
        ("emergency-two-billers-2022", 1, 0),
        ("emergency-two-billers-2022", 2, 65800),
        ("out-of-pocket-limit-used-up", 1, 0),
        ("paid-before-surgery-refund-ignored", 1, 333188),
        ("air-ambulance-miles", 1, None),
    ],
)
def test_the_scenarios_part_where_they_should(shared: Path, name: str, bill_id: int, difference: int | None) -> None:
    assert money_views(scenario(shared, name), bill_id).difference.amount == difference


def test_a_settled_bill_has_nothing_open(shared: Path) -> None:
    found = money_views(scenario(shared, "settled-then-collected"), 1)
    assert (found.i_say.still_open, found.i_say.basis, found.provider_says.asked) == (0, "offer", 0)
    assert found.provider_says.older == ("charges",)
