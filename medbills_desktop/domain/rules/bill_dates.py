"""Every clock of a bill: those that run, those whose time has passed, those that ended, those without their date."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from medbills_desktop.domain import words
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.records import Appeal, Assistance, Bill, Claim, Collection, Letter, Record
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import APPEAL_LETTERS, CLOSED, Clock, clocks_of_bill


@dataclass(frozen=True, slots=True)
class EndedClock:
    """A clock that counts no more, since what it was for was done; `why` says by what, as far as the records do."""

    clock: Clock
    why: str


@dataclass(frozen=True, slots=True)
class BillDates:
    """The clocks of one bill, each group in the order of its days. `missing` can't be counted yet."""

    running: tuple[Clock, ...] = ()
    passed: tuple[Clock, ...] = ()
    ended: tuple[EndedClock, ...] = ()
    missing: tuple[Clock, ...] = ()


def bill_dates(case: Case, bill: Bill, cards: Mapping[str, RuleCard], today: Day) -> BillDates:
    """The clocks of a bill as of a day; on a bill that is done with all have ended."""
    now = clocks_of_bill(case, bill, cards)
    known = {(clock.card.id, clock.about) for clock in now}
    ended: dict[tuple[str, tuple[str, int]], Clock] = {}
    for earlier in (_before_acting(case, letters=False), _before_acting(case, letters=True)):
        for clock in clocks_of_bill(earlier, earlier.get(Bill, bill.id), cards):
            if clock.deadline and (clock.card.id, clock.about) not in known:
                ended.setdefault((clock.card.id, clock.about), clock)
    in_order = sorted(ended.values(), key=lambda clock: (_due(clock), clock.card.id, clock.about))
    return BillDates(
        running=tuple(clock for clock in now if clock.deadline and _due(clock) >= today),
        passed=tuple(clock for clock in now if clock.deadline and _due(clock) < today),
        ended=tuple(EndedClock(clock, why_ended(case, bill, clock)) for clock in in_order),
        missing=tuple(clock for clock in now if clock.deadline is None),
    )


def _due(clock: Clock) -> Day:
    return clock.deadline.due if clock.deadline else Day.max


def _before_acting(case: Case, letters: bool) -> Case:
    """The case as if nothing had been done yet that ends a clock; `letters` leaves those in that start one."""
    return case_of(one for kind in case.records for record in case.all(kind) for one in _undone(record, letters))


def _undone(record: Record, letters: bool) -> Iterable[Record]:
    if isinstance(record, Bill):
        return (dataclasses.replace(record, status=None),)
    if isinstance(record, Collection):
        return (dataclasses.replace(record, disputed_on=None),)
    if isinstance(record, Assistance | Appeal):
        return ()
    if isinstance(record, Letter):
        keep = letters and record.status != "received"
        return (record,) if keep else ()
    return (record,)


def why_ended(case: Case, bill: Bill, clock: Clock) -> str:
    """What ended a clock, in a sentence; empty where the records do not say."""
    kind, number = clock.about
    if kind == "collection":
        notice = case.find(Collection, number)
        if notice and notice.disputed_on:
            return f"You disputed the debt on {plain_day(notice.disputed_on)}."
    elif kind == "letter":
        replies = [one for one in case.of(Letter, "answers_to_id", number) if one.status == "received"]
        if replies:
            return f"They answered on {plain_day(replies[0].date)}." if replies[0].date else "They answered."
    elif kind == "claim":
        return _appealed(case, bill, number)
    elif clock.card.id == "nsa.ppdr.window":
        return _written(case, bill, frozenset({"estimate_dispute"}), "The dispute was written")
    applied = [one.applied for one in case.of(Assistance, "bill_id", bill.id) if one.applied]
    if applied and (clock.card.id == "r.apply" or clock.card.id.startswith("state.assistance.")):
        return f"You applied for assistance on {plain_day(min(applied))}."
    return _closed(bill)


def _appealed(case: Case, bill: Bill, claim_id: int) -> str:
    filed = [one.filed for one in case.of(Appeal, "claim_id", claim_id) if one.filed]
    if filed:
        return f"An appeal was filed on {plain_day(min(filed))}."
    if case.of(Appeal, "claim_id", claim_id):
        return "A level of the appeal was begun, which counts by its own notice."
    return _written(case, bill, APPEAL_LETTERS, "The appeal was sent") if case.find(Claim, claim_id) else ""


def _written(case: Case, bill: Bill, kinds: frozenset[str], what: str) -> str:
    sent = [one for one in case.of(Letter, "bill_id", bill.id) if one.kind in kinds and one.status == "sent"]
    if not sent:
        return _closed(bill)
    return f"{what} on {plain_day(sent[0].date)}." if sent[0].date else f"{what}."


def _closed(bill: Bill) -> str:
    if bill.status not in CLOSED:
        return ""
    return f"The bill is marked as “{words.STATUS[bill.status]}”."
