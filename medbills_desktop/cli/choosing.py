"""Which bills and which day a command means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from medbills_desktop.domain.errors import NotFoundError, UserError
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.store.library import Library

_LISTED = 20


def bills_named(library: Library, names: Sequence[str]) -> tuple[int, ...]:
    """Ids in the library of bills named by their id of the case file or their account number, in the order given.

    Raises `UserError` for a name that no bill has, and for an account number that several have.
    """
    bills = library.read(lambda reader: reader.find(Bill))
    return tuple(dict.fromkeys(_named(bills, name) for name in names))


def papers_named(library: Library, names: Sequence[str]) -> tuple[int, ...]:
    """Ids in the library of papers named by their paper number or their id of the case file.

    Raises `NotFoundError` for a name that no paper has.
    """
    papers = library.read(lambda reader: reader.find(Document)) if names else []
    by_name = {name: paper.id for paper in papers for name in (paper.paper_number, paper.ref) if name}
    if missing := next((name for name in names if name not in by_name), None):
        raise NotFoundError(
            f"There is no paper “{missing}” in this library.", "Name it by its number, such as P0001, or by its id."
        )
    return tuple(dict.fromkeys(by_name[name] for name in names))


def day_of(library: Library, asked: date | None) -> date:
    """The day asked for, else the one that the case fixes, else today."""
    if asked:
        return asked
    kept = library.read(lambda reader: reader.info("today"))
    return date.fromisoformat(kept) if kept else date.today()  # noqa: DTZ011 - the day of this place is meant


def _named(bills: Sequence[Bill], name: str) -> int:
    for bill in bills:
        if bill.ref == name:
            return bill.id
    found = [bill for bill in bills if bill.account_number and bill.account_number.strip() == name.strip()]
    if len(found) == 1:
        return found[0].id
    if found:
        refs = ", ".join(bill.ref for bill in found)
        raise UserError(f"Several bills have the account number “{name}”.", f"Name one of them by its id: {refs}.")
    refs = ", ".join(bill.ref for bill in bills[:_LISTED]) or "none"
    more = f" and {len(bills) - _LISTED} more" if len(bills) > _LISTED else ""
    raise NotFoundError(f"There is no bill “{name}” in this library.", f"Its bills are: {refs}{more}.")
