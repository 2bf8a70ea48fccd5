"""Lines of a bill as a letter names them, and what they charge beside the prices that were noted for them."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.letter_templates import LetterWords
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.price_comparison import compare_all
from medbills_desktop.domain.records import Bill, Line, Price, Visit

_ITEM = "• "


def line_words(line: Line, place: int | None, words: LetterWords) -> str:
    """A line as a letter names it: number, date, code, what is printed, and the charge."""
    number = line.number if line.number is not None else place
    parts = [
        words.say("line", number=number) if number is not None else "",
        _line_day(line.date, words),
        " ".join(part for part in (line.code, *(line.modifiers or ())) if part),
        " ".join(line.description.split()),
        dollars(line.charge, ""),
    ]
    return ", ".join(part for part in parts if part)


def price_lines(case: Case, bill: Bill, words: LetterWords) -> str:
    """A list of the lines that charge more than a price noted for their code, each with its source and day.

    Only prices that can be compared with the line stand in it, of each line the highest one; empty where there is none.
    """
    return "\n".join(_price_lines(case, bill, words))


def _price_lines(case: Case, bill: Bill, words: LetterWords) -> Iterator[str]:
    visit, prices = case.find(Visit, bill.visit_id), case.all(Price)
    for place, line in enumerate(case.lines(bill.id), 1):
        compared = [one for one in compare_all(line, visit, prices) if one.more is not None]
        if compared and (compared[0].more or 0) > 0:
            price = compared[0].price
            told = line_words(line, place, words)
            yield _ITEM + words.say("price", line=told, price=dollars(price.amount), source=_source(price, words))


def _source(price: Price, words: LetterWords) -> str:
    day = words.day(price.date) if price.date else ""
    return ", ".join(part for part in (price.source.strip(), (price.place or "").strip(), day) if part)


def _line_day(moment: Moment | None, words: LetterWords) -> str:
    return words.day(moment.day) if moment else ""
