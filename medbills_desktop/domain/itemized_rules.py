"""Which rule gives the days for an answer to a request for the itemized bill."""

from __future__ import annotations

from collections.abc import Mapping

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Organization, Visit
from medbills_desktop.domain.rules.calendar import BeyondCalendarError
from medbills_desktop.domain.rules.deadlines import Deadline, Event, deadline
from medbills_desktop.domain.rules.rule_cards import RuleCard

EVERYWHERE = "hipaa.access"
"""Federal access to one's records, billing included: where the state has no rule with days of its own."""

WRITTEN_ONLY = frozenset({"state.itemized.al", "state.itemized.ne"})
"""Cards whose days run from a request in writing."""

SELF_PAY_ONLY = frozenset({"state.itemized.ct"})
"""Cards for patients who pay alone."""

EVERY_BILLER = frozenset({"state.itemized.ne", "state.itemized.ms"})
"""Cards that bind more than hospitals."""

HOSPITALS = ("hospital", "facility")


def request_deadline(
    cards: Mapping[str, RuleCard], biller: Organization | None, visit: Visit | None, asked: Moment, written: bool
) -> Deadline | None:
    """The day by which an itemized bill asked for then is due, with its card; `None` where no rule can say.

    `cards` are those that are on, by id. The state is the biller's; `written` tells a request on paper from one by
    phone.
    """
    own = cards.get(f"state.itemized.{(biller.state or '').strip().casefold()}") if biller else None
    card = own if own and _applies(own, biller, visit, written) else cards.get(EVERYWHERE)
    if card is None:
        return None
    try:
        return deadline(card, Event(received=asked))
    except BeyondCalendarError:
        return None


def _applies(card: RuleCard, biller: Organization | None, visit: Visit | None, written: bool) -> bool:
    if card.anchor != "itemization_asked":
        return False
    if card.id in WRITTEN_ONLY and not written:
        return False
    if card.id in SELF_PAY_ONLY and not (visit and visit.self_pay):
        return False
    return card.id in EVERY_BILLER or (biller is not None and biller.kind in HOSPITALS)
