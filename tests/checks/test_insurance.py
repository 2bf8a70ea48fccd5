from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.records import Claim, Record
from tests.support.small_cases import amounts, findings, make, one_bill

DENIED = "denied-line"
LIMIT = "out-of-pocket-exceeded"


def denied(*lines: dict[str, Any], **claim: Any) -> list[str | None]:
    return amounts(one_bill(claims=[{"number": "C-1", "lines": lines, **claim}]), DENIED)


def test_denied_lines_of_one_eob_are_one_finding_with_what_is_not_covered() -> None:
    line = {"denied": True, "not_covered": "40.00", "billed": "50.00", "code": "G0463", "date": "2025-03-04"}
    claim = {"number": "C-1", "lines": [line, line, {"billed": "1.00"}], "appeal_deadline": "2025-06-11"}
    (finding,) = findings(one_bill(claims=[claim]), DENIED)
    assert (finding.level, finding.amount, finding.claim_ids) == ("strong", 8000, (1,))
    assert finding.title.endswith("denies 2 lines, $80.00 not covered: 10 days are left to appeal, until Jun 11, 2025.")
    assert finding.explanation.startswith("G0463 on Mar 4, 2025: billed $50.00, not covered $40.00.")


def test_an_amount_that_one_denied_line_does_not_state_is_not_known() -> None:
    assert denied({"denied": True, "not_covered": "40.00"}, {"denied": True}) == [None]
    assert denied(status="denied") == [None]
    assert denied(status="denied", not_covered="70.00") == ["70.00"]


@pytest.mark.parametrize(
    ("lines", "claim"),
    [
        ([{"denied": False}, {}], {}),
        ([{"denied": True, "patient_responsibility": "0.00"}], {}),
        ([{"denied": True}], {"status": "reversed"}),
        ([], {"status": "denied", "patient_responsibility": "0.00"}),
        ([{"denied": True, "patient_responsibility": "0.00"}], {"status": "denied"}),
        ([], {"status": "paid"}),
    ],
)
def test_nothing_is_said_where_nothing_is_denied_or_nothing_is_left_to_pay(lines: Any, claim: Any) -> None:
    assert denied(*lines, **claim) == []


def test_the_clock_of_the_appeal_runs_and_ends() -> None:
    for day, words in (
        ("2025-06-02", "1 day is left"),
        ("2025-06-01", "0 days are left"),
        ("2025-05-31", "the last day to appeal was"),
    ):
        (finding,) = findings(one_bill(claims=[{"status": "denied", "appeal_deadline": day}]), DENIED)
        assert words in finding.title
    (without,) = findings(
        one_bill(claims=[{"status": "denied", "lines": [{"denied": True, "remark_codes": ["N1"]}]}]), DENIED
    )
    assert "look on the EOB for the last day to appeal" in without.title
    assert "Remark codes N1;" in without.explanation


def eob(share: str, day: str = "2025-03-01", **more: Any) -> dict[str, Any]:
    return {"status": "paid", "patient_responsibility": share, "date": day, **more}


def elsewhere(share: str, day: str = "2025-02-01", **more: Any) -> Record:
    return make(Claim, {"policy_id": 1, **eob(share, day), **more}, id=50)


def over(*claims: dict[str, Any], others: Any = (), limit: str | None = "100.00", **policy: Any) -> list[str | None]:
    terms = {**policy, **({} if limit is None else {"out_of_pocket_limit": limit})}
    return amounts(one_bill(claims=claims, policies=[terms], others=others), LIMIT)


def test_the_part_above_the_limit_that_this_bill_brings_is_asked_about() -> None:
    assert over(eob("120.00")) == ["20.00"]
    assert over(eob("60.00"), eob("70.00")) == ["30.00"]
    assert over(eob("60.00"), others=[elsewhere("90.00")]) == ["50.00"]
    assert over(eob("60.00"), others=[elsewhere("150.00")]) == ["60.00"]
    assert over(eob("60.00"), others=[elsewhere("90.00", "2025-04-01")]) == []


def test_deductible_copay_and_coinsurance_count_where_all_are_stated() -> None:
    parts = {"deductible": "50.00", "copay": "0.00", "coinsurance": "40.00"}
    assert over(eob("120.00", **parts)) == []
    assert over(eob("120.00", not_covered="20.00")) == []
    assert over(eob("130.00", not_covered="20.00")) == ["10.00"]


@pytest.mark.parametrize(
    ("claim", "more"),
    [
        ({"network": "out"}, {}),
        ({"status": "pending"}, {}),
        ({"status": "denied"}, {}),
        ({"status": "reversed"}, {}),
        ({"date": "2024-12-31"}, {"effective": "2025-01-01"}),
        ({"date": "2025-03-01"}, {"terminated": "2025-02-28"}),
        ({}, {"limit": None}),
        ({}, {"limit": "120.00"}),
    ],
)
def test_the_limit_stays_silent_where_it_is_kept_or_does_not_apply(claim: Any, more: Any) -> None:
    assert over({**eob("120.00"), **claim}, **more) == []


def test_each_year_has_its_own_limit_and_an_eob_replaced_since_counts_once() -> None:
    assert over(eob("60.00", "2024-12-31"), eob("60.00", "2025-01-01")) == []
    assert over(eob("90.00", number="C-1"), eob("95.00", "2025-04-01", number="C-1")) == []


def test_the_year_is_that_of_care_where_it_is_known() -> None:
    line = {"date": "2024-12-30", "patient_responsibility": "60.00"}
    late = {"status": "paid", "date": "2025-01-15", "lines": [line]}
    assert over(late, eob("60.00")) == []
    assert over(late, eob("60.00", "2024-06-01")) == ["20.00"]


def test_the_day_of_the_visit_is_the_day_of_care_of_its_own_bill() -> None:
    given = {
        "claims": [eob("60.00", "2025-01-15"), eob("60.00", "2025-01-15")],
        "policies": [{"out_of_pocket_limit": "100.00"}],
    }
    case = one_bill(visit={"start": "2024-12-30"}, others=[elsewhere("60.00", "2025-02-01")], **given)
    assert "Your shares of 2024 come to $120.00" in findings(case, LIMIT)[0].title


def test_the_words_show_the_shares_of_the_year() -> None:
    case = one_bill(claims=[eob("120.00", number="C-1")], policies=[{"out_of_pocket_limit": "100.00"}])
    (finding,) = findings(case, LIMIT, date(2025, 6, 1))
    assert finding.level == "strong"
    assert finding.explanation.split("\n") == [
        "Your share by the EOB for claim C-1: $120.00",
        "= your shares of 2025: $120.00",
        "Limit of the policy: $100.00",
        "Above it: $20.00",
    ]


def test_a_long_year_is_summed_up_before_the_last_twelve_eobs() -> None:
    earlier = [make(Claim, {"policy_id": 1, **eob("10.00", f"2025-01-{day:02}")}, id=50 + day) for day in range(1, 21)]
    case = one_bill(claims=[eob("30.00")], policies=[{"out_of_pocket_limit": "200.00"}], others=earlier)
    (finding,) = findings(case, LIMIT)
    assert (finding.amount, len(finding.claim_ids)) == (3000, 12)
    rows = finding.explanation.split("\n")
    assert rows[0] == "Your shares by 9 EOBs before: $90.00"
    assert rows[-3:] == ["= your shares of 2025: $230.00", "Limit of the policy: $200.00", "Above it: $30.00"]
