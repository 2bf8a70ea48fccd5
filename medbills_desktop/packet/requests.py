"""What a packet asks for, in words that fit the reader: it asks, it never accuses."""

from __future__ import annotations

from medbills_desktop.domain.disputed import is_disputed
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Organization
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.figures import bill_figures, counted, known_sum
from medbills_desktop.packet.order import Audience

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
_ALWAYS: dict[Audience, tuple[str, ...]] = {
    "biller": ("Please answer in writing, and keep the account out of collections until then.",),
    "insurer": ("Please answer in writing.",),
    "regulator": ("Please let me know what else you need.",),
    "court": (),
    "advocate": ("Please tell me what you would do next.",),
}


def reader(book: Book) -> str:
    """Whom the packet is for, by name where the case knows it."""
    names = tuple(dict.fromkeys(organization.name for organization in reader_organizations(book)))
    return ", ".join(names) or _READER[book.order.audience]


def reader_organizations(book: Book) -> tuple[Organization, ...]:
    """The billers or the insurers of the packet; nobody for the other readers, whom the case doesn't name."""
    ids: list[int] = []
    if book.order.audience == "biller":
        ids = [bill.biller_id for bill in book.scope.bills]
    elif book.order.audience == "insurer":
        ids = [policy.insurer_id for policy in book.scope.policies]
    found = (book.order.case.find(Organization, organization_id) for organization_id in dict.fromkeys(ids))
    return tuple(organization for organization in found if organization)


def requests(book: Book) -> tuple[str, ...]:
    """The requests, most important first: about the disputed lines, what each finding asks, then how to answer."""
    audience = book.order.audience
    asked: list[str] = []
    disputed = [line for line in book.scope.lines if is_disputed(line)]
    if disputed:
        amount = known_sum(figures.disputed for figures in bill_figures(book.scope))
        lines = f"the {counted(len(disputed), 'disputed line')}"
        shown = dollars(amount) if amount is not None else "amount open"
        asked.append(_FOR_LINES[audience].format(lines=lines, amount=shown))
    asked.extend(finding.ask for finding in book.order.findings if finding.ask)
    asked.extend(_ALWAYS[audience])
    return tuple(dict.fromkeys(asked))
