"""The columns of a list of letters, for the Letters page and for the letters of one bill."""

from __future__ import annotations

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.letter_templates import kind_name
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.store.queries.letters import LetterRow

STATE_ORDER = ("draft", "sent", "received")


def subject_of(row: LetterRow) -> str:
    """What a letter is called in lists: its subject, else its kind."""
    return row.subject or kind_name(row.kind)


def answer_of(row: LetterRow) -> str:
    """What became of a letter: answered (and how many of its points), awaited, overdue; for a reply what it answers."""
    if row.status == "received":
        return f"Answers “{row.answers}”" if row.answers else ""
    if row.noted:
        return f"Answered {row.settled} of {row.asked} {'point' if row.asked == 1 else 'points'}"
    if row.answered or row.replies:
        return f"Answered {plain_day(row.answered, '')}".strip()
    if row.status == "draft" or row.reply_due is None:
        return ""
    return f"Overdue {plain_day(row.reply_due)}" if row.overdue else f"Due {plain_day(row.reply_due)}"


def _tone(row: LetterRow) -> str | None:
    if row.noted and row.settled < row.asked:
        return "amber"
    if row.replies:
        return "green"
    return "red" if row.overdue else None


LETTER_COLUMNS = (
    Column(
        "State",
        lambda row: words.LETTER_STATUS.get(row.status, row.status),
        lambda row: STATE_ORDER.index(row.status),
        width=92,
        pill=lambda row: words.LETTER_TONE.get(row.status),
    ),
    Column("Subject", subject_of, lambda row: subject_of(row).casefold(), sentence=True),
    Column("To or from", lambda row: row.other_side or "–", lambda row: (row.other_side or "").casefold(), width=180),
    Column(
        "Date",
        lambda row: plain_day(row.date),
        lambda row: row.date.isoformat() if row.date else None,
        whole=True,
        rank=1,
    ),
    Column("Answer", answer_of, lambda row: answer_of(row).casefold(), width=176, tone=_tone),
    Column(
        "How",
        lambda row: words.LETTER_METHOD.get(row.method or "", "–"),
        lambda row: row.method or "",
        width=104,
        rank=2,
    ),
)
