"""The timeline in order: nothing lost, each month under its heading, what has no day last; words of each event."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.timeline import (
    KIND,
    MonthHeading,
    Narrowing,
    TimelineEvent,
    in_order,
    period_words,
    under_months,
)
from medbills_desktop.domain.timeline_words import event_words, proof_words

MOMENTS = st.one_of(
    st.none(),
    st.builds(
        Moment,
        st.dates(date(2024, 12, 1), date(2026, 2, 1)),
        st.one_of(st.none(), st.builds(time, st.integers(0, 23), st.integers(0, 59))),
    ),
)
EVENTS = st.lists(
    st.builds(
        TimelineEvent,
        st.integers(1, 10**6),
        st.sampled_from(tuple(KIND)),
        st.just("call"),
        st.just(1),
        MOMENTS,
        st.just("Blue Mesa"),
        st.just("x"),
    ),
    unique_by=lambda event: event.id,
    max_size=30,
)


@given(EVENTS, st.booleans())
def test_nothing_is_lost_and_days_follow_each_other(events: list[TimelineEvent], newest: bool) -> None:
    found = in_order(events, newest)
    assert sorted(found, key=lambda one: one.id) == sorted(events, key=lambda one: one.id)
    dated = [one.when.sort_text for one in found if one.when]
    assert dated == sorted(dated, reverse=newest)
    assert all(one.when is None for one in found[len(dated) :])
    assert in_order(reversed(events), newest) == found


@given(EVENTS, st.booleans())
def test_every_month_has_one_heading_that_counts_and_sorts_above_it(events: list[TimelineEvent], newest: bool) -> None:
    listed = in_order(events, newest)
    rows = under_months(listed, newest)
    assert [row for row in rows if isinstance(row, TimelineEvent)] == listed
    headings = [row for row in rows if isinstance(row, MonthHeading)]
    assert len({one.month for one in headings}) == len(headings) == len({one.id for one in headings})
    assert sum(one.count for one in headings) == len(events)
    months: list[str] = []
    for row in rows:
        if isinstance(row, MonthHeading):
            months.append(row.month)
        else:
            assert row.month == months[-1]
    keys = [row.order if isinstance(row, MonthHeading) else row.when.sort_text for row in rows if _dated(row)]
    assert keys == sorted(keys, key=str, reverse=newest)


def _dated(row: TimelineEvent | MonthHeading) -> bool:
    return bool(row.month)


@given(EVENTS, st.dates(date(2025, 1, 1), date(2025, 6, 1)), st.dates(date(2025, 6, 2), date(2025, 12, 31)))
def test_a_period_keeps_its_days_and_what_has_none(events: list[TimelineEvent], first: date, last: date) -> None:
    kept = [event for event in events if Narrowing(first=first, last=last)(event)]
    assert kept == [one for one in events if one.when is None or first <= one.when.day <= last]


def test_one_day_is_in_the_order_in_which_such_things_follow() -> None:
    day = Moment(date(2026, 3, 2))
    kinds = ("document", "call", "statement", "visit")
    events = [TimelineEvent(number, kind, kind, 1, day, "", "") for number, kind in enumerate(kinds, 1)]  # type: ignore[arg-type]
    assert [event.kind for event in in_order(events)] == ["visit", "statement", "call", "document"]
    assert [event.kind for event in in_order(events, True)] == ["document", "call", "statement", "visit"]


def test_words_are_found_in_kind_who_and_what() -> None:
    event = TimelineEvent(1, "promise", "promise", 1, None, "Blue Mesa", "Broken: Call back", state="broken")
    assert Narrowing(words="MESA broken promise")(event)
    assert not Narrowing(words="mesa kept")(event)
    assert not Narrowing(frozenset({"call"}))(event)


@pytest.mark.parametrize(
    ("kind", "state", "what", "extra", "said"),
    [
        ("promise", "broken", "Call back", "call of Mar 2, 2026", "Broken: Call back; shown by call of Mar 2, 2026"),
        ("promise", "kept", "Send it", "", "Kept: Send it"),
        ("promise", "open", "Send it", "", "Promised: Send it"),
        (
            "letter",
            "sent",
            "bill_questions",
            "by certified_mail tracking 94",
            "Sent: bill questions; by certified mail tracking 94",
        ),
        ("letter", "", "A letter", "", "Draft: A letter"),
        ("statement", "itemized", "7", "2026-03-27", "Itemized statement 7, due Mar 27, 2026"),
        ("statement", "", "", "", "Statement"),
        ("claim", "denied", "99", "", "EOB 99: denied"),
        ("payment", "refund", "", "card", "Refund to you: card"),
        ("offer", "accepted", "One payment", "from_them", "Offer to you: One payment, accepted"),
        ("assistance", "approved", "", "", "Financial assistance approved"),
        ("assistance", "paper_sent", "Tax return", "", "Paper sent for the application: Tax return"),
        ("appeal", "decided", "internal", "overturned", "Decided: internal appeal, overturned"),
        ("appeal", "notice", "external", "", "Notice of the decision: external review"),
        ("collection", "disputed", "R-1", "", "Debt disputed with the collector: R-1"),
        ("task", "done", "Ask", "", "Done: Ask"),
        ("call", "out", "They\nlook  into it", "Ms. Field", "They look into it (Ms. Field)"),
        ("call", "out", "", "Ms. Field", "Ms. Field"),
        ("visit", "end", "", "", "End of the visit"),
    ],
)
def test_the_words_of_an_event(kind: str, state: str, what: str, extra: str, said: str) -> None:
    assert event_words(kind, state, what, extra) == said


def test_a_proof_is_named() -> None:
    assert proof_words("call", "2026-03-02T09:15") == "call of Mar 2, 2026 9:15 am"
    assert proof_words("letter", "") == "a letter"
    assert proof_words("note", "Nobody called") == "Nobody called"
    assert period_words(date(2026, 3, 1), None) == "from Mar 1, 2026"
