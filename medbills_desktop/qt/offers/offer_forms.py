"""The forms of a negotiation: an offer of either side, a counter-offer, and the papers that end it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.offers import AnswerOffer, MakeOffer, RecordConfirmation, RecordZeroBalance
from medbills_desktop.domain.dates import Day, day_from_text
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents, cents_from_text, dollars
from medbills_desktop.domain.offers import balance_on, gap_words
from medbills_desktop.domain.records import Offer
from medbills_desktop.domain.settlement import MOST_INSTALLMENTS, percent_of
from medbills_desktop.qt.forms.fields import Field, Notice, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.forms.record_forms import form_fields
from medbills_desktop.qt.session import Session
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.choices import ListChoices

Side = Literal["from_me", "from_them"]
SET_ELSEWHERE = frozenset(
    {"bill_id", "direction", "status", "answers_to_id", "written_confirmation", "zero_balance_letter"}
)
"""Fields of an offer that follow from how it is entered, or are set by a step of its own."""

LABELS = {
    "amount": "For the whole account",
    "basis": "Based on",
    "lump_sum": "One payment?",
    "installments": "Number of installments",
    "installment_amount": "Each installment",
    "expires": "Stands until",
    "call_id": "Said on the call",
}
TITLES: dict[Side, str] = {"from_me": "Make an offer", "from_them": "Their offer"}


def offer_form(
    session: Session, parent: QWidget, bill_id: int, side: Side | None = None, start: Mapping[str, Any] | None = None
) -> FormDialog:
    """Open the form of an offer; where its side is not given, it is asked for. `start` is what was worked out."""
    fields = _fields(session, bill_id)
    if side is None:
        sides = (Option("from_me", "I offered it"), Option("from_them", "They offered it"))
        fields = (Field("direction", "Who offered", "choice", True, options=sides), *fields)

    def keep(values: dict[str, Any]) -> None:
        given = _checked(values) if side is None else {**_checked(values), "direction": side}
        session.desk.perform(MakeOffer(Offer(bill_id=bill_id, **given)))

    title = "Add offer" if side is None else TITLES[side]
    spec = FormSpec(title, f"offer:{side or 'either'}:{bill_id}", fields, dict(start or {}), keep)
    return _open(FormDialog(session, spec, parent))


def counter_form(session: Session, parent: QWidget, offer: Offer, start: Mapping[str, Any] | None = None) -> FormDialog:
    """Open the form of what answers an offer from the other side."""

    def keep(values: dict[str, Any]) -> None:
        back: Side = "from_me" if offer.direction == "from_them" else "from_them"
        counter = Offer(bill_id=offer.bill_id, direction=back, **_checked(values))
        session.desk.perform(AnswerOffer(offer.id, "countered", counter))

    title = "Your counter-offer" if offer.direction == "from_them" else "Their counter-offer"
    fields = _fields(session, offer.bill_id)
    return _open(FormDialog(session, FormSpec(title, f"counter:{offer.id}", fields, dict(start or {}), keep), parent))


def attach_form(session: Session, parent: QWidget, offer_id: int, what: Literal["confirmation", "zero"]) -> FormDialog:
    """Choose the paper in which they confirm an agreement, or say that the balance is zero."""
    papers = tuple(Option(choice.id, choice.name) for choice in session.read(ListChoices("document")))
    label = "Their written confirmation" if what == "confirmation" else "Their zero-balance letter"
    fields = (Field("document_id", label, "record", options=papers),)
    make: Callable[[int, int], Any] = RecordConfirmation if what == "confirmation" else RecordZeroBalance
    title = "Attach the confirmation" if what == "confirmation" else "Attach the zero-balance letter"
    keep = partial(_attach, session, make, offer_id)
    return _open(FormDialog(session, FormSpec(title, f"attach:{what}:{offer_id}", fields, {}, keep), parent))


def _attach(session: Session, make: Callable[[int, int], Any], offer_id: int, values: dict[str, Any]) -> None:
    if values["document_id"] is None:
        raise FieldError(
            "document_id", "No paper is chosen.", "Drop the paper on the window first (Ctrl+P), then choose it here."
        )
    session.desk.perform(make(offer_id, values["document_id"]))


def _fields(session: Session, bill_id: int) -> tuple[Field, ...]:
    case = session.read(lambda reader: load_bills(reader, {bill_id}))
    notices: dict[str, Notice] = {
        "amount": lambda raw: share_notice(raw, lambda day: balance_on(case, bill_id, day), session.today),
        "installment_amount": gap_notice,
        "pay_by": pay_by_notice,
    }
    return tuple(
        dataclasses.replace(
            field, label=LABELS.get(field.name, field.label), notice=notices.get(field.name, field.notice)
        )
        for field in session.read(form_fields(Offer, SET_ELSEWHERE))
    )


def share_notice(raw: Mapping[str, Any], balance_of: Callable[[Day], Cents | None], today: Day) -> str | None:
    """What share of the balance the typed amount is, and that it is more than the balance where it is."""
    amount = _typed(cents_from_text, raw.get("amount"))
    balance = balance_of(_typed(day_from_text, raw.get("date")) or today)
    if amount is None or amount <= 0 or balance is None:
        return None
    if amount > balance:
        return f"That is more than the {dollars(balance)} that the latest statement asks for."
    share = percent_of(amount, balance)
    return f"{share} % of the {dollars(balance)} that the latest statement asks for." if share is not None else None


def gap_notice(raw: Mapping[str, Any]) -> str | None:
    """That the typed installments do not come to the typed amount."""
    amount, each = (_typed(cents_from_text, raw.get(name)) for name in ("amount", "installment_amount"))
    count = str(raw.get("installments") or "").strip()
    if amount is None or each is None or not count.isascii() or not count.isdigit() or len(count) > len("360"):
        return None
    words = gap_words(
        Offer(bill_id=0, date=Day(2000, 1, 1), amount=amount, installments=int(count), installment_amount=each)
    )
    return f"{words}." if words else None


def pay_by_notice(raw: Mapping[str, Any]) -> str | None:
    """That an offer is to be paid only after it has ended."""
    pay_by, expires = (_typed(day_from_text, raw.get(name)) for name in ("pay_by", "expires"))
    if pay_by is None or expires is None or pay_by <= expires:
        return None
    return "That is after the last day on which the offer stands."


def _typed(read: Callable[[str], Any], text: Any) -> Any:
    """What was typed so far; `None` while it can't be read."""
    try:
        return read(str(text or ""))
    except UserError:
        return None


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Refusals that belong beside a field."""
    if values["amount"] <= 0:
        raise FieldError(
            "amount", "An offer needs an amount above zero.", "Type what is offered for the whole account."
        )
    count = values["installments"]
    if count is not None and not 1 <= count <= MOST_INSTALLMENTS:
        raise FieldError("installments", f"{count} installments make no plan.", f"Type 1 to {MOST_INSTALLMENTS}.")
    return values


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
