"""Which papers become exhibits, in which order and with which letters, and what is said to be missing."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import (
    Bill,
    Call,
    CallBill,
    CallClaim,
    Claim,
    Collection,
    Document,
    DocumentLink,
    Estimate,
    Evidence,
    Letter,
    Line,
    Offer,
    Organization,
    Payment,
    Policy,
    Promise,
    Record,
    Statement,
    Visit,
)
from medbills_desktop.packet.lettering import letter_of, lettered
from medbills_desktop.packet.linked import linked_documents, numbered_lines
from medbills_desktop.packet.not_held import not_held
from medbills_desktop.packet.order import CantShow, ExhibitSource
from tests.packet.packets import small_case

D = date(2025, 1, 2)


def _paper(place: int, **fields: Any) -> Document:
    return Document(**{"id": place, "ref": f"D{place}", "file": f"{place}.pdf", "sha256": "0" * 64, **fields})


NAMED_BY_RECORDS: list[tuple[list[Record], str, str]] = [
    ([Statement(id=1, bill_id=1, date=D, document_id=1)], "bill", "statement of Jan 2, 2025"),
    ([Statement(id=1, bill_id=1, date=D, itemized=True, document_id=1)], "itemized_bill", "statement of Jan 2, 2025"),
    ([Claim(id=1, policy_id=1, bill_id=1, number="C-7", document_id=1)], "eob", "EOB C-7"),
    ([Payment(id=1, bill_id=1, date=D, amount=500, document_id=1)], "payment_proof", "payment of $5.00 on Jan 2, 2025"),
    ([Letter(id=1, kind="dispute", bill_id=1, status="sent", document_id=1)], "letter_sent", "letter"),
    ([Letter(id=1, kind="answer", bill_id=1, status="received", document_id=1)], "letter_received", "letter"),
    ([Collection(id=1, bill_id=1, collector_id=1, document_id=1)], "collection_notice", "collection notice"),
    ([Offer(id=1, bill_id=1, date=D, amount=100, document_id=1)], "letter_received", "offer of $1.00 on Jan 2, 2025"),
    (
        [Call(id=1, started=Moment(D, time(9, 0)), document_id=1), CallBill(id=1, call_id=1, bill_id=1)],
        "recording",
        "call of Jan 2, 2025",
    ),
    (
        [Line(id=7, bill_id=1, number=12, description="x"), Evidence(id=1, line_id=7, document_id=1, page=1)],
        "other",
        "shows line 12 of the bill",
    ),
    (
        [DocumentLink(id=1, document_id=1, type="bills", target_id=1)],
        "other",
        "bill 0100-2234 (Example General Hospital)",
    ),
]


@pytest.mark.parametrize(("records", "kind", "reason"), NAMED_BY_RECORDS)
def test_a_paper_that_a_record_names_belongs_and_says_why(records: list[Record], kind: str, reason: str) -> None:
    policy = Policy(id=1, person_id=1, insurer_id=1)
    found = linked_documents(small_case(policy, *records, _paper(1), _paper(2)), [1])
    assert [linked.document.id for linked in found] == [1]
    assert found[0].kind == kind
    assert found[0].reasons == (reason,)


def test_a_claim_that_a_call_was_about_brings_the_call_along() -> None:
    case = small_case(
        Policy(id=1, person_id=1, insurer_id=1),
        Claim(id=1, policy_id=1, bill_id=1),
        Call(id=1, started=Moment(D), document_id=1),
        CallClaim(id=1, call_id=1, claim_id=1),
        _paper(1),
    )
    assert len(linked_documents(case, [1])) == 1


NOT_BELONGING: list[list[Record]] = [
    [DocumentLink(id=1, document_id=1, type="person", target_id=1)],
    [DocumentLink(id=1, document_id=1, type="organization", target_id=1)],
    [DocumentLink(id=1, document_id=1, type="bill", target_id=2)],
    [Statement(id=1, bill_id=2, date=D, document_id=1)],
    [Letter(id=1, kind="dispute", bill_id=1, status="draft", document_id=1)],
]


@pytest.mark.parametrize("records", NOT_BELONGING)
def test_papers_of_others_and_of_drafts_do_not_belong(records: list[Record]) -> None:
    case = small_case(Bill(id=2, biller_id=1, person_id=1), *records, _paper(1))
    assert linked_documents(case, [1]) == ()


def test_exhibits_are_ordered_by_kind_then_date_and_undated_ones_come_last() -> None:
    kinds = ["appeal", "eob", "bill", "itemized_bill", "bill", "payment_proof", "estimate", "price_evidence", "bill"]
    days = [D, D, None, D, date(2025, 5, 1), D, D, D, D]
    papers = [_paper(place, kind=kind, date=day) for place, (kind, day) in enumerate(zip(kinds, days, strict=True), 1)]
    links = [DocumentLink(id=paper.id, document_id=paper.id, type="bill", target_id=1) for paper in papers]
    case = small_case(*papers, *links)
    found = [linked.document.id for linked in linked_documents(case, [1])]
    assert found == [9, 5, 3, 4, 2, 7, 6, 8, 1]
    shown = lettered(case, (1,), tuple((ExhibitSource(paper, CantShow("")), 0) for paper in papers))
    assert [(exhibit.letter, exhibit.source.document.id) for exhibit in shown][:3] == [("A", 9), ("B", 5), ("C", 3)]


def test_letters_go_on_after_z() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 27, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_neighbouring_lines_are_drawn_together() -> None:
    assert numbered_lines(["7"]) == "line 7"
    assert numbered_lines(["1", "2", "3", "5", "7", "8"]) == "lines 1–3, 5, 7, 8"
    assert numbered_lines(["a", "2"]) == "lines a, 2"
    assert numbered_lines([str(2 * number) for number in range(30)], 3) == "lines 0, 2, 4 and 27 more"


MISSING: list[tuple[Record, str]] = [
    (Statement(id=1, bill_id=1, date=D), "Statement of Jan 2, 2025, Example General Hospital"),
    (Claim(id=1, policy_id=1, bill_id=1, number="C-7", date=D), "EOB C-7 of Jan 2, 2025"),
    (Letter(id=1, kind="dispute", bill_id=1, status="sent", date=D), "Letter “dispute” of Jan 2, 2025"),
    (Payment(id=1, bill_id=1, date=D, amount=500), "Proof of the payment of $5.00 on Jan 2, 2025"),
    (Payment(id=1, bill_id=1, date=D, amount=500, kind="refund"), "Proof of the refund of $5.00 on Jan 2, 2025"),
    (Collection(id=1, bill_id=1, collector_id=1), "Collection notice, Example General Hospital"),
    (
        Offer(id=1, bill_id=1, date=D, amount=100, status="accepted"),
        "Written confirmation of the offer of $1.00 on Jan 2, 2025",
    ),
]


@pytest.mark.parametrize(("record", "what"), MISSING)
def test_what_is_recorded_without_a_paper_is_told_to_be_missing(record: Record, what: str) -> None:
    case = small_case(Policy(id=1, person_id=1, insurer_id=1), record)
    assert what in [entry.what for entry in not_held(case, (1,))]


@pytest.mark.parametrize(("record", "what"), MISSING)
def test_what_has_a_paper_is_not_missing(record: Record, what: str) -> None:
    link = DocumentLink(id=1, document_id=1, type=record.KIND, target_id=1)
    case = small_case(Policy(id=1, person_id=1, insurer_id=1), record, link, _paper(1))
    assert what not in [entry.what for entry in not_held(case, (1,))]


def test_a_paper_whose_bytes_are_not_held_is_missing() -> None:
    case = small_case(
        _paper(1, sha256=None, title="The EOB"), DocumentLink(id=1, document_id=1, type="bill", target_id=1)
    )
    assert "“The EOB”" in [entry.what for entry in not_held(case, (1,))]


def test_promises_of_something_in_writing_are_missing_until_they_are_kept() -> None:
    def told(status: str) -> list[str]:
        call = Call(id=1, started=Moment(D), representative="Sue")
        promise = Promise(id=1, call_id=1, text="Will mail the itemized bill", status=status)  # type: ignore[arg-type]
        case = small_case(call, CallBill(id=1, call_id=1, bill_id=1), promise)
        return [entry.what for entry in not_held(case, (1,)) if entry.what.startswith("Promised")]

    assert told("open") == told("broken") == ["Promised in writing: “Will mail the itemized bill”"]
    assert told("kept") == []


def test_an_estimate_of_the_visit_without_paper_is_missing() -> None:
    bill = Bill(id=1, biller_id=1, person_id=1, visit_id=1)
    records = [Visit(id=1, person_id=1), Estimate(id=1, visit_id=1, kind="good_faith_estimate", date=D)]
    case = small_case(*records)
    bills = {**case.records, Bill: (bill,)}
    case = type(case)(bills)
    assert "Good-faith estimate of Jan 2, 2025" in [entry.what for entry in not_held(case, (1,))]
    assert isinstance(case.all(Organization), tuple)
