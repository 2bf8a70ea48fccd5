"""The summary: one page, always. The page that a judge or a supervisor reads when nobody reads anything else."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Organization
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book, height_of
from medbills_desktop.packet.figures import BillFigures, all_known, bill_figures, counted, known_sum
from medbills_desktop.packet.points import Point, finding_points, line_points, shortened
from medbills_desktop.packet.requests import reader, requests
from medbills_desktop.packet.sections.money_table import side_by_side
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS

_MOST_BILLS = 8
_MOST_POINTS = 12
_COLUMNS = (
    Column("", 20),
    Column("Point", 0),
    Column("Amount", 74, right=True),
    Column("Exhibit, page", 80, right=True),
)


def summary(book: Book) -> list[Flowable]:
    """One page: as many points and requests as fit; the page says where the rest stands."""
    asked = requests(book)
    points = line_points(book), finding_points(book)
    most_points, most_requests = min(_MOST_POINTS, sum(map(len, points))), min(4, len(asked))
    while True:
        page = _page(book, points, most_points, asked[:most_requests])
        if height_of(page) <= look.TEXT_HEIGHT or (most_points <= 1 and not most_requests):
            return page
        if most_requests > 1 or most_points <= 1:
            most_requests -= 1
        else:
            most_points -= 1


def _page(
    book: Book, points: tuple[tuple[Point, ...], tuple[Point, ...]], most: int, asked: tuple[str, ...]
) -> list[Flowable]:
    figures = bill_figures(book.scope)
    page: list[Flowable] = [book.text("Summary", look.SECTION), book.facts(_parties(book), 76), Spacer(0, 14)]
    page.append(_money(book, figures))
    rows = _rows(book, points, most, figures)
    if rows:
        page += [book.text("Points", look.HEADING), book.table(_COLUMNS, rows)]
    if asked:
        page.append(book.text("What is asked for", look.HEADING))
        page += [book.text(OURS + shortened(text), look.TIGHT) for text in asked]
    return page


def _parties(book: Book) -> list[tuple[str, str]]:
    case = book.order.case
    billers = dict.fromkeys(book.name(bill.biller_id) for bill in book.scope.bills)
    insurers = [case.find(Organization, policy.insurer_id) for policy in book.scope.policies]
    names = dict.fromkeys(insurer.name for insurer in insurers if insurer)
    accounts = [bill.account_number for bill in book.scope.bills if bill.account_number]
    to = [("For", shortened(reader(book), 120))] if book.order.audience in ("regulator", "court", "advocate") else []
    return [
        *to,
        ("Patients" if len(book.patients) > 1 else "Patient", shortened(", ".join(book.patients), 120)),
        ("Billers" if len(billers) > 1 else "Biller", shortened(", ".join(billers), 160)),
        ("Accounts" if len(accounts) > 1 else "Account", shortened(", ".join(accounts), 120)),
        ("Insurers" if len(names) > 1 else "Insurer", shortened(", ".join(names), 120)),
    ]


def _money(book: Book, figures: tuple[BillFigures, ...]) -> Flowable:
    if len(figures) == 1:
        return side_by_side(book, figures[0].views, short=True)
    columns = (
        Column("Bill", 0),
        Column("Provider asks", 82, right=True),
        Column("Insurer: patient’s share", 104, right=True),
        Column("I say: still open", 84, right=True),
        Column("Disputed", 76, right=True),
    )
    rows = [_bill_row(book, each) for each in figures[:_MOST_BILLS]]
    if len(figures) > _MOST_BILLS:
        rows.append(Row((f"and {counted(len(figures) - _MOST_BILLS, 'further bill')}", "", "", "", "")))
    sums = (
        all_known(each.asked for each in figures),
        all_known(each.share for each in figures),
        all_known(each.views.i_say.still_open for each in figures),
        known_sum(each.disputed for each in figures),
    )
    rows.append(Row(("Together", *(dollars(amount) for amount in sums)), "total"))
    return book.table(columns, rows)


def _bill_row(book: Book, figures: BillFigures) -> Row:
    bill = figures.bill
    name = shortened(book.name(bill.biller_id), 70)
    account = f", {bill.account_number}" if bill.account_number else ""
    return Row(
        (
            f"{OURS}{name}{account}",
            dollars(figures.asked),
            dollars(figures.share),
            dollars(figures.views.i_say.still_open),
            dollars(figures.disputed),
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
