"""What a check finds, and the fingerprint by which a decision on it is remembered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents

Level = Literal["fact", "strong", "question", "info"]
LEVELS: tuple[Level, ...] = ("fact", "strong", "question", "info")
"""From the strongest: arithmetic that anyone can redo, a strong question, a question, something to know."""

Value: TypeAlias = "str | int | bool | Decimal | date | Moment | tuple[Value, ...] | list[Value] | None"
"""What a fingerprint may be taken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing worth asking about on a bill. Ids are those of the case that was checked.

    `amount` is what is at stake in cents, above zero, or `None` where no figure can be derived. `explanation` shows the
    sum so that it can be redone on paper, in one or more lines. `evidence` says, a sentence each, which papers would
    settle it and whether they are attached. `fingerprint` changes only if the figures behind the finding change.
    What was quoted from the person's own records may hold blanks and line ends; in a finding's words they are single
    blanks, and line ends only part the lines of `explanation`.
    """

    check: str
    level: Level
    bill_id: int
    line_ids: tuple[int, ...] = ()
    claim_ids: tuple[int, ...] = ()
    payment_ids: tuple[int, ...] = ()
    call_ids: tuple[int, ...] = ()
    amount: Cents | None
    title: str
    explanation: str
    ask: str
    evidence: tuple[str, ...] = ()
    statement_ids: tuple[int, ...] = ()
    fingerprint: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", _one_line(self.title))
        object.__setattr__(self, "ask", _one_line(self.ask))
        object.__setattr__(self, "explanation", "\n".join(filter(None, map(_one_line, self.explanation.splitlines()))))
        object.__setattr__(self, "evidence", tuple(map(_one_line, self.evidence)))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def fingerprint(check: str, *inputs: Value) -> str:
    """SHA-256, in hex, of a check's id and the values that it looked at.

    Only values go in, never ids or positions, so that it is the same after an export and import; the caller sorts what
    has no order of its own.
    """
    text = json.dumps([check, *(_plain(value) for value in inputs)], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: Value) -> object:
    if isinstance(value, Moment):
        return value.text()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value
