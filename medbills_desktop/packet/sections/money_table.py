"""The three views of a bill in three columns, the heart of the packet."""

from __future__ import annotations

from reportlab.platypus import Flowable

from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import MoneyViews
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.tables import Column, Row

_COLUMNS = (
    Column("", 0),
    Column("Provider says", 92, right=True),
    Column("Insurer says", 92, right=True),
    Column("I say", 92, right=True),
)

_ROWS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("Charges", "charges", "billed", "", True),
    ("Adjustments, discount", "adjustments", "discount", "", False),
    ("Allowed amount", "", "allowed", "", True),
    ("Paid by insurer", "insurer_paid", "plan_paid", "", True),
    ("Paid by other insurance", "", "other_insurance_paid", "", False),
    ("Not covered", "", "not_covered", "", False),
    ("Deductible", "", "deductible", "", False),
    ("Copay", "", "copay", "", False),
    ("Coinsurance", "", "coinsurance", "", False),
    ("Paid by patient", "patient_paid", "", "paid", True),
    ("Disputed on lines", "", "", "disputed", True),
    ("Accepted on lines", "", "", "accepted", True),
)
_LAST = ("Asked; patient’s share; still open", "asked", "your_share", "still_open")


def side_by_side(book: Book, views: MoneyViews, short: bool = False) -> Flowable:
    """What provider, insurer and patient say; rows that nobody states are left out, and minor ones where `short`.

    So are minor rows with nothing but stated zeros; `leaves_out_zeros` tells whether there are any.
    """
    rows = []
    for label, provider, insurer, mine, major in _ROWS:
        cells = _cells(views, provider, insurer, mine)
        if any(cells) and (major or not (short or _is_zero(cells))):
            rows.append(Row((label, *cells)))
    last = _cells(views, *_LAST[1:])
    rows.append(Row((_LAST[0], *(cell or "–" for cell in last)), "total"))
    return book.table(_COLUMNS, rows)


def leaves_disputes_in(views: MoneyViews) -> bool:
    """Whether what is still open goes by the EOBs although lines are disputed: read alone it would look as if the whole
    of it were owed, so the packet says that what is disputed is not taken off."""
    return views.i_say.basis == "share" and bool(views.i_say.disputed)


def leaves_out_zeros(views: MoneyViews) -> bool:
    """Whether the table of all rows leaves out some because every figure stated in them is zero."""
    return any(_is_zero(_cells(views, *names)) for _, *names, major in _ROWS if not major)


def _is_zero(cells: list[str]) -> bool:
    return set(cells) - {""} == {dollars(Cents(0))}


def _cells(views: MoneyViews, *names: str) -> list[str]:
    """The three figures of a row; nothing where that side has no such figure or does not state it."""
    sides = (views.provider_says, views.insurer_says, views.i_say)
    return [_shown(getattr(side, name) if name else None) for side, name in zip(sides, names, strict=True)]


def _shown(amount: Cents | None) -> str:
    return "" if amount is None else dollars(amount)
