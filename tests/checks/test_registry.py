from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from medbills_desktop.checks import LEVELS, Finding, registered, registry, run_checks
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import fingerprint
from medbills_desktop.checks.registry import Check, check
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Document, DocumentLink, Evidence, Line, Organization, Person
from tests.support.small_cases import TODAY, findings, make, one_bill

FIRST_SIX = {
    "line-arithmetic",
    "lines-vs-total",
    "statement-equation",
    "eob-arithmetic",
    "balance-above-eob",
    "duplicate-line",
}


@pytest.fixture
def own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_CHECKS", {})


def finding(facts: BillFacts, check_id: str, level: str, amount: int | None) -> Finding:
    return Finding(
        check=check_id,
        level=level,  # type: ignore[arg-type]
        bill_id=facts.bill.id,
        amount=None if amount is None else Cents(amount),
        title="",
        explanation="",
        ask="",
        fingerprint=fingerprint(check_id, amount),
    )


def three_bills() -> Case:
    people = [Person(id=1, name="Pat"), Organization(id=1, name="Example", kind="hospital")]
    return case_of([*people, *(Bill(id=number, biller_id=1, person_id=1) for number in (7, 3, 5))])


def test_the_checks_of_the_first_release_are_registered_with_their_levels() -> None:
    levels = {entry.id: entry.levels for entry in registered()}
    assert set(levels) >= FIRST_SIX
    assert levels["duplicate-line"] == ("strong",)
    assert levels["balance-above-eob"] == ("fact", "strong")


def test_an_id_is_registered_once_and_with_a_level(own_checks: None) -> None:
    check("some-id", "info")(lambda facts: [])
    with pytest.raises(ValueError, match="some-id"):
        check("some-id", "info")(lambda facts: [])
    with pytest.raises(ValueError, match="no level"):
        check("other-id")(lambda facts: [])


def test_findings_come_by_bill_then_strongest_then_largest_then_by_check(own_checks: None) -> None:
    @check("b-check", "fact", "info", "strong", "question")
    def b_check(facts: BillFacts) -> Iterator[Finding]:
        for level in ("info", "question", "strong", "fact"):
            yield finding(facts, "b-check", level, 100)
        yield finding(facts, "b-check", "fact", None)
        yield finding(facts, "b-check", "fact", 500)

    @check("a-check", "fact")
    def a_check(facts: BillFacts) -> Iterator[Finding]:
        yield finding(facts, "a-check", "fact", 100)

    found = run_checks(three_bills(), TODAY)
    assert [one.bill_id for one in found] == [7] * 7 + [3] * 7 + [5] * 7
    assert [(one.level, one.amount, one.check) for one in found[:7]] == [
        ("fact", 500, "b-check"),
        ("fact", 100, "a-check"),
        ("fact", 100, "b-check"),
        ("fact", None, "b-check"),
        ("strong", 100, "b-check"),
        ("question", 100, "b-check"),
        ("info", 100, "b-check"),
    ]
    assert LEVELS == ("fact", "strong", "question", "info")


def test_only_the_bills_asked_for_are_checked(own_checks: None) -> None:
    check("x", "info")(lambda facts: [finding(facts, "x", "info", None)])
    assert [one.bill_id for one in run_checks(three_bills(), TODAY, [5, 7, 999])] == [7, 5]
    assert run_checks(three_bills(), TODAY, []) == ()


@pytest.mark.expects_log
def test_a_check_that_fails_never_hides_the_others_and_gives_nothing_away(
    own_checks: None, caplog: pytest.LogCaptureFixture
) -> None:
    @check("broken", "fact")
    def broken(facts: BillFacts) -> Iterator[Finding]:
        yield finding(facts, "broken", "fact", 1)
        raise KeyError("Pat Example")

    check("whole", "info")(lambda facts: [finding(facts, "whole", "info", None)])
    logging.getLogger("medbills").propagate = True
    assert {one.check for one in run_checks(three_bills(), TODAY)} >= {"whole"}
    assert "check broken failed with KeyError" in caplog.text
    assert "Pat Example" not in caplog.text


def test_faults_are_handed_over_where_somebody_asks_for_them(own_checks: None) -> None:
    seen: list[tuple[str, Exception]] = []
    check("broken", "fact")(lambda facts: [][1])
    run_checks(three_bills(), TODAY, on_fault=lambda check_id, fault: seen.append((check_id, fault)))
    assert [(name, type(fault)) for name, fault in seen] == [("broken", IndexError)] * 3


def test_a_fingerprint_is_of_values_and_tells_them_apart() -> None:
    base = fingerprint("x", Cents(100), Decimal("1.50"), date(2025, 3, 4), None, ("a", "b"))
    assert base == fingerprint("x", 100, Decimal("1.5"), date(2025, 3, 4), None, ["a", "b"])
    assert len(base) == 64
    others = [
        fingerprint("y", Cents(100), Decimal("1.50"), date(2025, 3, 4), None, ("a", "b")),
        fingerprint("x", Cents(101), Decimal("1.50"), date(2025, 3, 4), None, ("a", "b")),
        fingerprint("x", Cents(100), Decimal("1.51"), date(2025, 3, 4), None, ("a", "b")),
        fingerprint("x", Cents(100), Decimal("1.50"), Moment(date(2025, 3, 5)), None, ("a", "b")),
        fingerprint("x", Cents(100), Decimal("1.50"), date(2025, 3, 4), 0, ("a", "b")),
        fingerprint("x", Cents(100), Decimal("1.50"), date(2025, 3, 4), None, ("ab",)),
    ]
    assert len({base, *others}) == 7
    assert fingerprint("x", Decimal("0.00")) == fingerprint("x", Decimal("-0"))
    assert fingerprint("x", Decimal("1E+3")) == fingerprint("x", Decimal(1000))


def test_a_decision_holds_while_only_notes_and_marks_change_and_ends_when_a_figure_does() -> None:
    line = {"units": "2", "unit_price": "5.00", "charge": "11.00", "date": "2025-03-04"}
    first, noted, moved = (
        findings(one_bill(lines=[{**line, **change}]), "line-arithmetic")[0].fingerprint
        for change in ({}, {"my_words": "?", "mark": "unclear", "disputed": "1.00"}, {"charge": "12.00"})
    )
    assert first == noted
    assert first != moved


def test_evidence_names_the_papers_that_are_attached_and_those_that_are_not() -> None:
    lines = [{"units": "2", "unit_price": "5.00", "charge": "11.00"}]
    paper = Document(id=4, file="scan-1.pdf", title="Itemized bill", paper_number="12", kind="itemized_bill")
    link = make(DocumentLink, {"type": "bill", "target_id": 1}, id=1, document_id=4)
    region = make(Evidence, {"page": 2}, id=1, line_id=1, document_id=4)
    without = findings(one_bill(lines=lines), "line-arithmetic")[0].evidence
    for others in ([paper, link], [paper, region]):
        attached = findings(one_bill(lines=lines, others=others), "line-arithmetic")[0].evidence
        assert attached == ("The itemized bill would settle this; attached: “Itemized bill” (paper 12).",)
    assert without == ("The itemized bill would settle this; it is not attached yet.",)
    itemised = [{"itemized": True, "document_id": 4, "total_charges": "11.00"}]
    by_statement = findings(one_bill(lines=lines, statements=itemised, others=[paper]), "line-arithmetic")[0]
    assert "“Itemized bill” (paper 12)" in by_statement.evidence[0]


def test_facts_hold_what_belongs_to_the_bill_and_nothing_else() -> None:
    case = one_bill(
        lines=[{"charge": "1.00"}, {"charge": "2.00", "mark": "removed_by_biller"}], visit={"kind": "office"}
    )
    facts = BillFacts(case, case.get(Bill, 1), TODAY)
    assert [line.charge for line in facts.lines] == [100]
    assert len(facts.all_lines) == 2
    assert facts.visit is not None
    assert facts.biller == case.get(Organization, 1)
    assert [policy.id for policy in facts.policies] == [1]
    assert facts.calls == facts.offers == facts.letters == facts.collections == facts.estimates == ()


def test_a_finding_is_frozen() -> None:
    (one,) = findings(one_bill(lines=[{"units": "2", "unit_price": "5.00", "charge": "11.00"}]), "line-arithmetic")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.level = "info"  # type: ignore[misc]
    assert isinstance(registered()[0], Check)
    assert isinstance(one_bill(lines=[{}]).get(Line, 1), Line)
