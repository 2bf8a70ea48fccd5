"""The words of an event of the timeline, from what its record says; plain, without adjectives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from medbills_desktop.domain.dates import Moment, plain_day, plain_moment
from medbills_desktop.domain.words import CLAIM_STATUS

_LEVELS: Mapping[str, str] = {
    "internal": "internal appeal",
    "second_internal": "second internal appeal",
    "external": "external review",
}
_OUTCOMES: Mapping[str, str] = {
    "upheld": "upheld",
    "partly": "changed in part",
    "overturned": "overturned",
    "withdrawn": "withdrawn",
}
_ASSISTANCE: Mapping[str, str] = {
    "considering": "Financial assistance considered",
    "applied": "Applied for financial assistance",
    "more_information": "More information asked for the application",
    "approved": "Financial assistance approved",
    "denied": "Financial assistance denied",
    "appealed": "Decision on financial assistance appealed",
    "decided": "Decision on financial assistance",
    "paper_asked": "Paper asked for the application",
    "paper_sent": "Paper sent for the application",
    "paper": "Paper for the application",
}


def event_words(kind: str, state: str, what: str, extra: str) -> str:
    """One line about an event; `what` is the record's own text, `extra` a detail of its kind (see `_MAKERS`)."""
    made = _MAKERS.get(kind, _plain)(state, " ".join(what.split()), " ".join(extra.split()))
    return made.strip()


def _plain(_state: str, what: str, extra: str) -> str:
    return f"{what} ({extra})" if extra and what else what or extra


def _visit(state: str, what: str, extra: str) -> str:
    return _joined("End of the visit" if state == "end" else "Visit", _plain("", what, extra))


def _statement(state: str, what: str, extra: str) -> str:
    noun = "Itemized statement" if state == "itemized" else "Statement"
    return _joined(f"{noun} {what}".strip(), f"due {_day(extra)}" if extra else "", ", ")


def _claim(state: str, what: str, _extra: str) -> str:
    return _joined(f"EOB {what}".strip(), CLAIM_STATUS.get(state, "").lower())


def _promise(state: str, what: str, extra: str) -> str:
    said = {"kept": "Kept", "broken": "Broken"}.get(state, "Promised")
    return _joined(f"{said}: {what}", f"shown by {extra}" if extra else "", "; ")


def _letter(state: str, what: str, extra: str) -> str:
    said = {"sent": "Sent", "received": "Received"}.get(state, "Draft")
    return _joined(f"{said}: {what.replace('_', ' ')}", extra.replace("_", " "), "; ")


def _payment(state: str, what: str, extra: str) -> str:
    noun = {"refund": "Refund to you", "reimbursement": "Reimbursement to you"}.get(state, "Payment by you")
    return _joined(noun, _plain("", what, extra))


def _offer(state: str, what: str, extra: str) -> str:
    side = {"from_me": "Offer by you", "from_them": "Offer to you"}.get(extra, "Offer")
    return _joined(_joined(side, what), "" if state in ("", "open") else state, ", ")


def _assistance(state: str, what: str, _extra: str) -> str:
    return _joined(_ASSISTANCE.get(state, "Financial assistance"), what)


def _appeal(state: str, what: str, extra: str) -> str:
    level = _LEVELS.get(what, what.replace("_", " "))
    if state == "notice":
        return _joined("Notice of the decision", level)
    if state == "filed":
        return f"Filed: {level}"
    if state == "decided":
        return _joined(f"Decided: {level}", _OUTCOMES.get(extra, ""), ", ")
    return _joined("Not filed yet", level)


def _collection(state: str, what: str, _extra: str) -> str:
    said = {
        "disputed": "Debt disputed with the collector",
        "validated": "Collector answered the dispute",
    }.get(state, "Notice of a collector")
    return _joined(said, what)


def _task(state: str, what: str, _extra: str) -> str:
    return f"Done: {what}" if state == "done" else what


def _joined(first: str, second: str, between: str = ": ") -> str:
    return between.join(part for part in (first, second) if part)


def _day(text: str) -> str:
    return plain_day(Moment.from_text(text).day)


def proof_words(kind: str, text: str) -> str:
    """What shows that a promise was kept or broken, such as `call of Mar 2, 2026`; others by their own words."""
    if kind in ("call", "letter", "payment"):
        return f"{kind} of {plain_moment(Moment.from_text(text))}" if text else f"a {kind}"
    return text


_MAKERS: Mapping[str, Callable[[str, str, str], str]] = {
    "visit": _visit,
    "statement": _statement,
    "claim": _claim,
    "promise": _promise,
    "letter": _letter,
    "payment": _payment,
    "offer": _offer,
    "assistance": _assistance,
    "appeal": _appeal,
    "collection": _collection,
    "task": _task,
}
"""By kind: `extra` is the due day of a statement, the proof of a promise, how a letter went, the side of an offer, the
outcome of an appeal; for others a detail in the record's own words."""
