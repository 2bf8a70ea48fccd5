"""The clocks of rule cards that run on the bills that are open, as items of what is open."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    Bill,
    Claim,
    ClaimLine,
    Collection,
    Estimate,
    Letter,
    Offer,
    Organization,
    OwnCard,
    Payment,
    Policy,
    Record,
    RuleChoice,
    Statement,
    Visit,
)
from medbills_desktop.domain.rules.card_words import plain_name
from medbills_desktop.domain.rules.running import Clock, clocks_of_bill
from medbills_desktop.domain.steps_of_answers import answering, question_of_clock
from medbills_desktop.domain.steps_of_dates import words_of_clock
from medbills_desktop.store.queries.rule_cards import CardsOn
from medbills_desktop.store.queries.today import OpenItem
from medbills_desktop.store.reader import Reader

CLOCK_KINDS = frozenset(
    kind.KIND
    for kind in (
        Appeal,
        Assistance,
        Bill,
        Claim,
        ClaimLine,
        Collection,
        Estimate,
        Letter,
        Organization,
        Policy,
        Statement,
        Visit,
        OwnCard,
        RuleChoice,
    )
)
"""Kinds of record that clocks start from, end by, or are counted by."""

AHEAD_DAYS = 60
"""How far ahead a date is shown: the last two months of a time that can be missed."""


def read_open(reader: Reader) -> Case:
    """Every bill with what its open clocks start from."""
    bills = reader.find(Bill)
    ids = {bill.id for bill in bills}
    visits = {bill.visit_id for bill in bills if bill.visit_id}
    claims = reader.find_any(Claim, "bill_id", ids)
    found: chain[Record] = chain(
        reader.find(Organization),
        reader.find(Policy),
        reader.find_any(Visit, "id", visits),
        bills,
        reader.find_any(Statement, "bill_id", ids),
        claims,
        reader.find_any(ClaimLine, "claim_id", {claim.id for claim in claims}),
        reader.find_any(Appeal, "claim_id", {claim.id for claim in claims}),
        reader.find_any(Collection, "bill_id", ids),
        reader.find_any(Letter, "bill_id", ids),
        reader.find_any(Assistance, "bill_id", ids),
        reader.find_any(Estimate, "visit_id", visits),
        reader.find_any(Offer, "bill_id", ids),
        reader.find_any(Payment, "bill_id", ids),
    )
    return case_of(found)


@dataclass(frozen=True, slots=True)
class ListClocks:
    """The dates by which one has to act, within `AHEAD_DAYS` from a day on; those that passed are not pressed again.

    A clock of theirs is shown once it has run out: then an answer can be asked for.
    """

    today: Day

    def __call__(self, reader: Reader) -> list[OpenItem]:
        case, cards = read_open(reader), CardsOn()(reader)
        clocks = (clock for bill in case.all(Bill) for clock in clocks_of_bill(case, bill, cards))
        return [_item(case, clock) for clock in clocks if self._shown(clock)]

    def _shown(self, clock: Clock) -> bool:
        if clock.deadline is None:
            return False
        days = (clock.deadline.due - self.today).days
        return 0 <= days <= AHEAD_DAYS if clock.card.whose == "you" else -AHEAD_DAYS <= days < 0


def _item(case: Case, clock: Clock) -> OpenItem:
    bill = case.get(Bill, clock.bill_id)
    due = clock.deadline.due if clock.deadline else None
    mine = clock.card.whose == "you"
    biller = case.find(Organization, bill.biller_id)
    who = biller if mine else case.find(Organization, answering(case, clock.about)) or biller
    return OpenItem(
        "clock",
        bill.id,
        plain_name(clock.card),
        due,
        who.name if who else "",
        bill.id,
        None,
        clock.card.id,
        act=words_of_clock(clock)[0] if mine else "chase",
        about=clock.about,
        question="" if mine else question_of_clock(clock),
    )
