"""Where the itemized bill stands: held, asked for, overdue or not asked for, only by what the records say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.itemized_bill import ItemizedBill, itemized_bill
from medbills_desktop.domain.records import (
    Bill,
    Call,
    CallBill,
    Document,
    DocumentLink,
    Letter,
    Line,
    Organization,
    Person,
    Promise,
    Record,
    Statement,
    Visit,
)

ASKED = date(2026, 1, 5)


def case(*more: Record, state: str | None = None, kind: Any = "hospital", **bill: Any) -> Case:
    base: list[Record] = [
        Person(id=1, name="Ana Ruiz"),
        Organization(id=1, name="Example Hospital", kind=kind, state=state),
        Visit(id=1, person_id=1, start=Moment(date(2025, 12, 1))),
        Bill(id=1, biller_id=1, person_id=1, visit_id=1, **bill),
    ]
    return case_of([*base, *more])


def at(days: int, *more: Record, **given: Any) -> ItemizedBill:
    """So many days after it was asked for."""
    return itemized_bill(case(*more, **given), 1, ASKED + timedelta(days=days))


def letter(**given: Any) -> Letter:
    values = {"kind": "itemization_request", "status": "sent", "date": ASKED, "method": "mail", **given}
    return Letter(id=1, bill_id=1, **values)


def call(asked: str | None = None, promises: Sequence[Promise] = (), **given: Any) -> list[Record]:
    values = {"channel": "phone", "direction": "out", **given}
    made = Call(id=1, started=Moment(ASKED), asked=asked, **values)
    return [made, CallBill(id=1, call_id=1, bill_id=1), *promises]


def promise(**given: Any) -> Promise:
    return Promise(id=1, call_id=1, **{"text": "Send the itemized bill", **given})


def test_without_any_record_it_is_not_asked_for() -> None:
    found = at(0)
    assert (found.state, found.requests, found.due) == ("not_asked", (), None)


def test_a_letter_counts_from_its_day_and_is_overdue_on_the_day_after() -> None:
    due = ASKED + timedelta(days=30)
    assert at(0, letter()).due == due
    assert [at(days, letter()).state for days in (0, 30, 31)] == ["asked", "asked", "overdue"]
    rule = at(0, letter()).rule
    assert rule is not None
    assert rule.card.citation.startswith("45 CFR 164.524")


def test_a_draft_asks_nothing_and_other_letters_neither() -> None:
    assert at(99, letter(status="draft")).state == "not_asked"
    assert at(99, letter(kind="bill_questions")).state == "not_asked"


def test_the_day_that_the_letter_names_wins_over_any_rule() -> None:
    named = letter(reply_due=ASKED + timedelta(days=45))
    assert [at(days, named).state for days in (45, 46)] == ["asked", "overdue"]
    assert at(0, named).rule is None


def test_the_state_of_the_biller_gives_its_own_days() -> None:
    assert at(0, letter(), state="FL").due == ASKED + timedelta(days=7)
    assert at(0, letter(), state="fl").rule is not None
    assert at(0, letter(), state="FL", kind="physician").due == ASKED + timedelta(days=30)
    assert at(0, letter(), state="NE", kind="physician").due == ASKED + timedelta(days=14)
    assert at(0, *call("Please send an itemized bill"), state="NE").due == ASKED + timedelta(days=30)
    assert at(0, letter(), state="TX").due == date(2026, 2, 18)
    assert at(0, letter(), state="CT").rule is not None
    assert "45 CFR" in at(0, letter(), state="CT").rule.card.citation  # type: ignore[union-attr]


def test_a_call_in_which_it_was_asked_for_is_a_request() -> None:
    found = at(31, *call("Please send an ITEMISED bill"))
    assert found.state == "overdue"
    assert found.first is not None
    assert (found.first.kind, found.first.id, found.first.way) == ("call", 1, "phone")
    assert at(0, *call("Why is it so high?")).state == "not_asked"
    assert at(0, *call("Has the itemized bill come?", direction="in")).state == "not_asked"


def test_a_promise_names_the_day_and_a_broken_one_is_overdue_at_once() -> None:
    due = ASKED + timedelta(days=10)
    assert [at(days, *call(None, [promise(due=due)])).state for days in (10, 11)] == ["asked", "overdue"]
    assert at(1, *call(None, [promise(due=due, status="broken")])).state == "overdue"


def test_a_kept_promise_without_a_paper_is_not_overdue_and_says_when() -> None:
    kept = promise(due=ASKED, status="kept", closed=ASKED + timedelta(days=3))
    found = at(200, *call(None, [kept]))
    assert (found.state, found.kept) == ("asked", ASKED + timedelta(days=3))


def test_it_is_held_by_a_paper_a_marked_statement_or_lines_with_codes() -> None:
    paper = [
        Document(id=1, file="x.pdf", kind="itemized_bill"),
        DocumentLink(id=1, document_id=1, type="bill", target_id=1),
    ]
    assert at(99, letter(), *paper).papers == (paper[0],)
    held: list[list[Record]] = [
        paper,
        [Statement(id=1, bill_id=1, date=ASKED, itemized=True)],
        [Line(id=1, bill_id=1, description="Room", code="A1", charge=500)],  # type: ignore[arg-type]
    ]
    assert [at(99, letter(), *records).state for records in held] == ["held"] * 3
    summary = Line(id=1, bill_id=1, description="Pharmacy", charge=500)  # type: ignore[arg-type]
    assert at(99, letter(), summary).state == "overdue"
    bill_paper = [Document(id=1, file="x.pdf", kind="bill"), paper[1]]
    assert at(99, letter(), *bill_paper).state == "overdue"


def test_what_is_missing_to_the_printed_total() -> None:
    lines = [Line(id=n, bill_id=1, description="S", code="A1", charge=500) for n in (1, 2)]  # type: ignore[arg-type]
    found = at(0, *lines, Statement(id=1, bill_id=1, date=ASKED, total_charges=1_200))  # type: ignore[arg-type]
    assert (found.line_count, found.lines_total, found.printed_total, found.missing) == (2, 1_000, 1_200, 200)
    assert at(0, *lines).missing is None


def test_a_bill_that_is_done_is_never_overdue() -> None:
    assert {at(400, letter(), status=status).state for status in ("paid", "settled", "refunded", "closed")} == {"asked"}


def test_the_status_alone_says_that_it_was_asked_for_on_a_day_not_known() -> None:
    found = at(400, status="itemization_requested")
    assert (found.state, found.due, found.requests) == ("asked", None, ())


REQUESTS = st.lists(
    st.tuples(st.sampled_from(["letter", "call"]), st.integers(0, 60), st.none() | st.integers(0, 60)), max_size=4
)


@given(REQUESTS, st.integers(0, 200), st.booleans(), st.sampled_from([None, "FL", "NY", "TX", "zz"]))
def test_the_state_follows_from_due_and_paper_and_order_counts_for_nothing(
    asked: list[tuple[str, int, int | None]], days: int, held: bool, state: str | None
) -> None:
    records: list[Record] = []
    for number, (kind, day, due) in enumerate(asked, 1):
        on, by = ASKED + timedelta(days=day), None if due is None else ASKED + timedelta(days=day + due)
        if kind == "letter":
            records.append(
                Letter(id=number, bill_id=1, kind="itemization_request", status="sent", date=on, reply_due=by)
            )
        else:
            records.append(Call(id=number, started=Moment(on), asked="An itemized bill"))
            records.append(CallBill(id=number, call_id=number, bill_id=1))
            if by:
                records.append(Promise(id=number, call_id=number, text="itemized bill", due=by))
    if held:
        records.append(Statement(id=1, bill_id=1, date=ASKED, itemized=True))
    found = at(days, *records, state=state)
    assert found == at(days, *reversed(records), state=state)
    assert len(found.requests) == len(asked)
    if held:
        assert found.state == "held"
    elif not asked:
        assert found.state == "not_asked"
    else:
        assert found.due is not None
        assert found.state == ("overdue" if found.due < ASKED + timedelta(days=days) else "asked")
