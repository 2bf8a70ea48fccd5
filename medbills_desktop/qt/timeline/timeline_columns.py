"""The columns of the timeline, over events and the headings of their months."""

from __future__ import annotations

from collections.abc import Mapping

from medbills_desktop.domain.dates import plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.timeline import KIND, NO_DAY, MonthHeading, Row, TimelineEvent
from medbills_desktop.qt.rows_model import Column

TONE: Mapping[str, str] = {
    "visit": "accent",
    "estimate": "accent",
    "claim": "accent",
    "statement": "accent",
    "collection": "red",
    "payment": "green",
    "offer": "amber",
    "assistance": "accent",
    "appeal": "amber",
    "letter": "green",
    "call": "green",
    "promise": "amber",
    "task": "amber",
    "document": "accent",
    "deadline": "red",
}
_STATE_TONE: Mapping[str, str] = {"kept": "green", "broken": "red"}
"""Tones of promises that are kept or broken."""


def _when(row: Row) -> str:
    if isinstance(row, MonthHeading):
        return row.words
    return plain_moment(row.when, NO_DAY)


def _order(row: Row) -> str | None:
    if isinstance(row, MonthHeading):
        return row.order
    return row.when.sort_text if row.when else None


def _kind(row: Row) -> str:
    return KIND[row.kind] if isinstance(row, TimelineEvent) else ""


def _tone(row: Row) -> str | None:
    if isinstance(row, MonthHeading):
        return None
    return _STATE_TONE.get(row.state, TONE[row.kind]) if row.kind == "promise" else TONE[row.kind]


def _who(row: Row) -> str:
    return (row.who or "–") if isinstance(row, TimelineEvent) else ""


def _what(row: Row) -> str:
    return row.what if isinstance(row, TimelineEvent) else ""


def _amount(row: Row) -> str:
    return dollars(row.amount, "") if isinstance(row, TimelineEvent) else ""


def _paper(row: Row) -> str:
    return "Yes" if isinstance(row, TimelineEvent) and row.document_id is not None else ""


def _text_order(text: str) -> str | None:
    return text.casefold() or None


EVENT_COLUMNS = (
    Column("When", _when, _order, whole=True, strong=lambda row: isinstance(row, MonthHeading)),
    Column("What", _kind, lambda row: _text_order(_kind(row)), width=112, pill=_tone),
    Column(
        "Who",
        _who,
        lambda row: row.who.casefold() if isinstance(row, TimelineEvent) else None,
        width=150,
        rank=1,
    ),
    Column("Details", _what, lambda row: _text_order(_what(row)), sentence=True),
    Column(
        "Amount",
        _amount,
        lambda row: row.amount if isinstance(row, TimelineEvent) else None,
        right=True,
        width=104,
    ),
    Column("Paper", _paper, lambda row: _text_order(_paper(row)), width=64, rank=2),
)
