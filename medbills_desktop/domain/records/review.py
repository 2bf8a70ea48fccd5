"""What the user decided about a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

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
