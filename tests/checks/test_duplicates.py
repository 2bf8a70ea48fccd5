from __future__ import annotations

from typing import Any

import pytest

from tests.support.small_cases import amounts, findings, one_bill

CHECK = "duplicate-line"
BASE = {"date": "2025-03-04", "code": "G0463", "description": "Clinic visit", "units": "1", "charge": "212.00"}


def lines(*changes: dict[str, Any], **base: Any) -> list[dict[str, Any]]:
    both = [{**BASE, **base, **change} for change in changes]
    return [{name: value for name, value in line.items() if value is not None} for line in both]


def found(*changes: dict[str, Any], **base: Any) -> list[str | None]:
    return amounts(one_bill(lines=lines(*changes, **base)), CHECK)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{}, {}], ["212.00"]),
        ([{}, {}, {}], ["424.00"]),
        ([{"code": None}, {"code": None}], ["212.00"]),
        ([{"code": None}, {"code": None, "description": "CLINIC  visit."}], ["212.00"]),
        ([{"code": "g0463 "}, {}], ["212.00"]),
        ([{}, {"description": "Visit to the clinic"}], ["212.00"]),
        ([{"units": "1"}, {"units": "1.0"}], ["212.00"]),
        ([{"units": None}, {"units": None}], ["212.00"]),
        ([{"description": "Filling, tooth #3"}, {"description": "Filling tooth 3"}], ["212.00"]),
        ([{"code": "A0425", "modifiers": ["SH"]}, {"code": "A0425", "modifiers": ["SH"]}], ["212.00"]),
        ([{"modifiers": ["GG"]}, {"modifiers": ["GX"]}], ["212.00"]),
        ([{"units": "3"}, {"units": "3"}], ["212.00"]),
        ([{"modifiers": ["25"]}, {}], ["212.00"]),
        ([{"modifiers": ["RT"]}, {"modifiers": ["RT"]}], ["212.00"]),
        ([{"modifiers": ["RT"]}, {"modifiers": ["LT"]}, {}], ["212.00"]),
        ([{"modifiers": ["RT"]}, {"modifiers": ["LT"]}, {"modifiers": ["LT"]}, {"modifiers": ["RT"]}], ["212.00"] * 2),
        ([{"date": "2025-03-04T08:00"}, {"date": "2025-03-04T08:00"}], ["212.00"]),
        ([{"date": "2025-03-04T08:00"}, {"date": "2025-03-04"}], ["212.00"]),
        ([{"date": "2025-03-04T08:00"}, {"date": "2025-03-04"}, {"date": "2025-03-04T14:00"}], ["212.00"]),
        ([{}, {}, {"modifiers": ["76"]}], ["212.00"]),
        ([{"modifiers": ["26"]}, {"modifiers": ["26"]}], ["212.00"]),
        ([{"modifiers": ["JW"]}, {"modifiers": ["JW"]}], ["212.00"]),
        ([{"rendering_provider": "A. Surgeon"}, {"rendering_provider": "B. Surgeon"}], ["212.00"]),
        (
            [{"rendering_provider": "A. Surgeon"}, {"rendering_provider": "a.  surgeon", "modifiers": ["80"]}],
            ["212.00"],
        ),
        ([{"code": "J3490"}, {"code": "J3490"}], ["212.00"]),
        ([{"revenue_code": "0510"}, {"revenue_code": "510"}], ["212.00"]),
        ([{"revenue_code": "0510"}, {}], ["212.00"]),
        ([{}, {}, {}, {"charge": "-212.00"}], ["212.00"]),
    ],
)
def test_the_same_service_day_charge_and_units_are_asked_about(changes: list[Any], expected: list[str]) -> None:
    assert found(*changes) == expected


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([{}], "one line"),
        ([{}, {"code": "G0101"}], "another code"),
        ([{}, {"code": None}], "one has no code"),
        ([{"code": None}, {"code": None, "description": "Supply"}], "another name"),
        ([{}, {"date": "2025-03-05"}], "another day"),
        ([{}, {"charge": "213.00"}], "another charge"),
        ([{}, {"units": "2"}], "other units"),
        ([{}, {"units": None}], "units stated once"),
        ([{"date": None}, {"date": None}], "no day"),
        ([{"charge": None}, {"charge": None}], "no charge"),
        ([{"charge": "0.00"}, {"charge": "0.00"}], "charged at nothing"),
        ([{"charge": "-5.00"}, {"charge": "-5.00"}], "two credits"),
        ([{"date": "2025-03-04T08:00"}, {"date": "2025-03-04T14:00"}], "different times of day"),
        ([{"modifiers": ["RT"]}, {"modifiers": ["LT"]}], "right and left"),
        ([{"modifiers": ["F1"]}, {"modifiers": ["F2"]}], "two fingers"),
        ([{"modifiers": ["26"]}, {"modifiers": ["TC"]}], "professional and technical part"),
        ([{"modifiers": ["QK"]}, {"modifiers": ["QX"]}], "two who share an anesthesia"),
        ([{"modifiers": ["GP"]}, {"modifiers": ["GO"]}], "two disciplines of therapy"),
        ([{}, {"modifiers": ["JW"]}], "the discarded part of a drug"),
        ([{"description": "Filling, tooth #3"}, {"description": "Filling, tooth #14"}], "two teeth"),
        ([{"description": "Scaling UR"}, {"description": "Scaling UL"}], "two quadrants"),
        ([{"description": "Hearing screen twin A"}, {"description": "HEARING SCREEN TWIN B"}], "two children"),
        ([{"description": "X-ray left wrist"}, {"description": "X-ray right wrist"}], "two sides, in words"),
        (
            [{"code": "A0425", "modifiers": ["SH"]}, {"code": "a0425", "modifiers": ["hr"]}],
            "the ride there and the ride back",
        ),
        ([{"rendering_provider": "A"}, {"rendering_provider": "B", "modifiers": ["AS"]}], "an assistant"),
        ([{}, {"modifiers": ["80"]}], "an assistant whose name is not given"),
        ([{"code": "J3490"}, {"code": "J3490", "description": "Another drug"}], "a code for many drugs"),
        (
            [
                {"code": "0250", "code_system": "revenue"},
                {"code": "0250", "code_system": "revenue", "description": "B"},
            ],
            "a revenue code for many things",
        ),
        ([{"revenue_code": "0450"}, {"revenue_code": "0981"}], "two revenue codes"),
        ([{"end": "2025-03-05"}, {"end": "2025-03-06"}], "two periods"),
        ([{}, {"mark": "removed_by_biller"}], "taken off by the biller"),
        ([{}, {}, {"charge": "-212.00", "date": "2025-04-01"}], "taken back by a credit"),
        ([{"code": None, "description": "…"}, {"code": None, "description": "…"}], "no name to speak of"),
    ],
)
def test_lines_that_something_sets_apart_are_left_alone(changes: list[Any], why: str) -> None:
    assert found(*changes) == [], why


@pytest.mark.parametrize("modifier", ["76", "77", "91", "59", "XE", "XS", "XP", "XU", "xe "])
def test_a_line_marked_as_given_again_is_no_repeat(modifier: str) -> None:
    assert found({}, {"modifiers": [modifier]}) == []
    assert found({"modifiers": [modifier]}, {"modifiers": [modifier]}) == []


@pytest.mark.parametrize("modifier", ["80", "81", "82", "AS"])
def test_an_assistant_is_told_apart_only_by_another_name(modifier: str) -> None:
    first = {"rendering_provider": "A. Surgeon"}
    assert found(first, {"rendering_provider": "B. Helper", "modifiers": [modifier]}) == []
    assert found(first, {"rendering_provider": "A. Surgeon", "modifiers": [modifier]}) == ["212.00"]


def test_three_equal_lines_are_one_finding_that_names_them_all() -> None:
    (finding,) = findings(one_bill(lines=lines({"number": 4}, {"number": 5}, {"number": 9})), CHECK)
    assert (finding.level, finding.amount, finding.line_ids) == ("strong", 42400, (1, 2, 3))
    assert (
        finding.title
        == "“Clinic visit” is listed 3 times on Mar 4, 2025 at $212.00 each; the 2 repeats come to $424.00."
    )
    assert finding.explanation.startswith("Lines 4, 5, 9: “Clinic visit”, code G0463")
    assert finding.explanation.endswith("2 repeats × $212.00 = $424.00")


def test_a_decision_on_a_repeat_holds_until_another_one_is_listed() -> None:
    two, three = (findings(one_bill(lines=lines(*[{}] * n)), CHECK)[0] for n in (2, 3))
    assert two.fingerprint != three.fingerprint
    moved = findings(one_bill(lines=lines({"my_words": "?", "mark": "ok"}, {})[::-1]), CHECK)[0]
    assert moved.fingerprint == two.fingerprint
