"""The cover: who writes to whom, about which account, with which figures, and how large the packet is."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.authorizations import authorization_words, in_force
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Authorization, Person
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book, height_of
from medbills_desktop.packet.figures import BillFigures, all_known, bill_figures, counted, known_sum
from medbills_desktop.packet.lettering import by_name_only
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.requests import questions_heading, reader, reader_organizations, requests
from medbills_desktop.packet.sections.fax_lines import fax_lines
from medbills_desktop.packet.sections.figure_row import FigureRow
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS, Markup

_MOST_QUESTIONS = 5
_MOST_BILLS, _MOST_READERS = 14, 5
_MOST_VOLUMES = 6
_MOST_LINES, _MOST_OF_LINE = 6, 120


def cover(book: Book) -> list[Flowable]:
    """The first page of the packet, from which a billing office routes it: as many bills and questions as fit on it."""
    figures = bill_figures(book.scope)
    bills, questions = min(_MOST_BILLS, len(figures)), _MOST_QUESTIONS
    while True:
        page = _page(book, figures, bills, questions)
        if height_of(page) <= look.TEXT_HEIGHT or (bills <= 1 and not questions):
            return page
        if questions:
            questions -= 1
        else:
            bills -= 1


def _page(book: Book, figures: tuple[BillFigures, ...], bills: int, questions: int) -> list[Flowable]:
    page: list[Flowable] = [
        book.text("Evidence packet", look.TITLE),
        book.text(_about(book, figures), look.LEAD),
        Spacer(0, 12),
        book.facts(_routing(book, figures)),
        Spacer(0, 22),
        FigureRow(_figures(figures)),
    ]
    if len(figures) > 1:
        page += [Spacer(0, 14), _bills_table(book, figures, bills)]
    return [*page, Spacer(0, 8), *_requests(book, questions), Spacer(0, 10), book.text(_size(book))]


def _figures(figures: tuple[BillFigures, ...]) -> tuple[tuple[str, str], ...]:
    """What was billed, is asked and is disputed; and what is asked above the patient’s share, where that is known."""
    disputed = known_sum(each.disputed for each in figures)
    parted = (each.views.difference.amount for each in figures)
    above = known_sum(amount for amount in parted if amount and amount > 0)
    shown = [
        ("Billed", dollars(all_known(each.billed for each in figures))),
        ("Asked", dollars(all_known(each.asked for each in figures))),
    ]
    if disputed is not None or above is None:
        shown.append(("Disputed on lines", dollars(disputed)))
    if above is not None:
        shown.append(("Asked above the EOBs", dollars(above)))
    return tuple(shown)


def _about(book: Book, figures: tuple[BillFigures, ...]) -> str:
    if len(figures) == 1:
        return f"About the bill of {book.name(figures[0].bill.biller_id)}"
    billers = list(dict.fromkeys(book.name(each.bill.biller_id) for each in figures))
    whose = " and ".join(billers) if len(billers) < 3 else counted(len(billers), "biller")
    return f"About {counted(len(figures), 'bill')} of {whose}"


def _routing(book: Book, figures: tuple[BillFigures, ...]) -> list[tuple[str, str]]:
    """What a reader files the packet by. Member ids go to insurers and helpers only, birth dates to nobody."""
    patients = ", ".join(book.patients) or UNKNOWN
    sender = book.sender or patients
    answers_to = (shortened(line, _MOST_OF_LINE) for line in book.order.sender[1:_MOST_LINES])
    pairs = [("To", _address(book) or reader(book, _MOST_READERS)), ("From", "\n".join((sender, *answers_to)))]
    if book.order.fax:
        pairs[1:1] = fax_lines(book)
    if sender != patients:
        pairs.append(("Patients" if len(book.patients) > 1 else "Patient", patients))
    if len(figures) == 1:
        pairs.append(("Account number", figures[0].bill.account_number or UNKNOWN))
        pairs.append(("Service dates", figures[0].service or UNKNOWN))
        pairs.append(("First bill", plain_day(figures[0].bill.first_bill_date, "")))
    numbers = dict.fromkeys(claim.number for claim in book.scope.claims if claim.number)
    pairs.append(("Claim numbers" if len(numbers) > 1 else "Claim number", ", ".join(list(numbers)[:12])))
    if book.order.audience in ("insurer", "advocate"):
        members = dict.fromkeys(policy.member_id for policy in book.scope.policies if policy.member_id)
        pairs.append(("Member id", ", ".join(members)))
    if book.order.audience == "advocate":
        pairs.append(("May speak for the patient", _helpers(book)))
    pairs.append(("Prepared on", plain_day(book.order.prepared_on)))
    return pairs


def _helpers(book: Book) -> str:
    """Who may speak for the patients of the bills, by the authorizations on record, and until when."""
    case, told = book.order.case, []
    for person_id in dict.fromkeys(bill.person_id for bill in book.scope.bills):
        patient = case.find(Person, person_id)
        for one in in_force(case.of(Authorization, "person_id", person_id), book.order.prepared_on):
            words = authorization_words(
                one, book.name(one.helper_id), patient.name if patient else UNKNOWN, book.order.prepared_on
            )
            told.append(f"{words} {one.scope}" if one.scope else words)
    return "\n".join(OURS + each for each in told)


def _address(book: Book) -> str:
    found = reader_organizations(book)
    if len(found) == 1 and found[0].address:
        return f"{found[0].name}\n{found[0].address}"
    return ""


def _bills_table(book: Book, figures: tuple[BillFigures, ...], most: int) -> Flowable:
    columns = (
        Column("Biller", 0),
        Column("Account", 76),
        Column("Service dates", 92),
        Column("Billed", 68, right=True),
        Column("Asked", 68, right=True),
        Column("Disputed", 68, right=True),
    )
    rows = [
        Row(
            (
                book.name(each.bill.biller_id),
                each.bill.account_number or UNKNOWN,
                each.service or UNKNOWN,
                dollars(each.billed),
                dollars(each.asked),
                dollars(each.disputed),
            )
        )
        for each in figures[:most]
    ]
    if len(figures) > most:
        rows.append(Row((f"and {counted(len(figures) - most, 'further bill')}", "", "", "", "", "")))
    return book.table(columns, rows)


def _requests(book: Book, most: int) -> list[Flowable]:
    """What is asked for, then the questions; the page on which the rest of these stands."""
    asked = requests(book)
    parts: list[Flowable] = []
    if asked.first:
        parts += [*book.heading("What is asked for"), *_texts(book, asked.first)]
    if asked.questions:
        if len(asked.questions) > most:
            most = max(0, most - 1)
        parts += [*book.heading(questions_heading(book)), *_texts(book, asked.questions[:most])]
        if most < len(asked.questions):
            more = counted(len(asked.questions) - most, "further question" if most else "question")
            where = f" on page {book.page('findings')}" if book.has("findings") else ""
            parts.append(book.text(book.link(f"{more}{where}", "findings")))
    return parts


def _texts(book: Book, texts: Sequence[str]) -> list[Flowable]:
    return book.items(text if isinstance(text, Markup) else OURS + text for text in texts)


def _size(book: Book) -> str:
    pages = book.plan.pages or "000"
    text = f"This packet has {pages} pages, numbered 1 to {pages}"
    exhibits = book.exhibits
    if not exhibits:
        return f"{text}. No exhibits are attached.{_volumes(book)}"
    letters = f" {exhibits[0].letter} to {exhibits[-1].letter}" if len(exhibits) > 1 else f" {exhibits[0].letter}"
    no_copy = by_name_only(exhibits)
    not_shown = f" Without a copy, since the paper can’t be shown: {no_copy}." if no_copy else ""
    return f"{text}, and {counted(len(exhibits), 'exhibit')},{letters}.{not_shown}{_volumes(book)}"


def _volumes(book: Book) -> str:
    """In how many files the packet comes and which pages are in each, where it is more than one."""
    if not book.breaks:
        return ""
    volumes = book.plan.volumes
    pages = f", with pages {', '.join(f'{each.first} to {each.last}' for each in volumes)}"
    return (
        f" It comes in {len(book.breaks) + 1} volumes, a file each{pages if len(volumes) <= _MOST_VOLUMES else ''}; "
        "this is volume 1. "
        "Where a page stands in another volume its number is followed by that volume, such as (vol. 2)."
    )
