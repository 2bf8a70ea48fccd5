"""What a fax needs on its first page: the number that it goes to, and how many pages are to arrive."""

from __future__ import annotations

from medbills_desktop.packet.book import Book
from medbills_desktop.packet.requests import reader_organizations


def fax_lines(book: Book) -> list[tuple[str, str]]:
    """Fax number of the reader, where the records have one, and the number of pages with this one."""
    found = reader_organizations(book)
    number = (found[0].fax or "").strip() if len(found) == 1 else ""
    pages = book.plan.pages or "000"
    return [("By fax to", number), ("Pages", f"{pages} with this one")]
