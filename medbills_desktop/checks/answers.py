"""The patient's answers for a visit: a case file may hold them as numbers, words or yes and no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Question:
    """One question that only the patient can answer: its key in a visit's answers, its words, and who reads it.

    `kind` says what an answer is: `yes_no`, a `number` above zero, one of `choices`, or `days` written like
    `2025-03-04, 2025-03-06`.
    """

    key: str
    asks: str
    kind: Literal["yes_no", "number", "choice", "days"]
    checks: tuple[str, ...]
    choices: tuple[str, ...] = ()


QUESTIONS = (
    Question(
        "room_type_had", "Which kind of room was it?", "choice", ("room-days",), choices=("private", "semi-private")
    ),
    Question(
        "days_present",
        "If you went home in between: on which days was the patient there?",
        "days",
        ("date-outside-visit",),
    ),
    Question(
        "minutes_in_operating_room",
        "How many minutes in the operating room does the record show?",
        "number",
        ("time-rounding",),
    ),
    Question(
        "minutes_of_anesthesia", "How many minutes of anesthesia does the record show?", "number", ("time-rounding",)
    ),
    Question(
        "rounding_block_minutes",
        "If they told you: in blocks of how many minutes do they charge?",
        "number",
        ("time-rounding",),
    ),
    Question(
        "brought_own_medicine", "Did the patient take medicine brought from home?", "yes_no", ("doses-vs-record",)
    ),
    Question("left_without_being_seen", "Did you leave before anybody saw the patient?", "yes_no", ("not-received",)),
)
"""The questions about a visit that the checks of lines read, in the order in which they are asked."""

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,3})?", re.ASCII)
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)


def positive_number(answer: Any) -> Decimal | None:
    """A number above zero, or `None` for no answer and for anything that is no such number."""
    if isinstance(answer, bool) or not isinstance(answer, int | float | str):
        return None
    text = str(answer).strip()
    if not _NUMBER.fullmatch(text):
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value > 0 else None


def said_yes(answer: Any) -> bool:
    """Whether the answer is a clear yes."""
    return answer is True or (isinstance(answer, str) and answer.strip().casefold() in ("yes", "true", "y"))


def days_in(answer: Any) -> frozenset[date]:
    """The days that an answer names, written like `2025-03-04, 2025-03-06`; empty where it names none."""
    found = set()
    for text in _DAY.findall(answer) if isinstance(answer, str) else ():
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            return frozenset()
    return frozenset(found)
