"""The small forms around a collector's notice: the notice itself, and the days of the dispute and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.collections import EnterNotice, MarkDisputed, MarkValidated
from medbills_desktop.commands.records import EditRecord
from medbills_desktop.domain.placements import dates_question
from medbills_desktop.domain.records import Collection
from medbills_desktop.qt.forms.editing import vars_of
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FormDialog, FormSpec
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.bills import ListNames
from medbills_desktop.store.queries.choices import ListChoices

DAY_HINT = "month/day/year"


def _facts(session: Session) -> tuple[Field, ...]:
    papers = tuple(Option(one.id, one.name) for one in session.read(ListChoices("document")))
    of = Collection.TITLE
    return (
        Field("notice_date", "Date on the notice", "day", hint=DAY_HINT, of=of),
        Field("notice_received", "Notice received on", "day", hint="the 30 days count from it", of=of),
        Field("amount", "Amount", "money", hint="not stated", of=of),
        Field("original_creditor", "Original creditor", hint="to whom it is owed, as printed", of=of),
        Field("reference", "Reference", hint="the collector's number", of=of),
        Field("itemization_date", "Itemization date", "day", hint="the day that its sums start from", of=of),
        Field("on_credit_report", "On a credit report?", "yes_no", of=of),
        Field("document_id", "Paper", "record", options=papers, of=of),
    )


def enter_notice(session: Session, parent: QWidget, bill_id: int) -> FormDialog:
    """A collector's notice as it lies on the table."""
    names = tuple(session.read(ListNames("organization")))
    fields = (Field("collector", "Collector", "name", True, "name on the notice", names=names), *_facts(session))

    def keep(values: dict[str, Any]) -> None:
        collector = values.pop("collector")
        kept = session.desk.perform(EnterNotice(collector, Collection(bill_id=bill_id, collector_id=0, **values)))
        _ask_dates(session, kept)

    spec = FormSpec("Add collection notice", f"add:collection:{bill_id}", fields, {}, keep)
    return _open(FormDialog(session, spec, parent))


def edit_notice(session: Session, parent: QWidget, placement: Collection) -> FormDialog:
    """Correct anything of a notice."""
    fields = (
        *_facts(session),
        Field("disputed_on", "Disputed on", "day", hint=DAY_HINT),
        Field("validated_on", "Validated on", "day", hint="the day their answer came"),
    )

    def keep(values: dict[str, Any]) -> None:
        kept = session.desk.perform(EditRecord(Collection, placement.id, tuple(values.items())))
        _ask_dates(session, kept)

    title, draft = "Edit collection notice", f"edit:collection:{placement.id}"
    spec = FormSpec(title, draft, fields, vars_of(placement), keep, only_changed=True)
    return _open(FormDialog(session, spec, parent))


def ask_disputed(session: Session, parent: QWidget, placement: Collection) -> FormDialog:
    """The day on which the dispute went out."""
    return _ask_day(session, parent, placement, "Disputed on", MarkDisputed)


def ask_validated(session: Session, parent: QWidget, placement: Collection) -> FormDialog:
    """The day on which the collector's answer came."""
    return _ask_day(session, parent, placement, "Their answer came on", MarkValidated)


def _ask_day(
    session: Session, parent: QWidget, placement: Collection, name: str, command: Callable[[int, Any], Any]
) -> FormDialog:
    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(command(placement.id, values["day"]))

    fields = (Field("day", name, "day", True, DAY_HINT),)
    spec = FormSpec("Dispute of the debt", f"{name}:collection:{placement.id}", fields, {}, keep)
    return _open(FormDialog(session, spec, parent))


def _ask_dates(session: Session, kept: Collection) -> None:
    """A date after the day it came is kept, and asked about at once."""
    if odd := dates_question(kept):
        session.tell(odd)


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
