"""The form of a payment, refund or reimbursement: it tells of a missing confirmation and asks once; it never blocks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import Day, day_from_text, plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Offer, Payment
from medbills_desktop.qt.dialogs.ask import ask_pay_unconfirmed
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.forms.record_forms import form_fields
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.bills import ListBillChoices
from medbills_desktop.store.queries.payments import BeforePaying, FindBeforePaying

Kind = Literal["payment", "refund", "reimbursement"]
TITLES: dict[Kind, str] = {
    "payment": "Add payment",
    "refund": "Add refund",
    "reimbursement": "Add reimbursement",
}
LABELS = {
    "amount": "Amount",
    "method": "How",
    "number": "Check or confirmation number",
    "memo": "Note",
    "document_id": "Proof (paper)",
}
HINTS = {"method": "Check, card, portal …", "amount": "a part is fine"}


def enter_payment(session: Session, parent: QWidget, bill_id: int | None = None, kind: Kind = "payment") -> FormDialog:
    """Open the form of money that moved; without a bill the form asks which one.

    What kind a payment is can be chosen; a refund or reimbursement is one already.
    """
    fixed: dict[str, Any] = {} if bill_id is None else {"bill_id": bill_id}
    if kind != "payment":
        fixed["kind"] = kind
    fields = tuple(_dressed(session, field, bill_id, kind) for field in _fields(session, fixed))
    dialogs: list[FormDialog] = []

    def keep(values: dict[str, Any]) -> None:
        payment = Payment(**values, **fixed)
        _refuse_senseless(payment)
        _ask_first(session, dialogs[0], payment)
        session.desk.perform(AddRecord(payment))

    about = ",".join(f"{name}={value}" for name, value in fixed.items())
    dialog = FormDialog(session, FormSpec(TITLES[kind], f"add:payment:{about}", fields, {}, keep), parent)
    dialogs.append(dialog)
    dialog.open()
    return dialog


def _fields(session: Session, fixed: Mapping[str, Any]) -> tuple[Field, ...]:
    fields = session.read(form_fields(Payment, frozenset(fixed) | {"bill_id"}))
    if "bill_id" in fixed:
        return fields
    bills = tuple(Option(choice.id, choice.name) for choice in session.read(ListBillChoices()))
    return (Field("bill_id", "Bill", "record", True, options=bills), *fields)


def _dressed(session: Session, field: Field, bill_id: int | None, kind: Kind) -> Field:
    """A field with the words of this form; below the amount stands what to know before paying."""
    found = dataclasses.replace(
        field, label=LABELS.get(field.name, field.label), hint=HINTS.get(field.name, field.hint)
    )
    if field.name != "amount" or kind != "payment":
        return found
    known: dict[int, BeforePaying] = {}

    def notice(raw: Mapping[str, Any]) -> str | None:
        number = bill_id if bill_id is not None else raw.get("bill_id")
        if number is None or raw.get("kind") not in (None, "payment"):
            return None
        if number not in known:
            known[number] = session.read(FindBeforePaying(number, session.today))
        return notice_words(known[number], _day_typed(raw.get("date")))

    return dataclasses.replace(found, notice=notice)


def notice_words(before: BeforePaying, day: Day | None) -> str | None:
    """What stands below the amount: that the agreement is not confirmed, that a payment can start a time again."""
    said = []
    offer = before.unconfirmed
    if offer is not None and (day is None or day >= offer.date):
        said.append(_unconfirmed_words(offer))
    if before.limitation is not None:
        said.append(f"{before.limitation.title}: the Offers tab has the rule and its source.")
    return " ".join(said) or None


def _unconfirmed_words(offer: Offer) -> str:
    return f"The agreement on {dollars(offer.amount)} of {plain_day(offer.date)} is not confirmed in writing here yet."


def _ask_first(session: Session, parent: QWidget, payment: Payment) -> None:
    """Tell of a missing confirmation and ask whether the payment is to be kept: it may have been paid already."""
    if payment.kind not in (None, "payment") or payment.amount < 0:
        return
    offer = session.read(FindBeforePaying(payment.bill_id, session.today)).unconfirmed
    if offer is None or payment.date < offer.date:
        return
    if not ask_pay_unconfirmed(parent, _unconfirmed_words(offer)):
        raise UserError(
            "The payment is not kept yet.", "Attach the confirmation on the Offers tab first, or save again to keep it."
        )


def _refuse_senseless(payment: Payment) -> None:
    if payment.amount == 0:
        raise FieldError("amount", "No money moved.", "Type the amount that was paid or came back.")


def _day_typed(text: Any) -> Day | None:
    try:
        return day_from_text(str(text or ""))
    except UserError:
        return None
