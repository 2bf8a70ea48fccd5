"""The columns of a list of calls, for the log and for the calls of one bill."""

from __future__ import annotations

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_moment
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.store.queries.calls import CallRow


def _when(row: CallRow) -> str:
    return plain_moment(row.started)


def _promises(row: CallRow) -> str:
    return "" if not row.promises else f"{row.promises} open"


CALL_COLUMNS = (
    Column("When", _when, lambda row: row.started.sort_text, whole=True),
    Column("With", lambda row: row.organization or "–", lambda row: (row.organization or "").casefold(), width=180),
    Column(
        "Spoke to",
        lambda row: row.representative or "–",
        lambda row: (row.representative or "").casefold(),
        width=120,
        rank=2,
    ),
    Column(
        "How", lambda row: words.CHANNEL.get(row.channel or "", "–"), lambda row: row.channel or "", width=76, rank=4
    ),
    Column(
        "Minutes",
        lambda row: f"{row.minutes:f}" if row.minutes is not None else "–",
        lambda row: row.minutes and float(row.minutes),
        True,
        70,
        rank=3,
    ),
    Column(
        "Reference",
        lambda row: row.reference_number or "–",
        lambda row: row.reference_number or "",
        width=104,
        rank=1,
        whole=True,
    ),
    Column("What was said", lambda row: row.said or "–", lambda row: row.said.casefold(), sentence=True),
    Column(
        "Promises", _promises, lambda row: row.promises, width=90, pill=lambda row: "amber" if row.promises else None
    ),
)
