"""Which clocks run on a bill, on which record, and which date is missing."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Claim,
    ClaimLine,
    Collection,
    Estimate,
    Letter,
    Organization,
    Person,
    Policy,
    Record,
    Statement,
    Visit,
)
from medbills_desktop.domain.rules.plan_kinds import plan_kind
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.domain.rules.running import Clock, clocks_of_bill

CARDS = {card.id: card for card in shipped_cards() if card.verified}
HOSPITAL = Organization(id=1, name="Lakeside Hospital", kind="hospital", nonprofit=True, state="OR")
INSURER = Organization(id=2, name="Example Health", kind="insurer")
PERSON = Person(id=1, name="A. Patient")
POLICY = Policy(id=1, person_id=1, insurer_id=2)
BILL = Bill(id=1, biller_id=1, person_id=1, visit_id=1, first_bill_date=date(2025, 11, 3))


def clocks(*records: Record, bill: Bill = BILL, biller: Organization = HOSPITAL) -> dict[str, Clock]:
    found: dict[type[Record], list[Record]] = {}
    everything = (biller, INSURER, PERSON, POLICY, bill, *records)
    for record in everything:
        found.setdefault(type(record), []).append(record)
    case = Case({kind: tuple(same) for kind, same in found.items()})
    return {clock.card.id: clock for clock in clocks_of_bill(case, bill, CARDS)}


def due(clock: Clock) -> str:
    assert clock.deadline is not None
    return clock.deadline.due.isoformat()


def test_a_nonprofit_hospitals_bill_starts_the_time_for_assistance() -> None:
    found = clocks()
    assert due(found["r.apply"]) == "2026-07-01"
    assert due(found["state.assistance.or"]) == "2026-07-01"
    assert found["r.apply"].about == ("bill", 1)


def test_an_application_ends_it() -> None:
    assert "r.apply" not in clocks(Assistance(id=1, bill_id=1, applied=date(2026, 1, 5), status="applied"))
    assert "r.apply" in clocks(Assistance(id=1, bill_id=1, status="considering"))


def test_whether_the_hospital_is_a_nonprofit_is_asked_not_guessed() -> None:
    found = clocks(biller=dataclasses.replace(HOSPITAL, nonprofit=None))
    assert found["r.apply"].deadline is None
    assert found["r.apply"].missing == "whether the hospital is a nonprofit"
    assert found["r.apply"].about == ("organization", 1)
    assert "r.apply" not in clocks(biller=dataclasses.replace(HOSPITAL, nonprofit=False))
    assert "r.apply" not in clocks(biller=dataclasses.replace(HOSPITAL, kind="physician"))


def test_a_missing_first_bill_is_named_and_a_statement_gives_it() -> None:
    bill = dataclasses.replace(BILL, first_bill_date=None)
    assert clocks(bill=bill)["r.apply"].missing == "the day of the first bill"
    statements = [Statement(id=at, bill_id=1, date=day) for at, day in ((1, date(2025, 12, 3)), (2, date(2025, 11, 3)))]
    assert due(clocks(*statements, bill=bill)["r.apply"]) == "2026-07-01"


@pytest.mark.parametrize("status", ["settled", "paid", "refunded", "closed"])
def test_on_a_closed_bill_nothing_runs(status: Any) -> None:
    assert clocks(bill=dataclasses.replace(BILL, status=status)) == {}


def claim(**values: Any) -> Claim:
    return Claim(**{"id": 7, "policy_id": 1, "bill_id": 1, "status": "denied", **values})


def test_a_denial_starts_the_time_for_an_appeal() -> None:
    found = clocks(claim(received=date(2025, 9, 5)))
    assert due(found["ap.int.file"]) == "2026-03-04"
    assert found["ap.int.file"].about == ("claim", 7)


def test_a_denied_line_starts_it_too_and_a_paid_claim_does_not() -> None:
    paid = claim(status="paid", received=date(2025, 9, 5))
    assert "ap.int.file" not in clocks(paid)
    assert "ap.int.file" in clocks(paid, ClaimLine(id=1, claim_id=7, denied=True))


def test_the_date_on_the_denial_wins_and_a_missing_one_is_asked_for() -> None:
    assert (
        due(clocks(claim(received=date(2025, 9, 5), appeal_deadline=date(2026, 4, 1)))["ap.int.file"]) == "2026-04-01"
    )
    assert clocks(claim())["ap.int.file"].missing == "the day on which the denial came"


def test_an_appeal_that_was_sent_ends_one_clock_and_starts_theirs() -> None:
    sent = Letter(id=3, kind="internal_appeal", bill_id=1, status="sent", date=date(2026, 1, 5))
    found = clocks(claim(received=date(2025, 9, 5)), sent)
    assert "ap.int.file" not in found
    assert due(found["ap.int.post"]) == "2026-03-06"
    answer = Letter(id=4, kind="reply", bill_id=1, status="received", date=date(2026, 2, 1), answers_to_id=3)
    assert "ap.int.post" not in clocks(claim(received=date(2025, 9, 5)), sent, answer)


@pytest.mark.parametrize(
    ("plan", "insurer", "kind"),
    [
        ("Gold PPO", "Example Health", "private"),
        ("Original Medicare", "CMS", "medicare"),
        ("Medicare Advantage HMO", "Example Health", "medicare_advantage"),
        ("Example Medicare Rx, a Part D plan", "Example", "part_d"),
        ("Medigap Plan G", "Example", "unknown"),
        (None, "State Medicaid", "medicaid"),
        ("TRICARE Prime", "Example", "tricare"),
        ("Medical Plus", "Example", "private"),
    ],
)
def test_the_kind_of_plan_is_read_from_its_names(plan: str | None, insurer: str, kind: str) -> None:
    policy = dataclasses.replace(POLICY, plan_name=plan)
    assert plan_kind(policy, Organization(id=9, name=insurer, kind="insurer")) == kind


def test_a_collectors_notice_starts_thirty_days_until_it_is_disputed() -> None:
    notice = Collection(id=5, bill_id=1, collector_id=2, notice_date=date(2025, 12, 19))
    found = clocks(notice)["fdcpa.window"]
    assert due(found) == "2026-01-28"
    assert found.deadline is not None
    assert found.deadline.presumed
    known = dataclasses.replace(notice, notice_received=date(2025, 12, 22))
    assert due(clocks(known)["fdcpa.window"]) == "2026-01-21"
    assert "fdcpa.window" not in clocks(dataclasses.replace(known, disputed_on=date(2026, 1, 2)))
    undated = dataclasses.replace(notice, notice_date=None)
    assert clocks(undated)["fdcpa.window"].missing == "the day on which the collector's notice came"


@pytest.mark.parametrize(("billed", "runs"), [(1399_99, False), (1400_00, True)])
def test_an_estimate_is_disputed_from_four_hundred_dollars_on(billed: int, runs: bool) -> None:
    records = (
        Visit(id=1, person_id=1, self_pay=True),
        Estimate(id=1, visit_id=1, provider_id=1, kind="good_faith_estimate", amount=Cents(1000_00)),
        Statement(id=1, bill_id=1, date=date(2025, 11, 3), total_charges=Cents(billed)),
    )
    found = clocks(*records)
    assert ("nsa.ppdr.window" in found) is runs
    if runs:
        assert due(found["nsa.ppdr.window"]) == "2026-03-03"


def test_a_card_that_is_switched_off_starts_nothing() -> None:
    case = Case({Bill: (BILL,), Organization: (HOSPITAL, INSURER), Person: (PERSON,)})
    assert clocks_of_bill(case, BILL, {}) == ()


def test_dated_clocks_come_first_by_date() -> None:
    found = list(clocks(claim(), Collection(id=5, bill_id=1, collector_id=2, notice_date=date(2025, 12, 19))).values())
    assert [one.card.id for one in found] == ["fdcpa.window", "r.apply", "state.assistance.or", "ap.int.file"]
