"""What holds for the checks of lines and visits whatever a bill looks like: order, neighbours, words, export."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from medbills_desktop.checks import Finding, run_checks
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.code_tables import CodePair, CodeTables, UnitLimit
from medbills_desktop.domain.records import Bill, Line, Organization, Person, Price, Visit
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from tests.checks.test_properties import DISAGREEING, FORBIDDEN, gist, some
from tests.support.small_cases import TODAY, make, one_bill, raise_fault

NAMES = (
    "Private room",
    "Room and board",
    "Operating room services",
    "Ear piercing in operating room",
    "Observation",
    "Gloves",
    "Surgical tray",
    "Tray, surgical",
    "Misc supply",
    "Pharmacy",
    "Example drug 5 mg tab",
    "Trauma response",
    "Facility fee",
    "Ventilator",
    "…",
)
days = st.sampled_from(["2025-03-03", "2025-03-04", "2025-03-04T08:00", "2025-03-05T00:00", "2025-03-07", "2024-12-31"])
line = some(
    date=days,
    end=days,
    code=st.sampled_from(["99285", "99213", " g0463", "A4550", "J1885", "G0390"]),
    code_system=st.sampled_from(["cpt", "hcpcs", "revenue", "other", "ndc"]),
    description=st.sampled_from(NAMES),
    units=st.sampled_from(["0", "1", "2", "3", "0.333", "25", "120", "10000", "-1"]),
    unit=st.sampled_from(["each", "minutes", "hours", "days", "miles", "mg", "other"]),
    unit_price=st.sampled_from(["0.00", "1.00", "10.00"]),
    charge=st.sampled_from(["10.00", "10.00", "-10.00", "0.00", "1000.00", "99999999999.99"]),
    modifiers=st.sampled_from([["25"], ["59"], ["RT"], ["26"], ["QK"]]),
    revenue_code=st.sampled_from(["0360", "0120", "0450", "0981", "0682", "x", "27"]),
    rendering_provider=st.sampled_from(["A. Clerk", "B. Clerk"]),
    mark=st.sampled_from(["not_received", "cancelled", "duplicate", "ok", "removed_by_biller"]),
    received_units=st.sampled_from(["0", "1", "2"]),
    my_words=st.sampled_from(["free", "no"]),
)
usual = st.fixed_dictionaries(
    {
        "date": st.just("2025-03-04"),
        "charge": st.sampled_from(["10.00", "10.00", "9.00", "1000.00"]),
        "description": st.sampled_from(NAMES),
    },
    optional={
        "code": st.sampled_from(["99285", "99213", "A4550", "J1885", "g0463"]),
        "units": st.sampled_from(["1", "1", "150"]),
        "unit": st.sampled_from(["each", "minutes", "hours"]),
        "revenue_code": st.sampled_from(["0360", "0450"]),
        "my_words": st.just("said to be free"),
    },
)
visit = some(
    start=days,
    end=days,
    kind=st.sampled_from(["inpatient", "observation", "emergency", "office"]),
    answers=some(
        room_type_had=st.sampled_from(["semi-private", "private", 3]),
        brought_own_medicine=st.booleans(),
        left_without_being_seen=st.booleans(),
        minutes_in_operating_room=st.sampled_from([1, 24, "25", 2.5, "many", -1, True]),
        minutes_of_anesthesia=st.sampled_from([60, 0]),
        rounding_block_minutes=st.sampled_from([15, 0, "30"]),
        days_present=st.sampled_from(["2025-03-04", 3, "none"]),
    ),
)
price = st.fixed_dictionaries(
    {"code": st.sampled_from(["A4550", "J1885", "G0463"]), "amount": st.sampled_from(["1.00", "0.00", "9.00"])},
    optional={"unit": st.sampled_from(["each", "hours"]), "setting": st.sampled_from(["any", "inpatient"])},
).map(lambda row: {"source": "a list", **row})
TABLES = CodeTables(
    pairs=(
        CodePair(column1="99285", column2="A4550"),
        CodePair(column1="G0463", column2="J1885", modifier_indicator=1),
    ),
    limits=(UnitLimit(code="A4550", limit=2), UnitLimit(code="J1885", limit=20, setting="outpatient_hospital")),
)


@st.composite
def bills(draw: Any) -> Case:
    lines = draw(st.lists(line, max_size=8) | st.lists(usual, min_size=2, max_size=8))
    more = draw(st.lists(line, max_size=4) | st.lists(usual, max_size=4))
    prices = [make(Price, row, id=at) for at, row in enumerate(draw(st.lists(price, max_size=3)), 1)]
    others = [
        Organization(id=3, name="Second Biller", kind=draw(st.sampled_from(["hospital", "physician", "laboratory"]))),
        Bill(id=2, biller_id=draw(st.sampled_from([1, 3])), person_id=1, visit_id=1, account_number="7"),
        *(
            make(Line, {"description": "Example item", **row, "bill_id": 2}, id=50 + at, position=at)
            for at, row in enumerate(more)
        ),
        *prices,
    ]
    statements = draw(st.lists(some(number=st.just("S-1"), balance=st.sampled_from(["1.00", "2.00"])), max_size=3))
    own = {"account_number": draw(st.sampled_from(["7", "8"]))}
    case = one_bill(lines=lines, visit=draw(visit), bill=own, statements=statements, others=others)
    return dataclasses.replace(case, tables=draw(st.sampled_from([CodeTables(), TABLES])))


def run(case: Case, bill_ids: Any = None) -> tuple[Finding, ...]:
    return run_checks(case, TODAY, bill_ids, on_fault=raise_fault)


@given(bills())
@settings(deadline=None, max_examples=300)
def test_every_finding_is_whole_and_its_words_ask(case: Case) -> None:
    for one in run(case):
        assert one.amount is None or one.amount > 0
        assert all(case.find(Line, line_id) for line_id in one.line_ids)
        assert one.evidence
        assert one.title.endswith(".")
        assert one.ask.endswith(("?", "."))
        said = " ".join((one.title, one.explanation, one.ask, *one.evidence))
        assert not FORBIDDEN.search(said), said
        assert one.level == "fact" or not DISAGREEING.search(said), said
        assert "None" not in said, said
        assert "  " not in said, said


@given(bills(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_lines_changes_nothing(case: Case, random: Any) -> None:
    shuffled = list(case.all(Line))
    random.shuffle(shuffled)
    again = dataclasses.replace(case, records={**case.records, Line: tuple(shuffled)})
    assert gist(run(again)) == gist(run(case))


@given(bills())
@settings(deadline=None)
def test_fingerprints_outlive_an_export_with_other_ids(case: Case) -> None:
    again = dataclasses.replace(read_case(write_case(case)), tables=case.tables)
    assert [one.fingerprint for one in run(again)] == [one.fingerprint for one in run(case)]


@given(bills())
@settings(deadline=None)
def test_a_bill_of_another_patient_with_other_services_changes_nothing(case: Case) -> None:
    stranger = [
        Person(id=7, name="Somebody Else"),
        Visit(id=7, person_id=7),
        Bill(id=7, biller_id=1, person_id=7, visit_id=7, account_number="7", first_bill_date=date(2020, 1, 1)),
        make(Line, {"bill_id": 7, "description": "Another thing", "code": "G0101", "charge": "9999.00"}, id=900),
    ]
    everything = [record for found in case.records.values() for record in found]
    both = dataclasses.replace(case_of([*everything, *stranger]), tables=case.tables)
    assert gist(one for one in run(both) if one.bill_id in (1, 2)) == gist(run(case))


@given(bills())
@settings(deadline=None)
def test_one_bill_alone_gives_what_it_gives_among_all(case: Case) -> None:
    everything = run(case)
    for bill in case.all(Bill):
        assert run(case, [bill.id]) == tuple(one for one in everything if one.bill_id == bill.id)
