from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.records import Claim, Record
from tests.support.small_cases import amounts, findings, make, one_bill

SHARE = "cost-share-arithmetic"
PREVENTIVE = "preventive-cost-share"
POLICY = {"coinsurance_percent": "20", "deductible": "1000.00"}


def eob(allowed: str = "500.00", **more: Any) -> dict[str, Any]:
    return {"status": "paid", "date": "2025-03-10", "network": "in", "number": "C-1", "allowed": allowed, **more}


def shared(policy: Any = None, others: list[Record] | None = None, **given: Any) -> list[str | None]:
    return amounts(one_bill(policies=[policy or POLICY], claims=[eob(**given)], others=others or ()), SHARE)


PARTS = {"deductible": "100.00", "copay": "0.00", "coinsurance": "80.00", "patient_responsibility": "180.00"}


def test_coinsurance_above_the_policys_rate_is_asked_about() -> None:
    given = {**PARTS, "coinsurance": "120.00", "patient_responsibility": "220.00"}
    (finding,) = findings(one_bill(policies=[POLICY], claims=[eob(**given)]), SHARE)
    assert (finding.level, finding.amount, finding.claim_ids) == ("question", 4000, (1,))
    assert finding.explanation.split("\n")[:5] == [
        "Allowed: $500.00",
        "− deductible: $100.00",
        "= to be shared: $400.00",
        "20% of that: $80.00",
        "+ deductible: $100.00",
    ]
    assert "would come out with $150.00 of the deductible still to be paid" in finding.explanation


def test_a_share_above_all_that_can_be_left_of_the_deductible_is_asked_about() -> None:
    assert shared({**POLICY, "deductible": "200.00"}, patient_responsibility="300.00") == ["40.00"]
    assert shared({**POLICY, "deductible": "200.00"}, patient_responsibility="260.00") == []


def test_what_earlier_eobs_of_the_year_took_is_no_longer_left() -> None:
    earlier = make(Claim, {"policy_id": 1, "date": "2025-02-01", "status": "paid", "deductible": "950.00"}, id=50)
    given = {"patient_responsibility": "180.00", "deductible": "100.00", "copay": "0.00", "coinsurance": "80.00"}
    assert shared(others=[earlier], **given) == ["40.00"]
    last_year = make(Claim, {"policy_id": 1, "date": "2024-12-31", "status": "paid", "deductible": "950.00"}, id=50)
    assert shared(others=[last_year], **given) == []


@pytest.mark.parametrize(
    ("policy", "given", "why"),
    [
        (POLICY, PARTS, "it comes out"),
        (POLICY, {**PARTS, "coinsurance": "80.01", "patient_responsibility": "180.01"}, "a cent of rounding"),
        (POLICY, {**PARTS, "coinsurance": "10.00", "patient_responsibility": "110.00"}, "less is asked"),
        (POLICY, {"patient_responsibility": "500.00"}, "all of it may be deductible"),
        (POLICY, {"patient_responsibility": "40.00"}, "a copay"),
        ({"deductible": "1.00"}, {"patient_responsibility": "400.00"}, "the rate is not known"),
        ({"coinsurance_percent": "20"}, {"patient_responsibility": "400.00"}, "no deductible is known"),
        (POLICY, {}, "the share is not stated"),
        ({**POLICY, "deductible": "0.00"}, {"patient_responsibility": "400.00", "network": "out"}, "out of network"),
        ({**POLICY, "deductible": "0.00"}, {"patient_responsibility": "400.00", "status": "denied"}, "denied"),
        ({**POLICY, "deductible": "0.00"}, {"patient_responsibility": "400.00", "status": "pending"}, "pending"),
        (
            {**POLICY, "deductible": "0.00", "order": "secondary"},
            {"patient_responsibility": "400.00"},
            "the second insurer",
        ),
        (
            {**POLICY, "deductible": "0.00"},
            {"patient_responsibility": "400.00", "not_covered": "300.00"},
            "what is not covered is outside",
        ),
        ({**POLICY, "coinsurance_percent": "80"}, PARTS, "the plan's percentage was entered"),
        (
            {**POLICY, "deductible": "0.00"},
            {"patient_responsibility": "350.00", "copay": "250.00", "deductible": "0.00", "coinsurance": "100.00"},
            "a copay and coinsurance",
        ),
        ({**POLICY, "coinsurance_percent": "120"}, {**PARTS, "coinsurance": "300.00"}, "no such percentage"),
    ],
)
def test_it_stays_silent_where_the_share_may_be_right_or_a_term_is_missing(policy: Any, given: Any, why: str) -> None:
    assert shared(policy, **given) == [], why


def test_odd_percentages_and_no_allowed_amount_give_nothing() -> None:
    assert shared({**POLICY, "coinsurance_percent": "100"}, patient_responsibility="500.00") == []
    assert shared(POLICY, allowed="0.00", patient_responsibility="500.00") == []
    assert (
        shared({**POLICY, "coinsurance_percent": "33.333", "deductible": "0.00"}, patient_responsibility="166.67") == []
    )


VISIT = {"start": "2025-03-04", "network": "in", "preventive": True}


def preventive(visit: Any = None, lines: Any = (), **given: Any) -> list[str | None]:
    claim = {"status": "paid", "network": "in", "patient_responsibility": "765.00", **given}
    return amounts(one_bill(visit=visit or VISIT, claims=[claim], lines=lines), PREVENTIVE)


def test_a_share_for_preventive_care_in_the_network_is_asked_about() -> None:
    assert preventive() == ["765.00"]
    assert preventive(network="unknown") == ["765.00"]
    (finding,) = findings(one_bill(visit=VISIT, claims=[eob(patient_responsibility="5.00")]), PREVENTIVE)
    assert (finding.level, finding.claim_ids) == ("strong", (1,))


@pytest.mark.parametrize(
    ("visit", "given", "why"),
    [
        ({**VISIT, "preventive": False}, {}, "not preventive"),
        ({"start": "2025-03-04", "network": "in"}, {}, "not answered"),
        (VISIT, {"network": "out"}, "out of network"),
        ({**VISIT, "network": "unknown"}, {"network": "unknown"}, "network not known"),
        (VISIT, {"patient_responsibility": "0.00"}, "no share"),
        ({**VISIT, "self_pay": True}, {}, "self-pay"),
        ({**VISIT, "start": "2009-03-04"}, {}, "before the rule"),
        ({"network": "in", "preventive": True}, {}, "no day of care"),
        (VISIT, {"status": "pending"}, "not decided"),
        (VISIT, {"status": "reversed"}, "taken back"),
    ],
)
def test_preventive_care_is_left_alone_where_no_share_is_asked_or_no_rule_applies(
    visit: Any, given: Any, why: str
) -> None:
    assert preventive(visit, **given) == [], why


def test_the_share_of_another_matter_on_the_same_day_does_not_count() -> None:
    rows = [
        {"code": "G0439", "patient_responsibility": "0.00"},
        {"code": "G0463", "modifiers": ["25"], "patient_responsibility": "30.00"},
    ]

    def with_rows(total: str, *given: dict[str, Any]) -> list[str | None]:
        claim = {"status": "paid", "network": "in", "patient_responsibility": total, "lines": given}
        return amounts(one_bill(visit=VISIT, claims=[claim]), PREVENTIVE)

    assert with_rows("30.00", *rows) == []
    assert with_rows("35.00", {**rows[0], "patient_responsibility": "5.00"}, rows[1]) == ["5.00"]
    apart = {"code": "G0463", "modifiers": ["25"], "date": "2025-03-04"}
    assert preventive(lines=[apart], patient_responsibility="30.00") == []
