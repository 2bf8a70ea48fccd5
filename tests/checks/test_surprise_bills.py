from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.checks.surprise_bills import _words
from medbills_desktop.checks.word_lists import any_of, listed
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Organization
from tests.support.small_cases import findings, one_bill

CHECK = "surprise-billing"
EMERGENCY = {"start": "2022-03-04", "kind": "emergency", "emergency": True, "facility_id": 1, "network": "in"}
PLANNED = {"start": "2022-03-04", "kind": "outpatient", "facility_id": 1, "network": "in"}
EOB = {"status": "paid", "network": "out", "date": "2022-04-01", "patient_responsibility": "60.00", "number": "C-2"}


def case(visit: Any, kind: str = "physician", balance: str = "718.00", **given: Any) -> Case:
    biller = Organization(id=5, name=given.pop("name", "Example Physicians"), kind=kind)  # type: ignore[arg-type]
    claim = {**EOB, **given.pop("eob", {})}
    claim = {name: value for name, value in claim.items() if value is not None}
    return one_bill(
        **{
            "bill": {"biller_id": 5},
            "visit": visit,
            "claims": [claim],
            "statements": [{"date": "2022-04-20", "balance": balance}],
            "others": [biller],
            **given,
        }
    )


def test_emergency_care_out_of_network_is_asked_about_with_what_is_above_the_share() -> None:
    (finding,) = findings(case(EMERGENCY), CHECK)
    assert (finding.level, finding.amount, finding.claim_ids) == ("strong", 65800, (1,))
    assert finding.title == (
        "The statement of Apr 20, 2022 asks $718.00 for emergency care out of the network, $658.00 above your share: "
        "ask whether the No Surprises Act limits it."
    )
    paid = [{"date": "2022-03-10", "amount": "20.00"}]
    assert findings(case(EMERGENCY, payments=paid), CHECK)[0].amount == 67800


def test_a_clinician_from_outside_at_a_facility_in_the_network_is_asked_about() -> None:
    assert findings(case(PLANNED), CHECK)[0].amount == 65800


def test_an_air_ambulance_counts_and_a_denial_gives_no_amount() -> None:
    flight = {"start": "2023-09-01", "kind": "ambulance", "facility_id": 5, "network": "out"}
    eob = {"status": "denied", "patient_responsibility": None}
    (finding,) = findings(case(flight, "air_ambulance", eob=eob), CHECK)
    assert (finding.level, finding.amount) == ("strong", None)
    eob["patient_responsibility"] = "718.00"
    assert findings(case(flight, "air_ambulance", eob=eob), CHECK)[0].amount is None
    by_code = [{"code": "a0431", "date": "2023-09-01", "charge": "718.00"}]
    assert findings(case(flight, "ambulance", lines=by_code), CHECK)[0].level == "strong"


def test_a_ground_ambulance_is_told_for_information() -> None:
    (finding,) = findings(case(EMERGENCY, "ambulance"), CHECK)
    assert (finding.level, finding.amount) == ("info", 65800)
    assert "the federal act does not cover it" in finding.title


@pytest.mark.parametrize(
    ("kind", "name", "spoken"),
    [
        ("physician", "Example Surgeons", False),
        ("physician", "Example Anesthesia Group", True),
        ("physician", "Labor and Delivery Doctors", False),
        ("laboratory", "Example", True),
        ("imaging", "Example", True),
    ],
)
def test_consent_counts_only_for_care_that_allows_it(kind: str, name: str, spoken: bool) -> None:
    visit = {**PLANNED, "consent_to_out_of_network": True}
    assert bool(findings(case(visit, kind, name=name), CHECK)) == spoken


def test_consent_never_counts_for_emergency_care() -> None:
    assert findings(case({**EMERGENCY, "consent_to_out_of_network": True}), CHECK)


OLD = [{"code": "G0463", "date": "2021-12-31", "charge": "718.00"}]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (case({**EMERGENCY, "start": "2021-12-31T23:59"}), "before the act"),
        (case(EMERGENCY, lines=OLD), "the lines are from before the act"),
        (case({**EMERGENCY, "self_pay": True}), "self-pay"),
        (case(EMERGENCY, eob={"network": "in"}), "in the network"),
        (case(EMERGENCY, eob={"network": None}), "the network is not known"),
        (case(EMERGENCY, eob={"status": "pending"}), "not decided"),
        (case(EMERGENCY, eob={"patient_responsibility": None}), "the share is not stated"),
        (case(EMERGENCY, claims=[]), "no EOB"),
        (case(EMERGENCY, balance="60.00"), "the share is asked"),
        (case(EMERGENCY, balance="0.00"), "nothing is asked"),
        (case(EMERGENCY, statements=[]), "no statement"),
        (case(None), "no visit"),
        (case({"emergency": True, "kind": "emergency"}), "no day of care"),
        (case({**PLANNED, "network": "out"}), "the facility is outside as well"),
        (case({**PLANNED, "network": "unknown"}), "the network of the facility is not known"),
        (case({**PLANNED, "facility_id": 5}), "the place itself bills"),
        (case(PLANNED, "pharmacy"), "no clinician"),
        (case({**PLANNED, "kind": "office", "facility_id": None}), "no facility"),
        (case({**EMERGENCY, "emergency": False, "facility_id": None}), "said to be no emergency"),
        (case(EMERGENCY, eob={"status": "denied", "network": "in"}), "denied in the network"),
    ],
)
def test_it_stays_silent_where_the_act_does_not_apply_or_the_share_is_asked(given: Case, why: str) -> None:
    assert findings(given, CHECK) == [], why


def test_the_word_list_finds_whole_words_and_beginnings() -> None:
    words = any_of(listed("never_waived.txt"))
    assert words.search(_words("X-RAY, chest"))
    assert words.search(_words("Anesthesiology services"))
    assert not words.search(_words("Collaborative care, slab"))
