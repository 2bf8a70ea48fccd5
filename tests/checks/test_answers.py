from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from medbills_desktop.checks import registered
from medbills_desktop.checks.answers import QUESTIONS, days_in, positive_number, said_yes


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (124, "124"),
        (2.5, "2.5"),
        (" 30 ", "30"),
        (True, None),
        (0, None),
        (-3, None),
        ("about 30", None),
        ("1e9", None),
        (float("nan"), None),
        (float("inf"), None),
        (None, None),
        ("", None),
    ],
)
def test_a_number_is_read_or_there_is_no_answer(answer: Any, number: str | None) -> None:
    assert positive_number(answer) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(("answer", "yes"), [(True, True), ("Yes", True), (False, False), ("no", False), (1, False)])
def test_only_a_clear_yes_is_a_yes(answer: Any, yes: bool) -> None:
    assert said_yes(answer) is yes


def test_days_are_read_all_or_not_at_all() -> None:
    assert days_in("2025-03-04, 2025-03-06") == {date(2025, 3, 4), date(2025, 3, 6)}
    assert days_in("2025-03-04, 2025-02-30") == frozenset()
    assert days_in(3) == days_in(None) == frozenset()


def test_every_question_has_a_check_that_reads_it() -> None:
    known = {entry.id for entry in registered()}
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.checks
        assert known.issuperset(question.checks)
        assert question.asks.endswith("?")
        assert bool(question.choices) == (question.kind == "choice")
