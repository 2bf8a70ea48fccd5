"""The patient's answers for a visit: a case file may hold them as numbers, words or yes and no."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

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
