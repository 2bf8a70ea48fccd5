"""The columns of a list of papers, for the Papers page and for the papers of one bill."""

from __future__ import annotations

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.store.queries.papers import PaperRow


def _kind(row: PaperRow) -> str:
    return words.DOCUMENT_KIND.get(row.kind or "", "–")


def _state(row: PaperRow) -> str:
    if not row.held:
        return "Not held"
    if row.trouble:
        return "Can't be shown"
    return "" if row.links else "Inbox"


def _tone(row: PaperRow) -> str | None:
    state = _state(row)
    return {"Not held": "amber", "Can't be shown": "amber", "Inbox": "accent"}.get(state)


PAPER_COLUMNS = (
    Column("No.", lambda row: row.paper_number or "–", lambda row: row.paper_number or "", width=70, whole=True),
    Column("Title", lambda row: row.title, lambda row: row.title.casefold()),
    Column("Kind", _kind, lambda row: _kind(row).casefold(), width=124, rank=1),
    Column(
        "Date", lambda row: plain_day(row.date), lambda row: row.date and row.date.toordinal(), width=106, whole=True
    ),
    Column("From", lambda row: row.sender or "–", lambda row: (row.sender or "").casefold(), width=150, rank=3),
    Column("Belongs to", lambda row: row.bills or "–", lambda row: row.bills.casefold(), width=170, rank=2),
    Column(
        "Pages", lambda row: str(row.pages) if row.pages else "–", lambda row: row.pages, right=True, width=62, rank=4
    ),
    Column("", _state, _state, width=118, pill=_tone),
)
BILL_PAPER_COLUMNS = tuple(column for column in PAPER_COLUMNS if column.title != "Belongs to")
"""The same beside one bill, where it goes without saying whom they belong to."""
