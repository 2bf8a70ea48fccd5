"""The rule cards behind the dates of some bills, as a packet tells them: those whose clock runs, and those that ran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from medbills_desktop.commands.packet_words import spoken_of_patient
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment, plain_day
from medbills_desktop.domain.records import Assistance, Bill, Collection, Letter
from medbills_desktop.domain.rules.calendar import BeyondCalendarError
from medbills_desktop.domain.rules.card_words import plain_name, sureness_words
from medbills_desktop.domain.rules.deadlines import Deadline, Event, deadline
from medbills_desktop.domain.rules.in_force import CardInForce, cards_on
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import LETTER_CARDS, clocks_of_bill, dispute_window, hospital_windows
from medbills_desktop.packet.order import PacketRule


def packet_rules(case: Case, in_force: Iterable[CardInForce], bill_ids: Iterable[int]) -> tuple[PacketRule, ...]:
    """The cards that are switched on and gave a date for one of the bills, by bill, then by that date.

    A rule that was used already, as by an application or a dispute that went out, is told too: its time ran.
    """
    cards = tuple(in_force)
    on, changed = cards_on(cards), {one.id for one in cards if one.origin != "shipped"}
    found: dict[tuple[str, int, str], PacketRule] = {}
    for bill_id in dict.fromkeys(bill_ids):
        dates = sorted(_dates(case, case.get(Bill, bill_id), on), key=lambda each: (each.due, each.card.id))
        for each in dates:
            key = (each.card.id, bill_id, str(each.due))
            found.setdefault(key, _rule(each, bill_id, each.card.id in changed))
    return tuple(found.values())


def _dates(case: Case, bill: Bill, cards: Mapping[str, RuleCard]) -> Iterator[Deadline]:
    clocks = [*clocks_of_bill(case, bill, cards)]
    for notice in case.of(Collection, "bill_id", bill.id):
        clock = dispute_window(notice, cards)
        clocks += [clock] if clock else []
    if any(one.applied for one in case.of(Assistance, "bill_id", bill.id)):
        clocks += hospital_windows(case, bill, cards, ("r.apply",))
    yield from (clock.deadline for clock in clocks if clock.deadline)
    yield from _of_letters(case, bill, cards)


def _of_letters(case: Case, bill: Bill, cards: Mapping[str, RuleCard]) -> Iterator[Deadline]:
    """The time that each letter that went out gave them to answer, answered or not."""
    for letter in case.of(Letter, "bill_id", bill.id):
        card = cards.get(LETTER_CARDS.get(letter.kind, ""))
        if card and letter.status == "sent" and letter.date:
            try:
                found = deadline(card, Event(received=Moment(letter.date), printed=letter.reply_due))
            except BeyondCalendarError:
                continue
            if found:
                yield found


def _rule(found: Deadline, bill_id: int, changed: bool) -> PacketRule:
    card = found.card
    return PacketRule(
        card_id=card.id,
        name=plain_name(card),
        text=spoken_of_patient(card.text),
        citation=card.citation,
        where=card.where,
        checked=card.checked,
        sureness=sureness_words(card),
        binds=card.binds,
        started=spoken_of_patient(" ".join(found.steps)),
        ends=f"The last day is {plain_day(found.due)}.",
        corrected=changed,
        bill_id=bill_id,
    )
