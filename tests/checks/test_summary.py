from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.checks import Finding
from medbills_desktop.domain.records import Call, CallBill, Document, DocumentLink, Letter, Promise, Record
from tests.support.small_cases import findings, make, one_bill

ASKS = {"balance": "500.00", "date": "2025-05-01"}
BARE = {"charge": "400.00", "description": "Pharmacy"}
FULL = {"charge": "100.00", "description": "Visit", "code": "G0463", "date": "2025-03-04"}


def found(today: date = date(2025, 6, 1), **given: Any) -> list[Finding]:
    return findings(one_bill(**{"statements": [ASKS], **given}), "summary-only", today)


def test_a_bill_without_lines_is_asked_to_be_itemized() -> None:
    (finding,) = found()
    assert (finding.level, finding.amount, finding.statement_ids) == ("strong", None, (1,))
    assert finding.title == "The statement of May 1, 2025 asks for $500.00 and no single service is listed."


def test_lines_with_neither_code_nor_date_are_no_itemized_bill_once_they_are_most_of_it() -> None:
    (finding,) = found(lines=[BARE, FULL])
    assert finding.line_ids == (1,)
    assert finding.title == "$400.00 of $500.00 charged stands on 1 line with neither a code nor a date."
    assert found(lines=[{**BARE, "charge": "100.00"}, FULL]) == []


@pytest.mark.parametrize(
    "given",
    [
        {"lines": [{**BARE, "date": "2025-03-04"}]},
        {"lines": [{**BARE, "code": "G0463"}]},
        {"lines": [{**BARE, "revenue_code": "0250"}]},
        {"lines": [{"description": "Not readable"}]},
        {"statements": []},
        {"statements": [{**ASKS, "balance": "0.00"}]},
        {"statements": [{"total_charges": "500.00"}]},
        {"statements": [{**ASKS, "itemized": True}]},
    ],
)
def test_it_stays_silent_where_services_are_listed_or_nothing_is_asked(given: dict[str, Any]) -> None:
    assert found(**given) == []


def test_an_itemized_bill_that_is_held_and_not_typed_in_yet_is_not_asked_for() -> None:
    paper = Document(id=4, file="a.pdf", kind="itemized_bill")
    link = make(DocumentLink, {"type": "bill", "target_id": 1}, id=1, document_id=4)
    assert found(others=[paper, link]) == []


def letter(**given: Any) -> Letter:
    made = make(
        Letter, {"kind": "itemized_bill_request", "status": "sent", "date": "2025-05-10", "bill_id": 1, **given}, id=1
    )
    assert isinstance(made, Letter)
    return made


def promised(due: str, status: str = "open") -> list[Record]:
    call = make(Call, {"started": "2025-05-02T10:00"}, id=1)
    promise = make(Promise, {"text": "Send the itemized bill", "due": due, "status": status}, id=1, call_id=1)
    return [call, CallBill(id=1, call_id=1, bill_id=1), promise]


@pytest.mark.parametrize(
    ("others", "today", "level"),
    [
        ([letter()], date(2025, 6, 9), "info"),
        ([letter()], date(2025, 6, 10), "strong"),
        ([letter(reply_due="2025-06-20")], date(2025, 6, 20), "info"),
        ([letter(status="draft")], date(2025, 6, 1), "strong"),
        ([letter(kind="dispute")], date(2025, 6, 1), "strong"),
        (promised("2025-06-05"), date(2025, 6, 5), "info"),
        (promised("2025-06-05"), date(2025, 6, 6), "strong"),
        (promised("2025-06-05", "kept"), date(2025, 6, 5), "strong"),
        ([letter(), *promised("2025-06-20")], date(2025, 6, 15), "info"),
    ],
)
def test_it_is_for_information_while_the_itemized_bill_is_on_its_way(others: Any, today: date, level: str) -> None:
    assert [one.level for one in found(today, others=others)] == [level]


def test_a_bill_on_which_itemization_was_requested_is_waiting() -> None:
    assert [one.level for one in found(bill={"status": "itemization_requested"})] == ["info"]


def test_not_a_problem_while_waiting_does_not_silence_it_when_the_day_has_passed() -> None:
    before, after = (found(day, others=[letter()])[0] for day in (date(2025, 6, 9), date(2025, 6, 20)))
    assert before.fingerprint != after.fingerprint
