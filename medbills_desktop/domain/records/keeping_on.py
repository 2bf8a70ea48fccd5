"""What keeps a dispute going, kept inside the library only: proofs, papers asked for, appeals, helpers, own rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records.fields import Record, To


@dataclass(frozen=True, kw_only=True)
class PromiseProof(Record):
    """What shows that a promise was kept or broken: a paper, a call, a letter or a payment, or a note alone."""

    KIND: ClassVar[str] = "promise_proof"
    TITLE: ClassVar[str] = "proof of a promise"

    promise_id: Annotated[int, To("promise", "remove")]
    document_id: Annotated[int | None, To("document", "clear")] = None
    call_id: Annotated[int | None, To("call", "clear")] = None
    letter_id: Annotated[int | None, To("letter", "clear")] = None
    payment_id: Annotated[int | None, To("payment", "clear")] = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordingPlaces(Record):
    """Where each side of a recorded call was, as two-letter states; the stricter of the two rules is shown."""

    KIND: ClassVar[str] = "recording_places"
    TITLE: ClassVar[str] = "places of a recording"

    call_id: Annotated[int, To("call", "remove")]
    my_state: str | None = None
    their_state: str | None = None


@dataclass(frozen=True, kw_only=True)
class Enclosure(Record):
    """A paper that goes with a letter, as a copy; `position` counts from 1."""

    KIND: ClassVar[str] = "enclosure"
    TITLE: ClassVar[str] = "enclosure"

    letter_id: Annotated[int, To("letter", "remove")]
    document_id: Annotated[int, To("document", "remove")]
    position: int


@dataclass(frozen=True, kw_only=True)
class AssistancePaper(Record):
    """A paper that an assistance office asks for: `asked` and `sent` are the days, `None` where that is not known."""

    KIND: ClassVar[str] = "assistance_paper"
    TITLE: ClassVar[str] = "paper for an application"

    assistance_id: Annotated[int, To("assistance", "remove")]
    text: str
    asked: Day | None = None
    sent: Day | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None


AppealLevel = Literal[
    "internal",
    "second_internal",
    "external",
    "redetermination",
    "reconsideration",
    "hearing",
    "council",
    "court",
    "other",
]
"""Levels of commercial plans, then those of Medicare."""


@dataclass(frozen=True, kw_only=True)
class Appeal(Record):
    """One level of an appeal against what an insurer decided on a claim.

    `notice_date` and `notice_received` are of the decision that is appealed, `printed_deadline` the last day that this
    notice states, which goes before every counted one.
    """

    KIND: ClassVar[str] = "appeal"
    TITLE: ClassVar[str] = "appeal"

    claim_id: Annotated[int, To("claim", "remove")]
    level: AppealLevel
    notice_date: Day | None = None
    notice_received: Day | None = None
    printed_deadline: Day | None = None
    reason: str | None = None
    filed: Day | None = None
    letter_id: Annotated[int | None, To("letter", "clear")] = None
    decided: Day | None = None
    outcome: Literal["upheld", "partly", "overturned", "withdrawn"] | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Authorization(Record):
    """A patient's leave for a helper to speak with billers and insurers; `helper_id` is an organization or a friend."""

    KIND: ClassVar[str] = "authorization"
    TITLE: ClassVar[str] = "authorization of a helper"

    person_id: Annotated[int, To("person", "remove")]
    helper_id: Annotated[int, To("organization", "remove")]
    scope: str | None = None
    begins: Day | None = None
    ends: Day | None = None
    revoked: Day | None = None
    letter_id: Annotated[int | None, To("letter", "clear")] = None
    document_id: Annotated[int | None, To("document", "clear")] = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class OwnCard(Record):
    """A rule card of the user's own, or their correction of a shipped card with the same `card_id`.

    `text` is TOML in the layout of the shipped cards; `written_at` is a UTC instant.
    """

    KIND: ClassVar[str] = "own_card"
    TITLE: ClassVar[str] = "rule card of your own"

    card_id: str
    text: str
    written_at: str


@dataclass(frozen=True, kw_only=True)
class RuleChoice(Record):
    """That the user switched a rule card on or off, against what it is by itself."""

    KIND: ClassVar[str] = "rule_choice"
    TITLE: ClassVar[str] = "choice about a rule card"

    card_id: str
    on: bool
