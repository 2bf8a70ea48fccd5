"""Everything that the Collections tab shows of a bill, read at once and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.placements import (
    AgainstBalance,
    Contact,
    against_balance,
    collector_name,
    contacts,
    dates_question,
    not_entered,
    what_to_ask,
)
from medbills_desktop.domain.records import Bill, Collection, Document, Organization, Statement
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import Clock, dispute_window
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.rule_cards import CardsOn, ReadableCards
from medbills_desktop.store.reader import Reader

TOLD = ("fdcpa.stop", "fdcpa.late", "fdcpa.cease", "fdcpa.parking")
"""Rules that are told on a notice, each where it fits."""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """One notice of a collector. `window` is the clock of the thirty days, also once it was used or ran out."""

    placement: Collection
    collector: str
    odd: str
    missing: tuple[str, ...]
    window: Clock | None
    against: AgainstBalance | None
    contacts: tuple[Contact, ...]
    ask: str
    paper: Document | None


@dataclass(frozen=True, slots=True)
class CollectionFacts:
    """The notices of a bill, the latest first, with what the biller's statements asked."""

    bill: Bill
    biller: str
    notices: tuple[NoticeFacts, ...]
    statements: tuple[Statement, ...]
    rules: tuple[RuleCard, ...]
    today: Day

    def rule(self, name: str) -> RuleCard | None:
        """One of the rules that are told."""
        return next((one for one in self.rules if one.id == name), None)


def read_notices(reader: Reader, bill_id: int, today: Day) -> CollectionFacts:
    """The notices of a bill with their windows."""
    case = load_bills(reader, {bill_id})
    bill = case.get(Bill, bill_id)
    cards, readable = dict(CardsOn()(reader)), dict(ReadableCards()(reader))
    found = sorted(case.of(Collection, "bill_id", bill_id), key=_latest_first, reverse=True)
    biller = case.find(Organization, bill.biller_id)
    return CollectionFacts(
        bill=bill,
        biller=biller.name if biller else "",
        notices=tuple(_notice(case, one, cards) for one in found),
        statements=tuple(reversed(case.statements(bill_id))),
        rules=tuple(readable[name] for name in TOLD if name in readable),
        today=today,
    )


def _latest_first(placement: Collection) -> tuple[str, int]:
    day = placement.notice_date or placement.notice_received
    return day.isoformat() if day else "", placement.id


def _notice(case: Case, placement: Collection, cards: dict[str, RuleCard]) -> NoticeFacts:
    return NoticeFacts(
        placement=placement,
        collector=collector_name(case, placement),
        odd=dates_question(placement),
        missing=not_entered(placement),
        window=dispute_window(placement, cards),
        against=against_balance(case, placement),
        contacts=contacts(case, placement),
        ask=what_to_ask(placement),
        paper=case.find(Document, placement.document_id),
    )
