"""Sentences that were hard to read: wrong articles and numbers, the same name twice, a rule without its source."""

from __future__ import annotations

import re

from medbills_desktop.checks.findings import Finding
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Collection, Estimate, Organization
from tests.support.small_cases import findings, make, one_bill

D = "2025-03-04"
SOURCE = re.compile(r"\nSource: [^\n]+, checked on [A-Z][a-z]{2} \d{1,2}, \d{4}\.$")


def notice(amount: str | None, **more: str) -> Case:
    given = {
        "collector_id": 9,
        "notice_date": "2025-05-20",
        "notice_received": "2025-05-25",
        "reference": "R-1",
        **more,
    }
    if amount is not None:
        given["amount"] = amount
    collector = Organization(id=9, name="Example Recovery", kind="collector")
    placement = make(Collection, {"original_creditor": "Example Hospital", **given}, id=1, bill_id=1)
    return one_bill(statements=[{"date": "2025-04-01", "balance": "500.00"}], others=[collector, placement])


def test_a_dispute_is_of_the_rest_only_where_a_rest_is_asked() -> None:
    (more,) = findings(notice("560.00", itemization_date="2025-04-01"), "collector-notice")
    (less,) = findings(notice("450.00", itemization_date="2025-04-01"), "collector-notice")
    assert more.ask.startswith("By the last balance, $500.00 is open. I dispute the rest: could you show")
    assert less.ask.startswith("By the last balance, $500.00 is open. Could you show")


def test_one_point_and_several_are_named_rightly() -> None:
    (one,) = findings(notice("500.00"), "collector-notice")
    (two,) = findings(notice(None), "collector-notice")
    assert "the itemization date. A notice has to show it." in one.explanation
    assert "the itemization date. A notice has to show them." in two.explanation


def test_an_estimate_and_a_quote_have_their_articles() -> None:
    for kind, words in (("good_faith_estimate", "given an estimate of"), ("quote", "given a quote of")):
        estimate = make(Estimate, {"provider_id": 1, "kind": kind, "amount": "100.00"}, id=1, visit_id=1)
        visit = {"start": D, "self_pay": True}
        statement = {"total_charges": "900.00", "balance": "900.00"}
        (finding,) = findings(one_bill(visit=visit, statements=[statement], others=[estimate]), "estimate-exceeded")
        assert words in finding.ask


def test_a_balance_that_stayed_is_not_said_to_have_gone_anywhere() -> None:
    statements = [{"date": "2025-03-01", "balance": "500.00"}, {"date": "2025-04-01", "balance": "500.00"}]
    case = one_bill(statements=statements, payments=[{"date": "2025-03-10", "amount": "100.00"}])
    (finding,) = findings(case, "balance-moved")
    assert finding.ask.startswith("Why is the balance still $500.00 on Apr 1, 2025, as it was on Mar 1, 2025?")


def test_two_lines_with_one_name_are_named_once() -> None:
    lines = [{"code": "G0463", "date": D, "description": "Visit", "charge": charge} for charge in ("90.00", "80.00")]
    (finding,) = findings(one_bill(lines=lines), "near-duplicate-line")
    assert finding.ask.startswith("Are the 2 lines “Visit” of Mar 4, 2025 separate services?")


def test_billed_less_discount_is_one_figure() -> None:
    claim = {"billed": "100.00", "discount": "30.00", "allowed": "80.00", "status": "paid"}
    (finding,) = findings(one_bill(claims=[claim]), "eob-arithmetic")
    assert "billed less discount comes to $70.00" in finding.title


def test_findings_that_rest_on_a_rule_say_where_it_is_written_and_when_that_was_read() -> None:
    visit = {"start": D, "kind": "emergency", "emergency": True, "network": "in"}
    claim = {"status": "paid", "network": "out", "billed": "700.00", "patient_responsibility": "60.00"}
    asked = {"total_charges": "700.00", "balance": "700.00"}
    (surprise,) = findings(one_bill(visit=visit, claims=[claim], statements=[asked]), "surprise-billing")
    shared = {**claim, "network": "in"}
    preventive = one_bill(visit={"start": D, "preventive": True, "network": "in"}, claims=[shared], statements=[asked])
    (share,) = findings(preventive, "preventive-cost-share")
    (collector,) = findings(notice("560.00"), "collector-notice")
    for finding in (surprise, share, collector):
        assert SOURCE.search(finding.explanation), finding.explanation


def test_what_is_quoted_from_the_records_stands_without_stray_blanks() -> None:
    row = {"code": " g0463", "description": "Example\n item ", "charge": "10.00", "date": "2025-03-03"}
    found = findings(one_bill(lines=[row, row]), "duplicate-line")
    assert found
    for one in found:
        for said in (one.title, one.ask, *one.explanation.split("\n"), *one.evidence):
            assert said == " ".join(said.split())
    assert "code g0463, Mar 3, 2025" in found[0].explanation


def test_a_finding_says_each_thing_on_one_line_whatever_was_quoted() -> None:
    one = Finding(
        check="x",
        level="info",
        bill_id=1,
        amount=None,
        title="They said  “call\nback”.",
        explanation=" First:  $1.00\n\nThen: $2.00 ",
        ask="When\twill you call?",
        evidence=("The  call.",),
        fingerprint="0",
    )
    assert (one.title, one.ask, one.evidence) == ("They said “call back”.", "When will you call?", ("The call.",))
    assert one.explanation == "First: $1.00\nThen: $2.00"


def test_a_code_of_blanks_is_no_code() -> None:
    row = {"code": "  ", "description": "Example item", "charge": "10.00", "date": "2025-03-03"}
    (found,) = findings(one_bill(lines=[row, row]), "duplicate-line")
    assert ", code" not in found.explanation
