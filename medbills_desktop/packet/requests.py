"""What a packet asks for, in words that fit the reader: it asks, it never accuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.disputed import is_disputed
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Letter, Organization
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.figures import bill_figures, counted, known_sum
from medbills_desktop.packet.order import Audience
from medbills_desktop.packet.points import finding_points
from medbills_desktop.packet.typesetting import OURS, Markup

_READER: dict[Audience, str] = {
    "biller": "The billing office",
    "insurer": "The insurer",
    "regulator": "The regulator",
    "court": "The court",
    "advocate": "The advocate",
}
_FOR_LINES: dict[Audience, str] = {
    "biller": "Please review {lines} ({amount}) and send a corrected bill, or the records that support them.",
    "insurer": "Please review how {lines} ({amount}) were processed, and write what you decide and why.",
    "regulator": "Please look into {lines} ({amount}), which the biller has not settled.",
    "court": "Please consider {lines} ({amount}) as not owed.",
    "advocate": "Please look at {lines} ({amount}).",
}
_FOR_POINTS: dict[Audience, str] = {
    "biller": "Please answer {points} of the summary.",
    "insurer": "Please answer {points} of the summary, and write what you decide and why.",
    "regulator": "Please look into {points} of the summary.",
    "court": "Please consider {points} of the summary.",
    "advocate": "Please look at {points} of the summary.",
}
_TO_ANSWER: dict[Audience, str] = {
    "biller": "Please answer in writing{by}, and keep the account out of collections until then.",
    "insurer": "Please answer in writing{by}.",
    "regulator": "Please let me know{by} what else you need.",
    "court": "",
    "advocate": "Please tell me{by} what you would do next.",
}


@dataclass(frozen=True, slots=True)
class Requests:
    """What is asked of the reader and by when, most important first; and the questions that the findings lead to.

    The questions are put to whoever billed or decided: for a court or a regulator they are what is still open.
    """

    first: tuple[str, ...]
    questions: tuple[str, ...]


def reader(book: Book, most: int = 12) -> str:
    """Whom the packet is for, by name where the case knows it; several each on a line, up to `most` lines."""
    names = list(dict.fromkeys(organization.name for organization in reader_organizations(book)))
    if len(names) > most:
        names[most - 1 :] = [f"and {len(names) - most + 1} more"]
    return "\n".join(names) or _READER[book.order.audience]


def reader_organizations(book: Book) -> tuple[Organization, ...]:
    """The billers or the insurers of the packet; nobody for the other readers, whom the case doesn't name."""
    ids: list[int] = []
    if book.order.audience == "biller":
        ids = [bill.biller_id for bill in book.scope.bills]
    elif book.order.audience == "insurer":
        ids = [policy.insurer_id for policy in book.scope.policies]
    found = (book.order.case.find(Organization, organization_id) for organization_id in dict.fromkeys(ids))
    return tuple(organization for organization in found if organization)


def questions_heading(book: Book) -> str:
    """What the questions of the findings are for this reader: for most they are put to somebody else."""
    return "Questions" if book.order.audience in ("biller", "insurer") else "Questions that are open"


def requests(book: Book) -> Requests:
    """What is asked for; nothing where nothing is disputed and nothing was found."""
    questions = tuple(dict.fromkeys(finding.ask for finding in book.order.findings if finding.ask))
    first = list(_about_lines_and_points(book))
    if first or questions or book.order.audience in ("regulator", "advocate"):
        by = f" by {plain_day(book.order.reply_by)}" if book.order.reply_by else ""
        first.append(_TO_ANSWER[book.order.audience].format(by=by))
    if first or questions:
        first += _letters_to_answer(book)
    return Requests(tuple(filter(None, first)), questions)


def _about_lines_and_points(book: Book) -> Iterator[str]:
    audience = book.order.audience
    disputed = sum(1 for line in book.scope.lines if is_disputed(line))
    points = len(finding_points(book)) if book.has("summary") else 0
    if disputed:
        amount = known_sum(figures.disputed for figures in bill_figures(book.scope))
        lines = f"the {counted(disputed, 'disputed line')}"
        shown = dollars(amount) if amount is not None else "amount open"
        yield _FOR_LINES[audience].format(lines=lines, amount=shown)
    if points:
        which = "the other" if disputed else "the"
        named = f"{which} point" if points == 1 else f"{which} {points} points"
        yield _FOR_POINTS[audience].format(points=named)


def _letters_to_answer(book: Book) -> Iterator[str]:
    """The latest letter to each reader to which no answer is noted and that asks for one by a day still to come."""
    readers = {organization.id: organization.name for organization in reader_organizations(book)}
    latest: dict[int, Letter] = {}
    answered = {letter.answers_to_id for letter in book.scope.letters}
    for letter in book.scope.letters:
        is_open = letter.status == "sent" and letter.date and letter.id not in answered
        due = letter.reply_due
        if is_open and letter.recipient_id in readers and due and due >= book.order.prepared_on:
            latest[letter.recipient_id] = letter
    for recipient_id, letter in latest.items():
        whom = f" to {readers[recipient_id]}" if len(readers) > 1 else ""
        told = f"My letter of {plain_day(letter.date)}{whom} asks for an answer by {plain_day(letter.reply_due)}"
        proof = book.record_link(letter, long=True)
        yield Markup(f"{book.markup(OURS + told)} ({proof}).") if proof else f"{told}."
