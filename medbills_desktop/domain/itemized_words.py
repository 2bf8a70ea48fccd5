"""How the state of the itemized bill is said: a word, a sentence, the source of its days, a script for the phone."""

from __future__ import annotations

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.itemized_bill import ItemizedBill, Request, State
from medbills_desktop.domain.money import Cents, dollars

STATE: dict[State, str] = {
    "held": "Held",
    "asked": "Asked for",
    "overdue": "Overdue",
    "not_asked": "Not asked for",
}
STATE_TONE: dict[State, str] = {"held": "green", "asked": "accent", "overdue": "red", "not_asked": "amber"}

QUESTION = (
    "Please send me an itemized bill that lists each service with its date, code, units and charge. "
    "Could you put the account on hold until it arrives?"
)
SCRIPT = (
    "“I’d like an itemized bill for this account, please.”",
    "“How will you send it, and by when?”",
    "“Could you put the account on hold until it arrives?”",
    "“May I have your name and a reference number?”",
)
"""What to say when asking by phone, a line each."""

_WAY = {"mail": "mail", "certified_mail": "certified mail", "hand": "hand"}


def itemized_sentence(found: ItemizedBill, today: Day) -> str:
    """One or two sentences on where the itemized bill stands."""
    if found.state == "held":
        return _held(found)
    if found.state == "not_asked":
        return "Not asked for yet. Only the single charges show whether the total is right."
    if found.kept is not None and not found.requests:
        return f"Noted as sent on {plain_day(found.kept)}; the paper is not here yet."
    return f"{_asked(found)} {_due(found, today)}"


def itemized_source(found: ItemizedBill) -> str:
    """Where the days for an answer come from, empty where a letter or a promise names the day."""
    if found.rule is None or found.state not in ("asked", "overdue"):
        return ""
    card = found.rule.card
    doubt = "" if card.verified else " This rule is not verified."
    return f"{card.citation}, checked {plain_day(card.checked)}: {card.text}{doubt}"


def _held(found: ItemizedBill) -> str:
    parts = [_papers(found)] if found.papers else []
    lines = "1 line" if found.line_count == 1 else f"{found.line_count:,} lines"
    parts.append(f"{lines} entered" if found.line_count else "no line entered yet")
    if found.line_count and found.printed_total is not None and found.lines_total is not None:
        parts.append(_against_total(found.missing, found.printed_total))
    if not found.papers:
        parts.append("the paper itself is not attached")
    return f"{'; '.join(parts)[0].upper()}{'; '.join(parts)[1:]}."


def _papers(found: ItemizedBill) -> str:
    first = found.papers[0]
    number = f" ({first.paper_number})" if first.paper_number else ""
    more = f" and {len(found.papers) - 1} more" if len(found.papers) > 1 else ""
    return f"“{first.shown_title}”{number}{more}"


def _against_total(missing: Cents | None, printed: Cents) -> str:
    if missing is None or missing == 0:
        return f"they come to the {dollars(printed)} of the statement"
    if missing > 0:
        return f"{dollars(missing)} of the {dollars(printed)} on the statement are still missing"
    return f"they come to {dollars(Cents(-missing))} more than the {dollars(printed)} on the statement"


def _asked(found: ItemizedBill) -> str:
    first, latest = found.first, found.latest
    if first is None or latest is None:
        return "Marked as asked for; when is not entered."
    text = f"Asked for on {plain_day(first.day)} {_how(first)}" if first.day else f"Asked for {_how(first)}"
    if latest is not first and latest.day is not None:
        text += f", last on {plain_day(latest.day)} {_how(latest)}"
    return f"{text}."


def _how(request: Request) -> str:
    if request.kind == "letter":
        way = words.CHANNEL.get(request.way or "", _WAY.get(request.way or "", "")).casefold()
        return f"by letter ({way})" if way and way != "letter" else "by letter"
    return {"phone": "by phone", "in_person": "in person"}.get(
        request.way or "", f"by {words.CHANNEL.get(request.way or '', 'call').casefold()}"
    )


def _due(found: ItemizedBill, today: Day) -> str:
    if found.due is None:
        return "No day for the answer is known."
    day = plain_day(found.due)
    if found.state != "overdue":
        return f"Due by {day}."
    late = (today - found.due).days
    if late <= 0:
        return f"It was promised by {day} and marked as not kept."
    return f"It was due by {day}, {'1 day' if late == 1 else f'{late:,} days'} ago, and is not here."
