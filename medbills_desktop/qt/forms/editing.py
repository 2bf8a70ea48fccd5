"""Opening the form of a record, new or kept, and sending what was typed to the desk."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.bills import EnterBill, same_name
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain import words
from medbills_desktop.domain.records import Record, Statement
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FieldError, FormDialog, FormSpec
from medbills_desktop.qt.forms.record_forms import form_fields
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.store.queries.bills import ListNames

BILLERS = ("hospital", "physician", "laboratory", "imaging", "ambulance", "air_ambulance", "dental", "pharmacy")
STATEMENT_FIELDS = ("total_charges", "adjustments", "insurer_paid", "patient_paid", "balance")


def edit_record(session: Session, parent: QWidget, kind: type[Record], id: int) -> FormDialog:  # noqa: A002
    """Open the form of a kept record; only the fields that were changed are sent.

    A field that was changed elsewhere too meanwhile is pointed out first; saving again keeps what is typed.
    """
    record = session.read(lambda reader: reader.get(kind, id))
    fields = session.read(form_fields(kind))
    known = vars_of(record)

    def keep(values: dict[str, Any]) -> None:
        now = vars_of(session.read(lambda reader: reader.get(kind, id)))
        elsewhere = [name for name in values if now[name] != known[name]]
        known.update(now)
        if elsewhere:
            raise FieldError(elsewhere[0], *_elsewhere(now[elsewhere[0]]))
        session.desk.perform(EditRecord(kind, id, tuple(values.items())))

    writable = session.library.mode == "write"
    title = f"Edit {kind.TITLE}" if writable else f"{kind.TITLE[0].upper()}{kind.TITLE[1:]}"
    spec = FormSpec(title, f"edit:{kind.KIND}:{id}", fields, vars_of(record), keep, only_changed=True)
    return _open(FormDialog(session, spec, parent))


def _elsewhere(value: Any) -> tuple[str, str]:
    now = f": “{value[:60]}”" if isinstance(value, str) else ""
    return f"This was changed elsewhere while it was open here{now}.", "Save again to keep it as you typed it."


def new_record(
    session: Session, parent: QWidget, kind: type[Record], fixed: dict[str, Any], start: dict[str, Any] | None = None
) -> FormDialog:
    """Open the form of a new record. `fixed` fields are set and not shown; `start` is what the fields begin with."""
    fields = session.read(form_fields(kind, frozenset(fixed)))

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(AddRecord(kind(**values, **fixed)))

    about = ",".join(f"{name}={value}" for name, value in fixed.items())
    spec = FormSpec(f"Add {kind.TITLE}", f"add:{kind.KIND}:{about}", fields, start or {}, keep)
    return _open(FormDialog(session, spec, parent))


def vars_of(record: Record) -> dict[str, Any]:
    """The fields of a record by name."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def enter_bill(session: Session, parent: QWidget) -> FormDialog:
    """Open the form for a bill as it lies on the table."""
    billers = tuple(session.read(ListNames("organization")))
    people = tuple(session.read(ListNames("person")))
    kinds = tuple(Option(kind, words.ORGANIZATION_KIND[kind]) for kind in (*BILLERS, "equipment", "facility", "other"))
    money = [Field(name, label, "money", hint="not stated") for name, label in _MONEY_LABELS]
    fields = (
        Field("biller", "Who sent it", "name", True, "Name on the letterhead", names=billers),
        Field("biller_kind", "They are a", "choice", options=kinds),
        Field("patient", "Patient", "name", True, "Whose care it was", names=people),
        Field("account_number", "Account number", hint="As printed, with leading zeros"),
        Field("visit_day", "Date of the visit", "day", hint="month/day/year"),
        Field("date", "Date of the statement", "day", hint="month/day/year"),
        Field("due", "Due", "day", hint="month/day/year"),
        *money,
        Field("notes", "Notes", "long"),
    )
    start = {"patient": people[0] if len(people) == 1 else None}
    spec = FormSpec("Add bill", "add:bill", fields, start, partial(_keep_bill, session))
    return _open(FormDialog(session, spec, parent))


_MONEY_LABELS = (
    ("total_charges", "Total charges"),
    ("adjustments", "Adjustments"),
    ("insurer_paid", "Insurer paid"),
    ("patient_paid", "I paid, as printed"),
    ("balance", "Balance asked"),
)


def _keep_bill(session: Session, values: dict[str, Any]) -> None:
    figures = {name: values[name] for name in STATEMENT_FIELDS}
    statement = None
    if values["date"] is not None:
        statement = Statement(bill_id=0, date=values["date"], due=values["due"], **figures)
    elif values["due"] is not None or any(value is not None for value in figures.values()):
        raise FieldError("date", "What is asked belongs to a statement.", "Type the date that is printed on it.")
    known = any(same_name(name, values["biller"]) for name in session.read(ListNames("organization")))
    if values["biller_kind"] is None and not known:
        raise FieldError("biller_kind", "What kind of biller this is was not chosen yet.", "“Other” will do.")
    command = EnterBill(
        values["biller"],
        values["biller_kind"],
        values["patient"],
        values["account_number"],
        values["visit_day"],
        statement,
        values["notes"],
    )
    bill = session.desk.perform(command)
    session.go_to(Place("bill", bill.id))


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
