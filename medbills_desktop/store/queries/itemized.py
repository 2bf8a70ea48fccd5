"""What tells where itemized bills stand: of one account, and of all that wait for one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Day, plain_day
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
    Promise,
    Record,
    Statement,
    Visit,
)
from medbills_desktop.store.queries.answers import ListAwaitedAnswers
from medbills_desktop.store.queries.rule_cards import CARD_KINDS, CardsOn
from medbills_desktop.store.queries.today import OpenItem
from medbills_desktop.store.reader import Reader

ITEMIZED_KINDS = frozenset(
    {
        "bill",
        "statement",
        "letter",
        "call",
        "call_bill",
        "promise",
        "document",
        "document_link",
        "organization",
        "visit",
        *CARD_KINDS,
    }
)
"""Kinds of record, apart from lines, that the state of an itemized bill follows from."""

_ASKED = """
SELECT bill.id FROM bill WHERE coalesce(bill.status, '') NOT IN ('settled', 'paid', 'refunded', 'closed') AND (
  EXISTS (SELECT 1 FROM letter WHERE letter.bill_id = bill.id AND letter.status = 'sent' AND letter.kind LIKE '%itemi%')
  OR EXISTS (SELECT 1 FROM call_bill JOIN call ON call.id = call_bill.call_id
    WHERE call_bill.bill_id = bill.id AND call.asked LIKE '%itemi%')
  OR EXISTS (SELECT 1 FROM call_bill JOIN promise ON promise.call_id = call_bill.call_id
    WHERE call_bill.bill_id = bill.id AND promise.text LIKE '%itemi%'))
  AND NOT EXISTS (SELECT 1 FROM statement WHERE statement.bill_id = bill.id AND statement.itemized)
  AND (SELECT count(*) = 0 OR total(abs(line.charge)) = 0 OR 2 * total(CASE WHEN coalesce(line.code, '') = ''
    AND coalesce(line.revenue_code, '') = '' AND line.date IS NULL THEN abs(line.charge) END) > total(abs(line.charge))
    FROM line WHERE line.bill_id = bill.id AND coalesce(line.mark, '') <> 'removed_by_biller')
"""
"""Accounts that may wait: those that an itemized statement or lines with codes or dates answer are passed over at once."""


def read_around(reader: Reader, bill_ids: Collection[int]) -> Case:
    """The bills with all that their itemized bills follow from, apart from their lines."""
    bills = reader.find_any(Bill, "id", bill_ids)
    statements = reader.find_any(Statement, "bill_id", bill_ids)
    on_calls = reader.find_any(CallBill, "bill_id", bill_ids)
    calls = {link.call_id for link in on_calls}
    links = [link for link in reader.find_any(DocumentLink, "target_id", bill_ids) if link.type == "bill"]
    stated = reader.find_any(DocumentLink, "target_id", {one.id for one in statements})
    links += [link for link in stated if link.type == "statement"]
    papers = {link.document_id for link in links} | {one.document_id for one in statements if one.document_id}
    found: chain[Record] = chain(
        reader.find_any(Organization, "id", {bill.biller_id for bill in bills}),
        reader.find_any(Visit, "id", {bill.visit_id for bill in bills if bill.visit_id}),
        bills,
        statements,
        reader.find_any(Call, "id", calls),
        on_calls,
        reader.find_any(Promise, "call_id", calls),
        reader.find_any(Letter, "bill_id", bill_ids),
        reader.find_any(Document, "id", papers),
        links,
    )
    return case_of(found)


@dataclass(frozen=True, slots=True)
class WaitingForItemized:
    """An account that waits for an itemized bill, with its biller and where it stands."""

    bill_id: int
    biller: str
    found: ItemizedBill

    @property
    def in_promises(self) -> bool:
        """Whether an open promise speaks of it, which is on the list of what is open anyway."""
        return any(request.promised and not request.broken for request in self.found.requests)

    @property
    def letters(self) -> set[int]:
        """The letters that asked for it."""
        return {request.id for request in self.found.requests if request.kind == "letter"}


@dataclass(frozen=True, slots=True)
class ListOverdueItemized:
    """The overdue itemized bills among what is open, the earliest due first.

    One of which an open promise speaks, or that a letter asks for whose answer is awaited, is left out: the promise or
    the answer is on the list itself.
    """

    today: Day

    def __call__(self, reader: Reader) -> list[OpenItem]:
        awaited = {item.id for item in ListAwaitedAnswers()(reader)}
        waiting = [
            one
            for one in ListWaitingForItemized(self.today)(reader)
            if one.found.state == "overdue" and not one.in_promises and not one.letters & awaited
        ]
        items = [
            OpenItem("itemized", one.bill_id, _what_is_late(one.found), one.found.due, one.biller, one.bill_id, None)
            for one in waiting
        ]
        return sorted(items, key=lambda item: (item.due is None, item.due or self.today, item.id))


def _what_is_late(found: ItemizedBill) -> str:
    day = found.first.day if found.first else None
    return f"The itemized bill asked for on {plain_day(day)} has not come" if day else "The itemized bill has not come"


@dataclass(frozen=True, slots=True)
class ListWaitingForItemized:
    """Every account that is not done with and waits for an itemized bill that was asked for, in order of entry."""

    today: Day

    def __call__(self, reader: Reader) -> list[WaitingForItemized]:
        bill_ids = [row[0] for row in reader.rows(_ASKED)]
        if not bill_ids:
            return []
        case, cards = read_around(reader, bill_ids), CardsOn()(reader)
        lines: dict[int, list[Line]] = {}
        for line in reader.find_any(Line, "bill_id", bill_ids):
            lines.setdefault(line.bill_id, []).append(line)
        found = []
        for bill_id in sorted(bill_ids):
            biller = case.get(Organization, case.get(Bill, bill_id).biller_id).name
            state = itemized_bill(case, bill_id, self.today, lines.get(bill_id, ()), cards)
            if state.state in ("asked", "overdue"):
                found.append(WaitingForItemized(bill_id, biller, state))
        return found
