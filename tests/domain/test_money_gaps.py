"""The pieces of the difference add up to it, in whatever way figures are stated, and each says whom to call."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money_gaps import Gap, money_gaps
from medbills_desktop.domain.money_parting import pieces
from medbills_desktop.domain.money_views import money_views
from medbills_desktop.domain.records import Collection, Organization
from tests.support.small_cases import one_bill

MONEY = st.one_of(st.none(), st.integers(-5_000_00, 5_000_00).map(lambda cents: f"{cents / 100:.2f}"))


def stated(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the figures, each stated or not."""
    return st.fixed_dictionaries(dict.fromkeys(names, MONEY)).map(
        lambda row: {name: value for name, value in row.items() if value is not None}
    )


STATEMENTS = stated(("total_charges", "adjustments", "insurer_paid", "patient_paid", "balance"))
CLAIMS = stated(("billed", "discount", "plan_paid", "other_insurance_paid", "patient_responsibility", "not_covered"))


@given(st.lists(STATEMENTS, max_size=3), st.lists(CLAIMS, max_size=2), st.lists(MONEY, max_size=3))
def test_the_pieces_and_the_parts_make_up_the_difference_to_the_cent(
    papers: list[dict[str, Any]], eobs: list[dict[str, Any]], paid: list[str | None]
) -> None:
    case = one_bill(
        statements=[{"date": f"2025-0{number}-01", **paper} for number, paper in enumerate(papers, 1)],
        claims=[{"status": "paid", **each} for each in eobs],
        payments=[{"date": "2025-01-15", "amount": amount} for amount in paid if amount is not None],
    )
    amount = money_views(case, 1).difference.amount
    gaps = money_gaps(case, 1)
    if amount:
        assert sum(piece.effect for piece in pieces(case, 1)) == amount
        assert sum(gap.amount or 0 for gap in gaps if gap.part) == amount
    else:
        assert pieces(case, 1) == ()
        assert not [gap for gap in gaps if gap.part]
    assert all(gap.meaning.endswith(".") and gap.question.strip() for gap in gaps)


def gaps_of(**given: Any) -> list[Gap]:
    return list(money_gaps(one_bill(**given), 1))


def kinds(**given: Any) -> list[str]:
    return [gap.kind for gap in gaps_of(**given)]


def says(**figures: str) -> dict[str, Any]:
    return {"date": "2025-05-01", **figures}


def eob(**figures: str) -> dict[str, Any]:
    return {"status": "paid", "number": "C-7", **figures}


def test_a_discount_that_is_not_taken_off_is_named_with_both_figures() -> None:
    gaps = gaps_of(
        statements=[says(total_charges="900.00", adjustments="0.00", insurer_paid="300.00", balance="600.00")],
        claims=[eob(billed="900.00", discount="400.00", plan_paid="300.00", patient_responsibility="200.00")],
    )
    (gap,) = gaps
    assert (gap.kind, gap.amount) == ("adjustments", 40_000)
    assert "$400.00 off as discount" in gap.meaning
    assert "$0.00" in gap.meaning
    assert gap.contact is not None
    assert gap.contact.role == "billing_office"


def test_a_discount_booked_as_insurers_payment_is_no_difference() -> None:
    given = {
        "statements": [says(total_charges="900.00", adjustments="0.00", insurer_paid="700.00", balance="200.00")],
        "claims": [eob(billed="900.00", discount="400.00", plan_paid="300.00", patient_responsibility="200.00")],
    }
    assert kinds(**given) == []
    given["statements"] = [says(total_charges="900.00", adjustments="0.00", insurer_paid="650.00", balance="250.00")]
    (gap,) = gaps_of(**given)
    assert (gap.kind, gap.amount) == ("credits", 5_000)


def test_what_no_figure_explains_is_said_to_be_unexplained() -> None:
    (gap,) = gaps_of(statements=[says(balance="718.00")], claims=[eob(patient_responsibility="60.00")])
    assert (gap.kind, gap.amount) == ("rest", 65_800)
    assert "history of the account" in gap.question


def test_paid_more_than_the_share_is_asked_back_and_never_called_more_asked() -> None:
    gaps = gaps_of(
        statements=[says(balance="0.00", patient_paid="0.00")],
        claims=[eob(patient_responsibility="60.00")],
        payments=[{"date": "2025-01-01", "amount": "100.00"}],
    )
    assert [(gap.kind, gap.amount) for gap in gaps] == [("overpaid", 4_000)]


def test_a_statement_older_than_the_eob_is_said_first() -> None:
    given = {"statements": [says(balance="300.00")], "claims": [eob(patient_responsibility="60.00", date="2025-05-20")]}
    assert kinds(**given) == ["older_statement", "rest"]


def test_who_can_tell_while_nothing_can_be_compared() -> None:
    pending = {"statements": [says(balance="300.00")], "claims": [{"status": "pending"}]}
    assert kinds(**pending) == ["pending"]
    no_eob = {"statements": [says(balance="300.00")]}
    assert kinds(**no_eob) == ["no_eob"]
    assert kinds(**no_eob, policies=()) == []
    assert kinds(**no_eob, visit={"self_pay": True}) == []
    assert kinds(statements=[says(balance="300.00")], claims=[eob(billed="300.00")]) == ["no_share"]
    assert kinds(claims=[eob(billed="300.00")]) == []


def test_a_denied_claim_is_asked_about_at_the_member_line_with_its_number() -> None:
    gaps = gaps_of(statements=[says(balance="300.00")], claims=[{"status": "denied", "number": "C-9"}])
    assert [gap.kind for gap in gaps] == ["not_covered"]
    assert gaps[0].amount is None
    assert gaps[0].contact is not None
    assert gaps[0].contact.role == "member_line"
    assert "claim C-9" in gaps[0].contact.number


def test_a_collector_that_asks_for_another_figure_is_called_itself() -> None:
    collector = Organization(id=9, name="Example Recovery", kind="collector", phone="555-0100")
    placed = Collection(id=1, bill_id=1, collector_id=9, reference="R-1", amount=30_000)  # type: ignore[arg-type]
    (gap,) = gaps_of(statements=[says(balance="250.00")], policies=(), others=[collector, placed])
    assert (gap.kind, gap.amount) == ("collector", 5_000)
    assert gap.contact is not None
    assert gap.contact.sentence == "Call the collector Example Recovery, 555-0100 (reference R-1)."


def test_disputed_lines_are_open_with_the_billing_office() -> None:
    gaps = gaps_of(lines=[{"charge": "12.00", "disputed": "5.00"}], policies=())
    assert [(gap.kind, gap.amount) for gap in gaps] == [("disputed", 500)]
