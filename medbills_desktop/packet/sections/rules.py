"""What the rules say: the rule cards behind the dates of these bills, with their source and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Bill
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book, height_of
from medbills_desktop.packet.order import PacketRule
from medbills_desktop.packet.typesetting import OURS

_SAID = (
    "These rules stand behind dates in the records of these bills. Each is told in general words, with the place where "
    "it can be read and the day on which that was last done. This is information and no legal advice: what counts is "
    "the text at the source, and whether it applies here is for the reader to say."
)
_MOST_KEPT = 300.0
_LABELS = 92.0


def rules(book: Book) -> list[Flowable]:
    """Each card once, with the dates that it gave for each of the bills; nothing where no clock ran."""
    by_card: dict[str, list[PacketRule]] = {}
    for rule in book.order.rules:
        by_card.setdefault(rule.card_id, []).append(rule)
    if not by_card:
        return []
    page: list[Flowable] = [book.text("What the rules say", look.SECTION), book.text(_SAID)]
    for cards in by_card.values():
        page += _card(book, cards)
    return page


def _card(book: Book, cards: Sequence[PacketRule]) -> list[Flowable]:
    card = cards[0]
    changed = "Changed by the user of the program; not the text that it came with." if card.corrected else ""
    parts: list[Flowable] = [
        book.text(OURS + card.name, look.HEADING),
        book.text(OURS + card.text),
        book.facts(
            [
                ("For these bills", "\n".join(dict.fromkeys(filter(None, (_dates(book, one) for one in cards))))),
                ("Who is bound", card.binds),
                ("Source", card.citation),
                ("To be read at", card.where),
                ("Checked on", plain_day(card.checked)),
                ("How sure", card.sureness),
                ("Note", changed),
            ],
            _LABELS,
        ),
    ]
    return [CondPageBreak(min(height_of(parts), _MOST_KEPT)), *parts]


def _dates(book: Book, rule: PacketRule) -> str:
    """What started the clock and when it ends; of which bill, where there are several."""
    whose = ""
    bill = book.order.case.find(Bill, rule.bill_id)
    if bill and len(book.scope.bills) > 1:
        whose = f"{book.name(bill.biller_id)} {bill.account_number or ''}".strip() + ": "
    told = " ".join(filter(None, (rule.started, rule.ends)))
    return f"{OURS}{whose}{told}" if told else ""
