"""What the user decided about a finding, and how far their answers covered each point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records.fields import Record, To


@dataclass(frozen=True, kw_only=True)
class FindingDecision(Record):
    """A decision on one finding; it holds while the finding's inputs have the same `fingerprint`."""

    KIND: ClassVar[str] = "finding_decision"
    TITLE: ClassVar[str] = "decision on a finding"

    bill_id: Annotated[int, To("bill", "remove")]
    check: str
    fingerprint: str
    decision: Literal["not_a_problem", "asked", "disputed"]
    reason: str | None = None
    decided_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class PointAnswer(Record):
    """What one answer of theirs, a call or a letter that came, said to one point: a line, or a finding by `check` and
    `fingerprint`. `amount_off` is what they said that they took off, in cents; nothing is inferred from it.
    """

    KIND: ClassVar[str] = "point_answer"
    TITLE: ClassVar[str] = "answer to a point"

    bill_id: Annotated[int, To("bill", "remove")]
    line_id: Annotated[int | None, To("line", "remove")] = None
    check: str | None = None
    fingerprint: str | None = None
    call_id: Annotated[int | None, To("call", "remove")] = None
    letter_id: Annotated[int | None, To("letter", "remove")] = None
    answer: Literal["answered", "partly", "not_answered"]
    said: str | None = None
    amount_off: Cents | None = None
