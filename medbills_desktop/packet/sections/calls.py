"""The contact log: who said what and when, with reference numbers, promises and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportlab.platypus import CondPageBreak, Flowable

from medbills_desktop.domain.dates import plain_day, plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Call, Letter, Payment, Promise, PromiseProof
from medbills_desktop.domain.words import CHANNEL, PROMISE_STATUS
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book, height_of
from medbills_desktop.packet.figures import counted, quantity
from medbills_desktop.packet.fonts import BOLD, width
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.recording import Anchor
from medbills_desktop.packet.sections.entry_head import EntryHead
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS, Markup

_HOUR = 60
_MOST_KEPT = 200.0
"""A contact up to this height, in points, is not parted between two pages."""
_CONSENT = {
    "not_asked": "consent not asked",
    "asked_yes": "asked, and they agreed",
    "asked_no": "asked, and they did not agree",
    "they_announced": "announced by them",
}
_PROMISES = (
    Column("Promised on", 66),
    Column("By", 86),
    Column("What was promised", 0),
    Column("Due", 66),
    Column("What became of it", 112),
)


def contact_log(book: Book) -> list[Flowable]:
    """All promises first, then every contact, oldest first."""
    calls = book.scope.calls
    if not calls:
        return []
    page: list[Flowable] = [book.text("Contact log", look.SECTION), book.text(_sum(calls))]
    promises = [
        _promise_row(book, call, promise)
        for call in calls
        for promise in book.order.case.of(Promise, "call_id", call.id)
    ]
    if promises:
        page += [*book.heading("Promises"), book.text(_states(book, list(book.scope.promises)))]
        page.append(book.table(_PROMISES, promises))
    page += book.heading("Contacts")
    for call in calls:
        page += _entry(book, call)
    return page


def _sum(calls: tuple[Call, ...]) -> str:
    known = [call.minutes for call in calls if call.minutes is not None]
    text = f"{counted(len(calls), 'contact')} from {plain_day(calls[0].started.day)}"
    text += f" to {plain_day(calls[-1].started.day)}" if len(calls) > 1 else ""
    if known:
        minutes = sum(known, Decimal(0))
        text += f"; {quantity(minutes)} {'minute' if minutes == 1 else 'minutes'} in all"
        text += _hours(minutes) + _on_the_phone(calls, minutes)
        left = len(calls) - len(known)
        text += f" ({left} without a time noted)" if left else ""
    return f"{text}."


def _hours(minutes: Decimal) -> str:
    """The same in hours, where it is more than one."""
    if minutes <= _HOUR:
        return ""
    hours, rest = divmod(minutes, _HOUR)
    left = f" {quantity(rest)} min" if rest else ""
    return f" ({quantity(hours)} h{left})"


def _on_the_phone(calls: tuple[Call, ...], whole: Decimal) -> str:
    phone = sum((call.minutes for call in calls if call.channel == "phone" and call.minutes is not None), Decimal(0))
    if not phone:
        return ""
    return ", all on the phone" if phone == whole else f", {quantity(phone)} of them on the phone"


def _states(book: Book, promises: list[Promise]) -> str:
    """How many promises were made and what became of them, in a sentence."""
    words = {"kept": "kept", "broken": "not kept"}
    late = [each for each in promises if _is_open(each) and each.due and each.due < book.order.prepared_on]
    told = [(sum(each.status == state for each in promises), text) for state, text in words.items()]
    told += [(len(late), "open past the day"), (sum(map(_is_open, promises)) - len(late), "open")]
    shown = ", ".join(f"{count:,} {text}" for count, text in told if count)
    return f"{counted(len(promises), 'promise')}: {shown}."


def _is_open(promise: Promise) -> bool:
    return promise.status not in ("kept", "broken")


def _promise_row(book: Book, call: Call, promise: Promise) -> Row:
    by = promise.by or call.representative or book.name(call.organization_id)
    became = book.setter.markup(_became(book, promise), size=8.3)
    shown = [became, *_proofs(book, promise)]
    return Row((plain_day(call.started.day), by, promise.text, plain_day(promise.due), Markup("<br/>".join(shown))))


def _proofs(book: Book, promise: Promise) -> Iterator[Markup]:
    """What shows that a promise was kept or not: paper, letter, payment or contact, and what was noted to it."""
    case = book.order.case
    for proof in case.of(PromiseProof, "promise_id", promise.id):
        letter, payment = case.find(Letter, proof.letter_id), case.find(Payment, proof.payment_id)
        links = (
            book.exhibit_link(proof.document_id),
            book.record_link(letter) if letter else None,
            book.record_link(payment) if payment else None,
            book.call_link(proof.call_id),
        )
        yield from (Markup(f"{book.markup('shown by ')}{link}") for link in dict.fromkeys(links) if link)
        if proof.note:
            yield book.setter.markup(shortened(proof.note, 300), size=8.3)


def _became(book: Book, promise: Promise) -> str:
    """The state of a promise on the day of the packet; an open one past its day says how long."""
    status = PROMISE_STATUS.get(promise.status or "open", UNKNOWN)
    if promise.status in ("kept", "broken"):
        return f"{status}, {plain_day(promise.closed)}" if promise.closed else status
    if promise.due and promise.due < book.order.prepared_on:
        late = (book.order.prepared_on - promise.due).days
        return f"{status}, {counted(late, 'day')} past its day"
    return status


def _entry(book: Book, call: Call) -> list[Flowable]:
    minutes = f"{quantity(call.minutes)} min" if call.minutes is not None else ""
    whom = _with_whom(book, call)
    head = EntryHead(
        book.setter.drawable(plain_moment(call.started), bold=True),
        book.setter.drawable(OURS + whom, bold=True),
        minutes,
    )
    parts: list[Flowable] = [Anchor(f"call:{call.id}"), head]
    if head.is_cut:
        parts.append(book.text(OURS + whom, look.ENTRY_NOTE))
    parts.append(book.text(_details(book, call), look.ENTRY_NOTE))
    for label, text in (("Asked", call.asked), ("Said", call.said), ("Outcome", call.outcome)):
        if text:
            parts.append(_told(book, label, text))
    for promise in book.order.case.of(Promise, "call_id", call.id):
        due = f" (due {plain_day(promise.due)})" if promise.due else ""
        parts.append(_told(book, "Promise", f"{OURS}{promise.text}{due}: {_became(book, promise)}"))
    if call.private_note and book.order.include_private_notes:
        parts.append(_told(book, "Private note", call.private_note))
    return [CondPageBreak(min(height_of(parts[1:]), _MOST_KEPT)), *parts]


def _with_whom(book: Book, call: Call) -> str:
    name = book.name(call.organization_id)
    found = ", ".join(filter(None, (name if name != UNKNOWN else "", call.department)))
    return found or "Not named"


def _details(book: Book, call: Call) -> Markup:
    """Channel, person, reference number, amount quoted, recording and proof, in one line."""
    side = {"out": "outgoing", "in": "incoming"}.get(call.direction or "", "")
    person = call.representative or ""
    if call.representative_id:
        person = f"{person} (id {call.representative_id})" if person else f"id {call.representative_id}"
    facts = [
        CHANNEL.get(call.channel or "", ""),
        side,
        f"spoke with {person}" if person else "",
        f"reference {call.reference_number}" if call.reference_number else "",
        f"quoted {dollars(call.amount_quoted)}" if call.amount_quoted is not None else "",
        _recording(call),
    ]
    shown = [book.markup(fact) for fact in facts if fact]
    proof = book.record_link(call, long=True)
    return Markup(" · ".join([*shown, proof] if proof else shown) or "&#160;")


def _recording(call: Call) -> str:
    if call.recording in (None, "none"):
        return ""
    whose = {"mine": "recorded by me", "theirs": "recorded by them", "both": "recorded by both"}[call.recording]
    consent = _CONSENT.get(call.consent or "", "")
    return f"{whose} ({consent})" if consent else whose


def _told(book: Book, label: str, text: str) -> Flowable:
    begins = f"{label}: "
    room = look.TEXT_WIDTH - look.ENTRY.leftIndent - width(begins, BOLD, look.ENTRY.fontSize)
    shown = book.setter.markup(text, size=look.ENTRY.fontSize, room=room)
    return book.text(Markup(f"{book.markup(begins, bold=True)}{shown}"), look.ENTRY)
