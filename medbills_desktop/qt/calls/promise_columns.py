"""The columns of the list of promises."""

from __future__ import annotations

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.store.queries.promises import PromiseRow

STATE_WORDS = {"late": "Late", "open": "Open", "kept": "Kept", "broken": "Not kept"}
STATE_TONE = {"late": "red", "open": "amber", "kept": "green", "broken": "red"}
ORDER = tuple(STATE_WORDS)
SHOWN_BY = "What shows it"


def _state(row: PromiseRow) -> str:
    if row.state == "late":
        return "1 day late" if row.late == 1 else f"{row.late:,} days late"
    return STATE_WORDS[row.state]


def _who(row: PromiseRow) -> str:
    return " · ".join(part for part in (row.by, row.organization) if part) or "–"


def _proof(row: PromiseRow) -> str:
    return row.shown.words if row.shown else "–"


PROMISE_COLUMNS = (
    Column("What", lambda row: row.text, lambda row: row.text.casefold(), sentence=True),
    Column("By", _who, lambda row: _who(row).casefold(), width=170, rank=2),
    Column("Promised", lambda row: plain_day(row.made.day), lambda row: row.made.sort_text, rank=4, whole=True),
    Column("Due", lambda row: plain_day(row.due), lambda row: row.due.isoformat() if row.due else None, whole=True),
    Column(
        "State",
        _state,
        lambda row: (ORDER.index(row.state), -row.late),
        width=96,
        pill=lambda row: STATE_TONE[row.state],
    ),
    Column(
        SHOWN_BY,
        _proof,
        lambda row: row.shown.words.casefold() if row.shown else None,
        width=170,
        rank=1,
        tone=lambda row: "accent" if row.shown and row.shown.kind else None,
    ),
)
