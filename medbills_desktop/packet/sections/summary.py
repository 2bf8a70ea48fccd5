"""The summary: one page, always. The page that a judge or a supervisor reads when nobody reads anything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Organization
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book, height_of
from medbills_desktop.packet.figures import BillFigures, all_known, bill_figures, counted, known_sum
from medbills_desktop.packet.points import Point, finding_points, line_points, shortened
from medbills_desktop.packet.requests import Requests, questions_heading, reader, requests
from medbills_desktop.packet.sections.money_table import leaves_disputes_in, side_by_side
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS, Markup

_MOST_BILLS = 8
_MOST_POINTS, _MOST_QUESTIONS = 15, 4
_COLUMNS = (
    Column("", 22),
    Column("Point", 0),
    Column("Amount", 62, right=True),
    Column("Exhibit, page", 68, right=True),
)
_DISPUTES_LEFT_IN = "Still open goes by the EOBs, less what was paid; what is disputed is not taken off it."
_NOTHING = "No line is disputed, and nothing was found that does not add up."


def summary(book: Book) -> list[Flowable]:
    """One page: what is asked for, and as many points and questions as fit; the page says where the rest stands."""
    asked = requests(book)
    points = line_points(book), finding_points(book)
    most_points, questions = min(_MOST_POINTS, sum(map(len, points))), min(_MOST_QUESTIONS, len(asked.questions))
    while True:
        page = _page(book, points, most_points, replace(asked, questions=asked.questions[:questions]))
        if height_of(page) <= look.TEXT_HEIGHT or (most_points <= 1 and not questions):
            return page
        if questions:
            questions -= 1
        else:
            most_points -= 1


def _page(
    book: Book, points: tuple[tuple[Point, ...], tuple[Point, ...]], most: int, asked: Requests
) -> list[Flowable]:
    figures = bill_figures(book.scope)
    page: list[Flowable] = [
        book.text("Summary", look.SECTION),
        book.facts(_parties(book, figures), 84),
        Spacer(0, 10),
        _money(book, figures),
    ]
    if any(leaves_disputes_in(each.views) for each in figures):
        page.append(book.text(_DISPUTES_LEFT_IN, look.NOTE_AFTER))
    if asked.first:
        page += [book.text("What is asked for", look.HEADING), *_texts(book, asked.first)]
    rows, number = _rows(book, points, most, figures), sum(map(len, points))
    if rows:
        page += [book.text(counted(number, "point"), look.HEADING), book.table(_COLUMNS, rows)]
    else:
        page.append(book.text(_NOTHING, look.AFTER_TABLE))
    if asked.questions:
        page += [book.text(questions_heading(book), look.HEADING), *_texts(book, asked.questions)]
    return page


def _texts(book: Book, texts: Sequence[str]) -> list[Flowable]:
    return book.items(text if isinstance(text, Markup) else OURS + shortened(text) for text in texts)


def _parties(book: Book, figures: Sequence[BillFigures]) -> list[tuple[str, str]]:
    """Who it is about and when; billers and accounts stand in the table of the bills where there are several."""
    case = book.order.case
    bill = figures[0].bill if len(figures) == 1 else None
    days = {each.service for each in figures}
    insurers = [case.find(Organization, policy.insurer_id) for policy in book.scope.policies]
    names = dict.fromkeys(insurer.name for insurer in insurers if insurer)
    to = [("For", shortened(reader(book), 120))] if book.order.audience in ("regulator", "court", "advocate") else []
    return [
        *to,
        ("Patients" if len(book.patients) > 1 else "Patient", shortened(", ".join(book.patients), 120)),
        ("Biller", shortened(book.name(bill.biller_id), 160) if bill else ""),
        ("Account", shortened(bill.account_number or "", 120) if bill else ""),
        ("Service dates", days.pop() if len(days) == 1 else ""),
        ("Insurers" if len(names) > 1 else "Insurer", shortened(", ".join(names), 120)),
    ]


def _money(book: Book, figures: tuple[BillFigures, ...]) -> Flowable:
    if len(figures) == 1:
        return side_by_side(book, figures[0].views, short=True)
    columns = (
        Column("Biller, account", 0),
        Column("Provider asks", 58, right=True),
        Column("Patient’s share by the EOBs", 70, right=True),
        Column("Disputed on lines", 58, right=True),
        Column("Accepted on lines", 62, right=True),
        Column("I say: still open", 58, right=True),
    )
    rows = [_bill_row(book, each) for each in figures[:_MOST_BILLS]]
    if len(figures) > _MOST_BILLS:
        rows.append(Row((f"and {counted(len(figures) - _MOST_BILLS, 'further bill')}", "", "", "", "", "")))
    sums = (
        all_known(each.asked for each in figures),
        all_known(each.share for each in figures),
        known_sum(each.disputed for each in figures),
        known_sum(each.views.i_say.accepted for each in figures),
        all_known(each.views.i_say.still_open for each in figures),
    )
    rows.append(Row(("Together", *(dollars(amount) for amount in sums)), "total"))
    return book.table(columns, rows)


def _bill_row(book: Book, figures: BillFigures) -> Row:
    bill = figures.bill
    name = shortened(book.name(bill.biller_id), 70)
    account = f"\n{shortened(bill.account_number, 40)}" if bill.account_number else ""
    return Row(
        (
            f"{OURS}{name}{account}",
            dollars(figures.asked),
            dollars(figures.share),
            dollars(figures.disputed),
            dollars(figures.views.i_say.accepted),
            dollars(figures.views.i_say.still_open),
        )
    )


def _rows(
    book: Book, points: tuple[tuple[Point, ...], tuple[Point, ...]], most: int, figures: tuple[BillFigures, ...]
) -> list[Row]:
    on_lines, others = points
    rows: list[Row] = []
    for number, point in enumerate((*on_lines, *others)[:most], 1):
        rows.append(Row((str(number), OURS + point.text, dollars(point.amount), point.proof or UNKNOWN)))
        if number == len(on_lines) and on_lines:
            disputed = known_sum(each.disputed for each in figures)
            rows.append(Row(("", "Disputed on lines", dollars(disputed), ""), "total"))
    left = len(on_lines) + len(others) - most
    if left > 0:
        target = "lines" if most < len(on_lines) else "findings"
        where = f", page {book.page(target)}" if book.has(target) else ""
        more = book.link(f"{counted(left, 'further point')}{where}", target)
        rows.append(Row(("", more, "", "")))
    return rows
