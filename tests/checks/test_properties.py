from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medbills_desktop.checks import Finding, registered, run_checks
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.money_views import money_views
from medbills_desktop.domain.records import Bill, Claim, ClaimLine, Line, Offer, Payment, Policy, Record, Statement
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.case_writing import write_case
from tests.support.cases import cases
from tests.support.small_cases import TODAY, one_bill, raise_fault

few_amounts = st.sampled_from(["0.00", "1.00", "2.00", "3.00", "10.00", "-1.00", "-10.00", "99.99"])
few_days = st.sampled_from(["2025-03-04", "2025-03-05", "2025-04-25", "2025-05-01", "2025-05-09"])
units = st.sampled_from(["0", "1", "2", "0.333", "2.5", "10000", "-1"])
modifiers = st.sampled_from([["26"], ["TC"], ["RT"], ["LT"], ["76"], ["80"], ["JW"], ["25", "RT"]])
providers = st.sampled_from(["A. Clerk", "B. Clerk"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Rows in which each field may be missing, drawn from few values so that rows meet."""
    return st.fixed_dictionaries({}, optional=fields)


line_fields = {
    "date": few_days,
    "code": st.sampled_from(["G0463", "J3490"]),
    "description": st.sampled_from(["Visit", "Supply"]),
    "units": units,
    "unit_price": few_amounts,
    "charge": few_amounts,
    "modifiers": modifiers,
    "revenue_code": st.sampled_from(["0450", "0510"]),
    "rendering_provider": providers,
    "mark": st.sampled_from(["ok", "removed_by_biller"]),
}
usual = st.fixed_dictionaries(
    {"date": st.just("2025-03-04"), "charge": st.sampled_from(["10.00", "10.00", "-10.00", "3.00"])},
    optional={name: line_fields[name] for name in ("modifiers", "rendering_provider", "mark")},
)
lines = st.lists(some(**line_fields), max_size=8) | st.lists(usual, max_size=8)
statements = st.lists(
    some(
        date=few_days,
        itemized=st.booleans(),
        **dict.fromkeys(("total_charges", "adjustments", "insurer_paid", "patient_paid", "balance"), few_amounts),
    ),
    max_size=3,
)
columns = dict.fromkeys(
    ("billed", "discount", "allowed", "plan_paid", "deductible", "copay", "coinsurance", "patient_responsibility"),
    few_amounts,
)
eob_lines = st.lists(some(denied=st.booleans(), **columns), max_size=2)
claims = st.lists(
    some(
        number=st.sampled_from(["C-1", "C-2"]),
        status=st.sampled_from(["pending", "paid", "denied", "adjusted", "reversed"]),
        date=few_days,
        network=st.sampled_from(["in", "out"]),
        policy_id=st.sampled_from([1, 2]),
        lines=eob_lines,
        **columns,
    ),
    max_size=3,
)
payments = st.lists(
    st.fixed_dictionaries(
        {"date": few_days, "amount": few_amounts},
        optional={"kind": st.sampled_from(["payment", "refund", "reimbursement"])},
    ),
    max_size=3,
)
offers = st.lists(
    some(
        date=few_days,
        amount=few_amounts,
        status=st.sampled_from(["open", "accepted", "declined"]),
        installments=st.sampled_from([0, 1, 3]),
        installment_amount=few_amounts,
        written_confirmation=st.booleans(),
        conditions=st.sampled_from(["last payment $7.00", "1,23.4"]),
    ).map(lambda row: {"amount": "10.00", **row}),
    max_size=2,
)
bills = st.builds(
    lambda **given: one_bill(
        policies=({"order": "primary", "out_of_pocket_limit": "2.00"}, {"order": "secondary"}), **given
    ),
    lines=lines,
    statements=statements,
    claims=claims,
    payments=payments,
    offers=offers,
)


def run(case: Case) -> tuple[Finding, ...]:
    return run_checks(case, case.today or TODAY, on_fault=raise_fault)


def gist(found: Iterable[Finding]) -> list[tuple[Any, ...]]:
    return [(one.check, one.level, one.amount, one.title, one.fingerprint, one.line_ids) for one in found]


@given(cases())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_check_and_no_money_page_trips_over_an_odd_case(case: Case) -> None:
    run(case)
    for bill in case.all(Bill):
        money_views(case, bill.id)


@given(bills)
@settings(deadline=None)
def test_every_finding_is_whole_and_speaks_of_records_that_are_there(case: Case) -> None:
    levels = {entry.id: entry.levels for entry in registered()}
    kinds: dict[str, type[Record]] = {
        "line_ids": Line,
        "claim_ids": Claim,
        "payment_ids": Payment,
        "statement_ids": Statement,
    }
    for one in run(case):
        assert one.level in levels[one.check]
        assert one.amount is None or one.amount > 0
        assert one.title.endswith(".")
        assert "\n" not in one.title
        assert one.ask.endswith(("?", "."))
        assert one.explanation
        assert one.evidence
        assert one.bill_id == 1
        for field, kind in kinds.items():
            assert all(case.find(kind, one_id) for one_id in getattr(one, field))


FORBIDDEN = re.compile(r"\b(error|fraud|illegal|wrong|overcharg|mistake|unlawful|scam|violat)\w*", re.IGNORECASE)
DISAGREEING = re.compile(r"\b(do not|does not|don't|doesn't) (agree|add up|come to)|, but ", re.IGNORECASE)


@given(bills)
@settings(deadline=None)
def test_words_ask_and_never_accuse_and_only_facts_say_that_figures_part(case: Case) -> None:
    for one in run(case):
        said = " ".join((one.title, one.explanation, one.ask, *one.evidence))
        assert not FORBIDDEN.search(said), said
        if one.level != "fact":
            assert not DISAGREEING.search(said), said


@given(bills, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_lines_changes_nothing(case: Case, random: Any) -> None:
    shuffled = list(case.all(Line))
    random.shuffle(shuffled)
    again = dataclasses.replace(case, records={**case.records, Line: tuple(shuffled)})
    assert gist(run(again)) == gist(run(case))


@given(bills, bills)
@settings(deadline=None)
def test_another_bill_changes_nothing(case: Case, other: Case) -> None:
    moved: list[Record] = [dataclasses.replace(bill, id=2, person_id=2) for bill in other.all(Bill)]
    for kind in (Line, Statement, Claim, Payment, Offer):
        moved += [dataclasses.replace(record, id=record.id + 500, bill_id=2) for record in other.all(kind)]
    moved += [
        dataclasses.replace(line, id=line.id + 5000, claim_id=line.claim_id + 500) for line in other.all(ClaimLine)
    ]
    moved += [dataclasses.replace(policy, id=policy.id + 2, person_id=2) for policy in other.all(Policy)]
    moved = [dataclasses.replace(one, policy_id=one.policy_id + 2) if isinstance(one, Claim) else one for one in moved]
    everything = [record for found in case.records.values() for record in found]
    both = run(case_of([*everything, *moved]))
    assert gist(one for one in both if one.bill_id == 1) == gist(run(case))


@given(bills)
@settings(deadline=None)
def test_fingerprints_outlive_an_export_with_other_ids(case: Case) -> None:
    again = read_case(write_case(case))
    assert [one.fingerprint for one in run(again)] == [one.fingerprint for one in run(case)]


@given(
    st.lists(
        st.tuples(st.integers(1, 50), st.integers(100, 900), st.sampled_from([0, 0, 700])), min_size=2, max_size=8
    ),
    st.integers(1, 7),
    st.integers(-9000, 9000),
)
def test_amounts_stay_the_same_when_a_statement_is_split_into_two_bills(
    charged: list[tuple[int, int, int]], cut: int, rest: int
) -> None:
    made = [
        Line(
            id=at,
            bill_id=1,
            description=f"Item {at}",
            units=Decimal(n),
            unit_price=Cents(price),
            charge=Cents(n * price + off),
        )
        for at, (n, price, off) in enumerate(charged, 1)
    ]
    cut = min(cut, len(made) - 1)
    parts = (made[:cut], [dataclasses.replace(line, bill_id=2) for line in made[cut:]])

    def asked(some_lines: list[Line], bill_id: int, more: int) -> Statement:
        total = sum(line.charge or 0 for line in some_lines) + more
        return Statement(id=bill_id, bill_id=bill_id, date=date(2025, 5, 1), total_charges=Cents(total))

    people = [record for kind, found in one_bill().records.items() if kind is not Bill for record in found]
    bill = [Bill(id=number, biller_id=1, person_id=1) for number in (1, 2)]
    whole = run(case_of([*people, bill[0], *made, asked(made, 1, rest)]))
    split = run(case_of([*people, *bill, *parts[0], *parts[1], asked(parts[0], 1, rest), asked(parts[1], 2, 0)]))
    for check in ("line-arithmetic", "lines-vs-total"):
        sums = [sum(one.amount or 0 for one in found if one.check == check) for found in (whole, split)]
        assert sums[0] == sums[1], check
