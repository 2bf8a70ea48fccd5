"""The money page of each bill: three views side by side, where they part, and every paper with figures in a row."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import MoneyViews
from medbills_desktop.domain.records import Claim, Collection, Offer, Payment, Record
from medbills_desktop.domain.words import CLAIM_STATUS
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book, height_of
from medbills_desktop.packet.figures import BillFigures, bill_figures
from medbills_desktop.packet.recording import Anchor
from medbills_desktop.packet.sections.decisions import APPEALS, ASSISTANCE, appeals, assistance
from medbills_desktop.packet.sections.money_table import leaves_disputes_in, leaves_out_zeros, side_by_side
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS, Markup

_PROOF = Column("Exhibit, page", 57, right=True)


def money_pages(book: Book) -> list[Flowable]:
    """The money of each bill, on a page of its own unless it fits as a whole under the bill before."""
    pages: list[Flowable] = []
    for figures in bill_figures(book.scope):
        page = _money_page(book, figures, look.BILL_HEADING if pages else look.HEADING)
        if pages:
            pages.append(CondPageBreak(min(height_of(page), look.TEXT_HEIGHT)))
        else:
            pages.append(book.text("What each side says", look.SECTION))
        pages += page
    return pages


def _money_page(book: Book, figures: BillFigures, style: ParagraphStyle) -> list[Flowable]:
    bill = figures.bill
    account = f", account {bill.account_number}" if bill.account_number else ""
    page: list[Flowable] = [
        Anchor(f"money:{bill.id}"),
        book.text(f"{OURS}{book.name(bill.biller_id)}{account}", style),
        side_by_side(book, figures.views),
        book.text(where_they_part(figures.views), look.AFTER_TABLE),
    ]
    notes = _notes(figures.views)
    if notes:
        page.append(book.text(notes, look.NOTE))
    for title, columns, rows in (
        ("Statements", _STATEMENTS, _statements(book, bill.id)),
        ("Explanations of benefits (EOBs)", _CLAIMS, _claims(book, bill.id)),
        ("Appeals", APPEALS, appeals(book, bill.id)),
        ("Payments", _PAYMENTS, _payments(book, bill.id)),
        ("Financial assistance", ASSISTANCE, assistance(book, bill.id)),
        ("Offers", _OFFERS, _offers(book, bill.id)),
        ("Collection notices", _COLLECTIONS, _collections(book, bill.id)),
    ):
        if rows:
            page += [*book.heading(title), book.table(columns, rows)]
    return page


def where_they_part(views: MoneyViews) -> str:
    """The difference between provider and insurer as a sum that can be redone on paper."""
    asked, share = views.provider_says.asked, views.insurer_says.your_share
    difference = views.difference.amount
    if difference is None or asked is None or share is None:
        return _why_not(views)
    paid = share - (asked - difference)
    left = share - paid
    worked = f"The patient’s share by the EOBs is {dollars(share)}"
    if paid > 0:
        worked += f"; {dollars(paid)} was paid by then, which leaves {dollars(left)}"
    elif paid < 0:
        worked += f"; {dollars(-paid)} had come back to the patient, which makes {dollars(left)}"
    if difference == 0:
        return f"{worked}. The provider asks for the same, {dollars(asked)}."
    side = "more" if difference > 0 else "less"
    return f"{worked}. The provider asks for {dollars(asked)}, which is {dollars(abs(difference))} {side}."


def _why_not(views: MoneyViews) -> str:
    if views.provider_says.asked is None:
        return "No statement with a balance is held, so provider and insurer can’t be compared."
    if views.insurer_says.pending_ids:
        return "The insurer has not decided every claim, so provider and insurer can’t be compared."
    if not views.insurer_says.claim_ids:
        return "No EOB is held for this bill, so there is nothing to compare the provider’s figures with."
    return "The EOBs do not state the patient’s share, so provider and insurer can’t be compared."


def _notes(views: MoneyViews) -> str:
    says = views.provider_says
    notes = [f"Provider: statement of {plain_day(says.statement_date)}."] if says.statement_date else []
    if says.older:
        notes.append("Figures that it does not state are those of the statement before.")
    if says.charges_from_lines:
        notes.append("Charges: sum of the lines, since no statement gives a total.")
    basis = {
        "offer": "Still open: the offer accepted, less what was paid since.",
        "share": "Still open: the patient’s share by the EOBs, less what was paid.",
        "lines": "Still open: what is accepted of the lines, less what was paid.",
    }
    notes.append(basis.get(views.i_say.basis or "", ""))
    notes.append("What is disputed is not taken off it." if leaves_disputes_in(views) else "")
    notes.append("Rows of stated zeros are left out." if leaves_out_zeros(views) else "")
    return " ".join(filter(None, notes))


def _amounts(record: Record, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(_amount(getattr(record, name)) for name in names)


def _amount(value: Cents | None) -> str:
    return dollars(value)


_STATEMENTS = (
    Column("Date", 66),
    Column("No.", 0),
    Column("Charges", 64, right=True),
    Column("Adjustments", 63, right=True),
    Column("Insurer paid", 62, right=True),
    Column("Patient paid", 60, right=True),
    Column("Asked", 62, right=True),
    _PROOF,
)


def _statements(book: Book, bill_id: int) -> list[Row]:
    names = ("total_charges", "adjustments", "insurer_paid", "patient_paid", "balance")
    return [
        Row(
            (
                plain_day(statement.date),
                statement.number or UNKNOWN,
                *_amounts(statement, names),
                book.record_link(statement) or UNKNOWN,
            )
        )
        for statement in book.order.case.statements(bill_id)
    ]


_CLAIMS = (
    Column("Date", 66),
    Column("Claim", 0),
    Column("Status", 52),
    Column("Billed", 62, right=True),
    Column("Allowed", 58, right=True),
    Column("Plan paid", 58, right=True),
    Column("Patient’s share", 66, right=True),
    _PROOF,
)


def _claims(book: Book, bill_id: int) -> list[Row]:
    names = ("billed", "allowed", "plan_paid", "patient_responsibility")
    return [
        Row(
            (
                plain_day(claim.date),
                claim.number or UNKNOWN,
                CLAIM_STATUS.get(claim.status or "", UNKNOWN),
                *_amounts(claim, names),
                book.record_link(claim) or UNKNOWN,
            )
        )
        for claim in book.order.case.of(Claim, "bill_id", bill_id)
    ]


_PAYMENTS = (
    Column("Date", 66),
    Column("Kind", 84),
    Column("Method", 0),
    Column("Number", 90),
    Column("Amount", 76, right=True),
    _PROOF,
)


def _payments(book: Book, bill_id: int) -> list[Row]:
    found = sorted(book.order.case.of(Payment, "bill_id", bill_id), key=lambda payment: payment.date)
    return [
        Row(
            (
                plain_day(payment.date),
                (payment.kind or "payment").capitalize(),
                " · ".join(filter(None, ((payment.method or "").capitalize(), payment.memo))) or UNKNOWN,
                payment.number or UNKNOWN,
                dollars(payment.amount),
                book.record_link(payment) or UNKNOWN,
            )
        )
        for payment in found
    ]


_OFFERS = (
    Column("Date", 66),
    Column("From", 50),
    Column("Terms", 0),
    Column("Status", 56),
    Column("Amount", 64, right=True),
    Column("Exhibit, page", 80, right=True),
)


def _offers(book: Book, bill_id: int) -> list[Row]:
    found = sorted(book.order.case.of(Offer, "bill_id", bill_id), key=lambda offer: offer.date)
    sides = {"from_me": "Patient", "from_them": "Provider"}
    return [
        Row(
            (
                plain_day(offer.date),
                sides.get(offer.direction or "", UNKNOWN),
                _terms(offer),
                (offer.status or UNKNOWN).capitalize(),
                dollars(offer.amount),
                book.record_link(offer) or _call_of(book, offer) or UNKNOWN,
            )
        )
        for offer in found
    ]


def _call_of(book: Book, offer: Offer) -> Markup | None:
    """The contact in which an offer was made that is on no paper."""
    return book.call_link(offer.call_id)


def _terms(offer: Offer) -> str:
    said = (offer.conditions or "").lower()
    terms = ["One payment"] if offer.lump_sum and "one payment" not in said else []
    if offer.installments:
        each = f" of {dollars(offer.installment_amount)}" if offer.installment_amount is not None else ""
        terms.append(f"{offer.installments} instalments{each}")
    if offer.pay_by:
        terms.append(f"pay by {plain_day(offer.pay_by)}")
    if offer.expires and offer.expires != offer.pay_by:
        terms.append(f"expires {plain_day(offer.expires)}")
    if offer.status == "accepted":
        terms.append("confirmed in writing" if offer.written_confirmation else "not confirmed in writing")
        terms += ["letter of a zero balance received"] if offer.zero_balance_letter else []
    text = "; ".join(filter(None, (", ".join(terms), offer.conditions))) or UNKNOWN
    return f"{text[0].upper()}{text[1:]}"


_COLLECTIONS = (
    Column("Notice", 66),
    Column("Received", 66),
    Column("Collector", 0),
    Column("Reference", 84),
    Column("Disputed, proved", 80),
    Column("Amount", 64, right=True),
    _PROOF,
)


def _collections(book: Book, bill_id: int) -> list[Row]:
    return [
        Row(
            (
                plain_day(notice.notice_date),
                plain_day(notice.notice_received),
                book.name(notice.collector_id),
                notice.reference or UNKNOWN,
                _what_became(notice),
                dollars(notice.amount),
                book.record_link(notice) or UNKNOWN,
            )
        )
        for notice in book.order.case.of(Collection, "bill_id", bill_id)
    ]


def _what_became(notice: Collection) -> str:
    """Whether the debt was disputed with the collector, and whether they proved it since."""
    days = (("Disputed", notice.disputed_on), ("Proved", notice.validated_on))
    told = [f"{words} {plain_day(day)}" for words, day in days if day]
    if notice.on_credit_report:
        told.append("On a credit report")
    return "\n".join(told) or UNKNOWN
