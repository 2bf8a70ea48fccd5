"""What holds for the checks of money, insurance, people and collectors on any case, right or odd."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medbills_desktop.checks import Finding, registered, run_checks
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Call,
    CallBill,
    Claim,
    ClaimLine,
    Collection,
    Estimate,
    Line,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    Record,
    Statement,
    Visit,
)
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from tests.checks.test_properties import DISAGREEING, FORBIDDEN, gist, run
from tests.support.small_cases import TODAY, make, one_bill, raise_fault

OWN = {
    "assistance-window",
    "balance-moved",
    "bill-eob-line-mismatch",
    "collection-before-itemization",
    "collector-notice",
    "cost-share-arithmetic",
    "coverage-dates",
    "missing-counterpart",
    "preventive-cost-share",
    "surprise-billing",
    "unknown-visit",
    "wrong-person",
}


def likely(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Rows that have most of the fields: few checks speak where several are missing."""
    gone = st.sets(st.sampled_from(sorted(fields)), max_size=2)
    return st.builds(
        lambda row, left_out: {name: value for name, value in row.items() if name not in left_out},
        st.fixed_dictionaries(fields),
        gone,
    )


days = st.sampled_from(["2024-12-31", "2025-01-01", "2025-03-04", "2025-03-05", "2025-04-25", "2025-05-01"])
moments = days | st.sampled_from(["2025-03-04T00:00", "2025-03-04T23:59", "2025-03-05T00:00"])
money = st.sampled_from(["0.00", "10.00", "20.00", "30.00", "100.00", "100.00", "400.00", "-10.00"])
yes_no = st.booleans()
codes = st.sampled_from(["G0463", "g 0463", "J1885", "LH-1", "A0430"])
quantities = st.sampled_from(["0.333", "1", "3", "10000"])
networks = st.sampled_from(["in", "out", "unknown"])

lines = st.lists(
    likely(
        date=moments,
        end=moments,
        code=codes,
        description=st.sampled_from(["Visit", "Supply"]),
        units=quantities,
        charge=money,
        modifiers=st.sampled_from([["25"], ["33"]]),
        mark=st.sampled_from(["ok", "removed_by_biller"]),
    ),
    max_size=5,
)
statements = st.lists(
    likely(
        date=days,
        number=st.sampled_from(["1", "2"]),
        itemized=yes_no,
        patient_name_as_printed=st.sampled_from(["EXAMPLE, PAT", "Sam Other", "Baby Girl Example", " "]),
        **dict.fromkeys(("total_charges", "adjustments", "insurer_paid", "patient_paid"), money),
        balance=money,
    ),
    max_size=3,
)
columns = dict.fromkeys(
    ("billed", "allowed", "plan_paid", "deductible", "copay", "coinsurance", "not_covered", "patient_responsibility"),
    money,
)
rows = st.lists(likely(date=moments, code=codes, units=quantities, denied=yes_no, **columns), max_size=4)
claims = st.lists(
    likely(
        number=st.sampled_from(["C-1", "C-2"]),
        status=st.sampled_from(["paid", "paid", "paid", "adjusted", "denied", "pending", "reversed"]),
        date=days,
        network=networks,
        policy_id=st.sampled_from([1, 2]),
        provider_id=st.sampled_from([1, 3]),
        bill_id=st.sampled_from([1, None]),
        lines=rows,
        **columns,
    ),
    max_size=3,
)
policies = st.lists(
    likely(
        effective=days,
        terminated=days,
        deductible=money,
        out_of_pocket_limit=money,
        coinsurance_percent=st.sampled_from(["0", "20", "33.3", "80", "100"]),
        order=st.sampled_from(["primary", "secondary"]),
    ),
    min_size=2,
    max_size=2,
)
visits = st.none() | likely(
    start=moments,
    end=moments,
    facility_id=st.sampled_from([1, 3]),
    kind=st.sampled_from(["emergency", "inpatient", "outpatient", "ambulance"]),
    emergency=yes_no,
    self_pay=st.sampled_from([False, False, False, True]),
    network=networks,
    preventive=yes_no,
    consent_to_out_of_network=yes_no,
)
payments = st.lists(
    st.fixed_dictionaries({"date": days, "amount": money}, optional={"kind": st.sampled_from(["payment", "refund"])}),
    max_size=3,
)
offers = st.lists(
    likely(date=days, status=st.sampled_from(["open", "accepted"]), amount=money).map(
        lambda row: {"amount": "30.00", **row}
    ),
    max_size=1,
)
notices = st.lists(
    likely(
        notice_date=days,
        notice_received=days,
        amount=money,
        reference=st.just("R-1"),
        original_creditor=st.just("Example Hospital"),
        itemization_date=days,
    ),
    max_size=2,
)
billers = likely(state=st.sampled_from(["TX", "TX", "IL"]), nonprofit=yes_no).flatmap(
    lambda row: st.sampled_from(["hospital", "hospital", "physician", "ambulance", "air_ambulance", "laboratory"]).map(
        lambda kind: {"name": "Example Group", "kind": kind, **row}
    )
)


@st.composite
def cases(draw: Any) -> Case:
    """One bill with everything that the checks of money read; each part may be missing."""
    others: list[Record] = [make(Organization, draw(billers), id=3), Person(id=9, name="Sam Other")]
    others += [
        make(Collection, {"bill_id": 1, "collector_id": 2, **row}, id=at) for at, row in enumerate(draw(notices), 1)
    ]
    for row in draw(st.lists(likely(status=st.sampled_from(["applied", "approved"]), applied=days), max_size=1)):
        others.append(make(Assistance, {"bill_id": 1, **row}, id=1))
    for row in draw(st.lists(likely(kind=st.sampled_from(["quote", "good_faith_estimate"]), amount=money), max_size=1)):
        others.append(make(Estimate, {"visit_id": 1, "provider_id": 1, "call_id": 1, **row}, id=1))
    others += [make(Call, {"started": "2025-03-01T10:00"}, id=1), CallBill(id=1, call_id=1, bill_id=1)]
    others.append(make(Promise, {"text": "An itemized bill", "due": draw(days)}, id=1, call_id=1))
    given_visit = draw(visits)
    if given_visit is None:
        others = [one for one in others if not isinstance(one, Estimate)]
        for row in draw(st.lists(likely(start=moments, facility_id=st.sampled_from([1, 3])), max_size=2)):
            others.append(make(Visit, {"person_id": 1, **row}, id=len(others) + 50))
    bill = draw(likely(biller_id=st.sampled_from([3, 3, 1]), first_bill_date=days))
    return one_bill(
        lines=draw(lines),
        statements=draw(statements),
        claims=draw(claims),
        policies=draw(policies),
        visit=given_visit,
        payments=draw(payments),
        offers=draw(offers),
        bill=bill,
        others=others,
    )


STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def own(found: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in found if one.check in OWN]


@given(cases())
@STEADY
def test_every_finding_is_whole_and_asks_in_plain_words(case: Case) -> None:
    levels = {entry.id: entry.levels for entry in registered()}
    assert set(levels) >= OWN
    kinds: dict[str, type[Record]] = {
        "line_ids": Line,
        "claim_ids": Claim,
        "payment_ids": Payment,
        "call_ids": Call,
        "statement_ids": Statement,
    }
    for one in own(run(case)):
        assert one.level in levels[one.check]
        assert one.amount is None or one.amount > 0
        assert one.title.endswith((".", "?"))
        assert "\n" not in one.title
        assert one.ask.endswith(("?", "."))
        assert one.ask.count("?") <= 3
        assert one.explanation
        assert one.evidence
        for field, kind in kinds.items():
            ids = getattr(one, field)
            assert len(set(ids)) == len(ids)
            assert all(case.find(kind, one_id) for one_id in ids)
        said = " ".join((one.title, one.explanation, one.ask, *one.evidence))
        assert not FORBIDDEN.search(said), said
        assert not DISAGREEING.search(said), said
        assert "–" not in one.title, "a figure that is not known stands in the title"


@given(cases(), st.randoms(use_true_random=False))
@STEADY
def test_the_order_of_records_changes_nothing(case: Case, random: Any) -> None:
    mixed = dict(case.records)
    for kind in (Line, ClaimLine, Payment, Policy):
        shuffled = list(case.all(kind))
        random.shuffle(shuffled)
        mixed[kind] = tuple(shuffled)
    again = dataclasses.replace(case, records=mixed)
    assert sorted(gist(own(run(again))), key=repr) == sorted(gist(own(run(case))), key=repr)


@given(cases(), cases())
@STEADY
def test_another_patients_bill_changes_nothing(case: Case, other: Case) -> None:
    """Everything of the other case under other ids; the people and firms are its own as well."""
    shift = 5000
    moved: list[Record] = []
    for kind, found in other.records.items():
        fields = [name for name in kind.__dataclass_fields__ if name == "id" or name.endswith("_id")]
        fields = [name for name in fields if name != "representative_id"]
        for record in found:
            values = {name: getattr(record, name) for name in fields}
            moved.append(
                dataclasses.replace(record, **{name: id + shift for name, id in values.items() if id is not None})  # noqa: A001
            )
    alone = own(run(case))
    both = run(case_of([*(record for found in case.records.values() for record in found), *moved]))
    assert gist(own(tuple(one for one in both if one.bill_id == 1))) == gist(alone)


@given(cases())
@STEADY
def test_an_export_and_import_gives_the_same_findings(case: Case) -> None:
    again = read_case(write_case(case))
    assert [(one.check, one.amount, one.fingerprint) for one in own(run(again))] == [
        (one.check, one.amount, one.fingerprint) for one in own(run(case))
    ]


@given(cases(), st.integers(1, 400))
@STEADY
def test_a_later_day_never_changes_a_fingerprint(case: Case, later: int) -> None:
    first = {one.fingerprint for one in own(run(case))}
    after = own(run_checks(case, TODAY + timedelta(days=later), on_fault=raise_fault))
    assert {one.fingerprint for one in after} <= first


@given(st.integers(1, 900), st.integers(1, 900), st.integers(0, 300), st.integers(0, 300))
def test_a_balance_that_moved_is_the_same_amount_where_one_bill_is_split_into_two(
    first: int, second: int, rise: int, more: int
) -> None:
    def bill(number: int, *parts: tuple[int, int]) -> list[Record]:
        start, end = sum(part[0] for part in parts), sum(part[0] + part[1] for part in parts)
        return [
            Bill(id=number, biller_id=1, person_id=1),
            make(Statement, {"date": "2025-03-01", "balance": f"{start}.00"}, id=2 * number, bill_id=number),
            make(Statement, {"date": "2025-04-01", "balance": f"{end}.00"}, id=2 * number + 1, bill_id=number),
        ]

    people = [record for kind, found in one_bill().records.items() if kind is not Bill for record in found]
    whole = run(case_of([*people, *bill(1, (first, rise), (second, more))]))
    split = run(case_of([*people, *bill(1, (first, rise)), *bill(2, (second, more))]))
    sums = [sum(one.amount or 0 for one in found if one.check == "balance-moved") for found in (whole, split)]
    assert sums[0] == sums[1] == 100 * (rise + more)
