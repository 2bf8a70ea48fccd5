from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from tests.support.small_cases import amounts, findings, one_bill

CHECK = "balance-above-eob"


def asks(balance: str | None, total: str | None = "500.00", day: str = "2025-05-01", **more: Any) -> dict[str, Any]:
    stated = {"balance": balance, "total_charges": total}
    return {"date": day, **{name: value for name, value in stated.items() if value is not None}, **more}


def eob(share: str | None, billed: str | None = "500.00", **more: Any) -> dict[str, Any]:
    stated = {"patient_responsibility": share, "billed": billed}
    return {"status": "paid", "date": "2025-03-01", **{name: value for name, value in stated.items() if value}, **more}


def paid(amount: str, day: str = "2025-04-01", **more: Any) -> dict[str, Any]:
    return {"amount": amount, "date": day, **more}


def bill(statement: Any, *claims: Any, payments: Any = (), **more: Any) -> Case:
    statements = statement if isinstance(statement, list) else [statement]
    return one_bill(statements=statements, claims=claims, payments=payments, **more)


def test_a_balance_above_the_share_is_a_fact_where_one_eob_covers_the_bill_whole() -> None:
    (finding,) = findings(bill(asks("450.00"), eob("60.00", number="C-2")), CHECK)
    assert (finding.level, finding.amount, finding.claim_ids, finding.statement_ids) == ("fact", 39000, (1,), (1,))
    assert finding.title == (
        "The statement of May 1, 2025 asks for $450.00, but by the EOB for claim C-2, $60.00 is left for you to pay, "
        "$390.00 less."
    )


def test_what_i_paid_is_taken_off_and_named() -> None:
    (finding,) = findings(bill(asks("450.00"), eob("60.00"), payments=[paid("20.00")]), CHECK)
    assert finding.amount == 41000
    assert finding.payment_ids == (1,)
    assert "the $20.00 you paid" in finding.title
    assert "− paid by you before the statement: $20.00\n= left for you to pay: $40.00" in finding.explanation


@pytest.mark.parametrize("credited", [None, "0.00", "20.00", "-20.00"])
def test_what_i_paid_counts_once_whether_or_not_it_is_credited(credited: str | None) -> None:
    statement = asks("45.00", **({} if credited is None else {"patient_paid": credited}))
    assert amounts(bill(statement, eob("60.00"), payments=[paid("20.00")]), CHECK) == ["5.00"]


def test_a_credit_on_the_statement_counts_where_no_payment_was_entered() -> None:
    assert amounts(bill(asks("50.00", patient_paid="20.00"), eob("60.00")), CHECK) == ["10.00"]


def test_money_that_came_back_is_no_longer_paid() -> None:
    for kind in ("refund", "reimbursement"):
        back = [paid("60.00"), paid("60.00", "2025-06-01", kind=kind)]
        assert amounts(bill(asks("60.00"), eob("60.00"), payments=back), CHECK) == []
        assert amounts(bill(asks("61.00"), eob("60.00"), payments=back), CHECK) == ["1.00"]
    negative = [paid("60.00"), paid("-60.00")]
    assert amounts(bill(asks("60.00"), eob("60.00"), payments=negative), CHECK) == []


def test_what_the_insurer_sent_to_me_is_mine_to_pass_on() -> None:
    sent = [paid("240.00", kind="reimbursement")]
    assert amounts(bill(asks("300.00"), eob("60.00"), payments=sent), CHECK) == []
    (finding,) = findings(bill(asks("310.00"), eob("60.00"), payments=sent), CHECK)
    assert finding.amount == 1000
    assert "the $240.00 that came to you" in finding.title


@pytest.mark.parametrize(("day", "expected"), [("2025-04-20", ["60.00"]), ("2025-04-21", []), ("2025-05-02", [])])
def test_a_payment_in_the_mail_or_after_the_statement_is_not_held_against_it(day: str, expected: list[str]) -> None:
    assert amounts(bill(asks("60.00"), eob("60.00"), payments=[paid("60.00", day)]), CHECK) == expected


def test_a_payment_in_the_mail_counts_once_the_statement_credits_it() -> None:
    statement = asks("60.00", patient_paid="60.00")
    assert amounts(bill(statement, eob("60.00"), payments=[paid("60.00", "2025-04-30")]), CHECK) == ["60.00"]


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (bill(asks("60.00"), eob("60.00")), "they agree"),
        (bill(asks("40.00"), eob("60.00")), "less is asked"),
        (bill(asks("0.00"), eob("0.00"), payments=[paid("3331.88")]), "nothing is asked, however much was paid"),
        (bill(asks("-20.00"), eob("0.00"), payments=[paid("100.00")]), "a credit balance"),
        (bill(asks(None), eob("60.00")), "no balance is stated"),
        (bill([], eob("60.00")), "no statement"),
        (bill(asks("450.00")), "no EOB"),
        (bill(asks("450.00"), eob(None)), "the share is not stated"),
        (bill(asks("450.00"), eob("60.00"), eob(None)), "one share is not stated"),
        (bill(asks("450.00"), eob("60.00", status="pending")), "the claim is pending"),
        (bill(asks("450.00"), eob("60.00"), eob("10.00", status="pending")), "one claim is pending"),
        (bill(asks("450.00"), eob("60.00", status="reversed")), "the EOB was taken back"),
    ],
)
def test_it_stays_silent_where_nothing_is_above_or_a_figure_is_missing(case: Case, why: str) -> None:
    assert amounts(case, CHECK) == [], why


def test_the_latest_statement_with_a_balance_is_the_one_that_asks() -> None:
    older, newer = asks("450.00", day="2025-04-01"), asks("60.00", day="2025-05-01")
    assert amounts(bill([newer, older], eob("60.00")), CHECK) == []
    assert amounts(bill([asks("450.00", day="2025-05-02"), newer], eob("60.00")), CHECK) == ["390.00"]
    assert amounts(bill([newer, asks(None, day="2025-05-03")], eob("50.00")), CHECK) == ["10.00"]


@pytest.mark.parametrize(
    "claims",
    [
        [eob("40.00", "300.00"), eob("20.00", "200.00")],
        [eob("60.00", "400.00")],
        [eob("60.00", None)],
    ],
)
def test_several_eobs_or_one_that_covers_a_part_make_it_a_strong_question(claims: list[Any]) -> None:
    (finding,) = findings(bill(asks("450.00"), *claims), CHECK)
    assert (finding.level, finding.amount) == ("strong", 39000)
    assert ", but" not in finding.title


def test_an_eob_covers_the_bill_whole_by_its_latest_total() -> None:
    papers = [asks("450.00", "500.00", "2025-04-01"), asks("450.00", "600.00")]
    assert [one.level for one in findings(bill(papers, eob("60.00")), CHECK)] == ["strong"]
    assert [one.level for one in findings(bill(papers, eob("60.00", "600.00")), CHECK)] == ["fact"]


def test_more_paid_than_the_share_leaves_nothing_and_the_rest_is_not_asked_here() -> None:
    (finding,) = findings(bill(asks("50.00"), eob("60.00"), payments=[paid("100.00")]), CHECK)
    assert finding.amount == 5000
    assert "You have paid more than your share" in finding.explanation


def test_charges_that_no_eob_is_for_are_pointed_out() -> None:
    (finding,) = findings(bill(asks("450.00"), eob("60.00", "400.00")), CHECK)
    assert "The EOBs are for $400.00 of the $500.00 charged; the other $100.00" in finding.explanation


def test_shares_are_read_from_the_eob_lines_where_there_are_no_totals() -> None:
    lines = [
        {"patient_responsibility": "40.00", "billed": "300.00"},
        {"patient_responsibility": "20.00", "billed": "200.00"},
    ]
    (finding,) = findings(bill(asks("450.00"), eob(None, None, lines=lines)), CHECK)
    assert (finding.level, finding.amount) == ("fact", 39000)
    assert amounts(bill(asks("450.00"), eob(None, None, lines=[*lines, {"billed": "1.00"}])), CHECK) == []


def test_a_bill_without_stated_total_is_covered_whole_by_the_sum_of_its_lines() -> None:
    lines = [{"charge": "300.00"}, {"charge": "200.00"}]
    (finding,) = findings(bill(asks("450.00", None), eob("60.00"), lines=lines), CHECK)
    assert finding.level == "fact"


def test_a_later_eob_with_the_same_number_takes_the_place_of_the_earlier() -> None:
    first, second = eob("400.00", number="C-1"), eob("60.00", number="C-1", date="2025-04-01", status="adjusted")
    assert amounts(bill(asks("400.00"), first, second), CHECK) == ["340.00"]
    pages = eob("60.00", number="C-1")
    assert amounts(bill(asks("460.00"), first, pages), CHECK) == []
    elsewhere = {**second, "policy_id": 2}
    assert amounts(bill(asks("460.00"), first, elsewhere, policies=[{}, {}]), CHECK) == []


def test_a_denial_counts_as_it_states_and_is_moot_once_the_charges_were_decided_again() -> None:
    assert amounts(bill(asks("450.00"), eob("0.00", status="denied")), CHECK) == ["450.00"]
    assert amounts(bill(asks("450.00"), eob("500.00", status="denied")), CHECK) == []
    assert amounts(bill(asks("450.00"), eob("500.00", status="denied"), eob("60.00", date="2025-04-01")), CHECK) == [
        "390.00"
    ]
    assert amounts(bill(asks("450.00"), eob(None, status="denied"), eob("60.00", date="2025-04-01")), CHECK) == [
        "390.00"
    ]
    later = eob("500.00", status="denied", date="2025-04-15")
    assert amounts(bill(asks("450.00"), eob("60.00"), later), CHECK) == []


def test_the_second_insurers_share_is_the_one_that_is_left() -> None:
    policies = [{"order": "primary"}, {"order": "secondary"}]
    claims = [eob("100.00"), eob("20.00", policy_id=2)]
    assert amounts(bill(asks("100.00"), *claims, policies=policies), CHECK) == ["80.00"]
    assert amounts(bill(asks("100.00"), *claims, policies=[{}, {}]), CHECK) == []
    apart = [eob("100.00", "300.00"), eob("20.00", "200.00", policy_id=2)]
    assert amounts(bill(asks("120.00"), *apart, policies=policies), CHECK) == []


def test_a_statement_older_than_the_eob_is_asked_for_anew() -> None:
    (finding,) = findings(bill(asks("500.00"), eob("60.00", date="2025-05-20")), CHECK)
    assert "The statement is older than the EOB" in finding.explanation
    assert finding.ask.endswith("Could you send a new statement?")


def test_an_out_of_network_claim_is_said_to_be_one() -> None:
    (finding,) = findings(bill(asks("450.00"), eob("60.00", network="out")), CHECK)
    assert "out of network" in finding.explanation
