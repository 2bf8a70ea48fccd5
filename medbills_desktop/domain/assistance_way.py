"""The way of an application for assistance: its states, the papers that are usual, and when to call next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import LATEST_YEAR, Day, plain_day
from medbills_desktop.domain.records import Assistance, AssistancePaper, Bill, Call

STATE = {
    "considering": "Thinking about it",
    "applied": "Applied",
    "more_information": "More information asked",
    "approved": "Approved",
    "denied": "Denied",
    "appealed": "Appealed",
}
STATE_TONE = {
    "considering": "accent",
    "applied": "accent",
    "more_information": "amber",
    "approved": "green",
    "denied": "red",
    "appealed": "amber",
}
NEXT_STATES: dict[str, tuple[str, ...]] = {
    "considering": ("applied",),
    "applied": ("more_information", "approved", "denied"),
    "more_information": ("applied", "approved", "denied"),
    "approved": ("appealed",),
    "denied": ("appealed", "applied"),
    "appealed": ("more_information", "approved", "denied"),
}
"""What can come after each state; a grant of less than was asked for can be appealed too."""

DECIDED = frozenset({"approved", "denied"})

FIRST_CALL, AGAIN_FROM, AGAIN_UNTIL = 21, 7, 14
"""Days: the first call three weeks after applying, then every one to two weeks."""

RHYTHM_SOURCE = (
    "Three weeks after applying, then every one to two weeks: advice of Dollar For, which helps with applications, in "
    "“How to apply for charity care” at dollarfor.org. It is not a rule."
)
USUAL_PAPERS = (
    "The application form, filled in and signed",
    "The last tax return",
    "Pay stubs of the last months",
    "Bank statements of the last months",
    "A letter about benefits, such as Social Security or unemployment",
    "A letter that says there is no income, where there is none",
    "A decision from Medicaid",
    "Proof of address",
    "Proof of who belongs to the household",
)
"""Papers that assistance offices often want. Only the hospital's own form or letter says what it asks for."""

QUESTION = (
    "How does my application for financial assistance stand? Is anything missing, and is the account on hold until it "
    "is decided?"
)
SCRIPT = (
    "“I’m calling about my application for financial assistance.”",
    "“Has it been decided? If not, is anything missing, and by when do you need it?”",
    "“Is the account on hold until then?”",
    "“May I have your name and a reference number?”",
)


@dataclass(frozen=True, slots=True)
class AssistanceCall:
    """When to ask next how an application stands: from `first` on, and not much later than `last`.

    `since` is the last contact with the hospital about the bill after applying, `None` where there was none.
    """

    first: Day
    last: Day | None
    since: Day | None

    @property
    def sentence(self) -> str:
        """The day, and where it comes from."""
        if self.since is None:
            return f"Call from {plain_day(self.first)} on, three weeks after you applied."
        span = f"from {plain_day(self.first)} on"
        if self.last is not None and self.last != self.first:
            span = f"between {plain_day(self.first)} and {plain_day(self.last)}"
        return f"The last contact was on {plain_day(self.since)}. Call again {span}."


def next_call(case: Case, application: Assistance) -> AssistanceCall | None:
    """When to call next; `None` where the day of applying is not known, or it was decided."""
    applied = application.applied
    if applied is None or application.decided or application.status in (*DECIDED, "appealed", "considering"):
        return None
    if applied.year >= LATEST_YEAR:
        return None
    first = applied + timedelta(days=FIRST_CALL)
    since = last_contact(case, application)
    if since is None or since.year >= LATEST_YEAR:
        return AssistanceCall(first, None, None)
    again = since + timedelta(days=AGAIN_FROM)
    latest = since + timedelta(days=AGAIN_UNTIL)
    return AssistanceCall(max(first, again), max(first, latest), since)


def last_contact(case: Case, application: Assistance) -> Day | None:
    """The last contact with the hospital about the bill, on the day of applying or later."""
    bill = case.get(Bill, application.bill_id)
    with_whom = {application.organization_id or bill.biller_id, bill.biller_id}
    calls = (case.find(Call, call_id) for call_id in case.call_ids(bill.id))
    days = [
        call.started.day
        for call in calls
        if call
        and call.organization_id in with_whom
        and application.applied
        and call.started.day >= application.applied
    ]
    return max(days, default=None)


def paper_state(paper: AssistancePaper) -> str:
    """`wanted` (asked for, not sent), `sent`, or `noted` (neither is known)."""
    return "sent" if paper.sent else "wanted" if paper.asked else "noted"


def still_usual(papers: Iterable[AssistancePaper]) -> tuple[str, ...]:
    """The usual papers that are not on the list yet."""
    held = {" ".join(paper.text.split()).casefold() for paper in papers}
    return tuple(text for text in USUAL_PAPERS if text.casefold() not in held)
