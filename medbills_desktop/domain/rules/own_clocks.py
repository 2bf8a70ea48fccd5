"""Where the clock of a card that the user added starts on a bill: by its anchor alone, since no code knows the card.

A card of a state starts only where the biller is in that state. For some anchors no record has the date; such a card is
counted by hand on the Rules page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from medbills_desktop.domain.appeal_levels import refused
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    Bill,
    Collection,
    Letter,
    Organization,
    Visit,
)
from medbills_desktop.domain.rules.deadlines import Event
from medbills_desktop.domain.rules.rule_cards import Anchor, RuleCard

OWN_PREFIX = "own."
"""What the ids of cards that the user adds begin with; a number follows."""
STATE_LETTERS = 2


@dataclass(frozen=True, slots=True)
class OwnStart:
    """One start of a clock: the record that its date is on, the date, and in words which one is missing."""

    about: tuple[str, int]
    event: Event
    missing: str


def runs_by_itself(card: RuleCard) -> bool:
    """Whether some record has the date that the clock of an added card runs from."""
    return card.has_clock and card.anchor in _STARTS


def is_added(card: RuleCard) -> bool:
    """Whether the user added the card; corrections of shipped cards start where the shipped ones do."""
    return card.own and card.id.startswith(OWN_PREFIX)


def own_starts(case: Case, bill: Bill, first_bill: Day | None, card: RuleCard) -> Iterator[OwnStart]:
    """Where a card that the user added starts on a bill; nothing where its anchor or its state does not fit."""
    start = _STARTS.get(card.anchor) if card.anchor else None
    if start is None:
        return
    biller = case.find(Organization, bill.biller_id)
    state = (biller.state or "").strip() if biller else ""
    place = card.jurisdiction.strip()
    if len(place) == STATE_LETTERS and place.casefold() not in ("us", state.casefold()):
        if biller is not None and not state:
            yield OwnStart(("organization", biller.id), Event(), "the state of who sent the bill")
        return
    yield from start(case, bill, first_bill)


def _first_bill(_case: Case, bill: Bill, first_bill: Day | None) -> Iterator[OwnStart]:
    yield OwnStart(("bill", bill.id), _received(first_bill), "the day of the first bill")


def _service(case: Case, bill: Bill, _first: Day | None) -> Iterator[OwnStart]:
    visit = case.find(Visit, bill.visit_id)
    if visit is not None:
        yield OwnStart(("visit", visit.id), Event(received=visit.start), "the day of the service")


def _discharge(case: Case, bill: Bill, _first: Day | None) -> Iterator[OwnStart]:
    visit = case.find(Visit, bill.visit_id)
    if visit is not None:
        yield OwnStart(("visit", visit.id), Event(received=visit.end), "the day of discharge")


def _denial(case: Case, bill: Bill, _first: Day | None) -> Iterator[OwnStart]:
    for claim in case.claims(bill.id):
        if refused(case, claim) and not case.of(Appeal, "claim_id", claim.id):
            received = Moment(claim.received) if claim.received else None
            event = Event(received=received, dated=claim.date, printed=claim.appeal_deadline)
            yield OwnStart(("claim", claim.id), event, "the day on which the denial came")


def _appealed(case: Case, bill: Bill, _first: Day | None) -> Iterator[OwnStart]:
    for appeal in _appeals(case, bill):
        if appeal.filed and not appeal.decided:
            yield OwnStart(("appeal", appeal.id), _received(appeal.filed), "")


def _decided(case: Case, bill: Bill, _first: Day | None) -> Iterator[OwnStart]:
    for appeal in _appeals(case, bill):
        if appeal.decided and appeal.outcome not in ("overturned", "withdrawn"):
            yield OwnStart(("appeal", appeal.id), _received(appeal.decided), "")


def _appeals(case: Case, bill: Bill) -> Iterator[Appeal]:
    for claim in case.claims(bill.id):
        yield from case.of(Appeal, "claim_id", claim.id)


def _collection(case: Case, bill: Bill, _first: Day | None) -> Iterator[OwnStart]:
    for placement in case.of(Collection, "bill_id", bill.id):
        if not placement.disputed_on:
            received = Moment(placement.notice_received) if placement.notice_received else None
            event = Event(received=received, dated=placement.notice_date)
            yield OwnStart(("collection", placement.id), event, "the day on which the collector's notice came")


def _assistance_decision(case: Case, bill: Bill, first: Day | None) -> Iterator[OwnStart]:
    yield from _decided(case, bill, first)
    for application in case.of(Assistance, "bill_id", bill.id):
        if application.decided and application.status != "approved":
            yield OwnStart(("assistance", application.id), _received(application.decided), "")


def _letters_of(*kinds: str) -> Callable[[Case, Bill, Day | None], Iterator[OwnStart]]:
    def start(case: Case, bill: Bill, _first: Day | None) -> Iterator[OwnStart]:
        letters = case.of(Letter, "bill_id", bill.id)
        answered = {one.answers_to_id for one in letters if one.status == "received"}
        for letter in letters:
            if letter.kind in kinds and letter.status == "sent" and letter.id not in answered:
                received = Moment(letter.date) if letter.date else None
                event = Event(received=received, printed=letter.reply_due)
                yield OwnStart(("letter", letter.id), event, "the day on which the letter was sent")

    return start


def _received(day: Day | None) -> Event:
    return Event(received=Moment(day) if day else None)


_STARTS: Mapping[Anchor, Callable[[Case, Bill, Day | None], Iterator[OwnStart]]] = {
    "first_bill": _first_bill,
    "service": _service,
    "discharge": _discharge,
    "denial_received": _denial,
    "medicare_decision": _denial,
    "appeal_received": _appealed,
    "decision_received": _assistance_decision,
    "final_denial_received": _decided,
    "collection_notice": _collection,
    "itemization_asked": _letters_of("itemization_request"),
    "records_asked": _letters_of("records_request", "claim_file_request"),
    "credit_dispute_sent": _letters_of("credit_dispute"),
    "estimate_asked": _letters_of("estimate_request"),
    "dispute_filed": _letters_of("estimate_dispute"),
}
