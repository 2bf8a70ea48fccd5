"""The form of an EOB as it lies on the table: the insurer by name, the columns of its totals."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.claims import EnterClaim
from medbills_desktop.domain.records import Bill, Claim, Organization, Policy
from medbills_desktop.qt.forms.fields import Field
from medbills_desktop.qt.forms.form_dialog import FormDialog, FormSpec
from medbills_desktop.qt.forms.record_forms import form_fields
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.bills import ListNames
from medbills_desktop.store.reader import Reader

SHOWN_FIRST = ("number", "date", "received", "status", "network", "appeal_deadline", "document_id")


def _usual_insurer(reader: Reader, bill_id: int) -> str | None:
    person_id = reader.get(Bill, bill_id).person_id
    policies = reader.find(Policy, person_id=person_id)
    return reader.get(Organization, policies[0].insurer_id).name if len(policies) == 1 else None


def enter_claim(session: Session, parent: QWidget, bill_id: int) -> FormDialog:
    """Open the form for an EOB about a bill."""
    insurers = tuple(session.read(ListNames("organization")))
    made = session.read(form_fields(Claim, frozenset({"policy_id", "bill_id", "provider_id"})))
    by_name = {field.name: field for field in made}
    rest = tuple(field for field in made if field.name not in SHOWN_FIRST)
    fields = (
        Field("insurer", "Insurer", "name", True, "Name on the EOB", names=insurers),
        *(by_name[name] for name in SHOWN_FIRST),
        *rest,
    )

    def keep(values: dict[str, Any]) -> None:
        insurer = values.pop("insurer")
        session.desk.perform(EnterClaim(insurer, Claim(policy_id=0, bill_id=bill_id, **values)))

    start = {"insurer": session.read(lambda reader: _usual_insurer(reader, bill_id))}
    dialog = FormDialog(session, FormSpec("Add EOB", f"add:claim:bill_id={bill_id}", fields, start, keep), parent)
    dialog.open()
    return dialog
