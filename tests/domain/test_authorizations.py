"""Whether a helper may speak on a day, and the sentence that says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.authorizations import authorization_words, in_force, standing
from medbills_desktop.domain.records import Authorization

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
GIVEN = Authorization(person_id=1, helper_id=2, begins=FIRST, ends=LAST)
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("day", "expected", "words"),
    [
        (date(2025, 12, 31), "not_yet", "Maria may speak for Ana from Jan 1, 2026."),
        (FIRST, "holds", "Maria may speak for Ana until Jun 30, 2026."),
        (LAST, "holds", "Maria may speak for Ana until Jun 30, 2026."),
        (LAST + timedelta(1), "ended", "Maria may no longer speak for Ana: it ended on Jun 30, 2026."),
    ],
)
def test_the_first_and_the_last_day_count(day: date, expected: str, words: str) -> None:
    assert standing(GIVEN, day) == expected
    assert authorization_words(GIVEN, "Maria", "Ana", day) == words


def test_taken_back_is_said_plainly_from_that_day_on() -> None:
    taken = Authorization(person_id=1, helper_id=2, revoked=date(2026, 3, 1))
    assert standing(taken, date(2026, 2, 28)) == "holds"
    assert standing(taken, date(2026, 3, 1)) == "revoked"
    assert "taken back on Mar 1, 2026" in authorization_words(taken, "Maria", "Ana", date(2026, 3, 1))


def test_without_a_last_day_no_last_day_is_said() -> None:
    open_ended = Authorization(person_id=1, helper_id=2)
    assert authorization_words(open_ended, "Maria", "Ana", FIRST) == "Maria may speak for Ana."


@given(days, days, days, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_it_holds_exactly_between_its_days(begins: date | None, ends: date | None, back: date | None, on: date) -> None:
    one = Authorization(person_id=1, helper_id=2, begins=begins, ends=ends, revoked=back)
    holds = (begins is None or begins <= on) and (ends is None or on <= ends) and (back is None or on < back)
    assert (standing(one, on) == "holds") == holds
    assert in_force((one,), on) == ((one,) if holds else ())
