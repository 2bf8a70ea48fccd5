from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.code_tables import CodePair, CodeTables
from medbills_desktop.domain.money import decimal_text
from medbills_desktop.domain.records import Bill, Line, Organization, Price
from tests.support.small_cases import findings, make, one_bill

BOOT = {
    "date": "2025-03-04",
    "code": "L4360",
    "code_system": "hcpcs",
    "description": "Boot",
    "units": "1",
    "charge": "385.00",
}
NOTE = {"code": "L4360", "code_system": "hcpcs", "amount": "75.00", "source": "shop list"}
BRUSH = {"date": "2025-03-04", "code": "A9999", "description": "Toothbrush", "units": "1", "charge": "10.00"}


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def found(check: str, lines: list[dict[str, Any]], notes: Any = (), visit: Any = None, others: Any = ()) -> list[Any]:
    prices = [make(Price, plain(note), id=at) for at, note in enumerate(notes, 1)]
    case = one_bill(lines=[plain(line) for line in lines], visit=visit, others=[*prices, *others])
    return [None if one.amount is None else decimal_text(one.amount) for one in findings(case, check)]


@pytest.mark.parametrize(
    ("line", "notes", "expected"),
    [
        ({}, [{}], "310.00"),
        ({"code": "l 4360"}, [{"code": " L4360"}], "310.00"),
        ({"unit": "each"}, [{"unit": "Each"}], "310.00"),
        ({"units": "2", "charge": "770.00"}, [{}], "620.00"),
        ({"units": "0.333", "charge": "128.21"}, [{}], "103.23"),
        ({"units": None, "unit_price": "385.00"}, [{}], "310.00"),
        ({"unit": "hours"}, [{"unit": "hours"}], "310.00"),
        ({}, [{}, {"amount": "100.00"}], "285.00"),
        ({}, [{}, {"amount": "500.00"}], "310.00"),
        ({"modifiers": ["RT"]}, [{"modifiers": ["rt"]}], "310.00"),
    ],
)
def test_a_charge_above_a_noted_price_is_shown(line: dict[str, Any], notes: list[Any], expected: str) -> None:
    assert found("price-vs-reference", [{**BOOT, **line}], [{**NOTE, **note} for note in notes]) == [expected]


@pytest.mark.parametrize(
    ("line", "note", "why"),
    [
        ({"code": "L4361"}, {}, "another code"),
        ({"code": None}, {}, "no code"),
        ({"code_system": "other"}, {}, "another code system"),
        ({"unit": "hours"}, {}, "another unit"),
        ({}, {"unit": "pair"}, "another unit of the note"),
        ({"units": None}, {}, "no units"),
        ({"units": "0"}, {}, "no units to speak of"),
        ({"charge": None}, {}, "no charge"),
        ({"charge": "-385.00"}, {}, "a credit"),
        ({}, {"amount": "385.00"}, "the same price"),
        ({}, {"amount": "400.00"}, "less than the price"),
        ({}, {"amount": "0.00"}, "no price"),
        ({}, {"setting": "inpatient"}, "a setting that is not known"),
        ({"modifiers": ["26"]}, {}, "a part of the service"),
        ({"mark": "duplicate"}, {}, "a repeat by the user's mark"),
        ({}, {"modifiers": ["NU"]}, "a price with a modifier"),
    ],
)
def test_prices_of_other_things_are_left_alone(line: dict[str, Any], note: dict[str, Any], why: str) -> None:
    assert found("price-vs-reference", [{**BOOT, **line}], [{**NOTE, **note}]) == [], why


@pytest.mark.parametrize(
    ("kind", "setting", "same"),
    [
        ("inpatient", "inpatient", True),
        ("inpatient", "outpatient", False),
        ("emergency", "outpatient", True),
        ("emergency", "facility", True),
        ("office", "non_facility", True),
        ("office", "facility", False),
        ("ambulance", "outpatient", False),
        ("ambulance", "any", True),
    ],
)
def test_the_setting_of_the_price_must_be_that_of_the_visit(kind: str, setting: str, same: bool) -> None:
    visit = {"start": "2025-03-04", "kind": kind}
    assert bool(found("price-vs-reference", [BOOT], [{**NOTE, "setting": setting}], visit)) == same


def test_the_ratio_and_every_source_are_shown() -> None:
    notes = [{**NOTE, "basis": "cash", "place": "Springfield", "date": "2025-01-02"}, {**NOTE, "amount": "3.85"}]
    prices = [make(Price, note, id=at) for at, note in enumerate(notes, 1)]
    (one,) = findings(one_bill(lines=[BOOT], others=prices), "price-vs-reference")
    assert "5.1 times the noted price of $75.00 (shop list)" in one.title
    assert "$75.00, a cash price (shop list, Springfield, Jan 2, 2025): 5.1 times" in one.explanation
    assert "$3.85, a noted price (shop list): 100 times" in one.explanation


def with_charges(*charges: str, **last: Any) -> list[dict[str, Any]]:
    rows = [{**BRUSH, "date": f"2025-03-0{at}", "charge": charge} for at, charge in enumerate(charges, 1)]
    return [*rows[:-1], {**rows[-1], **last}]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (with_charges("10.04", "9.00", "1004.00"), ["993.96"]),
        (with_charges("10.00", "10.00", "100.00"), ["90.00"]),
        (with_charges("10.00", "10.00", "200.00", units="2"), ["180.00"]),
        (with_charges("10.00", "10.00", "100.00", code="a 9999"), ["90.00"]),
        ([{**line, "code": None} for line in with_charges("10.00", "10.00", "100.00")], ["90.00"]),
        ([{**line, "units": None} for line in with_charges("10.00", "10.00", "100.00")], ["90.00"]),
    ],
)
def test_ten_times_every_other_charge_is_asked_about(lines: list[Any], expected: list[str]) -> None:
    assert found("amount-outlier", lines) == expected


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (with_charges("10.00", "1004.00"), "one other"),
        (with_charges("10.00", "10.00", "99.99"), "less than ten times"),
        (with_charges("10.00", "101.00", "1004.00"), "not ten times every other"),
        (with_charges("10.00", "10.00", "200.00", units="20"), "the same for one unit"),
        (with_charges("0.00", "0.00", "100.00"), "the others at nothing"),
        (with_charges("10.00", "-10.00", "100.00"), "a credit is no other charge"),
        (with_charges("10.00", "10.00", "100.00", description="Another thing"), "a code for many things"),
        (with_charges("10.00", "10.00", "100.00", units=None), "units stated on the others only"),
        (with_charges("10.00", "10.00", "100.00", unit="hours"), "another unit"),
        ([{**line, "code": None, "description": "Pharmacy"} for line in with_charges("1.00", "1.00", "99.00")], "any"),
        (
            [{**line, "code": None, "description": "Misc"} for line in with_charges("1.00", "1.00", "99.00")],
            "any thing",
        ),
        ([{**line, "code": "G0463"} for line in with_charges("10.00", "10.00", "100.00", modifiers=["TC"])], "a part"),
    ],
)
def test_charges_that_are_alike_or_alone_are_left_alone(lines: list[Any], why: str) -> None:
    assert found("amount-outlier", lines) == [], why


def test_the_library_counts_among_billers_of_one_sort() -> None:
    def elsewhere(kind: str) -> list[Any]:
        rows = [{**BRUSH, "code": "G0463", "charge": "10.00", "bill_id": 2}] * 2
        return [
            Organization(id=9, name="Elsewhere", kind=kind),  # type: ignore[arg-type]
            Bill(id=2, biller_id=9, person_id=1),
            *(make(Line, row, id=50 + at) for at, row in enumerate(rows)),
        ]

    here = [{**BRUSH, "code": "G0463", "charge": "100.00"}]
    assert found("amount-outlier", here, others=elsewhere("hospital")) == ["90.00"]
    assert found("amount-outlier", here, others=elsewhere("facility")) == ["90.00"]
    assert found("amount-outlier", here, others=elsewhere("physician")) == []
    own = [{**here[0], "code_system": "other"}]
    assert found("amount-outlier", own, others=elsewhere("hospital")) == []


def test_ten_times_the_noted_price_is_asked_about_with_the_amount_left_to_the_price_note() -> None:
    assert found("amount-outlier", [{**BOOT, "charge": "750.00"}], [NOTE]) == [None]
    assert found("amount-outlier", [{**BOOT, "charge": "749.99"}], [NOTE]) == []
    assert found("amount-outlier", [{**BOOT, "charge": "750.00"}], [NOTE, {**NOTE, "amount": "80.00"}]) == []


FIRST, SECOND = {**BOOT, "code": "G0101", "charge": "300.00"}, {**BOOT, "code": "Q0091", "charge": "80.00"}


def paired(lines: list[dict[str, Any]], **pair: Any) -> list[tuple[str, str | None]]:
    table = CodeTables(pairs=(CodePair(**{"column1": "G0101", "column2": "Q0091", **pair}),), source="my table")
    case = dataclasses.replace(one_bill(lines=[plain(line) for line in lines]), tables=table)
    return [
        (one.level, None if one.amount is None else decimal_text(one.amount)) for one in findings(case, "bundled-codes")
    ]


@pytest.mark.parametrize(
    ("second", "pair", "expected"),
    [
        ({}, {}, ("question", "80.00")),
        ({"code": "q 0091"}, {}, ("question", "80.00")),
        ({}, {"modifier_indicator": 1}, ("question", "80.00")),
        ({"modifiers": ["59"]}, {"modifier_indicator": 1}, ("info", None)),
        ({"modifiers": ["xs "]}, {"modifier_indicator": 1}, ("info", None)),
        ({"modifiers": ["59"]}, {"modifier_indicator": 0}, ("question", "80.00")),
        ({}, {"effective": date(2025, 3, 4), "deleted": date(2025, 3, 4)}, ("question", "80.00")),
        ({"rendering_provider": "A"}, {}, ("question", "80.00")),
    ],
)
def test_a_pair_in_force_is_asked_about(second: dict[str, Any], pair: dict[str, Any], expected: Any) -> None:
    assert paired([FIRST, {**SECOND, **second}], **pair) == [expected]
    assert paired([{**SECOND, **second}, FIRST], **pair) == [expected]


@pytest.mark.parametrize(
    ("second", "pair", "why"),
    [
        ({}, {"modifier_indicator": 9}, "indicator 9"),
        ({}, {"effective": date(2025, 3, 5)}, "not yet in force"),
        ({}, {"deleted": date(2025, 3, 3)}, "no longer in force"),
        ({"date": "2025-03-05"}, {}, "another day"),
        ({"date": None}, {}, "no day"),
        ({"charge": "0.00"}, {}, "charged at nothing"),
        ({"charge": "-80.00"}, {}, "a credit"),
        ({"mark": "removed_by_biller"}, {}, "taken off"),
        ({"code": "Q0092"}, {}, "another code"),
    ],
)
def test_pairs_out_of_force_are_left_alone(second: dict[str, Any], pair: dict[str, Any], why: str) -> None:
    assert paired([FIRST, {**SECOND, **second}], **pair) == [], why


def test_without_a_table_or_with_two_providers_nothing_is_asked() -> None:
    assert findings(one_bill(lines=[FIRST, SECOND]), "bundled-codes") == []
    two = [{**FIRST, "rendering_provider": "A"}, {**SECOND, "rendering_provider": "B"}]
    assert paired(two) == []
    assert paired([{**FIRST, "rendering_provider": "A"}, {**SECOND, "rendering_provider": "a "}]) != []
