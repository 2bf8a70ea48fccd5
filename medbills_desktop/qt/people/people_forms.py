"""The small forms around people: two records of one organization, a helper's authorization and its letter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.people import AuthorizeHelper, EditAuthorization, MergeOrganizations, WriteAuthorization
from medbills_desktop.domain import words
from medbills_desktop.domain.records import Authorization, Bill, Letter, Organization, Person
from medbills_desktop.qt.forms.editing import vars_of
from medbills_desktop.qt.forms.fields import Field, Option
from medbills_desktop.qt.forms.form_dialog import FormDialog, FormSpec
from medbills_desktop.qt.session import Session
from medbills_desktop.store.queries.bills import ListBillChoices, ListNames
from medbills_desktop.store.queries.choices import ListChoices
from medbills_desktop.store.queries.people import ListBillIdsOf

DAY_HINT = "month/day/year"
HELPER_KINDS = ("advocate", "credit_counselor", "other")
SCOPE_HINT = "such as: speak with you and get copies"
_KINDS = tuple(Option(kind, words.ORGANIZATION_KIND[kind]) for kind in HELPER_KINDS)


def merge_with(session: Session, parent: QWidget, organization_id: int) -> FormDialog:
    """Choose the other record of an organization; this one stays, with all that named the other."""
    kept = session.read(lambda reader: reader.get(Organization, organization_id))
    others = session.read(lambda reader: reader.find(Organization))
    options = tuple(Option(one.id, _told(one)) for one in others if one.id != organization_id)
    fields = (Field("gone_id", f"The same as “{kept.name}” is", "record", True, options=options),)

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(MergeOrganizations(organization_id, values["gone_id"]))
        session.tell(f"They are one record now, “{kept.name}”. Ctrl+Z parts them again.")

    spec = FormSpec("Two records of one organization", f"merge:{organization_id}", fields, {}, keep)
    return _open(FormDialog(session, spec, parent))


def _told(one: Organization) -> str:
    """What tells two organizations of one name apart."""
    parts = (one.name, words.ORGANIZATION_KIND[one.kind], one.phone, one.state)
    return " · ".join(part for part in parts if part)


def authorize(
    session: Session, parent: QWidget, person_id: int | None = None, helper_id: int | None = None
) -> FormDialog:
    """Note who may speak for whom, what for, and until when."""
    names = tuple(session.read(ListNames("organization")))
    people = tuple(Option(one.id, one.name) for one in session.read(ListChoices("person")))
    helper = session.read(lambda reader: reader.get(Organization, helper_id)) if helper_id is not None else None
    fields = (
        Field("helper", "Who helps", "name", True, "A friend, an advocate, a counselor", names=names),
        Field("helper_kind", "They are", "choice", True, options=_KINDS),
        Field("person_id", "May speak for", "record", True, options=people),
        *_day_fields(session),
    )
    start = {
        "helper": helper.name if helper else None,
        "helper_kind": helper.kind if helper and helper.kind in HELPER_KINDS else "advocate",
        "person_id": person_id if person_id is not None or len(people) != 1 else people[0].value,
    }

    def keep(values: dict[str, Any]) -> None:
        name, kind = values.pop("helper"), values.pop("helper_kind")
        session.desk.perform(AuthorizeHelper(name, kind, Authorization(helper_id=0, **values)))

    spec = FormSpec("A helper may speak", f"add:authorization:{person_id}:{helper_id}", fields, start, keep)
    return _open(FormDialog(session, spec, parent))


def edit_authorization(session: Session, parent: QWidget, authorization_id: int) -> FormDialog:
    """Open a kept authorization: its days, its scope, when it was taken back."""
    kept = session.read(lambda reader: reader.get(Authorization, authorization_id))

    def keep(values: dict[str, Any]) -> None:
        session.desk.perform(EditAuthorization(authorization_id, tuple(values.items())))

    helper = session.read(lambda reader: reader.get(Organization, kept.helper_id)).name
    patient = session.read(lambda reader: reader.get(Person, kept.person_id)).name
    title = f"{helper} may speak for {patient}"
    fields = (
        Field("scope", "What for", "long", hint=SCOPE_HINT),
        Field("begins", "From", "day", hint=DAY_HINT),
        Field("ends", "Until", "day", hint=DAY_HINT),
        Field("revoked", "Taken back on", "day", hint=DAY_HINT),
        Field("document_id", "Signed paper", "record", options=_papers(session)),
        Field("notes", "Notes", "long"),
    )
    spec = FormSpec(title, f"edit:authorization:{authorization_id}", fields, vars_of(kept), keep, only_changed=True)
    return _open(FormDialog(session, spec, parent))


def _day_fields(session: Session) -> tuple[Field, ...]:
    return (
        Field("scope", "What for", "long", hint=SCOPE_HINT),
        Field("begins", "From", "day", hint=DAY_HINT),
        Field("ends", "Until", "day", hint=DAY_HINT),
        Field("document_id", "Signed paper", "record", options=_papers(session)),
        Field("notes", "Notes", "long"),
    )


def _papers(session: Session) -> tuple[Option, ...]:
    return tuple(Option(choice.id, choice.name) for choice in session.read(ListChoices("document")))


def write_authorization(
    session: Session, parent: QWidget, authorization_id: int, then: Callable[[Letter], object]
) -> FormDialog | None:
    """Draft the letter of an authorization; of several bills of the patient one is asked for. `None` without asking."""
    given = session.read(lambda reader: reader.get(Authorization, authorization_id))
    theirs = session.read(ListBillIdsOf(given.person_id))
    choices = [one for one in session.read(ListBillChoices()) if one.id in theirs]
    if len(choices) == 1:
        letter = session.perform(WriteAuthorization(authorization_id, choices[0].id))
        if letter is not None:
            then(letter)
        return None
    options = tuple(Option(one.id, one.name) for one in choices)
    fields = (Field("bill_id", "About the bill", "record", True, options=options),)
    keep = partial(_write, session, authorization_id, then)
    spec = FormSpec("Write the helper's letter", f"letter:authorization:{authorization_id}", fields, {}, keep)
    return _open(FormDialog(session, spec, parent))


def _write(session: Session, authorization_id: int, then: Callable[[Letter], object], values: dict[str, Any]) -> None:
    then(session.desk.perform(WriteAuthorization(authorization_id, values["bill_id"])))


def has_bills(session: Session, person_id: int) -> bool:
    """Whether a patient has a bill that a letter could be about."""
    return bool(session.read(lambda reader: reader.find(Bill, person_id=person_id)))


def _open(dialog: FormDialog) -> FormDialog:
    dialog.open()
    return dialog
