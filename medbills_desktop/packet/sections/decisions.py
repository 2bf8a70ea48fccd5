"""What was asked of others besides the biller: appeals of claims, and applications for financial assistance."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.domain.appeal_levels import kind_of_claim, level_named
from medbills_desktop.domain.appeal_words import OUTCOME
from medbills_desktop.domain.assistance_way import STATE
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Appeal, Assistance, AssistancePaper, Letter
from medbills_desktop.packet.book import UNKNOWN, Book
from medbills_desktop.packet.figures import quantity
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import Markup

_LONGEST = 400

APPEALS = (
    Column("Level", 100),
    Column("Claim", 0),
    Column("Filed", 66),
    Column("Decided", 66),
    Column("Outcome", 90),
    Column("Exhibit, page", 57, right=True),
)
ASSISTANCE = (
    Column("Applied", 66),
    Column("To", 0),
    Column("Papers", 150),
    Column("Decided", 66),
    Column("Outcome", 80),
    Column("Exhibit, page", 57, right=True),
)


def appeals(book: Book, bill_id: int) -> list[Row]:
    """The levels of appeal of the claims of a bill, in the order of entry."""
    case, rows = book.order.case, []
    for claim in case.claims(bill_id):
        for appeal in case.of(Appeal, "claim_id", claim.id):
            name = level_named(kind_of_claim(case, claim), appeal.level).name
            reason = f"{claim.number or 'EOB'}\n{shortened(appeal.reason, _LONGEST)}" if appeal.reason else claim.number
            rows.append(
                Row(
                    (
                        name,
                        reason or UNKNOWN,
                        plain_day(appeal.filed),
                        plain_day(appeal.decided),
                        OUTCOME.get(appeal.outcome or "", "Not decided" if appeal.filed else "Not filed"),
                        _proof(book, appeal) or UNKNOWN,
                    )
                )
            )
    return rows


def _proof(book: Book, appeal: Appeal) -> Markup | None:
    """The paper of the decision, else the letter by which the appeal was filed."""
    letter = book.order.case.find(Letter, appeal.letter_id)
    return book.record_link(appeal) or (book.record_link(letter) if letter else None)


def assistance(book: Book, bill_id: int) -> list[Row]:
    """Applications for financial assistance with the papers that were asked for and sent; what one thinks about is
    left out."""
    return [
        Row(
            (
                plain_day(application.applied),
                book.name(application.organization_id),
                "\n".join(_papers(book, application)) or UNKNOWN,
                plain_day(application.decided),
                _outcome(application),
                book.record_link(application) or UNKNOWN,
            )
        )
        for application in book.order.case.of(Assistance, "bill_id", bill_id)
        if application.status != "considering"
    ]


def _outcome(application: Assistance) -> str:
    words = STATE.get(application.status or "", UNKNOWN)
    percent = application.discount_percent
    return f"{words}, {quantity(percent)}% off" if percent is not None else words


def _papers(book: Book, application: Assistance) -> Iterator[str]:
    """What was sent, and what was asked for and not sent; the papers themselves are private and no exhibits."""
    for paper in book.order.case.of(AssistancePaper, "assistance_id", application.id):
        state = f"sent {plain_day(paper.sent)}" if paper.sent else "not sent"
        asked = f", asked {plain_day(paper.asked)}" if paper.asked else ""
        yield f"{shortened(paper.text, 120)}: {state}{asked}"
