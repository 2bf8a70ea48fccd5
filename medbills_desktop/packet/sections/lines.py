"""The disputed lines, one row each, with subtotals by reason; then the accepted ones, so that sums can be checked."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable

from medbills_desktop.domain.dates import plain_moment
from medbills_desktop.domain.disputed import is_disputed
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Line
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book, height_of
from medbills_desktop.packet.figures import BillFigures, bill_figures, code_words, counted, known_sum, quantity
from medbills_desktop.packet.points import mark_words
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS

_DISPUTED = (
    Column("No.", 30),
    Column("Date", 66),
    Column("Code", 52),
    Column("Description and reason", 0),
    Column("Units", 34, right=True),
    Column("Charge", 60, right=True),
    Column("Disputed", 60, right=True),
    Column("Exhibit, page", 46, right=True),
)
_ACCEPTED = (
    *_DISPUTED[:3],
    Column("Description", 0),
    *_DISPUTED[4:6],
    Column("Accepted", 60, right=True),
    _DISPUTED[7],
)
_BY_REASON = (
    Column("Reason", 0),
    Column("Lines", 60, right=True),
    Column("Charged", 92, right=True),
    Column("Disputed", 92, right=True),
)
_MOST_KEPT = 200.0
"""The disputed lines of a bill up to this height, in points, are not parted between two pages."""
_ALL = (
    Column("", 0),
    Column("Lines", 60, right=True),
    Column("Charged", 92, right=True),
    Column("Disputed", 92, right=True),
    Column("Accepted", 92, right=True),
)


def disputed_lines(book: Book) -> list[Flowable]:
    """Disputed and accepted lines of every bill that has some."""
    parts: list[Flowable] = []
    for figures in bill_figures(book.scope):
        lines = book.order.case.lines(figures.bill.id)
        disputed = [line for line in lines if is_disputed(line)]
        if disputed:
            parts += _of_bill(book, figures, lines, disputed)
    return [book.text("Disputed lines", look.SECTION), *parts] if parts else []


def _of_bill(book: Book, figures: BillFigures, lines: Sequence[Line], disputed: list[Line]) -> list[Flowable]:
    bill = figures.bill
    account = f", account {bill.account_number}" if bill.account_number else ""
    rows = [_row(book, line, disputed=True) for line in disputed]
    rows.append(_total("Disputed", disputed, "disputed"))
    table = book.table(_DISPUTED, rows)
    keep = min(40 + height_of([table]), _MOST_KEPT)
    parts = [*book.heading(f"{OURS}{book.name(bill.biller_id)}{account}", keep=keep), table]
    reasons = _by_reason(disputed)
    if len(reasons) > 2:
        parts += [*book.heading("By reason", look.SUBHEADING), book.table(_BY_REASON, reasons)]
    accepted = [line for line in lines if not is_disputed(line) and (line.mark == "ok" or line.accepted is not None)]
    if accepted:
        rows = [_row(book, line, disputed=False) for line in accepted]
        rows.append(_total("Accepted", accepted, "accepted"))
        parts += [*book.heading("Accepted lines", look.SUBHEADING), book.table(_ACCEPTED, rows)]
    return [*parts, *_together(book, lines, disputed, accepted)]


def _row(book: Book, line: Line, disputed: bool) -> Row:
    return Row(
        (
            book.line_names[line.id],
            plain_moment(line.date),
            code_words(line.code or line.revenue_code, line.modifiers),
            _described(line) if disputed else line.description,
            quantity(line.units),
            dollars(line.charge),
            dollars(line.disputed if disputed else line.accepted),
            book.line_link(line) or UNKNOWN,
        )
    )


def _described(line: Line) -> str:
    """The description as printed, the user's own words for it, and the mark in words with the reason."""
    own = f" ({line.my_words})" if line.my_words else ""
    received = f" Received: {quantity(line.received_units)}." if line.received_units is not None else ""
    why = ". ".join(filter(None, (mark_words(line), line.reason)))
    return "\n".join(filter(None, (f"{line.description}{own}", f"{why}{received}".strip())))


def _total(label: str, lines: list[Line], column: str) -> Row:
    return Row(
        (
            "",
            "",
            "",
            f"{label}, {counted(len(lines), 'line')}",
            "",
            dollars(known_sum(line.charge for line in lines)),
            dollars(known_sum(getattr(line, column) for line in lines)),
            "",
        ),
        "total",
    )


def _by_reason(disputed: list[Line]) -> list[Row]:
    groups: dict[str, list[Line]] = {}
    for line in disputed:
        groups.setdefault(mark_words(line, "Disputed"), []).append(line)
    rows = [_reason_row(words, lines) for words, lines in groups.items()]
    return [*rows, _reason_row("Together", disputed, total=True)]


def _reason_row(words: str, lines: list[Line], total: bool = False) -> Row:
    charged, disputed = known_sum(line.charge for line in lines), known_sum(line.disputed for line in lines)
    return Row((words, f"{len(lines):,}", dollars(charged), dollars(disputed)), "total" if total else "plain")


def _together(book: Book, lines: Sequence[Line], disputed: Sequence[Line], accepted: Sequence[Line]) -> list[Flowable]:
    """Every line of the bill in one sum, so that the totals of summary and money page can be followed."""
    told = {line.id for line in (*disputed, *accepted)}
    removed = [line for line in lines if line.id not in told and line.mark == "removed_by_biller"]
    others = [line for line in lines if line.id not in told and line.mark != "removed_by_biller"]
    groups = (
        ("Disputed lines", disputed),
        ("Accepted lines", accepted),
        ("Taken off by the biller", removed),
        ("Neither disputed nor accepted yet", others),
    )
    rows = [_sums(words, group) for words, group in groups if group]
    if len(rows) == 1 and not known_sum(line.accepted for line in disputed):
        return []
    rows.append(_sums("Together", lines, total=True))
    return [*book.heading("All lines together", look.SUBHEADING, keep=40 + 18 * len(rows)), book.table(_ALL, rows)]


def _sums(words: str, lines: Sequence[Line], total: bool = False) -> Row:
    shown = (known_sum(getattr(line, column) for line in lines) for column in ("charge", "disputed", "accepted"))
    return Row((words, f"{len(lines):,}", *(dollars(amount) for amount in shown)), "total" if total else "plain")
