from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Organization
from tests.support.small_cases import findings, one_bill

CHECK = "coverage-dates"
OLD = {"effective": "2020-01-01", "terminated": "2020-12-31", "plan_name": "Plan A"}
NEW = {"effective": "2021-01-01", "insurer_id": 3}
STAY = {"date": "2020-11-12", "end": "2021-01-07", "charge": "900.00"}


def case(lines: Any, policies: Any, *claims: dict[str, Any], **given: Any) -> Case:
    second = Organization(id=3, name="Second Plan", kind="insurer")
    rows = [{"status": "paid", "policy_id": 1, "patient_responsibility": "90.00", **claim} for claim in claims]
    return one_bill(lines=lines, policies=policies, claims=rows, others=[second], **given)


def test_a_stay_that_goes_on_after_the_billed_policy_ended_is_asked_about() -> None:
    (finding,) = findings(case([STAY], [OLD, NEW], {"date": "2021-03-01"}), CHECK)
    assert (finding.level, finding.amount, finding.line_ids, finding.claim_ids) == ("strong", None, (1,), (1,))
    assert finding.title == (
        "Example Plan (Plan A) covers Jan 1, 2020 to Dec 31, 2020, and an EOB of it is for Nov 12, 2020 to Jan 6, 2021."
    )
    assert "also to Second Plan" in finding.ask


def test_only_the_lines_outside_are_named() -> None:
    lines = [{"date": "2020-12-31", "charge": "5.00"}, {"date": "2021-01-02T08:00", "charge": "7.00"}]
    (finding,) = findings(case(lines, [OLD], {}), CHECK)
    assert finding.line_ids == (2,)


def test_a_second_policy_that_covers_the_same_day_and_was_not_billed_is_asked_about() -> None:
    line = {"date": "2025-03-04", "charge": "900.00"}
    policies = [{"effective": "2024-01-01", "order": "primary"}, {**NEW, "order": "secondary"}]
    (finding,) = findings(case([line], policies, {}), CHECK)
    assert "no EOB of it is entered for this bill" in finding.title
    same_day = [{"effective": "2024-01-01"}, {"effective": "2024-01-01", "insurer_id": 3}]
    assert len(findings(case([line], same_day, {}), CHECK)) == 1


LINE = {"date": "2020-12-31", "charge": "5.00"}
BOTH = [{"effective": "2020-01-01", "order": "primary"}, {"effective": "2020-01-01", "order": "secondary"}]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (case([LINE], [OLD], {}), "the last day of the policy is covered"),
        (case([{**STAY, "end": "2021-01-01"}], [OLD], {}), "the day of discharge is no day of the room"),
        (case([{**STAY, "end": "2021-01-01T00:00"}], [OLD], {}), "nor is midnight"),
        (case([STAY], [OLD, NEW]), "no EOB yet"),
        (case([STAY], [OLD, NEW], {}, {"policy_id": 2}), "both policies were billed"),
        (case([STAY], [OLD, NEW], {"status": "pending"}), "the claim is pending"),
        (case([LINE], [{}], {}), "a policy without dates"),
        (case([{"charge": "5.00"}], [OLD], {}), "no day of care is known"),
        (case([LINE], [OLD, NEW], {}), "the new policy began later"),
        (
            case([LINE], [{"terminated": "2019-12-31"}, {"effective": "2020-01-01"}], {"policy_id": 2}),
            "the old one ended",
        ),
        (
            case([LINE], [{"effective": "2019-01-01"}, {"effective": "2020-01-01"}], {"policy_id": 2}),
            "it may have ended",
        ),
        (case([LINE], BOTH, {"patient_responsibility": "0.00"}), "nothing is left for the second"),
        (
            case([LINE], BOTH, {}, statements=[{"date": "2021-02-01", "balance": "0.00"}]),
            "nothing is asked",
        ),
        (case([LINE], [BOTH[0], {**BOTH[1], "plan_name": "Bright Dental"}], {}), "a plan for teeth"),
        (case([LINE], [OLD], {"status": "reversed"}), "the EOB was taken back"),
        (
            case([{**LINE, "mark": "removed_by_biller", "date": "2021-02-01"}, LINE], [OLD], {}),
            "the line was taken off",
        ),
    ],
)
def test_it_stays_silent_where_the_billed_policies_cover_the_days(given: Case, why: str) -> None:
    assert findings(given, CHECK) == [], why


def test_the_days_of_the_eob_count_where_it_gives_them() -> None:
    late = {"lines": [{"date": "2021-01-03", "billed": "900.00"}]}
    assert len(findings(case([STAY], [OLD], late), CHECK)) == 1
    early = {"lines": [{"date": "2020-11-12", "billed": "900.00"}]}
    assert findings(case([STAY], [OLD], early), CHECK) == []
    visit = {"start": "2021-01-03", "end": "2021-01-05"}
    assert len(findings(case([], [OLD], {}, visit=visit), CHECK)) == 1
