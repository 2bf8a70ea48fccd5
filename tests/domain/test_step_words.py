"""How a step is said and ordered: what can be lost first, red only where somebody else is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest

from medbills_desktop.domain.step_facts import Act, NextStep
from medbills_desktop.domain.step_words import ACT_WORDS, list_words, step_order, step_tone

TODAY = date(2026, 3, 1)


def test_every_act_has_its_word() -> None:
    assert set(ACT_WORDS) == set(get_args(Act))


@pytest.mark.parametrize(
    ("act", "days", "dated", "tone"),
    [
        ("chase", -1, True, "red"),
        ("appeal", 0, True, "amber"),
        ("appeal", 40, True, "amber"),
        ("call_assistance", -3, True, "amber"),
        ("do_task", -3, True, "amber"),
        ("look_at_findings", 0, False, "accent"),
        ("wait", 5, True, "green"),
    ],
)
def test_red_is_only_where_somebody_else_is_late(act: Act, days: int, dated: bool, tone: str) -> None:
    assert step_tone(NextStep(act, "x", TODAY + timedelta(days), dated=dated), TODAY) == tone


def test_what_has_a_day_comes_first_then_what_can_be_done_now_then_what_is_waited_for() -> None:
    wait = NextStep("wait", "w", TODAY - timedelta(9))
    now = NextStep("look_at_findings", "n", TODAY, dated=False)
    soon, late = NextStep("appeal", "s", TODAY + timedelta(9)), NextStep("chase", "l", TODAY - timedelta(9))
    assert sorted([wait, now, soon, late], key=lambda one: step_order(one, TODAY)) == [late, soon, now, wait]


def test_in_a_narrow_column_what_is_waited_for_comes_first() -> None:
    step = NextStep("wait", "Nothing to do now: the itemized bill is due on Mar 9, 2026.", TODAY)
    assert list_words(step) == "The itemized bill is due on Mar 9, 2026."
    assert list_words(NextStep("chase", "Ask for it: it is late.", TODAY)) == "Ask for it: it is late."
