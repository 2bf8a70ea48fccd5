"""A call in words, field by field: for showing what changed between two wordings."""

from __future__ import annotations

from collections.abc import Iterable

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_day, plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Call, Promise

RECORDED = {"none": "Not recorded", "mine": "By me", "theirs": "By them", "both": "By both"}
CONSENT = {
    "asked_yes": "I asked, they agreed",
    "asked_no": "I asked, they did not",
    "not_asked": "Not asked",
    "they_announced": "They announced it",
}
DIRECTION = {"out": "I called", "in": "They called"}


def call_fields(call: Call | None, organization: str, promises: Iterable[Promise], bills: int) -> dict[str, str]:
    """What a call says, by the titles of the call panel; a field that is not known is empty. Removed: all are."""
    if call is None:
        return {}
    found = {
        "Began": plain_moment(call.started),
        "Minutes": "" if call.minutes is None else f"{call.minutes:f}",
        "How": words.CHANNEL.get(call.channel or "", ""),
        "Who called": DIRECTION.get(call.direction or "", ""),
        "With": organization,
        "Department": call.department,
        "Name": call.representative,
        "Their id": call.representative_id,
        "Reference": call.reference_number,
        "What I ask": call.asked,
        "What they say": call.said,
        "Amount said": dollars(call.amount_quoted, ""),
        "Bills": str(bills) if bills else "",
        "What they promise": "\n".join(promise_words(one) for one in promises),
        "What came of it": call.outcome,
        "Recorded": RECORDED.get(call.recording or "", ""),
        "Did they agree?": CONSENT.get(call.consent or "", ""),
        "Recording": "Attached" if call.document_id is not None else "",
        "Private note": call.private_note,
    }
    return {title: text or "" for title, text in found.items()}


def promise_words(promise: Promise) -> str:
    """A promise in one line: what, by whom, until when, and how it came out."""
    status = promise.status or "open"
    parts = (
        " ".join(promise.text.split()),
        promise.by or "",
        f"due {plain_day(promise.due)}" if promise.due else "",
        words.PROMISE_STATUS[status] if status != "open" else "",
    )
    return " · ".join(part for part in parts if part)
